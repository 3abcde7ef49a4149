"""The time to apply ends by itself: nobody has to apply, so a day that passed makes no case late."""

from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.jobs import job
from mediation.stages.confirmation import operations, packprinting, packruns, queries


@job("confirmation.lapse")
def lapse() -> None:
    """Stop the time to apply where its last day is over and nobody is preparing an application (JC-01)."""
    today = clock.today()
    for case_id in queries.lapsed(on=today):
        with transaction():
            operations.let_lapse(case_id, on=today)


@job(packruns.JOB)
def print_packs(run_id: int, round_: int) -> None:
    """Print some packs of a long print."""
    packprinting.work(run_id, round_)
