"""Two rows that are one person: the one goes on for both, softly, and for some days it can be taken back (row 18)."""

import json
from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select, update

from mediation.ground import trail
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import Obstacle, RuleBroken, because
from mediation.ground.ids import new_id
from mediation.registry.access.rules import Actor
from mediation.registry.people import operations as people
from mediation.registry.people.models import Person, PersonMerger
from mediation.registry.people.rules import MergeBar
from mediation.registry.settings import queries as settings

UNDO = "case.merge_undo"
PRINTED = (
    "phone", "sex", "birth_on", "ethnic", "occupation", "employer", "address", "area_code", "uscc", "legal_rep_name",
    "legal_rep_post",
)


def obstacles(person: Person, into: Person) -> list[Obstacle]:
    """Return what forbids taking two rows for one person."""
    if person.id == into.id:
        return [because(MergeBar.SAME_ROW)]
    found = []
    if person.merged_into_id or into.merged_into_id:
        found.append(because(MergeBar.MERGED_ALREADY))
    if person.kind != into.kind:
        found.append(because(MergeBar.OTHER_KIND))
    if person.id_number_index and into.id_number_index and person.id_kind == into.id_kind:
        found.append(because(MergeBar.TWO_NUMBERS))  # one number is one row: two of a kind are two people
    if person.uscc and into.uscc and person.uscc != into.uscc:
        found.append(because(MergeBar.TWO_NUMBERS))
    if person.id_number_index and not into.id_number_index:
        found.append(because(MergeBar.NUMBER_ON_OTHER))
    return found


def merge(person: Person, into: Person, *, by: Actor, on: date, reason: str, bars: list[Obstacle]) -> str:
    """Let a row go on as another of the same person; return the merger's public id.

    What the other does not know yet it gets, what it knows stays; wishes how to be reached safely are joined. Parties
    keep pointing to the row they pointed to. ``bars`` is what the caller's room holds against it.
    """
    _hold(person, into)
    bars = [*obstacles(person, into), *bars, *([] if reason.strip() else [because(MergeBar.NO_REASON)])]
    if bars:
        raise RuleBroken(*bars)
    given = {name: getattr(person, name) for name in PRINTED if getattr(person, name) and not getattr(into, name)}
    contact_before = dict(into.contact or {})
    contact = {**(person.contact or {}), **contact_before}
    contact |= {"do_not_call": True} if (person.contact or {}).get("do_not_call") else {}
    if given:
        people.write(into, given, by=by)
    people.keep_contact(into, contact, by=by)
    earlier = list(session.scalars(select(Person.id).where(Person.merged_into_id == person.id)))
    _point([person.id, *earlier], into.id)
    row = PersonMerger(
        id=new_id(), data_key=keys().new_data_key(), centre_id=into.centre_id, person_id=person.id, into_id=into.id,
        reason=reason.strip(), since=on, made_by_id=by.account_id, brought={"people": earlier},
    )
    row.given = json.dumps(
        {"fields": _plain(given), "contact": [contact_before, dict(into.contact or {})]}, ensure_ascii=False
    )
    session.add(row)
    session.flush()
    trail.record("person.merged", by=by, about=person, params={"into": into.id, "fields": sorted(given)})
    return row.public_id


def undo_obstacles(merger: PersonMerger, *, on: date) -> list[Obstacle]:
    """Return what forbids taking a merger back on that day."""
    if merger.ended_on:
        return [because(MergeBar.NOT_MERGED)]
    found = []
    last = last_day_of_undo(merger)
    if on > last:
        found.append(because(MergeBar.UNDO_OVER, last=last))
    if session.get_one(Person, merger.into_id).merged_into_id:
        found.append(because(MergeBar.WENT_ON))
    return found


def last_day_of_undo(merger: PersonMerger) -> date:
    """Return the last day on which a merger is taken back."""
    return last_day_to_undo(merger.since, centre_id=merger.centre_id)


def last_day_to_undo(since: date, *, centre_id: int) -> date:
    """Return the last day to take back a merger of a day: calendar days, the dated setting of the centre."""
    return since + timedelta(days=settings.days(UNDO, on=since, centre_id=centre_id).days)


def unmerge(merger: PersonMerger, *, by: Actor, on: date, reason: str) -> str:
    """Let two rows stand for two people again; what the other got by it goes, unless somebody changed it since."""
    person, into = session.get_one(Person, merger.person_id), session.get_one(Person, merger.into_id)
    _hold(person, into)
    session.refresh(merger)
    bars = undo_obstacles(merger, on=on)
    bars += [] if reason.strip() else [because(MergeBar.NO_REASON)]
    if bars:
        raise RuleBroken(*bars)
    given = json.loads(merger.given)
    now = _plain({name: getattr(into, name) for name in given["fields"]})
    back = {name: None for name, value in given["fields"].items() if now[name] == value}
    if back:
        people.write(into, back, by=by)
    contact_before, contact_after = given["contact"]
    if dict(into.contact or {}) == contact_after:
        people.keep_contact(into, contact_before, by=by)
    _point([person.id], None)
    _point(merger.brought["people"], person.id)
    merger.ended_on, merger.ended_by_id, merger.end_reason = on, by.account_id, reason.strip()
    session.flush()
    trail.record("person.unmerged", by=by, about=person, params={"from": into.id, "fields": sorted(back)})
    return merger.public_id


def _hold(*rows: Person) -> None:
    """Let nobody else merge these rows meanwhile."""
    ids = [row.id for row in rows]
    held = select(Person).where(Person.id.in_(ids)).order_by(Person.id).with_for_update()
    session.scalars(held.execution_options(populate_existing=True)).all()


def _point(ids: list[int], to: int | None) -> None:
    rows = update(Person).where(Person.id.in_(ids)).values(merged_into_id=to, version=Person.version + 1)
    session.execute(rows.execution_options(synchronize_session="fetch"))


def _plain(values: Mapping) -> dict:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
