"""Reading cases: one case for an actor, and lists by keyset with honest counts."""

import base64
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from typing import NamedTuple

from sqlalchemy import Date, Select, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from mediation.casefile.cases import access, counting, openings
from mediation.casefile.cases.models import Case, Party, Representative, ServiceAddress
from mediation.ground.columns import among
from mediation.ground.db import session
from mediation.ground.errors import NotFound
from mediation.ground.rereading import until_written
from mediation.ground.trail import TrailEntry
from mediation.registry.access.rules import Actor, Depth, Role
from mediation.registry.mediators.models import Mediator
from mediation.registry.people.models import Person
from mediation.registry.units.models import Unit

PAGE = 25
COUNT_UP_TO = 1000
KEPT = 128  # statements of lists that are kept put together


def get(public_id: str, *, for_: Actor, depth: Depth = Depth.CONTENTS) -> Case:
    """Return a case that the actor sees at that depth. Raises NotFound, whether it is foreign or absent (P2)."""
    return _get(Case.public_id, public_id, for_, depth)


def get_by_id(case_id: int, *, for_: Actor, depth: Depth = Depth.CONTENTS) -> Case:
    """Return a case by its row id, scoped as :func:`get`."""
    return _get(Case.id, case_id, for_, depth)


def _get(key, wanted, by: Actor, depth: Depth) -> Case:
    case = session.scalar(_one(key, by.role, depth), access.ids(by) | {"wanted": wanted})
    return _opened(case or _merged(key, wanted, by, depth), by, depth)


def _merged(key, wanted, by: Actor, depth: Depth) -> Case | None:
    """Return a case that the actor sees because they see the one it was merged into."""
    case = session.scalar(select(Case).where(key == wanted, Case.merged_into_id.is_not(None)))
    return case if case is not None and sees(case, by, depth) else None


@lru_cache
def _one(key, role: Role, depth: Depth) -> Select:
    """Return the statement of one case by its key, for anybody of a role."""
    wanted = select(Case).where(key == bindparam("wanted"))
    return access.scoped(wanted, access.anybody(role), depth, narrow=False)  # one row is found before its ties


def _opened(case: Case | None, by: Actor, depth: Depth) -> Case:
    if case is None:
        raise NotFound()
    if depth >= Depth.CONTENTS:
        openings.note(case, by)
    return case


def child(model, public_id: str, *, for_: Actor, depth: Depth = Depth.CONTENTS, parts=()):
    """Return a row that belongs to a case (``model.case_id``), together with that case, both scoped.

    ``parts`` are loaded with the row, as they are now.
    """
    values = access.ids(for_) | {"public_id": public_id}
    found = session.execute(_with_case(model, parts, for_.role, depth), values).unique().one_or_none()
    if found is not None:
        row, case = found
        return row, _opened(case, for_, depth)
    row = session.scalars(_named(model, parts), values).unique().one_or_none()
    if row is None:
        raise NotFound()
    return row, get_by_id(row.case_id, for_=for_, depth=depth)  # seen because the case went on in another, or not


@cache
def _with_case(model, parts, role: Role, depth: Depth) -> Select:
    """Return the statement of a row and its case, for anybody of a role."""
    both = _named(model, parts).add_columns(Case).join(Case, Case.id == model.case_id)
    return access.scoped(both, access.anybody(role), depth, narrow=False)  # one row is found before its ties


@cache
def _named(model, parts):
    named = select(model).where(model.public_id == bindparam("public_id")).options(*parts)
    return named.execution_options(populate_existing=bool(parts))


_PARTIES = (
    select(Party)
    .where(Party.case_id == bindparam("case_id"))
    .order_by(Party.position)
    .options(joinedload(Party.person), joinedload(Party.representatives.and_(Representative.until.is_(None))))
    .execution_options(populate_existing=True)
)


@until_written(Party, Person, Representative)
def parties_of(case_id: int) -> tuple[Party, ...]:
    """Return the parties in order, with persons and those who stand beside them now."""
    return tuple(session.scalars(_PARTIES, {"case_id": case_id}).unique())


def party(public_id: str, *, for_: Actor, depth: Depth = Depth.CONTENTS) -> Party:
    """Return one party of a case that the actor sees."""
    found, _case = child(Party, public_id, for_=for_, depth=depth)
    return found


_ADDRESSES = (
    select(ServiceAddress)
    .join(Party, Party.id == ServiceAddress.party_id)
    .where(Party.case_id == bindparam("case_id"))
    .order_by(ServiceAddress.id)
)


@until_written(ServiceAddress, Party)
def service_addresses(case_id: int) -> dict[int, ServiceAddress]:
    """Return the newest confirmed address for service of each party, by party id."""
    return {address.party_id: address for address in session.scalars(_ADDRESSES, {"case_id": case_id})}


def open_of_type(code: str, *, centre_id: int, up_to: int = COUNT_UP_TO) -> int:
    """Return how many open cases of a centre have exactly that type, counted up to one more than ``up_to``."""
    having = select(Case.id).where(Case.centre_id == centre_id, Case.type_code == code, Case.is_open)
    return session.scalar(select(func.count()).select_from(having.limit(up_to + 1).subquery()))


class Row(NamedTuple):
    """A line of a list, at PROGRESS depth: no ID number, phone, address or story."""

    id: int
    public_id: str
    register_no: str
    body_no: str | None
    title: str
    type_code: str
    stage: str
    turn: str
    turn_name: str | None
    turn_since: date | None
    due_on: date | None
    due_basis: str | None
    due_is_provisional: bool
    track: str | None
    unit_name: str | None
    mediator_name: str | None
    amount_fen: int | None
    applied_on: date
    is_open: bool
    grade: str | None
    urgency: str | None


@dataclass(frozen=True)
class Page:
    """One page of a list and the addresses of its neighbours. ``total`` above COUNT_UP_TO is shown as "1000+"."""

    rows: list
    total: int
    is_capped: bool
    next: str | None
    previous: str | None
    sort: str


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; every field stands in the list's address."""

    stages: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    track: str | None = None
    type_code: str | None = None
    unit_id: int | None = None
    mediator_id: int | None = None
    grade: str | None = None
    urgency: str | None = None
    channel: str | None = None
    point_id: int | None = None
    is_open: bool | None = None
    due_from: date | None = None
    due_before: date | None = None
    late_on: date | None = None
    applied_from: date | None = None
    applied_to: date | None = None
    area_code: str | None = None
    ids: tuple[int, ...] | None = None
    acting: bool = False  # only what the reader acts on, not what they merely see
    more: tuple = field(default=())  # further conditions that a room above adds


SORTS = {
    "newest": (Case.id.desc(),),
    "due": (Case.due_on.asc(), Case.id.asc()),
    "waiting": (Case.turn_since.asc(), Case.id.asc()),
}

_DAYS = {"due": Case.due_on, "waiting": Case.turn_since}
LISTED = {"newest": (), "due": (Case.due_on.is_not(None),), "waiting": (Case.turn_since.is_not(None), Case.is_open)}

_COLUMNS = (
    Case.id, Case.public_id, Case.register_no, Case.body_no, Case.title, Case.type_code, Case.stage, Case.turn,
    Case.turn_name, Case.turn_since, Case.due_on, Case.due_basis, Case.due_is_provisional, Case.track,
    Unit.short_name.label("unit_name"), Mediator.name.label("mediator_name"), Case.amount_fen, Case.applied_on,
    Case.is_open, Case.grade, Case.urgency,
)


def conditions(chosen: Filter):
    """Return the SQL conditions of a filter."""
    found = list(chosen.more)
    pairs = (
        (Case.track, chosen.track), (Case.lead_unit_id, chosen.unit_id), (Case.mediator_id, chosen.mediator_id),
        (Case.channel, chosen.channel), (Case.point_id, chosen.point_id), (Case.is_open, chosen.is_open),
        (Case.grade, chosen.grade), (Case.urgency, chosen.urgency),
    )
    found += [column == value for column, value in pairs if value is not None]
    if chosen.stages:
        found.append(among(Case.stage, chosen.stages))
    if chosen.turns:
        found.append(among(Case.turn, chosen.turns))
    if chosen.type_code:
        found.append(or_(Case.type_code == chosen.type_code, Case.type_code.startswith(chosen.type_code + ".")))
    if chosen.area_code:
        found.append(Case.area_code.startswith(chosen.area_code))
    if chosen.due_from:
        found.append(Case.due_on >= chosen.due_from)
    if chosen.due_before:
        found += [Case.due_on <= chosen.due_before, Case.is_open]
    if chosen.late_on:
        found += [Case.due_on < chosen.late_on, Case.is_open]
    if chosen.applied_from:
        found.append(Case.applied_on >= chosen.applied_from)
    if chosen.applied_to:
        found.append(Case.applied_on <= chosen.applied_to)
    if chosen.ids is not None:
        found.append(Case.id.in_(chosen.ids))
    return found


def listing(
    *, for_: Actor, chosen: Filter = Filter(), sort: str = "newest", after=None, before=None, size=PAGE
) -> Page:
    """Return one page of the cases that the actor sees at PROGRESS depth, by keyset in one of ``SORTS``.

    In "due" only cases with that day are listed, in "waiting" only open ones.
    """
    sort = sort if sort in SORTS else "newest"
    backwards = before is not None
    mark = _unpack(before or after, sort)
    query = _listing(for_.role, access.is_narrow(for_), chosen, sort, backwards, mark is not None, size + 1)
    found = [Row._make(row) for row in session.execute(query, access.ids(for_) | (mark or {}))]
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    is_all = not more and mark is None
    counted = len(found) if is_all else count(for_=for_, chosen=chosen, listed_by=sort)
    has_next, has_previous = (True, more) if backwards else (more, mark is not None)
    return Page(
        rows=found,
        total=min(counted, COUNT_UP_TO),
        is_capped=counted > COUNT_UP_TO,
        next=_pack(found[-1], sort) if found and has_next else None,
        previous=_pack(found[0], sort) if found and has_previous else None,
        sort=sort,
    )


@lru_cache(KEPT)
def _listing(
    role: Role, narrow: bool, chosen: Filter, sort: str, backwards: bool, is_marked: bool, size: int
) -> Select:
    """Return the statement of a page of a list, for anybody of a role."""
    query = access.scoped(select(*_COLUMNS), access.anybody(role), Depth.PROGRESS, narrow=narrow, acting=chosen.acting)
    query = query.where(*conditions(chosen), *LISTED[sort])
    query = query.outerjoin(Unit, Unit.id == Case.lead_unit_id).outerjoin(Mediator, Mediator.id == Case.mediator_id)
    if is_marked:
        query = query.where(_beyond(sort, backwards))
    order = [_reverse(key) for key in SORTS[sort]] if backwards else SORTS[sort]
    return query.order_by(*order).limit(size)


def rows_of(case_ids: list[int]) -> list[Row]:
    """Return the lines of cases whose ids came out of a scoped query, in that order."""
    if not case_ids:
        return []
    query = select(*_COLUMNS).where(Case.id.in_(case_ids))
    query = query.outerjoin(Unit, Unit.id == Case.lead_unit_id).outerjoin(Mediator, Mediator.id == Case.mediator_id)
    found = {row.id: Row._make(row) for row in session.execute(query)}
    return [found[case_id] for case_id in case_ids if case_id in found]


def count(
    *, for_: Actor, chosen: Filter = Filter(), listed_by: str = "newest", up_to: int = COUNT_UP_TO
) -> int:
    """Return how many cases a list would show, counted up to one more than ``up_to``."""
    if chosen == Filter() and listed_by == "newest" and not access.is_narrow(for_):  # the whole county, most likely
        surely = counting.surely(for_.unit_id, counting.scope_of(for_.role), up_to + 1)
        if surely > up_to:
            return up_to + 1
    return session.scalar(how_many(for_.role, access.is_narrow(for_), chosen, listed_by, up_to), access.ids(for_))


@lru_cache(KEPT)
def how_many(role: Role, narrow: bool, chosen: Filter, listed_by: str, up_to: int) -> Select:
    """Return the statement that counts a list, for anybody of a role."""
    scope = {"narrow": narrow, "acting": chosen.acting}
    inner = access.scoped(select(Case.id), access.anybody(role), Depth.PROGRESS, **scope)
    inner = inner.where(*conditions(chosen), *LISTED[listed_by]).limit(up_to + 1)
    return select(func.count()).select_from(inner.subquery())


def _beyond(sort, backwards):
    row_id = bindparam("mark_id", type_=Case.id.type)
    if sort == "newest":
        return Case.id > row_id if backwards else Case.id < row_id
    column, day = _DAYS[sort], bindparam("mark_day", type_=Date())
    # The first half is what the index can begin with.
    if backwards:
        return (column <= day) & or_(column < day, Case.id < row_id)
    return (column >= day) & or_(column > day, Case.id > row_id)


def _reverse(key):
    return key.element.desc() if key.modifier.__name__ == "asc_op" else key.element.asc()


def _pack(row: Row, sort: str) -> str:
    value = {"due": row.due_on, "waiting": row.turn_since}.get(sort)
    text = json.dumps([value.isoformat() if value else None, row.id])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _unpack(mark: str | None, sort: str) -> dict | None:
    """Return the place in a list that stands in its address, None for one that fits no such list."""
    if not mark:
        return None
    try:
        value, row_id = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
        place = {"mark_id": int(row_id)}
        return place if sort == "newest" else place | {"mark_day": date.fromisoformat(value)}
    except (ValueError, TypeError):
        return None


class Event(NamedTuple):
    """An entry of the trail about a case: what happened to what, when and by whom."""

    at: datetime
    account_id: int | None
    post_id: int | None
    event: str
    object_kind: str | None
    object_id: int | None
    params: dict


_EVENTS = (
    select(*(getattr(TrailEntry, name) for name in Event._fields))
    .where(TrailEntry.case_id == bindparam("case_id"), TrailEntry.event.not_like("step.%"))
    .order_by(TrailEntry.id)
)


def events(case_id: int) -> list[Event]:
    """Return what the trail holds about a case besides its steps, oldest first."""
    return [Event._make(row) for row in session.execute(_EVENTS, {"case_id": case_id})]


def sees(case: Case, by: Actor, depth: Depth) -> bool:
    """Say whether the actor sees a case at least that deep."""
    reach = access.depth_of(by, case)
    return reach is not None and reach >= depth
