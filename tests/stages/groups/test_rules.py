"""What so many people oblige to, who may speak for them, and that nobody settles for somebody who said nothing."""

from datetime import date

import pytest

from mediation.casefile.cases.rules import Consent, ConsentForm
from mediation.casefile.duties.rules import DutyKind
from mediation.stages.groups import rules
from mediation.stages.groups.rules import About, Bar, Limits, Represented

ON = date(2026, 11, 23)
LIMITS = Limits(report_from=5, report_sum=100_000_000, numerous_from=10)


def words(obstacles):
    return [each.reason for each in obstacles]


@pytest.mark.parametrize(
    ("people", "sum_fen", "kinds"),
    [
        (4, 0, []),
        (5, 0, [DutyKind.FIRST_REPORT]),
        (2, 99_999_999, []),
        (2, 100_000_000, [DutyKind.FIRST_REPORT]),
        (9, 0, [DutyKind.FIRST_REPORT]),
        (10, 0, [DutyKind.FIRST_REPORT, DutyKind.COLLECTIVE]),
    ],
)
def test_duties(people, sum_fen, kinds):
    assert rules.duties_due(people, sum_fen, LIMITS) == kinds


def elected(have=0, names=("张三",), signed_on=ON, able=True):
    chosen = [(name, able) for name in names]
    return words(
        rules.election_obstacles(have=have, chosen=chosen, most=5, elected_on=ON, signed_on=signed_on, on=ON)
    )


def test_at_most_five_speak_for_a_group():
    assert elected(have=4) == []
    assert elected(have=5) == [Bar.TOO_MANY]
    assert elected(names="一二三四五六") == [Bar.TOO_MANY]
    assert elected(signed_on=None) == [Bar.NO_ELECTION_PAPER]
    assert elected(able=False) == [Bar.NO_CAPACITY]
    assert elected(names=()) == [Bar.NOBODY_CHOSEN]


def answered(about, form, answer=Consent.AGREED, has_proposal=True):
    return words(
        rules.answer_obstacles(about, answer, form, said_on=ON, has_proposal=has_proposal, on=ON)
    )


def test_consent_to_settle_is_in_writing_and_to_known_terms():
    assert answered(About.MEDIATION, ConsentForm.ORAL, has_proposal=False) == []
    assert answered(About.SETTLEMENT, ConsentForm.WRITTEN) == []
    assert answered(About.SETTLEMENT, ConsentForm.ORAL) == [Bar.NOT_IN_WRITING]
    assert answered(About.SETTLEMENT, ConsentForm.ORAL, Consent.REFUSED) == []
    assert answered(About.SETTLEMENT, ConsentForm.WRITTEN, has_proposal=False) == [Bar.NO_PROPOSAL]


def test_twelve_villagers_one_representative_eleven_consents_missing():
    """MH-07: the test of the rule table."""
    others = tuple(f"村民{number}" for number in range(11))
    group = Represented(said=12, listed=12, represented=11, representatives=1, silent=others)
    [bar] = rules.settling_obstacles(group)
    assert (bar.reason, bar.params["count"], len(bar.params["who"])) == (Bar.MEMBERS_SILENT, 11, 6)
    assert not rules.settling_obstacles(Represented(said=12, listed=12, represented=11, representatives=1))
    assert words(rules.settling_obstacles(Represented(13, 12, 11, 0, refusing=("甲",)))) == [
        Bar.UNLISTED, Bar.NO_REPRESENTATIVE, Bar.MEMBERS_REFUSE
    ]
