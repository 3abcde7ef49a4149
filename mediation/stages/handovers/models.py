"""Open work that is handed over: what was chosen, what became of each case, and how to give it back."""

from datetime import date

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.ground.columns import (
    BigId,
    CentreId,
    Facts,
    Instant,
    Line,
    Long,
    Name,
    PublicId,
    RecordedAt,
    Version,
    choice,
    refers,
)
from mediation.ground.db import Base
from mediation.registry.mediators.models import Mediator
from mediation.stages.handovers.rules import HandoverState, RowState


class Handover(Base):
    """One handing over of a mediator's open work, by the head who chose (row 41)."""

    __tablename__ = "handovers"
    __table_args__ = (Index("ix_handovers_from_id_recorded_at", "from_id", "recorded_at"),)

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    from_id: Mapped[int] = refers("mediators.id", index=False)
    state: Mapped[HandoverState] = choice(HandoverState)
    on: Mapped[date]
    why: Mapped[Line]
    total: Mapped[int] = mapped_column(Integer)
    account_id: Mapped[int] = mapped_column(Long)
    post_id: Mapped[int] = mapped_column(Long)
    unit_id: Mapped[int] = refers("units.id")
    by_name: Mapped[Name]
    recorded_at: Mapped[RecordedAt]
    ended_at: Mapped[Instant | None]
    version: Mapped[Version]

    giver: Mapped[Mediator] = relationship(lazy="raise", foreign_keys=[from_id])


class HandoverRow(Base):
    """One case of a handing over: to whom, and what became of it."""

    __tablename__ = "handover_rows"
    __table_args__ = (Index("ix_handover_rows_handover_id_state", "handover_id", "state", "id"),)

    id: Mapped[BigId]
    handover_id: Mapped[int] = refers("handovers.id", index=False)
    case_id: Mapped[int] = refers("cases.id")
    proceeding_id: Mapped[int] = refers("proceedings.id")
    to_id: Mapped[int] = refers("mediators.id")
    state: Mapped[RowState] = choice(RowState)
    reasons: Mapped[Facts]  # why it stayed, as ``tries.kept`` writes it
    place_id: Mapped[int | None] = mapped_column(Long)  # the place on the proceeding that was given up
    step: Mapped[str | None] = mapped_column(String(64))  # the step by which it moved
    moved_at: Mapped[Instant | None]

    receiver: Mapped[Mediator] = relationship(lazy="raise", foreign_keys=[to_id])
