"""What the window keeps besides cases: whom it did not take, and where it sent them."""

from datetime import date

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground.columns import BigId, CentreId, Facts, Line, Long, PublicId, RecordedAt, choice, refers
from mediation.ground.db import Base
from mediation.stages.intake.refusal import Ground


class Signpost(Base):
    """A dispute that was not accepted at the window, whether or not it had become a case. No word of the dispute.

    Who came without a case is not written down: the letter leaves the name to the pen (DP-06).
    """

    __tablename__ = "signposts"
    __table_args__ = (
        Index("ix_signposts_centre_id_on", "centre_id", "on", "ground"),
        Index("ix_signposts_unit_id_id", "unit_id", "id"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    unit_id: Mapped[int] = refers("units.id", index=False)
    case_id: Mapped[int | None] = refers("cases.id", nullable=True)
    ground: Mapped[Ground] = choice(Ground)
    ways: Mapped[Facts]  # {"ways": [...]}
    words: Mapped[Line | None]  # what the ground does not say; nothing of the dispute
    people: Mapped[int] = mapped_column(Integer, default=1)
    on: Mapped[date]
    number: Mapped[str] = mapped_column(String(60))  # of the letter
    recorded_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]
