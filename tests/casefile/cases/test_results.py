"""What figures count a case as (ST-03, ST-04), worked out from its steps alone."""

from datetime import date

import pytest

from mediation.casefile.cases.progress import Taken, result_of
from mediation.casefile.cases.rules import AgreementState, CaseState, ProceedingState, Progress, ReferralState

DAY = date(2026, 11, 2)
ENDED = Progress(CaseState.ROUTED, proceeding=ProceedingState.ENDED)


def took(name, **facts):
    return Taken(name, name.partition(".")[0], 1, None, DAY, facts)


@pytest.mark.parametrize(
    ("outcome", "counts_as"),
    [
        ("judgment", "ruled"),
        ("court_mediation", "ruled"),
        ("suit_withdrawn", "failed"),
        ("suit_dismissed", "failed"),
        ("other", "failed"),
    ],
)
def test_only_what_the_court_settled_is_ruled_on(outcome, counts_as):
    """A suit withdrawn or dismissed resolves nothing: what is left of it is the mediation that failed before."""
    steps = [took("proceeding.end", ground="too_far_apart"), took("referral.decide", outcome=outcome)]
    state = Progress(
        CaseState.ROUTED, proceeding=ProceedingState.ENDED, referral=ReferralState.DECIDED, referral_to_court=True
    )
    assert result_of(state, steps) == counts_as


def test_what_others_decided_and_whom_nobody_reached():
    silent = [took("proceeding.end", ground="unreachable")]
    assert result_of(ENDED, silent) == "never_reached"
    assert result_of(ENDED, [took("proceeding.end", ground="too_far_apart")]) == "failed"
    elsewhere = Progress(
        CaseState.ROUTED, proceeding=ProceedingState.ENDED, referral=ReferralState.DECIDED, referral_to_court=False
    )
    award = [took("proceeding.end", ground="too_far_apart"), took("referral.decide", outcome="award")]
    assert result_of(elsewhere, award) == "failed"
    broken = Progress(CaseState.ROUTED, agreement=AgreementState.EFFECTIVE, referral=ReferralState.DECIDED)
    assert result_of(broken, award) == "mediated"
