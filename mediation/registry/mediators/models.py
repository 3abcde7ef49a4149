"""Mediators and the bodies they work for."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.ground.columns import (
    AreaCode,
    BigId,
    CentreId,
    Facts,
    Initials,
    Instant,
    Line,
    Long,
    Name,
    PublicId,
    RecordedAt,
    Version,
    choice,
    refers,
)
from mediation.ground.db import Base
from mediation.registry.mediators.rules import CommitteePost, ComplaintState, LeaveKind, Misconduct, Sanction
from mediation.registry.units.models import Unit

BELONGS = text("until IS NULL")


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
    certificate_no: Mapped[str | None] = mapped_column(String(60))
    certificate_until: Mapped[date | None]
    committee_post: Mapped[CommitteePost | None] = choice(CommitteePost)  # of a committee's members (PM-02)
    ethnic: Mapped[str | None] = mapped_column(String(20))
    languages: Mapped[Line | None]  # 赣语、客家话
    home_area_code: Mapped[AreaCode | None]  # the village somebody is from: known faces, and a reason to look twice
    trained_on: Mapped[date | None]  # the last of the trainings
    barred_on: Mapped[date | None]  # no new cases from that day: serious misconduct, upheld (PM-17)
    term_from: Mapped[date]
    term_to: Mapped[date | None]
    removed_on: Mapped[date | None]
    removed_reason: Mapped[Line | None]
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]

    unit: Mapped[Unit] = relationship(lazy="raise")


class MediatorTraining(Base):
    """A training that somebody took part in (PM-21)."""

    __tablename__ = "mediator_trainings"

    id: Mapped[BigId]
    mediator_id: Mapped[int] = refers("mediators.id")
    on: Mapped[date]
    hours: Mapped[int | None] = mapped_column(Integer)
    topic: Mapped[Line]
    recorded_at: Mapped[RecordedAt]
    recorded_by_id: Mapped[int | None] = mapped_column(Long)


class MediatorLeave(Base):
    """Days on which a mediator is away, both counted, and who stands in. Ended early by an earlier last day."""

    __tablename__ = "mediator_leaves"
    __table_args__ = (
        CheckConstraint("last_on >= first_on", name="lasts"),
        Index("ix_mediator_leaves_mediator_id_last_on", "mediator_id", "last_on"),
        Index("ix_mediator_leaves_centre_id_last_on", "centre_id", "last_on"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    mediator_id: Mapped[int] = refers("mediators.id", index=False)
    deputy_id: Mapped[int | None] = refers("mediators.id", nullable=True)
    kind: Mapped[LeaveKind] = choice(LeaveKind)
    first_on: Mapped[date]
    last_on: Mapped[date]
    planned_to: Mapped[date]  # the last day as it was asked for
    note: Mapped[Line | None]
    cancelled_at: Mapped[Instant | None]
    made_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]

    mediator: Mapped[Mediator] = relationship(lazy="raise", foreign_keys=[mediator_id])
    deputy: Mapped[Mediator | None] = relationship(lazy="raise", foreign_keys=[deputy_id])


class MediatorComplaint(Base):
    """What somebody is said to have done wrong, and what was decided about it (PM-17)."""

    __tablename__ = "mediator_complaints"

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    mediator_id: Mapped[int] = refers("mediators.id")
    received_on: Mapped[date]
    kind: Mapped[Misconduct] = choice(Misconduct)
    words: Mapped[Line]
    state: Mapped[ComplaintState] = choice(ComplaintState)
    is_serious: Mapped[bool] = mapped_column(default=False)
    sanction: Mapped[Sanction | None] = choice(Sanction)
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(Long)
    decided_by: Mapped[Name | None]
    reason: Mapped[Line | None]
    recorded_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]

    mediator: Mapped[Mediator] = relationship(lazy="raise")


class StudioMember(Base):
    """Who works in a studio beside their own unit; the namesake gives it the name (row 38)."""

    __tablename__ = "studio_members"
    __table_args__ = (
        Index(
            "uq_studio_members_active", "unit_id", "mediator_id", unique=True,
            sqlite_where=BELONGS, postgresql_where=BELONGS,
        ),
    )

    id: Mapped[BigId]
    unit_id: Mapped[int] = refers("units.id", index=False)
    mediator_id: Mapped[int] = refers("mediators.id")
    is_namesake: Mapped[bool] = mapped_column(default=False)
    since: Mapped[date]
    until: Mapped[date | None]
    recorded_at: Mapped[RecordedAt]

    mediator: Mapped[Mediator] = relationship(lazy="raise")
