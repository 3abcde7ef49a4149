"""All open work of one mediator on one screen: to whom each case could go, and what keeps it from going there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from mediation.casefile.cases import access
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import FROM_COURT, BookingState, ProceedingState
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, NotFound, Obstacle, RuleBroken, because
from mediation.registry.access.rules import Actor, Depth, Role
from mediation.registry.causes.rules import main_code
from mediation.registry.mediators import leave as leaves
from mediation.registry.mediators import queries as pool
from mediation.registry.mediators.models import Mediator
from mediation.registry.units import queries as units
from mediation.stages.bookings import queries as bookings
from mediation.stages.bookings.models import Booking
from mediation.stages.bookings.rules import Span
from mediation.stages.handovers.models import Handover, HandoverRow
from mediation.stages.handovers.rules import Bar
from mediation.stages.proceedings import candidates, load
from mediation.stages.proceedings.appointing.rules import AppointmentMode
from mediation.stages.proceedings.load import NOTHING
from mediation.stages.proceedings.models import Proceeding, ProceedingMediator

MOST = 300  # open cases that one hand-over shows; nobody has as many
MOVABLE = (ProceedingState.ASSIGNED, ProceedingState.MEDIATING, ProceedingState.AGREED, ProceedingState.ENDED)


@dataclass(frozen=True)
class Work:
    """One open case of a mediator: what it is, what it weighs, what is set and due."""

    place: ProceedingMediator
    proceeding: Proceeding
    case: Case
    is_ours: bool
    points: int
    bookings: tuple[Booking, ...] = ()

    @property
    def ref(self) -> str:
        return self.proceeding.public_id


@dataclass(frozen=True)
class Receiver:
    """Somebody who might take cases over: what they have in hand, and their own meetings and days away."""

    mediator: Mediator
    points: int
    cases: int
    bars: tuple[Obstacle, ...]  # for a case of the people's or the administration's
    court_bars: tuple[Obstacle, ...]
    busy: tuple[tuple[int, Span], ...]  # proceedings and hours
    away: tuple[Span, ...]

    @property
    def public_id(self) -> str:
        return self.mediator.public_id


@dataclass(frozen=True)
class Line:
    """A case with who is to have it (None: it stays), and everything that keeps it from going there."""

    work: Work
    to: Receiver | None
    bars: tuple[Obstacle, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What a hand-over would do. ``beyond`` counts the open cases that other units lead."""

    giver: Mediator
    lines: tuple[Line, ...]
    receivers: tuple[Receiver, ...]
    beyond: int

    @property
    def moving(self) -> int:
        return sum(line.to is not None and not line.bars for line in self.lines)

    @property
    def kept(self) -> int:
        return len(self.lines) - self.moving


def plan(
    mediator_public_id: str, *, by: Actor, on: date, wishes: Mapping[str, str] | None = None, all_to: str | None = None
) -> Plan:
    """Return what would move where; nothing is written.

    ``wishes`` are receivers by the proceeding's public id ("" leaves a case where it is), ``all_to`` one receiver for
    all. Without either each case is proposed to whoever has least in hand, who stands in first (row 41).
    """
    giver = pool.get(mediator_public_id, centre_id=by.centre_id)
    _require(by, giver)
    found = open_work(giver, by=by)
    ours = [work for work in found if work.is_ours]
    receivers = _receivers(giver, ours, by=by, on=on)
    known = {each.public_id: each for each in receivers}
    if all_to is not None:
        wishes = {work.ref: all_to for work in ours}
    if wishes is None:
        lines = _proposed(ours, receivers, _deputy(giver, on))
    else:
        lines = _lines((work, known.get(wishes.get(work.ref, ""))) for work in ours)
    return Plan(giver, tuple(lines), tuple(receivers), len(found) - len(ours))


def open_work(giver: Mediator, *, by: Actor) -> list[Work]:
    """Return the open cases a mediator is on, what runs first, with the meetings that are set."""
    running = select(ProceedingMediator.id).where(
        ProceedingMediator.mediator_id == giver.id, ProceedingMediator.load_points > 0
    )
    after = (
        select(ProceedingMediator.id)
        .join(Proceeding, Proceeding.id == ProceedingMediator.proceeding_id)
        .join(Case, Case.id == Proceeding.case_id)
        .where(Case.mediator_id == giver.id, Case.is_open, ProceedingMediator.mediator_id == giver.id)
        .where(ProceedingMediator.until.is_(None))
    )
    query = (
        select(ProceedingMediator, Proceeding, Case)
        .join(Proceeding, Proceeding.id == ProceedingMediator.proceeding_id).join(Case, Case.id == Proceeding.case_id)
        .where(or_(ProceedingMediator.id.in_(running), ProceedingMediator.id.in_(after)), Case.is_open)
        .options(joinedload(ProceedingMediator.mediator)).order_by(Proceeding.id.desc()).limit(MOST)
    )
    rows = {case.id: (place, proceeding, case) for place, proceeding, case in reversed(session.execute(query).all())}
    seen = _seen(rows, by=by)
    set_ones = _set_for([proceeding.id for _place, proceeding, _case in rows.values()])
    works = [
        Work(place, proceeding, case, case.id in seen, place.load_points, tuple(set_ones.get(proceeding.id, ())))
        for place, proceeding, case in rows.values()
    ]
    return sorted(works, key=lambda work: (-work.points, work.case.due_on or date.max, work.case.id))


def _seen(case_ids: Iterable[int], *, by: Actor) -> set[int]:
    """Return the cases that the head acts on: their unit leads them."""
    query = access.scoped(select(Case.id), by, Depth.CONTENTS).where(Case.id.in_(list(case_ids)))
    return set(session.scalars(query.where(Case.lead_unit_id == by.unit_id)))


def _set_for(proceeding_ids: Sequence[int]) -> dict[int, list[Booking]]:
    query = select(Booking).where(
        Booking.proceeding_id.in_(proceeding_ids), Booking.state == BookingState.SET, Booking.starts_at >= clock.now()
    )
    found: dict[int, list[Booking]] = {}
    for booking in session.scalars(query.order_by(Booking.starts_at)):
        found.setdefault(booking.proceeding_id, []).append(booking)
    return found


def _receivers(giver: Mediator, works: Sequence[Work], *, by: Actor, on: date) -> list[Receiver]:
    """Return who might take cases over, least in hand first: the unit's own, for a court's cases its list, too."""
    for_court = any(work.proceeding.basis in FROM_COURT for work in works)
    people = pool.pool(by.centre_id, on=on)
    own = [each for each in people if each.unit_id == by.unit_id or (for_court and each.is_court_listed)]
    rows = [each for each in own if each.id != giver.id] or [each for each in people if each.id != giver.id]
    ids = [each.id for each in rows]
    loads, away_now = load.of_mediators(ids), leaves.on_day(ids, on)
    held_to = candidates.standards(by.centre_id, on=on)
    last = max([clock.day_of(each.ends_at) for work in works for each in work.bookings], default=on)
    busy, away = _busy(ids), leaves.between(ids, on, last)
    found = []
    for each in rows:
        own_load = loads.get(each.id, NOTHING)
        told = {"on": on, "points": own_load.points, "leave": away_now.get(each.id), "held_to": held_to}
        found.append(Receiver(
            each, own_load.points, own_load.cases, tuple(candidates.bars_of(each, for_court=False, **told)),
            tuple(candidates.bars_of(each, for_court=True, **told)), tuple(busy.get(each.id, ())),
            tuple(map(bookings.span_of_leave, away.get(each.id, ()))),
        ))
    return sorted(found, key=lambda each: (bool(each.bars), each.points, each.mediator.name))


def _busy(mediator_ids: Sequence[int]) -> dict[int, list[tuple[int, Span]]]:
    """Return the meetings to come of some mediators: proceeding and hours."""
    query = (
        select(ProceedingMediator.mediator_id, Booking)
        .join(Booking, Booking.proceeding_id == ProceedingMediator.proceeding_id)
        .where(ProceedingMediator.load_points > 0, ProceedingMediator.mediator_id.in_(mediator_ids))
        .where(Booking.state == BookingState.SET, Booking.starts_at >= clock.now())
    )
    found: dict[int, list[tuple[int, Span]]] = {}
    for mediator_id, booking in session.execute(query):
        found.setdefault(mediator_id, []).append((booking.proceeding_id, bookings.span_of(booking)))
    return found


def _deputy(giver: Mediator, on: date) -> int | None:
    rows = [row for row in leaves.of_mediator(giver.id) if row.cancelled_at is None and row.last_on >= on]
    first = min(rows, key=lambda row: row.first_on, default=None)
    return first.deputy_id if first else None


def _proposed(works: Sequence[Work], receivers: Sequence[Receiver], deputy_id: int | None) -> list[Line]:
    """Give each case, the heaviest first, to whom it bars nothing and who then has least in hand."""
    points = {each.public_id: each.points for each in receivers}
    given: dict[str, list] = {}
    lines = []
    for work in works:
        fitting = [each for each in receivers if not _line(work, each, given).bars]
        main = main_code(work.case.type_code)
        best = min(fitting, default=None, key=lambda each: (
            each.mediator.id != deputy_id, points[each.public_id],
            main not in each.mediator.specialities.get("types", ()), each.mediator.name,
        ))
        if best is not None:
            points[best.public_id] += work.points
        lines.append(_line(work, best, given))
        _give(work, best, given)
    return lines


def _lines(pairs: Iterable[tuple[Work, Receiver | None]]) -> list[Line]:
    given: dict[str, list] = {}
    lines = []
    for work, to in pairs:
        lines.append(_line(work, to, given))
        if not lines[-1].bars:
            _give(work, to, given)
    return lines


def _give(work: Work, to: Receiver | None, given: dict[str, list]) -> None:
    """Remember the meetings that come to a receiver with a case: the next one must not clash with them."""
    if to is not None:
        spans = [(work.proceeding.id, bookings.span_of(each)) for each in work.bookings]
        given.setdefault(to.public_id, []).extend(spans)


def _line(work: Work, to: Receiver | None, given: Mapping[str, list]) -> Line:
    return Line(work, to, tuple(obstacles(work, to, coming=given.get(to.public_id, ()) if to else ())))


def obstacles(work: Work, to: Receiver | None, *, coming: Sequence[tuple[int, Span]] = ()) -> list[Obstacle]:
    """Return everything that keeps a case from going to somebody; ``coming`` are meetings that go there, too.

    JM-04: SPC Provisions on Invited Mediation (2016), Art. 12: whom the parties chose jointly, they choose anew.
    """
    found = []
    from_court = work.proceeding.basis in FROM_COURT
    if work.proceeding.state not in MOVABLE:
        found.append(because(Bar.WRONG_STATE, state=work.proceeding.state))
    if from_court and work.place.mode == AppointmentMode.CHOSEN and work.points:
        found.append(because(Bar.CHOSEN_JOINTLY))
    if to is None:
        return [*found, because(Bar.NOBODY)]
    found += to.court_bars if from_court else to.bars
    if any(proceeding_id == work.proceeding.id for proceeding_id, _span in to.busy):
        found.append(because(Bar.ALREADY_ON, who=to.mediator.name))
    for booking in work.bookings:
        span = bookings.span_of(booking)
        told = {"who": to.mediator.name, "day": span.start.date()}
        others = [other for row, other in (*to.busy, *coming) if row != work.proceeding.id]
        if any(other.overlaps(span) for other in others):
            found.append(because(Bar.DOUBLE, begin=f"{span.start:%H:%M}", end=f"{span.end:%H:%M}", **told))
        elif any(other.overlaps(span) for other in to.away):
            found.append(because(Bar.AWAY, **told))
    return found


def _require(by: Actor, giver: Mediator) -> None:
    """A head hands over what the own unit leads, of whoever is in the own branch or mediates for it."""
    if by.role is not Role.HEAD:
        raise NotAllowed("proceeding.reassign")
    is_own = giver.unit.path.startswith(units.unit(by.unit_id).path)
    if not is_own and not giver.is_court_listed:
        raise NotFound()


def check_again(row: HandoverRow, *, by: Actor, on: date) -> tuple[Line, Mediator]:
    """Return a row of an order as it stands now, and the giver. Raises RuleBroken when the case is no longer theirs."""
    order = session.get_one(Handover, row.handover_id)
    giver = session.get_one(Mediator, order.from_id)
    work = next((work for work in open_work(giver, by=by) if work.proceeding.id == row.proceeding_id), None)
    if work is None or not work.is_ours:
        raise RuleBroken(because(Bar.GONE, who=giver.name))
    receivers = _receivers(giver, [work], by=by, on=on)
    to = next((each for each in receivers if each.mediator.id == row.to_id), None)
    return _line(work, to, {}), giver
