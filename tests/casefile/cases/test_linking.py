"""What keeps two cases apart, from values alone."""

from datetime import date

import pytest

from mediation.casefile.cases.linking import (
    BACK,
    BOTH_WAYS,
    BY_HAND,
    MIRRORED,
    Bar,
    LinkKind,
    lets_parties_in,
    merging_obstacles,
    undo_obstacles,
)
from mediation.casefile.cases.rules import (
    AgreementState,
    CaseState,
    ConfirmationState,
    ProceedingState,
    Progress,
    ReferralState,
)

A, F, P, R = AgreementState, ConfirmationState, ProceedingState, ReferralState


@pytest.mark.parametrize(
    ("state", "bars"),
    [
        ({}, set()),
        ({"proceeding": P.ENDED}, set()),
        ({"proceeding": P.REFUSED}, set()),
        ({"proceeding": P.ACCEPTED}, {Bar.PROCEEDING_RUNS}),
        ({"proceeding": P.SUSPENDED}, {Bar.PROCEEDING_RUNS}),
        ({"proceeding": P.MEDIATING, "agreement": A.DRAFT}, {Bar.PROCEEDING_RUNS, Bar.HAS_AGREEMENT}),
        ({"agreement": A.EFFECTIVE, "confirmation": F.FILED}, {Bar.HAS_AGREEMENT, Bar.AT_COURT}),
        ({"proceeding": P.ENDED, "agreement": A.ABANDONED}, set()),
        ({"proceeding": P.ENDED, "referral": R.SENT}, {Bar.WAS_SENT_ON}),
        ({"proceeding": P.ENDED, "referral": R.DECIDED}, {Bar.WAS_SENT_ON}),
        ({"proceeding": P.ENDED, "referral": R.RETURNED}, set()),
    ],
)
def test_what_runs_or_binds_is_not_merged(state, bars):
    assert {bar.reason for bar in merging_obstacles(Progress(CaseState.ROUTED, **state))} == bars


def test_nobody_joins_what_others_have_agreed():
    assert lets_parties_in(Progress(CaseState.ROUTED, proceeding=P.MEDIATING, agreement=A.DRAFT))
    assert not lets_parties_in(Progress(CaseState.ROUTED, agreement=A.AGREED))
    assert not lets_parties_in(Progress(CaseState.ROUTED, referral=R.TAKEN))


@pytest.mark.parametrize(("on", "is_open"), [(date(2026, 11, 30), True), (date(2026, 12, 1), False)])
def test_the_last_day_and_the_day_after(on, is_open):
    """Row 18: seven calendar days, the day of the merger not counted."""
    assert (undo_obstacles(date(2026, 11, 23), 7, on=on) == []) is is_open


def test_every_kind_has_a_word_at_both_ends():
    assert set(BACK) == set(MIRRORED) == set(LinkKind)
    assert {kind for kind in BY_HAND if kind not in BOTH_WAYS} == {LinkKind.FOLLOW_UP, LinkKind.REPEAT}
