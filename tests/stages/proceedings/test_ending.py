"""More time, the end of a proceeding and what follows it, on both databases, without Flask."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from mediation.casefile.cases import access, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import (
    ProceedingState,
    Stage,
    Turn,
)
from mediation.casefile.clocks import operations as clock_operations
from mediation.casefile.clocks import queries as clocks
from mediation.casefile.papers import operations as papers
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.errors import RuleBroken
from mediation.ground.steps import StepTaken
from mediation.registry.access.rules import Depth
from mediation.stages.proceedings import facts, queries
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.proceedings.models import Proceeding
from mediation.stages.proceedings.rules import Bar
from mediation.stages.routing import operations as routing
from tests import cast

TODAY = date(2026, 11, 23)


@pytest.fixture
def county(ground):
    return cast.gather()


def reasons(error):
    return [obstacle.reason for obstacle in error.value.obstacles]


def case_of(proceeding):
    return session.get_one(Case, proceeding.case_id)


def running(case):
    return {each.basis: each for each in clocks.of_case(case.id) if each.stopped_on is None}


def end(county, proceeding, **values):
    values = {"ground": "too_far_apart", "course": "谈了两次，赔多少差得远", "notice_given": True} | values
    with transaction():
        return proceedings.end(proceeding.public_id, by=values.pop("by", county.head), on=TODAY, **values)


# --- more time ---


def extend(county, proceeding, until, who):
    refs = [party.public_id for party in cases.parties_of(proceeding.case_id) if party.name in who]
    with transaction():
        proceedings.extend(
            proceeding.public_id, by=county.mediator, on=TODAY, until=until, consenting=refs, reason="等检测意见",
            paper="延期同意书",
        )


def test_more_time_needs_the_consent_of_all(county):
    """PM-18."""
    proceeding = cast.mediating(county)
    with pytest.raises(RuleBroken) as error:
        extend(county, proceeding, date(2027, 1, 8), ["万秋莲"])
    assert reasons(error) == [Bar.NO_CONSENT_TO_EXTEND]
    extend(county, proceeding, date(2027, 1, 8), ["万秋莲", "涂国平"])
    case = cast.again(case_of(proceeding))
    period = running(case)["PM-18"]
    assert (period.due_on, period.extension_paper, case.due_on) == (date(2027, 1, 8), "延期同意书", date(2027, 1, 8))
    with pytest.raises(RuleBroken) as error:
        extend(county, proceeding, date(2027, 1, 15), ["万秋莲", "涂国平"])
    assert reasons(error) == [Bar.EXTENDED_TOO_OFTEN]


@pytest.mark.parametrize(("until", "bar"), [
    (date(2026, 12, 23), Bar.EXTENDS_NOTHING), (date(2027, 6, 1), Bar.EXTENDS_TOO_FAR),
])
def test_more_time_is_later_and_not_too_far(county, until, bar):
    with pytest.raises(RuleBroken) as error:
        extend(county, cast.mediating(county), until, ["万秋莲", "涂国平"])
    assert reasons(error) == [bar]


# --- the end ---


@pytest.mark.parametrize("stage", [cast.accepted, cast.assigned, cast.mediating])
def test_a_partys_wish_ends_an_attempt_at_any_time(county, stage):
    """RT-04."""
    proceeding = stage(county)
    ref = cast.party(proceeding.case_id, "涂国平").public_id
    end(county, proceeding, ground="party_refuses", requested_by=ref)
    proceeding = queries.newest(proceeding.case_id)
    assert proceeding.state == ProceedingState.ENDED
    assert (proceeding.end_ground, proceeding.notice_given_on) == ("party_refuses", TODAY)
    case = cast.again(case_of(proceeding))
    assert (case.stage, case.result, list(running(case))) == (Stage.ENDED, "failed", ["LM-01"])
    assert case.turn == (Turn.UNIT if stage is cast.accepted else Turn.MEDIATOR)


def test_the_certificate_is_issued_where_nothing_lacks(county):
    proceeding = cast.mediating(county)
    end(county, proceeding, by=county.mediator)
    assert papers.newest(proceeding.case_id, "termination").number == proceeding.number
    unassigned = cast.accepted(county)
    end(county, unassigned)
    assert papers.newest(unassigned.case_id, "termination") is None  # no mediator to name; the end did not wait


def test_an_end_needs_ground_course_and_notice(county):
    """PM-09, QT-13."""
    proceeding = cast.mediating(county)
    with pytest.raises(RuleBroken) as error:
        end(county, proceeding, ground=None, course=" ", notice_given=False)
    assert reasons(error) == [Bar.NO_GROUND, Bar.NO_FAILURE_REASON, Bar.NO_NOTICE]
    with pytest.raises(RuleBroken) as error:
        end(county, proceeding, ground="bored")
    assert reasons(error) == [Bar.UNKNOWN_GROUND]
    with pytest.raises(RuleBroken) as error:
        end(county, proceeding, ground="time_over")
    assert reasons(error) == [Bar.TIME_NOT_OVER]
    with pytest.raises(RuleBroken) as error:
        end(county, proceeding, ground="unreachable")
    assert reasons(error) == [Bar.TOO_FEW_ATTEMPTS]


def test_what_has_ended_cannot_end_again(county):
    proceeding = cast.mediating(county)
    end(county, proceeding)
    with pytest.raises(RuleBroken) as error:
        end(county, proceeding)
    assert steps.Bar.WRONG_STATE in reasons(error)


def test_time_over_when_it_is_over(county):
    """JM-11: the last day, and the day after."""
    proceeding = cast.mediating(county)
    clock.freeze(clock.now() + timedelta(days=31))
    with transaction():
        proceedings.end(
            proceeding.public_id, by=county.mediator, on=clock.today(), ground="time_over", course="一直没谈拢",
            notice_given=True,
        )
    assert queries.newest(proceeding.case_id).state == ProceedingState.ENDED


def test_what_was_agreed_and_not_signed_runs_on(county):
    proceeding = cast.mediating(county)
    case = case_of(proceeding)
    values = {"by": county.mediator, "on": TODAY, "implied": True}
    with transaction():
        steps.take("proceeding.agree", session.get_one(Proceeding, proceeding.id), **values)
    assert running(case) == {}
    with transaction():
        steps.take("proceeding.resume", session.get_one(Proceeding, proceeding.id), **values)
    assert list(running(case)) == ["PM-18"]
    assert cast.again(case).due_on == date(2026, 12, 23)
    assert clock_operations.running(case.id)[0].object_id == proceeding.id


def test_a_second_round_asks_for_a_new_notice(county):
    """PM-06."""
    proceeding = cast.informed(county)
    end(county, proceeding, by=county.mediator)
    case = case_of(proceeding)
    clock.freeze(clock.now() + timedelta(days=1))
    with transaction():
        routing.change_track(case.public_id, by=county.dispatcher, on=clock.today(), why="换人再调")
    assert access.depth_of(county.mediator, case) is None
    again = cast.assigned(county, case)
    assert access.depth_of(county.mediator, cast.again(case)) == Depth.CONTENTS
    assert facts.informed(again, case) == set()
    assert session.scalar(select(func.count()).select_from(StepTaken).where(StepTaken.step == "proceeding.accept")) == 2
