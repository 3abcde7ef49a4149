"""Choosing cases, looking at what would be done, letting it be done. Row 29."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from mediation.casefile.batches import deeds, queries
from mediation.casefile.batches.deeds import Look
from mediation.casefile.batches.models import Batch, BatchRow
from mediation.casefile.batches.rules import AGAIN, MOST, Bar, BatchKind, BatchState, Verdict
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.steps import Bar as StepBar
from mediation.ground import clock, trail, tries
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken, Stale, because, known
from mediation.ground.ids import new_id, new_public_id
from mediation.ground.jobs import enqueue, job
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.registry.staff import queries as staff

JOB = "batches.work"


def look_at(
    kind: str, case_public_ids: Sequence[str], *, target: Mapping[str, Any], by: Actor, on: date
) -> list[tuple[Case, Look]]:
    """Return each case with what would be done; reads only. Cases that the actor does not see are left out.

    Raises NotAllowed, RuleBroken where none or too many were chosen.
    """
    kind = known(BatchKind, kind, "kind")
    deed = deeds.of(kind)
    if by.role not in STEPS[deed.step].who:
        raise NotAllowed(deed.step)
    chosen = list(dict.fromkeys(case_public_ids))
    if not chosen:
        raise RuleBroken(because(Bar.NONE_CHOSEN))
    if len(chosen) > MOST:
        raise RuleBroken(because(Bar.TOO_MANY, most=MOST))
    found = []
    for public_id in chosen:
        try:
            case = cases.get(public_id, for_=by)
        except NotFound:
            continue
        found.append((case, deed.look(case, target, by, on)))
    return found


@once
def keep(
    kind: str, looked: Sequence[tuple[Case, Look]], *, target: Mapping[str, Any], by: Actor, on: date,
    key: str | None = None,
) -> str:
    """Keep a dry run, to be done or left; return its public id."""
    if not looked:
        raise RuleBroken(because(Bar.NONE_CHOSEN))
    batch = Batch(
        id=new_id(), public_id=new_public_id(), centre_id=by.centre_id, unit_id=by.unit_id, account_id=by.account_id,
        post_id=by.post_id, kind=known(BatchKind, kind, "kind"), target=dict(target), total=len(looked),
    )
    session.add(batch)
    session.flush()
    session.add_all(
        BatchRow(
            id=new_id(), batch_id=batch.id, case_id=case.id, line=line, does=dict(look.does),
            said={"where": look.where}, verdict=Verdict.SKIPPED if look.bars else Verdict.WILL,
            why=tries.kept(look.bars),
        )
        for line, (case, look) in enumerate(looked, 1)
    )
    session.flush()
    return batch.public_id


def run(public_id: str, *, by: Actor, version: int) -> str:
    """Let a batch be done in the background; once more tries what did not succeed.

    A batch that runs already, or was touched meanwhile, is Stale: a second click does nothing twice.
    """
    batch = queries.get(public_id, for_=by)
    if batch.version != version or batch.state == BatchState.RUNNING:
        raise Stale()
    if not queries.rows_of(batch, AGAIN):
        raise RuleBroken(because(Bar.NOTHING_TO_DO))
    batch.state, batch.why_stopped, batch.ended_at = BatchState.RUNNING, None, None
    batch.target = {**batch.target, "asked_on": clock.today().isoformat()}
    batch.round += 1
    batch.version += 1
    trail.record("batch.run", by=by, about=batch, params={"kind": batch.kind, "cases": batch.total})
    _ask(batch, 0)
    return batch.public_id


def start(kind: str, looked: Sequence[tuple[Case, Look]], *, by: Actor, on: date) -> str:
    """Keep a batch and let it be done at once, for what needs no second look; return its public id."""
    made = keep(kind, looked, target={}, by=by, on=on)
    return run(made, by=by, version=queries.get(made, for_=by).version)


def stop(public_id: str, *, by: Actor) -> None:
    """Stop after the case in hand; what is done stays done."""
    batch = queries.get(public_id, for_=by)
    if batch.state == BatchState.RUNNING:
        batch.state = BatchState.STOPPED
        batch.version += 1


def _ask(batch: Batch, last: int) -> None:
    enqueue(JOB, f"batch/{batch.id}/{batch.round}/{last}", batch_id=batch.id, round_=batch.round)


@job(JOB)
def work(batch_id: int, round_: int) -> None:
    """Do the next slice of a batch and ask for the one after it; each case in a transaction of its own."""
    batch = session.get(Batch, batch_id)
    if batch is None or batch.round != round_ or batch.state != BatchState.RUNNING:
        return
    by = staff.actor_of(batch.post_id, account_id=batch.account_id, on=clock.today())
    if by is None or by.unit_id != batch.unit_id:
        _end(batch_id, BatchState.STOPPED, Bar.POST_ENDED.label)
        return
    wanted = select(BatchRow.id).where(
        BatchRow.batch_id == batch_id, BatchRow.verdict.in_(AGAIN), BatchRow.tried_in < round_
    )
    ids = list(session.scalars(wanted.order_by(BatchRow.line).limit(tries.SLICE)))
    for row_id in ids:
        if not _do(row_id, round_, by):
            return  # stopped by hand
    if len(ids) < tries.SLICE:
        _end(batch_id, BatchState.DONE)
        return
    with transaction():
        _ask(session.get_one(Batch, batch_id), ids[-1])


def _do(row_id: int, round_: int, by: Actor) -> bool:
    """Do one case; what bars it is written on its row. Return False when the batch was stopped."""

    def put_down(bars, is_fault):
        row = session.get_one(BatchRow, row_id)
        row.verdict, row.why, row.tried_in = Verdict.FAILED if is_fault else Verdict.BARRED, tries.kept(bars), round_
        return True

    return tries.attempt(
        lambda: _do_row(row_id, round_, by), put_down, unsaid=because(StepBar.NOT_YOURS), broke=because(Bar.NOT_SAVED)
    )


def _do_row(row_id: int, round_: int, by: Actor) -> bool:
    row = session.get_one(BatchRow, row_id, populate_existing=True)
    batch = session.get_one(Batch, row.batch_id, populate_existing=True)
    if batch.round != round_ or batch.state != BatchState.RUNNING:
        return False
    row.tried_in = round_
    if row.verdict in AGAIN:
        case, deed = session.get_one(Case, row.case_id), deeds.of(batch.kind)
        on = date.fromisoformat(batch.target["asked_on"]) if deed.on_asking else clock.today()
        deed.do(case.public_id, row.does, by, on, f"batch.{row.id}")
        row.verdict, row.why = Verdict.DONE, {}
    return True


def _end(batch_id: int, state: BatchState, why: str | None = None) -> None:
    with transaction():
        batch = session.get_one(Batch, batch_id)
        batch.state, batch.why_stopped, batch.ended_at = state, why, clock.now()
        batch.version += 1
