"""Assigning mediators, on both databases, without Flask."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from mediation.casefile.cases import access
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import ProceedingState, Track, Turn
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotFound, RuleBroken
from mediation.ground.steps import StepTaken
from mediation.registry.access.rules import Depth, Role
from mediation.registry.mediators.rules import Bar as MediatorBar
from mediation.registry.mediators.rules import Caution
from mediation.stages.proceedings import (
    appointment,
    candidates,
    queries,
)
from mediation.stages.proceedings.appointing.rules import AppointmentBar
from tests import cast, makers
from tests.stages.proceedings.hands import TODAY, assign, reasons, second_mediator, take_on


@pytest.fixture
def county(ground):
    return cast.gather()


def names(county, proceeding):
    case = session.get_one(Case, proceeding.case_id)
    return [each.name for each in candidates.available_for(proceeding, case, on=TODAY)]


def test_an_assigned_mediator_sees_the_case(county):
    proceeding = cast.assigned(county)
    case = session.get_one(Case, proceeding.case_id)
    row = queries.mediators_on(proceeding.id)[0]
    assert (row.mediator_id, row.presides, row.mode) == (county.pool.id, True, "appointed")
    assert (proceeding.state, case.mediator_id, case.turn) == (ProceedingState.ASSIGNED, county.pool.id, Turn.MEDIATOR)
    assert access.depth_of(county.mediator, case) == Depth.CONTENTS
    assert access.depth_of(makers.make_actor(county.centre, Role.MEDIATOR, county.committee), case) is None


@pytest.mark.parametrize(("changes", "bar"), [
    ({"birth_on": date(2009, 1, 1)}, MediatorBar.NOT_ADULT),
    ({"term_from": TODAY + timedelta(days=1)}, MediatorBar.NOT_YET),
    ({"term_to": TODAY - timedelta(days=1)}, MediatorBar.TERM_OVER),
    ({"removed_on": TODAY}, MediatorBar.REMOVED),
])
def test_who_may_not_mediate_is_not_assigned(county, changes, bar):
    """PM-01, PM-02, PM-17."""
    _actor, unfit = second_mediator(county, **changes)
    proceeding = cast.accepted(county)
    with pytest.raises(RuleBroken) as error:
        assign(county, proceeding, unfit)
    assert reasons(error) == [bar]
    assign(county, proceeding, county.pool)


def test_a_courts_case_needs_a_listed_mediator(county):
    """JM-01."""
    _actor, unlisted = second_mediator(county)
    proceeding = cast.accepted(county, cast.commissioned(county), track=Track.JUDICIAL)
    with pytest.raises(RuleBroken) as error:
        assign(county, proceeding, unlisted)
    assert reasons(error) == [MediatorBar.NOT_LISTED]
    assert names(county, proceeding) == ["熊桂生"]
    assign(county, proceeding, county.pool)


def test_two_mediators_need_one_who_presides(county):
    """JM-05."""
    _actor, second = second_mediator(county)
    proceeding = cast.accepted(county)
    with pytest.raises(RuleBroken) as error:
        assign(county, proceeding, county.pool, second)
    assert reasons(error) == [AppointmentBar.NO_PRESIDER]
    assign(county, proceeding, county.pool, second, presider_public_id=second.public_id)
    assert [row.mediator.name for row in queries.mediators_on(proceeding.id)] == ["揭爱兰", "熊桂生"]
    assert session.get_one(Case, proceeding.case_id).mediator_id == second.id


def test_nobody_or_somebody_who_cannot_log_in_is_not_enough(county):
    proceeding = cast.accepted(county)
    with pytest.raises(RuleBroken) as error:
        assign(county, proceeding)
    assert reasons(error) == [AppointmentBar.NO_MEDIATOR]
    helper = makers.make_mediator(county.centre, county.committee, name="没有账号的人")
    with pytest.raises(RuleBroken) as error:
        assign(county, proceeding, county.pool, helper, presider_public_id=county.pool.public_id)
    assert reasons(error) == [AppointmentBar.NO_ACCOUNT]
    assign(county, proceeding, county.pool)


def test_a_mediator_of_another_centre_is_not_there(county):
    other = makers.make_centre(name="另一个中心", register_word="他矛调登")
    foreign = makers.make_mediator(other, makers.root_of(other))
    with pytest.raises(NotFound):
        assign(county, cast.accepted(county), foreign)


def test_old_training_is_a_caution_that_is_kept(county):
    """PM-21."""
    _actor, rusty = second_mediator(county, trained_on=date(2025, 11, 21))
    proceeding = cast.accepted(county)
    case = session.get_one(Case, proceeding.case_id)
    row = next(each for each in candidates.available_for(proceeding, case, on=TODAY) if each.name == "揭爱兰")
    assert [caution.reason for caution in row.cautions] == [Caution.TRAINING]
    with pytest.raises(RuleBroken) as error:
        assign(county, proceeding, rusty)
    assert reasons(error) == [AppointmentBar.NO_OVERRIDE]
    assign(county, proceeding, rusty, override="knows")
    row = queries.mediators_on(proceeding.id)[0]
    assert (row.override, row.suggested["place"], row.suggested["of"]) == ("knows", 2, 2)
    assert row.suggested["top"] == county.pool.public_id and ["load", 0] in row.suggested["parts"]
    step = session.scalars(select(StepTaken).where(StepTaken.step == "proceeding.assign")).one()
    assert step.facts["cautions"] == ["training"]


def test_reassigning_hands_the_case_over(county):
    proceeding = cast.mediating(county)
    case = session.get_one(Case, proceeding.case_id)
    successor, row = second_mediator(county)
    values = {"by": county.head, "on": TODAY, "mediator_public_ids": [row.public_id]}
    with pytest.raises(RuleBroken) as error, transaction():
        appointment.reassign(proceeding.public_id, why="", **values)
    assert reasons(error) == [AppointmentBar.NO_WHY_REASSIGNED]
    with transaction():
        appointment.reassign(proceeding.public_id, why="生病住院", **values)
    assert access.depth_of(county.mediator, cast.again(case)) is None
    assert access.depth_of(successor, case) == Depth.CONTENTS
    assert queries.newest(case.id).state == ProceedingState.ASSIGNED
    take_on(county, proceeding, by=successor)


def test_the_same_mediator_may_be_kept_beside_a_new_one(county):
    proceeding = cast.mediating(county)
    _actor, second = second_mediator(county)
    with transaction():
        appointment.reassign(
            proceeding.public_id, by=county.head, on=TODAY, why="案情复杂，加一名",
            mediator_public_ids=[county.pool.public_id, second.public_id], presider_public_id=county.pool.public_id,
        )
    assert [each.answered_on for each in queries.mediators_on(proceeding.id)] == [None, None]
