"""Meetings that were agreed on, and who was asked to come."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.casefile.cases.rules import BookingState
from mediation.ground.columns import (
    BigId,
    CentreId,
    Instant,
    Line,
    Long,
    Name,
    PublicId,
    RecordedAt,
    Secret,
    Version,
    choice,
    refers,
)
from mediation.ground.crypto import Sealed
from mediation.ground.db import Base
from mediation.registry.units.models import Room
from mediation.stages.proceedings.meeting.rules import SessionManner
from mediation.stages.proceedings.models import Proceeding


class Booking(Base):
    """One meeting to come. The mediators are those of the proceeding, so that a reassignment takes it along.

    Two never clash for a room, a mediator or a person: whoever books locks the day of the centre first.
    """

    __tablename__ = "bookings"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="lasts"),
        Index("ix_bookings_centre_id_starts_at", "centre_id", "starts_at"),
        Index("ix_bookings_room_id_starts_at", "room_id", "starts_at"),
        Index("ix_bookings_proceeding_id_starts_at", "proceeding_id", "starts_at"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    case_id: Mapped[int] = refers("cases.id")
    proceeding_id: Mapped[int] = refers("proceedings.id", index=False)
    data_key: Mapped[Secret]
    state: Mapped[BookingState] = choice(BookingState)
    version: Mapped[Version]
    starts_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    room_id: Mapped[int | None] = refers("rooms.id", nullable=True, index=False)
    place: Mapped[Name | None]  # where no room is taken; else the room's name on that day
    manner: Mapped[SessionManner] = choice(SessionManner)
    is_joint: Mapped[bool] = mapped_column(default=True)
    platform: Mapped[str | None] = mapped_column(String(60))  # of a meeting by video (row 49)
    link_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    bring: Mapped[Line | None]  # what the invitation asks the parties to bring
    why: Mapped[Line | None]  # of the last move, or of the end
    made_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]

    link = Sealed()

    room: Mapped[Room | None] = relationship(lazy="raise")
    proceeding: Mapped[Proceeding] = relationship(lazy="raise")
    guests: Mapped[list["BookingParty"]] = relationship(lazy="raise", order_by="BookingParty.id")


class BookingParty(Base):
    """A party who is asked to come; ``person_id`` is a natural person's, who is nowhere else at that hour."""

    __tablename__ = "booking_parties"

    id: Mapped[BigId]
    booking_id: Mapped[int] = refers("bookings.id")
    party_id: Mapped[int] = refers("parties.id")
    person_id: Mapped[int | None] = refers("people.id", nullable=True)


class BookingDay(Base):
    """A day of a centre: whoever books on it locks its row, so that of two at once the second one looks again."""

    __tablename__ = "booking_days"

    centre_id: Mapped[int] = mapped_column(Long, primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(primary_key=True)
