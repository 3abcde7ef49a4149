"""Finding people: by number through the blind index, by name and the tail of a phone."""

from sqlalchemy import CompoundSelect, func, select, union

from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import NotFound
from mediation.registry.people import rules
from mediation.registry.people.models import Person, PersonMerger
from mediation.registry.people.rules import IdKind

NAMESAKES = 20
NAME_FROM, TAIL = 2, 4
LASTING = func.coalesce(Person.merged_into_id, Person.id)  # the row that stands for somebody now


def get(public_id: str, *, centre_id: int) -> Person:
    """Return a person of a centre. Raises NotFound. Whether the reader may see them is the caller's to ask."""
    found = session.scalar(select(Person).where(Person.public_id == public_id, Person.centre_id == centre_id))
    if found is None:
        raise NotFound()
    return found


def lasting(person: Person) -> Person:
    """Return the row that stands for a person now: the same, or the one it was merged into."""
    return session.get_one(Person, person.merged_into_id) if person.merged_into_id else person


def by_number(centre_id: int, id_kind: IdKind, number: str) -> Person | None:
    """Return the person of a full ID number, None when nobody in this centre has it."""
    index = keys().blind(rules.normalise_number(number), "people.id_number")
    found = select(LASTING).where(
        Person.centre_id == centre_id, Person.id_number_index == index, Person.id_kind == id_kind
    )
    return session.scalar(select(Person).where(Person.id.in_(found)))


def by_uscc(centre_id: int, code: str) -> Person | None:
    """Return the organisation of a credit code."""
    found = select(LASTING).where(Person.centre_id == centre_id, Person.uscc == rules.normalise_number(code))
    return session.scalar(select(Person).where(Person.id.in_(found)).order_by(Person.id).limit(1))


def namesakes(centre_id: int, name: str, phone: str) -> list[Person]:
    """Return people of exactly that name whose phone ends alike; nobody for a single letter or a short phone."""
    name, digits = rules.normalise_name(name), "".join(filter(str.isdigit, rules.half_width(phone)))
    if len(name) < NAME_FROM or len(digits) < TAIL:
        return []
    found = select(LASTING).where(
        Person.centre_id == centre_id, Person.name == name, Person.phone_tail == digits[-TAIL:]
    )
    query = select(Person).where(Person.id.in_(found))
    return list(session.scalars(query.order_by(Person.id.desc()).limit(NAMESAKES)))


def rows_of(lasting) -> CompoundSelect:
    """Return the query of all rows that stand for people: those named, and those merged into them.

    ``lasting`` are ids of rows that go on, or a query of them.
    """
    return union(
        select(Person.id).where(Person.id.in_(lasting)), select(Person.id).where(Person.merged_into_id.in_(lasting))
    )


def may_be_same(person: Person) -> list[Person]:
    """Return the rows that may be the same person: of that name or that phone, each going on, the newest first."""
    same = [Person.name == person.name]
    if person.phone_index:
        same.append(Person.phone_index == person.phone_index)
    query = select(Person).where(
        Person.centre_id == person.centre_id, Person.kind == person.kind, Person.id != person.id,
        Person.merged_into_id.is_(None),
        Person.id.in_(union(*(select(Person.id).where(Person.centre_id == person.centre_id, each) for each in same))),
    )
    return list(session.scalars(query.order_by(Person.id.desc()).limit(NAMESAKES)))


def merger(public_id: str, *, centre_id: int) -> PersonMerger:
    """Return a merger of a centre, standing or taken back. Raises NotFound."""
    query = select(PersonMerger).where(PersonMerger.public_id == public_id, PersonMerger.centre_id == centre_id)
    found = session.scalar(query)
    if found is None:
        raise NotFound()
    return found


def both(merger: PersonMerger) -> tuple[Person, Person]:
    """Return the row that was merged away and the one that went on."""
    return session.get_one(Person, merger.person_id), session.get_one(Person, merger.into_id)


def mergers_into(person: Person) -> list[tuple[PersonMerger, Person]]:
    """Return the rows that were merged into one and still are, with how it came about, the newest first."""
    query = select(PersonMerger, Person).join(Person, Person.id == PersonMerger.person_id)
    query = query.where(PersonMerger.into_id == person.id, PersonMerger.ended_on.is_(None))
    return [(merger, row) for merger, row in session.execute(query.order_by(PersonMerger.id.desc()))]
