"""One merger of several is undone: what the others would have brought too stays, and is theirs to give back now."""

from sqlalchemy import select

from mediation.casefile.cases import access
from mediation.casefile.cases.linking import LinkKind
from mediation.casefile.cases.models import Case, CaseLink
from mediation.ground.db import session
from mediation.registry.access.rules import Relation
from mediation.stages.intake.carried import by_person


def hand_on(link: CaseLink) -> dict:
    """Return what the leading case gives back when this merger is undone, the rest handed to the mergers that stand."""
    moved = {**link.moved, "brought": {name: list(rows) for name, rows in link.moved["brought"].items()}}
    parties = {party.id: who for who, party in by_person(session.get_one(Case, link.other_id)).items()}
    for other, case in standing(link.other_id):
        if other.id != link.id:
            _hand_to(other, case, moved, parties)
    return moved


def standing(leading_id: int) -> list[tuple[CaseLink, Case]]:
    """Return the cases that are merged into one now, with their links, oldest first."""
    query = select(CaseLink, Case).join(Case, Case.id == CaseLink.case_id).where(
        CaseLink.other_id == leading_id, CaseLink.kind == LinkKind.MERGED, CaseLink.ended_on.is_(None)
    )
    return [(link, case) for link, case in session.execute(query.order_by(CaseLink.id))]


def _hand_to(heir: CaseLink, case: Case, moved: dict, parties: dict[int, int]) -> None:
    theirs = {**heir.moved, "brought": dict(heir.moved["brought"])}
    persons = by_person(case)
    units = {unit_id for _case, relation, unit_id, _by in access.ties_of([case.id]) if relation == Relation.REGISTERED}
    _hand(moved, theirs, "ties", lambda tie: tie[1] in units)
    _hand(moved["brought"], theirs["brought"], "parties", lambda each: parties.get(each["id"]) in persons)
    _hand(
        moved["brought"], theirs["brought"], "flags",
        lambda each: _has_flags(persons.get(parties.get(each["id"])), each),
    )
    if theirs["people_count"][0] == moved["people_count"][1]:
        theirs["people_count"] = [moved["people_count"][0], theirs["people_count"][1]]
        moved["people_count"] = [None, None]
    heir.moved = theirs


def _hand(mine: dict, theirs: dict, name: str, belongs) -> None:
    theirs[name] = [*theirs[name], *(each for each in mine[name] if belongs(each))]
    mine[name] = [each for each in mine[name] if not belongs(each)]


def _has_flags(party, change: dict) -> bool:
    return party is not None and set(change["added"]) <= set(party.flags.get("flags", ()))
