"""The dictionary of collection points."""

from datetime import date

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground.columns import (
    AreaCode,
    BigId,
    CentreId,
    Long,
    Name,
    PublicId,
    RecordedAt,
    Version,
    choice,
    refers,
)
from mediation.ground.db import Base
from mediation.registry.points.rules import PointKind


class Point(Base):
    """A place, stall, studio, kiosk or group through which disputes come in, between two days."""

    __tablename__ = "points"
    __table_args__ = (
        UniqueConstraint("centre_id", "code", name="uq_points_centre_id_code"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[Name]
    kind: Mapped[PointKind] = choice(PointKind)
    channel: Mapped[str] = mapped_column(String(32))  # the word of the channel it belongs to
    area_code: Mapped[AreaCode | None]
    unit_id: Mapped[int | None] = refers("units.id", nullable=True)  # who looks after it
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    made_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]
