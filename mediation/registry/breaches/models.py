"""The register of leaks."""

from datetime import date

from sqlalchemy import Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground.columns import BigId, Line, Long, LongText, PublicId, RecordedAt, Version, refers
from mediation.ground.db import Base


class Breach(Base):
    """Personal data that leaked, were changed or lost, and what was done; its words name no person (DP-06)."""

    __tablename__ = "breaches"
    __table_args__ = (Index("ix_breaches_centre_id_found_on", "centre_id", "found_on", "id"),)

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[int] = refers("centres.id", index=False)
    found_on: Mapped[date]
    due_on: Mapped[date]
    what: Mapped[LongText]
    people: Mapped[int | None] = mapped_column(Integer)  # how many are concerned, as far as it is known
    remedy: Mapped[Line | None]
    mended_on: Mapped[date | None]
    authority_told_on: Mapped[date | None]
    persons_told_on: Mapped[date | None]
    no_harm: Mapped[Line | None]  # why the persons need not be told
    closed_on: Mapped[date | None]
    noted_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]
