"""Reading clocks: all of a case, and the reason of a last day."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import joinedload, selectinload

from mediation.casefile.cases.models import Case
from mediation.casefile.clocks.models import Clock, Suspension
from mediation.casefile.clocks.rules import FIXED
from mediation.ground.clock import today
from mediation.ground.db import session
from mediation.ground.rereading import until_written
from mediation.ground.trail import TrailEntry
from mediation.registry.calendar.rules import LastDay, WorkCalendar
from mediation.registry.deadlines import queries as deadlines
from mediation.registry.settings.rules import Figure, Unit

LOOKED_AT, MOST_SHOWN = 5000, 200

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


def last_day(clock: Clock, centre_id: int, calendar: WorkCalendar | None = None) -> LastDay | None:
    """Return how a clock's last day comes about, day by day; None where it was fixed from outside.

    While it stands still the day is the earliest that is possible by now. ``calendar`` is another one than that in
    force, to see what it would change.
    """
    if clock.unit == FIXED:
        return None
    return deadlines.of_key(
        clock.basis, Figure(clock.amount, Unit(clock.unit)), clock.started_on, on=clock.started_on,
        suspended=pauses(clock), centre_id=centre_id, calendar=calendar,
    )


def pauses(clock: Clock) -> list[tuple[date, date]]:
    """Return the intervals that a clock does not count; one that is still open reaches to today."""
    until = clock.stopped_on or today()
    return [(pause.from_on, pause.to_on or max(until, pause.from_on)) for pause in clock.suspensions]


def open_pause(clock: Clock) -> Suspension | None:
    """Return the interval in which a clock stands still now, None while it runs."""
    return next((pause for pause in clock.suspensions if pause.to_on is None), None)


@dataclass(frozen=True)
class MovedDay:
    """A last day that a calendar moves, or makes certain; the case by its number alone."""

    number: str
    label: str
    before: date
    after: date


def would_move(centre_id: int, year: int, calendar: WorkCalendar) -> tuple[list[MovedDay], int]:
    """Return which running last days another calendar of a year would move, and how many were looked at."""
    rows = session.execute(
        select(Clock, Case.register_no)
        .join(Case, Case.id == Clock.case_id)
        .where(Case.centre_id == centre_id, Clock.stopped_on.is_(None), *_near(year))
        .order_by(Clock.due_on, Clock.id).limit(LOOKED_AT).options(selectinload(Clock.suspensions))
    ).all()
    found = []
    for clock, number in rows:
        last = last_day(clock, centre_id, calendar)
        if last is not None and not clock.extended_to and last.day != clock.due_on and not open_pause(clock):
            found.append(MovedDay(number, clock.label, clock.due_on, last.day))
    return found, len(rows)


def moved_between(centre_id: int, since: datetime, until: datetime | None) -> list[MovedDay]:
    """Return the newest last days that changed when the days were worked out anew between two imports."""
    query = (
        select(Case.register_no, TrailEntry.params)
        .join(Case, Case.id == TrailEntry.case_id)
        .where(TrailEntry.event == "clock.recomputed", TrailEntry.at >= since, Case.centre_id == centre_id)
        .order_by(TrailEntry.id.desc()).limit(MOST_SHOWN)
    )
    if until is not None:
        query = query.where(TrailEntry.at < until)
    return [
        MovedDay(
            number, told.get("label", ""), date.fromisoformat(told["before"]), date.fromisoformat(told["due"])
        )
        for number, told in session.execute(query)
    ]


def _near(year: int):
    """The days on which a period ends that the calendar of a year may touch: working days reach over its end."""
    return Clock.due_on >= date(year - 1, 12, 20), Clock.due_on <= date(year + 1, 3, 31)


def cases_to_recompute(
    centre_id: int | None = None, *, provisional: bool = False, year: int | None = None
) -> list[int]:
    """Return the ids of cases with a running clock.

    With ``provisional`` only those whose day may change by itself: it rests on no official year, or stands still.
    With ``year`` only those that the calendar of that year may touch.
    """
    query = select(Clock.case_id).where(Clock.stopped_on.is_(None)).distinct().order_by(Clock.case_id)
    if centre_id is not None:
        query = query.join(Case, Case.id == Clock.case_id).where(Case.centre_id == centre_id)
    if year is not None:
        query = query.where(*_near(year))
    if provisional:
        standing = select(Suspension.clock_id).where(Suspension.to_on.is_(None))
        query = query.where(or_(Clock.is_provisional, Clock.id.in_(standing)))
    return list(session.scalars(query))
