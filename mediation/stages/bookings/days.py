"""The meetings of a day and of the days to come, as deep as the reader sees their cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from mediation.casefile.cases import access
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import BookingState
from mediation.ground.db import session
from mediation.registry.access.rules import Actor, Depth
from mediation.registry.mediators.models import Mediator
from mediation.stages.bookings import queries
from mediation.stages.bookings.models import Booking
from mediation.stages.proceedings.models import ProceedingMediator

PARTS = queries.PARTS


@dataclass(frozen=True)
class Line:
    """A meeting of a day as its list shows it; ``case`` is None where the reader does not see the case."""

    starts_at: datetime
    ends_at: datetime
    state: BookingState
    room: str | None
    place: str | None
    manner: str
    public_id: str | None = None
    case: Case | None = None
    mediators: tuple[str, ...] = ()
    parties: tuple[tuple[str, str], ...] = ()  # role and name of who is asked
    clashes: bool = False  # its mediator or a party is elsewhere, too: a case was given to somebody else since


DAY_STATES = (BookingState.SET, BookingState.HELD, BookingState.FAILED)


def day(by: Actor, on: date, *, mine: bool = False) -> list[Line]:
    """Return the meetings of a day that the actor sees, by hour; ``mine`` those that they mediate themselves."""
    begin = queries.instant(datetime.combine(on, datetime.min.time()))
    named = access.may_be_named(by).label("is_named")  # of a sealed case the list keeps the parties to itself
    query = access.scoped(select(Booking, Case, named).join(Case, Case.id == Booking.case_id), by, Depth.PROGRESS)
    query = query.where(
        Booking.centre_id == by.centre_id, Booking.starts_at >= begin, Booking.starts_at < begin + queries.ONE_DAY,
        Booking.state.in_(DAY_STATES),
    )
    if mine:
        query = query.where(Booking.proceeding_id.in_(_mediated_by(by)))
    found = session.execute(query.options(*PARTS).order_by(Booking.starts_at, Booking.id)).all()
    mediators = _mediators_of({booking.proceeding_id for booking, _case, _named in found})
    named = [booking for booking, _case, is_named in found if is_named]
    parties = _parties_of([guest.party_id for booking in named for guest in booking.guests])
    doubled = _doubled([booking for booking, _case, _named in found], mediators)
    return [_line(booking, case, mediators, parties, booking.id in doubled) for booking, case, _named in found]


def occupied(by: Actor, on: date, *, but: Iterable[str]) -> list[Line]:
    """Return when rooms of the centre are taken on a day by meetings that the actor does not see; no word of whose."""
    begin = queries.instant(datetime.combine(on, datetime.min.time()))
    query = select(Booking).options(joinedload(Booking.room)).where(
        Booking.centre_id == by.centre_id, Booking.starts_at >= begin, Booking.starts_at < begin + queries.ONE_DAY,
        Booking.room_id.is_not(None), Booking.state.in_(DAY_STATES), Booking.public_id.not_in(list(but)),
    )
    return [
        Line(each.starts_at, each.ends_at, each.state, each.room.name, None, each.manner)
        for each in session.scalars(query.order_by(Booking.starts_at, Booking.id))
    ]


def _line(booking: Booking, case: Case, mediators, parties, clashes: bool) -> Line:
    return Line(
        booking.starts_at, booking.ends_at, booking.state, booking.room.name if booking.room else None, booking.place,
        booking.manner, booking.public_id, case,
        tuple(name for _row, name in mediators.get(booking.proceeding_id, ())),
        tuple(parties[guest.party_id] for guest in booking.guests if guest.party_id in parties), clashes,
    )


def _mediated_by(by: Actor):
    return (
        select(ProceedingMediator.proceeding_id)
        .join(Mediator, Mediator.id == ProceedingMediator.mediator_id)
        .where(Mediator.account_id == by.account_id, ProceedingMediator.until.is_(None))
    )


def _mediators_of(proceeding_ids) -> dict[int, list[tuple[int, str]]]:
    query = (
        select(ProceedingMediator.proceeding_id, Mediator.id, Mediator.name)
        .join(Mediator, Mediator.id == ProceedingMediator.mediator_id)
        .where(ProceedingMediator.proceeding_id.in_(proceeding_ids), ProceedingMediator.until.is_(None))
        .order_by(ProceedingMediator.presides.desc(), ProceedingMediator.id)
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for proceeding_id, *who in session.execute(query):
        found.setdefault(proceeding_id, []).append((who[0], who[1]))
    return found


def _parties_of(party_ids) -> dict[int, tuple[str, str]]:
    query = select(Party.id, Party.role, Party.name).where(Party.id.in_(party_ids))
    return {row: (role, name) for row, role, name in session.execute(query)}


def _doubled(bookings, mediators) -> set[int]:
    """Return the bookings still to come whose mediator sits in two of them: after a reassignment it can happen."""
    doubled: set[int] = set()
    open_ones = [booking for booking in bookings if booking.state == BookingState.SET]
    for index, one in enumerate(open_ones):
        for other in open_ones[index + 1 :]:
            if other.starts_at >= one.ends_at:
                break
            shared = {row for row, _name in mediators.get(one.proceeding_id, ())}
            if shared.intersection(row for row, _name in mediators.get(other.proceeding_id, ())):
                doubled |= {one.id, other.id}
    return doubled


def coming(by: Actor, *, since: date, until: date) -> list[tuple[Booking, Case]]:
    """Return the actor's own bookings between two days, both counted, by hour: for the home."""
    begin = queries.instant(datetime.combine(since, datetime.min.time()))
    end = queries.instant(datetime.combine(until + queries.ONE_DAY, datetime.min.time()))
    own = select(Booking, Case).join(Case, Case.id == Booking.case_id)
    query = access.scoped(own, by, Depth.PROGRESS, acting=True).where(
        Booking.state == BookingState.SET, Booking.centre_id == by.centre_id, Booking.starts_at >= begin,
        Booking.starts_at < end,
    )
    query = query.options(joinedload(Booking.room)).order_by(Booking.starts_at, Booking.id)
    return [(booking, case) for booking, case in session.execute(query)]
