"""Duties opened by the screening, what they hold up, and the record that discharges them."""

from datetime import date, datetime, timedelta

import pytest

from mediation.casefile.cases import progress, steps
from mediation.casefile.cases.models import Case
from mediation.casefile.duties import checks, queries, rules
from mediation.casefile.duties import operations as duties
from mediation.casefile.duties.models import RiskDutyState
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotFound, RuleBroken
from mediation.registry.access.rules import Role
from mediation.registry.settings import operations as settings
from mediation.registry.settings.rules import Kind
from mediation.stages.intake.rules import Question
from tests import makers

TODAY = date(2026, 11, 23)
HALF_PAST_NINE = datetime(2026, 11, 23, 9, 30, tzinfo=clock.SHANGHAI)
REPORT = {"to": "武阳派出所", "at": HALF_PAST_NINE, "receipt_no": "武公（2026）112号", "measures": "民警上门训诫"}


@pytest.fixture
def centre(ground):
    return makers.make_centre()


@pytest.fixture
def clerk(centre):
    return makers.make_actor(centre, Role.INTAKE_CLERK)


def report(case, by, **changes):
    [duty] = queries.of_case(case.id)
    with transaction():
        duties.report(duty.public_id, by=by, on=TODAY, **(REPORT | changes))
    return queries.of_case(case.id)[0]


def bars(case, check):
    return [obstacle.reason for obstacle in check(session.get_one(Case, case.id), on=TODAY, by=None)]


FACTS = {
    "route": checks.none_bars_routing, "session": checks.none_bars_session, "agree": checks.none_bars_agreement,
    "close": checks.none_open,
}


@pytest.mark.parametrize(
    ("question", "held_up"),
    [
        (Question.MINOR_AT_RISK, {"route", "session", "agree", "close"}),
        (Question.CRIME, {"session", "agree", "close"}),
        (Question.HARM, {"close"}),
        (Question.COLLECTIVE, {"close"}),
    ],
)
def test_an_open_duty_holds_up_its_steps_and_a_reported_one_none(centre, clerk, question, held_up):
    case = makers.make_screened(centre, clerk, yes=[question])
    assert {step for step, check in FACTS.items() if bars(case, check)} == held_up
    reported = report(case, clerk)
    assert {step for step, check in FACTS.items() if bars(case, check)} == set()
    assert (reported.state, reported.reported_to, reported.closed_on) == (RiskDutyState.REPORTED, "武阳派出所", TODAY)
    assert reported.reported_by_id == clerk.account_id


def test_the_bar_says_where_it_is_cured(centre, clerk):
    case = makers.make_screened(centre, clerk, yes=[Question.MINOR_AT_RISK])
    offered = {step.name: obstacles for step, _subject, obstacles in steps.offered(case, by=clerk, on=TODAY)}
    [obstacle] = [each for each in offered["case.route"] if each.rule == "MH-04"]
    assert obstacle.cure == "duty.report"
    assert offered["duty.report"] == []


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"to": " "}, [rules.Bar.NO_RECEIVER]),
        ({"receipt_no": ""}, [rules.Bar.NO_RECEIPT]),
        ({"at": None}, [rules.Bar.NO_TIME]),
        ({"at": HALF_PAST_NINE + timedelta(hours=1)}, [rules.Bar.REPORTED_LATER]),
    ],
)
def test_a_duty_is_not_closed_without_its_record(centre, clerk, changes, missing):
    case = makers.make_screened(centre, clerk, yes=[Question.HARM])
    with pytest.raises(RuleBroken) as error:
        report(case, clerk, **changes)
    assert [obstacle.reason for obstacle in error.value.obstacles] == missing
    assert queries.of_case(case.id)[0].is_open


def test_a_duty_is_reported_once(centre, clerk):
    case = makers.make_screened(centre, clerk, yes=[Question.HARM])
    report(case, clerk)
    with pytest.raises(RuleBroken):
        report(case, clerk)


def test_hours_set_for_this_centre_count_from_the_opening(centre, clerk):
    admin = makers.make_actor(centre, Role.SYSTEM_ADMIN)
    with transaction():
        settings.set_value(
            Kind.PERIOD, "PM-08", {"amount": 2, "unit": "hours"}, by=admin, valid_from=TODAY, source="县综治办",
            reason="两小时",
        )
    case = makers.make_screened(centre, clerk, yes=[Question.HARM])
    [duty] = queries.of_case(case.id)
    assert clock.local(duty.due_at) == datetime(2026, 11, 23, 12, 0, tzinfo=clock.SHANGHAI)
    assert report(case, clerk).state == RiskDutyState.REPORTED
    taken = progress.history(case.id)[-1]
    assert (taken.step, taken.facts) == ("duty.report", {"kind": "escalation", "late": False})


def test_a_stranger_does_not_see_the_duty(centre, clerk):
    case = makers.make_screened(centre, clerk, yes=[Question.HARM])
    with pytest.raises(NotFound):
        report(case, makers.make_actor(makers.make_centre(short_name="进贤中心"), Role.INTAKE_CLERK))
