"""How often cases went a level up or down in a period, by unit (row 30)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from mediation.casefile.cases.rules import TransferState
from mediation.ground.db import session
from mediation.registry.access.rules import Actor
from mediation.registry.units import queries as units
from mediation.stages.routing.levels import HopKind
from mediation.stages.routing.models import Transfer

MOVED = (HopKind.UP, HopKind.DOWN, HopKind.ORDER)


@dataclass(frozen=True)
class Moves:
    """What one unit handed up, was handed up, gave down, was asked to take and took, declined, was ordered to take."""

    unit: str
    up: int = 0
    from_below: int = 0
    down: int = 0
    asked: int = 0
    declined: int = 0
    ordered: int = 0


def by_unit(*, for_: Actor, since: date, until: date) -> list[Moves]:
    """Return the hops between levels that were made between two days, both included, by unit; most hops first.

    At the centre of all units, elsewhere of the reader's own.
    """
    columns = Transfer.from_unit_id, Transfer.to_unit_id, Transfer.kind, Transfer.state
    query = select(*columns, func.count()).where(
        Transfer.centre_id == for_.centre_id, Transfer.kind.in_(MOVED), Transfer.sent_on.between(since, until)
    )
    is_all = units.is_centre(for_.unit_id, for_.centre_id)
    if not is_all:
        query = query.where(or_(Transfer.from_unit_id == for_.unit_id, Transfer.to_unit_id == for_.unit_id))
    found: dict[int, Counter] = {}
    for from_id, to_id, kind, state, count in session.execute(query.group_by(*columns)):
        for unit_id, said in _told(from_id, to_id, kind, state):
            if is_all or unit_id == for_.unit_id:
                found.setdefault(unit_id, Counter())[said] += count
    names = units.names(for_.centre_id)
    moves = [Moves(names[unit_id][1], **counted) for unit_id, counted in found.items()]
    return sorted(moves, key=lambda each: (-each.up - each.from_below - each.asked - each.ordered, each.unit))


def _told(from_id: int, to_id: int, kind: HopKind, state: TransferState):
    """Yield what a hop counts as, for each of the two units."""
    if kind == HopKind.UP:
        yield from ((from_id, "up"), (to_id, "from_below"))
    elif kind == HopKind.ORDER:
        yield from ((from_id, "down"), (to_id, "ordered"))
    else:
        yield to_id, "asked"
        if state == TransferState.RECEIVED:
            yield from_id, "down"
        elif state == TransferState.DECLINED:
            yield to_id, "declined"
