from dataclasses import replace
from datetime import date

import pytest

from mediation.casefile.cases.rules import OPEN_CONFIRMATION, ConfirmationState
from mediation.stages.confirmation.court_steps import (
    AfterRuling,
    CourtDates,
    CourtPeriod,
    CourtPeriods,
    DismissalGround,
    RefusalGround,
    RulingBar,
    after_ruling,
    court_deadlines,
    is_missed,
    next_court_day,
    ruling_obstacles,
)
from tests.calendars import CALENDAR_2026

PERIODS = CourtPeriods(
    accept={"days": 3},
    decide={"days": 15},
    extension={"days": 10},
    statutory={"days": 30},
    party_objection={"days": 15},
    outsider_objection={"months": 6},
)
S = ConfirmationState


def last_day(dates, period):
    return court_deadlines(dates, PERIODS, CALENDAR_2026)[period].day


@pytest.mark.parametrize(
    ("dates", "period", "day"),
    [
        (CourtDates(date(2026, 9, 17)), CourtPeriod.ACCEPT, date(2026, 9, 20)),  # a Sunday, made up for
        (CourtDates(date(2026, 2, 27), date(2026, 3, 2)), CourtPeriod.DECIDE, date(2026, 3, 17)),
        (CourtDates(date(2026, 2, 27), date(2026, 3, 2), extended=True), CourtPeriod.DECIDE, date(2026, 3, 27)),
        (CourtDates(date(2026, 2, 27), date(2026, 3, 2)), CourtPeriod.STATUTORY, date(2026, 4, 1)),
        (CourtDates(date(2026, 2, 2), served_on=date(2026, 3, 2)), CourtPeriod.PARTY_OBJECTION, date(2026, 3, 17)),
        (
            CourtDates(date(2026, 2, 2), outsider_knew_on=date(2026, 3, 16)),
            CourtPeriod.OUTSIDER_OBJECTION,
            date(2026, 9, 16),
        ),
    ],
)
def test_periods_of_the_court(dates, period, day):
    """JC-15, JC-16."""
    assert last_day(dates, period) == day


def test_the_stricter_day_is_the_next():
    dates = CourtDates(date(2026, 2, 27))
    assert next_court_day(dates, PERIODS, CALENDAR_2026).day == date(2026, 3, 2)
    accepted = replace(dates, accepted_on=date(2026, 3, 2))
    assert next_court_day(accepted, PERIODS, CALENDAR_2026).day == date(2026, 3, 17)
    slow = replace(PERIODS, statutory={"days": 10})
    assert next_court_day(accepted, slow, CALENDAR_2026).day == date(2026, 3, 12)


def test_no_window_opens_before_its_event():
    assert set(court_deadlines(CourtDates(date(2026, 3, 2)), PERIODS, CALENDAR_2026)) == {CourtPeriod.ACCEPT}


RULING = {"on": date(2026, 3, 12), "filed_on": date(2026, 3, 2), "accepted_on": date(2026, 3, 4)}


@pytest.mark.parametrize(
    ("answer", "changes", "found"),
    [
        (S.CONFIRMED, {}, []),
        (S.CONFIRMED, {"on": date(2026, 3, 4)}, []),  # both were there: accepted and decided at once
        (S.CONFIRMED, {"on": date(2026, 3, 3)}, [RulingBar.BEFORE_ACCEPTED]),
        (S.CONFIRMED, {"accepted_on": None}, [RulingBar.NOT_ACCEPTED]),
        (S.CONFIRMED, {"on": date(2026, 3, 1)}, [RulingBar.BEFORE_FILED, RulingBar.BEFORE_ACCEPTED]),
        (S.DISMISSED, {}, [RulingBar.NO_GROUND]),
        (S.DISMISSED, {"ground": DismissalGround.UNCLEAR}, []),
        (S.DISMISSED, {"ground": RefusalGround.TITLE}, []),  # found after acceptance
        (S.DISMISSED, {"ground": "whatever"}, [RulingBar.UNKNOWN_GROUND]),
        (S.REFUSED, {"accepted_on": None, "ground": RefusalGround.STATUS}, []),
        (S.REFUSED, {"accepted_on": None}, [RulingBar.NO_GROUND]),
        (S.REFUSED, {"accepted_on": None, "ground": DismissalGround.UNCLEAR}, [RulingBar.UNKNOWN_GROUND]),
        (S.WITHDRAWN, {"on": date(2026, 3, 10)}, []),
        (S.DEEMED_WITHDRAWN, {}, [RulingBar.NOTHING_MISSED]),
        (S.DEEMED_WITHDRAWN, {"has_missed": True}, []),
        (S.PROCEDURE_ENDED, {}, []),
    ],
)
def test_what_an_answer_of_the_court_needs(answer, changes, found):
    """JC-10, JC-12, JC-13, JC-14."""
    obstacles = ruling_obstacles(answer, **{**RULING, **changes})
    assert [obstacle.reason for obstacle in obstacles] == found


@pytest.mark.parametrize(
    ("given_on", "on", "missed"),
    [
        (date(2026, 3, 20), date(2026, 3, 25), False),
        (date(2026, 3, 21), date(2026, 3, 25), True),
        (None, date(2026, 3, 20), False),
        (None, date(2026, 3, 21), True),
    ],
)
def test_a_missed_supplement(given_on, on, missed):
    """JC-12: the last day and the day after."""
    assert is_missed(date(2026, 3, 20), given_on=given_on, on=on) is missed


@pytest.mark.parametrize(
    ("answer", "open_ways"),
    [
        (S.CONFIRMED, {AfterRuling.ENFORCE}),
        (S.DISMISSED, {AfterRuling.MEDIATE_AGAIN, AfterRuling.SUE}),
        (S.PROCEDURE_ENDED, {AfterRuling.MEDIATE_AGAIN, AfterRuling.SUE}),
        (S.WITHDRAWN, {AfterRuling.APPLY_AGAIN, AfterRuling.MEDIATE_AGAIN, AfterRuling.SUE}),
        (S.FILED, set()),
    ],
)
def test_what_is_open_after_the_answer(answer, open_ways):
    """JC-12, JC-14, JC-23."""
    assert set(after_ruling(answer)) == open_ways


def test_every_answer_opens_something():
    unanswered = {*OPEN_CONFIRMATION, ConfirmationState.DROPPED}
    assert all(bool(after_ruling(state)) != (state in unanswered) for state in ConfirmationState)
