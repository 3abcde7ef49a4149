"""Which last days are spoken of, and to whom."""

from datetime import date

import pytest

from mediation.casefile.cases.rules import Turn
from mediation.casefile.notices import rules
from mediation.casefile.notices.rules import Event

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("due_on", "event"),
    [
        (date(2026, 11, 26), None),
        (date(2026, 11, 25), Event.DUE_SOON),
        (date(2026, 11, 24), Event.DUE_SOON),  # a clock that began with less than two days left
        (date(2026, 11, 23), Event.DUE_TODAY),
        (date(2026, 11, 22), Event.LATE),
    ],
)
def test_what_is_said_of_a_last_day(due_on, event):
    assert rules.of_clock(due_on, on=TODAY) is event


def test_the_head_hears_of_it_too_when_it_is_late():
    assert rules.seats_of_clock(Event.DUE_TODAY, Turn.MEDIATOR) == (rules.MEDIATORS,)
    assert rules.seats_of_clock(Event.LATE, Turn.MEDIATOR) == (rules.MEDIATORS, rules.HEAD)
    assert rules.seats_of_clock(Event.LATE, Turn.UNIT) == (rules.HEAD,)
    assert rules.seats_of_clock(Event.DUE_SOON, Turn.DONE) == ()


def test_every_turn_has_somebody_who_is_told():
    assert set(rules.SEAT_OF_TURN) == set(Turn) - {Turn.DONE}
