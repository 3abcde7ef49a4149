"""Hand-over notes and who has read them."""

from datetime import date

from sqlalchemy import Index, Integer, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.casefile.cases.models import Case
from mediation.ground.columns import BigId, CentreId, Instant, Name, PublicId, Secret, choice, refers
from mediation.ground.crypto import Sealed
from mediation.ground.db import Base
from mediation.registry.access.rules import Role
from mediation.stages.shifts.rules import Kind


class Handover(Base):
    """What one shift of a desk hands to the next, for the holders of the same post in the same unit. Sealed."""

    __tablename__ = "shift_handovers"
    __table_args__ = (Index("ix_shift_handovers_unit_id_role_id", "unit_id", "role", "id"),)

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    unit_id: Mapped[int] = refers("units.id", index=False)
    role: Mapped[Role] = choice(Role)
    account_id: Mapped[int] = refers("accounts.id", index=False)
    author: Mapped[Name]
    on: Mapped[date]
    data_key: Mapped[Secret]
    general_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    written_at: Mapped[Instant]

    general = Sealed()

    lines: Mapped[list["HandoverLine"]] = relationship(lazy="raise", order_by="HandoverLine.position")
    reads: Mapped[list["HandoverRead"]] = relationship(lazy="raise", order_by="HandoverRead.id")


class HandoverLine(Base):
    """One thing that is handed over: a case, or words alone."""

    __tablename__ = "shift_lines"

    id: Mapped[BigId]
    handover_id: Mapped[int] = refers("shift_handovers.id")
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[Kind] = choice(Kind)
    case_id: Mapped[int | None] = refers("cases.id", nullable=True)
    data_key: Mapped[Secret]
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    text = Sealed()

    case: Mapped[Case | None] = relationship(lazy="raise")


class HandoverRead(Base):
    """Somebody has read a hand-over; for them it stands on no page any more."""

    __tablename__ = "shift_reads"
    __table_args__ = (UniqueConstraint("handover_id", "account_id", name="uq_shift_reads_once"),)

    id: Mapped[BigId]
    handover_id: Mapped[int] = refers("shift_handovers.id", index=False)
    account_id: Mapped[int] = refers("accounts.id", index=False)
    name: Mapped[Name]
    read_at: Mapped[Instant]
