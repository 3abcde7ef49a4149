"""Looking up local words. They are few and kept in the process."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from sqlalchemy import select

from mediation.ground.db import session
from mediation.ground.editions import kept
from mediation.registry.wordings.models import Wording


@dataclass(frozen=True)
class Edition:
    """The words of a paper between two days."""

    id: int
    kind: str
    texts: Mapping[str, str]
    valid_from: date
    valid_to: date | None
    reason: str
    made_by_id: int | None
    recorded_at: datetime

    def is_valid(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@kept(Wording)
def _editions(centre_id: int) -> tuple[Edition, ...]:
    names = [name for name in Edition.__dataclass_fields__ if name != "texts"]
    columns = [getattr(Wording, name) for name in names]
    query = select(Wording.texts, *columns).where(Wording.centre_id == centre_id).order_by(Wording.id)
    return tuple(
        Edition(texts=MappingProxyType(texts), **dict(zip(names, row, strict=True)))
        for texts, *row in session.execute(query)
    )


def texts(kind: str, *, centre_id: int, on: date) -> dict[str, str]:
    """Return the local words of a paper on a day by their places; empty where the centre has none."""
    found = [each for each in _editions(centre_id) if each.kind == kind and each.is_valid(on)]
    return dict(found[-1].texts) if found else {}


def newest(kind: str, *, centre_id: int) -> Edition | None:
    """Return the last words that were set for a paper, perhaps for a day to come."""
    return next(iter(history(kind, centre_id=centre_id)), None)


def history(kind: str, *, centre_id: int) -> list[Edition]:
    """Return what was ever set for a paper, newest first."""
    return [each for each in reversed(_editions(centre_id)) if each.kind == kind]
