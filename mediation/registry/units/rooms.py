"""Rooms for sessions: adding, changing, closing them for days or for good."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import or_, select

from mediation.ground import clock, trail
from mediation.ground.choices import N_, Reason
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken, Stale, because
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Permission, Role
from mediation.registry.settings.rules import day_parts
from mediation.registry.units import queries
from mediation.registry.units.models import Room, RoomClosure

LONGEST = {"name": 120, "place": 400, "equipment": 400}
MOST_SEATS = 500
MOST_DAYS = 366
CHANGEABLE = ("name", "seats", "unit", "place", "equipment", "hours")


class Bar(Reason):
    ENDS_BEFORE = "closure_ends_before", N_("最后一天早于第一天")
    TOO_LONG = "closure_too_long", N_("一次最多停 %(most)s 天；长期不用就停用这间调解室")
    NO_WHY = "closure_no_why", N_("写明为什么停，约会的人看得到")
    ENDED = "room_ended", N_("“%(name)s”已经停用；要改就先恢复")


@dataclass(frozen=True)
class Shut:
    """A time during which a room cannot be had, in local time, and why."""

    start: datetime
    end: datetime
    why: str


@once
def add_room(*, by: Actor, on: date | None = None, key: str | None = None, **given: Any) -> str:
    """Add a room for sessions, of the centre or of one of its units, from a day on; return its public id.

    ``given`` are values of ``CHANGEABLE``. Raises NotAllowed, NotFound for a foreign unit, Invalid.
    """
    _require(by)
    values = _taken({"seats": 8} | given, by)
    if "name" not in values:
        raise Invalid(name=N_("请填写名称，不超过120个字"))
    room = Room(id=new_id(), centre_id=by.centre_id, valid_from=on, **values)
    session.add(room)
    session.flush()
    trail.record("room.added", by=by, about=room, params={"name": room.name})
    return room.public_id


def change_room(public_id: str, *, version: int, by: Actor, **given: Any) -> None:
    """Change what is said of a room. Bookings stay, also outside its new hours: :func:`shut` lists them.

    Raises NotAllowed, NotFound, Invalid, Stale, RuleBroken for one that has ended.
    """
    _require(by)
    room = get_room(public_id, centre_id=by.centre_id)
    if room.version != version:
        raise Stale(stored(room))
    if room.valid_to is not None:
        raise RuleBroken(because(Bar.ENDED, name=room.name))
    values = _taken(given, by, but=room)
    changed = {name: [getattr(room, name), value] for name, value in values.items() if getattr(room, name) != value}
    for name, (_was, value) in changed.items():
        setattr(room, name, value)
    if changed:
        room.changes = room.version
        session.flush()
        trail.record("room.changed", by=by, about=room, params={"name": room.name, "changed": changed})


def end_room(public_id: str, *, by: Actor, on: date) -> None:
    """Make ``on`` a room's last day; sessions booked in it stay as they are. Raises NotAllowed, NotFound."""
    _require(by)
    room = get_room(public_id, centre_id=by.centre_id)
    _until(room, on, "room.ended", by=by)


def take_up_room(public_id: str, *, by: Actor) -> None:
    """Take back an end. Raises NotAllowed, NotFound, Invalid where another room bears the name now."""
    _require(by)
    room = get_room(public_id, centre_id=by.centre_id)
    _taken({"name": room.name}, by, but=room)
    _until(room, None, "room.taken_up", by=by)


@once
def close_days(
    public_id: str, *, first: date, last: date, why: str, by: Actor, key: str | None = None
) -> str:
    """Close a room from one day to another, both included: nothing is booked in it then. Returns the closure's id.

    Raises NotAllowed, NotFound, RuleBroken.
    """
    _require(by)
    room = get_room(public_id, centre_id=by.centre_id)
    bars = [because(Bar.ENDS_BEFORE)] if last < first else []
    if (last - first).days >= MOST_DAYS:
        bars.append(because(Bar.TOO_LONG, most=MOST_DAYS))
    if not why.strip():
        bars.append(because(Bar.NO_WHY))
    if bars:
        raise RuleBroken(*bars)
    row = RoomClosure(
        centre_id=by.centre_id, room_id=room.id, starts_on=first, ends_on=last, why=why.strip()[:400],
        made_by_id=by.account_id,
    )
    session.add(row)
    session.flush()
    told = {"name": room.name, "first": first, "last": last, "why": row.why}
    trail.record("room.closed", by=by, about=room, params=told)
    return row.public_id


def lift(closure_public_id: str, *, by: Actor, on: date) -> Room:
    """Open a room again for the days of a closure; return the room. Raises NotAllowed, NotFound."""
    _require(by)
    own = RoomClosure.centre_id == by.centre_id
    row = session.scalar(select(RoomClosure).where(RoomClosure.public_id == closure_public_id, own))
    if row is None:
        raise NotFound()
    room = session.get_one(Room, row.room_id)
    if row.lifted_on is None:
        row.lifted_on = on
        session.flush()
        told = {"name": room.name, "first": row.starts_on, "last": row.ends_on}
        trail.record("room.opened_again", by=by, about=room, params=told)
    return room


def get_room(public_id: str, *, centre_id: int) -> Room:
    """Return a room of a centre. Raises NotFound."""
    room = session.scalar(select(Room).where(Room.public_id == public_id, Room.centre_id == centre_id))
    if room is None:
        raise NotFound()
    return room


def stored(room: Room) -> dict[str, Any]:
    """Return what may be changed of a room, as its form shows it, with its version."""
    unit = queries.unit(room.unit_id).public_id if room.unit_id else None
    found = {name: getattr(room, name) for name in CHANGEABLE if name not in ("unit", "hours")}
    return found | {"unit": unit, "hours": "\n".join(room.parts), "version": room.version}


def closures(room_ids: Iterable[int], *, since: date, until: date | None = None) -> list[RoomClosure]:
    """Return the closures of rooms that have a day from ``since`` on, before ``until``, the earliest first."""
    query = select(RoomClosure).where(
        RoomClosure.room_id.in_(list(room_ids)), RoomClosure.ends_on >= since, RoomClosure.lifted_on.is_(None)
    )
    if until is not None:
        query = query.where(RoomClosure.starts_on < until)
    return list(session.scalars(query.order_by(RoomClosure.starts_on, RoomClosure.id)))


def shut(rooms: Iterable[Room], *, since: date, until: date) -> list[tuple[Room, Shut]]:
    """Return when rooms cannot be had from one day up to, not including, another: closed days, hours of their own."""
    rooms = list(rooms)
    by_id = {room.id: room for room in rooms}
    found = []
    for row in closures(by_id, since=since, until=until):
        begin, end = max(row.starts_on, since), min(row.ends_on + timedelta(days=1), until)
        found.append((by_id[row.room_id], Shut(_at(begin), _at(end), row.why)))
    for room in rooms:
        if room.parts:
            spans, why = day_parts(room.parts), "、".join(room.parts)
            day = since
            while day < until:
                found += [(room, each) for each in _outside(day, spans, why)]
                day += timedelta(days=1)
    return found


def _outside(day, spans, why):
    begin = _at(day)
    for start, end in spans:
        yield Shut(begin, datetime.combine(day, start), why)
        begin = datetime.combine(day, end)
    yield Shut(begin, _at(day + timedelta(days=1)), why)


def _at(day: date) -> datetime:
    return datetime.combine(day, time())


def _until(room, on, event, *, by):
    room.valid_to = on
    room.changes = room.version
    session.flush()
    trail.record(event, by=by, about=room, params={"name": room.name, "on": on})


def _taken(given: dict[str, Any], by: Actor, but: Room | None = None) -> dict[str, Any]:
    """Return the given values as columns. Raises Invalid with everything that cannot be taken."""
    unknown = set(given) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"no such detail of a room: {', '.join(sorted(unknown))}")
    wrong, values = {}, {}
    for name, most in LONGEST.items():
        if name in given:
            text = (given[name] or "").strip()
            values[name] = text or None
            if len(text) > most:
                wrong[name] = N_("太长了")
    if "name" in given:
        wrong |= _name_faults(values["name"], by.centre_id, but)
    if "seats" in given:
        values["seats"] = given["seats"]
        if not 1 <= (given["seats"] or 0) <= MOST_SEATS:
            wrong["seats"] = N_("座位数在1到500之间")
    if "hours" in given:
        parts = [word.strip() for word in (given["hours"] or "").replace("|", "\n").splitlines() if word.strip()]
        values["hours"] = {"parts": parts} if parts else None
        if parts and not _are_hours(parts):
            wrong["hours"] = N_("一行一段，写成 08:30-12:00，从早到晚，互不重叠")
    if wrong:
        raise Invalid(**wrong)
    if "unit" in given:
        values["unit_id"] = queries.get(given["unit"], centre_id=by.centre_id).id if given["unit"] else None
    return values


def _name_faults(name, centre_id, but):
    if not name or len(name) > LONGEST["name"]:
        return {"name": N_("请填写名称，不超过120个字")}
    lasts = or_(Room.valid_to.is_(None), Room.valid_to >= clock.today())
    open_ = select(Room.id).where(Room.centre_id == centre_id, Room.name == name, lasts)
    if but is not None:
        open_ = open_.where(Room.id != but.id)
    return {"name": N_("已经有同名的调解室")} if session.scalar(open_.limit(1)) else {}


def _are_hours(parts) -> bool:
    try:
        day_parts(parts)
    except ValueError:
        return False
    return True


def _require(by: Actor) -> None:
    if by.role is not Role.SYSTEM and not by.may(Permission.UNITS_MANAGE):
        raise NotAllowed(Permission.UNITS_MANAGE)
