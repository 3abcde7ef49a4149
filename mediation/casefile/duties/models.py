"""Risk duties of a case."""

from datetime import date, datetime, timedelta

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.casefile.cases.models import Case
from mediation.casefile.duties.rules import DutyKind
from mediation.ground.choices import Choice, N_
from mediation.ground.columns import BigId, Instant, Line, Long, Name, PublicId, RecordedAt, Version, choice, refers
from mediation.ground.db import Base


class RiskDutyState(Choice):
    OPEN = "open", N_("待报告")
    REPORTED = "reported", N_("已报告")
    VOID = "void", N_("已撤销")


class RiskDuty(Base):
    """A duty opened by an answer of the screening; closed only by a record of the report (PM-08, MH-02, MH-04)."""

    __tablename__ = "risk_duties"
    __table_args__ = (Index("ix_risk_duties_state_due_at", "state", "due_at"),)

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = refers("cases.id")
    kind: Mapped[DutyKind] = choice(DutyKind)
    state: Mapped[RiskDutyState] = choice(RiskDutyState, default=RiskDutyState.OPEN)
    opened_at: Mapped[Instant]
    opened_by_id: Mapped[int | None] = mapped_column(Long)
    due_at: Mapped[Instant | None]
    reported_to: Mapped[Name | None]
    reported_at: Mapped[Instant | None]
    reported_by_id: Mapped[int | None] = mapped_column(Long)
    receipt_no: Mapped[str | None] = mapped_column(String(80))
    measures: Mapped[Line | None]
    closed_on: Mapped[date | None]
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]

    case: Mapped[Case] = relationship(lazy="raise")

    @property
    def label(self) -> str:
        return self.kind.label

    @property
    def last_minute(self) -> datetime | None:
        """The last minute in time, for people: a day ends at 23:59."""
        return self.due_at - timedelta(minutes=1) if self.due_at else None

    @property
    def is_open(self) -> bool:
        return self.state == RiskDutyState.OPEN
