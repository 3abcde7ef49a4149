"""The rows of a long work: each is tried in a transaction of its own, and what bars it is written on it.

One row that is refused, or that breaks, keeps no other from being done.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotAllowed, NotFound, Obstacle, RuleBroken, Stale

SLICE = 20  # rows of one job: well within its lease, and others get their turn
REFUSALS = (RuleBroken, Invalid, NotAllowed, NotFound, Stale)

T = TypeVar("T")
log = logging.getLogger(__name__)


def attempt(
    do: Callable[[], T], put_down: Callable[[Sequence[Obstacle], bool], T], *, unsaid: Obstacle, broke: Obstacle
) -> T:
    """Run ``do()`` in a transaction of its own; return what it returns.

    When it is refused, or breaks, ``put_down(obstacles, is_fault)`` writes that in another transaction and its result
    is returned. ``unsaid`` stands for a refusal that names no obstacle, ``broke`` for a fault, which is logged.
    """
    try:
        with transaction():
            return do()
    except REFUSALS as error:
        obstacles, is_fault = getattr(error, "obstacles", None) or (unsaid,), False
    except Exception:
        log.exception("a row was not done")
        obstacles, is_fault = (broke,), True
    session.rollback()
    with transaction():
        return put_down(obstacles, is_fault)


def kept(obstacles: Sequence[Obstacle]) -> dict:
    """Return obstacles as a row keeps them: ``{"reasons": [[sentence, values, cure], ...]}``, all plain."""
    return {
        "reasons": [
            [each.reason.label, {name: _plain(value) for name, value in each.params.items()}, each.cure]
            for each in obstacles
        ]
    }


def told(row_reasons: dict) -> list[tuple[str, dict, str | None]]:
    """Return the (sentence, values, cure) of what a row kept; rows of older versions kept no cure."""
    return [(each[0], each[1], each[2] if len(each) > 2 else None) for each in row_reasons.get("reasons", ())]


def _plain(value):
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return "、".join(str(_plain(each)) for each in value)
    return getattr(value, "label", value)
