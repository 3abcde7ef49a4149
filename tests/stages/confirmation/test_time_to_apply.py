"""The thirty days: from when they run, to hand over, to file, and what is late."""

from datetime import date

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import ConfirmationState
from mediation.casefile.clocks import queries as clocks
from mediation.ground import clock, jobs
from mediation.ground.db import transaction
from mediation.ground.errors import Invalid, RuleBroken
from mediation.stages.confirmation import boards
from mediation.stages.confirmation import operations as confirmation
from mediation.stages.confirmation.jobs import lapse
from tests import packs, road
from tests.road import do
from tests.stages.confirmation.looking import LAST_DAY, read, reasons


def test_an_agreement_in_effect_starts_the_thirty_days(county):
    case, _agreement, _refs = road.signed(county)
    row = cases.get(case, for_=county.mediator)
    assert clocks.running(row.id, "JC-01").due_on == LAST_DAY


@pytest.mark.parametrize(("on", "is_late"), [(LAST_DAY, False), (date(2026, 12, 24), True)])
def test_the_last_day_to_hand_over_and_the_day_after(county, on, is_late):
    case, _agreement, _refs = road.signed(county)
    road.later(on)
    if is_late:
        with pytest.raises(RuleBroken) as error:
            do(confirmation.hand_over, case, by=county.mediator, on=on)
        assert reasons(error) == {"too_late"}
    else:
        assert do(confirmation.hand_over, case, by=county.mediator, on=on)


@pytest.mark.parametrize(("on", "is_late"), [(LAST_DAY, False), (date(2026, 12, 24), True)])
def test_the_last_day_to_file_and_the_day_after(county, on, is_late):
    _case, application, _refs = packs.whole(county)
    road.later(on)
    if is_late:
        with pytest.raises(RuleBroken) as error:
            do(confirmation.file, application, by=county.liaison, on=on)
        assert reasons(error) == {"too_late"}
    else:
        do(confirmation.file, application, by=county.liaison, on=on)


def test_what_was_posted_on_the_last_day_is_in_time(county):
    case, application, _refs = packs.whole(county)
    arrived = date(2026, 12, 25)
    road.later(arrived)
    with pytest.raises(Invalid):
        do(confirmation.file, application, by=county.liaison, on=arrived, posted_on=date(2026, 12, 26))
    do(confirmation.file, application, by=county.liaison, on=arrived, posted_on=LAST_DAY)
    assert read(application, county).state == ConfirmationState.FILED
    assert clocks.running(cases.get(case, for_=county.liaison).id, "JC-01") is None


def test_a_day_that_passed_makes_no_case_late(county):
    case, _agreement, _refs = road.signed(county)
    case_id = cases.get(case, for_=county.mediator).id
    road.later(LAST_DAY)
    lapse()
    assert clocks.running(case_id, "JC-01") is not None
    road.later(date(2026, 12, 24))
    with transaction():
        jobs.enqueue("confirmation.lapse", "confirmation.lapse/test")
    while jobs.run_next():
        pass
    assert clocks.running(case_id, "JC-01") is None


def test_one_that_is_being_prepared_stays_late_until_it_is_given_up(county):
    case, application, _refs = packs.handed(county)
    case_id = cases.get(case, for_=county.liaison).id
    road.later(date(2026, 12, 24))
    lapse()
    assert clocks.running(case_id, "JC-01") is not None
    do(confirmation.drop, application, by=county.liaison, on=clock.today(), why="too_late")
    assert clocks.running(case_id, "JC-01") is None
    assert boards.missed(for_=county.liaison, year=2026) == 1
    assert [row.public_id for row in boards.missed_cases(for_=county.liaison, year=2026)] == [case]
