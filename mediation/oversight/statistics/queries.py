"""Counting cases at the reader's depth; each figure and its list come from one condition."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from mediation.casefile.cases import access
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.queries import Filter, Page, listing
from mediation.ground.db import session
from mediation.oversight.statistics.rules import RESULTS, Counts, Measure, Sum
from mediation.registry.access.rules import Actor, Depth
from mediation.registry.units.models import Unit


@dataclass(frozen=True)
class Line:
    """The counts of one unit or track."""

    key: str
    label: str
    counts: Counts


@dataclass(frozen=True)
class Figures:
    """The counts of the cases accepted between two days, whole and by track and unit."""

    since: date
    until: date
    whole: Counts
    by_track: list[Line]
    by_unit: list[Line]


def figures(*, for_: Actor, since: date, until: date) -> Figures:
    """Return the figures of the cohort accepted between two days, both included, that the reader sees."""
    kinds = (Case.track, Case.lead_unit_id, Case.result)
    query = access.scoped(select(*kinds, func.count().label("n")), for_, Depth.PROGRESS)
    query = query.where(Case.accepted_on.between(since, until)).group_by(*kinds)
    by_track: dict[str, Counts] = {}
    by_unit: dict[int, Counts] = {}
    whole = Counts()
    for track, unit_id, result, n in session.execute(query):
        counts = _counts(result, n)
        whole += counts
        by_track[track] = by_track.get(track, Counts()) + counts
        by_unit[unit_id] = by_unit.get(unit_id, Counts()) + counts
    names = dict(session.execute(select(Unit.id, Unit.name).where(Unit.id.in_([key for key in by_unit if key]))).all())
    public = dict(session.execute(select(Unit.id, Unit.public_id).where(Unit.id.in_(names))).all())
    units = [Line(public[key], names[key], counts) for key, counts in by_unit.items() if key in names]
    tracks = [Line(track.value, track.label, counts) for track, counts in by_track.items() if track]
    return Figures(
        since, until, whole,
        by_track=sorted(tracks, key=lambda line: -line.counts.accepted),
        by_unit=sorted(units, key=lambda line: -line.counts.accepted),
    )


def _counts(result: str, n: int) -> Counts:
    return Counts(accepted=n, **{result: n})


def cases_behind(
    measure: Measure | Sum, *, for_: Actor, since: date, until: date, track: str | None = None, unit: str | None = None,
    after: str | None = None, before: str | None = None,
) -> Page:
    """Return the cases that a figure or a part of a rate counts, at PROGRESS depth."""
    more = [Case.accepted_on.between(since, until)]
    if measure != Measure.ACCEPTED:
        more.append(Case.result.in_([result.value for result in RESULTS[measure]]))
    if unit:
        more.append(Case.lead_unit_id.in_(select(Unit.id).where(Unit.public_id == unit)))
    chosen = Filter(track=track, more=tuple(more))
    return listing(for_=for_, chosen=chosen, after=after, before=before)
