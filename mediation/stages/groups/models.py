"""Groups and their members."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, Integer, LargeBinary, String, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import Consent, ConsentForm, PartyRole
from mediation.ground import orphans
from mediation.ground.columns import (
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
    Version,
    choice,
    refers,
)
from mediation.ground.db import Base, session
from mediation.registry.people.models import Person
from mediation.stages.groups.rules import PrintState

STANDING = text("ended_on IS NULL")


class CaseGroup(Base):
    """The many people on one side of a case, which leads for them: how many were said, what it is about in money."""

    __tablename__ = "case_groups"
    __table_args__ = (UniqueConstraint("case_id", name="uq_case_groups_case_id"),)

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    case_id: Mapped[int] = refers("cases.id", index=False)
    side: Mapped[PartyRole] = choice(PartyRole, default=PartyRole.APPLICANT)
    said_count: Mapped[int] = mapped_column(Integer)
    total_fen: Mapped[Fen | None]  # as it was said for all together
    learnt_at: Mapped[Instant]
    proposal: Mapped[LongText | None]  # the terms that members are asked to consent to
    proposed_on: Mapped[date | None]
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]

    case: Mapped[Case] = relationship(lazy="raise")


class GroupMember(Base):
    """One person of a group. Whoever is also a party of the case speaks, consents and signs there.

    A member who leaves is ended with the reason, never erased.
    """

    __tablename__ = "group_members"
    __table_args__ = (
        CheckConstraint("elected_on IS NULL OR party_id IS NOT NULL", name="representatives_are_parties"),
        Index("ix_group_members_name_case_id", "name", "case_id"),
        Index("ix_group_members_initials_case_id", "initials", "case_id"),
        Index("ix_group_members_group_id_position", "group_id", "position"),
        Index(
            "uq_group_members_once", "group_id", "person_id", unique=True,
            sqlite_where=STANDING, postgresql_where=STANDING,
        ),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    group_id: Mapped[int] = refers("case_groups.id", index=False)
    case_id: Mapped[int] = refers("cases.id")  # the lead file
    person_id: Mapped[int] = refers("people.id")
    party_id: Mapped[int | None] = refers("parties.id", nullable=True)
    from_case_id: Mapped[int | None] = refers("cases.id", nullable=True)  # the single case that was taken in with them
    position: Mapped[int] = mapped_column(Integer)
    name: Mapped[Name]
    initials: Mapped[Initials]
    amount_fen: Mapped[Fen | None]
    place: Mapped[Line | None]
    consent: Mapped[Consent] = choice(Consent, default=Consent.PENDING)  # to mediation, represented by those elected
    consent_on: Mapped[date | None]
    consent_form: Mapped[ConsentForm | None] = choice(ConsentForm)
    settles: Mapped[Consent] = choice(Consent, default=Consent.PENDING)  # to settle on the group's present proposal
    settles_on: Mapped[date | None]
    settles_form: Mapped[ConsentForm | None] = choice(ConsentForm)
    answered_by_id: Mapped[int | None] = mapped_column(Long)  # who recorded the last answer
    elected_on: Mapped[date | None]
    election_signed_on: Mapped[date | None]  # the paper of the election
    ended_on: Mapped[date | None]
    end_reason: Mapped[Line | None]
    ended_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]

    group: Mapped[CaseGroup] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
    party: Mapped[Party | None] = relationship(lazy="raise")

    @property
    def is_representative(self) -> bool:
        return self.elected_on is not None


class GroupPrint(Base):
    """Sheets and members' papers that somebody asked for, printed slice by slice and bound into one file."""

    __tablename__ = "group_prints"
    __table_args__ = (Index("ix_group_prints_recorded_at", "recorded_at"),)

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    case_id: Mapped[int] = refers("cases.id")
    group_id: Mapped[int] = refers("case_groups.id")
    account_id: Mapped[int | None] = mapped_column(Long)
    asked_by: Mapped[Name]
    state: Mapped[PrintState] = choice(PrintState, default=PrintState.RUNNING)
    wanted: Mapped[Facts]  # {"sheets": […], "each": […], "members": [row ids]}
    total: Mapped[int] = mapped_column(Integer)
    done: Mapped[int] = mapped_column(Integer, default=0)
    parts: Mapped[Facts]  # {"files": [[name, sha256], …]} until they are bound
    error: Mapped[str | None] = mapped_column(String(80))
    file_name: Mapped[str | None] = mapped_column(String(40))
    file_sha256: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    pages: Mapped[int | None] = mapped_column(Integer)
    ended_at: Mapped[Instant | None]
    recorded_at: Mapped[RecordedAt]


@orphans.named_by
def _files(_names) -> set[str]:
    """Return the files of all prints, of which few days' are kept: what was bound, and the parts that wait for it."""
    rows = session.execute(select(GroupPrint.file_name, GroupPrint.parts)).all()
    parts = {part[0] for _name, waiting in rows for part in waiting.get("files", ())}
    return parts | {name for name, _waiting in rows if name}
