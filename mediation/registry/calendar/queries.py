"""The calendar in force, for a centre or for the installation."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import or_, select

from mediation.ground.db import session
from mediation.ground.editions import kept
from mediation.registry.calendar.models import CalendarDay, CalendarYear
from mediation.registry.calendar.rules import SpecialDay, WorkCalendar, build

HERE = Path(__file__).parent


@dataclass(frozen=True)
class YearInfo:
    """An official year, for the page that lists them; built-in ones have no source."""

    year: int
    source: str | None
    recorded_at: datetime | None
    rest_days: int
    make_up_days: int


@lru_cache(1)
def built_in() -> dict[date, SpecialDay]:
    """Return the special days that come with the program."""
    with (HERE / "special_days.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {date.fromisoformat(row["date"]): SpecialDay(row["is_workday"] == "1", row["name"]) for row in rows}


@lru_cache(1)
def lunar_days() -> dict[date, str]:
    """Return the festivals by the moon, and Qingming, of the years to come."""
    with (HERE / "lunar_days.csv").open(encoding="utf-8") as file:
        return {date.fromisoformat(row["date"]): row["name"] for row in csv.DictReader(file)}


@kept(CalendarYear)
def calendar_of(centre_id: int | None = None) -> WorkCalendar:
    """Return the calendar in force: built-in years, replaced and followed by imported ones, a centre's own last."""
    return assembled(imported_days(centre_id))


def assembled(imported: Mapping[int, Mapping[date, SpecialDay]]) -> WorkCalendar:
    """Return the built-in calendar with imported years in the place of its own; each may reach into the year before."""
    announced = built_in()
    official = {day.year for day in announced} | set(imported)
    for year, days in sorted(imported.items()):
        announced = {day: special for day, special in announced.items() if day.year != year} | dict(days)
    return build(announced, official, lunar_days())


def imported_days(centre_id: int | None) -> dict[int, dict[date, SpecialDay]]:
    """Return the days of each imported year that count for a centre."""
    return {year: _days_of(imported) for year, imported in _imports(centre_id).items()}


def years(centre_id: int | None = None) -> list[YearInfo]:
    """Return the official years, newest first, each with where it comes from."""
    calendar = calendar_of(centre_id)
    imported = _imports(centre_id)
    return [_info(year, calendar, imported.get(year)) for year in sorted(calendar.official_years, reverse=True)]


def _info(year: int, calendar: WorkCalendar, imported: CalendarYear | None) -> YearInfo:
    days = [special for day, special in calendar.special.items() if day.year == year]
    return YearInfo(
        year=year,
        source=imported.source if imported else None,
        recorded_at=imported.recorded_at if imported else None,
        rest_days=sum(not special.is_workday for special in days),
        make_up_days=sum(special.is_workday for special in days),
    )


def _imports(centre_id: int | None) -> dict[int, CalendarYear]:
    """Return the import that counts for each year: the newest one, a centre's own before everybody's."""
    mine = or_(CalendarYear.centre_id.is_(None), CalendarYear.centre_id == centre_id)
    found = session.scalars(select(CalendarYear).where(mine).order_by(CalendarYear.id))
    return {year.year: year for year in sorted(found, key=lambda year: year.centre_id is not None)}


def _days_of(year: CalendarYear) -> dict[date, SpecialDay]:
    days = session.scalars(select(CalendarDay).where(CalendarDay.calendar_year_id == year.id))
    return {day.date: SpecialDay(day.is_workday, day.name) for day in days}
