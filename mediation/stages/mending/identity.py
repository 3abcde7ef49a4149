"""A person entered under a wrong name or number: put right once, in every open case they are a party of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.papers import outdated
from mediation.ground.db import session
from mediation.ground.errors import Obstacle, RuleBroken, because
from mediation.ground.once import once
from mediation.ground.pinyin import initials
from mediation.registry.access.rules import Actor, Depth
from mediation.registry.people import operations as people
from mediation.registry.people import queries as people_queries
from mediation.registry.people import rules as people_rules
from mediation.registry.people.models import Person
from mediation.registry.people.rules import IdKind
from mediation.stages.intake import parties, versions
from mediation.stages.mending import wrongparty
from mediation.stages.mending.rules import Bar

MOST = 200  # open cases that one page puts right; who is in more is a firm that was renamed, not a misspelling


@dataclass(frozen=True)
class Touched:
    """An open case that the correction reaches: its title where the reader may know of it, else only that it is one."""

    number: str | None
    title: str | None
    public_id: str | None


@once
def correct_identity(
    party_public_id: str, *, version: int, identity: Mapping[str, Any], reason: str, by: Actor, on: date,
    key: str | None = None,
) -> str:
    """Put name or numbers of a person right, here and in every open case; return the public id of the case begun from.

    ``identity`` holds fields of ``Identity``, ``version`` is that of the party that was shown. Closed cases and issued
    papers stay as they were; each case's history names the papers that carry what was wrong. Raises Stale, RuleBroken
    when nothing would change, the number is somebody else's, or too many cases are open.
    """
    party, case = wrongparty.of_party(party_public_id, by=by)
    steps.require(steps.STEPS["case.supplement"], case, by=by)
    if parties.version_of(party) != version:
        versions.same(party, -1, case_id=case.id, stored=lambda: parties.stored(party))
    person = _lasting(party.person)
    reached = _open_parties(person)
    bars = _bars(person, identity, reached, reason=reason, by=by)
    if bars:
        raise RuleBroken(*bars, about=case.public_id)
    was = {each.id: outdated.printed(each) for each in {owner.id: owner for _row, owner in reached}.values()}
    named, told = person.name, people_rules.normalise_name(str(identity.get("name") or person.name))
    before = people.change(person, identity, by=by, on=on, case_id=case.id)
    wrong = [row for row, _owner in reached if told != named and row.name == named]
    if not before and not wrong:
        raise RuleBroken(because(parties.Bar.NEEDS_REASON) if not reason.strip() else because(Bar.SAME_IDENTITY))
    fields = sorted({*before, *(["name"] if wrong else [])})
    for row, _owner in reached:
        if row in wrong:
            row.name, row.initials = told, initials(told)[:40]
        if "id_number" in fields or "uscc" in fields:
            row.identity_checked_on = on
        row.person_id, row.version = person.id, row.version + 1
    session.flush()
    for owner in {owner.id: owner for _row, owner in reached}.values():
        parties.keep_out_the_accused(owner)
        parties.follow(owner, cases.parties_of(owner.id))
        _tell(owner, was[owner.id], fields, reason=reason, by=by, on=on)
    return case.public_id


def _tell(case, was, fields, *, reason, by, on):
    said = {"what": "identity_put_right", "fields": fields, **outdated.told(case, was)}
    steps.take("case.correct", case, by=by, on=on, reason=reason.strip(), facts=said, implied=True)


def _bars(person: Person, identity, reached, *, reason: str, by: Actor) -> list[Obstacle]:
    found = [] if reason.strip() else [because(Bar.NO_REASON)]
    number = str(identity.get("id_number") or "").strip()
    kind = IdKind(identity.get("id_kind") or IdKind.RESIDENT_ID)
    known = people_queries.by_number(by.centre_id, kind, number) if number else None
    known = known or (people_queries.by_uscc(by.centre_id, identity["uscc"]) if identity.get("uscc") else None)
    if known is not None and known.id != person.id:
        found.append(because(Bar.NUMBER_OF_ANOTHER, who=people_rules.mask_name(known.name)))
    if len(reached) > MOST:
        found.append(because(Bar.TOO_MANY_CASES, most=MOST))
    return found


def _lasting(person: Person) -> Person:
    return person if person.merged_into_id is None else session.get_one(Person, person.merged_into_id)


def _open_parties(person: Person) -> list[tuple[Party, Case]]:
    """Return the person's parties in open cases, whichever row of the person they name; one more than ``MOST``."""
    query = select(Party, Case).join(Case, Case.id == Party.case_id)
    query = query.where(Party.person_id.in_(people_queries.rows_of([person.id])), Case.is_open)
    return [tuple(row) for row in session.execute(query.order_by(Case.id).limit(MOST + 1))]


def reach(party: Party, *, for_: Actor) -> list[Touched]:
    """Return the open cases that a correction of a party's person would reach."""
    found = {owner.id: owner for _row, owner in _open_parties(_lasting(party.person))}.values() if party.person else ()
    seen = [(each, cases.sees(each, for_, Depth.PROGRESS)) for each in found]
    return [
        Touched(each.register_no, each.title, each.public_id) if is_seen else Touched(None, None, None)
        for each, is_seen in seen
    ]
