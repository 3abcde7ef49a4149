"""Mediators and the bodies they work for."""

from datetime import date

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.ground.columns import BigId, CentreId, Facts, Initials, Line, Name, PublicId, RecordedAt, Version, refers
from mediation.ground.db import Base
from mediation.registry.units.models import Unit


class Mediator(Base):
    """A member of the pool; the account is what they log in with, if they do."""

    __tablename__ = "mediators"
    __table_args__ = (Index("ix_mediators_centre_id_unit_id", "centre_id", "unit_id"),)

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    unit_id: Mapped[int] = refers("units.id")
    account_id: Mapped[int | None] = refers("accounts.id", nullable=True)
    name: Mapped[Name]
    initials: Mapped[Initials]
    birth_on: Mapped[date]
    sex: Mapped[str | None] = mapped_column(String(32))
    register_no: Mapped[str | None] = mapped_column(String(40), index=True)
    source: Mapped[str | None] = mapped_column(String(32))  # retired judge, lawyer, village head …
    specialities: Mapped[Facts]  # {"types": [...]}: level-1 dispute types
    phone: Mapped[str | None] = mapped_column(String(40))  # the office line that parties may be given
    is_full_time: Mapped[bool] = mapped_column(default=False)
    is_court_listed: Mapped[bool] = mapped_column(default=False)
    trained_on: Mapped[date | None]
    term_from: Mapped[date]
    term_to: Mapped[date | None]
    removed_on: Mapped[date | None]
    removed_reason: Mapped[Line | None]
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]

    unit: Mapped[Unit] = relationship(lazy="raise")
