"""Closings, archive numbers, and who has borrowed a file."""

from datetime import date

from sqlalchemy import Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground.columns import BigId, CentreId, Facts, Line, Long, Name, PublicId, RecordedAt, plain_text, refers
from mediation.ground.db import Base

OUT = text("back_on IS NULL")


class Closing(Base):
    """How a case was closed; reopening keeps the row and says why."""

    __tablename__ = "closings"
    __table_args__ = (
        Index("ix_closings_archived", "archive_unit_id", "archive_year", "archive_serial"),
        Index("ix_closings_archive_no", "archive_no"),
    )

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
    archive_no: Mapped[str | None] = mapped_column(plain_text(60))
    archive_unit_id: Mapped[int | None] = refers("units.id", index=False, nullable=True)  # whose shelves it lies on
    archive_year: Mapped[int | None] = mapped_column(Integer)
    archive_serial: Mapped[int | None] = mapped_column(Integer)
    shelf_no: Mapped[str | None] = mapped_column(String(60))
    excused: Mapped[Facts | None]  # what the dossier lacks, and why: {item: reason}
    retention: Mapped[str | None] = mapped_column(String(32))
    review_on: Mapped[date | None]
    reopened_on: Mapped[date | None]
    reopen_reason: Mapped[Line | None]
    recorded_at: Mapped[RecordedAt]


class Borrowing(Base):
    """One time that a file left its shelf: who took it, what for, until when, when it came back."""

    __tablename__ = "borrowings"
    __table_args__ = (
        Index("ix_borrowings_out", "centre_id", "due_on", "id", sqlite_where=OUT, postgresql_where=OUT),
        Index("uq_borrowings_case_out", "case_id", unique=True, sqlite_where=OUT, postgresql_where=OUT),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    case_id: Mapped[int] = refers("cases.id")
    borrower: Mapped[Name]
    borrower_unit: Mapped[Name]
    purpose: Mapped[Line]
    lent_on: Mapped[date]
    due_on: Mapped[date]
    lent_by_id: Mapped[int | None] = mapped_column(Long)
    back_on: Mapped[date | None]
    back_note: Mapped[Line | None]
    taken_back_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]
