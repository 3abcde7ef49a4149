"""Which earlier cases may be the one that is being told: found through indexes, weighed by likeness (rows 16, 17, 21).

Nothing is told that "seen before" would not tell: cases of this centre that lie in the window's area or that the reader
sees, never a sealed one; of a story nothing but how like it is.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from mediation.casefile.cases import access, drafts
from mediation.casefile.cases.linking import OPEN_STATES
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import CaseState, PartyRole, Stage
from mediation.casefile.outside import queries as outside
from mediation.ground import trail
from mediation.ground.db import session
from mediation.registry.access.rules import Actor, Depth
from mediation.registry.mediators.models import Mediator
from mediation.registry.people import queries as people
from mediation.registry.regions import queries as regions
from mediation.registry.regions.rules import AreaLevel, level_of
from mediation.registry.settings import queries as settings
from mediation.registry.units import queries as units
from mediation.registry.units.models import Unit
from mediation.stages.intake import chains, likeness
from mediation.stages.intake.likeness import Earlier, Part, Told
from mediation.stages.intake.queries import DRAFT

OFFERED = 3
NEWEST = 300  # cases of one name, or of one place, that are looked at
OF_A_PERSON, OF_A_PAIR, OF_A_NUMBER = 50, 50, 20
NAMES = 3  # names of a side that are looked for
STORY = 1500  # signs of a story that are compared
TOWN_DIGITS = 9


@dataclass(frozen=True)
class Candidate:
    """An earlier case at PROGRESS, and why it is offered. ``public_id`` is None for one that the reader cannot open.

    ``visit`` is which visit of its chain the new one would be. ``is_relapse``: the same pair, closed a short time ago.
    ``may_join``: it runs, and the reader sees its contents.
    """

    public_id: str | None
    register_no: str
    title: str
    applied_on: date
    stage: Stage
    is_open: bool
    closed_on: date | None
    unit_name: str | None
    mediator_name: str | None
    parts: tuple[Part, ...]
    visit: int
    is_relapse: bool
    may_join: bool


def asked_about(told: Told, *, by: Actor) -> Told:
    """Count the pair of names against the draft and write down, without the names, that it was asked about (P25).

    Returns what may be looked for: the names are left out once a draft asked about too many. Call it inside a
    transaction; the looking itself needs none.
    """
    if not (_names(told.applicants) and _names(told.respondents)):
        return told
    pair = {"ours": "、".join(sorted(told.applicants)), "theirs": "、".join(sorted(told.respondents))}
    allowed, is_first = drafts.may_look_up(DRAFT, pair, by=by, kind="pairs", most=drafts.MOST_PAIRS)
    if is_first:
        trail.record("intake.seen_before", by=by, params={"by": "pair"})
    return told if allowed else replace(told, applicants=(), respondents=())


def candidates(told: Told, *, by: Actor, on: date) -> list[Candidate]:
    """Return the earlier cases most like what is typed, the best first, at most three.

    ``told.people`` are those whom :func:`queries.seen_before` found for this window, the names those that
    :func:`asked_about` let pass.
    """
    if told.people:
        told = replace(told, people=frozenset(session.scalars(people.rows_of(told.people))))
    found = _found(told, by=by, on=on)
    known = _allowed(found, told, by=by)
    if not known:
        return []
    sides = _sides(list(known))
    weighed = _weighed(told, known, sides)
    best = sorted(weighed, key=lambda each: (-likeness.total(weighed[each]), not known[each].is_open, -each))[:OFFERED]
    return _told_of(best, weighed, by=by, on=on)


def _found(told: Told, *, by: Actor, on: date) -> set[int]:
    """Return the row ids of all cases that one of the four ways finds."""
    found: set[int] = set()
    if told.people:
        found.update(_newest(select(Party.case_id).where(Party.person_id.in_(told.people)), OF_A_PERSON))
    if told.outside_no:
        found.update(session.scalars(outside.matching(told.outside_no, centre_id=by.centre_id).limit(OF_A_NUMBER)))
    ours, theirs = _names(told.applicants), _names(told.respondents)
    if ours and theirs:
        one, other = aliased(Party), aliased(Party)
        pair = select(one.case_id).join(other, one.case_id == other.case_id)
        pair = pair.where(one.name.in_(ours), other.name.in_(theirs), one.id != other.id)
        found.update(session.scalars(pair.order_by(one.case_id.desc()).limit(OF_A_PAIR)))
        for name in {*ours, *theirs}:
            found.update(_newest(select(Party.case_id).where(Party.name == name), NEWEST))
    if told.story and len(told.area_code) >= TOWN_DIGITS:
        found.update(_near_in_time(told, by=by, on=on))
    return found


def _newest(parties, most: int):
    return session.scalars(parties.order_by(Party.case_id.desc()).limit(most))


def _names(typed) -> list[str]:
    return [name for name in typed if len(name) >= people.NAME_FROM][:NAMES]


def _near_in_time(told: Told, *, by: Actor, on: date):
    """Return the newest cases of the place and what lies in it, and of the town as a whole, applied for lately."""
    town = told.area_code[:TOWN_DIGITS]
    codes = {told.area_code, town}
    if level_of(told.area_code) is AreaLevel.TOWN:
        codes.update(place.code for place in regions.villages(town, centre_id=by.centre_id))
    days = settings.days("case.similar_within", on=on, centre_id=by.centre_id).days
    there = select(Case.id).where(
        Case.centre_id == by.centre_id, Case.area_code.in_(sorted(codes)),
        Case.applied_on.between(on - timedelta(days=days), on),
    )
    return session.scalars(there.order_by(Case.applied_on.desc(), Case.id.desc()).limit(NEWEST))


def _allowed(found: set[int], told: Told, *, by: Actor) -> dict:
    """Return of what was found the rows that this window may be told of, by row id."""
    if not found:
        return {}
    columns = Case.id, Case.area_code, Case.channel, Case.outside_no, Case.is_open, Case.closed_on
    query = select(*columns).where(
        Case.id.in_(found), Case.centre_id == by.centre_id, Case.is_sealed.is_(False), Case.state != CaseState.MERGED
    )
    rows = {row.id: row for row in session.execute(query)}
    area = units.unit(by.unit_id).area_code
    far = {row.id for row in rows.values() if not (row.area_code or "").startswith(area)}
    if far:
        tied = access.scoped(select(Case.id).where(Case.id.in_(far)), by, Depth.PROGRESS, narrow=False)
        far -= set(session.scalars(tied))
    if far and told.people:  # of a person of this area everything is told
        far -= set(session.scalars(select(Party.case_id).where(Party.person_id.in_(told.people))))
    return {case_id: row for case_id, row in rows.items() if case_id not in far}


def _sides(case_ids) -> dict[int, dict[PartyRole | None, list]]:
    """Return the parties of each case by role, and the persons among them under None."""
    found: dict[int, dict] = defaultdict(lambda: defaultdict(list))
    query = select(Party.case_id, Party.role, Party.name, Party.person_id).where(Party.case_id.in_(case_ids))
    for case_id, role, name, person_id in session.execute(query):
        found[case_id][role].append(name)
        if person_id:
            found[case_id][None].append(person_id)
    return found


def _weighed(told: Told, known, sides) -> dict[int, tuple[Part, ...]]:
    """Return the grounds of each case that is offered."""
    stories = _stories(list(known)) if told.story else {}
    weights = likeness.weights_of([*stories.values(), told.story])
    found = {}
    for case_id, row in known.items():
        earlier = Earlier(
            applicants=tuple(sides[case_id][PartyRole.APPLICANT]),
            respondents=tuple(sides[case_id][PartyRole.RESPONDENT]), people=frozenset(sides[case_id][None]),
            area_code=row.area_code or "", story=stories.get(case_id, frozenset()), channel=row.channel,
            outside_no=row.outside_no or "",
        )
        parts = likeness.grounds(told, earlier, weights=weights)
        if likeness.is_offered(parts):
            found[case_id] = parts
    return found


def _stories(case_ids) -> dict[int, frozenset[str]]:
    query = select(Case.id, func.substr(Case.story, 1, STORY)).where(Case.id.in_(case_ids))
    return {case_id: likeness.pairs(story) for case_id, story in session.execute(query)}


def _told_of(case_ids: list[int], weighed, *, by: Actor, on: date) -> list[Candidate]:
    if not case_ids:
        return []
    query = (
        select(Case, Unit.short_name, Mediator.name)
        .outerjoin(Unit, Unit.id == Case.lead_unit_id).outerjoin(Mediator, Mediator.id == Case.mediator_id)
        .where(Case.id.in_(case_ids))
    )
    rows = {case.id: (case, unit_name, mediator_name) for case, unit_name, mediator_name in session.execute(query)}
    these = select(Case.id).where(Case.id.in_(case_ids))
    depths = Depth.PROGRESS, Depth.CONTENTS
    named, open_to = (set(session.scalars(access.scoped(these, by, depth, narrow=False))) for depth in depths)
    days = settings.days("case.relapse_within", on=on, centre_id=by.centre_id).days
    found = []
    for case, unit_name, mediator_name in map(rows.get, case_ids):
        parts = weighed[case.id]
        found.append(Candidate(
            public_id=case.public_id if case.id in named else None, register_no=case.register_no, title=case.title,
            applied_on=case.applied_on, stage=case.stage, is_open=case.is_open, closed_on=case.closed_on,
            unit_name=unit_name, mediator_name=mediator_name, parts=parts, visit=chains.of(case.id).visits + 1,
            is_relapse=likeness.is_same_pair(parts) and likeness.is_relapse(case.closed_on, on=on, days=days),
            may_join=case.state in OPEN_STATES and case.id in open_to,
        ))
    return found
