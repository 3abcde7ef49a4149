"""Taking over the State Council's yearly notice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mediation.ground import trail
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.editions import changed
from mediation.ground.errors import Invalid, NotAllowed, Obstacle, RuleBroken
from mediation.ground.ids import new_id
from mediation.registry.calendar import notice, queries
from mediation.registry.calendar.models import CalendarDay, CalendarYear
from mediation.registry.calendar.notice import DayRow
from mediation.registry.calendar.rules import WorkCalendar, each_day

MANAGE, SYSTEM = "settings_manage", "system"  # keys of access.rules, which lies on the same floor


@dataclass(frozen=True)
class Change:
    """A day whose standing an import changes. ``name`` is the holiday behind it."""

    day: date
    is_workday: bool
    name: str


@dataclass(frozen=True)
class Preview:
    """What an import would do."""

    year: int
    rows: Sequence[DayRow]
    faults: Sequence[Obstacle]  # any of them forbids the import
    doubts: Sequence[Obstacle]
    changes: Sequence[Change]
    is_new: bool  # the year had no official calendar
    calendar: WorkCalendar  # as it would be


def preview_year(year: int, data: bytes, *, centre_id: int | None = None) -> Preview:
    """Return what importing that file as that year's calendar would change. Raises RuleBroken as ``notice.read``."""
    rows = notice.of_year(year, notice.read(data))
    before = queries.calendar_of(centre_id)
    after = queries.assembled(queries.imported_days(centre_id) | {year: notice.special_days(rows)})
    return Preview(
        year=year,
        rows=rows,
        faults=notice.faults(year, rows, queries.lunar_days()),
        doubts=notice.doubts(year, rows),
        changes=_changes(year, before, after),
        is_new=year not in before.official_years,
        calendar=after,
    )


def import_year(year: int, data: bytes, *, by, source: str) -> Preview:
    """Make the file that year's calendar for the actor's centre, or for all when the actor has none.

    Earlier imports stay as they were. Raises NotAllowed, Invalid without a source, and RuleBroken for an unreadable
    file or rows that are not a whole year.
    """
    if by.role != SYSTEM and not by.may(MANAGE):
        raise NotAllowed(MANAGE)
    if not source.strip():
        raise Invalid(source=N_("请写明通知的文号或网址"))
    preview = preview_year(year, data, centre_id=by.centre_id)
    if preview.faults:
        raise RuleBroken(*preview.faults)
    imported = CalendarYear(
        id=new_id(), centre_id=by.centre_id, year=year, source=source.strip(), imported_by_id=by.account_id
    )
    session.add(imported)
    session.flush()
    session.add_all(
        CalendarDay(calendar_year_id=imported.id, date=row.day, is_workday=row.is_workday, name=row.name)
        for row in preview.rows
    )
    changed(CalendarYear)
    trail.record("calendar.import", by=by, about=imported, params={"year": year, "days": len(preview.rows)})
    return preview


def _changes(year: int, before: WorkCalendar, after: WorkCalendar) -> list[Change]:
    return [
        Change(day, after.is_workday(day), after.special[day].name if day in after.special else "")
        for day in each_day(date(year - 1, 12, 25), date(year + 1, 1, 1))
        if before.is_workday(day) != after.is_workday(day)
    ]
