"""Imported lists of causes, and the types that a centre made its own."""

from datetime import date

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground.columns import BigId, CentreId, Facts, Line, Long, Name, RecordedAt, refers
from mediation.ground.db import Base


class ImportedCauseList(Base):
    """One import of the official list, for one centre or, without a centre, for the whole installation."""

    __tablename__ = "cause_lists"

    id: Mapped[BigId]
    centre_id: Mapped[int | None] = refers("centres.id", nullable=True)
    valid_from: Mapped[date]
    source: Mapped[Line]
    imported_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]


class ImportedCause(Base):
    """A line of an imported list."""

    __tablename__ = "causes"
    __table_args__ = (Index("uq_causes_cause_list_id_code", "cause_list_id", "code", unique=True),)

    id: Mapped[BigId]
    cause_list_id: Mapped[int] = refers("cause_lists.id", index=False)
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(20))
    name: Mapped[Name]
    level: Mapped[int]
    parent_code: Mapped[str | None] = mapped_column(String(40))
    initials: Mapped[str] = mapped_column(String(120))


class TypeVersion(Base):
    """What a dispute type is for a centre from a day on. The newest version that has begun counts; none is changed."""

    __tablename__ = "dispute_types"
    __table_args__ = (Index("ix_dispute_types_centre_id_code", "centre_id", "code"),)

    id: Mapped[BigId]
    centre_id: Mapped[CentreId]
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[Name]
    initials: Mapped[str] = mapped_column(String(40))
    facts: Mapped[Facts]  # {"causes": [...], "keywords": [...], "traits": [...]}
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    set_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]


class GuideVersion(Base):
    """What a centre's card about a type says from a day on. The newest that has begun counts; none is changed."""

    __tablename__ = "type_guides"
    __table_args__ = (Index("ix_type_guides_centre_id_code", "centre_id", "code"),)

    id: Mapped[BigId]
    centre_id: Mapped[CentreId]
    code: Mapped[str] = mapped_column(String(40))
    facts: Mapped[Facts]  # {"who": …, "law": …, "phone": …, "note": …, "why": …}
    valid_from: Mapped[date]
    set_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]
