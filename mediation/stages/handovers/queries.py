"""Reading hand-overs: one, what became of each case, the last of somebody."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from mediation.casefile.cases import access
from mediation.casefile.cases.models import Case
from mediation.ground.db import session
from mediation.ground.errors import NotFound
from mediation.registry.access.rules import Actor, Depth, Role
from mediation.registry.mediators.models import Mediator
from mediation.stages.handovers.models import Handover, HandoverRow
from mediation.stages.handovers.rules import RowState


def get(public_id: str, *, for_: Actor) -> Handover:
    """Return a hand-over of the actor's own unit, with the giver. Raises NotFound."""
    query = select(Handover).where(
        Handover.public_id == public_id, Handover.centre_id == for_.centre_id, Handover.unit_id == for_.unit_id
    )
    found = session.scalar(query.options(joinedload(Handover.giver)))
    if found is None or for_.role is not Role.HEAD:
        raise NotFound()
    return found


def rows_of(order: Handover, *, by: Actor) -> list[tuple[HandoverRow, Case | None]]:
    """Return what became of each case, with the receivers, in the order of the screen; None for one seen no more."""
    query = (
        select(HandoverRow, Case).join(Case, Case.id == HandoverRow.case_id)
        .where(HandoverRow.handover_id == order.id).options(joinedload(HandoverRow.receiver)).order_by(HandoverRow.id)
    )
    rows = session.execute(query).all()
    seen = set(session.scalars(
        access.scoped(select(Case.id), by, Depth.PROGRESS).where(Case.id.in_([case.id for _row, case in rows]))
    ))
    return [(row, case if case.id in seen else None) for row, case in rows]


def counts(order: Handover) -> dict[RowState, int]:
    """Return how many rows are how far."""
    found = dict.fromkeys(RowState, 0)
    for state in session.scalars(select(HandoverRow.state).where(HandoverRow.handover_id == order.id)):
        found[state] += 1
    return found


def latest_of(giver: Mediator, *, by: Actor) -> list[Handover]:
    """Return the last hand-overs of somebody's work by the actor's unit, the newest first."""
    query = select(Handover).where(Handover.from_id == giver.id, Handover.unit_id == by.unit_id)
    return list(session.scalars(query.order_by(Handover.recorded_at.desc()).limit(5)))
