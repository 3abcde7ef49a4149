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


def recompute_year(year: int) -> list[tuple[str, operations.Moved]]:
    """Work out what a year's calendar may touch, everywhere and at once; return each change with its case's number."""
    return _recompute(queries.cases_to_recompute(year=year))


def _recompute(case_ids):
    moved = []
    for case_id in case_ids:
        with transaction():
            case = session.get_one(Case, case_id)
            number = case.register_no
            moved += [(number, each) for each in operations.recompute(case_id, by=system_actor(case.centre_id))]
    return moved
