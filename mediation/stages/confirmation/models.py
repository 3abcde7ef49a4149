"""Joint applications for judicial confirmation and what the court did with them."""

from datetime import date

from sqlalchemy import Index, Integer, LargeBinary, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import ConfirmationState
from mediation.ground import orphans
from mediation.ground.columns import (
    BigId,
    CentreId,
    Facts,
    Instant,
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
from mediation.ground.crypto import Box, keys
from mediation.ground.db import Base, session
from mediation.stages.agreements.models import Agreement
from mediation.stages.agreements.rules import SignatureKind
from mediation.stages.confirmation.rules import ApplicationForm, CourtStepKind, DropReason, PropertyPapers, RunState


class Confirmation(Base):
    """A joint request to the court. An agreement may have a later one (JC-12), so nothing makes it unique."""

    __tablename__ = "confirmations"
    __table_args__ = (
        Index("ix_confirmations_state", "state"),
        Index("ix_confirmations_court_filed", "court_code", "filed_on"),  # how a court took our packs
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = refers("cases.id")
    agreement_id: Mapped[int] = refers("agreements.id")
    state: Mapped[ConfirmationState] = choice(ConfirmationState)
    version: Mapped[Version]
    handed_on: Mapped[date]
    handed_by_id: Mapped[int | None] = mapped_column(Long)
    return_reason: Mapped[Line | None]
    drop_reason: Mapped[DropReason | None] = choice(DropReason, index=True)
    dropped_on: Mapped[date | None]
    court_code: Mapped[str | None] = mapped_column(String(12))  # chosen among the competent courts (JC-04 to JC-07)
    court_name: Mapped[Name | None]
    court_reason: Mapped[str | None] = mapped_column(String(40))
    form: Mapped[ApplicationForm] = choice(ApplicationForm, default=ApplicationForm.WRITTEN)  # JC-08
    answers: Mapped[Facts]  # one tick per ground of dismissal (JC-13), sham signs looked at (JC-19)
    sham_suspected: Mapped[bool] = mapped_column(default=False)
    proof_sealed_on: Mapped[date | None]  # the body's proof that it mediated (JC-09)
    property_papers: Mapped[PropertyPapers | None] = choice(PropertyPapers)
    filed_on: Mapped[date | None]
    filed_by_id: Mapped[int | None] = mapped_column(Long)
    posted_on: Mapped[date | None]  # PT-06
    court_no: Mapped[str | None] = mapped_column(String(60), index=True)
    accepted_on: Mapped[date | None]
    ruled_on: Mapped[date | None]
    received_on: Mapped[date | None]  # day on which the parties received the ruling (JC-15)
    ruling_ground: Mapped[str | None] = mapped_column(String(40))
    recorded_at: Mapped[RecordedAt]

    case: Mapped[Case] = relationship(lazy="raise")
    agreement: Mapped[Agreement] = relationship(lazy="raise")
    signatures: Mapped[list["ConfirmationSignature"]] = relationship(lazy="raise")
    court_steps: Mapped[list["CourtStep"]] = relationship(
        lazy="raise", order_by="CourtStep.id",
        primaryjoin="and_(CourtStep.confirmation_id == Confirmation.id, CourtStep.void_on.is_(None))",
    )


class ConfirmationSignature(Base):
    """One party's signature under the application: all apply, one alone cannot (JC-02)."""

    __tablename__ = "confirmation_signatures"
    __table_args__ = (UniqueConstraint("confirmation_id", "party_id", name="uq_confirmation_signatures_party"),)

    id: Mapped[BigId]
    confirmation_id: Mapped[int] = refers("confirmations.id")
    party_id: Mapped[int] = refers("parties.id")
    representative_id: Mapped[int | None] = refers("representatives.id", nullable=True)
    kind: Mapped[SignatureKind] = choice(SignatureKind)
    written_by: Mapped[Name | None]  # who wrote for a person who cannot (DC-05)
    witness: Mapped[Name | None]
    signed_on: Mapped[date]
    recorded_at: Mapped[RecordedAt]


class CourtStep(Base):
    """One dated act of the court: received, asked for more papers, accepted, summoned, ruled (JC-09 to JC-16)."""

    __tablename__ = "court_steps"

    id: Mapped[BigId]
    confirmation_id: Mapped[int] = refers("confirmations.id")
    kind: Mapped[CourtStepKind] = choice(CourtStepKind)
    on: Mapped[date]
    due_on: Mapped[date | None]
    court_no: Mapped[str | None] = mapped_column(String(60))
    note: Mapped[Line | None]
    attachment_id: Mapped[int | None] = mapped_column(Long)
    position: Mapped[int] = mapped_column(Integer, default=0)
    void_on: Mapped[date | None]  # typed on the wrong case, taken back
    void_reason: Mapped[Line | None]
    recorded_at: Mapped[RecordedAt]


class PackRun(Base):
    """Many packs printed into one file, one after the other; what was not printed says why."""

    __tablename__ = "pack_runs"
    __table_args__ = (
        Index("ix_pack_runs_unit_id_id", "unit_id", "id"),
        Index("ix_pack_runs_recorded_at", "recorded_at"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    unit_id: Mapped[int] = refers("units.id", index=False)
    account_id: Mapped[int] = mapped_column(Long)
    post_id: Mapped[int] = mapped_column(Long)  # in which the papers are issued and opened
    asked_by: Mapped[Name]
    data_key: Mapped[Secret]  # seals parts and file: they hold more cases than one
    state: Mapped[RunState] = choice(RunState, default=RunState.RUNNING)
    round: Mapped[int] = mapped_column(Integer, default=0)  # of running; names the jobs
    wanted: Mapped[Facts]  # {"packs": [row ids of applications, in the order of the board]}
    total: Mapped[int] = mapped_column(Integer)
    done: Mapped[int] = mapped_column(Integer, default=0)
    lines: Mapped[Facts]  # {"packs": [{"part": [name, sha256], "pages": n} or {"why": as ``tries.kept`` writes it}]}
    error: Mapped[str | None] = mapped_column(String(80))  # of the printer; it is tried again
    why_stopped: Mapped[str | None] = mapped_column(String(400))
    file_name: Mapped[str | None] = mapped_column(String(40))
    file_sha256: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    pages: Mapped[int | None] = mapped_column(Integer)
    ended_at: Mapped[Instant | None]
    recorded_at: Mapped[RecordedAt]

    def box(self) -> Box:
        """Return what seals the parts and the file."""
        return keys().box(self.data_key)


@orphans.named_by
def _files(_names) -> set[str]:
    """Return the files of all runs, of which few days' are kept: what was bound, and the packs that wait for it."""
    rows = session.execute(select(PackRun.file_name, PackRun.lines)).all()
    parts = {line["part"][0] for _name, lines in rows for line in lines.get("packs", ()) if "part" in line}
    return parts | {name for name, _lines in rows if name}
