"""Exits: quick trial, suit, arbitration, government, police, petition; undisputed facts and reports to the court."""

import json
from datetime import date

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Channel, Exit, ProceedingState, ReferralState
from mediation.ground.columns import (
    BigId,
    CentreId,
    Facts,
    Fen,
    Line,
    Long,
    LongText,
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
from mediation.stages.proceedings.periods import Procedure
from mediation.stages.referrals.rules import DataBasis, LabourPrecondition, LetterState, Origin, Outcome, ReturnReason


class Referral(Base):
    """A case handed on. What leaves is built by an allow-list; answer and outcome come back to it."""

    __tablename__ = "referrals"
    __table_args__ = (
        Index("ix_referrals_state_sent_on", "state", "sent_on", "id"),
        Index("ix_referrals_state_returned_on", "state", "returned_on", "id"),
        Index("ix_referrals_state_decided_on", "state", "decided_on", "id"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = refers("cases.id")
    kind: Mapped[Exit] = choice(Exit)
    state: Mapped[ReferralState] = choice(ReferralState)
    version: Mapped[Version]
    number: Mapped[str | None] = mapped_column(String(60), unique=True)  # 南矛调函〔2026〕12号
    to_unit_id: Mapped[int | None] = refers("units.id", nullable=True)
    to_name: Mapped[Name]
    sent_on: Mapped[date]
    sent_by_id: Mapped[int | None] = mapped_column(Long)
    origin: Mapped[Origin] = choice(Origin)  # failed, unsuitable, breached, not confirmed (RT-09)
    unsuitable_reason: Mapped[Line | None]
    labour_precondition: Mapped[LabourPrecondition | None] = choice(LabourPrecondition)  # AM-07
    government_decided_on: Mapped[date | None]  # AM-14
    claims: Mapped[LongText | None]
    amount_fen: Mapped[Fen | None]
    procedure: Mapped[Procedure | None] = choice(Procedure)  # QT-01
    procedure_reason: Mapped[Line | None]
    procedure_agreed: Mapped[bool] = mapped_column(default=False)
    issues: Mapped[Line | None]
    checklist: Mapped[Facts]  # QT-12: item → present or not, with pages
    flags: Mapped[Facts]
    papers: Mapped[Facts]  # {"papers": [public ids]}: what was submitted, nothing else is shown to the receiver
    basis_for_data: Mapped[DataBasis] = choice(DataBasis)  # DP-10
    notice_given_on: Mapped[date | None]  # PM-09, RT-09
    court_no: Mapped[str | None] = mapped_column(String(60), index=True)  # the court's own, typed, never made (CN-04)
    taken_on: Mapped[date | None] = mapped_column(index=True)
    returned_on: Mapped[date | None]
    return_reason: Mapped[ReturnReason | None] = choice(ReturnReason)
    return_note: Mapped[Line | None]
    decided_on: Mapped[date | None]
    outcome: Mapped[Outcome | None] = choice(Outcome)
    outcome_note: Mapped[Line | None]
    recorded_at: Mapped[RecordedAt]

    case: Mapped[Case] = relationship(lazy="raise")


class UndisputedFacts(Base):
    """Facts that no party disputes, written down with the consent of all and signed by all (JM-13)."""

    __tablename__ = "undisputed_facts"

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = refers("cases.id")
    proceeding_id: Mapped[int] = refers("proceedings.id")
    data_key: Mapped[Secret]
    facts_sealed: Mapped[bytes] = mapped_column(LargeBinary)  # JSON list of {text, evidence}
    disputed_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    consents: Mapped[Facts]  # {party public id: date}
    signatures: Mapped[Facts]  # {party public id: date}
    mediator_signed_on: Mapped[date | None]
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]

    facts = Sealed()
    disputed = Sealed()

    @property
    def facts_list(self) -> list[dict]:
        """Return the facts, each ``{"text", "evidence"}``."""
        return json.loads(self.facts)

    @property
    def disputed_list(self) -> list[str]:
        return json.loads(self.disputed) if self.disputed else []


class CourtReport(Base):
    """The written report of how a commissioned or entrusted mediation ended (JM-10, QT-13)."""

    __tablename__ = "court_reports"

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = refers("cases.id")
    proceeding_id: Mapped[int] = refers("proceedings.id")
    result: Mapped[ProceedingState] = choice(ProceedingState)
    reported_on: Mapped[date]
    paper_id: Mapped[int | None] = mapped_column(Long)
    materials: Mapped[Facts]
    recorded_at: Mapped[RecordedAt]


class CourtLetter(Base):
    """A court's letter of commission or entrustment, from its arrival until it is a case or went back (row 7).

    The court's period runs from the day on which its materials were signed for (JM-02).
    """

    __tablename__ = "court_letters"
    __table_args__ = (Index("ix_court_letters_unit_id_state", "unit_id", "state", "due_on", "id"),)

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    unit_id: Mapped[int] = refers("units.id", index=False)
    data_key: Mapped[Secret]
    channel: Mapped[Channel] = choice(Channel)  # commission or entrustment
    court_name: Mapped[Name]
    letter_no: Mapped[str] = mapped_column(String(80))
    court_no: Mapped[str | None] = mapped_column(String(60))
    procedure: Mapped[str | None] = mapped_column(String(32))
    applicants_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    respondents_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    received_on: Mapped[date]
    signed_on: Mapped[date | None]
    due_on: Mapped[date | None]
    is_provisional: Mapped[bool] = mapped_column(default=False)
    state: Mapped[LetterState] = choice(LetterState, default=LetterState.WAITING)
    return_reason: Mapped[Line | None]
    case_id: Mapped[int | None] = refers("cases.id", nullable=True)
    recorded_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]

    applicants = Sealed()
    respondents = Sealed()
