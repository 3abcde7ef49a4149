"""Bundles that were asked for, and where their files lie until they expire."""

from sqlalchemy import Index, Integer, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground import clock, orphans
from mediation.ground.columns import (
    BigId,
    CentreId,
    Instant,
    Line,
    Long,
    PublicId,
    RecordedAt,
    choice,
    refers,
)
from mediation.ground.db import Base
from mediation.stages.bundles.rules import Audience, BundleState

KEPT = text("pdf_name IS NOT NULL")


class Bundle(Base):
    """One export of a case: why, for whom, what came of it. The row stays when the files are gone."""

    __tablename__ = "bundles"
    __table_args__ = (Index("ix_bundles_kept", "expires_at", sqlite_where=KEPT, postgresql_where=KEPT),)

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    case_id: Mapped[int] = refers("cases.id")
    state: Mapped[BundleState] = choice(BundleState)
    audience: Mapped[Audience] = choice(Audience)
    party_id: Mapped[int | None] = refers("parties.id", nullable=True)
    reason: Mapped[Line]
    asked_by_id: Mapped[int | None] = mapped_column(Long)
    total: Mapped[int] = mapped_column(Integer, default=0)  # pieces
    done: Mapped[int] = mapped_column(Integer, default=0)
    pages: Mapped[int | None] = mapped_column(Integer)
    pdf_name: Mapped[str | None] = mapped_column(String(40), index=True)
    pdf_sha256: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    pdf_size: Mapped[int | None] = mapped_column(Integer)
    zip_name: Mapped[str | None] = mapped_column(String(40), index=True)
    zip_sha256: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    zip_size: Mapped[int | None] = mapped_column(Integer)
    error: Mapped[str | None] = mapped_column(String(80))
    recorded_at: Mapped[RecordedAt]
    ready_at: Mapped[Instant | None]
    expires_at: Mapped[Instant | None]  # None: the archive keeps it

    @property
    def is_kept(self) -> bool:
        """Say whether its files are there to be taken."""
        return self.state == BundleState.READY and (self.expires_at is None or self.expires_at > clock.now())


orphans.named_in(Bundle.pdf_name, Bundle.zip_name)
