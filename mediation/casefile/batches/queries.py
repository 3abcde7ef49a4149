"""Reading batches: one with its cases, those of a unit."""

from collections.abc import Sequence

from sqlalchemy import func, select

from mediation.casefile.batches.models import Batch, BatchRow
from mediation.casefile.batches.rules import BatchKind, BatchState, Verdict
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.queries import Filter
from mediation.ground.db import session
from mediation.ground.errors import NotFound
from mediation.registry.access.rules import Actor


def get(public_id: str, *, for_: Actor) -> Batch:
    """Return a batch of the actor's unit. Raises NotFound."""
    query = select(Batch).where(
        Batch.public_id == public_id, Batch.centre_id == for_.centre_id, Batch.unit_id == for_.unit_id
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound()
    return found


def rows_of(batch: Batch, verdicts: Sequence[Verdict] = tuple(Verdict)) -> list[BatchRow]:
    """Return the rows of a batch with one of some verdicts, by line."""
    query = select(BatchRow).where(BatchRow.batch_id == batch.id, BatchRow.verdict.in_(verdicts))
    return list(session.scalars(query.order_by(BatchRow.line)))


def listed(batch: Batch, *, for_: Actor) -> list[tuple[BatchRow, cases.Row | None]]:
    """Return the rows of a batch, each with its case as lists show it; None for one that the actor sees no more."""
    rows = rows_of(batch)
    ids = tuple(row.case_id for row in rows)
    page = cases.listing(for_=for_, chosen=Filter(ids=ids), size=max(len(ids), 1))
    known = {row.id: row for row in page.rows}
    return [(row, known.get(row.case_id)) for row in rows]


def counts(batch: Batch) -> dict[Verdict, int]:
    """Return how many cases of a batch have which verdict."""
    query = select(BatchRow.verdict, func.count()).where(BatchRow.batch_id == batch.id).group_by(BatchRow.verdict)
    return {verdict: count for verdict, count in session.execute(query)}


def tried(batch: Batch) -> int:
    """Return how many cases the present round has tried."""
    query = select(func.count()).select_from(BatchRow)
    return session.scalar(query.where(BatchRow.batch_id == batch.id, BatchRow.tried_in == batch.round))


def newest(kind: BatchKind, *, for_: Actor, limit: int = 10) -> list[Batch]:
    """Return the last batches of the actor's unit."""
    query = select(Batch).where(Batch.unit_id == for_.unit_id, Batch.kind == kind)
    return list(session.scalars(query.order_by(Batch.id.desc()).limit(limit)))


def is_busy(batch: Batch) -> bool:
    return batch.state == BatchState.RUNNING
