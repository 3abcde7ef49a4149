"""Settings that an installation made its own."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground.columns import (
    BigId,
    CentreId,
    Facts,
    Instant,
    Json,
    Line,
    Long,
    PublicId,
    RecordedAt,
    Version,
    choice,
    refers,
)
from mediation.ground.db import Base
from mediation.registry.settings.draftrules import DraftState
from mediation.registry.settings.rules import Kind


class SettingRow(Base):
    """One dated value for an area, a centre or a unit; without any of them it holds everywhere.

    A row is closed when a later one follows it, and never changed otherwise.
    """

    __tablename__ = "settings_rows"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
        CheckConstraint("unit_id IS NULL OR centre_id IS NOT NULL", name="unit_of_a_centre"),
        Index("ix_settings_rows_kind_key", "kind", "key"),
    )

    id: Mapped[BigId]
    kind: Mapped[Kind] = choice(Kind)
    key: Mapped[str] = mapped_column(String(60))
    value: Mapped[Any] = mapped_column(Json)
    area_code: Mapped[str | None] = mapped_column(String(12))
    centre_id: Mapped[int | None] = refers("centres.id", nullable=True)
    unit_id: Mapped[int | None] = mapped_column(Long)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    source: Mapped[Line]
    reason: Mapped[Line]
    set_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]


class SettingDraft(Base):
    """A value that is to hold from a day on, kept with what it was tried on, until somebody publishes or drops it."""

    __tablename__ = "setting_drafts"
    __table_args__ = (Index("ix_setting_drafts_centre_id_state", "centre_id", "state", "id"),)

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    kind: Mapped[Kind] = choice(Kind)
    key: Mapped[str] = mapped_column(String(60))
    value: Mapped[Any] = mapped_column(Json)
    before: Mapped[Any] = mapped_column(Json)  # [what held there when it was tried], [] where nothing did
    unit_id: Mapped[int | None] = mapped_column(Long)
    area_code: Mapped[str | None] = mapped_column(String(12))
    valid_from: Mapped[date]
    source: Mapped[Line]
    reason: Mapped[Line]
    state: Mapped[DraftState] = choice(DraftState, default=DraftState.OPEN)
    drafted_by_id: Mapped[int] = mapped_column(Long)
    drafted_on: Mapped[date]
    rehearsal: Mapped[Facts]  # as ``oversight.rehearsal.keeping`` writes it
    rehearsed_at: Mapped[Instant]
    decided_by_id: Mapped[int | None] = mapped_column(Long)
    decided_on: Mapped[date | None]
    row_id: Mapped[int | None] = mapped_column(Long)  # the value that it became
    version: Mapped[Version]
    recorded_at: Mapped[RecordedAt]
