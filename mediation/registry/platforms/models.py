"""Platforms of a centre, a row for each edition."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground.columns import BigId, CentreId, Facts, Line, Long, Name, PublicId, RecordedAt, Version
from mediation.ground.db import Base


class Platform(Base):
    """A platform as it is between two days; a change closes the row and begins another. Newest of a day counts."""

    __tablename__ = "platforms"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
        Index("ix_platforms_centre_id_code", "centre_id", "code", "id"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    code: Mapped[str] = mapped_column(String(30))
    name: Mapped[Name]
    system: Mapped[str] = mapped_column(String(32))
    definition: Mapped[Facts]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    reason: Mapped[Line | None]
    made_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]
