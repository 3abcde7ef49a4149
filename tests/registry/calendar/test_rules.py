"""Periods by the official calendar of 2026, and what 2027 leaves open."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation.registry.calendar.queries import built_in, lunar_days
from mediation.registry.calendar.rules import Fact, RestDay, SpecialDay, WorkCalendar, add_months, build, end_of_hours

CALENDAR = build(built_in(), {day.year for day in built_in()}, lunar_days())
ONE_DAY = timedelta(days=1)


def day(text: str) -> date:
    """Return the date of ``"3-2"`` in 2026, or of a full ISO date."""
    year, month, number = ["2026", *text.split("-")][-3:]
    return date(int(year), int(month), int(number))


@pytest.mark.parametrize(
    ("rule", "start", "period", "last"),
    [
        ("PT-01", "3-2", {"days": 15}, "3-17"),
        ("PT-03 Spring Festival", "1-19", {"days": 30}, "2-24"),
        ("PT-04 worked Sunday", "8-21", {"days": 30}, "9-20"),
        ("PT-05", "9-24", {"working_days": 5}, "10-9"),
        ("JC-01", "3-2", {"days": 30}, "4-1"),
        ("JC-01 National Day", "9-4", {"days": 30}, "10-8"),
        ("JC-01 worked Saturday", "9-10", {"days": 30}, "10-10"),
        ("JC-15 party", "3-2", {"days": 15}, "3-17"),
        ("JC-15 third person", "3-16", {"months": 6}, "9-16"),
        ("JC-16 acceptance, worked Sunday", "9-17", {"days": 3}, "9-20"),
        ("JC-16 extended", "3-2", {"days": 25}, "3-27"),
        ("JC-18", "6-30", {"years": 2}, "2028-6-30"),
        ("JM-02 commissioned", "3-2", {"days": 30}, "4-1"),
        ("JM-02 entrusted, ordinary", "3-2", {"days": 15}, "3-17"),
        ("JM-02 entrusted, simple", "3-2", {"days": 7}, "3-9"),
        ("JM-02 National Day", "9-16", {"days": 15}, "10-8"),
        ("JM-14", "3-2", {"days": 7}, "3-9"),
        ("JM-15", "3-2", {"working_days": 3}, "3-5"),
        ("PM-02 term", "2023-11-22", {"years": 3}, "2026-11-23"),  # the 22nd is a Sunday
        ("PM-18", "3-2", {"days": 30}, "4-1"),
        ("PM-19", "9-30", {"working_days": 3}, "10-10"),
        ("PT-08", "3-2", {"days": 10}, "3-12"),
        ("QT-06 simple", "3-2", {"months": 3}, "6-2"),
        ("QT-06 small claims", "3-2", {"months": 2}, "5-6"),
        ("QT-08", "3-2", {"days": 7}, "3-9"),
        ("AM-05 application", "6-10", {"days": 10}, "6-22"),
        ("AM-05 mediation", "3-2", {"days": 10}, "3-12"),
        ("AM-06", "3-9", {"days": 15}, "3-24"),
        ("AM-08", "3-2", {"years": 1}, "2027-3-2"),
        ("AM-09", "3-2", {"days": 15}, "3-17"),
        ("AM-10", "9-14", {"working_days": 30}, "10-30"),
        ("AM-11", "9-24", {"working_days": 5}, "10-9"),
        ("AM-12", "2-12", {"working_days": 7}, "2-28"),
        ("AM-13", "9-4", {"days": 30}, "10-8"),
        ("MH-08", "3-2", {"days": 60}, "5-6"),
        ("MH-09", "3-2", {"days": 30}, "4-1"),
        ("LM-01", "2023-8-31", {"years": 3}, "8-31"),
    ],
)
def test_last_day(rule, start, period, last):
    assert CALENDAR.end_of_period(day(start), **period).day == day(last)


@pytest.mark.parametrize(
    ("start", "months", "corresponding"),
    [
        ("11-30", 3, "2027-2-28"),
        ("1-31", 1, "2-28"),
        ("2023-8-31", 6, "2024-2-29"),
        ("2024-2-29", 12, "2025-2-28"),
        ("12-15", 1, "2027-1-15"),
        ("3-31", -1, "2-28"),
    ],
)
def test_corresponding_day(start, months, corresponding):
    """PT-02."""
    assert add_months(day(start), months) == day(corresponding)


def test_months_end_on_the_corresponding_day_before_rest_days_move_it():
    last = CALENDAR.end_of_period(day("11-30"), months=3)
    assert (last.nominal, last.day) == (day("2027-2-28"), day("2027-3-1"))  # the 28th is a Sunday
    assert CALENDAR.end_of_period(day("11-30"), months=3, roll=False).day == day("2027-2-28")


def test_pause_of_ten_days():
    """JM-03: signed for on 2 March, paused from the 10th to the 20th."""
    last = CALENDAR.end_of_period(day("3-2"), days=30, suspended=[(day("3-10"), day("3-20"))])
    assert (last.suspended_days, last.nominal, last.day) == (10, day("4-11"), day("4-13"))
    assert last.rolled_over == (RestDay(day("4-11"), "星期六"), RestDay(day("4-12"), "星期日"))


@pytest.mark.parametrize(
    ("suspended", "last"),
    [
        ([("3-1", "3-3")], "4-1"),  # ended on day 1, which counts
        ([("3-1", "3-4")], "4-2"),
        ([("3-10", "3-20"), ("3-15", "3-22")], "4-13"),  # overlapping ones count once: 12 days
        ([("4-1", "4-2")], "4-2"),  # on the very last day
        ([("4-2", "4-9")], "4-1"),  # after the end
        ([("3-31", "4-2"), ("4-2", "4-3")], "4-7"),  # the second lies in the days won by the first: 4 April is Qingming
    ],
)
def test_suspensions(suspended, last):
    pauses = [(day(first), day(resumed)) for first, resumed in suspended]
    assert CALENDAR.end_of_period(day("3-2"), days=30, suspended=pauses).day == day(last)


def test_suspension_of_working_days():
    """AM-10: appraisal time does not count; its working days are replaced, its rest days were none anyway."""
    last = CALENDAR.end_of_period(day("9-14"), working_days=30, suspended=[(day("9-21"), day("9-28"))])
    assert last.day == day("11-5")  # 21 to 24 September are four working days


def test_hours():
    """PT-07: 72 hours from 10:20."""
    moment = datetime(2026, 3, 2, 2, 20, tzinfo=UTC)
    assert end_of_hours(moment, 72) == datetime(2026, 3, 5, 2, 20, tzinfo=UTC)
    assert end_of_hours(moment, 72, from_next_hour=True) == datetime(2026, 3, 5, 3, 0, tzinfo=UTC)


def test_the_hour_of_the_event_never_counts_in_procedure():
    sharp = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
    assert end_of_hours(sharp, 24, from_next_hour=True) == datetime(2026, 3, 3, 3, 0, tzinfo=UTC)


def test_calendar_of_2026():
    """PT-10."""
    off = [("1-1", "1-3"), ("2-15", "2-23"), ("4-4", "4-6"), ("5-1", "5-5"), ("6-19", "6-21"), ("9-25", "9-27"),
           ("10-1", "10-7")]  # fmt: skip
    worked_weekends = {day(text) for text in ("1-4", "2-14", "2-28", "5-9", "9-20", "10-10")}
    holidays = set()
    for first, last in off:
        holidays |= {day(first) + ONE_DAY * step for step in range((day(last) - day(first)).days + 1)}
    year = [day("1-1") + ONE_DAY * step for step in range(365)]
    for each in year:
        assert CALENDAR.is_workday(each) == (each in worked_weekends or each.weekday() < 5 and each not in holidays)
    assert sum(map(CALENDAR.is_workday, year)) == 365 - 104 - 13


@pytest.mark.parametrize(
    ("start", "period", "provisional"),
    [
        ("12-1", {"days": 30}, False),  # ends on Thursday, 31 December
        ("12-2", {"days": 30}, True),
        ("12-24", {"working_days": 5}, False),
        ("12-24", {"working_days": 6}, True),
        ("12-26", {"days": 1}, False),
        ("2010-12-1", {"days": 7}, True),
        ("2010-12-30", {"days": 10}, False),
    ],
)
def test_provisional(start, period, provisional):
    last = CALENDAR.end_of_period(day(start), **period)
    assert last.provisional is provisional
    assert bool(last.unknown_years) is provisional


def test_year_without_notice_knows_fixed_and_lunar_holidays():
    for text, name in [("2027-1-1", "元旦"), ("2027-2-8", "春节"), ("2027-4-5", "清明节"), ("2027-6-9", "端午节"),
                       ("2027-9-15", "中秋节"), ("2027-10-1", "国庆节"), ("2031-5-2", "劳动节")]:  # fmt: skip
        assert CALENDAR.why_rest(day(text)) == name
    assert CALENDAR.is_workday(day("2027-10-4"))  # nobody can know yet


def test_an_official_year_replaces_what_was_expected():
    notice = {**built_in(), date(2027, 10, 4): SpecialDay(False, "国庆节")}
    calendar = build(notice, {day.year for day in notice}, lunar_days())
    assert not calendar.is_workday(date(2027, 10, 4))
    assert calendar.is_workday(date(2027, 2, 8))  # only what the notice says counts now
    assert not calendar.end_of_period(date(2026, 12, 2), days=30).provisional


@pytest.mark.parametrize("amounts", [{}, {"days": 1, "months": 1}, {"days": -1}])
def test_a_period_has_one_amount(amounts):
    with pytest.raises(ValueError):
        CALENDAR.end_of_period(day("3-2"), **amounts)


def test_explanation():
    lines = CALENDAR.end_of_period(day("9-4"), days=30).explain()
    assert [fact for fact, _ in lines] == [Fact.STARTED, Fact.DAYS, *[Fact.ROLLED] * 4, Fact.LAST]
    assert lines[1][1] == {"amount": 30, "day": day("10-4")}
    assert lines[2][1] == {"day": day("10-4"), "why": "国庆节"}
    assert lines[-1][1] == {"day": day("10-8")}


def test_explanation_names_make_up_days_pauses_and_unknown_years():
    made_up = CALENDAR.end_of_period(day("9-10"), days=30).explain()
    assert (Fact.MAKE_UP, {"day": day("10-10"), "why": "国庆节"}) in made_up
    paused = CALENDAR.end_of_period(day("3-2"), days=30, suspended=[(day("3-10"), day("3-20"))]).explain()
    assert (Fact.SUSPENDED, {"amount": 10}) in paused
    open_ = CALENDAR.end_of_period(day("12-15"), days=30).explain()
    assert open_[-1] == (Fact.UNKNOWN, {"year": 2027})
    counted = CALENDAR.end_of_period(day("9-24"), working_days=5).explain()
    assert [values["day"] for fact, values in counted if fact is Fact.SKIPPED][:3] == [
        day("9-25"), day("9-26"), day("9-27")]  # fmt: skip


def test_every_line_can_be_filled_in():
    for last in (
        CALENDAR.end_of_period(day("12-15"), days=30, suspended=[(day("12-16"), day("12-18"))]),
        CALENDAR.end_of_period(day("9-24"), working_days=5),
        CALENDAR.end_of_period(day("9-24"), months=1),
        CALENDAR.end_of_period(day("9-24"), years=1),
        CALENDAR.end_of_period(day("9-10"), days=30),
    ):
        for fact, values in last.explain():
            assert "%(" not in fact.label % values


# An independent reckoning: mark every day of the period on a strip, cross out, look at the end.

DAYS = st.dates(date(2012, 1, 1), date(2026, 6, 1))
PAUSES = st.lists(st.tuples(st.integers(-5, 60), st.integers(0, 20)), max_size=3)


def strip_of(start, pauses):
    paused = {start + ONE_DAY * (first + step) for first, length in pauses for step in range(length)}
    strip = (start + ONE_DAY * step for step in range(1, 500))
    return [each for each in strip if each not in paused]


@given(DAYS, st.integers(1, 90), PAUSES)
def test_days_agree_with_crossing_out(start, amount, pauses):
    suspended = [(start + ONE_DAY * first, start + ONE_DAY * (first + length)) for first, length in pauses]
    nominal = strip_of(start, pauses)[amount - 1]
    after = [nominal + ONE_DAY * step for step in range(30)]
    expected = next(each for each in after if CALENDAR.is_workday(each))
    last = CALENDAR.end_of_period(start, days=amount, suspended=suspended)
    assert (last.nominal, last.day) == (nominal, expected)
    assert len(last.rolled_over) == (expected - nominal).days


@given(DAYS, st.integers(1, 60), PAUSES)
def test_working_days_agree_with_crossing_out(start, amount, pauses):
    suspended = [(start + ONE_DAY * first, start + ONE_DAY * (first + length)) for first, length in pauses]
    expected = [each for each in strip_of(start, pauses) if CALENDAR.is_workday(each)][amount - 1]
    assert CALENDAR.end_of_period(start, working_days=amount, suspended=suspended).day == expected


@given(DAYS, st.integers(0, 40))
def test_a_month_later_is_the_same_day_or_the_months_last(start, months):
    end = add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + ONE_DAY).day == 1)


def test_empty_calendar_is_all_guesswork():
    bare = WorkCalendar({}, frozenset())
    assert bare.end_of_period(date(2026, 3, 2), days=1).provisional
