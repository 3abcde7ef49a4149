"""Messages to people inside the program."""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground.columns import BigId, CentreId, Facts, Instant, Long, RecordedAt, refers
from mediation.ground.db import Base


class Notice(Base):
    """One message to an account or a unit's post: an event key and parameters, no contents of the case."""

    __tablename__ = "notices"
    __table_args__ = (
        Index("ix_notices_account_id_read_at", "account_id", "read_at"),
        Index("ix_notices_unit_id_role_read_at", "unit_id", "role", "read_at"),
    )

    id: Mapped[BigId]
    centre_id: Mapped[CentreId]
    case_id: Mapped[int | None] = refers("cases.id", nullable=True)
    account_id: Mapped[int | None] = mapped_column(Long)
    unit_id: Mapped[int | None] = mapped_column(Long)
    role: Mapped[str | None] = mapped_column(String(32))
    event: Mapped[str] = mapped_column(String(80))
    params: Mapped[Facts]
    unique_key: Mapped[str] = mapped_column(String(160), unique=True)
    read_at: Mapped[Instant | None]
    recorded_at: Mapped[RecordedAt]
