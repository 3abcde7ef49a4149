"""Transfers between units, and the rules that suggest where a case should go."""

from datetime import date

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Track, TransferState
from mediation.ground.columns import (
    BigId,
    CentreId,
    Facts,
    Instant,
    Line,
    Long,
    LongText,
    Name,
    PublicId,
    RecordedAt,
    Version,
    choice,
    refers,
)
from mediation.ground.db import Base
from mediation.registry.regions.rules import AreaLevel
from mediation.registry.units.models import Unit
from mediation.stages.routing.levels import HopKind
from mediation.stages.routing.rulebook import DraftState


class Transfer(Base):
    """One hop of a case between units; its answer is due, and it is never overwritten."""

    __tablename__ = "transfers"
    __table_args__ = (
        Index("ix_transfers_to_unit_id_state", "to_unit_id", "state"),
        Index("ix_transfers_centre_id_id", "centre_id", "id"),
        Index("ix_transfers_centre_id_kind_sent_on", "centre_id", "kind", "sent_on"),
        Index("ix_transfers_centre_id_rule_sent_on", "centre_id", "rule", "sent_on", "override_reason", "id"),
        Index("ix_transfers_centre_id_sent_on", "centre_id", "sent_on", "to_unit_id", "state"),
    )

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[int | None] = mapped_column(Long)  # of the case; what is counted is found by it
    case_id: Mapped[int] = refers("cases.id")
    from_unit_id: Mapped[int] = refers("units.id")
    to_unit_id: Mapped[int] = refers("units.id", index=False)
    track: Mapped[Track] = choice(Track)
    state: Mapped[TransferState] = choice(TransferState)
    version: Mapped[Version]
    kind: Mapped[HopKind] = choice(HopKind, default=HopKind.ROUTE, server_default=HopKind.ROUTE.value)
    sent_on: Mapped[date]
    suggestion: Mapped[Facts]  # the rule, the fields that fired and the alternative, as they were shown
    rule: Mapped[int | None] = mapped_column(Integer)  # that suggested it, by its number
    override_reason: Mapped[str | None] = mapped_column(String(32))
    duty_item_id: Mapped[int | None] = mapped_column(Long)  # the line of the duty list that was cited
    designation_id: Mapped[int | None] = mapped_column(Long)  # the arbiter's ruling that sent it
    why: Mapped[str | None] = mapped_column(String(32))  # coded: why it goes a level up or down
    tried: Mapped[LongText | None]  # of one that goes up: what the unit has done about it
    note: Mapped[Line | None]
    answer_due_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    reject_reason: Mapped[str | None] = mapped_column(String(32))
    reject_note: Mapped[Line | None]
    recorded_at: Mapped[RecordedAt]

    case: Mapped[Case] = relationship(lazy="raise")
    from_unit: Mapped[Unit] = relationship(lazy="raise", foreign_keys=[from_unit_id])
    to_unit: Mapped[Unit] = relationship(lazy="raise", foreign_keys=[to_unit_id])


class RoutingRuleRow(Base):
    """One rule of a centre from a day on; the first by priority that fits suggests track and unit.

    A later row of the same number takes its place; with ``is_off`` no rule of that number holds. None is changed.
    """

    __tablename__ = "routing_rules"

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    number: Mapped[int] = mapped_column(Integer)
    priority: Mapped[int] = mapped_column(Integer)
    name: Mapped[Name]
    conditions: Mapped[Facts]
    track: Mapped[Track] = choice(Track)
    unit_kind: Mapped[str | None] = mapped_column(String(32))
    level: Mapped[AreaLevel | None] = choice(AreaLevel)  # of the unit; None: the nearest one
    unit_id: Mapped[int | None] = mapped_column(Long)
    reason: Mapped[Line]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    is_off: Mapped[bool] = mapped_column(default=False)
    draft_id: Mapped[int | None] = mapped_column(Long)  # with which it was published
    recorded_at: Mapped[RecordedAt]


class RoutingDraft(Base):
    """A change of the rules: written, rehearsed on past cases, published from a day on; kept as it was published."""

    __tablename__ = "routing_drafts"
    __table_args__ = (Index("ix_routing_drafts_centre_id_state_id", "centre_id", "state", "id"),)

    id: Mapped[BigId]
    public_id: Mapped[PublicId]
    centre_id: Mapped[CentreId]
    state: Mapped[DraftState] = choice(DraftState, default=DraftState.OPEN)
    version: Mapped[Version]
    why: Mapped[Line]
    changes: Mapped[Facts]  # {number: the rule's values, None: no rule of that number any more}
    replaced: Mapped[Facts]  # {number: what held before it was published}
    rehearsal: Mapped[Facts]  # what replaying it on past cases showed
    rehearsed_mark: Mapped[str | None] = mapped_column(String(64))  # of the very rules that were replayed
    rehearsed_at: Mapped[Instant | None]
    undoes_id: Mapped[int | None] = mapped_column(Long)
    made_by_id: Mapped[int | None] = mapped_column(Long)
    made_by: Mapped[Name]
    published_by_id: Mapped[int | None] = mapped_column(Long)
    published_by: Mapped[Name | None]
    published_at: Mapped[Instant | None]
    valid_from: Mapped[date | None]
    recorded_at: Mapped[RecordedAt]
