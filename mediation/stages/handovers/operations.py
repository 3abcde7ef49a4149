"""Ordering that cases move, and that they move back; the moving is done afterwards (``moving.py``)."""

from collections.abc import Mapping
from datetime import date, timedelta

from mediation.ground import clock, jobs, trail
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid, Obstacle, RuleBroken, Stale, because
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.registry.settings import queries as settings
from mediation.stages.handovers import planning, queries
from mediation.stages.handovers.models import Handover, HandoverRow
from mediation.stages.handovers.rules import Bar, HandoverState, RowState

JOB = "handover.move"

@once
def begin(
    mediator_public_id: str, *, by: Actor, on: date, key: str | None = None, wishes: Mapping[str, str], why: str
) -> str:
    """Order the moving of cases, each to whom it is given; what cannot go stays and says why. Returns the public id.

    ``wishes`` as for :func:`planning.plan`. Raises Invalid without a reason or without anything that can move.
    """
    found = planning.plan(mediator_public_id, by=by, on=on, wishes=wishes)
    chosen = [line for line in found.lines if line.to is not None]
    if not why.strip():
        raise Invalid(why=N_("请写明理由"))
    if not any(not line.bars for line in chosen):
        bars: list[Obstacle] = []
        for bar in (bar for line in chosen for bar in line.bars):
            bars += [] if bar in bars else [bar]
        raise RuleBroken(*(bars or [because(Bar.NOBODY)]))
    order = Handover(
        id=new_id(), centre_id=by.centre_id, from_id=found.giver.id, state=HandoverState.RUNNING, on=on,
        why=why.strip(), total=len(chosen), account_id=by.account_id, post_id=by.post_id, unit_id=by.unit_id,
        by_name=by.name,
    )
    session.add(order)
    session.flush()
    session.add_all(
        HandoverRow(
            id=new_id(), handover_id=order.id, case_id=line.work.case.id, proceeding_id=line.work.proceeding.id,
            to_id=line.to.mediator.id, state=RowState.WAITING, place_id=line.work.place.id,
        )
        for line in chosen
    )
    session.flush()
    trail.record("handover.begun", by=by, about=order, params={"from": found.giver.name, "cases": len(chosen)})
    jobs.enqueue(JOB, f"{JOB}/{order.id}/1", order_id=order.id, round_=1)
    return order.public_id


def undo(order_public_id: str, *, by: Actor, on: date, version: int) -> None:
    """Order the moving back of everything that moved. Raises RuleBroken when it is too late, Stale, NotFound."""
    order = queries.get(order_public_id, for_=by)
    if order.version != version or order.state is not HandoverState.DONE:
        raise Stale()
    days = settings.days("handover.undo", on=on, centre_id=order.centre_id).amount
    if on > clock.day_of(order.recorded_at) + timedelta(days=days):
        raise RuleBroken(because(Bar.TOO_LATE, days=days))
    order.state, order.ended_at = HandoverState.UNDOING, None
    order.version += 1
    order.post_id, order.account_id = by.post_id, by.account_id
    session.flush()
    trail.record("handover.undone", by=by, about=order)
    jobs.enqueue(JOB, f"{JOB}/{order.id}/{order.version}", order_id=order.id, round_=order.version)
