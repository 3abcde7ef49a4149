"""Agreements, their duties and the signatures under them."""

from datetime import date

from sqlalchemy import CheckConstraint, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import AgreementState
from mediation.ground.columns import (
    BigId,
    Facts,
    Fen,
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
from mediation.stages.agreements.silence import ProposalOutcome
from mediation.stages.proceedings.models import Proceeding


class Agreement(Base):
    """A written or oral agreement; a new text is a new version that supersedes the old one."""

    __tablename__ = "agreements"
    __table_args__ = (UniqueConstraint("proceeding_id", "text_version", name="uq_agreements_text_version"),)

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = refers("cases.id")
    proceeding_id: Mapped[int] = refers("proceedings.id")
    text_version: Mapped[int] = mapped_column(Integer, default=1)
    state: Mapped[AgreementState] = choice(AgreementState)
    version: Mapped[Version]
    is_oral: Mapped[bool] = mapped_column(default=False)
    number: Mapped[str | None] = mapped_column(String(60))
    facts: Mapped[LongText | None]  # main facts and points in dispute (PM-12)
    responsibility: Mapped[LongText | None]  # each party's share (PM-12)
    total_fen: Mapped[Fen | None]  # what the sums of the duties must come to
    breach_clause: Mapped[LongText | None]
    place: Mapped[Name | None]  # where it was concluded
    seen_warnings: Mapped[Facts]  # the linter's warnings that were ticked: {key: {"flaw", "version", "on", "by"}}
    copies: Mapped[int] = mapped_column(Integer, default=0)
    agreed_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    filed_with_court_on: Mapped[date | None]  # JM-09
    deemed_on: Mapped[date | None]  # nobody objected to the proposal: no party signs (JM-14)
    recorded_at: Mapped[RecordedAt]

    case: Mapped[Case] = relationship(lazy="raise")
    proceeding: Mapped[Proceeding] = relationship(lazy="raise")
    duties: Mapped[list["Duty"]] = relationship(
        back_populates="agreement", lazy="raise", order_by="Duty.position", cascade="all, delete-orphan"
    )
    signatures: Mapped[list["Signature"]] = relationship(
        back_populates="agreement", lazy="raise", order_by="Signature.id"
    )


class Duty(Base):
    """Who owes whom what, how much, by when and how; one row is one numbered clause (DC-03)."""

    __tablename__ = "duties"
    __table_args__ = (CheckConstraint("amount_fen IS NULL OR amount_fen > 0", name="amount_positive"),)

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    agreement_id: Mapped[int] = refers("agreements.id")
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(32))  # pay, do, term
    obligors: Mapped[Facts]  # {"parties": [public ids]}
    obligees: Mapped[Facts]
    what: Mapped[LongText]
    amount_fen: Mapped[Fen | None]
    due_on: Mapped[date | None]
    at_once: Mapped[bool] = mapped_column(default=False)
    manner: Mapped[str | None] = mapped_column(String(32))  # transfer, cash, goods …
    data_key: Mapped[Secret]
    account_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # where a transfer goes: holder, bank, number
    subject: Mapped[str | None] = mapped_column(String(32))  # what a clause is about, where it bars confirmation
    is_confirmable: Mapped[bool] = mapped_column(default=True)  # False: kept out of the application (DC-04)

    account = Sealed()

    agreement: Mapped[Agreement] = relationship(back_populates="duties", lazy="raise")


class Signature(Base):
    """One signing: by a party (or who may sign for it), the mediator, or the body's seal; each with its day (PM-13)."""

    __tablename__ = "signatures"

    id: Mapped[BigId]
    agreement_id: Mapped[int] = refers("agreements.id")
    signer: Mapped[str] = mapped_column(String(32))  # party, mediator, body
    party_id: Mapped[int | None] = refers("parties.id", nullable=True)
    representative_id: Mapped[int | None] = refers("representatives.id", nullable=True)
    mediator_id: Mapped[int | None] = refers("mediators.id", nullable=True)
    kind: Mapped[str] = mapped_column(String(32))  # signature, seal, fingerprint
    written_by: Mapped[Name | None]  # who wrote for a person who cannot (DC-05)
    witness: Mapped[Name | None]
    read_by: Mapped[Name | None]  # who read it to a person who cannot (DC-05)
    signed_on: Mapped[date]
    group_consents: Mapped[Facts]  # a representative's settlement: who of the group consented (MH-07)
    recorded_at: Mapped[RecordedAt]

    agreement: Mapped[Agreement] = relationship(back_populates="signatures", lazy="raise")


class Proposal(Base):
    """A draft put to the parties in writing: silence makes it an agreement, an objection ends the mediation (JM-14).

    A proposal that was taken back keeps its row; the newest of a text counts.
    """

    __tablename__ = "proposals"

    id: Mapped[BigId]
    agreement_id: Mapped[int] = refers("agreements.id")
    case_id: Mapped[int] = refers("cases.id")
    proposed_on: Mapped[date]
    consents: Mapped[Facts]  # {party public id: day}: to being bound by silence
    services: Mapped[Facts]  # {party public id: {"on": day, "manner": ServiceManner, "last": day to object}}
    objections: Mapped[Facts]  # {party public id: {"on": day, "words": text}}
    last_on: Mapped[date | None]  # the last of all days to object, once everybody was served
    outcome: Mapped[ProposalOutcome | None] = choice(ProposalOutcome)
    decided_on: Mapped[date | None]
    recorded_at: Mapped[RecordedAt]
