"""Batches and the cases in them."""

from sqlalchemy import Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mediation.casefile.batches.rules import BatchKind, BatchState, Verdict
from mediation.ground.columns import (
    BigId,
    CentreId,
    Facts,
    Instant,
    Long,
    PublicId,
    RecordedAt,
    Version,
    choice,
    refers,
)
from mediation.ground.db import Base


class Batch(Base):
    """Several cases with which the same is to be done, and how far that is."""

    __tablename__ = "batches"
    __table_args__ = (Index("ix_batches_unit_id_id", "unit_id", "id"),)

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    unit_id: Mapped[int] = refers("units.id", index=False)
    account_id: Mapped[int] = mapped_column(Long)
    post_id: Mapped[int] = mapped_column(Long)  # in which it is done
    kind: Mapped[BatchKind] = choice(BatchKind)
    target: Mapped[Facts]  # what is to be done with each, as its stage reads it
    state: Mapped[BatchState] = choice(BatchState, default=BatchState.CHECKED)
    why_stopped: Mapped[str | None] = mapped_column(String(400))
    round: Mapped[int] = mapped_column(Integer, default=0)  # of running; names the jobs
    total: Mapped[int] = mapped_column(Integer)
    ended_at: Mapped[Instant | None]
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]


class BatchRow(Base):
    """One case of a batch."""

    __tablename__ = "batch_rows"
    __table_args__ = (
        UniqueConstraint("batch_id", "case_id", name="uq_batch_rows_batch_id_case_id"),
        Index("ix_batch_rows_batch_id_line", "batch_id", "line"),
    )

    id: Mapped[BigId]
    batch_id: Mapped[int] = refers("batches.id", index=False)
    case_id: Mapped[int] = refers("cases.id")
    line: Mapped[int] = mapped_column(Integer)
    verdict: Mapped[Verdict] = choice(Verdict)
    does: Mapped[Facts]  # what is done with this very case
    said: Mapped[Facts]  # {"where": ...}: in words, for the list
    why: Mapped[Facts]  # as ``tries.kept`` writes it
    tried_in: Mapped[int] = mapped_column(Integer, default=0)  # the round that tried it last
