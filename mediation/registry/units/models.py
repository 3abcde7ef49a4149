"""Centres, units and rooms."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.ground.columns import (
    BigId,
    CentreId,
    Facts,
    Json,
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
from mediation.registry.units.rules import UnitKind


class Centre(Base):
    """One county's or town's deployment; everything below belongs to one."""

    __tablename__ = "centres"

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    name: Mapped[Name]
    short_name: Mapped[str] = mapped_column(String(20))
    register_word: Mapped[str] = mapped_column(String(12))  # 南矛调登: prefix of the centre's register
    area_code: Mapped[str] = mapped_column(String(12))
    address: Mapped[Line | None]
    phone: Mapped[str | None] = mapped_column(String(40))
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[RecordedAt]


class Unit(Base):
    """Any body that acts in the program. ``path`` lists its forebears' ids, so that a branch is one prefix."""

    __tablename__ = "units"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
        Index("ix_units_centre_id_kind", "centre_id", "kind"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    parent_id: Mapped[int | None] = refers("units.id", nullable=True)
    path: Mapped[str] = mapped_column(String(400), index=True)
    kind: Mapped[UnitKind] = choice(UnitKind)
    name: Mapped[Name]
    short_name: Mapped[str] = mapped_column(String(40))
    area_code: Mapped[str] = mapped_column(String(12), index=True)  # the area it serves: county, town or village
    number_word: Mapped[str | None] = mapped_column(String(12))  # 南民调: prefix of its own numbers (CN-05)
    sector_types: Mapped[Facts]  # {"types": [...]}: dispute types it is made for; empty means all
    established_record: Mapped[Line | None]  # proof that it is a lawfully established organisation (JC-03)
    brand: Mapped[Name | None]  # what people know it by: 老熊说和 (row 38)
    is_court_listed: Mapped[bool] = mapped_column(default=False)  # on the court's roster of invited bodies (JM-01)
    court_code: Mapped[str | None] = mapped_column(String(12))
    address: Mapped[Line | None]
    phone: Mapped[str | None] = mapped_column(String(40))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]

    centre: Mapped[Centre] = relationship(lazy="raise")

    def is_valid(self, on: date) -> bool:
        """Say whether the unit exists on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class UnitPast(Base):
    """What a unit was up to a day: the values that a change on the day after replaced."""

    __tablename__ = "unit_pasts"

    id: Mapped[BigId]
    unit_id: Mapped[int] = refers("units.id")
    until: Mapped[date]
    was: Mapped[Facts]  # field: value before the change
    changed_by_id: Mapped[int | None] = mapped_column(Long)
    changed_by: Mapped[Name]
    recorded_at: Mapped[RecordedAt]


class Room(Base):
    """A place where sessions are held."""

    __tablename__ = "rooms"

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    unit_id: Mapped[int | None] = mapped_column(Long, ForeignKey("units.id"), index=True)
    name: Mapped[Name]
    seats: Mapped[int] = mapped_column(default=8)
    place: Mapped[Line | None]  # how people find it
    equipment: Mapped[Line | None]
    hours: Mapped[dict[str, Any] | None] = mapped_column(Json)  # {"parts": ["08:30-12:00"]}; none: the centre's hours
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    changes: Mapped[int | None]  # how often it was changed; a form carries what it has read

    @property
    def version(self) -> int:
        return (self.changes or 0) + 1

    @property
    def parts(self) -> list[str]:
        """The parts of a day in which it can be had, empty where that is as long as the centre is open."""
        return list((self.hours or {}).get("parts", ()))


class RoomClosure(Base):
    """Days, both included, on which a room cannot be had; lifted, never erased."""

    __tablename__ = "room_closures"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="lasts"),
        Index("ix_room_closures_room_id_ends_on", "room_id", "ends_on"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    room_id: Mapped[int] = refers("rooms.id", index=False)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    why: Mapped[Line]
    made_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]
    lifted_on: Mapped[date | None]
