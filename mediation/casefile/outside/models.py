"""What other systems call a case."""

from datetime import date

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mediation.casefile.outside.rules import LONGEST_NUMBER, Status, System
from mediation.ground.columns import BigId, CentreId, Line, Long, PublicId, RecordedAt, Version, choice, refers
from mediation.ground.db import Base


class OutsideNumber(Base):
    """The number of a case in one other system, with its state there; empty while it is not entered there."""

    __tablename__ = "outside_numbers"
    __table_args__ = (
        UniqueConstraint("case_id", "system", "number", name="uq_outside_numbers_once"),
        Index("ix_outside_numbers_number", "number", "system"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    case_id: Mapped[int] = refers("cases.id", index=False)  # the unique key begins with it
    system: Mapped[System] = choice(System)
    number: Mapped[str] = mapped_column(String(LONGEST_NUMBER))
    is_origin: Mapped[bool] = mapped_column(default=False)  # under which the channel sent the case
    status: Mapped[Status] = choice(Status, default=Status.UNKNOWN)
    said_on: Mapped[date | None]  # when the state was last said there
    note: Mapped[Line | None]
    recorded_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]
