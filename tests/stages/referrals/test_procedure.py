from dataclasses import replace
from datetime import date

import pytest

from mediation.stages.proceedings.rules import Procedure
from mediation.stages.referrals.procedure import (
    Caution,
    Exclusion,
    Limits,
    SmallClaimsExclusion,
    SuitFacts,
    Wage,
    Wanted,
    Why,
    propose,
    reason_text,
    wage_cautions,
)

WAGE = Wage(100_000_00, 2025, "江西省", date(2026, 6, 1))
LIMITS = Limits(by_law_percent=50, by_agreement_percent=200)
LOAN = SuitFacts(amount_fen=30_000_00)


def proposal(facts, wage=WAGE):
    found = propose(facts, wage=wage, limits=LIMITS)
    return found.procedure, [obstacle.reason for obstacle in found.reasons]


@pytest.mark.parametrize(
    ("amount_fen", "agreed_small", "procedure", "why"),
    [
        (50_000_00, False, Procedure.SMALL_CLAIMS, [Why.SMALL_BY_LAW]),
        (50_000_01, False, Procedure.SIMPLE, [Why.NOT_AGREED, Why.CLEAR]),
        (50_000_01, True, Procedure.SMALL_CLAIMS, [Why.SMALL_BY_AGREEMENT]),
        (200_000_00, True, Procedure.SMALL_CLAIMS, [Why.SMALL_BY_AGREEMENT]),
        (200_000_01, True, Procedure.SIMPLE, [Why.ABOVE, Why.CLEAR]),
    ],
)
def test_the_limits_of_small_claims_to_the_fen(amount_fen, agreed_small, procedure, why):
    """QT-03: one fen above a limit is above it."""
    assert proposal(SuitFacts(amount_fen, agreed_small=agreed_small)) == (procedure, why)


def test_the_reason_tells_sums_and_wage():
    [found] = propose(LOAN, wage=WAGE, limits=LIMITS).reasons
    assert found.params == {
        "amount_fen": 30_000_00, "limit_fen": 50_000_00, "wage_fen": 100_000_00, "percent": 50,
        "region": "江西省", "year": 2025,
    }


def test_the_reason_as_the_letter_prints_it():
    assert reason_text(propose(LOAN, wage=WAGE, limits=LIMITS)) == (
        "标的额30,000.00元不超过50,000.00元（江西省2025年就业人员年平均工资100,000.00元的50%）"
    )
    countered = replace(LOAN, small_exclusions=(SmallClaimsExclusion.COUNTERCLAIM,))
    assert reason_text(propose(countered, wage=WAGE, limits=LIMITS)) == (
        "提出反诉，不适用小额诉讼；事实清楚、权利义务关系明确、争议不大"
    )


@pytest.mark.parametrize(
    ("changes", "procedure", "why"),
    [
        ({"small_exclusions": (SmallClaimsExclusion.COUNTERCLAIM,)}, Procedure.SIMPLE, [Why.NOT_SMALL, Why.CLEAR]),
        ({"small_exclusions": (SmallClaimsExclusion.FOREIGN,)}, Procedure.SIMPLE, [Why.NOT_SMALL, Why.CLEAR]),
        ({"is_money_claim": False}, Procedure.SIMPLE, [Why.NOT_MONEY, Why.CLEAR]),
        ({"exclusions": (Exclusion.WHEREABOUTS,)}, Procedure.ORDINARY, [Why.EXCLUDED]),
        ({"is_clear": False}, Procedure.ORDINARY, [Why.NOT_CLEAR]),
        ({"is_clear": False, "agreed_simple": True, "is_money_claim": False}, Procedure.SIMPLE,
         [Why.NOT_MONEY, Why.SIMPLE_BY_AGREEMENT]),
    ],
)
def test_what_is_not_a_small_claim(changes, procedure, why):
    """QT-01, QT-02, QT-05."""
    assert proposal(replace(LOAN, **changes)) == (procedure, why)


@pytest.mark.parametrize(
    ("changes", "wage", "wanted"),
    [({}, None, Wanted.WAGE), ({"amount_fen": None}, WAGE, Wanted.AMOUNT)],
)
def test_what_is_not_known_is_asked_for(changes, wage, wanted):
    """QT-03, QT-04."""
    found = propose(replace(LOAN, **changes), wage=wage, limits=LIMITS)
    assert found.procedure is None
    assert [obstacle.reason for obstacle in found.wanted] == [wanted]


def test_the_wage_is_asked_for_only_where_it_matters():
    excluded = replace(LOAN, small_exclusions=(SmallClaimsExclusion.APPRAISAL,))
    assert proposal(excluded, wage=None)[0] == Procedure.SIMPLE


@pytest.mark.parametrize(
    ("on", "found"),
    [(date(2027, 12, 1), []), (date(2027, 12, 2), [Caution.OLD_WAGE])],
)
def test_an_old_wage_is_pointed_out(on, found):
    """QT-04: eighteen months, and the day after."""
    assert [obstacle.reason for obstacle in wage_cautions(WAGE, on=on, months=18)] == found
