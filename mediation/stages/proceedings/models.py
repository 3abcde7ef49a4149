"""Proceedings, the mediators on them, sessions and what is said in confidence."""

from datetime import date
from typing import Annotated, Any

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Basis, ProceedingState, Track
from mediation.ground.columns import (
    BigId,
    Facts,
    Instant,
    Json,
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
from mediation.ground.crypto import Sealed
from mediation.ground.db import Base
from mediation.registry.mediators.models import Mediator
from mediation.registry.units.models import Unit
from mediation.stages.proceedings.appointing.rules import AppointmentMode, OverrideReason
from mediation.stages.proceedings.meeting.rules import GuestRole, SessionManner, SessionResult

ACTIVE = text("state IN ('accepted', 'assigned', 'mediating', 'suspended')")
PRESENT = text("until IS NULL")
Wishes = Annotated[dict[str, Any] | None, mapped_column(Json)]
LOADED = text("load_points > 0")
COUNTED = text("counted_as IS NOT NULL")


class Proceeding(Base):
    """One attempt on one track by one lead unit; several in a row, never two at once (RT-01)."""

    __tablename__ = "proceedings"
    __table_args__ = (
        Index("ix_proceedings_unit_id_state", "unit_id", "state"),
        # one active attempt per case, whoever is faster (RT-01, P33)
        Index(
            "uq_proceedings_case_id_active", "case_id", unique=True,
            sqlite_where=ACTIVE,
            postgresql_where=ACTIVE,
        ),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = refers("cases.id")
    unit_id: Mapped[int] = refers("units.id", index=False)
    transfer_id: Mapped[int | None] = refers("transfers.id", nullable=True, index=False, unique=True)  # answered once
    track: Mapped[Track] = choice(Track)
    basis: Mapped[Basis] = choice(Basis)
    state: Mapped[ProceedingState] = choice(ProceedingState)
    version: Mapped[Version]
    number: Mapped[str | None] = mapped_column(String(60), unique=True)  # （2026）南民调字第12号
    number_year: Mapped[int | None] = mapped_column(Integer)
    number_serial: Mapped[int | None] = mapped_column(Integer)
    accepted_on: Mapped[date | None]
    accepted_by: Mapped[Name | None]  # who decided, as the register prints it
    refusal_ground: Mapped[str | None] = mapped_column(String(32))
    refusal_note: Mapped[Line | None]
    agreed_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    end_ground: Mapped[str | None] = mapped_column(String(32))
    end_words: Mapped[Line | None]  # the ground in words, where it is on no list
    end_reason: Mapped[Line | None]  # course and reason of the failure (QT-13)
    end_requested_by_party: Mapped[int | None] = mapped_column(Long)
    cost_conduct: Mapped[Line | None]  # conduct that raised others' costs (QT-13)
    court_points: Mapped[Line | None]  # points for the court (QT-13)
    issues: Mapped[Line | None]  # issues in dispute (QT-12)
    notice_given_on: Mapped[date | None]  # other ways open, said to the parties (PM-09)
    # {party public id: {"mediator": public id, None where the unit is to decide, "on": day}} (PM-04)
    choices: Mapped[Wishes]
    counts_from: Mapped[date | None]  # what the law lets its period run from, if not from acceptance (AM-05)
    by_platform: Mapped[bool] = mapped_column(default=False)  # a court's case, taken on its online platform (JM-15)
    recorded_at: Mapped[RecordedAt]

    case: Mapped[Case] = relationship(lazy="raise")
    unit: Mapped[Unit] = relationship(lazy="raise")
    mediators: Mapped[list["ProceedingMediator"]] = relationship(lazy="raise", order_by="ProceedingMediator.id")


class ProceedingMediator(Base):
    """A mediator on a proceeding: how appointed, what they answered about recusal, whether they preside."""

    __tablename__ = "proceeding_mediators"
    __table_args__ = (
        Index(
            "uq_proceeding_mediators_active", "proceeding_id", "mediator_id", unique=True,
            sqlite_where=PRESENT, postgresql_where=PRESENT,
        ),
        Index(
            "ix_proceeding_mediators_mediator_id_present", "mediator_id",
            sqlite_where=PRESENT, postgresql_where=PRESENT,
        ),
        # the load of a whole pool is one reading of this index, however many cases were ever mediated (row 44)
        Index(
            "ix_proceeding_mediators_load", "mediator_id", "load_points", sqlite_where=LOADED, postgresql_where=LOADED
        ),
        Index(
            "ix_proceeding_mediators_counted", "mediator_id", "counted_as", sqlite_where=COUNTED,
            postgresql_where=COUNTED,
        ),
    )

    id: Mapped[BigId]
    proceeding_id: Mapped[int] = refers("proceedings.id")
    mediator_id: Mapped[int] = refers("mediators.id", index=False)
    mode: Mapped[AppointmentMode] = choice(AppointmentMode)
    presides: Mapped[bool] = mapped_column(default=False)
    since: Mapped[Instant]
    until: Mapped[Instant | None]
    recusal_answers: Mapped[Facts]  # {"answers": {question: bool}, "words": {question: text}} (PM-22, JM-06)
    answered_on: Mapped[date | None]
    has_conflict: Mapped[bool] = mapped_column(default=False)
    waivers: Mapped[Facts]  # {party public id: date}: agreed in writing to go on
    party_replies: Mapped[Facts]  # {party public id: "accepted" | "refused"} (PM-04, JM-04)
    load_points: Mapped[int] = mapped_column(Integer, default=0)  # what it weighs while it runs (row 44)
    # what was suggested when somebody was assigned: {"parts": [[kind, points]], "place": n, "of": n, "top": public id}
    suggested: Mapped[Wishes]
    override: Mapped[OverrideReason | None] = choice(OverrideReason)  # why not the one suggested first (row 39)
    counted_as: Mapped[str | None] = mapped_column(String(100))  # where the board has it: month, type, grade, result

    mediator: Mapped[Mediator] = relationship(lazy="raise")


class CaseGuest(Base):
    """Somebody invited to a mediation: as what, what they are asked, who agreed; sees their own part only (PM-05)."""

    __tablename__ = "case_guests"

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = refers("cases.id")
    proceeding_id: Mapped[int] = refers("proceedings.id")
    data_key: Mapped[Secret]
    role: Mapped[GuestRole] = choice(GuestRole)
    name: Mapped[Name]
    account_id: Mapped[int | None] = refers("accounts.id", nullable=True)  # whoever answers in the program
    task: Mapped[Line]  # what they are asked; no contents of the case
    consents: Mapped[Facts]  # {party public id: day}
    opinion_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    opinion_at: Mapped[Instant | None]
    since: Mapped[date]
    until: Mapped[date | None]
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]

    opinion = Sealed()


class MediatorOutcome(Base):
    """How many attempts of a mediator came to what: of one month, main type and grade (row 44)."""

    __tablename__ = "mediator_outcomes"

    mediator_id: Mapped[int] = mapped_column(Long, ForeignKey("mediators.id"), primary_key=True, autoincrement=False)
    month: Mapped[date] = mapped_column(primary_key=True)  # its first day
    type_code: Mapped[str] = mapped_column(String(40), primary_key=True)
    grade: Mapped[str] = mapped_column(String(16), primary_key=True)
    result: Mapped[str] = mapped_column(String(16), primary_key=True)  # agreed, failed
    n: Mapped[int] = mapped_column(Integer)


class Session(Base):
    """One meeting, or an attempt at one; the six boxes are what the signed record prints (1.5)."""

    __tablename__ = "sessions"
    __table_args__ = (UniqueConstraint("proceeding_id", "is_attempt", "number", name="uq_sessions_number"),)

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    proceeding_id: Mapped[int] = refers("proceedings.id")
    case_id: Mapped[int] = refers("cases.id")
    data_key: Mapped[Secret]
    is_attempt: Mapped[bool] = mapped_column(default=False)  # somebody did not come or was not reached (JM-11)
    number: Mapped[int] = mapped_column(Integer)
    starts_at: Mapped[Instant]
    ends_at: Mapped[Instant | None]
    room_id: Mapped[int | None] = mapped_column(Long)
    place: Mapped[Name | None]
    manner: Mapped[SessionManner] = choice(SessionManner, default=SessionManner.IN_PERSON)
    is_public: Mapped[bool] = mapped_column(default=False)
    is_joint: Mapped[bool] = mapped_column(default=True)
    # {"present": [public ids of parties and representatives], "guests": [[name, capacity]], "online": [who agreed to
    # video]}; of an attempt {"absent": [who did not come or was not reached]} or {"reached": [who was]}
    attendance: Mapped[Facts]
    rights_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # 1 rights and recusal replies
    recusal_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    applicant_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # 2 A says
    respondent_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # 3 B says
    evidence_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # 4 evidence and facts
    agreed_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # 5 agreed and open points, one a line
    open_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    outcome_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # 6 result in words
    result: Mapped[SessionResult] = choice(SessionResult)
    next_on: Mapped[date | None]
    next_words: Mapped[Line | None]  # hour and place of the next one
    platform: Mapped[str | None] = mapped_column(String(60))  # of a meeting by video; who agreed to it is in attendance
    link_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    void_on: Mapped[date | None]  # an attempt that was written down by mistake
    void_reason: Mapped[Line | None]
    recorded_at: Mapped[RecordedAt]
    recorded_by_id: Mapped[int | None] = mapped_column(Long)
    recorder: Mapped[Name]
    version: Mapped[Version]

    rights = Sealed()
    recusal = Sealed()
    applicant = Sealed()
    respondent = Sealed()
    evidence = Sealed()
    agreed = Sealed()
    open = Sealed()
    outcome = Sealed()
    link = Sealed()


class PrivateNote(Base):
    """A mediator's own note, or a concession said in confidence: in no record, out of reach of any referral (JM-12)."""

    __tablename__ = "private_notes"

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = refers("cases.id")
    account_id: Mapped[int] = refers("accounts.id")
    data_key: Mapped[Secret]
    is_concession: Mapped[bool] = mapped_column(default=False)
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    recorded_at: Mapped[RecordedAt]

    text = Sealed()


class Extension(Base):
    """More time, with the consent of all parties (PM-18, JM-02)."""

    __tablename__ = "extensions"

    id: Mapped[BigId]
    proceeding_id: Mapped[int] = refers("proceedings.id")
    until_on: Mapped[date]
    agreed_on: Mapped[date]
    consents: Mapped[Facts]  # {party public id: date}
    reason: Mapped[Line]
    paper: Mapped[Line]  # what the consents stand on: 延期同意书, the record of a session
    recorded_at: Mapped[RecordedAt]


class Inquiry(Base):
    """Somebody was asked about the dispute, a party or not; question and answer are what the record prints (1.3)."""

    __tablename__ = "inquiries"

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = refers("cases.id")
    proceeding_id: Mapped[int] = refers("proceedings.id")
    data_key: Mapped[Secret]
    starts_at: Mapped[Instant]
    ends_at: Mapped[Instant | None]
    place: Mapped[Name]
    inquirers: Mapped[Line]  # 、 between them
    recorder: Mapped[Name]
    others: Mapped[Line | None]
    asked_sealed: Mapped[bytes] = mapped_column(LargeBinary)  # who: {"name", "sex", "birth_on", "workplace", …}
    exchange_sealed: Mapped[bytes] = mapped_column(LargeBinary)  # 问：… 答：…, one a line
    recorded_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]

    asked = Sealed()
    exchange = Sealed()
