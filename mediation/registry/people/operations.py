"""Taking people in once, changing what is known of them, and showing what is covered."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select, update

from mediation.ground import clock, trail
from mediation.ground.choices import N_
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotAllowed, Obstacle, RuleBroken, Stale, because
from mediation.ground.pinyin import initials
from mediation.ground.trail import TrailEntry
from mediation.registry.access.rules import Actor, Permission
from mediation.registry.people import queries, rules
from mediation.registry.people.models import Person, new_person
from mediation.registry.people.rules import IdKind, RevealReason

PERSON, ORGANISATION = "person", "organisation"
REVEALED, OFTEN = "person.revealed", "person.revealed_often"
MOST_PER_HOUR = 20  # P23: more of them raise an alert
COVERED = ("id_number", "phone")


@dataclass(frozen=True)
class Identity:
    """Who somebody is, as it was typed: plain texts, a wrong one is named by :func:`faults`."""

    name: str
    is_organisation: bool = False
    id_kind: IdKind = IdKind.RESIDENT_ID
    id_number: str = ""
    phone: str = ""
    sex: str | None = None
    birth_on: date | None = None
    ethnic: str | None = None
    occupation: str | None = None
    employer: str | None = None
    address: str | None = None
    area_code: str | None = None
    uscc: str = ""
    legal_rep_name: str | None = None
    legal_rep_post: str | None = None


def faults(identity: Identity, *, on: date) -> dict[str, list[Obstacle]]:
    """Return what is wrong with each field; fields that are right are not in it. DP-01, DP-02, DP-03."""
    found = {"name": rules.name_obstacles(identity.name)}
    if identity.id_number.strip() and not identity.is_organisation:
        found["id_number"] = rules.read_id_number(identity.id_number, identity.id_kind, on=on).obstacles
    if identity.phone.strip():
        found["phone"] = rules.phone_obstacles(identity.phone)
    if identity.uscc.strip() and identity.is_organisation:
        found["uscc"] = rules.uscc_obstacles(identity.uscc)
    return {field: obstacles for field, obstacles in found.items() if obstacles}


def take_in(identity: Identity, *, by: Actor, on: date) -> Person:
    """Return the person: found again by the ID number or credit code, so that each exists once, else made new.

    What the register did not know yet is added, what it knows stays. Raises RuleBroken with everything wrong.
    """
    values = _read(identity, on=on)
    known = queries.by_number(by.centre_id, values["id_kind"], values["id_number"]) if values["id_number"] else None
    known = known or (queries.by_uscc(by.centre_id, values["uscc"]) if values["uscc"] else None)
    if known is not None:
        _fill_gaps(known, values, by=by)
        return known
    person = new_person(by.centre_id, kind=ORGANISATION if identity.is_organisation else PERSON, name=values["name"])
    _set(person, values)
    session.add(person)
    trail.record("person.taken_in", by=by, about=person)
    return person


def fill_gaps(person: Person, identity: Identity, *, by: Actor, on: date) -> None:
    """Add to a person what the register did not know yet; what it knows stays, but for the phone given today."""
    _fill_gaps(person, _read(identity, on=on), by=by)


def _fill_gaps(person, values, *, by):
    gaps = {name: value for name, value in values.items() if value and not getattr(person, name)}
    if values["phone"] and values["phone"] != person.phone:
        gaps["phone"] = values["phone"]
    if gaps:
        write(person, gaps, by=by)


def fill(person: Person, identity: Identity, *, on: date) -> None:
    """Write an identity onto a person who is being made. Raises RuleBroken with everything wrong."""
    _set(person, _read(identity, on=on))


def change(
    person: Person, changes: Mapping[str, Any], *, by: Actor, on: date, case_id: int | None = None
) -> dict[str, Any]:
    """Change typed fields of a person and return what stood there before; both values lie sealed in the trail.

    ``changes`` holds fields of :class:`Identity`. Raises RuleBroken with everything wrong.
    """
    identity = replace(identity_of(person), **changes)
    values = _read(identity, on=on)
    wanted = {name: value for name, value in values.items() if (value or None) != (getattr(person, name) or None)}
    before = {name: getattr(person, name) for name in wanted}
    if wanted:
        write(person, wanted, by=by, case_id=case_id)
    return before


def identity_of(person: Person) -> Identity:
    """Return what the register knows of a person, in plain; for forms of those who may change it."""
    plain = {field.name: getattr(person, field.name) for field in fields(Identity) if hasattr(person, field.name)}
    plain |= {name: plain[name] or "" for name in ("id_number", "phone", "uscc")}
    plain["id_kind"] = IdKind(person.id_kind or IdKind.RESIDENT_ID)
    return Identity(is_organisation=person.kind == ORGANISATION, **plain)


def keep_contact(person: Person, contact: Mapping[str, Any], *, by: Actor, case_id: int | None = None) -> None:
    """Keep how a person may be reached safely: not called at all, only at certain hours, a note."""
    before = dict(person.contact or {})
    after = {name: value for name, value in contact.items() if value}
    if before != after:
        _count_up(person)
        person.contact = after
        changed = {"contact": (before, after)}
        trail.record("person.changed", by=by, about=person, case_id=case_id, changed=changed, box=_box(person),
                     params={"fields": ["contact"]})
        session.flush()


def reveal(row, field: str, *, reason: RevealReason, words: str = "", by: Actor, case_id: int | None) -> str:
    """Return a covered number of a person or representative and leave exactly one row that says why (P23).

    ``row`` comes out of a scoped query of the caller. More than twenty in an hour raise an alert.
    """
    if not by.may(Permission.PERSON_REVEAL):
        raise NotAllowed(Permission.PERSON_REVEAL)
    if field not in COVERED:
        raise Invalid(field=N_("没有这一项"))
    if reason == RevealReason.OTHER and not words.strip():
        raise RuleBroken(because(rules.Bar.REVEAL_WORDS))
    often = _revealed_lately(by) >= MOST_PER_HOUR
    trail.record(
        REVEALED, by=by, about=row, case_id=case_id, params={"field": field, "reason": reason},
        changed={"words": (None, words.strip())} if words.strip() else None, box=_box(row),
    )
    if often:
        trail.record(OFTEN, by=by, params={"hours": 1, "most": MOST_PER_HOUR}, result="alert")
    return getattr(row, field) or ""


def _revealed_lately(by):
    since = clock.now() - timedelta(hours=1)
    query = select(func.count()).select_from(TrailEntry).where(
        TrailEntry.account_id == by.account_id, TrailEntry.at >= since, TrailEntry.event == REVEALED
    )
    return session.scalar(query)


def _read(identity: Identity, *, on: date) -> dict[str, Any]:
    """Return the values to store, normalised; what the ID number says goes before what was typed."""
    wrong = faults(identity, on=on)
    if wrong:
        raise RuleBroken(*(obstacle for obstacles in wrong.values() for obstacle in obstacles))
    values = {
        "name": rules.normalise_name(identity.name),
        "phone": rules.normalise_phone(identity.phone),
        "address": identity.address,
        "area_code": identity.area_code,
    }
    if identity.is_organisation:
        return values | {
            "id_kind": None, "id_number": None, "uscc": rules.normalise_number(identity.uscc) or None,
            "legal_rep_name": identity.legal_rep_name, "legal_rep_post": identity.legal_rep_post,
        }
    reading = rules.read_id_number(identity.id_number, identity.id_kind, on=on)
    return values | {
        "id_kind": identity.id_kind if reading.number else None, "id_number": reading.number or None, "uscc": None,
        "sex": reading.sex or identity.sex, "birth_on": reading.born_on or identity.birth_on, "ethnic": identity.ethnic,
        "occupation": identity.occupation, "employer": identity.employer,
    }


def _set(person, values):
    for name, value in values.items():
        if name == "id_number":
            person.set_id_number(value)
        elif name == "phone":
            person.set_phone(value)
        else:
            setattr(person, name, value or None)
    person.initials = initials(person.name)[:40]


def write(person: Person, values: Mapping[str, Any], *, by: Actor, case_id: int | None = None) -> None:
    """Write values that were checked; what stood there and what stands there now lie sealed in the trail."""
    changed = {name: (getattr(person, name), value) for name, value in values.items()}
    _count_up(person)
    _set(person, values)
    session.flush()
    trail.record("person.changed", by=by, about=person, case_id=case_id, params={"fields": sorted(values)},
                 changed=changed, box=_box(person))


def _count_up(person):
    """Let one of two cases that share a person write at a time; the later gets Stale."""
    mine = update(Person).where(Person.id == person.id, Person.version == person.version)
    if session.execute(mine.values(version=person.version + 1)).rowcount != 1:
        raise Stale()


def _box(row):
    return keys().box(row.data_key)
