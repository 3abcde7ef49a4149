import pytest

from mediation.stages.proceedings.rules import Procedure
from mediation.stages.referrals.pace import (
    PaceBar,
    PaceCaution,
    evidence_cautions,
    unusual_cautions,
    unusual_obstacles,
)

MOST = {Procedure.SIMPLE: 15, Procedure.SMALL_CLAIMS: 7}


@pytest.mark.parametrize(
    ("procedure", "days", "warns"),
    [
        (Procedure.SMALL_CLAIMS, 7, False), (Procedure.SMALL_CLAIMS, 8, True), (Procedure.SMALL_CLAIMS, 10, True),
        (Procedure.SIMPLE, 15, False), (Procedure.SIMPLE, 16, True), (Procedure.ORDINARY, 30, False),
        (Procedure.SIMPLE, None, False), (None, 30, False),
    ],
)
def test_a_long_period_for_evidence_is_warned_of(procedure, days, warns):
    """QT-07."""
    assert [each.reason for each in evidence_cautions(procedure, days, MOST)] == [PaceCaution.EVIDENCE] * warns


def test_what_does_not_suit_a_quick_trial_wants_a_word():
    """QT-10."""
    known = ["新类型案件", "再审"]
    [warned] = unusual_cautions(["新类型案件"])
    assert (warned.reason, warned.params) == (PaceCaution.UNUSUAL, {"what": ("新类型案件",)})
    [bar] = unusual_obstacles(["新类型案件"], known, confirmed=False)
    assert bar.reason == PaceBar.NOT_CONFIRMED
    assert unusual_obstacles(["新类型案件"], known, confirmed=True) == []
    assert unusual_obstacles(["别的"], known, confirmed=False) == unusual_cautions([]) == []
