"""Visits and what was asked and told at them."""

from datetime import date

from sqlalchemy import Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.ground.columns import (
    BigId,
    CentreId,
    Long,
    PublicId,
    RecordedAt,
    Secret,
    Version,
    choice,
    refers,
)
from mediation.ground.crypto import Sealed
from mediation.ground.db import Base
from mediation.stages.contacts.rules import CallBack, Identified, Kind, Manner, Reached, Topic

PROMISED = text("call_back_on IS NOT NULL AND called_on IS NULL")


class Visit(Base):
    """Somebody came or called about a case: who, and how they were known. It counts for the day on which it was."""

    __tablename__ = "visits"

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    case_id: Mapped[int] = refers("cases.id")
    data_key: Mapped[Secret]
    party_id: Mapped[int | None] = refers("parties.id", nullable=True)
    representative_id: Mapped[int | None] = mapped_column(Long)
    claimed_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # the name that a stranger gave
    manner: Mapped[Manner] = choice(Manner)
    identified: Mapped[Identified] = choice(Identified)
    on: Mapped[date]
    account_id: Mapped[int | None] = mapped_column(Long)
    unit_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]

    claimed = Sealed()


class Contact(Base):
    """What a party asked and was told, or a note; a promised call stands here until it was made."""

    __tablename__ = "contacts"
    __table_args__ = (
        Index(
            "ix_contacts_promised", "centre_id", "call_back_on", "id", sqlite_where=PROMISED, postgresql_where=PROMISED
        ),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    case_id: Mapped[int] = refers("cases.id")
    visit_id: Mapped[int] = refers("visits.id")
    data_key: Mapped[Secret]
    kind: Mapped[Kind] = choice(Kind)
    topic: Mapped[Topic | None] = choice(Topic)
    asked_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    told_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    account_id: Mapped[int | None] = mapped_column(Long)
    unit_id: Mapped[int | None] = mapped_column(Long)
    call_back: Mapped[CallBack | None] = choice(CallBack)
    call_back_on: Mapped[date | None]
    reached: Mapped[Reached | None] = choice(Reached)  # what came of the newest try
    called_on: Mapped[date | None]  # the promise is kept, or needs no keeping
    called_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    called_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]

    asked = Sealed()
    told = Sealed()
    called = Sealed()

    visit: Mapped[Visit] = relationship(lazy="raise")
