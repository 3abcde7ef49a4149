"""A centre's own areas, dated, and courts that do not follow the rule."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground.columns import BigId, CentreId, Line, Long, Name, PublicId, RecordedAt, choice
from mediation.ground.db import Base
from mediation.registry.regions.rules import AreaLevel, CourtLevel


class Area(Base):
    """A town, village or grid of a centre, between two days. A renamed place is closed and opened anew."""

    __tablename__ = "areas"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
        Index("ix_areas_centre_id_code", "centre_id", "code"),
    )

    id: Mapped[BigId]
    centre_id: Mapped[CentreId]
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[Name]
    level: Mapped[AreaLevel] = choice(AreaLevel)
    parent_code: Mapped[str] = mapped_column(String(20))
    initials: Mapped[str] = mapped_column(String(80))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    recorded_at: Mapped[RecordedAt]


class CourtException(Base):
    """The court of an area that does not follow from the division, as a centre knows it: a development zone's.

    It holds between two days; a later one of the same area and level closes it.
    """

    __tablename__ = "court_exceptions"
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),)

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    area_code: Mapped[str] = mapped_column(String(12))
    court_code: Mapped[str] = mapped_column(String(12))
    name: Mapped[Name]
    level: Mapped[CourtLevel] = choice(CourtLevel)
    source: Mapped[Line]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    set_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]
