"""Last days worked out anew after a calendar came."""

from mediation.casefile.cases.models import Case
from mediation.casefile.clocks import operations, queries
from mediation.ground.db import session, transaction
from mediation.ground.jobs import job
from mediation.registry.access.rules import system_actor


@job("clocks.recompute")
def recompute(centre_id: int) -> None:
    """Work out every running clock of a centre anew, case by case."""
    _recompute(queries.cases_to_recompute(centre_id))


@job("clocks.recompute_provisional")
def recompute_provisional() -> None:
    """Work out the clocks that rest on a year without an official calendar."""
    _recompute(queries.cases_to_recompute(provisional=True))


def _recompute(case_ids):
    for case_id in case_ids:
        with transaction():
            centre_id = session.get_one(Case, case_id).centre_id
            operations.recompute(case_id, by=system_actor(centre_id))
