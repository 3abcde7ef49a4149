"""Taking many people in at once, with a handful of questions for however many there are."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select

from mediation.ground import trail
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import RuleBroken
from mediation.registry.access.rules import Actor
from mediation.registry.people import operations, rules
from mediation.registry.people.models import Person, new_person
from mediation.registry.people.operations import PERSON, Identity
from mediation.registry.people.rules import IdKind

AT_ONCE = 500


def by_numbers(centre_id: int, numbers: Iterable[str]) -> dict[str, Person]:
    """Return the people of resident ID numbers, by number; nobody's numbers are not in it."""
    marks = {keys().blind(rules.normalise_number(number), "people.id_number"): number for number in numbers}
    found: dict[str, Person] = {}
    wanted = list(marks)
    for begin in range(0, len(wanted), AT_ONCE):
        query = select(Person).where(
            Person.centre_id == centre_id, Person.id_kind == IdKind.RESIDENT_ID,
            Person.id_number_index.in_(wanted[begin : begin + AT_ONCE]),
        )
        found |= {marks[row.id_number_index]: row for row in session.scalars(query)}
    merged = {row.merged_into_id for row in found.values() if row.merged_into_id}
    lasting = {row.id: row for row in session.scalars(select(Person).where(Person.id.in_(merged)))} if merged else {}
    return {number: lasting.get(row.merged_into_id, row) for number, row in found.items()}


def take_in(identities: Sequence[Identity], *, by: Actor, on: date) -> list[Person]:
    """Return a person for each natural person told, in that order, as :func:`operations.take_in` finds or makes them.

    Raises RuleBroken with everything that is wrong with any of them.
    """
    wrong = [operations.faults(each, on=on) for each in identities]
    if any(wrong):
        raise RuleBroken(*(bar for faults in wrong for obstacles in faults.values() for bar in obstacles))
    known = by_numbers(by.centre_id, [each.id_number for each in identities if each.id_number])
    found = []
    for each in identities:
        person = known.get(each.id_number) if each.id_number else None
        if person is None:
            person = _made(each, by=by, on=on)
            if each.id_number:
                known[each.id_number] = person
        else:
            operations.fill_gaps(person, each, by=by, on=on)
        found.append(person)
    session.flush()
    return found


def _made(identity: Identity, *, by: Actor, on: date) -> Person:
    person = new_person(by.centre_id, kind=PERSON, name=rules.normalise_name(identity.name))
    operations.fill(person, identity, on=on)
    session.add(person)
    trail.record("person.taken_in", by=by, about=person)
    return person
