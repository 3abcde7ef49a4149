"""Approval by silence: whose consent, how long, what an objection does (JM-14)."""

from datetime import date

import pytest

from mediation.casefile.cases.rules import PartyFacts, PartyRole
from mediation.stages.agreements import silence
from mediation.stages.agreements.silence import Bar, Put

A, B = date(2026, 3, 2), date(2026, 3, 4)
PARTIES = [
    PartyFacts("甲", key="a"), PartyFacts("乙", role=PartyRole.RESPONDENT, key="b")
]
PUT = Put(date(2026, 3, 1), {"a": date(2026, 3, 9), "b": date(2026, 3, 11)})


def reasons(found):
    return [obstacle.reason for obstacle in found]


@pytest.mark.parametrize(
    ("consents", "found"),
    [
        ({"a": A, "b": A}, []),
        ({"a": A}, [Bar.NO_CONSENT]),
        ({}, [Bar.NO_CONSENT, Bar.NO_CONSENT]),
        ({"a": A, "b": date(2026, 3, 5)}, [Bar.CONSENT_LATER]),
    ],
)
def test_everybody_agrees_to_the_procedure_first(consents, found):
    assert reasons(silence.consent_obstacles(PARTIES, consents, on=B)) == found


@pytest.mark.parametrize(
    ("party", "day", "found"),
    [
        (0, date(2026, 3, 9), []),
        (0, date(2026, 3, 10), [Bar.OBJECTED_TOO_LATE]),
        (1, date(2026, 3, 10), []),
        (0, date(2026, 2, 28), [Bar.OBJECTED_BEFORE]),
        (0, date(2026, 3, 21), [Bar.OBJECTED_LATER, Bar.OBJECTED_TOO_LATE]),
    ],
)
def test_an_objection_counts_on_the_last_day_and_not_after_it(party, day, found):
    assert reasons(silence.objection_obstacles(PARTIES[party], day, "不同意", PUT, on=date(2026, 3, 20))) == found


def test_who_was_not_served_may_still_object():
    put = Put(PUT.proposed_on, {})
    assert silence.objection_obstacles(PARTIES[0], date(2026, 3, 30), "不同意", put, on=date(2026, 3, 30)) == []


@pytest.mark.parametrize(
    ("last", "on", "found"),
    [
        (PUT.last, date(2026, 3, 11), [Bar.STILL_OPEN]),
        (PUT.last, date(2026, 3, 12), []),
        ({"a": date(2026, 3, 9)}, date(2026, 3, 12), [Bar.NOT_SERVED]),
    ],
)
def test_silence_is_consent_once_all_were_served_and_every_last_day_is_over(last, on, found):
    assert reasons(silence.silence_obstacles(PARTIES, Put(PUT.proposed_on, last), on=on)) == found


def test_it_binds_from_the_day_after_the_last_day_of_all():
    assert silence.deemed_on(PUT) == date(2026, 3, 12)
