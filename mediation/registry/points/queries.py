"""Looking up collection points. The dictionary is small and kept in the process."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mediation.ground.db import session
from mediation.ground.editions import kept
from mediation.ground.errors import NotFound
from mediation.registry.points import rules
from mediation.registry.points.models import Point
from mediation.registry.points.rules import PointKind


@dataclass(frozen=True)
class Known:
    """A point as forms, lists and figures need it."""

    id: int
    public_id: str
    code: str
    name: str
    kind: PointKind
    channel: str
    area_code: str | None
    unit_id: int | None
    valid_from: date
    valid_to: date | None

    def is_open(self, on: date) -> bool:
        return rules.is_open(self.valid_from, self.valid_to, on=on)


@kept(Point)
def _points(centre_id: int) -> tuple[Known, ...]:
    columns = [getattr(Point, name) for name in Known.__dataclass_fields__]
    query = select(*columns).where(Point.centre_id == centre_id).order_by(Point.channel, Point.code)
    return tuple(Known(*row) for row in session.execute(query))


def points(centre_id: int, *, on: date | None = None) -> tuple[Known, ...]:
    """Return a centre's points by channel and code; with ``on`` those that collect on that day."""
    return tuple(each for each in _points(centre_id) if on is None or each.is_open(on))


def point(point_id: int | None, *, centre_id: int) -> Known | None:
    """Return a point by its row id, None for none."""
    return next((each for each in _points(centre_id) if each.id == point_id), None)


def by_public_id(public_id: str | None, *, centre_id: int) -> Known | None:
    """Return a point by its public id, None for one that the centre does not have."""
    return next((each for each in _points(centre_id) if each.public_id == public_id), None)


def get(public_id: str, *, centre_id: int) -> Point:
    """Return the row of a point, to be changed. Raises NotFound."""
    found = session.scalar(select(Point).where(Point.public_id == public_id, Point.centre_id == centre_id))
    if found is None:
        raise NotFound()
    return found
