from dataclasses import replace
from datetime import date

import pytest

from mediation.registry.mediators.rules import (
    Bar,
    Caution,
    CommitteeNote,
    CommitteePost,
    MediatorFacts,
    Member,
    assign_cautions,
    assign_obstacles,
    committee_notes,
    enrol_obstacles,
)
from mediation.registry.settings.rules import Figure, Unit

TODAY = date(2026, 11, 22)
YEARLY, THREE_YEARS = Figure(12, Unit.MONTHS), Figure(3, Unit.YEARS)
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
    """PM-01."""
    assert reasons(enrol_obstacles("甲", born_on, on=TODAY)) == found


def test_a_place_may_count_the_birthday():
    """PM-01: the setting decides at the enrolment and at every assignment."""
    young = replace(XIONG, born_on=date(2008, 11, 22))
    assert reasons(assign_obstacles(young, on=TODAY)) == [Bar.NOT_ADULT]
    assert assign_obstacles(young, on=TODAY, birthday_counts=True) == []
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
    """PM-01, PM-02, PM-17, JM-01."""
    assert reasons(assign_obstacles(replace(XIONG, **changes), on=TODAY, for_court=for_court)) == found


@pytest.mark.parametrize(
    ("trained_on", "found"),
    [
        (date(2025, 11, 21), [Caution.TRAINING]),
        (date(2025, 11, 22), []),
        (None, [Caution.NEVER_TRAINED]),
    ],
)
@pytest.mark.parametrize("training", [YEARLY, Figure(365, Unit.DAYS)])
def test_training_goes_stale(trained_on, found, training):
    """PM-21: the last day, and the day after."""
    known = replace(XIONG, trained_on=trained_on)
    assert reasons(assign_cautions(known, on=TODAY, training=training, term=THREE_YEARS)) == found


@pytest.mark.parametrize(
    ("on", "is_member", "found"),
    [(date(2026, 11, 21), True, []), (date(2026, 11, 22), True, [Caution.TERM]), (date(2026, 11, 22), False, [])],
)
def test_a_committee_is_elected_for_three_years(on, is_member, found):
    """PM-02: a term that began on 2023-11-22 is full on 2026-11-22, whatever last day the roster names."""
    member = replace(XIONG, term_to=None, is_member=is_member)
    assert reasons(assign_cautions(member, on=on, training=YEARLY, term=THREE_YEARS)) == found


@pytest.mark.parametrize(("points", "found"), [(44, []), (45, [Caution.LOAD])])
def test_load(points, found):
    busy = replace(XIONG, points=points)
    assert reasons(assign_cautions(busy, on=TODAY, training=YEARLY, term=THREE_YEARS, most=45)) == found


def members(count, *, post=CommitteePost.DIRECTOR, woman=True, ethnic=None, since=date(2023, 11, 22)):
    first = Member(since, post, woman, ethnic)
    return [first, *(Member(since, CommitteePost.MEMBER) for _each in range(count - 1))]


@pytest.mark.parametrize(("committee", "on", "more", "found"), [
    (members(3), date(2026, 11, 21), {}, []),
    (members(9), date(2026, 11, 21), {}, []),
    (members(2), date(2026, 11, 21), {}, [CommitteeNote.TOO_FEW]),
    (members(10), date(2026, 11, 21), {}, [CommitteeNote.TOO_MANY]),
    (members(3, post=None, woman=False), date(2026, 11, 21), {}, [CommitteeNote.NO_DIRECTOR, CommitteeNote.NO_WOMAN]),
    (members(3), date(2026, 11, 22), {}, [CommitteeNote.TERM_OVER]),  # three years are full, warned from then on
    (members(3), date(2026, 11, 21), {"multi_ethnic": True}, [CommitteeNote.NO_MINORITY]),
    (members(3, ethnic="畲族"), date(2026, 11, 21), {"multi_ethnic": True}, []),
])
def test_the_composition_of_a_committee(committee, on, more, found):
    """PM-02."""
    assert reasons(committee_notes(committee, on=on, least=3, most=9, term=THREE_YEARS, **more)) == found
