"""The composition of committees, as the law wants it, read from the roster (row 38, PM-02)."""

from collections.abc import Sequence
from datetime import date

from mediation.ground.errors import Obstacle
from mediation.registry.mediators import queries as pool
from mediation.registry.mediators.models import Mediator
from mediation.registry.mediators.rules import MediatorSource, Member, committee_notes
from mediation.registry.people.rules import Sex
from mediation.registry.settings import queries as settings
from mediation.registry.units.models import Unit
from mediation.registry.units.rules import UnitKind

COMMITTEES = (UnitKind.COMMITTEE, UnitKind.SECTOR_COMMITTEE)


def people_of(unit: Unit, *, on: date) -> list[Mediator]:
    """Return the mediators of a unit in term, its committee's members first, the director first of all."""
    order = {"director": 0, "deputy_director": 1, "member": 2}
    people = pool.pool(unit.centre_id, on=on, unit_ids=[unit.id])
    return sorted(people, key=lambda each: (not is_member(each), order.get(each.committee_post or "", 3), each.name))


def is_member(mediator: Mediator) -> bool:
    """Say whether somebody is a member of the committee by election; others are engaged by it."""
    return mediator.source == MediatorSource.COMMITTEE or mediator.committee_post is not None


def notes_on(unit: Unit, people: Sequence[Mediator], *, on: date) -> list[Obstacle]:
    """Return what a committee's composition lacks on a day; nothing for other units (PM-02)."""
    if unit.kind not in COMMITTEES:
        return []
    whose = {"on": on, "centre_id": unit.centre_id, "unit_id": unit.id}
    members = [
        Member(each.term_from, each.committee_post, each.sex == Sex.FEMALE, (each.ethnic or "").strip())
        for each in people if is_member(each)
    ]
    return committee_notes(
        members, on=on, least=settings.number("PM-02.least", **whose), most=settings.number("PM-02.most", **whose),
        term=settings.days("PM-02.term", **whose),
        multi_ethnic=settings.flag("PM-02.multi_ethnic", area_code=unit.area_code, **whose),
    )
