"""The four questions, taking a case on and stepping back, on both databases, without Flask."""

import pytest
from sqlalchemy import select

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import PartyBar, ProceedingState, Representation, Stage, Turn
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotFound, RuleBroken
from mediation.registry.mediators.models import Mediator
from mediation.stages.intake import operations as intake
from mediation.stages.intake.operations import Helper
from mediation.stages.proceedings import (
    appointment,
    lookhere,
    queries,
)
from mediation.stages.proceedings.appointing.rules import AppointmentBar, RecusalQuestion
from mediation.stages.proceedings.models import ProceedingMediator
from mediation.stages.proceedings.operations import Answer
from tests import cast
from tests.stages.proceedings.hands import COUSIN, TODAY, assign, reasons, second_mediator, take_on


@pytest.fixture
def county(ground):
    return cast.gather()


def test_four_answers_and_the_mediation_begins(county):
    proceeding = cast.assigned(county)
    with pytest.raises(RuleBroken) as error:
        take_on(county, proceeding, {RecusalQuestion.RELATIVE: False})
    assert reasons(error) == [AppointmentBar.RECUSAL_UNANSWERED]
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
    assert reasons(error) == [AppointmentBar.CONFLICT]
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
    assign(county, proceeding, county.pool, row, presider_public_id=county.pool.public_id, override="knows")
    take_on(county, proceeding)
    assert queries.newest(proceeding.case_id).state == ProceedingState.ASSIGNED
    take_on(county, proceeding, by=second)
    assert queries.newest(proceeding.case_id).state == ProceedingState.MEDIATING


def test_stepping_back_needs_a_reason_and_ends_the_sight(county):
    proceeding = cast.assigned(county)
    case = session.get_one(Case, proceeding.case_id)
    with pytest.raises(RuleBroken) as error, transaction():
        appointment.step_back(proceeding.public_id, by=county.mediator, on=TODAY, why=" ")
    assert reasons(error) == [AppointmentBar.NO_WHY_STEPPED_BACK]
    with transaction():
        appointment.step_back(proceeding.public_id, by=county.mediator, on=TODAY, why="一方是我表弟", answers=COUSIN)
    case = cast.again(case)
    assert (queries.newest(case.id).state, case.turn, case.mediator_id) == (ProceedingState.ACCEPTED, Turn.UNIT, None)
    assert access.depth_of(county.mediator, case) is None
    assert session.scalars(select(ProceedingMediator)).one().has_conflict is True
    _actor, second = second_mediator(county)
    assign(county, proceeding, second)
    assert cast.again(case).turn == Turn.MEDIATOR


def test_the_register_says_look_here_and_decides_nothing(county):
    """Row 42: village and surname, an earlier matter, somebody of the same name beside a party."""
    earlier = cast.mediating(county)
    proceeding = cast.assigned(county)
    case = session.get_one(Case, proceeding.case_id)
    assert [(sign.reason, sign.params.get("count")) for sign in lookhere.signs(county.pool, case)] == [
        (lookhere.Sign.MET, 1)  # who has a number is the same person in both
    ]
    with transaction():
        helper = Helper(Representation.HELPER, "涂桂生")
        intake.add_representative(cast.party(case.id, "万秋莲").public_id, helper=helper, by=county.clerk, on=TODAY)
    with transaction():
        pool = session.get_one(Mediator, county.pool.id)
        pool.home_area_code, pool.name = "360121106201", "涂桂生"
        cast.party(case.id, "涂国平").person.area_code = "360121106201"
    session.expire_all()
    found = {sign.reason: sign.params["who"] for sign in lookhere.signs(pool, session.get_one(Case, case.id))}
    assert found[lookhere.Sign.NAMESAKE] == "涂国平" and found[lookhere.Sign.ROLE] == "万秋莲"
    take_on(county, proceeding)
    assert earlier.state == ProceedingState.MEDIATING
