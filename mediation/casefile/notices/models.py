"""Messages to people inside the program."""

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mediation.casefile.notices.rules import Event
from mediation.ground.columns import BigId, CentreId, Facts, Instant, Long, PublicId, RecordedAt, choice, refers
from mediation.ground.db import Base
from mediation.registry.access.rules import Role


class Notice(Base):
    """One message to a person's or a unit's post: an event key and parameters, no contents of the case (P22).

    What a unit's post was told is read once for everybody who holds the post, deputies included.
    """

    __tablename__ = "notices"
    __table_args__ = (
        CheckConstraint("(unit_id IS NULL) <> (account_id IS NULL)", name="one_recipient"),
        Index("ix_notices_account_id_role_read_at", "account_id", "role", "read_at", "id"),
        Index("ix_notices_unit_id_role_read_at", "unit_id", "role", "read_at", "id"),
        Index("ix_notices_read_at", "read_at"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    case_id: Mapped[int] = refers("cases.id")
    account_id: Mapped[int | None] = mapped_column(Long)
    unit_id: Mapped[int | None] = mapped_column(Long)
    role: Mapped[Role] = choice(Role)  # the post in which it is read
    event: Mapped[Event] = choice(Event)
    params: Mapped[Facts]
    unique_key: Mapped[str] = mapped_column(String(160), unique=True)
    read_at: Mapped[Instant | None]
    read_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]
