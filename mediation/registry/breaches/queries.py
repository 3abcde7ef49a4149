"""Reading the register of leaks."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from mediation.ground.db import session
from mediation.ground.errors import NotFound
from mediation.registry.access.rules import Actor
from mediation.registry.breaches.models import Breach
from mediation.registry.breaches.rules import Answer

MOST = 100


def get(public_id: str, *, for_: Actor) -> Breach:
    """Return a leak of the reader's centre. Raises NotFound."""
    query = select(Breach).where(Breach.public_id == public_id, Breach.centre_id == for_.centre_id)
    found = session.scalar(query)
    if found is None:
        raise NotFound()
    return found


def newest(*, for_: Actor) -> Sequence[Breach]:
    """Return the newest leaks of the reader's centre, the last found first."""
    query = select(Breach).where(Breach.centre_id == for_.centre_id)
    return session.scalars(query.order_by(Breach.found_on.desc(), Breach.id.desc()).limit(MOST)).all()


def is_late(row: Breach, *, on: date) -> bool:
    """Say whether what has to be done at once was not done in time (DP-06)."""
    return row.closed_on is None and on > row.due_on


def answer_of(row: Breach) -> Answer:
    """Return what was done about it so far."""
    return Answer(row.remedy or "", row.mended_on, row.authority_told_on, row.persons_told_on, row.no_harm or "")
