"""Sheets of orders and their rows."""

from sqlalchemy import Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from mediation.casefile.cases.rules import Channel
from mediation.ground.columns import (
    BigId,
    CentreId,
    Facts,
    Instant,
    Line,
    Long,
    PublicId,
    RecordedAt,
    Secret,
    Version,
    choice,
    refers,
)
from mediation.ground.db import Base
from mediation.stages.intake.orders.rules import SheetState, Verdict


class OrderSheet(Base):
    """A sheet that somebody brought: what its columns mean, and how far it has got."""

    __tablename__ = "order_sheets"
    __table_args__ = (Index("ix_order_sheets_unit_id_id", "unit_id", "id"),)

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    unit_id: Mapped[int] = refers("units.id", index=False)
    account_id: Mapped[int] = mapped_column(Long)
    post_id: Mapped[int] = mapped_column(Long)  # in which the rows are registered
    data_key: Mapped[Secret]
    name: Mapped[str] = mapped_column(String(200))
    channel: Mapped[Channel] = choice(Channel)
    headings: Mapped[Facts]  # {"titles": [...]}
    columns: Mapped[Facts]  # {field: column}
    others_unknown: Mapped[bool] = mapped_column(default=False)  # no other side written: nobody knows it
    state: Mapped[SheetState] = choice(SheetState, default=SheetState.READ)
    why_stopped: Mapped[Line | None]
    round: Mapped[int] = mapped_column(Integer, default=0)  # of checking or running; names the jobs
    total: Mapped[int] = mapped_column(Integer)
    ended_at: Mapped[Instant | None]
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]


class OrderRow(Base):
    """One row of a sheet. Its cells are dropped once they have become a case."""

    __tablename__ = "order_rows"
    __table_args__ = (
        Index("ix_order_rows_sheet_id_verdict_line", "sheet_id", "verdict", "line"),
        Index("ix_order_rows_unit_id_waits_id", "unit_id", "waits", "id"),
        Index("ix_order_rows_mark", "mark"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    unit_id: Mapped[int] = refers("units.id", index=False)
    sheet_id: Mapped[int] = refers("order_sheets.id")
    line: Mapped[int] = mapped_column(Integer)  # as the sheet counts
    number: Mapped[str | None] = mapped_column(String(80))
    mark: Mapped[bytes] = mapped_column(LargeBinary(32))  # blind index of system and number, or of the whole row
    cells_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    verdict: Mapped[Verdict] = choice(Verdict, default=Verdict.UNCHECKED)
    waits: Mapped[bool] = mapped_column(default=False)  # for a clerk to complete it
    checked_in: Mapped[int] = mapped_column(Integer, default=0)  # the round that looked at it last
    why: Mapped[Facts]  # as ``tries.kept`` writes it
    case_id: Mapped[int | None] = refers("cases.id", nullable=True)
    recorded_at: Mapped[RecordedAt]
