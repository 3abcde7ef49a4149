"""Issued papers."""

from datetime import date

from sqlalchemy import Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground import orphans
from mediation.ground.choices import Choice, N_
from mediation.ground.columns import BigId, CentreId, Facts, Instant, Long, PublicId, RecordedAt, choice, refers
from mediation.ground.db import Base


class PaperState(Choice):
    WAITING = "waiting", N_("等待排版")
    READY = "ready", N_("已出具")
    REFUSED = "refused", N_("排版失败")
    CANCELLED = "cancelled", N_("已作废")


class Paper(Base):
    """One issued document: number, sealed snapshot and template version with the change, bytes once after it.

    A correction is a new paper that names the old one; a failed rendering is tried again under the same number.
    """

    __tablename__ = "papers"
    __table_args__ = (
        Index("ix_papers_case_id_kind", "case_id", "kind"),
        Index("ix_papers_short_hash", "short_hash"),
        Index("ix_papers_file_sha256", "file_sha256"),
        Index("ix_papers_file_name", "file_name"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    case_id: Mapped[int] = refers("cases.id", index=False)
    kind: Mapped[str] = mapped_column(String(40))
    object_kind: Mapped[str | None] = mapped_column(String(32))
    object_id: Mapped[int | None] = mapped_column(Long)
    number: Mapped[str] = mapped_column(String(60))
    template_version: Mapped[int] = mapped_column(Integer)
    snapshot_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    short_hash: Mapped[str] = mapped_column(String(16))
    state: Mapped[PaperState] = choice(PaperState, default=PaperState.WAITING)
    is_draft: Mapped[bool] = mapped_column(default=False)
    replaces_id: Mapped[int | None] = refers("papers.id", nullable=True)
    handwritten: Mapped[Facts]  # places left for the pen: {"fields": [...]}
    error: Mapped[str | None] = mapped_column(String(400))
    file_name: Mapped[str | None] = mapped_column(String(40))
    file_sha256: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    pages: Mapped[int | None] = mapped_column(Integer)
    issued_on: Mapped[date]
    issued_at: Mapped[Instant]
    issued_by_id: Mapped[int | None] = mapped_column(Long)
    rendered_at: Mapped[Instant | None]
    recorded_at: Mapped[RecordedAt]


orphans.named_in(Paper.file_name)
