"""Reading what the window needs: who was here before, what the receipt says."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select

from mediation.casefile.cases import access, drafts
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party, Representative
from mediation.casefile.cases.rules import Channel, PartyRole, Stage
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers.models import Paper
from mediation.ground import trail
from mediation.ground.db import session
from mediation.ground.errors import NotFound
from mediation.registry.access.rules import Actor, Depth
from mediation.registry.mediators.models import Mediator
from mediation.registry.people import queries as people
from mediation.registry.people import rules as people_rules
from mediation.registry.people.models import Person
from mediation.registry.people.rules import IdKind
from mediation.registry.points import queries as points
from mediation.registry.units import queries as units
from mediation.registry.units.models import Unit
from mediation.stages.intake import involved
from mediation.stages.intake.rules import NOTICE_LATER

SHOWN = 5
DRAFT = "intake"


@dataclass(frozen=True)
class Past:
    """A past matter at PROGRESS. ``public_id`` is None for one that the reader cannot open."""

    public_id: str | None
    register_no: str
    title: str
    role: PartyRole
    applied_on: date
    stage: Stage
    is_open: bool
    unit_name: str | None
    mediator_name: str | None
    is_same_other_side: bool
    is_same_place: bool


@dataclass(frozen=True)
class Seen:
    """Whether a visitor was here before. ``other_name``: the register knows that number under another name.

    ``person_ids`` are the row ids of who the visitor may be, for further questions of the same window.
    """

    by_number: bool
    people: int
    total: int
    matters: list[Past]
    other_name: str | None = None
    refused: bool = False
    person_ids: frozenset[int] = frozenset()


def whom(*, name: str, phone: str, id_number: str, on: date) -> dict[str, str] | None:
    """Return by what a visitor is looked up: the number, else name and tail of the phone; None for too little."""
    reading = people_rules.read_id_number(id_number, on=on)
    name, digits = people_rules.normalise_name(name), "".join(filter(str.isdigit, people_rules.half_width(phone)))
    if reading.number and not reading.obstacles:
        return {"number": reading.number}
    if len(name) < people.NAME_FROM or len(digits) < people.TAIL:
        return None
    return {"name": name, "tail": digits[-people.TAIL :]}


def seen_before(
    *, name: str, phone: str, id_number: str, other_names: tuple[str, ...] = (), area_code: str = "", by: Actor,
    on: date,
) -> Seen | None:
    """Return the past matters of a visitor of the window's area, None while too little is typed to tell.

    Found by the full ID number, else by the whole name with the tail of the phone. Who is of another area, and has no
    matter that the reader sees, looks like somebody unknown. Counted against the draft that it serves and written down
    without the number (P25); call it inside a transaction. Sealed matters show nothing.
    """
    visitor = whom(name=name, phone=phone, id_number=id_number, on=on)
    if visitor is None:
        return None
    number = visitor.get("number", "")
    allowed, is_first = drafts.may_look_up(DRAFT, visitor, by=by)
    if not allowed:
        return Seen(bool(number), 0, 0, [], refused=True)
    if is_first:
        trail.record("intake.seen_before", by=by, params={"by": "number" if number else "name"})
    known = people.by_number(by.centre_id, IdKind.RESIDENT_ID, number) if number else None
    found = [known] if known else people.namesakes(by.centre_id, name, phone)
    if known is None and number:
        found = [person for person in found if person.id_number_index is None]  # another number is another person
    found = _near(found, by=by)
    is_other = known in found and name.strip() and known.name != people_rules.normalise_name(name)
    total, matters = _matters(found, other_names, area_code, by=by)
    return Seen(
        known in found, len(found), total, matters, people_rules.mask_name(known.name) if is_other else None,
        person_ids=frozenset(person.id for person in found),
    )


def _near(found: list[Person], *, by: Actor) -> list[Person]:
    """Return those who live in the area that the window serves, or have a matter there, or one that the reader sees."""
    if not found:
        return []
    area = units.unit(by.unit_id).area_code
    inside = _inside([each.id for each in found])
    there = select(people.LASTING).join(inside, inside.c.person_id == Person.id)
    there = there.join(Case, Case.id == inside.c.case_id).where(_shown(by))
    seen = access.scoped(there, by, Depth.PROGRESS)
    placed = set(session.scalars(there.where(Case.area_code.startswith(area)))) | set(session.scalars(seen))
    return [person for person in found if (person.area_code or "").startswith(area) or person.id in placed]


def _shown(by: Actor):
    """Return the condition on cases that may be told of at all: of this centre, never a sealed one."""
    return and_(Case.centre_id == by.centre_id, Case.is_sealed.is_(False))


def _inside(person_ids):
    """Return the rows (person, case, role) of people, under whatever row a case knows them."""
    rows = list(session.scalars(people.rows_of(person_ids)))  # named one by one they are found by the index
    return involved.inside(rows).subquery()


def _matters(found: list[Person], other_names, area_code, *, by):
    if not found:
        return 0, []
    inside, mine = _inside([person.id for person in found]), _shown(by)
    counted = select(func.count(Case.id.distinct())).join(inside, inside.c.case_id == Case.id).where(mine)
    total = session.scalar(counted)
    query = (
        select(Case, inside.c.role, Unit.short_name, Mediator.name)
        .join(inside, inside.c.case_id == Case.id)
        .outerjoin(Unit, Unit.id == Case.lead_unit_id)
        .outerjoin(Mediator, Mediator.id == Case.mediator_id)
        .where(mine)
        .order_by(Case.id.desc())
        .limit(SHOWN)
    )
    rows = session.execute(query).all()
    others = _names_in([case.id for case, *_ in rows])
    return total, [
        Past(
            public_id=case.public_id if cases.sees(case, by, Depth.PROGRESS) else None,
            register_no=case.register_no, title=case.title, role=role, applied_on=case.applied_on, stage=case.stage,
            is_open=case.is_open, unit_name=unit_name, mediator_name=mediator_name,
            is_same_other_side=bool(set(other_names) & others.get(case.id, set())),
            is_same_place=bool(area_code and case.area_code and case.area_code == area_code),
        )
        for case, role, unit_name, mediator_name in rows
    ]


def _names_in(case_ids):
    found: dict[int, set[str]] = {}
    for case_id, name in session.execute(select(Party.case_id, Party.name).where(Party.case_id.in_(case_ids))):
        found.setdefault(case_id, set()).add(name)
    return found


def receipt_of(case: Case) -> Paper | None:
    """Return the receipt of a case."""
    return papers.newest(case.id, "receipt")


def matters_of(person: Person, *, for_: Actor) -> list[cases.Row]:
    """Return the cases of a person that the reader sees at PROGRESS, the newest first."""
    query = select(Case.id).where(_has_in_it(person), access.may_be_named(for_))
    query = access.scoped(query, for_, Depth.PROGRESS)
    query = query.order_by(Case.id.desc()).limit(50)
    return cases.rows_of(list(session.scalars(query)))


def sees_contents_of(person: Person, *, for_: Actor) -> bool:
    """Say whether the reader sees the contents of any case that the person is in."""
    query = access.scoped(select(Case.id).where(_has_in_it(person)), for_, Depth.CONTENTS)
    return session.scalar(query.limit(1)) is not None


def _has_in_it(person: Person):
    """Return the condition on cases that somebody is in, as a party or as one of many behind them."""
    return Case.id.in_(select(involved.inside(people.rows_of([person.id])).subquery().c.case_id))


def last_origin(*, by: Actor, on: date, usual: Channel = Channel.WINDOW) -> tuple[Channel, str | None]:
    """Return channel and point, by public id, of the visitor whom the clerk registered last.

    Who is new begins with the usual one; a point that has ended since is forgotten.
    """
    query = select(Case.channel, Case.point_id).where(
        Case.centre_id == by.centre_id, Case.registered_by_id == by.account_id,
        Case.data_notice != NOTICE_LATER,  # what a sheet brought is no visitor
    )
    channel, point_id = session.execute(query.order_by(Case.id.desc()).limit(1)).first() or (usual, None)
    point = points.point(point_id, centre_id=by.centre_id)
    return channel, point.public_id if point and point.is_open(on) else None


def representative(public_id: str, *, for_: Actor) -> tuple[Representative, Case]:
    """Return who stands beside a party, with the case. Raises NotFound."""
    row = session.scalar(select(Representative).where(Representative.public_id == public_id))
    if row is None:
        raise NotFound()
    party = session.get_one(Party, row.party_id)
    return row, cases.get_by_id(party.case_id, for_=for_)


def all_beside(party: Party) -> list[Representative]:
    """Return everybody who stands or stood beside a party, oldest first."""
    query = select(Representative).where(Representative.party_id == party.id).order_by(Representative.id)
    return list(session.scalars(query))


def address_form_of(party: Party) -> Paper | None:
    """Return the newest form on which a party confirms the address for service."""
    forms = [paper for paper in papers.of_case(party.case_id) if paper.kind == "service_address"]
    return next((paper for paper in reversed(forms) if paper.object_id == party.id), None)
