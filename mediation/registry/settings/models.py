"""Settings that an installation made its own."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground.columns import BigId, Json, Line, Long, RecordedAt, choice, refers
from mediation.ground.db import Base
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
