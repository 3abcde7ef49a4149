"""Keeping the dictionary of collection points: adding, changing, ending, taking up again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from mediation.ground import trail
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotAllowed, RuleBroken, Stale, because, known
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Permission, Role
from mediation.registry.points import queries, rules
from mediation.registry.points.models import Point
from mediation.registry.points.rules import Bar, PointKind
from mediation.registry.regions import queries as places
from mediation.registry.units import queries as units

CHANGEABLE = ("name", "kind", "channel", "area_code", "unit")


@once
def add(
    *, code: str, name: str, kind: str, channel: str, by: Actor, on: date, area_code: str | None = None,
    unit: str | None = None, key: str | None = None,
) -> str:
    """Add a point that collects from ``on``; ``channel`` is a word of the channels. Returns its public id.

    Raises NotAllowed, Invalid at what cannot be taken, RuleBroken where the code is another one's (row 3).
    """
    _require(by)
    code = code.strip().upper()
    if not rules.is_code(code):
        raise RuleBroken(because(Bar.CODE))
    taken = session.scalar(select(Point.name).where(Point.centre_id == by.centre_id, Point.code == code))
    if taken is not None:
        raise RuleBroken(because(Bar.CODE_TAKEN, code=code, name=taken))
    given = {"name": name, "kind": kind, "channel": channel, "area_code": area_code, "unit": unit}
    point = Point(centre_id=by.centre_id, code=code, valid_from=on, made_by_id=by.account_id, **_taken(given, by))
    session.add(point)
    session.flush()
    trail.record("point.added", by=by, about=point, params={"code": code, "name": point.name, "on": on})
    return point.public_id


def change(public_id: str, *, version: int, by: Actor, **given: Any) -> None:
    """Change what is said of a point; cases that came through it show it as it is now, the trail keeps what it was.

    Raises NotAllowed, NotFound, Invalid, RuleBroken for one that has ended, Stale.
    """
    _require(by)
    point = queries.get(public_id, centre_id=by.centre_id)
    if point.version != version:
        raise Stale(stored(point))
    if point.valid_to is not None:
        raise RuleBroken(because(Bar.ENDED, name=point.name))
    values = _taken(given, by)
    changed = {name: (getattr(point, name), value) for name, value in values.items() if getattr(point, name) != value}
    for name, (_was, value) in changed.items():
        setattr(point, name, value)
    if changed:
        point.version += 1
        session.flush()
        said = {name: [_plain(was), _plain(now)] for name, (was, now) in changed.items()}
        trail.record("point.changed", by=by, about=point, params={"code": point.code, "changed": said})


def end(public_id: str, *, by: Actor, on: date) -> None:
    """Let a point collect for the last time on a day. Raises NotAllowed, NotFound, RuleBroken."""
    _require(by)
    point = queries.get(public_id, centre_id=by.centre_id)
    if on < point.valid_from:
        raise RuleBroken(because(Bar.ENDS_BEFORE_START, start=point.valid_from))
    _until(point, on, "point.ended", by=by)


def take_up(public_id: str, *, by: Actor) -> None:
    """Let a point that was ended collect again, as if it had never ended: mistakes are mended so."""
    _require(by)
    _until(queries.get(public_id, centre_id=by.centre_id), None, "point.taken_up", by=by)


def stored(point: Point) -> dict[str, Any]:
    """Return what may be changed of a point, as forms show it, with its version."""
    unit = units.unit(point.unit_id).public_id if point.unit_id else None
    found = {"name": point.name, "kind": point.kind, "channel": point.channel, "area_code": point.area_code}
    return found | {"unit": unit, "version": point.version}


def _until(point, on, event, *, by):
    point.valid_to = on
    point.version += 1
    session.flush()
    trail.record(event, by=by, about=point, params={"code": point.code, "name": point.name, "on": on})


def _require(by: Actor) -> None:
    if by.role is not Role.SYSTEM and not by.may(Permission.SETTINGS_MANAGE):
        raise NotAllowed(Permission.SETTINGS_MANAGE)


def _taken(given: Mapping[str, Any], by: Actor) -> dict[str, Any]:
    """Return the given values as columns. Raises Invalid with everything that cannot be taken."""
    unknown = set(given) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"no such detail of a point: {', '.join(sorted(unknown))}")
    name, channel, area = (str(given.get(each) or "").strip() for each in ("name", "channel", "area_code"))
    wrong = {"name": N_("请填写")} if not name else {}
    if not channel or len(channel) > 32:
        wrong["channel"] = N_("请选择渠道")
    if area and places.place(area, centre_id=by.centre_id) is None:
        wrong["area_code"] = N_("请从本中心的乡镇、村里选")
    if wrong:
        raise Invalid(**wrong)
    unit = units.get(given["unit"], centre_id=by.centre_id) if given.get("unit") else None
    return {
        "name": name, "kind": known(PointKind, given.get("kind"), "kind"), "channel": str(channel),
        "area_code": area or None, "unit_id": unit.id if unit else None,
    }


def _plain(value):
    return str(value) if isinstance(value, PointKind) else value
