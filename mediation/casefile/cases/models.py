"""Cases and parties, and who has to do with them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.casefile.cases.linking import LinkKind
from mediation.casefile.cases.rules import (
    AgentAuthority,
    AgentKind,
    CaseState,
    Channel,
    Consent,
    ConsentForm,
    Grade,
    PartyRole,
    Representation,
    Source,
    Stage,
    Track,
    Turn,
    Urgency,
)
from mediation.ground.columns import (
    AreaCode,
    BigId,
    CentreId,
    Facts,
    Fen,
    Initials,
    Instant,
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
from mediation.ground.crypto import Box, Sealed, keys
from mediation.ground.db import Base
from mediation.registry.access.rules import Depth, Relation
from mediation.registry.people.models import Person

OPEN, OPEN_IN_SQLITE = text("is_open"), text("is_open = 1")  # as each engine is asked; SQLite compares the words
STANDING = text("ended_on IS NULL")


class Case(Base):
    """One dispute, from the counter to the archive.

    What stands below "derived" is computed from the history after each step and kept only to be listed by.
    """

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("centre_id", "register_no", name="uq_cases_centre_id_register_no"),
        Index("ix_cases_centre_id_id", "centre_id", "id"),
        Index("ix_cases_query_code_hash", "query_code_hash"),
        Index("ix_cases_centre_id_stage_id", "centre_id", "stage", "id"),
        Index("ix_cases_centre_id_turn_due_on", "centre_id", "turn", "due_on", "id"),
        Index("ix_cases_centre_id_accepted_on", "centre_id", "accepted_on"),
        Index("ix_cases_lead_unit_id_due_on", "lead_unit_id", "due_on", "id"),
        Index("ix_cases_mediator_id_due_on", "mediator_id", "due_on", "id"),
        Index("ix_cases_mediator_id_open", "mediator_id", "id", sqlite_where=OPEN_IN_SQLITE, postgresql_where=OPEN),
        Index("ix_cases_due_on_open", "centre_id", "due_on", "id", sqlite_where=OPEN_IN_SQLITE, postgresql_where=OPEN),
        Index(
            "ix_cases_turn_since_open", "centre_id", "turn_since", "id",
            sqlite_where=OPEN_IN_SQLITE, postgresql_where=OPEN,
        ),
        Index("ix_cases_centre_id_turn_id", "centre_id", "turn", "id"),
        Index("ix_cases_centre_id_due_on_id", "centre_id", "due_on", "id"),
        Index("ix_cases_centre_id_type_code_id", "centre_id", "type_code", "id"),
        Index("ix_cases_centre_id_grade_id", "centre_id", "grade", "id"),
        Index("ix_cases_centre_id_result_id", "centre_id", "result", "id"),
        Index("ix_cases_lead_unit_id_id", "lead_unit_id", "id"),
        Index("ix_cases_centre_id_area_code_applied_on", "centre_id", "area_code", "applied_on"),
        Index("ix_cases_point_id_id", "point_id", "id"),
        Index("ix_cases_centre_id_channel_id", "centre_id", "channel", "id"),
        Index("ix_cases_centre_id_applied_on", "centre_id", "applied_on", "channel", "point_id"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[int] = refers("centres.id", index=False)
    data_key: Mapped[Secret]
    version: Mapped[Version]
    state: Mapped[CaseState] = choice(CaseState)

    register_no: Mapped[str] = mapped_column(String(40))  # 南矛调登〔2026〕12号, the centre's
    register_year: Mapped[int] = mapped_column(Integer)
    query_code_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    query_code_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # to print the receipt again
    title: Mapped[str] = mapped_column(String(200))
    channel: Mapped[Channel] = choice(Channel)
    source: Mapped[Source] = choice(Source)
    point_id: Mapped[int | None] = mapped_column(Long)  # the collection point it came through
    outside_no: Mapped[str | None] = mapped_column(String(80))  # under which the channel sent it
    applied_on: Mapped[date]
    law_on: Mapped[date]  # the day whose law the case keeps
    registered_at: Mapped[Instant]
    registered_by_id: Mapped[int | None] = mapped_column(Long)
    registered_unit_id: Mapped[int | None] = mapped_column(Long, ForeignKey("units.id"))

    type_code: Mapped[str] = mapped_column(String(40))
    cause_code: Mapped[str | None] = mapped_column(String(40))
    amount_fen: Mapped[Fen | None]
    story: Mapped[LongText]
    claims: Mapped[LongText]
    area_code: Mapped[AreaCode | None] = mapped_column(index=True)
    place: Mapped[Line | None]
    object_area_code: Mapped[AreaCode | None]  # where the thing in dispute lies (JC-05)
    people_count: Mapped[int] = mapped_column(Integer, default=0)
    data_notice: Mapped[str] = mapped_column(String(40))  # version of the notice that was shown (DP-05)
    pending_elsewhere: Mapped[str | None] = mapped_column(String(32))  # who accepted or decided it (RT-05, RT-06)
    pending_since: Mapped[date | None]
    court_name: Mapped[Name | None]  # the court that commissioned or entrusted (RT-07)
    court_no: Mapped[str | None] = mapped_column(String(60))
    court_procedure: Mapped[str | None] = mapped_column(String(32))  # procedure of an entrusted case (JM-02)
    court_received_on: Mapped[date | None]  # day on which the court's materials were signed for (JM-02)
    screening: Mapped[Facts]  # answers of the checklist (RT-08)
    screened_on: Mapped[date | None]
    grade: Mapped[Grade | None] = choice(Grade)  # proposed at the screening, a person may change it (ST-02)
    urgency: Mapped[Urgency | None] = choice(Urgency)
    type_answers: Mapped[Facts | None]  # what the type asked after the first save, by question (row 22)
    limitation_from: Mapped[date | None]  # since when harm and debtor are known, where somebody said so (LM-01)
    limitation_interrupted_on: Mapped[date | None]  # LM-02
    limitation_note: Mapped[Line | None]
    labour_precondition: Mapped[str | None] = mapped_column(String(32))  # AM-07: award, refusal, exception
    is_sealed: Mapped[bool] = mapped_column(default=False)
    seal_reason: Mapped[str | None] = mapped_column(String(32))
    merged_into_id: Mapped[int | None] = refers("cases.id", nullable=True)

    # derived
    stage: Mapped[Stage] = choice(Stage)
    turn: Mapped[Turn] = choice(Turn)
    turn_name: Mapped[Name | None]
    turn_since: Mapped[date | None]
    due_on: Mapped[date | None]
    due_basis: Mapped[str | None] = mapped_column(String(40))
    due_is_provisional: Mapped[bool] = mapped_column(default=False)
    track: Mapped[Track | None] = choice(Track)
    lead_unit_id: Mapped[int | None] = mapped_column(Long, ForeignKey("units.id"))
    mediator_id: Mapped[int | None] = mapped_column(Long)
    body_no: Mapped[str | None] = mapped_column(String(60), index=True)  # the lead body's own number
    is_open: Mapped[bool] = mapped_column(default=True)
    accepted_on: Mapped[date | None]  # first acceptance by a unit: the cohort that figures count
    result: Mapped[str] = mapped_column(String(16), default="open")  # open, mediated, ruled, failed, never_reached
    outcome: Mapped[str | None] = mapped_column(String(32))
    closed_on: Mapped[date | None]
    group_side: Mapped[PartyRole | None] = choice(PartyRole)
    group_size: Mapped[int | None] = mapped_column(Integer)  # headcount of a group that it leads, None: it leads none
    counted_as: Mapped[str | None] = mapped_column(String(100))  # where the figures have it: month, body, track, result

    parties: Mapped[list["Party"]] = relationship(back_populates="case", lazy="raise", order_by="Party.position")

    query_code = Sealed()

    def box(self) -> Box:
        """Return the box that seals what belongs to this case."""
        return keys().box(self.data_key)


class Party(Base):
    """A person or organisation *in* a case."""

    __tablename__ = "parties"
    __table_args__ = (
        Index("ix_parties_name_case_id", "name", "case_id"),
        Index("ix_parties_initials_case_id", "initials", "case_id"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    case_id: Mapped[int | None] = refers("cases.id", nullable=True)  # None: entered by mistake and taken off again
    person_id: Mapped[int | None] = refers("people.id", nullable=True)  # None: the other side is unknown
    centre_id: Mapped[CentreId]
    role: Mapped[PartyRole] = choice(PartyRole)
    position: Mapped[int] = mapped_column(Integer)
    is_lead: Mapped[bool] = mapped_column(default=False)
    name: Mapped[Name]  # as in this case; searched by
    initials: Mapped[Initials]
    flags: Mapped[Facts]  # {"flags": [PartyFlag, …]}
    whereabouts_unknown: Mapped[bool] = mapped_column(default=False)
    lives_on_own_earnings: Mapped[bool] = mapped_column(default=False)  # MH-05
    identity_checked_on: Mapped[date | None]
    consent: Mapped[Consent] = choice(Consent, default=Consent.PENDING)
    consent_on: Mapped[date | None]
    consent_form: Mapped[ConsentForm | None] = choice(ConsentForm)
    consent_recorded_by: Mapped[int | None] = mapped_column(Long)
    rights_notice_on: Mapped[date | None]
    rights_notice_form: Mapped[str | None] = mapped_column(String(32))
    unavailable: Mapped[Facts]
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]

    case: Mapped[Case] = relationship(back_populates="parties", lazy="raise")
    person: Mapped[Person | None] = relationship(lazy="raise")
    representatives: Mapped[list["Representative"]] = relationship(
        lazy="raise", back_populates="party", order_by="Representative.id"
    )
    service_address: Mapped["ServiceAddress | None"] = relationship(lazy="raise", uselist=False)


class Representative(Base):
    """Who stands beside a party: agent, guardian, group representative, helper or interpreter."""

    __tablename__ = "representatives"

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    party_id: Mapped[int] = refers("parties.id")
    data_key: Mapped[Secret]
    capacity: Mapped[Representation] = choice(Representation)
    name: Mapped[Name]
    sex: Mapped[str | None] = mapped_column(String(32))
    kind: Mapped[AgentKind | None] = choice(AgentKind)
    relation: Mapped[str | None] = mapped_column(String(40))
    workplace: Mapped[Name | None]
    licence_no: Mapped[str | None] = mapped_column(String(40))
    language: Mapped[str | None] = mapped_column(String(20))  # of an interpreter: 维吾尔语, 手语
    id_number_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    authority: Mapped[AgentAuthority | None] = choice(AgentAuthority)
    powers: Mapped[Facts]  # {"powers": [...]}: each power spelled out (QT-16)
    paper_received_on: Mapped[date | None]  # power of attorney
    until: Mapped[date | None]
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]

    id_number = Sealed()
    phone = Sealed()

    party: Mapped[Party] = relationship(back_populates="representatives", lazy="raise")


class ServiceAddress(Base):
    """A party's confirmed address for service (DC-07); a new one replaces it by a row, not by an edit."""

    __tablename__ = "service_addresses"

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    party_id: Mapped[int] = refers("parties.id")
    data_key: Mapped[Secret]
    recipient: Mapped[Name]
    address_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    postcode: Mapped[str | None] = mapped_column(String(6))
    agrees_to_electronic: Mapped[bool]
    electronic_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # {mobile, e-mail, platform}
    is_confidential: Mapped[bool] = mapped_column(default=False)
    confirmed_on: Mapped[date]
    recorded_at: Mapped[RecordedAt]

    address = Sealed()
    phone = Sealed()
    electronic = Sealed()


class CaseAccess(Base):
    """Why and how deep a unit or a person sees a case. The scope of everything is one EXISTS on it."""

    __tablename__ = "case_access"
    __table_args__ = (
        CheckConstraint("(unit_id IS NULL) <> (account_id IS NULL)", name="one_subject"),
        UniqueConstraint("case_id", "unit_id", "account_id", "relation", "since", name="uq_case_access_once"),
        Index("ix_case_access_unit_id_relation_case_id", "unit_id", "relation", "case_id"),
        Index("ix_case_access_account_id_relation_case_id", "account_id", "relation", "case_id"),
    )

    id: Mapped[BigId]
    case_id: Mapped[int] = refers("cases.id")
    unit_id: Mapped[int | None] = refers("units.id", nullable=True, index=False)
    account_id: Mapped[int | None] = refers("accounts.id", nullable=True, index=False)
    relation: Mapped[Relation] = choice(Relation)
    depth: Mapped[int] = mapped_column(Integer, default=int(Depth.CONTENTS))
    since: Mapped[Instant]
    until: Mapped[Instant | None]


class CaseLink(Base):
    """A case that belongs to another: the later one, or the one merged away, names the earlier. Ended, never erased."""

    __tablename__ = "case_links"
    __table_args__ = (
        CheckConstraint("case_id <> other_id", name="two_cases"),
        Index(
            "uq_case_links_once", "case_id", "other_id", "kind", unique=True,
            sqlite_where=STANDING, postgresql_where=STANDING,
        ),
        Index("ix_case_links_centre_id_kind_since", "centre_id", "kind", "since"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    case_id: Mapped[int] = refers("cases.id")
    other_id: Mapped[int] = refers("cases.id")
    kind: Mapped[LinkKind] = choice(LinkKind)
    reason: Mapped[Line | None]
    since: Mapped[date]
    made_by_id: Mapped[int | None] = mapped_column(Long)
    moved: Mapped[Facts]  # of a merger: what the other case got by it, so that it can be given back
    recorded_at: Mapped[RecordedAt]
    ended_on: Mapped[date | None]
    ended_by_id: Mapped[int | None] = mapped_column(Long)
    end_reason: Mapped[Line | None]


class Draft(Base):
    """What somebody has typed and not yet saved, sealed; kept per account and form."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("account_id", "form", name="uq_drafts_account_id_form"),)

    id: Mapped[BigId]
    account_id: Mapped[int] = refers("accounts.id")
    form: Mapped[str] = mapped_column(String(120))  # "intake" or "agreement/<public id>"
    data_key: Mapped[Secret]
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    looked_up: Mapped[Facts]  # {"people": […], "pairs": […]}: whom "seen before" was asked about meanwhile (P25)
    saved_at: Mapped[Instant]

    content = Sealed()
