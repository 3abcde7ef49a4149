"""Counting cases at the reader's depth; each figure and its list come from one condition."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sqlalchemy import Select, bindparam, extract, func, select

from mediation.casefile.cases import access
from mediation.casefile.cases.counting import CaseCount, scope_of
from mediation.casefile.cases.linking import LinkKind
from mediation.casefile.cases.models import Case, CaseLink, Party
from mediation.casefile.cases.queries import Filter, Page, listing
from mediation.casefile.cases.rules import PartyRole, Track
from mediation.ground import clock
from mediation.ground.db import session
from mediation.oversight.statistics import rules
from mediation.oversight.statistics.rules import RESULTS, Beside, Counts, Measure, Repeats, Sum
from mediation.registry.access.rules import Actor, Depth
from mediation.registry.units import queries as units
from mediation.registry.units.models import Unit

DAY = timedelta(days=1)


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


@dataclass(frozen=True)
class Month:
    """The counts of one month of acceptance, and the days of it that were asked about."""

    first: date
    since: date
    until: date
    counts: Counts


def figures(*, for_: Actor, since: date, until: date) -> Figures:
    """Return the figures of the cohort accepted between two days, both included, that the reader sees."""
    whole: Counter[str] = Counter()
    by_track: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_unit: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for track, unit_id, result, n in _counted(for_, since, until, BY_BODY):
        whole[result] += n
        by_track[track][result] += n
        by_unit[unit_id][result] += n
    known = units.names(for_.centre_id)
    bodies = [Line(*known[key], _counts(results)) for key, results in by_unit.items() if key in known]
    tracks = [Line(track, Track(track).label, _counts(results)) for track, results in by_track.items() if track]
    return Figures(
        since, until, _counts(whole),
        by_track=sorted(tracks, key=lambda line: -line.counts.accepted),
        by_unit=sorted(bodies, key=lambda line: -line.counts.accepted),
    )


def by_month(*, for_: Actor, since: date, until: date) -> list[Month]:
    """Return the counts of each month from the first to the last in which something was accepted."""
    results: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for year, month, result, n in _counted(for_, since, until, BY_MONTH):
        results[date(int(year), int(month), 1)][result] += n  # parts of a date are decimals on PostgreSQL
    months = rules.months_between(min(results), max(results)) if results else ()
    return [
        Month(first, max(first, since), min(rules.month_after(first) - DAY, until), _counts(results[first]))
        for first in months
    ]


# By what is counted, each time of the counts and of the cases themselves.
BY_BODY = (CaseCount.track, CaseCount.lead_unit_id), (Case.track, Case.lead_unit_id)
BY_MONTH = tuple((extract("year", day), extract("month", day)) for day in (CaseCount.month, Case.accepted_on))


def _counted(by: Actor, since: date, until: date, kinds: tuple) -> list[tuple]:
    """Return two kinds, the result and the number of the cases accepted in a period that the reader sees.

    A unit's whole months are counted already; the days before and after them, and a person's own cases, are few.
    """
    scope = scope_of(by.role)
    whole = rules.whole_months(since, until, today=clock.today()) if scope else None
    if whole is None:
        return _counted_one_by_one(by, since, until, kinds)
    first, last = whole.first, whole.last
    found = _counted_by_month(by.unit_id, scope, first, last, kinds)
    if since < first:
        found += _counted_one_by_one(by, since, first - DAY, kinds)
    if last < until:
        found += _counted_one_by_one(by, last + DAY, until, kinds)
    return found


def _counted_by_month(unit_id: int, scope: str, first: date, last: date, of: tuple) -> list[tuple]:
    asked = {"unit_id": unit_id, "scope": scope, "first": first, "last": last}
    return session.execute(_by_month(of), asked).all()


@cache
def _by_month(of: tuple) -> Select:
    kinds = (*of[0], CaseCount.result)
    query = select(*kinds, func.sum(CaseCount.n)).where(
        CaseCount.unit_id == bindparam("unit_id"), CaseCount.scope == bindparam("scope"),
        CaseCount.month.between(bindparam("first"), bindparam("last")),
    )
    return query.group_by(*kinds).having(func.sum(CaseCount.n) != 0)


def _counted_one_by_one(by: Actor, since: date, until: date, of: tuple) -> list[tuple]:
    kinds = (*of[1], Case.result)
    query = access.scoped(select(*kinds, func.count()), by, Depth.PROGRESS)
    return list(session.execute(query.where(Case.accepted_on.between(since, until)).group_by(*kinds)))


def repeats(*, for_: Actor, since: date, until: date, accepted: int) -> Repeats:
    """Return how many of the cases accepted between two days are repeated visits, and how many persons came (row 21).

    ``accepted`` is what :func:`figures` counted for the same days and reader.
    """
    came = (Party.case_id == Case.id) & (Party.role == PartyRole.APPLICANT)
    query = select(func.count(Case.id.distinct()), func.count(Party.id)).outerjoin_from(Case, Party, came)
    query = query.where(Case.accepted_on.between(since, until), Case.id.in_(_repeated(for_, until)))
    visits, people = session.execute(access.scoped(query, for_, Depth.PROGRESS)).one()
    return Repeats(visits, people, accepted)


def _repeated(by: Actor, until: date):
    """Return the query of the cases that stand as a repeated visit and came before a day; links are few."""
    return select(CaseLink.case_id).where(
        CaseLink.centre_id == by.centre_id, CaseLink.kind == LinkKind.REPEAT, CaseLink.ended_on.is_(None),
        CaseLink.since <= until,
    )


def _counts(results: Counter[str]) -> Counts:
    return Counts(accepted=results.total(), **results)


def cases_behind(
    measure: Measure | Sum | Beside, *, for_: Actor, since: date, until: date, track: str | None = None,
    unit: str | None = None, after: str | None = None, before: str | None = None,
) -> Page:
    """Return the cases that a figure or a part of a rate counts, at PROGRESS depth."""
    more = [Case.accepted_on.between(since, until)]
    if measure == Beside.REPEATED:
        more.append(Case.id.in_(_repeated(for_, until)))
    elif measure != Measure.ACCEPTED:
        more.append(Case.result.in_([result.value for result in RESULTS[measure]]))
    if unit:
        more.append(Case.lead_unit_id.in_(select(Unit.id).where(Unit.public_id == unit)))
    chosen = Filter(track=track, more=tuple(more))
    return listing(for_=for_, chosen=chosen, after=after, before=before)
