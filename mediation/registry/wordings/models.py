"""Local words of papers, a row for each edition."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground.columns import BigId, CentreId, Facts, Line, Long, PublicId, RecordedAt
from mediation.ground.db import Base


class Wording(Base):
    """The local words of a paper from a day on, none for those of the program. The newest of a day counts."""

    __tablename__ = "wordings"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
        Index("ix_wordings_centre_id_kind", "centre_id", "kind", "id"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    kind: Mapped[str] = mapped_column(String(40))
    texts: Mapped[Facts]  # {slot: words}
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    reason: Mapped[Line]
    made_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]
