"""Closings and archive numbers."""

from datetime import date

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground.columns import BigId, Facts, Line, Long, PublicId, RecordedAt, refers
from mediation.ground.db import Base


class Closing(Base):
    """How a case was closed; reopening keeps the row and says why."""

    __tablename__ = "closings"

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = refers("cases.id")
    outcome: Mapped[str] = mapped_column(String(32))
    grade: Mapped[str | None] = mapped_column(String(32))
    note: Mapped[Line | None]
    feedback: Mapped[Facts]
    closed_on: Mapped[date]
    closed_by_id: Mapped[int | None] = mapped_column(Long)
    archived_on: Mapped[date | None]
    archive_no: Mapped[str | None] = mapped_column(String(60))
    archive_year: Mapped[int | None] = mapped_column(Integer)
    retention: Mapped[str | None] = mapped_column(String(32))
    review_on: Mapped[date | None]
    reopened_on: Mapped[date | None]
    reopen_reason: Mapped[Line | None]
    recorded_at: Mapped[RecordedAt]
