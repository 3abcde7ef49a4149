"""Taking two rows of the register for one person: asked of those who see the contents of a case of each."""

from datetime import date

from sqlalchemy import select

from mediation.casefile.cases import access
from mediation.casefile.cases.models import Case, Party
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, NotFound, Obstacle, because
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Depth, Permission
from mediation.registry.people import merging
from mediation.registry.people import queries as people
from mediation.registry.people.models import Person, PersonMerger
from mediation.registry.people.rules import MergeBar
from mediation.stages.intake import queries


@once
def merge(person_id: str, into_id: str, *, by: Actor, on: date, reason: str, key: str | None = None) -> str:
    """Let a row of the register go on as another; return the public id of the merger.

    Raises NotFound for a row of whom ``by`` sees no case, NotAllowed, RuleBroken with everything that forbids it:
    two numbers of one kind, two parties of one case, no contents seen.
    """
    person, into = seen(person_id, for_=by), seen(into_id, for_=by)
    return merging.merge(person, into, by=by, on=on, reason=reason, bars=_bars(person, into, by=by))


@once
def unmerge(merger_id: str, *, by: Actor, on: date, reason: str, key: str | None = None) -> str:
    """Take a merger back, within its days; return its public id. Raises NotFound, NotAllowed, RuleBroken."""
    return merging.unmerge(merger(merger_id, for_=by), by=by, on=on, reason=reason)


def merger(public_id: str, *, for_: Actor) -> PersonMerger:
    """Return a merger, standing or taken back, of somebody whose cases' contents the actor sees. Raises NotFound."""
    found = people.merger(public_id, centre_id=for_.centre_id)
    goes_on = session.get_one(Person, found.into_id)
    if not for_.may(Permission.PERSON_MERGE):
        raise NotAllowed(Permission.PERSON_MERGE)
    if not queries.sees_contents_of(people.lasting(goes_on), for_=for_):
        raise NotFound()
    return found


def seen(public_id: str, *, for_: Actor) -> Person:
    """Return a row that the actor may merge: somebody of whom they see a case. Raises NotFound, NotAllowed."""
    person = people.get(public_id, centre_id=for_.centre_id)
    if not for_.may(Permission.PERSON_MERGE):
        raise NotAllowed(Permission.PERSON_MERGE)
    if not queries.matters_of(people.lasting(person), for_=for_):
        raise NotFound()
    return person


def obstacles(person: Person, into: Person, *, by: Actor) -> list[Obstacle]:
    """Return everything that forbids merging a row into another, before a reason is given."""
    return merging.obstacles(person, into) + _bars(person, into, by=by)


def candidates(person: Person, *, for_: Actor) -> list[Person]:
    """Return the rows that may be the same person, those of whom the reader sees a case's contents."""
    found = people.may_be_same(person)
    rows = select(people.LASTING).join(Party, Party.person_id == Person.id).join(Case, Case.id == Party.case_id)
    rows = rows.where(Party.person_id.in_(people.rows_of([each.id for each in found])))
    visible = set(session.scalars(access.scoped(rows, for_, Depth.CONTENTS))) if found else set()
    return [each for each in found if each.id in visible]


def _bars(person: Person, into: Person, *, by: Actor) -> list[Obstacle]:
    if person.id == into.id:
        return []
    found = []
    if not all(queries.sees_contents_of(each, for_=by) for each in (person, into)):
        found.append(because(MergeBar.NOT_SEEN))
    here, there = (
        select(Party.case_id).where(Party.person_id.in_(people.rows_of([each.id]))) for each in (person, into)
    )
    both = session.scalar(select(Case.id).where(Case.id.in_(here), Case.id.in_(there)).limit(1))
    return [*found, because(MergeBar.ONE_CASE)] if both else found


def which_stays(one: Person, other: Person) -> tuple[Person, Person]:
    """Return the row that is merged away and the one that goes on: the one with a number, else the older."""
    goes_on = max(one, other, key=lambda row: (row.id_number_index is not None, row.uscc is not None, -row.id))
    return (other if goes_on is one else one), goes_on
