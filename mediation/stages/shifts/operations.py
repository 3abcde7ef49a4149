"""Handing a desk over to the next shift, and having read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mediation.ground import clock, trail
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken, known
from mediation.ground.ids import new_id, new_public_id
from mediation.ground.once import insert_or_ignore, once
from mediation.registry.access.rules import Actor
from mediation.stages.shifts import queries, rules
from mediation.stages.shifts.models import Handover, HandoverLine, HandoverRead
from mediation.stages.shifts.rules import Kind


@dataclass(frozen=True)
class LineValues:
    """One thing to hand over: its kind, the case by public id or none, and words; one of the two is there."""

    kind: str
    case: str | None = None
    text: str = ""


@once
def hand_over(
    *, by: Actor, on: date, key: str | None = None, lines: Sequence[LineValues], general: str = ""
) -> str:
    """Leave what is open to the next holder of the same post in the same unit; returns the public id.

    Raises RuleBroken for an empty or an endless one, NotFound for a case that the actor does not see, NotAllowed for a
    post that keeps no desk.
    """
    if by.role not in queries.DESKS:
        raise NotAllowed("shift")
    told = [line for line in lines if line.case or line.text.strip()]
    bars = rules.handing_obstacles(lines=len(told), general=general)
    if bars:
        raise RuleBroken(*bars)
    case_ids = queries.cases_by_public_id({line.case for line in told if line.case}, by)
    if {line.case for line in told if line.case} - case_ids.keys():
        raise NotFound()
    row = Handover(
        id=new_id(), public_id=new_public_id(), centre_id=by.centre_id, unit_id=by.unit_id, role=by.role,
        account_id=by.account_id, author=by.name, on=on, data_key=keys().new_data_key(), written_at=clock.now(),
    )
    row.general = general.strip() or None
    session.add(row)
    for position, line in enumerate(told):
        one = HandoverLine(
            id=new_id(), handover_id=row.id, position=position, kind=known(Kind, line.kind, "kind"),
            case_id=case_ids.get(line.case), data_key=keys().new_data_key(),
        )
        one.text = line.text.strip() or None
        session.add(one)
    session.flush()
    trail.record("shift.handed_over", by=by, about=row, params={"lines": len(told), "on": on})
    return row.public_id


def read(public_id: str, *, by: Actor) -> None:
    """Note that the actor has read a hand-over of their desk; once is enough. Raises NotFound."""
    row = queries.get(public_id, for_=by)
    who = {"account_id": by.account_id, "name": by.name}
    values = {"id": new_id(), "handover_id": row.id, "read_at": clock.now(), **who}
    session.execute(insert_or_ignore(HandoverRead.__table__).values(values))
