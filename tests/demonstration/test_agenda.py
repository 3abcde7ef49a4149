import random
from datetime import date, datetime, timedelta

import pytest

from mediation.demonstration import agenda
from mediation.demonstration.agenda import Agenda, StandsStill
from mediation.ground import clock
from tests.calendars import CALENDAR_2026

UNTIL = datetime(2026, 3, 10, tzinfo=clock.SHANGHAI)
START = datetime(2026, 3, 2, 9, tzinfo=clock.SHANGHAI)


def course(name, told, *, waits=(), stops_at=None):
    for number, wait in enumerate((timedelta(0), *waits)):
        if number:
            yield clock.now() + wait
        told.append((name, clock.local(clock.now()).isoformat()[5:16]))
        if number == stops_at:
            raise StandsStill("here")


def test_courses_go_on_side_by_side_each_at_its_time(ground):
    told = []
    plan = Agenda(UNTIL)
    plan.enter(START, course("a", told, waits=[timedelta(days=1)]))
    plan.enter(START + timedelta(hours=2), course("b", told, waits=[timedelta(hours=1)]))
    days = []
    plan.run(days.append)
    assert told == [("a", "03-02T09:00"), ("b", "03-02T11:00"), ("b", "03-02T12:00"), ("a", "03-03T09:00")]
    assert days == [date(2026, 3, 2), date(2026, 3, 3)]


def test_nothing_happens_after_the_end_and_who_stands_still_goes_no_further(ground):
    told = []
    plan = Agenda(UNTIL)
    plan.enter(START, course("late", told, waits=[timedelta(days=30)]))
    plan.enter(START, course("still", told, waits=[timedelta(days=1), timedelta(days=1)], stops_at=1))
    plan.run(lambda day: None)
    assert [name for name, _at in told] == ["late", "still", "still"]


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2026, 9, 30), 0, date(2026, 9, 30)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # the National Day holiday
        (date(2026, 10, 3), 0, date(2026, 10, 8)),
    ],
)
def test_later(day, number, expected):
    assert agenda.later(CALENDAR_2026, day, number) == expected


def test_earlier_and_later_meet():
    day = date(2026, 11, 23)
    assert agenda.later(CALENDAR_2026, agenda.earlier(CALENDAR_2026, day, 12), 12) == day


def test_people_are_at_work_in_office_hours():
    for seed in range(300):
        at = clock.local(agenda.at_work(date(2026, 3, 2), random.Random(seed)))
        assert at.date() == date(2026, 3, 2)
        assert 8 <= at.hour < 12 or 14 <= at.hour < 17
