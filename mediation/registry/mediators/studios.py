"""Studios: units with people of their own or of other units, a specialty and an area; some bear a mediator's name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from mediation.ground import trail
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotAllowed, NotFound
from mediation.registry.access.rules import Actor, Permission, Role
from mediation.registry.mediators import queries as pool
from mediation.registry.mediators.models import Mediator, StudioMember
from mediation.registry.units import queries as units
from mediation.registry.units.models import Unit
from mediation.registry.units.rules import UnitKind


@dataclass(frozen=True)
class Studio:
    """A studio as its people bring it along: what it is called, and the main types it is made for (none: all)."""

    name: str
    types: tuple[str, ...] = ()


def join(unit_public_id: str, mediator_public_id: str, *, by: Actor, on: date, is_namesake: bool = False) -> None:
    """Take a mediator into a studio; the namesake gives it the name. Raises NotAllowed, NotFound, Invalid."""
    studio = _studio(unit_public_id, by=by)
    mediator = pool.get(mediator_public_id, centre_id=by.centre_id)
    if any(row.mediator_id == mediator.id for row in members(studio.id, on=on)):
        raise Invalid(mediator=N_("已经是这个工作室的人"))
    session.add(StudioMember(unit_id=studio.id, mediator_id=mediator.id, is_namesake=is_namesake, since=on))
    session.flush()
    trail.record("studio.joined", by=by, about=studio, params={"who": mediator.name, "namesake": is_namesake})


def leave(unit_public_id: str, mediator_public_id: str, *, by: Actor, on: date) -> None:
    """End somebody's time in a studio with a day. Raises NotAllowed, NotFound."""
    studio = _studio(unit_public_id, by=by)
    mediator = pool.get(mediator_public_id, centre_id=by.centre_id)
    row = next((each for each in members(studio.id, on=on) if each.mediator_id == mediator.id), None)
    if row is None:
        raise NotFound()
    row.until = on
    session.flush()
    trail.record("studio.left", by=by, about=studio, params={"who": mediator.name})


def _studio(public_id: str, *, by: Actor) -> Unit:
    if by.role is not Role.SYSTEM and not by.may(Permission.UNITS_MANAGE):
        raise NotAllowed(Permission.UNITS_MANAGE)
    unit = units.get(public_id, centre_id=by.centre_id)
    if unit.kind is not UnitKind.STUDIO:
        raise NotFound()
    return unit


def members(unit_id: int, *, on: date) -> list[StudioMember]:
    """Return who is in a studio, with the mediators and their units; the namesake first."""
    query = (
        select(StudioMember).where(StudioMember.unit_id == unit_id, StudioMember.until.is_(None))
        .where(StudioMember.since <= on)
        .options(joinedload(StudioMember.mediator).joinedload(Mediator.unit))
        .order_by(StudioMember.is_namesake.desc(), StudioMember.id)
    )
    return list(session.scalars(query))


def of_mediators(mediator_ids: Iterable[int], *, on: date) -> dict[int, list[Studio]]:
    """Return the studios that each of some mediators belongs to."""
    found: dict[int, list[Studio]] = {}
    asked = {"mediators": list(mediator_ids), "on": on}
    for mediator_id, name, brand, types in session.execute(_OF_MEDIATORS, asked):
        found.setdefault(mediator_id, []).append(Studio(brand or name, tuple(types.get("types", ()))))
    return found


_OF_MEDIATORS = (
    select(StudioMember.mediator_id, Unit.name, Unit.brand, Unit.sector_types)
    .join(Unit, Unit.id == StudioMember.unit_id)
    .where(StudioMember.mediator_id.in_(bindparam("mediators", expanding=True)), StudioMember.until.is_(None))
    .where(StudioMember.since <= bindparam("on"))
)
