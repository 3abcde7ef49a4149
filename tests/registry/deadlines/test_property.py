"""A thousand periods reckoned twice, by the program and by another way, in whatever zone the server stands (P35)."""

import csv
import random
import time
from datetime import date, timedelta
from datetime import time as clock_time
from pathlib import Path

import pytest

from mediation.registry.calendar import queries as calendars
from mediation.registry.calendar.rules import each_day
from mediation.registry.deadlines import queries as deadlines
from mediation.registry.deadlines.rules import reckon
from mediation.registry.settings.rules import Figure, Unit
from tests.registry.deadlines.reckoned import Almanac

TABLE = Path(calendars.__file__).parent / "special_days.csv"
FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
PERIODS = 1000
FIRST, LAST = date(2008, 1, 1), date(2027, 6, 30)


@pytest.fixture(scope="module")
def almanac():
    with TABLE.open(encoding="utf-8") as file:
        rows = [(row["date"], row["is_workday"] == "1") for row in csv.DictReader(file)]
    lunar = [(day.isoformat(), False) for day in calendars.lunar_days()]
    known = {day[:4] for day, _worked in rows}
    years = sorted({day[:4] for day, _worked in lunar if day[:4] not in known})
    fixed = [(f"{year}-{month:02}-{day:02}", False) for year in years for month, day in FIXED]
    return Almanac([*fixed, *(each for each in lunar if each[0][:4] in years), *rows], FIXED)


def periods(seed):
    """Yield starts, figures and pauses: short and long ones, of every unit, over the holidays of many years."""
    dice = random.Random(seed)  # noqa: S311, a test draws the same ones again
    for _each in range(PERIODS):
        start = FIRST + timedelta(days=dice.randrange((LAST - FIRST).days))
        unit = dice.choice((Unit.DAYS, Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS, Unit.YEARS))
        most = {Unit.DAYS: 200, Unit.WORKING_DAYS: 60, Unit.MONTHS: 30, Unit.YEARS: 20}[unit]
        pauses = []
        if unit in (Unit.DAYS, Unit.WORKING_DAYS):
            for _pause in range(dice.choice((0, 0, 1, 2))):
                first = start + timedelta(days=dice.randint(-3, 60))
                pauses.append((first, first + timedelta(days=dice.randrange(15))))
        yield start, Figure(dice.randint(1, most), unit), pauses


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_a_thousand_periods_and_none_off_by_one(zone, almanac, monkeypatch):
    calendar = calendars.assembled({})
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    wrong = []
    try:
        assert deadlines.read_start("2026-03-02T16:30Z") == (date(2026, 3, 3), clock_time(0, 30)), "PT-09"
        for start, figure, pauses in periods(zone):
            stopped = {day for first, resumed in pauses for day in each_day(first, resumed)}
            found = reckon(figure, start, calendar, suspended=pauses).day
            expected = {
                Unit.DAYS: lambda start, amount, stopped=stopped: almanac.days(start, amount, stopped),
                Unit.WORKING_DAYS: lambda start, amount, stopped=stopped: almanac.working_days(start, amount, stopped),
                Unit.MONTHS: almanac.months,
                Unit.YEARS: lambda start, amount: almanac.months(start, 12 * amount),
            }[figure.unit](start, figure.amount)
            if found != expected:
                wrong.append((start, figure, pauses, found, expected))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert not wrong
