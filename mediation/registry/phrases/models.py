"""Phrases, a centre's or one person's; ended, never erased."""

from datetime import date

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground.columns import BigId, CentreId, Long, LongText, PublicId, RecordedAt, Version, choice, refers
from mediation.ground.db import Base
from mediation.registry.phrases.rules import Place

SHARED = text("account_id IS NULL AND ended_on IS NULL")
OWN = text("account_id IS NOT NULL AND ended_on IS NULL")


class Phrase(Base):
    """One phrase; without ``account_id`` it is everybody's of the centre. A change ends the row and begins another."""

    __tablename__ = "phrases"
    __table_args__ = (
        Index("uq_phrases_shared", "centre_id", "code", unique=True, sqlite_where=SHARED, postgresql_where=SHARED),
        Index("uq_phrases_own", "account_id", "code", unique=True, sqlite_where=OWN, postgresql_where=OWN),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    account_id: Mapped[int | None] = refers("accounts.id", nullable=True)
    code: Mapped[str] = mapped_column(String(12))
    text: Mapped[LongText]
    place: Mapped[Place] = choice(Place)
    type_code: Mapped[str | None] = mapped_column(String(40))  # level-1 type of dispute; None: every type
    since: Mapped[date]
    ended_on: Mapped[date | None]
    made_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]
