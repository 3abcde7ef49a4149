"""Every dated example of the rule table, asked of the calculator; and what it refuses."""

import csv
from datetime import date, time
from pathlib import Path

import pytest

from mediation.ground.errors import RuleBroken
from mediation.registry.deadlines import queries as deadlines
from mediation.registry.deadlines.rules import Flaw, allowed
from mediation.registry.deadlines.table import BY_KEY, DEADLINES
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Kind

HERE = Path(__file__).parent
EXAMPLES = list(csv.DictReader((HERE / "examples.csv").read_text(encoding="utf-8").splitlines()))
DUE = (  # the rows whose kind is "create a deadline"
    "AM-05 AM-06 AM-08 AM-09 AM-10 AM-11 AM-12 JC-01 JC-15 JC-16 JC-18 JM-02 JM-14 JM-15 MH-08 MH-09 PM-08 PM-15 PM-18 "
    "PM-19 QT-06 QT-08"
)
TODAY = date(2026, 11, 23)

pytestmark = pytest.mark.usefixtures("ground")


@pytest.fixture(autouse=True)
def engine_name():
    return "sqlite"


def ask(rule, start, options="", **whose):
    day, at = deadlines.read_start(start)
    return deadlines.answer(rule, day, dict(pair.split("=") for pair in options.split()), at=at, **whose)


def test_every_dated_example():
    wrong = {
        (row["rule"], row["from"], row["set"]): (str(found), row["last_day"])
        for row in EXAMPLES
        if (found := ask(row["rule"], row["from"], row["set"]).day) != date.fromisoformat(row["last_day"])
    }
    assert not wrong


def test_every_row_answers_and_says_why():
    for deadline in deadlines.listing():
        found = deadlines.answer(deadline.rule, date(2026, 3, 2))
        assert found.lines[-1][1].get("day") or found.last.provisional, deadline.rule
        assert found.citations or found.source or not found.period.key, deadline.rule


def test_every_period_that_is_set_has_a_place():
    """No figure of the settings is out of the calculator's reach, and the table names none that is not set."""
    known = set(settings.keys(Kind.PERIOD))
    named = {period.key for row in DEADLINES for period in row.periods if period.key}
    named |= {period.extension for row in DEADLINES for period in row.periods if period.extension}
    assert named <= known
    assert {deadline.rule for deadline in deadlines.listing()} >= known - named
    assert all(settings.value(Kind.PERIOD, key, on=TODAY) for key in named)


def test_rows_that_the_rule_table_marks_as_deadlines():
    assert set(DUE.split()) <= {deadline.rule for deadline in DEADLINES}


def test_the_hours_are_in_the_reason():
    assert ask("PT-07", "2026-03-02T10:20").last.ends_at == time(11)
    assert ask("PT-07", "2026-03-02T10:20", "reading=moment").last.ends_at == time(10, 20)
    assert ask("MH-03", "2026-03-02 10:00").last.ends_at == time(10)
    assert ask("PT-01", "2026年3月2日").last.start == ask("PT-01", "2026/3/2").last.start == date(2026, 3, 2)
    assert ask("PT-01", "2026-03-02T16:30Z").last.start == date(2026, 3, 3), "PT-09"


def test_business_that_stops_before_midnight_is_told():
    """PT-06: as built in a day ends at midnight, and then nobody needs to be told."""
    assert ask("PT-01", "2026-03-02").closes_at is None
    with settings.supposing(Kind.TEXT, "PT-06.closes_at", "17:30"):
        assert ask("PT-01", "2026-03-02").closes_at == "17:30"
        assert ask("PT-07", "2026-03-02T10:20").closes_at is None, "a period of hours ends at its own"


def test_a_year_without_a_notice_is_told():
    assert ask("JC-01", "2026-12-20").last.unknown_years == (2027,)
    assert not ask("JC-01", "2026-03-02").last.provisional


@pytest.mark.parametrize(
    ("rule", "start", "options", "flaw"),
    [
        ("XX-01", "2026-03-02", "", Flaw.NO_RULE),
        ("LM-05", "2026-03-02", "", Flaw.NO_PERIOD),
        ("JC-01", "2026-02-30", "", Flaw.NO_DATE),
        ("JC-01", "3 March", "", Flaw.NO_DATE),
        ("JC-01", "1066-10-14", "", Flaw.TOO_FAR),
        ("JC-01", "2026-03-02", "colour=red", Flaw.NO_KEY),
        ("JM-02", "2026-03-02", "procedure=quick", Flaw.NO_VALUE),
        ("JM-03", "2026-03-02", "pause=soon", Flaw.NO_VALUE),
        ("JM-14", "2026-03-02", "days=-1", Flaw.NO_VALUE),
        ("QT-07", "2026-03-02", "extended=yes", Flaw.NO_KEY),
        ("AM-13", "2026-03-02", "step=suit extended=yes", Flaw.NOT_EXTENDED),
        ("PT-01", "2026-03-02", "years=9999", Flaw.TOO_FAR),
    ],
)
def test_refusals(rule, start, options, flaw):
    with pytest.raises(RuleBroken) as refused:
        ask(rule, start, options)
    assert [each.reason for each in refused.value.obstacles] == [flaw]


def test_every_choice_is_allowed_by_its_own_word():
    for row in DEADLINES:
        for period in row.periods:
            if period.when:
                found = deadlines.answer(row.rule, date(2026, 3, 2), {row.asks: period.when})
                assert found.period is period
                assert period.when in allowed(row)[row.asks]
    assert BY_KEY["JM-02.entrusted_simple"].when == "simple"
