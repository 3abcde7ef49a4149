"""Corrections that were asked for, and parties who were taken off a case."""

from datetime import date

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import MendingState
from mediation.ground.columns import (
    BigId,
    CentreId,
    Facts,
    Line,
    Long,
    PublicId,
    RecordedAt,
    Version,
    choice,
    refers,
)
from mediation.ground.db import Base
from mediation.stages.mending.rules import Mend


class MendingRequest(Base):
    """What somebody asks to have changed, sealed with the case; until somebody else allows it nothing changes."""

    __tablename__ = "mending_requests"
    __table_args__ = (Index("ix_mending_requests_centre_id_state_id", "centre_id", "state", "id"),)

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    case_id: Mapped[int] = refers("cases.id")
    state: Mapped[MendingState] = choice(MendingState)
    version: Mapped[Version]
    kind: Mapped[Mend] = choice(Mend)
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)  # what is to be changed: before and after
    reason: Mapped[Line]
    asked_on: Mapped[date]
    asked_by_id: Mapped[int | None] = mapped_column(Long)
    asked_post_id: Mapped[int | None] = mapped_column(Long)
    asked_role: Mapped[str] = mapped_column(String(32))
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(Long)
    decided_post_id: Mapped[int | None] = mapped_column(Long)
    words: Mapped[Line | None]  # why it was allowed or not
    effect: Mapped[Facts]  # {"clocks": [[label, before, after]], "papers": {public id: [fields]}}
    recorded_at: Mapped[RecordedAt]

    case: Mapped[Case] = relationship(lazy="raise")


class TakenOff(Base):
    """A party who was in a case by mistake: what they were there, why they are not, who came instead."""

    __tablename__ = "parties_taken_off"

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    case_id: Mapped[int] = refers("cases.id")
    party_id: Mapped[int] = refers("parties.id")
    replaced_by_id: Mapped[int | None] = refers("parties.id", nullable=True)
    was_lead: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[Line]
    on: Mapped[date]
    made_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]
    put_back_on: Mapped[date | None]
    put_back_by_id: Mapped[int | None] = mapped_column(Long)
    put_back_reason: Mapped[Line | None]

    party: Mapped[Party] = relationship(lazy="raise", foreign_keys=[party_id])
