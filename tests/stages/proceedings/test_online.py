"""A court's case on its online platform: each step to a mediator has its own time (JM-15)."""

from datetime import date, timedelta

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import Track
from mediation.casefile.clocks import queries as clocks
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import RuleBroken
from mediation.stages.proceedings import appointment, choosing, operations, queries
from mediation.stages.proceedings.appointing.rules import AppointmentBar
from mediation.stages.proceedings.operations import Answer
from tests import cast
from tests.stages.proceedings.hands import TODAY, assign, second_mediator, take_on

# Monday 23 November: two working days are Wednesday, three are Thursday.
WEDNESDAY, THURSDAY = date(2026, 11, 25), date(2026, 11, 26)


@pytest.fixture
def county(ground):
    return cast.gather()


def accepted(county, *, by_platform=True):
    case = cast.received(county, cast.commissioned(county), track=Track.JUDICIAL)
    with transaction():
        operations.accept(case.public_id, by=county.head, on=TODAY, by_platform=by_platform, with_papers=False)
    return queries.newest(case.id)


def running(proceeding):
    rows = clocks.of_case(proceeding.case_id)
    return {each.basis: each.due_on for each in rows if each.stopped_on is None and each.basis.startswith("JM-15")}


def test_each_step_ends_one_period_and_begins_the_next(county):
    proceeding = accepted(county)
    assert running(proceeding) == {"JM-15.choose": WEDNESDAY, "JM-15.appoint": THURSDAY}
    assert cast.again(cases.get(proceeding_case(proceeding), for_=county.head)).due_on == WEDNESDAY
    assign(county, proceeding, county.pool)
    assert running(proceeding) == {"JM-15.confirm": THURSDAY}
    waits = Answer("pending")
    cast.agree(county, proceeding.case_id, by=county.head, 涂国平=waits)
    take_on(county, proceeding)
    assert running(proceeding) == {"JM-15.ask": THURSDAY}
    cast.agree(county, proceeding.case_id, by=county.mediator)
    assert running(proceeding) == {}


def proceeding_case(proceeding):
    return cast.session.get_one(cast.Case, proceeding.case_id).public_id


def test_whoever_is_given_the_case_has_the_same_time(county):
    proceeding = accepted(county)
    assign(county, proceeding, county.pool)
    clock.freeze(clock.now() + timedelta(days=2))
    _actor, second = second_mediator(county, is_court_listed=True)
    with transaction():
        appointment.reassign(
            proceeding.public_id, by=county.head, on=clock.today(), mediator_public_ids=[second.public_id], why="生病",
        )
    assert running(proceeding) == {"JM-15.confirm": date(2026, 11, 30)}
    with transaction():
        appointment.step_back(proceeding.public_id, by=_actor, on=clock.today(), why="一方是我表弟")
    assert running(proceeding)["JM-15.choose"] == date(2026, 11, 27)


@pytest.mark.parametrize(("on", "is_late"), [(WEDNESDAY, False), (THURSDAY, True)])
def test_the_parties_choose_within_two_working_days(county, on, is_late):
    proceeding = accepted(county)
    clock.freeze(clock.now() + (on - TODAY))
    wishes = {party.public_id: county.pool.public_id for party in cases.parties_of(proceeding.case_id)}
    if is_late:
        with pytest.raises(RuleBroken) as refused, transaction():
            choosing.choose(proceeding.public_id, by=county.head, on=on, wishes=wishes)
        assert [each.reason for each in refused.value.obstacles] == [AppointmentBar.CHOSEN_TOO_LATE]
    else:
        with transaction():
            choosing.choose(proceeding.public_id, by=county.head, on=on, wishes=wishes)


def test_what_came_on_paper_knows_none_of_it(county):
    assert running(accepted(county, by_platform=False)) == {}
