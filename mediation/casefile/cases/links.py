"""Cases that belong together without being one: linked, unlinked, and read from both ends (row 19)."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Select, bindparam, case, or_, select

from mediation.casefile.cases import access, linking
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.linking import Bar, LinkKind
from mediation.casefile.cases.models import Case, CaseLink
from mediation.casefile.cases.rules import CaseState, Stage
from mediation.ground import trail
from mediation.ground.choices import Choice
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken, because
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Depth, Permission, Role


class Line(NamedTuple):
    """One link as the page of one of its cases shows it. ``is_later``: that page is the later case's."""

    public_id: str
    kind: LinkKind
    is_later: bool
    reason: str | None
    since: date
    case_id: int
    case_public_id: str
    register_no: str
    body_no: str | None
    title: str
    stage: str
    state: str

    @property
    def state_label(self) -> Choice:
        """How far the other case is, as its own head says it."""
        return CaseState.MERGED if self.state == CaseState.MERGED else Stage(self.stage)

    @property
    def words(self) -> str:
        """What the other case is to this one."""
        return (linking.BACK if self.is_later else linking.MIRRORED)[self.kind]


@once
def link(
    case_id: str, other_id: str, kind: str, *, by: Actor, on: date, reason: str = "", key: str | None = None
) -> str:
    """Note that a case belongs to another: ``case_id`` is the later one, by public ids. Return the link's public id.

    ``by`` sees the progress of both and acts on one of them. Raises RuleBroken where they are linked so already, are
    one case, or where the kind is a step of its own; NotFound, NotAllowed.
    """
    kind = LinkKind(kind)
    later, earlier = hold(case_id, other_id, by=by, depth=Depth.PROGRESS)
    _require(by, later, earlier)
    bars = [because(Bar.LINKED_TO_ITSELF)] if later.id == earlier.id else []
    bars += [because(Bar.STEP_OF_ITS_OWN)] if kind == LinkKind.MERGED else []
    bars += [because(Bar.LINKED_ALREADY, kind=kind)] if _is_linked(later, earlier, kind) else []
    if bars:
        raise RuleBroken(*bars)
    return tie(later, earlier.id, kind, by=by, on=on, reason=reason)


def tie(later: Case, earlier_id: int, kind: LinkKind, *, by: Actor, on: date, reason: str = "") -> str:
    """Write a link down and tell it in both cases, unasked who sees them: who registers need see neither again.

    ``earlier_id`` is a row id. Returns the link's public id.
    """
    row = CaseLink(
        id=new_id(), centre_id=later.centre_id, case_id=later.id, other_id=earlier_id, kind=kind,
        reason=reason.strip() or None, since=on, made_by_id=by.account_id, moved={},
    )
    session.add(row)
    session.flush()
    _record("case.linked", row, by=by)
    return row.public_id


def unlink(link_id: str, *, by: Actor, on: date, reason: str) -> str:
    """End a link with the reason; the row stays. Return its public id. Raises RuleBroken, NotFound, NotAllowed."""
    _require(by, *cases_of(link_id, for_=by))
    row = session.scalars(select(CaseLink).where(CaseLink.public_id == link_id)).one()
    bars = [because(Bar.STEP_OF_ITS_OWN)] if row.kind == LinkKind.MERGED else []
    bars += [because(Bar.LINK_ENDED)] if row.ended_on else []
    bars += [] if reason.strip() else [because(Bar.NO_LINK_REASON)]
    if bars:
        raise RuleBroken(*bars)
    row.ended_on, row.ended_by_id, row.end_reason = on, by.account_id, reason.strip()
    session.flush()
    _record("case.unlinked", row, by=by)
    return row.public_id


def hold(case_id: str, other_id: str, *, by: Actor, depth: Depth = Depth.CONTENTS) -> tuple[Case, Case]:
    """Return two cases that nobody else can make one, or link, until the transaction ends (P33)."""
    first, second = (cases.get(each, for_=by, depth=depth) for each in (case_id, other_id))
    rows = select(Case).where(Case.id.in_([first.id, second.id])).order_by(Case.id).with_for_update()
    session.scalars(rows.execution_options(populate_existing=True)).all()
    return first, second


def cases_of(link_id: str, *, for_: Actor) -> list[Case]:
    """Return the two cases of a link, the later first. Raises NotFound unless the reader sees the progress of both."""
    row = session.scalar(select(CaseLink).where(CaseLink.public_id == link_id))
    if row is None:
        raise NotFound()
    return [cases.get_by_id(each, for_=for_, depth=Depth.PROGRESS) for each in (row.case_id, row.other_id)]


def may_link(by: Actor, case_: Case) -> bool:
    """Say whether the actor may link this case to others."""
    return by.may(Permission.CASES_CORRECT) and access.acts_on(by, case_)


def _require(by: Actor, *both: Case) -> None:
    if not any(may_link(by, each) for each in both):
        raise NotAllowed(Permission.CASES_CORRECT)


def _is_linked(later: Case, earlier: Case, kind: LinkKind) -> bool:
    pair = [later.id, earlier.id]
    query = select(CaseLink.id).where(
        CaseLink.case_id.in_(pair), CaseLink.other_id.in_(pair), CaseLink.kind == kind, CaseLink.ended_on.is_(None)
    )
    return session.scalar(query.limit(1)) is not None


def _record(event: str, row: CaseLink, *, by: Actor) -> None:
    """Write it down in both cases; neither names the other to a reader who does not see it."""
    for case_id in (row.case_id, row.other_id):
        trail.record(event, by=by, about=row, case_id=case_id, params={"kind": row.kind})


def of_case(case_: Case, *, for_: Actor) -> list[Line]:
    """Return the standing links of a case in both directions, mergers first, then the oldest first.

    A link to a case whose progress the reader does not see is not there for them.
    """
    query = _of_case(for_.role)
    return [Line._make(row) for row in session.execute(query, access.ids(for_) | {"case_id": case_.id})]


@lru_cache
def _of_case(role: Role) -> Select:
    here = bindparam("case_id", type_=CaseLink.case_id.type)
    is_later = CaseLink.case_id == here
    there = case((is_later, CaseLink.other_id), else_=CaseLink.case_id)
    query = select(
        CaseLink.public_id, CaseLink.kind, is_later, CaseLink.reason, CaseLink.since, Case.id, Case.public_id,
        Case.register_no, Case.body_no, Case.title, Case.stage, Case.state,
    ).join(Case, Case.id == there)
    query = query.where(or_(is_later, CaseLink.other_id == here), CaseLink.ended_on.is_(None))
    query = access.scoped(query, access.anybody(role), Depth.PROGRESS, narrow=False)  # a case has few links
    return query.order_by(CaseLink.kind != LinkKind.MERGED, CaseLink.id)
