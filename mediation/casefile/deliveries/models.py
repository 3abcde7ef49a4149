"""One copy for one recipient."""

from datetime import date

from sqlalchemy import Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from mediation.casefile.cases.rules import DeliveryState
from mediation.casefile.deliveries.rules import ReturnReason, Way
from mediation.ground.columns import BigId, CentreId, Line, Long, PublicId, RecordedAt, Secret, Version, choice, refers
from mediation.ground.crypto import Sealed
from mediation.ground.db import Base

WAITING = text("state IN ('open', 'sent', 'returned')")


class Delivery(Base):
    """A paper or an invitation on its way to a party, or to the body (``party_id`` None)."""

    __tablename__ = "deliveries"
    __table_args__ = (
        Index("ix_deliveries_waiting", "centre_id", "id", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_deliveries_object", "object_kind", "object_id"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    case_id: Mapped[int] = refers("cases.id")
    data_key: Mapped[Secret]
    version: Mapped[Version]
    state: Mapped[DeliveryState] = choice(DeliveryState, default=DeliveryState.OPEN)
    object_kind: Mapped[str] = mapped_column(String(32))
    object_id: Mapped[int] = mapped_column(Long)
    what: Mapped[str] = mapped_column(String(40))  # kind of paper, or "invitation"
    number: Mapped[str | None] = mapped_column(String(60))
    party_id: Mapped[int | None] = refers("parties.id", nullable=True)
    issued_on: Mapped[date]
    way: Mapped[Way | None] = choice(Way)
    sent_on: Mapped[date | None]
    delivered_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    is_deemed: Mapped[bool] = mapped_column(default=False)  # a return that counts as service (DC-07)
    reason: Mapped[ReturnReason | None] = choice(ReturnReason)
    detail_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # tracking number, who signed, who witnessed
    note: Mapped[Line | None]
    attachment_id: Mapped[int | None] = mapped_column(Long)  # the proof
    recorded_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]

    detail = Sealed()
