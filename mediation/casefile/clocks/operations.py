"""Starting, suspending, extending and stopping the periods of a case."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from mediation.casefile.cases.models import Case
from mediation.casefile.clocks import queries
from mediation.casefile.clocks.models import Clock, Suspension
from mediation.casefile.clocks.rules import FIXED, ClockLabel
from mediation.ground import trail
from mediation.ground.db import insert, session
from mediation.ground.ids import new_id
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import Actor
from mediation.registry.deadlines import queries as deadlines
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Figure, Unit


class _Running(NamedTuple):
    """What is asked of a running clock when another one starts or stops."""

    id: int
    basis: str
    label: str
    object_id: int | None
    due_on: date
    is_provisional: bool
    counts_for_case: bool


def start(
    case: Case, basis: str, from_: date, *, label: ClockLabel, by: Actor, about=None, unit_id: int | None = None,
    figure: Figure | None = None, counts_for_case: bool = True,
) -> Clock:
    """Start a period on a case: the dated figure of ``basis`` (a key of the settings) from a day that is not counted.

    ``figure`` is given where the stage worked it out. ``counts_for_case`` False keeps it out of the case's nearest
    day (a court's own limit). A clock of the same basis that runs on the same object is replaced.
    """
    figure = figure or settings.days(basis, on=case.law_on, centre_id=case.centre_id, unit_id=unit_id)
    _stop(case, lambda clock: clock.basis == basis and _is_of(clock, about), on=from_)
    clock = Clock(
        case_id=case.id, basis=basis, label=label, amount=figure.amount, unit=figure.unit, started_on=from_,
        object_kind=getattr(about, "__tablename__", None), object_id=getattr(about, "id", None),
        counts_for_case=counts_for_case, due_on=from_,
    )
    compute(clock, case.centre_id)
    return _added(clock, case)


def start_until(
    case: Case, basis: str, from_: date, due_on: date, *, label: ClockLabel, by: Actor, about=None,
    counts_for_case: bool = True,
) -> Clock:
    """Start a period whose last day is fixed from outside: by the parties, the court or an agreement."""
    _stop(case, lambda clock: clock.basis == basis and _is_of(clock, about), on=from_)
    clock = Clock(
        case_id=case.id, basis=basis, label=label, amount=(due_on - from_).days, unit=FIXED, started_on=from_,
        object_kind=getattr(about, "__tablename__", None), object_id=getattr(about, "id", None),
        counts_for_case=counts_for_case, due_on=due_on,
    )
    return _added(clock, case)


def _added(clock: Clock, case: Case) -> Clock:
    """Let a new clock run beside those that run already, which need not be read again."""
    beside = _running(case.id)
    insert(clock)
    added = _Running(*(getattr(clock, name) for name in _Running._fields))
    _running.keep(tuple(sorted((*beside, added), key=lambda each: (each.due_on, each.id))), case.id)
    return _settled(case, clock)


def restart(clock: Clock, case: Case, basis: str, from_: date, *, by: Actor, unit_id: int | None = None) -> None:
    """Let a running clock run by another figure or from another day; its suspensions and extension stay."""
    figure = settings.days(basis, on=case.law_on, centre_id=case.centre_id, unit_id=unit_id)
    told = {"was": clock.basis, "basis": basis, "before": clock.due_on}
    clock.basis, clock.amount, clock.unit, clock.started_on = basis, figure.amount, figure.unit, from_
    compute(clock, case.centre_id)
    _settled(case, clock)
    trail.record("clock.restarted", by=by, about=clock, case_id=case.id, params={**told, "due": clock.due_on})


def stop(case: Case, *bases: str, on: date, by: Actor, about=None) -> None:
    """Stop the running clocks of these bases; with ``about`` only those of that object."""
    if _stop(case, lambda clock: clock.basis in bases and _is_of(clock, about), on=on):
        nearest(case)


def stop_all(case: Case, *, on: date) -> list[int]:
    """Stop everything that runs on a case, when it is closed or goes on in another; return the clocks' ids."""
    stopped = _stop(case, lambda clock: True, on=on)
    nearest(case)
    return stopped


def set_going(case: Case, clock_ids: Iterable[int]) -> None:
    """Let clocks of a case run on that were stopped by mistake; their last days stay as they were."""
    stopped = update(Clock).where(Clock.case_id == case.id, Clock.id.in_(list(clock_ids)))
    session.execute(stopped.values(stopped_on=None, stopped_mark=None))
    nearest(case)


def moved_since(case_id: int, mark: int) -> tuple[list[Clock], list[Clock]]:
    """Return which clocks of a case were started and still run, and which were stopped, after a row with that id."""
    rows = list(session.scalars(select(Clock).where(Clock.case_id == case_id).order_by(Clock.id)))
    started = [clock for clock in rows if clock.id > mark and clock.stopped_on is None]
    return started, [clock for clock in rows if clock.id < mark and (clock.stopped_mark or 0) > mark]


def undo_since(case: Case, mark: int, *, on: date) -> None:
    """Let the clocks of a case run as they did before a row with that id was written; their last days stay."""
    started, stopped = moved_since(case.id, mark)
    for clock in started:
        clock.stopped_on, clock.stopped_mark = on, new_id()
    for clock in stopped:
        clock.stopped_on = clock.stopped_mark = None
    session.flush()
    nearest(case)


def stop_labelled(case: Case, label: ClockLabel, *, on: date) -> None:
    """Stop the running clocks that measure one thing, whatever their basis."""
    if _stop(case, lambda clock: clock.label == label, on=on):
        nearest(case)


def _stop(case: Case, is_meant: Callable[[_Running], bool], *, on: date) -> list[int]:
    running = _running(case.id)
    ids = [clock.id for clock in running if is_meant(clock)]
    if ids:
        mark = new_id()
        session.execute(_STOPPED, [{"clock": clock_id, "on": on, "mark": mark} for clock_id in ids])
        for clock_id in ids:
            if (met := session.identity_map.get(identity_key(Clock, clock_id))) is not None:
                set_committed_value(met, "stopped_on", on)
                set_committed_value(met, "stopped_mark", mark)
        _running.keep(tuple(clock for clock in running if clock.id not in ids), case.id)
    return ids


def _is_of(clock: _Running, about) -> bool:
    return about is None or clock.object_id == about.id


def suspend(clock: Clock, case: Case, *, from_: date, reason: str, by: Actor) -> None:
    """Stop counting from a day on; the interval stays open until :func:`resume`."""
    clock.suspensions.append(Suspension(from_on=from_, reason=reason))
    session.flush()
    compute(clock, case.centre_id)
    _settled(case, clock)
    trail.record("clock.suspended", by=by, about=clock, case_id=case.id, params={"basis": clock.basis, "on": from_})


def resume(clock: Clock, case: Case, *, on: date, by: Actor) -> None:
    """Count again from a day on; a day to which the period was extended moves by what did not count."""
    ended = queries.open_pause(clock)
    if ended is not None:
        ended.to_on = on
        if clock.extended_to and clock.extended_to >= ended.from_on:
            span = Figure((clock.extended_to - clock.started_on).days, Unit.DAYS)
            pause, whose = [(ended.from_on, on)], {"on": clock.started_on, "centre_id": case.centre_id}
            clock.extended_to = deadlines.of_key(clock.basis, span, clock.started_on, suspended=pause, **whose).day
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
    if clock.unit == FIXED:
        return
    last = queries.last_day(clock, centre_id)
    clock.due_on = clock.extended_to or last.day
    clock.is_provisional = last.provisional and not clock.extended_to


def running(case_id: int) -> list[Clock]:
    """Return the clocks that run on a case, nearest first."""
    query = select(Clock).where(Clock.case_id == case_id, Clock.stopped_on.is_(None))
    return list(session.scalars(query.order_by(Clock.due_on, Clock.id)))


def _settled(case, clock):
    nearest(case)
    return clock


_CLOCKS = Clock.__table__.c
_RUNNING = (
    select(*(_CLOCKS[name] for name in _Running._fields))
    .where(_CLOCKS.case_id == bindparam("case_id"), _CLOCKS.stopped_on.is_(None))
    .order_by(_CLOCKS.due_on, _CLOCKS.id)
)
_STOPPED = (
    update(Clock.__table__).where(_CLOCKS.id == bindparam("clock"))
    .values(stopped_on=bindparam("on"), stopped_mark=bindparam("mark"))
)


@until_written(Clock)
def _running(case_id: int) -> tuple[_Running, ...]:
    return tuple(_Running(*row) for row in session.execute(_RUNNING, {"case_id": case_id}))


def none_yet(case: Case) -> None:
    """Say of a case that was made just now that nothing runs on it, so that nobody asks."""
    _running.keep((), case.id)


def nearest(case: Case) -> None:
    """Write the nearest running last day onto the case, for lists to sort by."""
    first = next((clock for clock in _running(case.id) if clock.counts_for_case), None)
    case.due_on = first.due_on if first else None
    case.due_basis = first.label if first else None
    case.due_is_provisional = bool(first and first.is_provisional)


@dataclass(frozen=True)
class Moved:
    """A last day that another calendar changed, or made certain where ``before`` and ``after`` are the same."""

    case_id: int
    label: str
    basis: str
    before: date
    after: date


def recompute(case_id: int, *, by: Actor) -> list[Moved]:
    """Work out the running last days of a case anew, after another calendar came; return what became of them."""
    case = session.get_one(Case, case_id)
    found = []
    for clock in running(case_id):
        before = clock.due_on, clock.is_provisional
        compute(clock, case.centre_id)
        if (clock.due_on, clock.is_provisional) == before or queries.open_pause(clock):
            continue  # one that stands still moves by itself, day by day
        found.append(Moved(case_id, clock.label, clock.basis, before[0], clock.due_on))
        told = {"basis": clock.basis, "label": clock.label, "before": before[0], "due": clock.due_on}
        trail.record("clock.recomputed", by=by, about=clock, case_id=case_id, params=told)
    nearest(case)
    return found
