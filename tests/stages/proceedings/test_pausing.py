"""The days of an appraisal do not count (JM-03)."""

from datetime import UTC, date

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.clocks import jobs as clock_jobs
from mediation.casefile.clocks import queries as clocks
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.errors import RuleBroken
from mediation.oversight.soundness import queries as soundness
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.proceedings import pausing
from mediation.stages.proceedings.rules import Bar
from tests import cast

TODAY = date(2026, 11, 23)


@pytest.fixture
def county(ground):
    return cast.gather()


def reasons(error):
    return [obstacle.reason for obstacle in error.value.obstacles]


def running(proceeding):
    rows = clocks.of_case(proceeding.case_id)
    return next(each for each in rows if each.basis == "PM-18" and each.stopped_on is None)


def again(proceeding):
    session.expire_all()
    return running(proceeding)


def on_day(day):
    clock.freeze(clock.begin_of(day).astimezone(UTC))


def test_a_period_stands_still_and_runs_on(county):
    proceeding = cast.mediating(county)
    before = running(proceeding).due_on
    with transaction():
        pausing.pause(proceeding.public_id, by=county.mediator, on=TODAY, paper="鉴定委托书")
    with pytest.raises(RuleBroken) as error, transaction():
        pausing.pause(proceeding.public_id, by=county.mediator, on=TODAY, paper="鉴定委托书")
    assert reasons(error) == [Bar.PAUSED]
    on_day(date(2026, 12, 3))
    clock_jobs.recompute_provisional()
    standing = again(proceeding)
    assert standing.due_on > before, "while it stands still the day moves on"
    assert {finding.title: finding for finding in soundness.everything()}["期限"].is_sound
    with transaction():
        pausing.run_on(proceeding.public_id, by=county.mediator, on=date(2026, 12, 3))
    period = again(proceeding)
    case = session.get_one(Case, proceeding.case_id)
    assert case.due_on == period.due_on == clocks.last_day(period, case.centre_id).day
    assert clocks.last_day(period, case.centre_id).suspended_days == 9, "that of acceptance counts for nothing"
    with pytest.raises(RuleBroken) as error, transaction():
        pausing.run_on(proceeding.public_id, by=county.mediator, on=date(2026, 12, 3))
    assert reasons(error) == [Bar.NOT_PAUSED]


def test_a_day_agreed_upon_moves_by_what_did_not_count(county):
    proceeding = cast.mediating(county)
    parties = [party.public_id for party in cases.parties_of(proceeding.case_id)]
    with transaction():
        proceedings.extend(
            proceeding.public_id, by=county.mediator, on=TODAY, until=date(2027, 1, 8), consenting=parties,
            reason="等检测意见", paper="延期同意书",
        )
        pausing.pause(proceeding.public_id, by=county.mediator, on=TODAY, paper="鉴定委托书")
    on_day(date(2026, 11, 30))
    with transaction():
        pausing.run_on(proceeding.public_id, by=county.mediator, on=date(2026, 11, 30))
    assert again(proceeding).due_on == date(2027, 1, 14), "six days that counted"
