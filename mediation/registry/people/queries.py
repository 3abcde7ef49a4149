"""Finding people: by number through the blind index, by name and the tail of a phone."""

from sqlalchemy import select

from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import NotFound
from mediation.registry.people import rules
from mediation.registry.people.models import Person
from mediation.registry.people.rules import IdKind

NAMESAKES = 20
NAME_FROM, TAIL = 2, 4


def get(public_id: str, *, centre_id: int) -> Person:
    """Return a person of a centre. Raises NotFound. Whether the reader may see them is the caller's to ask."""
    found = session.scalar(select(Person).where(Person.public_id == public_id, Person.centre_id == centre_id))
    if found is None:
        raise NotFound()
    return found


def by_number(centre_id: int, id_kind: IdKind, number: str) -> Person | None:
    """Return the person of a full ID number, None when nobody in this centre has it."""
    index = keys().blind(rules.normalise_number(number), "people.id_number")
    query = select(Person).where(
        Person.centre_id == centre_id, Person.id_number_index == index, Person.id_kind == id_kind
    )
    return session.scalar(query)


def by_uscc(centre_id: int, code: str) -> Person | None:
    """Return the organisation of a credit code."""
    query = select(Person).where(Person.centre_id == centre_id, Person.uscc == rules.normalise_number(code))
    return session.scalar(query.order_by(Person.id).limit(1))


def namesakes(centre_id: int, name: str, phone: str) -> list[Person]:
    """Return people of exactly that name whose phone ends alike; nobody for a single letter or a short phone."""
    name, digits = rules.normalise_name(name), "".join(filter(str.isdigit, rules.half_width(phone)))
    if len(name) < NAME_FROM or len(digits) < TAIL:
        return []
    query = select(Person).where(
        Person.centre_id == centre_id, Person.name == name, Person.phone_tail == digits[-TAIL:]
    )
    return list(session.scalars(query.order_by(Person.id.desc()).limit(NAMESAKES)))
