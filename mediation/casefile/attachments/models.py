"""Attachments of a case."""

from datetime import date

from sqlalchemy import Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from mediation.casefile.attachments.rules import AttachmentKind, EvidenceCategory
from mediation.ground import orphans
from mediation.ground.columns import BigId, CentreId, Facts, Line, Long, Name, PublicId, RecordedAt, choice, refers
from mediation.ground.db import Base


class Attachment(Base):
    """One file or one paper original shown at the counter (then without a file)."""

    __tablename__ = "attachments"

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    case_id: Mapped[int] = refers("cases.id")
    party_id: Mapped[int | None] = refers("parties.id", nullable=True)
    paper_id: Mapped[int | None] = refers("papers.id", nullable=True)
    kind: Mapped[AttachmentKind] = choice(AttachmentKind)
    category: Mapped[EvidenceCategory | None] = choice(EvidenceCategory)
    shown_to: Mapped[Facts | None]  # of evidence: {party public id: day on which they saw it}
    title: Mapped[Name]
    proves: Mapped[Line | None]
    is_original: Mapped[bool] = mapped_column(default=False)
    pages: Mapped[int | None] = mapped_column(Integer)
    received_on: Mapped[date]
    file_name: Mapped[str | None] = mapped_column(String(40), index=True)
    file_sha256: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    file_size: Mapped[int | None] = mapped_column(Integer)
    media_type: Mapped[str | None] = mapped_column(String(120))
    added_by_id: Mapped[int | None] = mapped_column(Long)
    removed_on: Mapped[date | None]
    removed_reason: Mapped[Line | None]
    recorded_at: Mapped[RecordedAt]


orphans.named_in(Attachment.file_name)
