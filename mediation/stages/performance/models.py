"""Performance: what became of each duty of an effective agreement."""

from datetime import date

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import PerformanceState
from mediation.ground.columns import BigId, Fen, Line, Long, PublicId, RecordedAt, Version, choice, refers
from mediation.ground.db import Base
from mediation.stages.agreements.models import Duty


class Performance(Base):
    """One duty on its way to being performed; ``due_on`` is copied to be indexed. That it is late follows from it."""

    __tablename__ = "performances"

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = refers("cases.id")
    duty_id: Mapped[int] = refers("duties.id", unique=True, index=False)
    state: Mapped[PerformanceState] = choice(PerformanceState)
    version: Mapped[Version]
    due_on: Mapped[date | None] = mapped_column(index=True)
    amount_fen: Mapped[Fen | None]
    paid_fen: Mapped[Fen] = mapped_column(default=0)
    done_on: Mapped[date | None]
    recorded_at: Mapped[RecordedAt]

    case: Mapped[Case] = relationship(lazy="raise")
    duty: Mapped[Duty] = relationship(lazy="raise")
    receipts: Mapped[list["PerformanceReceipt"]] = relationship(
        lazy="raise", order_by="PerformanceReceipt.id",
        primaryjoin="and_(PerformanceReceipt.performance_id == Performance.id, PerformanceReceipt.void_on.is_(None))",
    )


class PerformanceReceipt(Base):
    """One payment, act, urging or waiver, with its day and proof (PM-15)."""

    __tablename__ = "performance_receipts"
    __table_args__ = (CheckConstraint("amount_fen IS NULL OR amount_fen > 0", name="amount_positive"),)

    id: Mapped[BigId]
    performance_id: Mapped[int] = refers("performances.id")
    kind: Mapped[str] = mapped_column(String(32))  # payment, act, urge, waiver, breach
    on: Mapped[date]
    amount_fen: Mapped[Fen | None]
    proof: Mapped[Line | None]
    attachment_id: Mapped[int | None] = mapped_column(Long)
    note: Mapped[Line | None]
    void_on: Mapped[date | None]  # written down by mistake, taken back
    void_reason: Mapped[Line | None]
    recorded_at: Mapped[RecordedAt]
    recorded_by_id: Mapped[int | None] = mapped_column(Long)
