"""Lists of duties and their items."""

from datetime import date

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground.columns import BigId, CentreId, Facts, Line, Long, Name, PublicId, RecordedAt, choice, refers
from mediation.ground.db import Base
from mediation.registry.dutylists.rules import DutyKind


class DutyList(Base):
    """One edition of a centre's list: it holds from a day on, until a later one does."""

    __tablename__ = "duty_lists"
    __table_args__ = (Index("ix_duty_lists_centre_id_valid_from", "centre_id", "valid_from", "id"),)

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    source: Mapped[Line]  # the document that lays it down
    valid_from: Mapped[date]
    made_by_id: Mapped[int | None] = mapped_column(Long)
    made_by: Mapped[Name]
    recorded_at: Mapped[RecordedAt]


class DutyItem(Base):
    """One line of a list."""

    __tablename__ = "duty_items"

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    list_id: Mapped[int] = refers("duty_lists.id")
    kind: Mapped[DutyKind] = choice(DutyKind)
    class_name: Mapped[Name]
    number: Mapped[str] = mapped_column(String(20))  # as the document counts
    position: Mapped[int] = mapped_column(Integer)
    text: Mapped[Line]
    lead: Mapped[Name]  # as written
    lead_unit_id: Mapped[int | None] = mapped_column(Long)  # where it is a unit of the centre
    assisting: Mapped[Facts]  # {"names": [...]}
    basis: Mapped[Line | None]
