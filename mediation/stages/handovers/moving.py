"""The work behind a hand-over: each case moves, or moves back, in a transaction of its own; what cannot says why."""

from sqlalchemy import exists, select

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.ground import clock, jobs, tries
from mediation.ground.db import session, transaction
from mediation.ground.errors import RuleBroken, because
from mediation.registry.access.rules import Actor
from mediation.registry.mediators.models import Mediator
from mediation.registry.staff import queries as staff
from mediation.stages.handovers import planning
from mediation.stages.handovers.models import Handover, HandoverRow
from mediation.stages.handovers.operations import JOB
from mediation.stages.handovers.rules import Bar, HandoverState, RowState
from mediation.stages.proceedings import appointment
from mediation.stages.proceedings import queries as proceedings
from mediation.stages.proceedings.models import Proceeding, ProceedingMediator, Session

FROM = {HandoverState.RUNNING: RowState.WAITING, HandoverState.UNDOING: RowState.MOVED}
OVER = {HandoverState.RUNNING: HandoverState.DONE, HandoverState.UNDOING: HandoverState.UNDONE}
STAYED = {HandoverState.RUNNING: RowState.REFUSED, HandoverState.UNDOING: RowState.STAYS}


@jobs.job(JOB)
def work(order_id: int, round_: int) -> None:
    """Move the next cases of an order and ask for those after them. Opens transactions of its own."""
    order = session.get(Handover, order_id)
    if order is None or order.state not in FROM:
        return
    state = order.state
    waiting = select(HandoverRow.id).where(HandoverRow.handover_id == order_id, HandoverRow.state == FROM[state])
    rows = list(session.scalars(waiting.order_by(HandoverRow.id).limit(tries.SLICE)))
    session.rollback()
    for row_id in rows:
        _one(row_id, state)
    with transaction():
        order = session.get_one(Handover, order_id)
        if session.scalar(waiting.limit(1)) is not None:
            jobs.enqueue(JOB, f"{JOB}/{order_id}/{round_}/{max(rows)}", order_id=order_id, round_=round_)
        elif order.state is state:
            order.state, order.ended_at = OVER[state], clock.now()
            order.version += 1


def _one(row_id: int, state: HandoverState) -> None:

    def put_down(bars, _is_fault):
        row = session.get_one(HandoverRow, row_id)
        row.state, row.reasons = STAYED[state], tries.kept(bars)

    tries.attempt(
        lambda: _do(row_id, state), put_down, unsaid=because(Bar.NO_POST), broke=because(Bar.NOT_SAVED)
    )


def _do(row_id: int, state: HandoverState) -> None:
    row = session.get_one(HandoverRow, row_id)
    by = _actor(row)
    if state is HandoverState.RUNNING:
        _move(row, by)
    else:
        _move_back(row, by)


def _actor(row: HandoverRow) -> Actor:
    order = session.get_one(Handover, row.handover_id)
    by = staff.actor_of(order.post_id, account_id=order.account_id, on=clock.today())
    if by is None:
        raise RuleBroken(because(Bar.NO_POST))
    return by


def _move(row: HandoverRow, by: Actor) -> None:
    order = session.get_one(Handover, row.handover_id)
    today = clock.today()
    line, _giver = planning.check_again(row, by=by, on=today)
    if line.bars:
        raise RuleBroken(*line.bars)
    case = cases.get_by_id(row.case_id, for_=by)
    row.place_id = line.work.place.id
    row.step = appointment.pass_on(
        line.work.place, line.work.proceeding, case, line.to.mediator, by=by, on=today, why=order.why
    )
    row.state, row.moved_at = RowState.MOVED, clock.now()
    session.flush()


def _move_back(row: HandoverRow, by: Actor) -> None:
    """Give a case back while the receiver is still on it and has not met the parties."""
    order = session.get_one(Handover, row.handover_id)
    case: Case = cases.get_by_id(row.case_id, for_=by)
    proceeding = session.get_one(Proceeding, row.proceeding_id)
    receiver = session.get_one(Mediator, row.to_id)
    on_it = {place.mediator_id for place in proceedings.mediators_on(proceeding.id)}
    if row.to_id not in on_it:
        raise RuleBroken(because(Bar.GONE, who=receiver.name))
    met = select(exists().where(Session.proceeding_id == proceeding.id, Session.recorded_at > row.moved_at))
    if session.scalar(met):
        raise RuleBroken(because(Bar.HAS_MET, who=receiver.name))
    place = session.get_one(ProceedingMediator, row.place_id)
    session.refresh(place, ["mediator"])
    appointment.take_back(
        place, proceeding, case, step=row.step, by=by, on=clock.today(), why=order.why
    )
    row.state = RowState.RETURNED
    session.flush()
