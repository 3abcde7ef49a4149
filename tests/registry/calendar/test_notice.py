"""Reading the yearly notice, and refusing half of one."""

from datetime import date, timedelta

import pytest

from mediation.ground.errors import RuleBroken
from mediation.registry.calendar import notice
from mediation.registry.calendar.notice import DayRow, Fault
from mediation.registry.calendar.queries import built_in, lunar_days


def table(*lines, headings="日期,是否上班,名称"):
    return "\n".join([headings, *lines]).encode()


def rows_of(year):
    return [DayRow(day, special.is_workday, special.name) for day, special in built_in().items() if day.year == year]


def refused(data):
    with pytest.raises(RuleBroken) as error:
        notice.read(data)
    return [(obstacle.reason, dict(obstacle.params)) for obstacle in error.value.obstacles]


@pytest.mark.parametrize(
    "line",
    ["2027-10-04,0,国庆节", "2027/10/4,放假,国庆节", "2027年10月4日,否,国庆节", "2027.10.04, 休 , 国庆节 "],
)
def test_ways_to_write_a_day(line):
    assert notice.read(table(line)) == [DayRow(date(2027, 10, 4), False, "国庆节")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings(encoding):
    data = table("2027-10-04,0,国庆节").decode().encode(encoding)
    assert notice.read(data)[0].name == "国庆节"


def test_a_whole_year_is_cut_down_to_what_is_special():
    year = [date(2027, 1, 1) + timedelta(days=step) for step in range(365)]
    lines = [f"{day},0,国庆节" if day.month == 10 else f"{day},{int(day.weekday() < 5)}," for day in year]
    found = notice.read(table(*lines, headings="date,is_workday,name"))
    assert {row.day.month for row in found} == {10}
    assert len(found) == 31


def test_every_bad_line_is_named():
    lines = ["2027-02-30,0,春节", "2027-10-01,也许,国庆节", "", "2027-05-01,0,劳动节", "2027-05-01,1,劳动节"]
    assert refused(table(*lines)) == [
        (Fault.NO_DATE, {"line": 2}),
        (Fault.NO_ANSWER, {"line": 3}),
        (Fault.TWICE, {"line": 6, "day": date(2027, 5, 1)}),
    ]


def test_files_that_are_no_table():
    assert refused(b"\xff\xfe\x00\x81") == [(Fault.NO_TEXT, {})]
    assert refused(b"") == [(Fault.NO_COLUMNS, {})]
    assert refused(b"x" * 200_001) == [(Fault.TOO_LARGE, {})]


@pytest.mark.parametrize("year", range(2011, 2027))
def test_the_official_years_are_whole(year):
    assert notice.faults(year, rows_of(year), lunar_days()) == []


@pytest.mark.parametrize("year", sorted(set(range(2011, 2027)) - {2012, 2013, 2015, 2020}))
def test_the_official_years_balance(year):
    """In 2012 and 2013 days moved over New Year, 2015 had one more holiday, and 2020 the epidemic."""
    rows = rows_of(year) + [row for row in rows_of(year - 1) if year in (2012, 2019) and row.day.month == 12]
    if year in (2011, 2018):  # their last days belong to the next year's notice
        rows = [row for row in rows if row.day.month < 12 or row.day.day < 25]
    assert notice.doubts(year, rows) == []


def test_half_a_year_is_refused():
    half = [row for row in rows_of(2026) if row.day.month < 7]
    found = notice.faults(2026, half, lunar_days())
    assert [obstacle.params.get("day") for obstacle in found if obstacle.reason is Fault.NO_HOLIDAY] == [
        date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 3)]  # fmt: skip
    assert {obstacle.params["name"] for obstacle in found if obstacle.reason is Fault.NO_FESTIVAL} == {"中秋"}


def test_a_known_lunar_festival_must_be_off():
    solar_only = [DayRow(date(2027, month, day), False, "x") for month, day in notice.FIXED_HOLIDAYS]
    found = notice.faults(2027, solar_only, lunar_days())
    assert date(2027, 6, 9) in [obstacle.params["day"] for obstacle in found]
    assert len(found) == 7


def test_of_many_years_only_the_one_asked_for_is_taken():
    """PT-10: lists of all years since 2011 are about; a notice that names a wrong year is still told so."""
    rows = [notice.DayRow(date(year, 10, 1), False, "国庆节") for year in range(2011, 2027)]
    moved = notice.DayRow(date(2025, 12, 27), True, "元旦")
    assert notice.of_year(2026, [*rows, moved]) == [rows[-1], moved]
    assert notice.of_year(2027, rows[-1:]) == rows[-1:]


def test_only_the_week_before_belongs_to_the_year_too():
    stray = [DayRow(date(2025, 12, 31), False, "元旦"), DayRow(date(2025, 12, 24), False, "元旦")]
    found = notice.faults(2026, rows_of(2026) + stray, lunar_days())
    assert [obstacle.params["day"] for obstacle in found] == [date(2025, 12, 24)]


def test_a_forgotten_make_up_day_is_noticed():
    rows = [row for row in rows_of(2026) if row.day != date(2026, 10, 10)]
    [doubt] = notice.doubts(2026, rows)
    assert doubt.params == {"found": 14, "expected": 13}
