"""Who the arbiter is, and what was ruled."""

from datetime import date

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mediation.casefile.cases.rules import Track
from mediation.ground.columns import (
    AreaCode,
    BigId,
    CentreId,
    Line,
    Long,
    Name,
    PublicId,
    RecordedAt,
    Version,
    choice,
    refers,
)
from mediation.ground.db import Base
from mediation.stages.routing.arbiter.rules import DesignationState


class Arbiter(Base):
    """Whose post says where a bounced case goes, from a day on; without a post nobody does."""

    __tablename__ = "arbiters"

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    post_id: Mapped[int | None] = mapped_column(Long)
    unit_id: Mapped[int | None] = mapped_column(Long)
    name: Mapped[Name]
    valid_from: Mapped[date]
    named_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]


class Designation(Base):
    """A case that was given back twice, and where the arbiter sent it; a precedent until it is ended."""

    __tablename__ = "designations"
    __table_args__ = (
        Index("ix_designations_centre_id_state_id", "centre_id", "state", "id"),
        Index("ix_designations_centre_id_main_type", "centre_id", "main_type", "is_precedent", "id"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    case_id: Mapped[int] = refers("cases.id")
    state: Mapped[DesignationState] = choice(DesignationState, default=DesignationState.WAITING)
    version: Mapped[Version]
    opened_on: Mapped[date]
    main_type: Mapped[str] = mapped_column(String(40))
    type_code: Mapped[str] = mapped_column(String(40))
    area_code: Mapped[AreaCode | None]
    unit_id: Mapped[int | None] = mapped_column(Long)
    track: Mapped[Track | None] = choice(Track)
    why: Mapped[Line | None]
    signs: Mapped[Line | None]  # by which its like is known; names nobody
    is_precedent: Mapped[bool] = mapped_column(default=False)
    duty_item_id: Mapped[int | None] = mapped_column(Long)
    made_on: Mapped[date | None]
    made_by_id: Mapped[int | None] = mapped_column(Long)
    made_by: Mapped[Name | None]
    ended_on: Mapped[date | None]  # first day on which it is a precedent no more
    end_reason: Mapped[Line | None]
    recorded_at: Mapped[RecordedAt]
