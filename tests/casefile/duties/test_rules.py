from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from mediation.casefile.duties.rules import (
    HOLDS_UP,
    Bar,
    Barred,
    DutyKind,
    Report,
    is_overdue,
    open_duty_obstacles,
    report_due_at,
    report_obstacles,
)


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


def reasons(obstacles):
    return [obstacle.reason for obstacle in obstacles]


@pytest.mark.parametrize(
    ("kind", "step", "held_up"),
    [
        (DutyKind.ESCALATION, Barred.SESSION, False),
        (DutyKind.ESCALATION, Barred.CLOSE, True),
        (DutyKind.ESCALATION, Barred.WITHDRAW, True),
        (DutyKind.CRIME, Barred.ROUTE, False),
        (DutyKind.CRIME, Barred.AGREE, True),
        (DutyKind.CRIME, Barred.CONFIRM, True),
        (DutyKind.CRIME, Barred.CLOSE, True),
        (DutyKind.VIOLENCE, Barred.ROUTE, True),
        (DutyKind.MINOR, Barred.ACCEPT, True),
        (DutyKind.COLLECTIVE, Barred.CONFIRM, False),
        (DutyKind.COLLECTIVE, Barred.CLOSE, True),
    ],
)
def test_what_an_open_duty_holds_up(kind, step, held_up):
    assert reasons(open_duty_obstacles(step, [kind])) == ([Bar(kind.value)] if held_up else [])


def test_every_duty_holds_up_the_end_and_names_its_rule():
    assert set(HOLDS_UP) == set(DutyKind)
    assert {obstacle.rule for obstacle in open_duty_obstacles(Barred.CLOSE, DutyKind)} == {
        "PM-08", "MH-02", "MH-04", "MH-06", "MH-07",
    }
    assert open_duty_obstacles(Barred.CLOSE, []) == []


def test_a_report_says_to_whom_when_by_whom_and_under_which_receipt():
    now = at(2, 12)
    whole = Report(to="武阳派出所", at=at(2, 11), by="龚雪琴", receipt_no="A3601")
    assert report_obstacles(whole, now=now) == []
    assert reasons(report_obstacles(Report(), now=now)) == [
        Bar.NO_RECEIVER, Bar.NO_REPORTER, Bar.NO_RECEIPT, Bar.NO_TIME,
    ]
    assert report_obstacles(Report(to="武阳派出所", at=now, by="龚雪琴", receipt_no="A3601"), now=now) == []
    later = Report(to="武阳派出所", at=at(2, 12, 1), by="龚雪琴", receipt_no="A3601")
    assert reasons(report_obstacles(later, now=now)) == [Bar.REPORTED_LATER]


def test_a_report_is_due_the_same_day():
    due_at = report_due_at(at(2, 10))
    assert due_at == at(3, 0)
    assert not is_overdue(due_at, now=at(2, 23, 59))
    assert is_overdue(due_at, now=at(3, 0))
    assert not is_overdue(due_at, now=at(9, 0), reported_at=at(2, 18))
    assert is_overdue(due_at, now=at(9, 0), reported_at=at(3, 8))


def test_a_place_may_give_hours_instead():
    assert report_due_at(at(2, 23), hours=2) == at(3, 1)
