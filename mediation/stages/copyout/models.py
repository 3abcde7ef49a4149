"""Which case has to be in which platform, and how far it is."""

from datetime import date

from sqlalchemy import Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground.columns import (
    BigId,
    CentreId,
    Facts,
    Instant,
    Line,
    Long,
    PublicId,
    RecordedAt,
    Version,
    choice,
    refers,
)
from mediation.ground.db import Base
from mediation.stages.copyout.rules import EntryState

CHANGED, CHANGED_IN_SQLITE = text("is_changed"), text("is_changed = 1")


class PlatformEntry(Base):
    """A case that one platform has to have. Written with the step that makes it so, so that lists read one index.

    ``shown`` keeps a keyed mark of each field as it was when it was entered; what differs now stands in ``changed``.
    """

    __tablename__ = "platform_entries"
    __table_args__ = (
        UniqueConstraint("case_id", "platform", name="uq_platform_entries_once"),
        Index("ix_platform_entries_list", "centre_id", "platform", "state", "since", "id"),
        Index(
            "ix_platform_entries_changed", "centre_id", "platform", "since", "id",
            sqlite_where=CHANGED_IN_SQLITE, postgresql_where=CHANGED,
        ),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    case_id: Mapped[int] = refers("cases.id", index=False)  # the unique key begins with it
    platform: Mapped[str] = mapped_column(String(30))
    state: Mapped[EntryState] = choice(EntryState, default=EntryState.WAITING)
    since: Mapped[date]  # from which day on it has to be there
    entered_on: Mapped[date | None]
    outside_id: Mapped[int | None] = mapped_column(Long)  # the number there, in the outside numbers
    shown: Mapped[Facts]  # {label: mark}
    changed: Mapped[Facts]  # {"labels": [...]}
    is_changed: Mapped[bool] = mapped_column(default=False)
    exported_at: Mapped[Instant | None]
    reason: Mapped[Line | None]  # why it is not entered
    recorded_by_id: Mapped[int | None] = mapped_column(Long)
    recorded_at: Mapped[RecordedAt]
    version: Mapped[Version]
