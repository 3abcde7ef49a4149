"""Imported years. The newest import of a year is the one that counts; older ones stay as they were."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground.columns import BigId, Line, Long, Name, RecordedAt, refers
from mediation.ground.db import Base


class CalendarYear(Base):
    """One import of one year's notice, for one centre or, without a centre, for the whole installation."""

    __tablename__ = "calendar_years"

    id: Mapped[BigId]
    centre_id: Mapped[int | None] = refers("centres.id", nullable=True)
    year: Mapped[int]
    source: Mapped[Line]  # number or address of the notice
    imported_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]


class CalendarDay(Base):
    """A day that the notice sets apart."""

    __tablename__ = "calendar_days"
    __table_args__ = (UniqueConstraint("calendar_year_id", "date"),)

    id: Mapped[BigId]
    calendar_year_id: Mapped[int] = refers("calendar_years.id", index=False)
    date: Mapped[date]
    is_workday: Mapped[bool]
    name: Mapped[Name]
