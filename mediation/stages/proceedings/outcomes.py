"""What came of attempts, counted with whoever presided: by month, main type and grade, as they arise (row 44)."""

from datetime import date

from sqlalchemy.dialects import postgresql, sqlite

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import ProceedingState
from mediation.ground.db import session
from mediation.registry.causes.rules import main_code
from mediation.stages.proceedings import load, queries
from mediation.stages.proceedings.models import MediatorOutcome, Proceeding
from mediation.stages.proceedings.rules import TerminationGround

AGREED, FAILED = "agreed", "failed"
# Ends that say nothing of whoever mediated: the case was not theirs to settle.
NOT_COUNTED = frozenset({TerminationGround.ELSEWHERE, TerminationGround.SHAM, TerminationGround.MEDIATOR_REJECTED})


def result_of(proceeding: Proceeding) -> str | None:
    """Return what an attempt came to: agreed, failed; None while it runs or where its end says nothing."""
    if proceeding.state == ProceedingState.AGREED:
        return AGREED
    if proceeding.state == ProceedingState.ENDED and proceeding.end_ground not in NOT_COUNTED:
        return FAILED
    return None


def count(proceeding: Proceeding, case: Case, *, on: date) -> None:
    """Count an attempt anew with whoever presides, if it counts as something else than before."""
    result = result_of(proceeding)
    _count(proceeding, f"{on:%Y-%m}/{_kind(case)}/{result}" if result else None)


def count_anew(proceeding: Proceeding, case: Case) -> None:
    """Count an attempt under its case's type and grade of now, in the month in which it was counted before."""
    counted = next((row.counted_as for row in queries.mediators_on(proceeding.id) if row.counted_as), None)
    if counted:
        month, *_kind_before, result = counted.split("/")
        _count(proceeding, f"{month}/{_kind(case)}/{result}")


def _kind(case: Case) -> str:
    return f"{main_code(case.type_code)}/{load.grade_of(case)}"


def _count(proceeding: Proceeding, counts_as: str | None) -> None:
    for row in queries.mediators_on(proceeding.id):
        own = counts_as if row.presides else None
        if own == row.counted_as:
            continue
        if row.counted_as:
            _add(row.mediator_id, row.counted_as, -1)
        if own:
            _add(row.mediator_id, own, 1)
        row.counted_as = own
    session.flush()


def _add(mediator_id: int, counts_as: str, n: int) -> None:
    month, type_code, grade, result = counts_as.split("/")
    table = MediatorOutcome.__table__
    insert = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[session.get_bind().dialect.name]
    adding = insert(table).values(
        mediator_id=mediator_id, month=date.fromisoformat(f"{month}-01"), type_code=type_code, grade=grade,
        result=result, n=n,
    )
    session.execute(
        adding.on_conflict_do_update(index_elements=list(table.primary_key), set_={"n": table.c.n + adding.excluded.n})
    )
