"""Where disputes come from: registered by channel and collection point, and what was not accepted at the window."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select

from mediation.casefile.cases import access
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Channel
from mediation.ground.db import session
from mediation.registry.access.rules import Actor, Depth
from mediation.registry.points import queries as points
from mediation.registry.points.queries import Known
from mediation.registry.units import queries as units
from mediation.stages.intake.models import Signpost
from mediation.stages.intake.refusal import Ground


@dataclass
class FromChannel:
    """The cases that came by one channel, and of these those of each of its points."""

    channel: Channel
    count: int = 0
    by_point: list[tuple[Known, int]] = field(default_factory=list)


@dataclass(frozen=True)
class NotAccepted:
    """How often the window refused on one ground: times, people, and how many of the times a case had been made."""

    ground: Ground
    times: int
    people: int
    with_case: int


def by_channel(*, for_: Actor, since: date, until: date) -> list[FromChannel]:
    """Return the cases applied for between two days, both included, that the reader sees; most first (rows 2 and 3)."""
    columns = Case.channel, Case.point_id
    query = access.scoped(select(*columns, func.count()), for_, Depth.PROGRESS)
    query = query.where(Case.applied_on.between(since, until)).group_by(*columns)
    found: dict[Channel, FromChannel] = {}
    for channel, point_id, count in session.execute(query):
        line = found.setdefault(channel, FromChannel(channel))
        line.count += count
        point = points.point(point_id, centre_id=for_.centre_id)
        if point is not None:
            line.by_point.append((point, count))
    for line in found.values():
        line.by_point.sort(key=lambda pair: -pair[1])
    return sorted(found.values(), key=lambda line: -line.count)


def not_accepted(*, for_: Actor, since: date, until: date) -> list[NotAccepted]:
    """Return the refusals at the window between two days, of the reader's unit or, at the centre, of all (row 9)."""
    counted = func.count(), func.sum(Signpost.people), func.count(Signpost.case_id)
    query = select(Signpost.ground, *counted).where(
        Signpost.centre_id == for_.centre_id, Signpost.on.between(since, until)
    )
    if not units.is_centre(for_.unit_id, for_.centre_id):
        query = query.where(Signpost.unit_id == for_.unit_id)
    rows = session.execute(query.group_by(Signpost.ground)).all()
    return sorted((NotAccepted(*row) for row in rows), key=lambda each: -each.times)
