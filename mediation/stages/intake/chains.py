"""Visits that belong together: the chain of a matter that comes again, and the pair that comes back (row 21)."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy import case as when
from sqlalchemy.orm import aliased

from mediation.casefile.cases import access
from mediation.casefile.cases.linking import LinkKind
from mediation.casefile.cases.models import Case, CaseLink, Party
from mediation.casefile.cases.rules import DISPUTING_ROLES, PartyRole, Stage
from mediation.ground.columns import Long
from mediation.ground.db import session
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import Actor, Depth
from mediation.registry.settings import queries as settings


@dataclass(frozen=True)
class Visit:
    """One visit of a chain: a case of its own, and how many came. ``title`` is None for a sealed one."""

    case_id: int
    public_id: str
    register_no: str
    title: str | None
    applied_on: date
    stage: Stage
    people: int


@dataclass(frozen=True)
class Chain:
    """All visits about one matter, the earliest first. 批次 are the visits, 人次 the persons over all of them."""

    members: tuple[Visit, ...]

    @property
    def visits(self) -> int:
        return len(self.members)

    @property
    def people(self) -> int:
        return sum(member.people for member in self.members)

    @property
    def head(self) -> Visit:
        return self.members[0]

    def place(self, case_id: int) -> int:
        """Return which visit a case is, counted from 1."""
        return 1 + [member.case_id for member in self.members].index(case_id)

    def before(self, case_id: int) -> Visit | None:
        """Return the visit before that of a case, None for the first."""
        place = self.place(case_id)
        return self.members[place - 2] if place > 1 else None


@until_written()
def of(case_id: int) -> Chain:
    """Return the chain that a case is in; one that nobody repeated is a chain of its own."""
    return Chain(tuple(
        Visit(row.id, row.public_id, row.register_no, None if row.is_sealed else row.title, *row[4:7])
        for row in session.execute(_linked(), {"case_id": case_id})
    ))


@cache
def _linked() -> Select:
    start = select(bindparam("case_id", type_=Long).label("id")).cte("chain", recursive=True)
    link = aliased(CaseLink)
    other = select(when((link.case_id == start.c.id, link.other_id), else_=link.case_id))
    stands = (link.kind == LinkKind.REPEAT) & link.ended_on.is_(None)
    linked = start.union(other.join(start, or_(link.case_id == start.c.id, link.other_id == start.c.id)).where(stands))
    came = select(func.count()).where(Party.case_id == Case.id, Party.role == PartyRole.APPLICANT).scalar_subquery()
    came = func.coalesce(Case.group_size, came)  # a group comes with everybody in it
    query = select(
        Case.id, Case.public_id, Case.register_no, Case.title, Case.applied_on, Case.stage, came, Case.is_sealed
    )
    return query.where(Case.id.in_(select(linked.c.id))).order_by(Case.applied_on, Case.id)


@dataclass(frozen=True)
class Place:
    """Where a case stands in its chain, for its page: which visit, and the one before if the reader may open it."""

    number: int
    chain: Chain
    before: Visit | None
    may_open: bool


def place_of(case: Case, *, for_: Actor) -> Place | None:
    """Return where a case stands in its chain, None for one that nobody repeated."""
    chain = of(case.id)
    if chain.visits < 2:
        return None
    before, may_open = chain.before(case.id), False
    if before is not None:
        named = access.scoped(select(Case.id).where(Case.id == before.case_id), for_, Depth.PROGRESS, narrow=False)
        may_open = session.scalar(named) is not None
    return Place(chain.place(case.id), chain, before, may_open)


def relapse_of(case: Case, *, for_: Actor | None) -> Case | None:
    """Return the case of the same pair that was closed a short time before this one came, None where there is none.

    Both sides by their names, whichever came first; only a case that the reader sees at PROGRESS and may meet by a
    name; without a reader, as rules ask, any that is not sealed. The span is the dated setting ``case.relapse_within``.
    """
    days = settings.days("case.relapse_within", on=case.applied_on, centre_id=case.centre_id).days
    ours, theirs, one, other = (aliased(Party) for _ in range(4))
    pair = (
        select(one.case_id)
        .join(other, (other.case_id == one.case_id) & (other.id != one.id))
        .join(ours, ours.name == one.name)
        .join(theirs, (theirs.name == other.name) & (theirs.case_id == ours.case_id))
        .where(
            ours.case_id == case.id, ours.role == PartyRole.APPLICANT, theirs.role == PartyRole.RESPONDENT,
            one.role.in_(DISPUTING_ROLES), other.role.in_(DISPUTING_ROLES), one.role != other.role,
        )
    )
    query = select(Case).where(
        Case.id.in_(pair), Case.id != case.id, Case.is_open.is_(False),
        Case.closed_on.between(case.applied_on - timedelta(days=days), case.applied_on),
        Case.centre_id == case.centre_id,
    )
    if for_ is None:
        query = query.where(Case.is_sealed.is_(False))
    else:
        query = access.scoped(query.where(access.may_be_named(for_)), for_, Depth.PROGRESS, narrow=False)
    return session.scalar(query.order_by(Case.closed_on.desc(), Case.id.desc()).limit(1))
