"""Persons, natural or juridical; their numbers lie sealed, found by blind indexes."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground.columns import (
    AreaCode,
    BigId,
    CentreId,
    Facts,
    Initials,
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
from mediation.ground.crypto import Sealed, keys
from mediation.ground.db import Base
from mediation.ground.ids import new_id
from mediation.registry.people.rules import IdKind, Sex, mask_number, mask_phone

STANDING = text("ended_on IS NULL")


class Person(Base):
    """A natural person (``kind`` person) or an organisation; ``uscc`` and what follows are an organisation's."""

    __tablename__ = "people"
    __table_args__ = (
        Index("ix_people_centre_id_name", "centre_id", "name"),
        UniqueConstraint("centre_id", "id_kind", "id_number_index", name="uq_people_id_number"),
        Index("ix_people_centre_id_phone_tail", "centre_id", "phone_tail"),
        Index("ix_people_centre_id_initials", "centre_id", "initials"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[int] = refers("centres.id", index=False)
    data_key: Mapped[Secret]
    kind: Mapped[str] = mapped_column(String(32))
    name: Mapped[Name]
    initials: Mapped[Initials]
    id_kind: Mapped[IdKind | None] = choice(IdKind)
    id_number_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    id_number_index: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    id_number_masked: Mapped[str | None] = mapped_column(String(40))
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_index: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    phone_tail: Mapped[str | None] = mapped_column(String(4))
    phone_masked: Mapped[str | None] = mapped_column(String(20))
    sex: Mapped[Sex | None] = choice(Sex)
    birth_on: Mapped[date | None]
    ethnic: Mapped[str | None] = mapped_column(String(20))
    occupation: Mapped[str | None] = mapped_column(String(60))
    employer: Mapped[Name | None]
    address: Mapped[Line | None]
    area_code: Mapped[AreaCode | None] = mapped_column(index=True)
    uscc: Mapped[str | None] = mapped_column(String(18), index=True)
    legal_rep_name: Mapped[Name | None]
    legal_rep_post: Mapped[str | None] = mapped_column(String(40))
    merged_into_id: Mapped[int | None] = refers("people.id", nullable=True)  # the row of the same person that goes on
    contact: Mapped[Facts]  # safe-contact wishes: {"do_not_call": bool, "hours": "18:00-21:00", "note": "…"}
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]

    id_number = Sealed()
    phone = Sealed()

    @property
    def lasting_id(self) -> int:
        """The row that stands for this person now: itself, or the one it was merged into (never a row further on)."""
        return self.merged_into_id or self.id

    def set_id_number(self, number: str | None) -> None:
        """Keep a normalised ID number: sealed, its blind index, and the mask that pages show."""
        self.id_number = number
        self.id_number_index = keys().blind(number, "people.id_number") if number else None
        self.id_number_masked = mask_number(number) if number else None

    def set_phone(self, phone: str | None) -> None:
        """Keep a normalised phone number: sealed, its blind index, its last four digits, and the mask."""
        self.phone = phone
        self.phone_index = keys().blind(phone, "people.phone") if phone else None
        self.phone_tail = phone[-4:] if phone else None
        self.phone_masked = mask_phone(phone) if phone else None


class PersonMerger(Base):
    """Two rows that turned out to be one person: ``person`` goes on as ``into``. Ended when undone, never erased."""

    __tablename__ = "person_mergers"
    __table_args__ = (
        CheckConstraint("person_id <> into_id", name="two_people"),
        Index("uq_person_mergers_once", "person_id", unique=True, sqlite_where=STANDING, postgresql_where=STANDING),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    person_id: Mapped[int] = refers("people.id")
    into_id: Mapped[int] = refers("people.id")
    reason: Mapped[Line]
    since: Mapped[date]
    made_by_id: Mapped[int | None] = mapped_column(Long)
    data_key: Mapped[Secret]
    given_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # what the row that goes on got by it: field, value
    brought: Mapped[Facts]  # {"people": [ids]}: rows that had been merged into ``person`` and now point to ``into``
    recorded_at: Mapped[RecordedAt]
    ended_on: Mapped[date | None]
    ended_by_id: Mapped[int | None] = mapped_column(Long)
    end_reason: Mapped[Line | None]

    given = Sealed()


def new_person(centre_id: int, **values) -> Person:
    """Return a person with its id and data key, not yet in the session."""
    return Person(id=new_id(), data_key=keys().new_data_key(), centre_id=centre_id, **values)
