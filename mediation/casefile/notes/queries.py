"""Reading notes, and who may be mentioned in them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.notes.models import CaseNote
from mediation.ground import clock
from mediation.ground.db import session
from mediation.registry.access.rules import ACTS_BY, SIGHT, Actor, Depth, Relation
from mediation.registry.staff import queries as staff
from mediation.registry.staff.queries import Colleague

PAGE = 50
NEWEST = 3


@dataclass(frozen=True)
class Page:
    """Notes, the newest first, and the mark of the older ones."""

    notes: list[CaseNote]
    next: str | None


def get(public_id: str, *, for_: Actor) -> tuple[CaseNote, Case]:
    """Return a note and its case, for who sees the contents of the case. Raises NotFound."""
    return cases.child(CaseNote, public_id, for_=for_)


def listing(case: Case, *, after: str | None = None, at: CaseNote | None = None, size: int = PAGE) -> Page:
    """Return a page of a case's notes; ``at`` stands first on it, ``after`` is the last note of the page before.

    The case has been read at CONTENTS by whoever asks.
    """
    query = select(CaseNote).where(CaseNote.case_id == case.id)
    if at is not None:
        query = query.where(CaseNote.id <= at.id)
    elif after:
        mark = session.scalar(select(CaseNote.id).where(CaseNote.public_id == after, CaseNote.case_id == case.id))
        query = query.where(CaseNote.id < (mark or 0))
    found = list(session.scalars(query.order_by(CaseNote.id.desc()).limit(size + 1)))
    return Page(found[:size], found[size - 1].public_id if len(found) > size else None)


def texts_of(ids: Iterable[int]) -> dict[int, CaseNote]:
    """Return notes by their row ids: those that others go on from."""
    wanted = list(ids)
    query = select(CaseNote).where(CaseNote.id.in_(wanted))
    return {note.id: note for note in session.scalars(query)} if wanted else {}


def added_to(notes: Iterable[CaseNote]) -> set[int]:
    """Return the row ids of those notes that somebody went on from."""
    return set(session.scalars(select(CaseNote.follows_id).where(CaseNote.follows_id.in_([note.id for note in notes]))))


def readers(case: Case, *, but: Actor) -> list[Colleague]:
    """Return the colleagues who see the contents of a case and work on it, by name: whom a note may mention."""
    today, found = clock.today(), {}
    for relation, units, accounts in _ties(case):
        roles = [role for role, reach in SIGHT.items() if reach.get(relation, Depth.FIGURES) >= Depth.CONTENTS]
        roles = [role for role in roles if relation in ACTS_BY.get(role, ())]
        for each in staff.colleagues(units, roles, on=today) if units and roles else ():
            found.setdefault(each.account_id, each)
        for each in staff.holders(accounts, roles, on=today) if accounts and roles else ():
            found.setdefault(each.account_id, each)
    found.pop(but.account_id, None)
    return sorted(found.values(), key=lambda each: (each.name, each.account_id))


def _ties(case: Case) -> list[tuple[Relation, list[int], list[int]]]:
    """Return units and persons that are tied to a case, by relation; of a sealed case that is led not the window."""
    found: dict[Relation, tuple[list[int], list[int]]] = {}
    for _case, relation, unit_id, account_id in access.ties_of([case.id]):
        if relation == Relation.REGISTERED and case.is_sealed and case.lead_unit_id is not None:
            continue
        units, accounts = found.setdefault(relation, ([], []))
        (units if unit_id else accounts).append(unit_id or account_id)
    return [(relation, *both) for relation, both in found.items()]


