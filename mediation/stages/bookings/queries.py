"""Reading bookings: what is free, what clashes, the meetings of a case and of a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from mediation.casefile.cases import progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import DISPUTING_ROLES, BookingState, PartyKind
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import Actor, Depth
from mediation.registry.calendar.queries import calendar_of
from mediation.registry.calendar.rules import ONE_DAY
from mediation.registry.mediators import leave as leaves
from mediation.registry.mediators.rules import Leave
from mediation.registry.settings import queries as settings
from mediation.registry.units import queries as units
from mediation.registry.units.models import Room
from mediation.registry.units.rooms import shut
from mediation.stages.bookings import away, rules
from mediation.stages.bookings.away import Away
from mediation.stages.bookings.models import Booking, BookingParty
from mediation.stages.bookings.rules import Clash, Hours, Slot, Span, Taken
from mediation.stages.proceedings import queries as proceedings
from mediation.stages.proceedings.models import Proceeding, ProceedingMediator

MOST_IN_ROOM = 200
OF_A_ROOM = (Clash.ROOM, Clash.SHUT)
AROUND = timedelta(days=7)  # how far a slot offered instead may lie before the day that was wanted


@dataclass(frozen=True)
class House:
    """How a centre sets its meetings on a day: dated settings of its own."""

    hours: Hours
    minutes: int  # how long a meeting usually is
    step: int  # minutes between the hours at which one may begin
    notice_days: int  # how many days the parties are told ahead
    ahead_days: int  # how far ahead free hours are looked for


def house_of(centre_id: int, *, on: date) -> House:
    """Return a centre's settings of meetings. Raises RuleBroken where one is not set."""
    whose = {"on": on, "centre_id": centre_id}
    return House(
        rules.read_hours(settings.words("session.hours", **whose)), settings.number("session.minutes", **whose),
        settings.number("session.step", **whose), settings.days("session.notice", **whose).days,
        settings.days("session.ahead", **whose).days,
    )


def local(instant: datetime) -> datetime:
    """Return an instant as the local hour that the rules reckon in."""
    return clock.local(instant).replace(tzinfo=None)


def instant(hour: datetime) -> datetime:
    """Return a local hour as an instant."""
    return hour.replace(tzinfo=clock.SHANGHAI)


def span_of(booking: Booking) -> Span:
    """Return when a booking is, in local time."""
    return Span(local(booking.starts_at), local(booking.ends_at))


# --- who and what is needed ---


@dataclass(frozen=True)
class Need:
    """What a meeting takes up. ``people`` maps row ids of natural persons to names, ``rooms`` those it may be held in.

    ``but`` is the booking that is being moved: it is in nobody's way.
    """

    centre_id: int
    mediators: Mapping[int, str]
    people: Mapping[int, str]
    rooms: Sequence[Room]
    away: Sequence[tuple[str, Away]] = ()
    but: int | None = None


def need_of(
    case: Case, proceeding: Proceeding, parties: Iterable[Party], rooms: Sequence[Room], *, but: int | None = None
) -> Need:
    """Return what a meeting with some parties of a case takes up.

    An organisation sends whom it likes, so that only natural persons are kept from being in two places.
    """
    parties = list(parties)
    mediators = {row.mediator_id: row.mediator.name for row in proceedings.mediators_on(proceeding.id)}
    gone = [(party.name, each) for party in parties for each in away_of(party)]
    return Need(case.centre_id, mediators, {
        party.person_id: party.name for party in parties if is_natural(party)
    }, rooms, gone, but)


def is_natural(party: Party) -> bool:
    """Say whether a party is a natural person who is known."""
    return party.person is not None and party.person.kind == PartyKind.PERSON


def away_of(party: Party) -> list[Away]:
    """Return when a party said that they cannot come."""
    asked_on = party.unavailable.get("asked_on")
    if not asked_on:
        return []
    return away.read_away(party.unavailable.get("words", ""), today=date.fromisoformat(asked_on))


def disputing_parties(case: Case) -> list[Party]:
    """Return the parties who are asked to a meeting."""
    return [party for party in cases.parties_of(case.id) if party.role in DISPUTING_ROLES]


# --- what is taken: one statement per kind ---


def taken(need: Need, since: date, until: date) -> list[Taken]:
    """Return who and what of a need is elsewhere from one day up to, not including, another."""
    begin, end = (instant(datetime.combine(day, datetime.min.time())) for day in (since, until))
    found = [
        Taken(Clash.ROOM, name, span) for name, span in _rooms_taken(need, begin, end)
    ]
    found += [
        Taken(Clash.SHUT, room.name, Span(each.start, each.end), each.why)
        for room, each in shut(need.rooms, since=since, until=until)
    ]
    found += [Taken(Clash.MEDIATOR, need.mediators[row], span) for row, span in _mediators_taken(need, begin, end)]
    found += [Taken(Clash.PARTY, need.people[row], span) for row, span in _people_taken(need, begin, end)]
    found += _leaves(need, since, until)
    for who, gone in need.away:
        found += [Taken(Clash.AWAY, who, span, gone.words) for span in gone.spans(since, until)]
    return found


def _leaves(need: Need, since: date, until: date) -> list[Taken]:
    """Return on which days the mediators of a need are away (row 41)."""
    found = []
    for row, gone in leaves.between(need.mediators, since, until - ONE_DAY).items() if need.mediators else ():
        for each in gone:
            words = f"{each.first:%m-%d}–{each.last:%m-%d}"
            found.append(Taken(Clash.LEAVE, need.mediators[row], span_of_leave(each), words))
    return found


def span_of_leave(leave: Leave) -> Span:
    """Return the hours of days away, from the midnight before them to the one after."""
    first, end = (datetime.combine(day, datetime.min.time()) for day in (leave.first, leave.last + ONE_DAY))
    return Span(first, end)


def _rooms_taken(need: Need, begin: datetime, end: datetime):
    names = {room.id: room.name for room in need.rooms}
    if not names:
        return []
    query = _set_between(select(Booking.room_id, Booking.starts_at, Booking.ends_at), need, begin, end)
    return [(names[row], span) for row, span in _spans(query.where(Booking.room_id.in_(names)))]


def _mediators_taken(need: Need, begin: datetime, end: datetime):
    if not need.mediators:
        return []
    query = select(ProceedingMediator.mediator_id, Booking.starts_at, Booking.ends_at).join(
        ProceedingMediator, ProceedingMediator.proceeding_id == Booking.proceeding_id
    )
    query = _set_between(query, need, begin, end).where(Booking.centre_id == need.centre_id)
    query = query.where(ProceedingMediator.until.is_(None), ProceedingMediator.mediator_id.in_(need.mediators))
    return _spans(query)


def _people_taken(need: Need, begin: datetime, end: datetime):
    if not need.people:
        return []
    query = select(BookingParty.person_id, Booking.starts_at, Booking.ends_at).join(
        BookingParty, BookingParty.booking_id == Booking.id
    )
    return _spans(_set_between(query, need, begin, end).where(BookingParty.person_id.in_(need.people)))


def _set_between(query, need: Need, begin: datetime, end: datetime):
    query = query.where(Booking.state == BookingState.SET, Booking.starts_at >= begin, Booking.starts_at < end)
    return query.where(Booking.id != need.but) if need.but else query


def _spans(query):
    return [(row, Span(local(starts), local(ends))) for row, starts, ends in session.execute(query)]


# --- free hours ---


def proposals(need: Need, *, minutes: int, since: datetime | None = None, no_room: bool = False) -> list[Slot]:
    """Return the next five free slots, rooms by name: one in each half of a day, as far as the centre looks ahead."""
    today = clock.today()
    house = house_of(need.centre_id, on=today)
    since = since or datetime.combine(today + timedelta(days=house.notice_days), datetime.min.time())
    since = max(since, local(clock.now()))
    until = since.date() + timedelta(days=house.ahead_days)
    return _slots(need, house, minutes, since, until, no_room=no_room)


def instead(need: Need, *, wanted: datetime, minutes: int, no_room: bool = False) -> list[Slot]:
    """Return the three free slots nearest to an hour that clashed."""
    house = house_of(need.centre_id, on=clock.today())
    told_by = datetime.combine(clock.today() + timedelta(days=house.notice_days), datetime.min.time())
    around = datetime.combine(wanted.date() - AROUND, datetime.min.time())
    since = max(around, min(told_by, wanted), local(clock.now()))
    until = max(wanted.date(), since.date()) + timedelta(days=house.ahead_days)
    every = _slots(need, house, minutes, since, until, no_room=no_room, most=None, per_part=None)
    return rules.nearest(every, wanted)


def _slots(need: Need, house: House, minutes, since, until, *, no_room, **how) -> list[Slot]:
    known = taken(need, since.date(), until)
    rooms: dict[str | None, list[Span]] = {room.name: [] for room in need.rooms}
    for each in known:
        if each.kind in OF_A_ROOM:
            rooms[each.who].append(each.span)
    people = [each.span for each in known if each.kind not in OF_A_ROOM]
    parts = rules.opening(house.hours, calendar_of(need.centre_id), since=since, until=until)
    return rules.free_slots(
        parts, people=people, rooms={None: ()} if no_room else rooms, since=since, minutes=minutes, step=house.step,
        **how,
    )


def free_rooms(need: Need, begin: datetime, end: datetime) -> list[Room]:
    """Return the rooms of a need that nobody uses between two local hours of a day."""
    span = Span(begin, end)
    known = taken(need, begin.date(), begin.date() + ONE_DAY)
    used = {each.who for each in known if each.kind in OF_A_ROOM and each.span.overlaps(span)}
    return [room for room in need.rooms if room.name not in used]


# --- bookings ---

PARTS = (joinedload(Booking.room), selectinload(Booking.guests))


def get(public_id: str, *, for_: Actor, depth: Depth = Depth.CONTENTS) -> tuple[Booking, Case]:
    """Return a booking with its room and who is asked, and its case, scoped. Raises NotFound."""
    return cases.child(Booking, public_id, for_=for_, depth=depth, parts=PARTS)


@until_written(Booking, BookingParty, Room)
def of_case(case_id: int) -> list[Booking]:
    """Return the bookings of a case, oldest first."""
    if not progress.had(case_id, "booking"):
        return []
    query = select(Booking).where(Booking.case_id == case_id).options(*PARTS).order_by(Booking.starts_at, Booking.id)
    return list(session.scalars(query))


def waiting(case_id: int) -> list[Booking]:
    """Return the bookings of a case of which nobody has yet written what became of them."""
    return [booking for booking in of_case(case_id) if booking.state == BookingState.SET]


def begun(case_id: int, *, on: date) -> Booking | None:
    """Return the booking of a day that has begun and whose outcome nobody has written, the earliest one."""
    now = clock.now()
    found = (each for each in waiting(case_id) if each.starts_at <= now and clock.day_of(each.starts_at) == on)
    return next(found, None)


def in_room(room_id: int, *, since: date, until: date | None = None) -> list[tuple[Booking, Case]]:
    """Return the meetings that are set in a room from a day on, before ``until``, by hour; whoever sees their cases."""
    query = select(Booking, Case).join(Case, Case.id == Booking.case_id).where(
        Booking.room_id == room_id, Booking.state == BookingState.SET,
        Booking.starts_at >= instant(datetime.combine(since, datetime.min.time())),
    )
    if until is not None:
        query = query.where(Booking.starts_at < instant(datetime.combine(until, datetime.min.time())))
    return [(booking, case) for booking, case in session.execute(query.order_by(Booking.starts_at).limit(MOST_IN_ROOM))]


def rooms_for(centre_id: int, *, on: date, wanted: str | None = None) -> list[Room]:
    """Return the rooms that a meeting may be held in: the one that is wanted, by public id, or all of that day."""
    found = units.rooms(centre_id, on=on)
    return [room for room in found if room.public_id == wanted] if wanted else found
