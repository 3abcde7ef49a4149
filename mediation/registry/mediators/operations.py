"""Taking people into the pool of mediators, keeping their training and term, removing them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import column, select, table

from mediation.ground import clock, trail
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotAllowed, RuleBroken, Stale, because, known
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.ground.pinyin import initials
from mediation.registry.access.rules import Actor, Permission, Role
from mediation.registry.mediators import queries, rules
from mediation.registry.mediators.models import Mediator, MediatorTraining
from mediation.registry.mediators.rules import Bar, CommitteePost, MediatorSource
from mediation.registry.settings import queries as settings
from mediation.registry.units import queries as units
from mediation.registry.units.models import Unit

# Of the room beside; only looked up.
ACCOUNTS = table("accounts", column("id"), column("public_id"), column("centre_id"))

CHANGEABLE = (
    "name", "birth_on", "sex", "register_no", "source", "types", "phone", "is_full_time", "is_court_listed",
    "trained_on", "term_from", "term_to", "certificate_no", "certificate_until", "committee_post", "ethnic",
    "languages", "home_area_code",
)


@once
def enrol(
    *, by: Actor, on: date, key: str | None = None, unit_public_id: str, name: str, birth_on: date, term_from: date,
    term_to: date | None = None, sex: str | None = None, register_no: str | None = None, source: str | None = None,
    types: Iterable[str] = (), phone: str | None = None, is_full_time: bool = False, is_court_listed: bool = False,
    trained_on: date | None = None, account_public_id: str | None = None, certificate_no: str | None = None,
    certificate_until: date | None = None, committee_post: str | None = None, ethnic: str | None = None,
    languages: str | None = None, home_area_code: str | None = None,
) -> str:
    """Take an adult into the pool of a unit. Returns the public id. Raises RuleBroken (PM-01), Invalid, NotAllowed.

    ``types`` are codes of level-1 dispute types; ``account_public_id`` is what the mediator logs in with, if anything.
    """
    unit = units.get(unit_public_id, centre_id=by.centre_id)
    _require(by, unit)
    _check_adult(name, birth_on, on=on, by=by)
    _check(name=name, term_from=term_from, term_to=term_to)
    mediator = Mediator(
        id=new_id(), centre_id=by.centre_id, unit_id=unit.id, name=name.strip(), initials=initials(name)[:40],
        birth_on=birth_on, sex=sex, register_no=register_no,
        source=known(MediatorSource, source, "source") if source else None,
        specialities={"types": list(types)}, phone=phone, is_full_time=is_full_time, is_court_listed=is_court_listed,
        trained_on=trained_on, term_from=term_from, term_to=term_to, account_id=_account(account_public_id, by=by),
        certificate_no=certificate_no, certificate_until=certificate_until, committee_post=_post(committee_post),
        ethnic=ethnic, languages=languages, home_area_code=home_area_code,
    )
    session.add(mediator)
    session.flush()
    params = {"unit": unit.name, "from": term_from, "to": term_to}
    trail.record("mediator.enrolled", by=by, about=mediator, params=params)
    return mediator.public_id


def change(
    mediator_public_id: str, *, by: Actor, version: int | None = None, unit_public_id: str | None = None, **values: Any
) -> None:
    """Change what the roster says of somebody; ``values`` are arguments of :func:`enrol` by name.

    A head may move people only within the own branch. Raises NotAllowed, NotFound, Invalid, RuleBroken (PM-01),
    and Stale when somebody changed the entry after that ``version``.
    """
    mediator = queries.get(mediator_public_id, centre_id=by.centre_id)
    _require(by, mediator.unit)
    if version is not None and version != mediator.version:
        raise Stale({name: value_of(mediator, name) for name in CHANGEABLE} | {"version": mediator.version})
    unit = units.get(unit_public_id, centre_id=by.centre_id) if unit_public_id else mediator.unit
    _require(by, unit)
    unknown = set(values) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"no such detail of a mediator: {', '.join(sorted(unknown))}")
    now = {name: value_of(mediator, name) for name in CHANGEABLE} | values
    _check_adult(now["name"], now["birth_on"], on=clock.today(), by=by)
    _check(name=now["name"], term_from=now["term_from"], term_to=now["term_to"])
    changed = [name for name in values if values[name] != value_of(mediator, name)]
    if unit.id != mediator.unit_id:
        changed.append("unit")
        mediator.unit_id = unit.id
    for name in set(changed) - {"unit", "types"}:
        setattr(mediator, name, _post(values[name]) if name == "committee_post" else values[name])
    if "types" in changed:
        mediator.specialities = {"types": list(values["types"])}
    if "name" in changed:
        mediator.initials = initials(mediator.name)[:40]
    if changed:
        mediator.version += 1
        session.flush()
        trail.record("mediator.changed", by=by, about=mediator, params={"fields": sorted(changed)})


def value_of(mediator: Mediator, name: str) -> Any:
    """Return what is known of a mediator by the name of an argument of :func:`enrol`."""
    return mediator.specialities.get("types", []) if name == "types" else getattr(mediator, name)


def train(mediator_public_id: str, *, by: Actor, on: date, topic: str = "", hours: int | None = None) -> None:
    """Record that a mediator was trained on a day (PM-21): it stands in the list of trainings, the last one counts.

    Raises Invalid for a day that has not come, NotAllowed, NotFound.
    """
    if on > clock.today():
        raise Invalid(on=N_("日期不能晚于今天"))
    mediator = _get(mediator_public_id, by=by)
    mediator.trained_on = max(on, mediator.trained_on or on)
    session.add(
        MediatorTraining(
            mediator_id=mediator.id, on=on, topic=topic.strip() or "培训", hours=hours, recorded_by_id=by.account_id
        )
    )
    session.flush()
    trail.record("mediator.trained", by=by, about=mediator, params={"on": on})


def link_account(mediator_public_id: str, account_public_id: str | None, *, by: Actor) -> None:
    """Say which account a mediator logs in with; from then on cases can be taken on."""
    mediator = _get(mediator_public_id, by=by)
    mediator.account_id = _account(account_public_id, by=by)
    trail.record("mediator.linked", by=by, about=mediator)


def remove(mediator_public_id: str, *, by: Actor, on: date, reason: str) -> None:
    """Take a mediator out of the pool: no new case from that day on (PM-17). Raises Invalid without a reason."""
    mediator = _get(mediator_public_id, by=by)
    if mediator.removed_on is not None:
        raise RuleBroken(because(Bar.REMOVED, who=mediator.name, day=mediator.removed_on))
    if not reason.strip():
        raise Invalid(reason=N_("请写明理由"))
    mediator.removed_on, mediator.removed_reason = on, reason.strip()
    trail.record("mediator.removed", by=by, about=mediator, params={"on": on})


def _get(public_id: str, *, by: Actor) -> Mediator:
    mediator = queries.get(public_id, centre_id=by.centre_id)
    _require(by, mediator.unit)
    mediator.version += 1
    return mediator


def _require(by: Actor, unit: Unit) -> None:
    """A head keeps the pool of the own unit and those below it, an administrator every unit's."""
    if by.role == Role.SYSTEM:
        return
    if not by.may(Permission.MEDIATORS_MANAGE):
        raise NotAllowed(Permission.MEDIATORS_MANAGE)
    if by.role == Role.HEAD and not unit.path.startswith(units.unit(by.unit_id).path):
        raise NotAllowed(Permission.MEDIATORS_MANAGE)


def _check_adult(name: str, birth_on: date, *, on: date, by: Actor) -> None:
    whose = {"on": on, "centre_id": by.centre_id}
    bars = rules.enrol_obstacles(
        name, birth_on, on=on, age=settings.number("PM-01", **whose),
        birthday_counts=settings.flag("PM-01.birthday_counts", **whose),
    )
    if bars:
        raise RuleBroken(*bars)


def _check(*, name: str, term_from: date, term_to: date | None) -> None:
    if not name.strip():
        raise Invalid(name=N_("请填写"))
    if term_to is not None and term_to < term_from:
        raise Invalid(term_to=N_("任期的最后一天不能早于第一天"))


def _post(word: str | None) -> CommitteePost | None:
    return known(CommitteePost, word, "committee_post") if word else None


def _account(public_id: str | None, *, by: Actor) -> int | None:
    if not public_id:
        return None
    own = (ACCOUNTS.c.public_id == public_id, ACCOUNTS.c.centre_id == by.centre_id)
    found = session.scalar(select(ACCOUNTS.c.id).where(*own))
    if found is None:
        raise Invalid(account_public_id=N_("没有这个账号"))
    return found
