from datetime import date
from types import SimpleNamespace

import pytest

from mediation.casefile.cases.rules import Exit
from mediation.stages.proceedings.rules import Procedure
from mediation.stages.referrals import at_court
from mediation.stages.referrals.pace import (
    CourtDay,
    PaceBar,
    PaceCaution,
    evidence_cautions,
    unusual_cautions,
    unusual_obstacles,
)
from mediation.stages.referrals.rules import Outcome
from tests import makers

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


@pytest.mark.parametrize(
    ("procedure", "target", "limit", "extended"),
    [
        ("simple", "2026-03-17", "2026-06-02", "2026-07-02"),
        ("small_claims", "2026-03-17", "2026-05-06", "2026-06-02"),  # 2 May is a Saturday within the holiday
        ("ordinary", None, None, None),
    ],
)
def test_by_when_the_court_decides(ground, procedure, target, limit, extended):
    """QT-06, QT-11: filed on 2 March 2026."""
    case = SimpleNamespace(centre_id=makers.make_centre().id)
    referral = SimpleNamespace(taken_on=date(2026, 3, 2), procedure=Procedure(procedure), kind=Exit.QUICK_TRIAL)
    found = {each.what: str(each.day.day) for each in at_court.court_days(referral, case.centre_id)}
    wanted = {CourtDay.TARGET: target, CourtDay.LIMIT: limit, CourtDay.EXTENDED: extended}
    assert found == {what: day for what, day in wanted.items() if day}


def test_what_runs_after_an_award_a_decision_and_a_petition(ground):
    """AM-09, AM-13, AM-14, MH-08, MH-09: the days of the rows."""
    centre_id = makers.make_centre().id

    def days(kind, type_code="labour", answered_before=False, **dates):
        known = {"sent_on": None, "taken_on": None, "decided_on": None, "outcome": None} | dates
        referral = SimpleNamespace(kind=kind, procedure=None, **known)
        case = SimpleNamespace(centre_id=centre_id, type_code=type_code)
        return {each.what.value: str(each.day.day) for each in at_court.days_after(
            referral, case, answered_before=answered_before
        )}

    sent, land = date(2026, 3, 2), "forest_land.contracting"
    award = {"sent_on": sent, "outcome": Outcome.AWARD}
    assert days(Exit.ARBITRATION, decided_on=date(2026, 3, 2), **award) == {"sue": "2026-03-17"}
    assert days(Exit.ARBITRATION, land, decided_on=date(2026, 9, 4), **award) == {"sue": "2026-10-08"}
    assert days(Exit.ARBITRATION, land, decided_on=sent, **award) == {"sue": "2026-04-01"}
    for taken, last, extended in (
        (sent, "2026-05-06", "2026-06-01"),  # a holiday and a Sunday
        (date(2026, 3, 10), "2026-05-09", "2026-06-08"),  # a Saturday that is worked, and a Monday
    ):
        assert days(Exit.ARBITRATION, land, sent_on=sent, taken_on=taken) == {
            "award": last, "award_extended": extended,
        }
        assert days(Exit.PETITION, sent_on=sent, taken_on=taken) == {
            "objected": "2026-03-09", "handled": "2026-03-17", "told": "2026-03-17", "finished": last,
            "finished_extended": extended,
        }
    assert days(Exit.PETITION, sent_on=sent, answered_before=True) == {"reviewed": "2026-04-01"}
    answered = {"sent_on": sent, "taken_on": sent, "decided_on": sent, "outcome": Outcome.PETITION_ANSWERED}
    assert days(Exit.PETITION, **answered) == {"review": "2026-04-01"}
    titled = {"sent_on": sent, "decided_on": sent, "outcome": Outcome.GOVERNMENT_DECISION}
    assert days(Exit.GOVERNMENT, **titled) == {"sue": "2026-04-01"}
