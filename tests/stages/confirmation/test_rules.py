from dataclasses import replace
from datetime import date

import pytest

from mediation.casefile.cases.rules import Basis, Trait
from mediation.stages.agreements.rules import Clause, ClauseKind, Subject
from mediation.stages.confirmation.rules import (
    AgreementFacts,
    Bar,
    clause_obstacles,
    concerns_property,
    confirmable_numbers,
    last_day_to_apply,
    start_obstacles,
    time_obstacles,
)
from tests.calendars import CALENDAR_2026

PAY = Clause(ClauseKind.PAY, ("b",), ("a",), "李四于2026年6月30日前付张三50000元", 5_000_000, date(2026, 6, 30))
TITLE = Clause(ClauseKind.TERM, ("a", "b"), (), "东侧房屋归张三所有")
DIVORCE = Clause(ClauseKind.TERM, ("a", "b"), (), "双方同意离婚")
AGREEMENT = AgreementFacts(date(2026, 3, 2), (PAY,), Basis.SELF_RUN)


def reasons(obstacles):
    return [obstacle.reason for obstacle in obstacles]


@pytest.mark.parametrize(
    ("effective_on", "last_day"),
    [
        (date(2026, 3, 2), date(2026, 4, 1)),
        (date(2026, 9, 4), date(2026, 10, 8)),  # day 30 falls in the National Day holiday
        (date(2026, 9, 10), date(2026, 10, 10)),  # a Saturday, but a make-up working day
        (date(2026, 1, 19), date(2026, 2, 24)),  # Spring Festival
        (date(2026, 8, 21), date(2026, 9, 20)),  # a Sunday, but a make-up working day
    ],
)
def test_last_day_to_apply(effective_on, last_day):
    """JC-01."""
    found = last_day_to_apply(effective_on, days=30, calendar=CALENDAR_2026)
    assert (found.day, found.provisional) == (last_day, False)


def test_a_last_day_in_a_year_without_a_calendar_is_provisional():
    found = last_day_to_apply(date(2026, 12, 10), days=30, calendar=CALENDAR_2026)
    assert (found.day, found.provisional) == (date(2027, 1, 11), True)


@pytest.mark.parametrize(
    ("effective_on", "on", "posted_on", "found"),
    [
        (date(2026, 3, 2), date(2026, 4, 1), None, []),
        (date(2026, 3, 2), date(2026, 4, 2), None, [Bar.TOO_LATE]),
        (date(2026, 3, 2), date(2026, 4, 3), date(2026, 4, 1), []),  # posted in time
        (date(2026, 3, 2), date(2026, 4, 3), date(2026, 4, 2), [Bar.TOO_LATE]),
        (None, date(2026, 4, 1), None, [Bar.NOT_EFFECTIVE]),
    ],
)
def test_too_late_from_the_day_after(effective_on, on, posted_on, found):
    """JC-01, PT-06."""
    obstacles = time_obstacles(effective_on, on=on, days=30, calendar=CALENDAR_2026, posted_on=posted_on)
    assert reasons(obstacles) == found


def test_the_last_day_is_told():
    [found] = time_obstacles(date(2026, 9, 4), on=date(2026, 10, 9), days=30, calendar=CALENDAR_2026)
    assert found.params == {"last_day": date(2026, 10, 8)}


def start(agreement=AGREEMENT, **changes):
    facts = {"body_is_established": True, "body_is_listed": False, "on": date(2026, 4, 1), **changes}
    return reasons(start_obstacles(agreement, body="中心调委会", days=30, calendar=CALENDAR_2026, **facts))


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"on": date(2026, 4, 2)}, [Bar.TOO_LATE]),
        ({"agreement": replace(AGREEMENT, basis=Basis.ENTRUSTED)}, [Bar.ENTRUSTED]),
        ({"agreement": replace(AGREEMENT, basis=Basis.COMMISSIONED)}, []),
        ({"agreement": replace(AGREEMENT, is_oral=True)}, [Bar.ORAL_AGREEMENT]),
        ({"agreement": replace(AGREEMENT, effective_on=None)}, [Bar.NOT_EFFECTIVE]),
        ({"agreement": replace(AGREEMENT, clauses=(DIVORCE, TITLE))}, [Bar.NOTHING_TO_CONFIRM]),
        ({"body_is_established": False}, [Bar.BODY_NOT_ESTABLISHED]),
        ({"body_is_established": False, "body_is_listed": True}, []),
    ],
)
def test_what_bars_handing_over(changes, found):
    """JC-01, JC-03, JC-09, JC-10, JM-09."""
    assert start(**changes) == found


def test_only_the_payment_part_is_put_to_the_court():
    """JC-10, DC-04."""
    mixed = replace(AGREEMENT, clauses=(DIVORCE, PAY, TITLE))
    assert confirmable_numbers(mixed) == [2]
    assert clause_obstacles(mixed, {2}) == []
    found = clause_obstacles(mixed, {1, 2, 3})
    assert [(obstacle.params["no"], obstacle.params["why"].rule) for obstacle in found] == [(1, "JC-10"), (3, "JC-10")]
    assert reasons(clause_obstacles(mixed, ())) == [Bar.NOTHING_TO_CONFIRM]
    assert reasons(clause_obstacles(mixed, {3})) == [Bar.CLAUSE_NOT_TAKEN_OUT, Bar.NOTHING_TO_CONFIRM]


def test_of_a_labour_dispute_only_payment_is_confirmed():
    """JC-21."""
    back = Clause(ClauseKind.DO, ("b",), ("a",), "恢复劳动关系")
    labour = replace(AGREEMENT, clauses=(PAY, back), traits=frozenset({Trait.LABOUR}))
    assert confirmable_numbers(labour) == [1]
    [found] = clause_obstacles(labour, {1, 2})
    assert found.params["why"].rule == "JC-21"


@pytest.mark.parametrize(
    ("what", "concerns"),
    [("李四配合办理房屋过户", True), ("交付车辆", True), ("付清欠款", False)],
)
def test_what_has_property_papers(what, concerns):
    """JC-09."""
    assert concerns_property([replace(PAY, what=what, subject=Subject.PLAIN)]) is concerns
