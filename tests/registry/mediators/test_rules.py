from dataclasses import replace
from datetime import date

import pytest

from mediation.registry.mediators.rules import (
    Bar,
    Caution,
    MediatorFacts,
    assign_cautions,
    assign_obstacles,
    enrol_obstacles,
)

TODAY = date(2026, 11, 22)
XIONG = MediatorFacts("熊桂生", date(1962, 5, 1), date(2023, 11, 22), date(2026, 11, 22), trained_on=date(2026, 3, 2))


def reasons(obstacles):
    return [obstacle.reason for obstacle in obstacles]


@pytest.mark.parametrize(
    ("born_on", "found"),
    [
        (date(2009, 1, 1), [Bar.NOT_ADULT]),
        (date(2008, 1, 1), []),
        (date(2008, 11, 22), [Bar.NOT_ADULT]),  # the eighteenth birthday itself
        (date(2008, 11, 21), []),
    ],
)
def test_a_mediator_is_an_adult(born_on, found):
    assert reasons(enrol_obstacles("甲", born_on, on=TODAY)) == found


def test_a_place_may_count_the_birthday():
    assert enrol_obstacles("甲", date(2008, 11, 22), on=TODAY, birthday_counts=True) == []


@pytest.mark.parametrize(
    ("changes", "for_court", "found"),
    [
        ({}, False, []),
        ({"term_to": date(2026, 11, 21)}, False, [Bar.TERM_OVER]),
        ({"term_to": None}, False, []),
        ({"term_from": date(2026, 11, 23)}, False, [Bar.NOT_YET]),
        ({"term_from": date(2026, 11, 22)}, False, []),
        ({"removed_on": date(2026, 11, 22)}, False, [Bar.REMOVED]),
        ({"removed_on": date(2026, 11, 23)}, False, []),
        ({}, True, [Bar.NOT_LISTED]),
        ({"is_court_listed": True}, True, []),
        ({"born_on": date(2009, 1, 1)}, False, [Bar.NOT_ADULT]),
    ],
)
def test_who_may_be_given_a_case(changes, for_court, found):
    assert reasons(assign_obstacles(replace(XIONG, **changes), on=TODAY, for_court=for_court)) == found


@pytest.mark.parametrize(
    ("trained_on", "found"),
    [
        (date(2025, 11, 21), [Caution.TRAINING]),
        (date(2025, 11, 22), []),
        (None, [Caution.NEVER_TRAINED]),
    ],
)
def test_training_goes_stale(trained_on, found):
    assert reasons(assign_cautions(replace(XIONG, trained_on=trained_on), on=TODAY, training_months=12)) == found


@pytest.mark.parametrize(("open_cases", "found"), [(14, []), (15, [Caution.LOAD])])
def test_load(open_cases, found):
    busy = replace(XIONG, open_cases=open_cases)
    assert reasons(assign_cautions(busy, on=TODAY, training_months=12, most=15)) == found
