"""Taking people into the pool of mediators, keeping their training and term, removing them."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import column, select, table

from mediation.ground import trail
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotAllowed, RuleBroken, because, known
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.ground.pinyin import initials
from mediation.registry.access.rules import Actor, Permission, Role
from mediation.registry.mediators import queries, rules
from mediation.registry.mediators.models import Mediator
from mediation.registry.mediators.rules import Bar, MediatorSource
from mediation.registry.settings import queries as settings
from mediation.registry.units import queries as units
from mediation.registry.units.models import Unit

# Of the room beside; only looked up.
ACCOUNTS = table("accounts", column("id"), column("public_id"), column("centre_id"))


@once
def enrol(
    *, by: Actor, on: date, key: str | None = None, unit_public_id: str, name: str, birth_on: date, term_from: date,
    term_to: date | None = None, sex: str | None = None, register_no: str | None = None, source: str | None = None,
    types: Iterable[str] = (), phone: str | None = None, is_full_time: bool = False, is_court_listed: bool = False,
    trained_on: date | None = None, account_public_id: str | None = None,
) -> str:
    """Take an adult into the pool of a unit. Returns the public id. Raises RuleBroken (PM-01), Invalid, NotAllowed.

    ``types`` are codes of level-1 dispute types; ``account_public_id`` is what the mediator logs in with, if anything.
    """
    unit = units.get(unit_public_id, centre_id=by.centre_id)
    _require(by, unit)
    whose = {"on": on, "centre_id": by.centre_id}
    age, counts = settings.number("PM-01", **whose), settings.flag("PM-01.birthday_counts", **whose)
    bars = rules.enrol_obstacles(name, birth_on, on=on, age=age, birthday_counts=counts)
    if bars:
        raise RuleBroken(*bars)
    _check(name=name, term_from=term_from, term_to=term_to)
    mediator = Mediator(
        id=new_id(), centre_id=by.centre_id, unit_id=unit.id, name=name.strip(), initials=initials(name)[:40],
        birth_on=birth_on, sex=sex, register_no=register_no,
        source=known(MediatorSource, source, "source") if source else None,
        specialities={"types": list(types)}, phone=phone, is_full_time=is_full_time, is_court_listed=is_court_listed,
        trained_on=trained_on, term_from=term_from, term_to=term_to, account_id=_account(account_public_id, by=by),
    )
    session.add(mediator)
    session.flush()
    params = {"unit": unit.name, "from": term_from, "to": term_to}
    trail.record("mediator.enrolled", by=by, about=mediator, params=params)
    return mediator.public_id


def train(mediator_public_id: str, *, by: Actor, on: date) -> None:
    """Record that a mediator was trained on a day (PM-21); an earlier day than the last one changes nothing."""
    mediator = _get(mediator_public_id, by=by)
    mediator.trained_on = max(on, mediator.trained_on or on)
    trail.record("mediator.trained", by=by, about=mediator, params={"on": on})


def renew(mediator_public_id: str, *, by: Actor, term_to: date | None) -> None:
    """Give a mediator a new last day of the term (PM-02)."""
    mediator = _get(mediator_public_id, by=by)
    _check(name=mediator.name, term_from=mediator.term_from, term_to=term_to)
    before, mediator.term_to = mediator.term_to, term_to
    trail.record("mediator.renewed", by=by, about=mediator, params={"before": before, "to": term_to})


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


def _check(*, name: str, term_from: date, term_to: date | None) -> None:
    if not name.strip():
        raise Invalid(name=N_("请填写"))
    if term_to is not None and term_to < term_from:
        raise Invalid(term_to=N_("任期的最后一天不能早于第一天"))


def _account(public_id: str | None, *, by: Actor) -> int | None:
    if not public_id:
        return None
    own = (ACCOUNTS.c.public_id == public_id, ACCOUNTS.c.centre_id == by.centre_id)
    found = session.scalar(select(ACCOUNTS.c.id).where(*own))
    if found is None:
        raise Invalid(account_public_id=N_("没有这个账号"))
    return found
