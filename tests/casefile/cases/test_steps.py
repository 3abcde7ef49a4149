"""Taking a step: who, when, from where, and every reason at once; what is offered is what can be taken."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from mediation.casefile.cases import progress, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS, TABLE
from mediation.casefile.cases.rules import CaseState
from mediation.casefile.cases.steps import Bar
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotAllowed, RuleBroken, Stale
from mediation.ground.trail import TrailEntry
from mediation.registry.access.rules import ACTS_BY, Role
from mediation.registry.units.rules import UnitKind
from tests import makers, road


@pytest.fixture
def county(ground):
    return road.make_county()


def take(county, case, *, by=None, name="case.screen", on=None, **values):
    by = by or county.clerk
    with transaction():
        row = cases.get(case, for_=county.clerk)
        return steps.take(name, row, by=by, on=on or clock.today(), **values)


def reasons(caught):
    return {bar.reason for bar in caught.value.obstacles}


@pytest.fixture
def case(county):
    return makers.make_case(county.centre, county.clerk).public_id


def test_a_step_moves_the_state_and_writes_history_and_trail(county, case):
    take(county, case, reason="五问答完", facts={"yes": []})
    row = cases.get(case, for_=county.clerk)
    newest = progress.history(row.id)[-1]
    assert row.state is CaseState.SCREENED and (newest.from_state, newest.to_state) == ("registered", "screened")
    assert (newest.account_id, newest.unit_id) == (county.clerk.account_id, county.clerk.unit_id)
    assert newest.recorded_at == clock.now() and newest.on == clock.today() and newest.reason == "五问答完"
    assert session.query(TrailEntry).filter_by(event="step.case.screen", case_id=row.id).count() == 1


def test_a_step_is_for_its_roles_and_for_those_tied_to_the_case(county, case):
    other = makers.make_unit(county.centre, UnitKind.COMMITTEE, "向塘镇人民调解委员会")
    for role in set(Role) - {Role.SYSTEM}:
        for unit in (None, other):
            by = makers.make_actor(county.centre, role, unit)
            if role in STEPS["case.screen"].who and unit is None:
                continue  # the unit that registered it
            with pytest.raises(NotAllowed):
                take(county, case, by=by)
    assert cases.get(case, for_=county.clerk).state is CaseState.REGISTERED


def test_an_implied_step_is_nobodys_to_choose(county, case):
    for step in (step for step in TABLE if step.implied):
        row = cases.get(case, for_=county.clerk)
        with pytest.raises(NotAllowed):
            steps.require(step, row, by=county.clerk)


def test_a_step_cannot_be_taken_twice(county, case):
    take(county, case)
    with pytest.raises(RuleBroken) as caught:
        take(county, case)
    assert reasons(caught) == {Bar.WRONG_STATE}


def test_of_eight_who_take_it_at_once_one_does(county, case):
    """P33: the others are told, on either engine."""
    barrier, won, lost = Barrier(8), [], []
    session.remove()

    def screen():
        barrier.wait()
        try:
            won.append(take(county, case))
        except (RuleBroken, Stale) as refusal:
            lost.append(refusal)
        finally:
            session.remove()

    threads = [Thread(target=screen) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 7)
    taken = progress.history(cases.get(case, for_=county.clerk).id)
    assert [step.step for step in taken].count("case.screen") == 1


def test_every_reason_comes_at_once(county, case):
    take(county, case)
    with pytest.raises(RuleBroken) as caught:
        take(county, case, on=clock.today() + timedelta(days=1))
    assert reasons(caught) == {Bar.WRONG_STATE, Bar.IN_FUTURE}


def test_the_day_of_a_step(county, case):
    today = clock.today()
    with pytest.raises(RuleBroken) as caught:
        take(county, case, on=today - timedelta(days=1))
    assert Bar.BEFORE_LAST_STEP in reasons(caught), "it was registered today"
    clock.freeze(clock.now() + timedelta(days=30))
    with pytest.raises(RuleBroken) as caught:
        take(county, case, on=today)
    assert reasons(caught) == {Bar.NEEDS_REASON}
    assert take(county, case, on=today, reason="停电，纸上记的")


def test_who_acts_by_no_relation_takes_no_step_of_the_table():
    """Leaders and administrators are in no row; every role in a row has a relation to act by."""
    acting = {role for step in TABLE for role in step.who} - {Role.SYSTEM}
    assert acting == set(ACTS_BY)


def test_what_is_offered_open_can_be_taken_and_nothing_else_is(county):
    case, _proceeding = road.accepted(county)
    row = cases.get(case, for_=county.head)
    offered = {step.name for step, _row, bars in steps.offered(row, by=county.head, on=clock.today()) if not bars}
    assert "proceeding.assign" in offered and "proceeding.accept" not in offered
    for by in (county.mediator, county.liaison, county.court, makers.make_actor(county.centre, Role.SUPERVISOR)):
        assert not steps.offered(row, by=by, on=clock.today()), by.role
