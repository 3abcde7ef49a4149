"""Notes on cases."""

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground.columns import (
    BigId,
    CentreId,
    Facts,
    Instant,
    Long,
    Name,
    PublicId,
    Secret,
    Version,
    choice,
    refers,
)
from mediation.ground.crypto import Sealed
from mediation.ground.db import Base
from mediation.registry.access.rules import Role


class CaseNote(Base):
    """One note, sealed; ``follows_id`` is the one that it goes on from. A deleted one keeps its place."""

    __tablename__ = "case_notes"
    __table_args__ = (Index("ix_case_notes_case_id_id", "case_id", "id"),)

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    case_id: Mapped[int] = refers("cases.id", index=False)
    account_id: Mapped[int] = refers("accounts.id", index=False)
    author: Mapped[Name]
    role: Mapped[Role] = choice(Role)
    unit_id: Mapped[int | None] = mapped_column(Long)
    data_key: Mapped[Secret]
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    mentions: Mapped[Facts]  # {"accounts": [public ids], "names": [names]}
    follows_id: Mapped[int | None] = refers("case_notes.id", nullable=True)
    written_at: Mapped[Instant]
    edited_at: Mapped[Instant | None]
    deleted_at: Mapped[Instant | None]
    version: Mapped[Version]

    text = Sealed()
