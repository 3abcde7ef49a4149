"""Setting a meeting, moving it, calling it off; and writing down that nobody came."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from mediation.casefile.cases import access, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.facts import party_facts
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import BookingState, ProceedingState
from mediation.casefile.deliveries import operations as deliveries
from mediation.casefile.notices import operations as notices
from mediation.casefile.notices import rules as seats
from mediation.casefile.notices.rules import Event
from mediation.ground import clock, trail
from mediation.ground.choices import N_
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotAllowed, NotFound, Obstacle, RuleBroken, Stale, because, known
from mediation.ground.ids import new_id
from mediation.ground.once import insert_or_ignore, once
from mediation.registry.access.rules import Actor
from mediation.registry.calendar.queries import calendar_of
from mediation.registry.units.models import Room
from mediation.stages.bookings import away, queries, rules
from mediation.stages.bookings.models import Booking, BookingDay, BookingParty
from mediation.stages.bookings.queries import Need
from mediation.stages.bookings.rules import Bar, Span
from mediation.stages.proceedings import queries as proceedings
from mediation.stages.proceedings import sessions
from mediation.stages.proceedings.meeting.rules import SessionBar, SessionManner
from mediation.stages.proceedings.models import Proceeding
from mediation.stages.proceedings.rules import Bar as Unready

WITHOUT_PLACE = (SessionManner.ONLINE, SessionManner.PHONE)


@dataclass(frozen=True)
class Wish:
    """When, where and with whom a meeting is wanted; instants are aware, rooms and parties named by public id.

    ``off_hours_agreed``: everybody agreed to come outside the working day. ``meeting`` are the parties who suffer
    violence and agree to sit with the other side (MH-01); with ``is_joint`` False the sides come one after the other.
    """

    starts_at: datetime
    ends_at: datetime
    room: str | None = None
    place: str = ""
    manner: str = SessionManner.IN_PERSON
    parties: Collection[str] = ()
    off_hours_agreed: bool = False
    is_joint: bool = True
    meeting: Collection[str] = ()
    platform: str = ""
    link: str = ""
    bring: str = ""


@once
def book(case_public_id: str, *, by: Actor, on: date, key: str | None = None, wish: Wish) -> str:
    """Set a meeting and tell whoever mediates; nobody and no room is in two places. Returns its public id.

    Raises RuleBroken with everything that clashes or forbids it (RT-02, MH-01; rows 45, 46), Invalid, NotFound.
    """
    case = cases.get(case_public_id, for_=by)
    proceeding = proceedings.newest(case.id)
    if proceeding is None:
        raise RuleBroken(because(Unready.NOT_MEDIATING), about=case.public_id)
    room = _room(wish, case)
    invited = _invited(wish.parties, case)
    booking = Booking(
        id=new_id(), centre_id=case.centre_id, case_id=case.id, proceeding_id=proceeding.id,
        data_key=keys().new_data_key(), state=BookingState.SET, made_by_id=by.account_id,
    )
    _write(booking, wish, room)
    _lock(case.centre_id, wish.starts_at)
    bars = _obstacles(case, proceeding, wish, room, invited)
    with session.no_autoflush:
        _take("booking.set", booking, case, by=by, on=on, bars=bars)
    session.add_all(
        BookingParty(
            booking_id=booking.id, party_id=party.id, person_id=party.person_id if queries.is_natural(party) else None
        )
        for party in invited
    )
    session.flush()
    _owe(booking, case, invited, on=on)
    _tell(Event.BOOKED, booking, case, by=by)
    return booking.public_id


def move(booking_public_id: str, *, by: Actor, on: date, wish: Wish, why: str, version: int | None = None) -> str:
    """Put a meeting to another hour, room or circle, with the reason; the old hour is free at once.

    Raises as :func:`book`, and Stale when somebody was faster.
    """
    booking, case = queries.get(booking_public_id, for_=by)
    if version is not None and booking.version != version:
        raise Stale()
    proceeding = session.get_one(Proceeding, booking.proceeding_id)
    room, invited = _room(wish, case), _invited(wish.parties, case)
    _lock(case.centre_id, wish.starts_at)
    bars = [] if why.strip() else [because(Bar.NO_WHY)]
    bars += _obstacles(case, proceeding, wish, room, invited, but=booking.id)
    was = booking.starts_at
    _take("booking.move", booking, case, by=by, on=on, bars=bars, reason=why.strip() or None, wish=wish, was=was)
    _write(booking, wish, room)
    booking.why = why.strip()
    booking.version += 1
    _ask(booking, invited)
    session.flush()
    _owe(booking, case, invited, on=on)
    _tell(Event.BOOKING_MOVED, booking, case, by=by, was_at=was)
    return booking.public_id


def cancel(booking_public_id: str, *, by: Actor, on: date, why: str) -> str:
    """Call a meeting off, with the reason; the row stays."""
    booking, case = queries.get(booking_public_id, for_=by)
    bars = [] if why.strip() else [because(Bar.NO_WHY)]
    _take("booking.cancel", booking, case, by=by, on=on, bars=bars, reason=why.strip() or None)
    booking.why = why.strip()
    session.flush()
    deliveries.let_go("bookings", booking.id)
    _tell(Event.BOOKING_CANCELLED, booking, case, by=by)
    return booking.public_id


@once
def note_attempt(
    booking_public_id: str, *, by: Actor, key: str | None = None, result: str, absent: Collection[str] = (),
    note: str = "", why_late: str | None = None,
) -> str:
    """Write down that a meeting did not come about: who was missing, or that it was put off (row 47, JM-11).

    Returns the public id of the attempt. Raises Invalid before the meeting should have begun.
    """
    booking, case = queries.get(booking_public_id, for_=by)
    day = clock.day_of(booking.starts_at)
    if booking.starts_at > clock.now():
        raise Invalid(result=N_("还没到约好的时间；来不了的，请改期或者取消"))
    if booking.state != BookingState.SET:
        raise Stale()
    proceeding = session.get_one(Proceeding, booking.proceeding_id)
    attempt = sessions.log_attempt(
        proceeding.public_id, by=by, on=day, at=booking.starts_at, manner=booking.manner, result=result,
        absent=absent, note=note, why_late=why_late,
    )
    steps.take("booking.fail", booking, by=by, on=day, case=case, implied=True)
    deliveries.let_go("bookings", booking.id)
    return attempt


def note_held(proceeding: Proceeding, *, by: Actor, on: date) -> None:
    """Write that the booking of the day of a meeting was kept; without one nothing was booked."""
    waiting = [each for each in queries.waiting(proceeding.case_id) if each.proceeding_id == proceeding.id]
    found = next((each for each in waiting if clock.day_of(each.starts_at) == on), None)
    if found is not None:
        steps.take("booking.hold", found, by=by, on=on, implied=True)
        deliveries.let_go("bookings", found.id)


def lapse(case_id: int, *, by: Actor, on: date) -> None:
    """Let the bookings of a case go that nobody needs any more, and whoever waits for them know."""
    for booking in queries.waiting(case_id):
        case = session.get_one(Case, booking.case_id)
        steps.take("booking.lapse", booking, by=by, on=on, case=case, implied=True)
        deliveries.let_go("bookings", booking.id)
        if booking.starts_at > clock.now():
            _tell(Event.BOOKING_CANCELLED, booking, case, by=by)


def say_away(case_public_id: str, *, by: Actor, on: date, words: Mapping[str, str]) -> None:
    """Keep when parties cannot come, in their own words; asked once, read for every meeting (row 46).

    ``words`` maps parties by public id to a line, empty where they can always come. Raises Invalid with what cannot be
    read, named by the party's public id.
    """
    case = cases.get(case_public_id, for_=by)
    if by.role not in STEPS["booking.set"].who or not access.acts_on(by, case):
        raise NotAllowed("booking.set")
    parties = {party.public_id: party for party in cases.parties_of(case.id)}
    if not set(words) <= set(parties):
        raise NotFound()
    wrong = {}
    for ref, line in words.items():
        try:
            away.read_away(line, today=on)
        except ValueError as error:
            wrong[ref] = str(error)
    if wrong:
        raise Invalid(**wrong)
    for ref, line in words.items():
        party, line = parties[ref], line.strip()
        if line != party.unavailable.get("words", ""):
            party.unavailable = {"words": line, "asked_on": on.isoformat()}
            trail.record("party.away_said", by=by, about=party, case_id=case.id)
    session.flush()


# --- the parts ---


def _lock(centre_id: int, starts_at: datetime) -> None:
    """Let nobody else book on that day of the centre until this transaction ends; who waited sees what was booked."""
    row = {"centre_id": centre_id, "day": clock.day_of(starts_at)}
    session.execute(insert_or_ignore(BookingDay.__table__).values(row))
    session.execute(select(BookingDay.day).filter_by(**row).with_for_update())


def _obstacles(case: Case, proceeding: Proceeding, wish: Wish, room: Room | None, invited, *, but=None):
    today = clock.today()
    house = queries.house_of(case.centre_id, on=today)
    span = Span(queries.local(wish.starts_at), queries.local(wish.ends_at))
    found = rules.hour_obstacles(
        span, now=queries.local(clock.now()), hours=house.hours, calendar=calendar_of(case.centre_id),
        off_hours_agreed=wish.off_hours_agreed,
    )
    if not invited:
        found.append(because(Bar.NOBODY_ASKED))
    if room is None and not wish.place.strip() and wish.manner not in WITHOUT_PLACE:
        found.append(because(Bar.NO_PLACE))
    found += _apart(case, wish, invited, on=today)
    day = span.start.date()
    need: Need = queries.need_of(case, proceeding, invited, [room] if room else [], but=but)
    return found + rules.clashes(span, queries.taken(need, day, day + queries.ONE_DAY))


def _apart(case: Case, wish: Wish, invited, *, on: date) -> list[Obstacle]:
    """Return one obstacle for each party who suffers violence and would sit with the other side unasked (MH-01)."""
    refs = {party.public_id for party in invited}
    if not wish.is_joint or len(refs) < 2:
        return []
    return [
        because(SessionBar.JOINT_AFTER_VIOLENCE, who=party.name)
        for party in party_facts(case.id, on=on)
        if party.ref in refs and sessions.suffers_violence(party) and party.ref not in wish.meeting
    ]


def _write(booking: Booking, wish: Wish, room: Room | None) -> None:
    booking.starts_at, booking.ends_at = wish.starts_at, wish.ends_at
    booking.manner = known(SessionManner, wish.manner, "manner")
    booking.room_id = room.id if room else None
    booking.place = room.name if room else wish.place.strip() or None
    booking.is_joint = wish.is_joint
    booking.platform, booking.link = wish.platform.strip() or None, wish.link.strip() or None
    booking.bring = wish.bring.strip() or None


def _ask(booking: Booking, invited: Collection[Party]) -> None:
    """Make those the ones who are asked to come."""
    wanted = {party.id: party for party in invited}
    for guest in list(booking.guests):
        if wanted.pop(guest.party_id, None) is None:
            session.delete(guest)
    session.add_all(
        BookingParty(
            booking_id=booking.id, party_id=party.id, person_id=party.person_id if queries.is_natural(party) else None
        )
        for party in wanted.values()
    )


def _owe(booking: Booking, case: Case, invited: Collection[Party], *, on: date) -> None:
    """Owe each of the invited the news of the hour (row 62)."""
    when = clock.local(booking.starts_at).isoformat(timespec="minutes")
    deliveries.owe_invitation(case, booking.id, [party.id for party in invited], when=when, on=on)


def _room(wish: Wish, case: Case) -> Room | None:
    if not wish.room or wish.manner in WITHOUT_PLACE:
        return None
    found = queries.rooms_for(case.centre_id, on=clock.day_of(wish.starts_at), wanted=wish.room)
    if not found:
        raise Invalid(room=N_("没有这间调解室"))
    return found[0]


def _invited(refs: Collection[str], case: Case) -> list[Party]:
    parties = {party.public_id: party for party in cases.parties_of(case.id)}
    if not set(refs) <= set(parties):
        raise NotFound()
    return [party for ref, party in parties.items() if ref in set(refs)]


def _take(step: str, booking: Booking, case: Case, *, by: Actor, on: date, bars=(), reason=None, wish=None, was=None):
    """Take a step on a booking; its history keeps hours, not places, which may be a party's home."""
    starts_at = wish.starts_at if wish else booking.starts_at
    facts = {"booked_at": clock.local(starts_at).isoformat(timespec="minutes")}
    if was is not None:
        facts["was_at"] = clock.local(was).isoformat(timespec="minutes")
    steps.take(step, booking, by=by, on=on, case=case, reason=reason, bars=bars, facts=facts)


def _tell(event: Event, booking: Booking, case: Case, *, by: Actor, **more) -> None:
    notices.tell(
        case, event, seats.MEDIATORS, seats.CLERKS, by=by, mark=f"{booking.id}.{booking.version}",
        booked_at=booking.starts_at, **more,
    )


def is_open(proceeding: Proceeding | None) -> bool:
    """Say whether meetings of a proceeding may be set."""
    return proceeding is not None and proceeding.state == ProceedingState.MEDIATING
