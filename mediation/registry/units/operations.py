"""Founding a centre; creating, changing and ending its units."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select, update

from mediation.ground import clock, trail
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotAllowed, Obstacle, RuleBroken, Stale, because
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Permission, Role, system_actor
from mediation.registry.regions import operations as regions
from mediation.registry.regions import queries as places
from mediation.registry.regions.rules import lies_in
from mediation.registry.units import queries, rules
from mediation.registry.units.models import Centre, Unit, UnitPast
from mediation.registry.units.rules import Bar, UnitKind

# What a page may change of a unit; its kind decides what it may do and stays.
CHANGEABLE = (
    "name", "short_name", "brand", "parent", "area_code", "number_word", "types", "established_record",
    "is_court_listed", "court_code", "address", "phone",
)
OF_THE_CENTRE = ("name", "short_name", "address", "phone")  # the centre bears what its own unit bears
LONGEST = {
    "name": 120, "short_name": 40, "brand": 120, "number_word": 12, "established_record": 400, "address": 400,
    "phone": 40,
}

_keepers: list[Callable[[Unit, date], list[Obstacle]]] = []


def keeps(function):
    """Register ``function(unit, on) -> obstacles``: what a room further up holds against ending a unit."""
    _keepers.append(function)
    return function


def found_centre(
    *, name: str, register_word: str, area_code: str, on: date, short_name: str = "", phone: str | None = None,
    address: str | None = None, is_demonstration: bool = False,
) -> str:
    """Found a centre with its own unit and, where the program brings them, its county's towns and villages.

    Called by a command, before anybody can log in. Returns the centre's public id. Raises Invalid.
    """
    values = {"name": name.strip(), "register_word": register_word.strip(), "area_code": area_code.strip()}
    wrong = {field: N_("请填写") for field, value in values.items() if not value}
    if values["area_code"] and places.division_name(values["area_code"]) is None:
        wrong["area_code"] = N_("没有这个区划代码，请填六位县级代码")
    if not wrong and session.scalar(select(Centre.id).where(Centre.register_word == values["register_word"])):
        wrong["register_word"] = N_("别的中心已经用了这个登记字")
    if wrong:
        raise Invalid(**wrong)
    centre = Centre(
        id=new_id(), **values, short_name=(short_name.strip() or values["name"])[:20], phone=phone or None,
        address=address or None, is_demonstration=is_demonstration,
    )
    session.add(centre)
    session.flush()
    by = system_actor(centre.id)
    unit_id = new_id()
    session.add(
        Unit(
            id=unit_id, centre_id=centre.id, path=f"/{unit_id}/", kind=UnitKind.CENTRE, name=centre.name,
            short_name=centre.short_name, area_code=centre.area_code, sector_types={}, phone=centre.phone,
            address=centre.address, valid_from=on,
        )
    )
    session.flush()
    if places.has_built_in(centre.area_code):
        regions.load_areas(centre.id, centre.area_code, by=by, on=on)
    trail.record("centre.founded", by=by, about=centre, params={"name": centre.name, "area": centre.area_code})
    return centre.public_id


@once
def create_unit(
    *, by: Actor, on: date, kind: str, name: str, parent: str | None = None, key: str | None = None, **details: Any
) -> str:
    """Create a unit that exists from a day on, below ``parent`` or the centre itself; return its public id.

    ``details`` are those of :data:`CHANGEABLE`. Raises NotAllowed, NotFound, Invalid, RuleBroken.
    """
    _require(by)
    kind = UnitKind(kind)
    if kind is UnitKind.CENTRE:
        raise RuleBroken(because(Bar.SECOND_CENTRE))
    above = queries.get(parent, centre_id=by.centre_id) if parent else queries.root(by.centre_id)
    values = _taken({"short_name": "", "area_code": above.area_code, **details, "name": name}, kind, by.centre_id)
    bars = _parent_obstacles(above, on=on) + _number_word_obstacles(by.centre_id, values.get("number_word"))
    if bars:
        raise RuleBroken(*bars)
    unit_id = new_id()
    unit = Unit(
        id=unit_id, centre_id=by.centre_id, parent_id=above.id, path=f"{above.path}{unit_id}/", kind=kind,
        valid_from=on, **{"sector_types": {}, **values},
    )
    session.add(unit)
    session.flush()
    trail.record("unit.created", by=by, about=unit, params={"name": unit.name, "kind": kind, "on": on})
    return unit.public_id


def change_unit(public_id: str, *, by: Actor, on: date, version: int | None = None, **changes: Any) -> None:
    """Change a unit from a day on; what it was before is kept.

    ``changes`` are some of :data:`CHANGEABLE`; ``parent`` is a public id. Raises NotAllowed, NotFound, Invalid,
    RuleBroken, and Stale when the unit is no longer of that ``version``.
    """
    _require(by)
    unit = queries.get(public_id, centre_id=by.centre_id)
    if version is not None and version != unit.version:
        raise _stale(unit)
    above = _new_parent(unit, changes.pop("parent", None), by=by)
    taken = _taken(changes, unit.kind, by.centre_id)
    values = {field: value for field, value in taken.items() if value != getattr(unit, field)}
    bars = rules.change_obstacles(unit.valid_from, on=on, today=clock.today(), last_change=_last_change(unit))
    if above is not None:
        bars += _parent_obstacles(above, on=on, below=unit)
    if "number_word" in values:
        bars += _number_word_obstacles(unit.centre_id, values["number_word"], but=unit.id)
    if bars:
        raise RuleBroken(*bars)
    was = {field: getattr(unit, field) for field in values}
    if above is not None:
        was["parent"] = queries.unit(unit.parent_id).name
        _move_branch(unit, above)
    if not was:
        return
    for field, value in values.items():
        setattr(unit, field, value)
        if unit.parent_id is None and field in OF_THE_CENTRE:
            setattr(queries.centre(unit.centre_id), field, value)
    unit.version += 1
    session.add(
        UnitPast(
            unit_id=unit.id, until=on - timedelta(days=1), was=was, changed_by_id=by.account_id, changed_by=by.name
        )
    )
    session.flush()
    trail.record("unit.changed", by=by, about=unit, params={"on": on, "was": was, "now": values})


def end_unit(public_id: str, *, by: Actor, on: date) -> None:
    """Make ``on`` a unit's last day. Raises NotAllowed, NotFound, and RuleBroken while anything depends on it."""
    _require(by)
    unit = queries.get(public_id, centre_id=by.centre_id)
    below = [each.name for each in queries.branch(unit, on=on + timedelta(days=1)) if each.id != unit.id]
    bars = rules.end_obstacles(
        on=on, founded_on=unit.valid_from, ended_on=unit.valid_to, is_root=unit.parent_id is None,
        units_below=tuple(below[:5]),
    )
    for keeper in _keepers:
        bars += keeper(unit, on)
    if bars:
        raise RuleBroken(*bars)
    unit.valid_to = on
    unit.version += 1
    session.flush()
    trail.record("unit.ended", by=by, about=unit, params={"name": unit.name, "on": on})


def _require(by: Actor) -> None:
    if by.role is not Role.SYSTEM and not by.may(Permission.UNITS_MANAGE):
        raise NotAllowed(Permission.UNITS_MANAGE)


def _taken(given: dict[str, Any], kind: UnitKind, centre_id: int) -> dict[str, Any]:
    """Return the given values as columns. Raises Invalid with everything that cannot be taken."""
    unknown = set(given) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"no such detail of a unit: {', '.join(sorted(unknown))}")
    values = {field: value.strip() if isinstance(value, str) else value for field, value in given.items()}
    wrong = {field: N_("太长了") for field, most in LONGEST.items() if len(values.get(field) or "") > most}
    if "name" in values and not values["name"]:
        wrong["name"] = N_("请填写")
    if "short_name" in values:
        values["short_name"] = values["short_name"] or values.get("name", "")[: LONGEST["short_name"]]
    if "area_code" in values and not _is_area(values["area_code"], centre_id):
        wrong["area_code"] = N_("请从本中心的乡镇、村里选")
    court = values.get("court_code") or None
    if court and (kind not in rules.COURTS or places.court(court, centre_id=centre_id) is None):
        wrong["court_code"] = N_("没有这个法院代码，或者这类单位不是法院")
    if wrong:
        raise Invalid(**wrong)
    for field in ("brand", "number_word", "established_record", "court_code", "address", "phone"):
        if field in values:
            values[field] = values[field] or None
    if "types" in values:
        types = sorted(values.pop("types") or [])
        values["sector_types"] = {"types": types} if types else {}
    return values


def _is_area(code: str | None, centre_id: int) -> bool:
    centre = queries.centre(centre_id)
    return bool(code) and lies_in(code, centre.area_code) and places.place(code, centre_id=centre_id) is not None


def _parent_obstacles(above: Unit, *, on: date, below: Unit | None = None) -> list[Obstacle]:
    if below is not None and above.path.startswith(below.path):
        return [because(Bar.PARENT_BELOW, unit=above.name)]
    return [] if above.is_valid(on) else [because(Bar.PARENT_ENDED, unit=above.name, on=on)]


def _number_word_obstacles(centre_id: int, word: str | None, *, but: int | None = None) -> list[Obstacle]:
    """CN-05: two bodies with one word would give out the same numbers; a word that was once used stays taken."""
    if not word:
        return []
    others = {each.id: each for each in queries.units(centre_id) if each.id != but}
    users = [each.name for each in others.values() if each.number_word == word]
    query = select(UnitPast).where(UnitPast.unit_id.in_(list(others)))
    users += [others[past.unit_id].name for past in session.scalars(query) if past.was.get("number_word") == word]
    return [because(Bar.NUMBER_WORD_TAKEN, word=word, unit=users[0])] if users else []


def _new_parent(unit: Unit, parent: str | None, *, by: Actor) -> Unit | None:
    """Return the unit to move below, None when the unit stays where it is."""
    if not parent or unit.parent_id is None:
        return None
    above = queries.get(parent, centre_id=by.centre_id)
    return None if above.id == unit.parent_id else above


def _move_branch(unit: Unit, above: Unit) -> None:
    old, new = unit.path, f"{above.path}{unit.id}/"
    unit.parent_id = above.id
    session.flush()
    branch = update(Unit).where(Unit.centre_id == unit.centre_id, Unit.path.startswith(old, autoescape=True))
    session.execute(
        branch.values(path=new + func.substr(Unit.path, len(old) + 1)).execution_options(synchronize_session=False)
    )
    session.refresh(unit, ["path"])


def _last_change(unit: Unit) -> date | None:
    until = session.scalar(select(func.max(UnitPast.until)).where(UnitPast.unit_id == unit.id))
    return until + timedelta(days=1) if until else None


def _stale(unit: Unit) -> Stale:
    last = next(iter(queries.pasts(unit.id)), None)
    theirs = {field: getattr(unit, field) for field in CHANGEABLE if field not in ("parent", "types")}
    theirs |= {"types": queries.types_of(unit), "version": unit.version}
    return Stale(theirs, by=last.changed_by if last else None, at=last.recorded_at if last else None)
