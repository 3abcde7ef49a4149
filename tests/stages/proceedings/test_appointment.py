"""Assigning mediators and their answers about recusal, on both databases, without Flask."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import PartyBar, ProceedingState, Stage, Track, Turn
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotFound, RuleBroken
from mediation.ground.steps import StepTaken
from mediation.registry.access.rules import Depth, Role
from mediation.registry.mediators.rules import Bar as MediatorBar
from mediation.registry.mediators.rules import Caution
from mediation.registry.units.rules import UnitKind
from mediation.stages.proceedings import appointment, operations, queries
from mediation.stages.proceedings.models import ProceedingMediator
from mediation.stages.proceedings.operations import Answer
from mediation.stages.proceedings.rules import Bar, RecusalQuestion
from tests import cast, makers

TODAY = date(2026, 11, 23)
COUSIN = cast.NO_CONFLICT | {RecusalQuestion.RELATIVE: True}


@pytest.fixture
def county(ground):
    return cast.gather()


def reasons(error):
    return [obstacle.reason for obstacle in error.value.obstacles]


def assign(county, proceeding, *mediators, **values):
    chosen = [each.public_id for each in mediators]
    with transaction():
        return appointment.assign(
            proceeding.public_id, by=county.head, on=TODAY, mediator_public_ids=chosen, **values
        )


def take_on(county, proceeding, answers=cast.NO_CONFLICT, **values):
    with transaction():
        return appointment.take_on(
            proceeding.public_id, by=values.pop("by", county.mediator), on=TODAY, answers=answers, **values
        )


def second_mediator(county, **changes):
    actor = makers.make_actor(county.centre, Role.MEDIATOR, county.committee, name="揭爱兰")
    return actor, makers.make_mediator(county.centre, county.committee, actor, name="揭爱兰", **changes)


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


def names(county, proceeding):
    case = session.get_one(Case, proceeding.case_id)
    return [each.name for each in queries.available_for(proceeding, case, on=TODAY)]


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
    assert reasons(error) == [Bar.NO_PRESIDER]
    assign(county, proceeding, county.pool, second, presider_public_id=second.public_id)
    assert [row.mediator.name for row in queries.mediators_on(proceeding.id)] == ["揭爱兰", "熊桂生"]
    assert session.get_one(Case, proceeding.case_id).mediator_id == second.id


def test_nobody_or_somebody_who_cannot_log_in_is_not_enough(county):
    proceeding = cast.accepted(county)
    with pytest.raises(RuleBroken) as error:
        assign(county, proceeding)
    assert reasons(error) == [Bar.NO_MEDIATOR]
    helper = makers.make_mediator(county.centre, county.committee, name="没有账号的人")
    with pytest.raises(RuleBroken) as error:
        assign(county, proceeding, county.pool, helper, presider_public_id=county.pool.public_id)
    assert reasons(error) == [Bar.NO_ACCOUNT]
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
    row = next(each for each in queries.available_for(proceeding, case, on=TODAY) if each.name == "揭爱兰")
    assert [caution.reason for caution in row.cautions] == [Caution.TRAINING]
    assign(county, proceeding, rusty)
    step = session.scalars(select(StepTaken).where(StepTaken.step == "proceeding.assign")).one()
    assert step.facts["cautions"] == ["training"]


def test_the_list_puts_who_knows_the_matter_and_has_time_first(county):
    second_mediator(county, specialities={"types": ["neighbour"]})
    busy = cast.assigned(county)
    proceeding = cast.accepted(county)
    case = session.get_one(Case, proceeding.case_id)
    rows = queries.available_for(proceeding, case, on=TODAY)
    assert [(row.name, row.fits_type, row.open_cases) for row in rows] == [("揭爱兰", True, 0), ("熊桂生", False, 1)]
    assert queries.open_cases([county.pool.id]) == {county.pool.id: 1}
    assert busy.state == ProceedingState.ASSIGNED


# --- recusal ---


def test_four_answers_and_the_mediation_begins(county):
    proceeding = cast.assigned(county)
    with pytest.raises(RuleBroken) as error:
        take_on(county, proceeding, {RecusalQuestion.RELATIVE: False})
    assert reasons(error) == [Bar.RECUSAL_UNANSWERED]
    take_on(county, proceeding)
    proceeding = queries.newest(proceeding.case_id)
    assert proceeding.state == ProceedingState.MEDIATING
    assert session.get_one(Case, proceeding.case_id).stage == Stage.MEDIATING
    with pytest.raises(Invalid):
        take_on(county, proceeding, {"mood": True})


def test_a_conflict_bars_unless_every_party_waives_in_writing(county):
    """PM-22, JM-06."""
    proceeding = cast.assigned(county)
    visitor, other = cases.parties_of(proceeding.case_id)
    with pytest.raises(RuleBroken) as error:
        take_on(county, proceeding, COUSIN, waivers={visitor.public_id: TODAY})
    assert reasons(error) == [Bar.CONFLICT]
    assert error.value.obstacles[0].params["missing"] == ("涂国平",)
    take_on(county, proceeding, COUSIN, words={"relative": "是万秋莲的表弟"},
            waivers={visitor.public_id: TODAY, other.public_id: TODAY})
    row = queries.mediators_on(proceeding.id)[0]
    assert (row.has_conflict, row.recusal_answers["words"]) == (True, {"relative": "是万秋莲的表弟"})


def test_nobody_takes_on_over_a_clear_refusal(county):
    """RT-02."""
    proceeding = cast.assigned(county)
    cast.agree(county, proceeding.case_id, 涂国平=Answer("refused", "oral"))
    with pytest.raises(RuleBroken) as error:
        take_on(county, proceeding)
    assert reasons(error) == [PartyBar.PARTY_REFUSES]


def test_somebody_elses_case_is_not_taken_on(county):
    proceeding = cast.assigned(county)
    stranger, _row = second_mediator(county)
    with pytest.raises(NotFound):
        take_on(county, proceeding, by=stranger)


def test_of_several_the_last_answer_begins_the_mediation(county):
    second, row = second_mediator(county)
    proceeding = cast.accepted(county)
    assign(county, proceeding, county.pool, row, presider_public_id=county.pool.public_id)
    take_on(county, proceeding)
    assert queries.newest(proceeding.case_id).state == ProceedingState.ASSIGNED
    take_on(county, proceeding, by=second)
    assert queries.newest(proceeding.case_id).state == ProceedingState.MEDIATING


def test_stepping_back_needs_a_reason_and_ends_the_sight(county):
    proceeding = cast.assigned(county)
    case = session.get_one(Case, proceeding.case_id)
    with pytest.raises(RuleBroken) as error, transaction():
        appointment.step_back(proceeding.public_id, by=county.mediator, on=TODAY, why=" ")
    assert reasons(error) == [Bar.NO_WHY_STEPPED_BACK]
    with transaction():
        appointment.step_back(proceeding.public_id, by=county.mediator, on=TODAY, why="一方是我表弟", answers=COUSIN)
    case = cast.again(case)
    assert (queries.newest(case.id).state, case.turn, case.mediator_id) == (ProceedingState.ACCEPTED, Turn.UNIT, None)
    assert access.depth_of(county.mediator, case) is None
    assert session.scalars(select(ProceedingMediator)).one().has_conflict is True
    _actor, second = second_mediator(county)
    assign(county, proceeding, second)
    assert cast.again(case).turn == Turn.MEDIATOR


def test_reassigning_hands_the_case_over(county):
    proceeding = cast.mediating(county)
    case = session.get_one(Case, proceeding.case_id)
    successor, row = second_mediator(county)
    values = {"by": county.head, "on": TODAY, "mediator_public_ids": [row.public_id]}
    with pytest.raises(RuleBroken) as error, transaction():
        appointment.reassign(proceeding.public_id, why="", **values)
    assert reasons(error) == [Bar.NO_WHY_REASSIGNED]
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


# --- a party rejects the mediator ---


def rejects(county, case_id, takes=False):
    cast.agree(county, case_id, 涂国平=Answer("agreed", "oral", takes_mediator=takes))


def test_on_the_courts_track_rejecting_the_appointee_ends_it(county):
    """JM-04."""
    proceeding = cast.assigned(county, cast.commissioned(county), track=Track.JUDICIAL)
    rejects(county, proceeding.case_id)
    case = session.get_one(Case, proceeding.case_id)
    assert queries.must_end(queries.newest(case.id), case).ground == "mediator_rejected"
    with transaction():
        operations.end(
            proceeding.public_id, by=county.head, on=TODAY, ground="mediator_rejected",
            course="涂国平不接受指定的调解员", notice_given=True,
        )
    assert cast.again(case).stage == Stage.ENDED


def test_a_mediator_whom_the_parties_chose_is_only_replaced(county):
    proceeding = cast.assigned(county, cast.commissioned(county), track=Track.JUDICIAL, mode="chosen")
    rejects(county, proceeding.case_id)
    assert queries.must_end(queries.newest(proceeding.case_id), session.get_one(Case, proceeding.case_id)) is None


def test_elsewhere_another_one_is_assigned(county):
    """PM-04."""
    proceeding = cast.assigned(county)
    rejects(county, proceeding.case_id)
    assert queries.must_end(queries.newest(proceeding.case_id), session.get_one(Case, proceeding.case_id)) is None
    assert queries.mediators_on(proceeding.id)[0].party_replies != {}


def test_a_unit_without_mediators_sees_the_whole_pool(county):
    empty = makers.make_unit(county.centre, UnitKind.COMMITTEE, "向塘镇人民调解委员会", number_word="南向民调")
    proceeding = cast.accepted(county)
    with transaction():
        queries.newest(proceeding.case_id).unit_id = empty.id
    assert names(county, queries.newest(proceeding.case_id)) == ["熊桂生"]
