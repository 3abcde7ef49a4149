"""Reading centres, units and rooms."""

from collections import defaultdict
from datetime import date

from sqlalchemy import or_, select

from mediation.ground.db import session
from mediation.ground.editions import kept
from mediation.ground.errors import NotFound
from mediation.ground.rereading import until_written
from mediation.registry.units.models import Centre, Room, Unit, UnitPast
from mediation.registry.units.rules import UnitKind


@until_written(Centre)
def centre(centre_id: int) -> Centre:
    """Return a centre by its row id."""
    return session.get_one(Centre, centre_id)


@kept(Centre)
def _names() -> dict[int, str]:
    return dict(session.execute(select(Centre.id, Centre.name)).all())


def centre_name(centre_id: int) -> str:
    """Return a centre's name."""
    return _names().get(centre_id, "")


@kept(Centre)
def is_demonstration() -> bool:
    """Say whether the database is a demonstration: then, and only then, the log-in page lists its accounts."""
    return session.scalar(select(Centre.id).where(Centre.is_demonstration).limit(1)) is not None


@kept(Unit)
def names(centre_id: int) -> dict[int, tuple[str, str]]:
    """Return public id and name of every unit that a centre has or had, by row id."""
    query = select(Unit.id, Unit.public_id, Unit.name).where(Unit.centre_id == centre_id)
    return {unit_id: (public_id, name) for unit_id, public_id, name in session.execute(query)}


@kept(Unit)
def _own_units(centre_id: int) -> frozenset[int]:
    own = (UnitKind.CENTRE, UnitKind.WINDOW)
    return frozenset(session.scalars(select(Unit.id).where(Unit.centre_id == centre_id, Unit.kind.in_(own))))


def is_centre(unit_id: int | None, centre_id: int) -> bool:
    """Say whether a unit is the centre itself or a window of it: most cases of the county pass through these."""
    return unit_id in _own_units(centre_id)


@until_written(Unit)
def unit(unit_id: int) -> Unit:
    """Return a unit by its row id."""
    return session.get_one(Unit, unit_id)


def centres() -> list[Centre]:
    """Return every centre of the installation, oldest first."""
    return list(session.scalars(select(Centre).order_by(Centre.id)))


def root(centre_id: int) -> Unit:
    """Return the centre's own unit, below which all others stand."""
    return session.scalars(select(Unit).where(Unit.centre_id == centre_id, Unit.kind == UnitKind.CENTRE)).one()


def branch(unit: Unit, *, on: date) -> list[Unit]:
    """Return a unit and all below it that exist on a day."""
    return [each for each in units(unit.centre_id, on=on) if each.path.startswith(unit.path)]


def pasts(unit_id: int) -> list[UnitPast]:
    """Return what a unit was before each of its changes, newest first."""
    query = select(UnitPast).where(UnitPast.unit_id == unit_id).order_by(UnitPast.until.desc(), UnitPast.id.desc())
    return list(session.scalars(query))


def types_of(unit: Unit) -> list[str]:
    """Return the level-1 types of dispute that a unit is made for; empty means all."""
    return list(unit.sector_types.get("types", ()))


def name_on(unit: Unit, day: date) -> str:
    """Return what a unit was called on a day."""
    earlier = [past for past in pasts(unit.id) if past.until >= day and "name" in past.was]
    return earlier[-1].was["name"] if earlier else unit.name


@until_written(Unit)
def get(public_id: str, *, centre_id: int) -> Unit:
    """Return a unit of a centre by its public id. Raises NotFound."""
    found = session.scalar(select(Unit).where(Unit.public_id == public_id, Unit.centre_id == centre_id))
    if found is None:
        raise NotFound()
    return found


@until_written(Unit)
def units(centre_id: int, *, on: date | None = None, kinds: tuple[UnitKind, ...] = ()) -> tuple[Unit, ...]:
    """Return the units of a centre as a tree in order of their paths; with ``on`` those that exist on that day."""
    query = select(Unit).where(Unit.centre_id == centre_id).order_by(Unit.path)
    if kinds:
        query = query.where(Unit.kind.in_(kinds))
    if on:
        query = query.where(Unit.valid_from <= on, or_(Unit.valid_to.is_(None), Unit.valid_to >= on))
    return tuple(session.scalars(query))


def first_of_kind(centre_id: int, kind: UnitKind, *, on: date) -> int | None:
    """Return the row id of a centre's first unit of a kind, for desks of which there is one."""
    lives = _lives(centre_id).get(kind, ())
    return next((unit_id for unit_id, begin, end in lives if begin <= on and (end is None or end >= on)), None)


@kept(Unit)
def _lives(centre_id: int) -> dict[UnitKind, list[tuple[int, date, date | None]]]:
    """Return the units of each kind in order of their paths: row id, first and last day."""
    found = defaultdict(list)
    query = select(Unit.kind, Unit.id, Unit.valid_from, Unit.valid_to).where(Unit.centre_id == centre_id)
    for kind, *life in session.execute(query.order_by(Unit.path)):
        found[kind].append(tuple(life))
    return found


def serving(centre_id: int, area_code: str | None, kinds: tuple[UnitKind, ...], *, on: date) -> list[Unit]:
    """Return the units of these kinds that serve a place, the nearest first: village, then town, then county."""
    found = units(centre_id, on=on, kinds=kinds)
    if area_code:
        found = [unit for unit in found if area_code.startswith(unit.area_code)]
    return sorted(found, key=lambda unit: (-len(unit.area_code), unit.path))


def rooms(centre_id: int, *, on: date | None = None) -> list[Room]:
    """Return a centre's rooms for sessions."""
    query = select(Room).where(Room.centre_id == centre_id).order_by(Room.name)
    if on:
        query = query.where(or_(Room.valid_to.is_(None), Room.valid_to >= on))
        query = query.where(or_(Room.valid_from.is_(None), Room.valid_from <= on))
    return list(session.scalars(query))
