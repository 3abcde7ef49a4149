"""Asking for the time to apply back: ten days after the obstacle, and only when it was missed (PT-08)."""

from datetime import date

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.clocks import queries as clocks
from mediation.ground.errors import RuleBroken
from mediation.stages.agreements import queries as agreements
from mediation.stages.confirmation import operations as confirmation
from mediation.stages.confirmation.jobs import lapse
from tests import packs, road
from tests.road import do

LAST_DAY, ENDED_ON = date(2026, 12, 23), date(2027, 1, 4)  # the obstacle; ten days later is Thursday, 14 January
RESTORED = date(2027, 1, 14)
WHY = "住院，出院小结为凭"


@pytest.fixture
def county(ground):
    return road.make_county()


def reasons(error):
    return [str(each.reason) for each in error.value.obstacles]


@pytest.mark.parametrize(("on", "bars"), [(RESTORED, []), (date(2027, 1, 15), ["restored_too_late"])])
def test_it_is_asked_for_within_ten_days(county, on, bars):
    case, agreement, _refs = road.signed(county)
    road.later(on)
    asked = {"by": county.mediator, "on": on, "ended_on": ENDED_ON, "why": WHY}
    if bars:
        with pytest.raises(RuleBroken) as refused:
            do(confirmation.restore_time, agreement, **asked)
        assert reasons(refused) == bars
        return
    with pytest.raises(RuleBroken) as refused:
        do(confirmation.hand_over, case, by=county.mediator, on=on)
    assert reasons(refused) == ["too_late"]
    do(confirmation.restore_time, agreement, **asked)
    assert clocks.running(cases.get(case, for_=county.mediator).id, "PT-08").due_on == RESTORED
    assert do(confirmation.hand_over, case, by=county.mediator, on=on)


@pytest.mark.parametrize(("on", "is_late"), [(RESTORED, False), (date(2027, 1, 15), True)])
def test_the_application_itself_comes_in_time_too(county, on, is_late):
    case, application, _refs = packs.whole(county)
    road.later(ENDED_ON)
    agreement = agreements.effective(cases.get(case, for_=county.liaison).id).public_id
    do(confirmation.restore_time, agreement, by=county.liaison, on=ENDED_ON, ended_on=ENDED_ON, why=WHY)
    road.later(on)
    if is_late:
        with pytest.raises(RuleBroken) as refused:
            do(confirmation.file, application, by=county.liaison, on=on)
        assert reasons(refused) == ["too_late"]
    else:
        do(confirmation.file, application, by=county.liaison, on=on)
        assert clocks.running(cases.get(case, for_=county.liaison).id, "PT-08") is None


def test_who_is_in_time_or_says_nothing_gets_none(county):
    _case, agreement, _refs = road.signed(county)
    road.later(LAST_DAY)
    with pytest.raises(RuleBroken) as refused:
        do(confirmation.restore_time, agreement, by=county.mediator, on=LAST_DAY, ended_on=LAST_DAY, why=WHY)
    assert reasons(refused) == ["in_time_still"]
    road.later(ENDED_ON)
    with pytest.raises(RuleBroken) as refused:
        do(
            confirmation.restore_time, agreement, by=county.mediator, on=ENDED_ON, ended_on=date(2027, 1, 5), why=" ",
        )
    assert sorted(reasons(refused)) == ["hindered_still", "no_hindrance"]


def test_time_that_was_restored_ends_by_itself(county):
    case, agreement, _refs = road.signed(county)
    road.later(ENDED_ON)
    do(confirmation.restore_time, agreement, by=county.mediator, on=ENDED_ON, ended_on=ENDED_ON, why=WHY)
    case_id = cases.get(case, for_=county.mediator).id
    road.later(RESTORED)
    lapse()
    assert clocks.running(case_id, "PT-08") is not None
    road.later(date(2027, 1, 15))
    lapse()
    assert clocks.running(case_id, "PT-08") is None
