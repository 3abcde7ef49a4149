"""Reading clocks: all of a case, and the reason of a last day."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from mediation.casefile.cases.models import Case
from mediation.casefile.clocks.models import Clock
from mediation.casefile.clocks.rules import FIXED
from mediation.ground.db import session
from mediation.ground.rereading import until_written
from mediation.registry.calendar.rules import LastDay
from mediation.registry.deadlines import queries as deadlines
from mediation.registry.settings.rules import Figure, Unit

_OF_CASE = (
    select(Clock)
    .where(Clock.case_id == bindparam("case_id"))
    .order_by(Clock.stopped_on.is_not(None), Clock.due_on, Clock.id)
    .options(joinedload(Clock.suspensions))
)


@until_written()
def of_case(case_id: int) -> list[Clock]:
    """Return every clock of a case: running ones by their last day, then stopped ones."""
    return list(session.scalars(_OF_CASE, {"case_id": case_id}).unique())


def running(case_id: int, basis: str) -> Clock | None:
    """Return the running clock of a basis, None when there is none."""
    query = select(Clock).where(Clock.case_id == case_id, Clock.basis == basis, Clock.stopped_on.is_(None))
    return session.scalar(query.order_by(Clock.id.desc()).limit(1))


def last_day(clock: Clock, case: Case) -> LastDay | None:
    """Return how a clock's last day comes about, day by day; None where it was fixed from outside."""
    if clock.unit == FIXED:
        return None
    return deadlines.of_key(
        clock.basis, Figure(clock.amount, Unit(clock.unit)), clock.started_on, on=clock.started_on,
        suspended=[(interval.from_on, interval.to_on) for interval in clock.suspensions if interval.to_on],
        centre_id=case.centre_id,
    )


def cases_to_recompute(centre_id: int | None = None, *, provisional: bool = False) -> list[int]:
    """Return the ids of cases with a running clock, with ``provisional`` only those that rest on no official year."""
    query = select(Clock.case_id).where(Clock.stopped_on.is_(None)).distinct().order_by(Clock.case_id)
    if centre_id is not None:
        query = query.join(Case, Case.id == Clock.case_id).where(Case.centre_id == centre_id)
    if provisional:
        query = query.where(Clock.is_provisional)
    return list(session.scalars(query))
