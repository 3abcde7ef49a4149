"""What lies at a desk at the end of a shift or a day, and hand-overs that are still to be read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from mediation.casefile.cases import access, drafts
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.queries import Filter
from mediation.casefile.cases.rules import Stage, TransferState, Turn
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import NotFound
from mediation.ground.steps import StepTaken
from mediation.registry.access.rules import Actor, Depth, Role
from mediation.registry.units.models import Unit
from mediation.stages.contacts import queries as contacts
from mediation.stages.routing.models import Transfer
from mediation.stages.shifts.models import Handover, HandoverLine, HandoverRead
from mediation.stages.shifts.rules import Kind

DESKS = frozenset({Role.INTAKE_CLERK, Role.DISPATCHER, Role.LIAISON})  # who hands a desk over at the end of a shift
UNREAD_FOR = timedelta(days=14)  # what nobody looked at for so long says nothing about today
EACH = 20
COUNT_UP_TO = 1000
INTAKE_DRAFT = "intake"
TURNS = {
    Role.INTAKE_CLERK: (Turn.CLERK,), Role.DISPATCHER: (Turn.DISPATCHER, Turn.NOBODY), Role.LIAISON: (Turn.LIAISON,),
    Role.HEAD: (Turn.UNIT,), Role.MEDIATOR: (Turn.MEDIATOR,),
}


@dataclass(frozen=True)
class Item:
    """A case that lies at the desk, at PROGRESS, and what is known of it."""

    case_id: int
    public_id: str
    number: str
    title: str
    since: date | None = None
    due_on: date | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Part:
    """One list: some of its cases, and how many there are in all, counted up to COUNT_UP_TO and one more."""

    kind: str
    items: list[Item]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.items)


def open_now(by: Actor, *, each: int = EACH) -> list[Part]:
    """Return what is open at the actor's desk: calls promised, cases given back, waiting for an answer, to be done."""
    mine = Filter(turns=TURNS.get(by.role, ()), is_open=True, acting=True)
    return [
        _promised(by, each), _given_back(by, each), _unanswered(by, each),
        _listed(Kind.OPEN, cases.listing(for_=by, chosen=mine, sort="waiting", size=each), by, mine, "waiting"),
    ]


def draft_of(by: Actor) -> datetime | None:
    """Return when the actor's own unfinished registration was kept, None where there is none."""
    found = drafts.load(INTAKE_DRAFT, by=by)
    return found[1] if found and any(value for _name, value in found[0]) else None


def late(by: Actor, *, each: int = EACH) -> Part:
    """Return the cases of the desk whose last day is over, the latest first."""
    chosen = Filter(late_on=clock.today(), acting=True)
    return _listed(Kind.LATE, cases.listing(for_=by, chosen=chosen, sort="due", size=each), by, chosen, "due")


def _listed(kind, page, by, chosen, sort) -> Part:
    items = [
        Item(each.id, each.public_id, each.body_no or each.register_no, each.title, each.turn_since, each.due_on,
             each.unit_name)
        for each in page.rows
    ]
    return Part(kind, items, cases.count(for_=by, chosen=chosen, listed_by=sort) if page.next else len(items))


def _promised(by: Actor, each: int) -> Part:
    """Calls that were promised and not made, each with its case."""
    found = contacts.promised(for_=by, size=each + 1)
    items = [
        Item(case.id, case.public_id, case.body_no or case.register_no, case.title, due_on=call.call_back_on)
        for call, case in found[:each]
    ]
    return Part(Kind.CALL, items, contacts.promised_count(for_=by) if len(found) > each else len(items))


def _given_back(by: Actor, each: int) -> Part:
    """Cases that a unit gave back and nobody has sent on."""
    back = exists().where(Transfer.case_id == Case.id, Transfer.state == TransferState.REJECTED)
    return _part(Kind.BACK, _cases(Case.turn_since).where(Case.stage == Stage.SCREENED, back), by, each)


def _unanswered(by: Actor, each: int) -> Part:
    """Cases that were sent to a unit and not yet received or given back."""
    query = _cases(Transfer.answer_due_on).join(Transfer, Transfer.case_id == Case.id)
    waits = (Case.stage == Stage.ROUTED, Transfer.state == TransferState.SENT)
    return _part(Kind.UNANSWERED, query.where(*waits), by, each)


def _cases(day):
    columns = Case.id, Case.public_id, func.coalesce(Case.body_no, Case.register_no), Case.title, Case.turn_since, day
    query = select(*columns, Unit.short_name).outerjoin(Unit, Unit.id == Case.lead_unit_id)
    return query.order_by(Case.id)


def _part(kind, query, by: Actor, each: int) -> Part:
    """Return a list by its query over cases, with what else there is counted; scoped to what the actor acts on."""
    query = access.scoped(query, by, Depth.PROGRESS, acting=True)
    items = [Item(*row) for row in session.execute(query.limit(each + 1))]
    if len(items) <= each:
        return Part(kind, items, len(items))
    counted = select(func.count()).select_from(query.order_by(None).limit(COUNT_UP_TO + 1).subquery())
    return Part(kind, items[:each], session.scalar(counted))


# --- a day ---

STEPS_OF_DAY = {
    Role.HEAD: ("transfer.receive", "proceeding.accept", "case.close"),
    Role.MEDIATOR: ("proceeding.take_on", "proceeding.hold_session", "proceeding.end"),
}
AT_A_DESK = ("case.register", "case.route")


def done_on(by: Actor, day: date, *, own: bool = False, each: int = EACH) -> list[Part]:
    """Return what was done on a day at the actor's unit, or with ``own`` by themselves: one list for each step.

    At a desk what was taken in and what was handed over; of a body what it received, accepted, closed.
    """
    found, is_own = [], own or by.role == Role.MEDIATOR
    for step in STEPS_OF_DAY.get(by.role, AT_A_DESK):
        query = _cases(Case.due_on).join(StepTaken, StepTaken.case_id == Case.id)
        mine = StepTaken.account_id == by.account_id if is_own else StepTaken.unit_id == by.unit_id
        query = query.where(StepTaken.step == step, StepTaken.on == day, mine)
        found.append(_seen(step, query, by, each))
    return found


def _seen(step: str, query, by: Actor, each: int) -> Part:
    query = access.scoped(query, by, Depth.PROGRESS, narrow=False).distinct()
    items = [Item(*row) for row in session.execute(query.limit(each + 1))]
    if len(items) <= each:
        return Part(step, items, len(items))
    counted = select(func.count()).select_from(query.order_by(None).limit(COUNT_UP_TO + 1).subquery())
    return Part(step, items[:each], session.scalar(counted))


# --- hand-overs ---

_WHOLE = (
    selectinload(Handover.lines).options(joinedload(HandoverLine.case)), selectinload(Handover.reads),
)


def get(public_id: str, *, for_: Actor) -> Handover:
    """Return a hand-over of the actor's desk with its lines and who read it. Raises NotFound."""
    query = select(Handover).where(
        Handover.public_id == public_id, Handover.unit_id == for_.unit_id, Handover.role == for_.role
    )
    found = session.scalars(query.options(*_WHOLE)).one_or_none()
    if found is None:
        raise NotFound()
    return found


def unread(by: Actor) -> list[Handover]:
    """Return what earlier shifts of the actor's desk left and the actor has not read, the newest first."""
    if by.role not in DESKS:
        return []
    read = exists().where(HandoverRead.handover_id == Handover.id, HandoverRead.account_id == by.account_id)
    query = select(Handover).where(
        Handover.unit_id == by.unit_id, Handover.role == by.role, Handover.account_id != by.account_id,
        Handover.written_at > clock.now() - UNREAD_FOR, ~read,
    )
    return list(session.scalars(query.order_by(Handover.id.desc()).limit(5)))


def newest(by: Actor, *, after: str | None = None, size: int = 20) -> tuple[Sequence[Handover], str | None]:
    """Return a page of the hand-overs of the actor's desk, the newest first, and the mark of the next page."""
    query = select(Handover).where(Handover.unit_id == by.unit_id, Handover.role == by.role)
    if after:
        mark = session.scalar(select(Handover.id).where(Handover.public_id == after))
        query = query.where(Handover.id < (mark or 0))
    query = query.order_by(Handover.id.desc()).options(selectinload(Handover.reads)).limit(size + 1)
    found = list(session.scalars(query))
    return found[:size], found[size - 1].public_id if len(found) > size else None


def seen_cases(handover: Handover, by: Actor) -> set[int]:
    """Return which cases of a hand-over the actor sees today, by row id."""
    ids = [line.case_id for line in handover.lines if line.case_id]
    query = access.scoped(select(Case.id).where(Case.id.in_(ids)), by, Depth.PROGRESS, narrow=False)
    return set(session.scalars(query)) if ids else set()


def cases_by_public_id(refs: Iterable[str], by: Actor) -> dict[str, int]:
    """Return the row ids of those cases that the actor sees, by public id."""
    wanted = list(refs)
    query = select(Case.public_id, Case.id).where(Case.public_id.in_(wanted))
    return dict(session.execute(access.scoped(query, by, Depth.PROGRESS, narrow=False)).all()) if wanted else {}
