"""Tasks that other units were asked to help with."""

from datetime import date

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import TaskState
from mediation.ground.columns import (
    BigId,
    CentreId,
    Facts,
    Line,
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
from mediation.registry.units.models import Unit


class AssistingTask(Base):
    """One thing that one unit was asked for. What is wanted and what came of it are sealed."""

    __tablename__ = "assisting_tasks"
    __table_args__ = (
        Index("ix_assisting_tasks_unit_id_state_due_on", "unit_id", "state", "due_on", "id"),
        Index("ix_assisting_tasks_helper_id_state_due_on", "helper_id", "state", "due_on", "id"),
        Index("ix_assisting_tasks_centre_id_state_due_on", "centre_id", "state", "due_on", "id"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    case_id: Mapped[int] = refers("cases.id")
    unit_id: Mapped[int] = refers("units.id", index=False)
    from_unit_id: Mapped[int] = refers("units.id", index=False)
    data_key: Mapped[Secret]
    state: Mapped[TaskState] = choice(TaskState)
    version: Mapped[Version]
    is_mandatory: Mapped[bool]
    wanted_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    asked_on: Mapped[date]
    asked_by: Mapped[Name]
    answer_due_on: Mapped[date]
    due_on: Mapped[date]
    answered_on: Mapped[date | None]
    decline_reason: Mapped[str | None] = mapped_column(String(32))
    helper_id: Mapped[int | None] = refers("accounts.id", nullable=True, index=False)  # of the unit's own people
    helper: Mapped[Name | None]
    reported_on: Mapped[date | None]
    reported_by: Mapped[Name | None]
    result_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    papers: Mapped[Facts]  # {"papers": [public ids of attachments]}: what came with the report
    why: Mapped[Line | None]  # of the last decline, sending back or withdrawal
    ended_on: Mapped[date | None]
    recorded_at: Mapped[RecordedAt]

    wanted = Sealed()
    result = Sealed()

    case: Mapped[Case] = relationship(lazy="raise")
    unit: Mapped[Unit] = relationship(lazy="raise", foreign_keys=[unit_id])
    from_unit: Mapped[Unit] = relationship(lazy="raise", foreign_keys=[from_unit_id])
