"""Reading notices: how many wait, and a page of them with the cases that their reader still sees."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select, union_all

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.queries import Filter
from mediation.casefile.notices.models import Notice
from mediation.casefile.notices.rules import Event
from mediation.ground import clock
from mediation.ground.columns import UtcDateTime
from mediation.ground.db import session
from mediation.ground.errors import NotFound
from mediation.registry.access.rules import Actor, Depth, Role

PAGE = 30
COUNT_UP_TO = 99


def _boxes(by: Actor):
    """Return the conditions of the actor's two boxes, each with its index: their own and their unit's."""
    own = and_(Notice.account_id == by.account_id, Notice.role == by.role)
    units = and_(Notice.unit_id == by.unit_id, Notice.role == by.role)
    if not by.deputy:
        return own, units
    theirs = and_(Notice.account_id == by.stands_for_id, Notice.role == by.role, Notice.recorded_at >= _since(by))
    return own, units, theirs


def _since(by: Actor):
    """Return from when a deputy reads what the one they stand in for is told: what came before was not for them."""
    return clock.begin_of(by.deputy_since) if isinstance(by.deputy_since, date) else by.deputy_since


def _anybody(role: Role, deputy: bool) -> Actor:
    anybody = access.anybody(role)
    if not deputy:
        return anybody
    since = bindparam("by_since", type_=UtcDateTime())
    return replace(anybody, deputy=True, stands_for_id=bindparam("by_stands_for"), deputy_since=since)


def _ids(by: Actor) -> dict[str, Any]:
    theirs = {"by_stands_for": by.stands_for_id, "by_since": _since(by)} if by.deputy else {}
    return access.ids(by) | theirs


def is_for(by: Actor):
    """Return the condition that a notice went to the actor, in the post they act in."""
    return or_(*_boxes(by))


def get(public_id: str, *, for_: Actor) -> Notice:
    """Return a notice of the actor's. Raises NotFound, whether it is somebody else's or absent."""
    found = session.scalar(select(Notice).where(Notice.public_id == public_id, is_for(for_)))
    if found is None:
        raise NotFound()
    return found


def unread_count(by: Actor, *, up_to: int = COUNT_UP_TO) -> int:
    """Return how many notices the actor has not read, counted up to one more than ``up_to``."""
    return min(session.scalar(_unread(by.role, by.deputy, up_to), _ids(by)), up_to + 1)


def waiting(by: Actor, chosen: Filter) -> tuple[int, int]:
    """Return how many cases of a filter there are for the actor, and how many notices are unread.

    Both are asked under every page, so in one statement; each is counted up to one more than ``COUNT_UP_TO``.
    """
    both = _waiting(by.role, by.deputy, access.is_narrow(by), chosen)
    found, unread = session.execute(both, _ids(by)).one()
    return found, min(unread, COUNT_UP_TO + 1)


@cache
def _waiting(role: Role, deputy: bool, narrow: bool, chosen: Filter) -> Select:
    found = cases.how_many(role, narrow, chosen, "newest", COUNT_UP_TO)
    return select(found.scalar_subquery(), _unread(role, deputy, COUNT_UP_TO).scalar_subquery())


@cache
def _unread(role: Role, deputy: bool, up_to: int) -> Select:
    """Return the statement that counts what is unread, for anybody of a role: it is asked under every page."""
    boxes = [
        select(select(Notice.id).where(box, Notice.read_at.is_(None)).limit(up_to + 1).subquery().c.id)
        for box in _boxes(_anybody(role, deputy))
    ]
    return select(func.count()).select_from(union_all(*boxes).subquery())


@dataclass(frozen=True)
class About:
    """The case of a notice, at PROGRESS; a sealed one's title is its type alone."""

    public_id: str
    number: str
    title: str


@dataclass(frozen=True)
class Line:
    """A notice as it is shown. ``about`` is None when the reader does not see the case any more."""

    public_id: str
    event: Event
    params: dict[str, Any]
    recorded_at: datetime
    read_at: datetime | None
    about: About | None


@dataclass(frozen=True)
class Page:
    """One page of notices, the newest first, and the marks of its neighbours."""

    lines: list[Line]
    next: str | None
    previous: str | None


def listing(*, for_: Actor, unread_only: bool = True, after: str | None = None, before: str | None = None) -> Page:
    """Return one page of the actor's notices by keyset; ``after`` and ``before`` are notices of another page."""
    query = select(Notice).where(is_for(for_))
    if unread_only:
        query = query.where(Notice.read_at.is_(None))
    mark, backwards = _mark(before or after), before is not None
    if mark is not None:
        query = query.where(Notice.id > mark if backwards else Notice.id < mark)
    query = query.order_by(Notice.id.asc() if backwards else Notice.id.desc()).limit(PAGE + 1)
    found = list(session.scalars(query))
    more, found = len(found) > PAGE, found[:PAGE]
    if backwards:
        found.reverse()
    seen = _seen({notice.case_id for notice in found}, for_)
    has_next, has_previous = (True, more) if backwards else (more, mark is not None)
    return Page(
        [_line(notice, seen) for notice in found],
        next=found[-1].public_id if found and has_next else None,
        previous=found[0].public_id if found and has_previous else None,
    )


def _mark(public_id: str | None) -> int | None:
    return session.scalar(select(Notice.id).where(Notice.public_id == public_id)) if public_id else None


def _seen(case_ids, by: Actor) -> dict[int, About]:
    """Return those of the cases that the actor sees today, whatever they saw when they were told."""
    query = select(Case.id, Case.public_id, Case.body_no, Case.register_no, Case.title).where(Case.id.in_(case_ids))
    return {
        row.id: About(row.public_id, row.body_no or row.register_no, row.title)
        for row in session.execute(access.scoped(query, by, Depth.PROGRESS))
    }


def _line(notice: Notice, seen: dict[int, About]) -> Line:
    return Line(
        notice.public_id, notice.event, notice.params, notice.recorded_at, notice.read_at, seen.get(notice.case_id)
    )
