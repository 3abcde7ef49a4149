"""Performance: what became of each duty of an effective agreement."""

from datetime import date

from sqlalchemy import CheckConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import PerformanceState
from mediation.ground.columns import (
    BigId,
    Facts,
    Fen,
    Line,
    Long,
    Name,
    PublicId,
    RecordedAt,
    Secret,
    Version,
    choice,
    refers,
)
from mediation.ground.crypto import Sealed
from mediation.ground.db import Base
from mediation.stages.agreements.models import Duty
from mediation.stages.performance.rules import Satisfaction, VisitManner


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


class ReturnVisit(Base):
    """The committee asked afterwards how an agreement is kept: whom, how, what they said (1.8, PM-15)."""

    __tablename__ = "return_visits"

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = refers("cases.id")
    agreement_id: Mapped[int] = refers("agreements.id")
    data_key: Mapped[Secret]
    on: Mapped[date]
    manner: Mapped[VisitManner] = choice(VisitManner)
    visited: Mapped[Facts]  # {"names": [...]}
    reason: Mapped[Line]
    satisfaction: Mapped[Satisfaction | None] = choice(Satisfaction)
    told_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # what they said about the performance
    signs_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # of a new conflict
    advice: Mapped[Line | None]
    visitor: Mapped[Name]
    recorded_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]

    told = Sealed()
    signs = Sealed()
