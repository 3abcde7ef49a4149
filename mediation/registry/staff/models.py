"""Accounts, posts, sessions, one-time codes and the counters of log-in attempts."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

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
from mediation.ground.crypto import Sealed
from mediation.ground.db import Base
from mediation.registry.access.rules import Role
from mediation.registry.staff.rules import Proof
from mediation.registry.units.models import Unit


class Account(Base):
    """One person's way in. ``authorisation`` grows with each change of password, posts or state: older sessions end."""

    __tablename__ = "accounts"

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[int] = refers("centres.id")
    data_key: Mapped[Secret]
    login: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[Name]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    authorisation: Mapped[int] = mapped_column(Integer, default=1)
    language: Mapped[str | None] = mapped_column(String(10))
    settings: Mapped[Facts]  # own wishes: {"single_keys": false}
    second_factor_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    second_factor_last: Mapped[int | None] = mapped_column(Long)
    disabled_at: Mapped[Instant | None]
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]

    second_factor = Sealed()


class Post(Base):
    """A role in a unit, held by an account between two days; ``deputy_for`` names the post it stands in for."""

    __tablename__ = "posts"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
        Index("ix_posts_unit_id_role", "unit_id", "role"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    account_id: Mapped[int] = refers("accounts.id")
    unit_id: Mapped[int] = refers("units.id", index=False)
    role: Mapped[Role] = choice(Role)
    deputy_for_id: Mapped[int | None] = refers("posts.id", nullable=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    granted_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]

    account: Mapped[Account] = relationship(lazy="raise")
    unit: Mapped[Unit] = relationship(lazy="raise")

    def is_valid(self, on: date) -> bool:
        """Say whether the post is held on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class PostAbsence(Base):
    """The holder of a post is not there between two days; whoever stands in has a deputy's post of their own."""

    __tablename__ = "post_absences"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="validity"),
        Index("ix_post_absences_centre_id_to_on", "centre_id", "to_on"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    post_id: Mapped[int] = refers("posts.id")
    from_on: Mapped[date]
    to_on: Mapped[date]
    reason: Mapped[Line]
    made_by_id: Mapped[int | None] = mapped_column(Long)
    ended_by_id: Mapped[int | None] = mapped_column(Long)  # who let it end early
    recorded_at: Mapped[RecordedAt]


class LoginSession(Base):
    """An open session; the cookie holds a random id, the row only its hash (B4)."""

    __tablename__ = "login_sessions"

    id: Mapped[BigId]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    account_id: Mapped[int] = refers("accounts.id")
    post_id: Mapped[int | None] = mapped_column(Long)
    authorisation: Mapped[int] = mapped_column(Integer)
    proof: Mapped[Proof | None] = choice(Proof)  # what stands beside the password
    created_at: Mapped[Instant]
    last_seen_at: Mapped[Instant]
    revoked_at: Mapped[Instant | None]


class PendingLogin(Base):
    """A log-in whose password was right and whose second factor is awaited; it opens nothing."""

    __tablename__ = "pending_logins"

    id: Mapped[BigId]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    account_id: Mapped[int] = refers("accounts.id")
    authorisation: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[Instant]


class RecoveryCode(Base):
    """Stands in for the second factor once, when the telephone is lost; only its hash is kept."""

    __tablename__ = "recovery_codes"

    id: Mapped[BigId]
    account_id: Mapped[int] = refers("accounts.id")
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    used_at: Mapped[Instant | None]


class OneTimeCode(Base):
    """A code that lets its account set a password once."""

    __tablename__ = "one_time_codes"

    id: Mapped[BigId]
    account_id: Mapped[int] = refers("accounts.id")
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    expires_at: Mapped[Instant]
    used_at: Mapped[Instant | None]
    issued_by_id: Mapped[int | None] = mapped_column(Long)


class Attempt(Base):
    """One counted attempt (log-in, search for an ID number, reveal) by a key that is no personal data."""

    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_kind_subject_at", "kind", "subject", "at"),)

    id: Mapped[BigId]
    kind: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(64))
    at: Mapped[Instant]
