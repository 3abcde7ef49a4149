"""Starting, suspending, extending and stopping the periods of a case."""

from datetime import date

from sqlalchemy import bindparam, select, update

from mediation.casefile.cases.models import Case
from mediation.casefile.clocks.models import Clock, Suspension
from mediation.casefile.clocks.rules import ClockLabel
from mediation.ground import trail
from mediation.ground.db import session
from mediation.registry.access.rules import Actor
from mediation.registry.calendar.queries import calendar_of
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Figure, Unit


def start(
    case: Case, basis: str, from_: date, *, label: ClockLabel, by: Actor, about=None, unit_id: int | None = None,
    figure: Figure | None = None, counts_for_case: bool = True,
) -> Clock:
    """Start a period on a case: the dated figure of ``basis`` (a key of the settings) from a day that is not counted.

    ``figure`` is given where the stage worked it out. ``counts_for_case`` False keeps it out of the case's nearest
    day (a court's own limit). A clock of the same basis that runs on the same object is replaced.
    """
    figure = figure or settings.days(basis, on=case.law_on, centre_id=case.centre_id, unit_id=unit_id)
    _stop(case, Clock.basis == basis, *_of(about), on=from_)
    clock = Clock(
        case_id=case.id, basis=basis, label=label, amount=figure.amount, unit=figure.unit, started_on=from_,
        object_kind=getattr(about, "__tablename__", None), object_id=getattr(about, "id", None),
        counts_for_case=counts_for_case, due_on=from_,
    )
    session.add(clock)
    compute(clock, case.centre_id)
    return _settled(case, clock)


def start_until(
    case: Case, basis: str, from_: date, due_on: date, *, label: ClockLabel, by: Actor, about=None,
    counts_for_case: bool = True,
) -> Clock:
    """Start a period whose last day is fixed from outside: by the parties, the court or an agreement."""
    _stop(case, Clock.basis == basis, *_of(about), on=from_)
    clock = Clock(
        case_id=case.id, basis=basis, label=label, amount=(due_on - from_).days, unit="fixed", started_on=from_,
        object_kind=getattr(about, "__tablename__", None), object_id=getattr(about, "id", None),
        counts_for_case=counts_for_case, due_on=due_on,
    )
    session.add(clock)
    return _settled(case, clock)


def stop(case: Case, *bases: str, on: date, by: Actor, about=None) -> None:
    """Stop the running clocks of these bases; with ``about`` only those of that object."""
    if _stop(case, Clock.basis.in_(bases), *_of(about), on=on):
        nearest(case)


def stop_all(case: Case, *, on: date) -> None:
    """Stop everything that runs on a case, when it is closed."""
    _stop(case, on=on)
    nearest(case)


def stop_labelled(case: Case, label: ClockLabel, *, on: date) -> None:
    """Stop the running clocks that measure one thing, whatever their basis."""
    if _stop(case, Clock.label == label, on=on):
        nearest(case)


def _stop(case: Case, *which, on: date) -> int:
    running_ones = update(Clock).where(Clock.case_id == case.id, Clock.stopped_on.is_(None), *which)
    return session.execute(running_ones.values(stopped_on=on)).rowcount


def _of(about) -> list:
    return [] if about is None else [Clock.object_id == about.id]


def suspend(clock: Clock, case: Case, *, from_: date, reason: str, by: Actor) -> None:
    """Stop counting from a day on; the interval stays open until :func:`resume`."""
    session.add(Suspension(clock_id=clock.id, from_on=from_, reason=reason))
    _settled(case, clock)
    trail.record("clock.suspended", by=by, about=clock, case_id=case.id, params={"basis": clock.basis, "on": from_})


def resume(clock: Clock, case: Case, *, on: date, by: Actor) -> None:
    """Count again from a day on."""
    for suspension in clock.suspensions:
        suspension.to_on = suspension.to_on or on
    compute(clock, case.centre_id)
    _settled(case, clock)
    trail.record("clock.resumed", by=by, about=clock, case_id=case.id, params={"basis": clock.basis, "on": on})


def extend(clock: Clock, case: Case, *, until: date, paper: str, by: Actor) -> None:
    """Move the last day by agreement of all; the paper that says so is named."""
    clock.extended_to, clock.extension_paper = until, paper
    compute(clock, case.centre_id)
    _settled(case, clock)
    trail.record("clock.extended", by=by, about=clock, case_id=case.id, params={"basis": clock.basis, "until": until})


def compute(clock: Clock, centre_id: int) -> None:
    """Work out a clock's last day from its figure, suspensions and extension."""
    if clock.unit == "fixed":
        return
    last = calendar_of(centre_id).end_of_period(
        clock.started_on,
        **Figure(clock.amount, Unit(clock.unit)).period,
        suspended=[(interval.from_on, interval.to_on) for interval in clock.suspensions if interval.to_on],
    )
    clock.due_on = clock.extended_to or last.day
    clock.is_provisional = last.provisional and not clock.extended_to


def running(case_id: int) -> list[Clock]:
    """Return the clocks that run on a case, nearest first."""
    query = select(Clock).where(Clock.case_id == case_id, Clock.stopped_on.is_(None))
    return list(session.scalars(query.order_by(Clock.due_on, Clock.id)))


def _settled(case, clock):
    nearest(case)
    return clock


_NEAREST = (
    select(Clock.due_on, Clock.label, Clock.is_provisional)
    .where(Clock.case_id == bindparam("case_id"), Clock.stopped_on.is_(None), Clock.counts_for_case)
    .order_by(Clock.due_on, Clock.id)
    .limit(1)
)


def nearest(case: Case) -> None:
    """Write the nearest running last day onto the case, for lists to sort by."""
    first = session.execute(_NEAREST, {"case_id": case.id}).first()
    case.due_on, case.due_basis, case.due_is_provisional = first or (None, None, False)


def recompute(case_id: int, *, by: Actor) -> int:
    """Work out the running last days of a case anew, after another calendar came; return how many moved."""
    case = session.get_one(Case, case_id)
    moved = 0
    for clock in running(case_id):
        before = clock.due_on
        compute(clock, case.centre_id)
        if clock.due_on != before:
            moved += 1
            told = {"basis": clock.basis, "before": before, "due": clock.due_on}
            trail.record("clock.recomputed", by=by, about=clock, case_id=case_id, params=told)
    nearest(case)
    return moved
