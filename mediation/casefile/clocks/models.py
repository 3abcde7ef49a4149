"""Clocks on cases."""

from datetime import date

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.ground.columns import BigId, Line, Long, PublicId, RecordedAt, Version, refers
from mediation.ground.db import Base

RUNNING = text("stopped_on IS NULL")


class Clock(Base):
    """One period: its rule, its dated figure, its start. ``due_on`` is computed and kept only to be indexed."""

    __tablename__ = "clocks"
    __table_args__ = (
        Index("ix_clocks_case_id_stopped_on", "case_id", "stopped_on"),
        Index("ix_clocks_due_on_running", "due_on", sqlite_where=RUNNING, postgresql_where=RUNNING),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = refers("cases.id", index=False)
    basis: Mapped[str] = mapped_column(String(40))  # key of the settings: PM-18, JM-02.commissioned
    label: Mapped[str] = mapped_column(String(60))  # what it measures, as pages call it
    object_kind: Mapped[str | None] = mapped_column(String(32))
    object_id: Mapped[int | None] = mapped_column(Long)
    amount: Mapped[int]
    unit: Mapped[str] = mapped_column(String(16))  # days, working_days, months, years, hours
    started_on: Mapped[date]
    extended_to: Mapped[date | None]
    extension_paper: Mapped[Line | None]
    stopped_on: Mapped[date | None]
    stopped_mark: Mapped[int | None] = mapped_column(Long)  # when that was written, in the order of ids
    due_on: Mapped[date]
    is_provisional: Mapped[bool] = mapped_column(default=False)
    counts_for_case: Mapped[bool] = mapped_column(default=True)  # False: informational, never the case's nearest day
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]

    # asked for where a last day is worked out, and hardly ever there
    suspensions: Mapped[list["Suspension"]] = relationship(lazy="select", order_by="Suspension.from_on")


class Suspension(Base):
    """An interval that a clock does not count, with its paper (JM-03)."""

    __tablename__ = "suspensions"

    id: Mapped[BigId]
    clock_id: Mapped[int] = refers("clocks.id")
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    reason: Mapped[Line]
    recorded_at: Mapped[RecordedAt]
