"""Two people on one page: the first saves, the later is told what is stored now and by whom (P31, B10)."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select, update

from mediation.ground.db import session
from mediation.ground.errors import Stale
from mediation.ground.steps import StepTaken
from mediation.registry.staff import queries as staff


def take(row, version: int, *, case_id: int, stored: Callable[[], dict[str, Any]]) -> None:
    """Count a row's version up if it is still the one that was read, else raise Stale with what ``stored`` returns.

    ``stored`` holds the version that the reader is to send next time.
    """
    table = type(row)
    mine = update(table).where(table.id == row.id, table.version == version).values(version=version + 1)
    moved = session.execute(mine.execution_options(synchronize_session=False)).rowcount
    session.refresh(row)
    if moved != 1:
        raise _stale(case_id, stored)


def same(row, version: int, *, case_id: int, stored: Callable[[], dict[str, Any]]) -> None:
    """Raise Stale as :func:`take` does when a row is not the one that was read; nothing is counted."""
    if row.version != version:
        raise _stale(case_id, stored)


def _stale(case_id, stored):
    last = session.scalar(
        select(StepTaken).where(StepTaken.case_id == case_id).order_by(StepTaken.id.desc()).limit(1)
    )
    by = staff.names([last.account_id]).get(last.account_id)
    return Stale(theirs=stored(), by=by, at=last.recorded_at)
