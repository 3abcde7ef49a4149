"""How hard a case is: the rule table decides on values alone, and says by which of them (row 27, ST-02)."""

import pytest

from mediation.casefile.cases.grades import GradeSign
from mediation.casefile.cases.rules import Grade, GradeFacts, Risk, Trait, Urgency, propose

CRITERIA = {
    "difficult": {"people": 10, "amount_fen": 100_000_00, "visits": 3, "flags": ["crime", "harm"]},
    "simple": {"people": 2, "amount_fen": 5_000_00, "visits": 1, "traits": ["medical"]},
    "immediate": {"flags": ["harm"]},
    "urgent": {"people": 10, "traits": ["wages"], "relapse": True},
}


@pytest.mark.parametrize(
    ("facts", "grade", "urgency", "signs"),
    [
        (GradeFacts(2), Grade.SIMPLE, Urgency.NORMAL, {"few", "no_amount", "no_risk"}),
        (GradeFacts(2, 5_000_00), Grade.SIMPLE, Urgency.NORMAL, {"few", "small", "no_risk"}),
        (GradeFacts(2, 5_000_01), Grade.ORDINARY, Urgency.NORMAL, {"not_simple_amount"}),
        (GradeFacts(3), Grade.ORDINARY, Urgency.NORMAL, {"not_simple_people"}),
        (GradeFacts(9, 99_999_99), Grade.ORDINARY, Urgency.NORMAL, {"not_simple_people", "not_simple_amount"}),
        (GradeFacts(12), Grade.DIFFICULT, Urgency.URGENT, {"many"}),
        (GradeFacts(2, 100_000_00, visits=3), Grade.DIFFICULT, Urgency.NORMAL, {"large", "comes_again"}),
        (GradeFacts(2, visits=2), Grade.ORDINARY, Urgency.NORMAL, {"not_simple_visits"}),
        (GradeFacts(2, is_relapse=True), Grade.SIMPLE, Urgency.URGENT, {"few", "no_amount", "no_risk"}),
        (GradeFacts(2, flags=frozenset({Risk.HARM})), Grade.DIFFICULT, Urgency.IMMEDIATE, {"risk"}),
        (GradeFacts(2, flags=frozenset({Risk.VIOLENCE})), Grade.ORDINARY, Urgency.NORMAL, {"not_simple_risk"}),
        (GradeFacts(2, traits=frozenset({Trait.MEDICAL})), Grade.ORDINARY, Urgency.NORMAL, {"not_simple_kind"}),
        (GradeFacts(2, traits=frozenset({Trait.WAGES})), Grade.SIMPLE, Urgency.URGENT, {"few", "no_amount", "no_risk"}),
    ],
)
def test_the_table_says_the_grade_and_why(facts, grade, urgency, signs):
    found = propose(facts, CRITERIA)
    assert (found.grade, found.urgency) == (grade, urgency)
    assert {obstacle.reason.value for obstacle in found.why} == signs
    assert bool(found.why_urgent) == (urgency != Urgency.NORMAL)


def test_a_table_that_says_nothing_makes_everything_ordinary():
    assert propose(GradeFacts(50, 10**9), {}).grade == Grade.ORDINARY
    assert {sign.rule for sign in GradeSign} == {"ST-02"}
