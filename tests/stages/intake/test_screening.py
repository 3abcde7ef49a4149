"""Risks that are learnt after the screening: a mediator hears of them when the window has long asked (PM-08, RT-08)."""

from datetime import date

import pytest

from mediation.casefile.cases import progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Grade, PartyFlag, Turn, Urgency
from mediation.casefile.duties import operations as duty_operations
from mediation.casefile.duties import queries as duties
from mediation.casefile.duties.rules import Bar as DutyBar
from mediation.casefile.duties.rules import DutyKind
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotFound, RuleBroken
from mediation.registry.access.rules import Role
from mediation.registry.people.rules import Capacity
from mediation.stages.intake import operations as intake
from mediation.stages.intake.rules import Bar, Hint, Question
from mediation.stages.proceedings import sessions
from tests import cast, makers

TODAY = date(2026, 11, 23)
KNIFE = "涂国平在门外说要砍人，腰里别着刀"


@pytest.fixture
def county(ground):
    return cast.gather()


def learn(case, by, *yes, words=KNIFE, **values):
    with transaction():
        intake.learn_risk(case.public_id, yes=yes, words=words, by=by, on=TODAY, **values)
    return session.get_one(Case, case.id)


def kinds(case):
    return [duty.kind for duty in duties.of_case(case.id)]


def test_a_mediator_learns_of_a_crime_and_no_meeting_is_held_before_it_is_reported(county):
    """PM-08, MH-06: the duty opens in the middle of the mediation, due the same day."""
    proceeding = cast.informed(county)
    case = learn(session.get_one(Case, proceeding.case_id), county.mediator, Question.CRIME)
    [duty] = duties.of_case(case.id)
    assert (duty.kind, clock.local(duty.due_at).isoformat()) == (DutyKind.CRIME, "2026-11-24T00:00:00+08:00")
    assert case.screening["crime"] is True and case.turn == Turn.MEDIATOR
    taken = progress.history(case.id)[-2]
    assert (taken.step, taken.reason, taken.facts["yes"]) == ("case.learn_risk", KNIFE, ["crime"])
    held = {
        "setting": sessions.Setting(starts_at=clock.now(), place="调解室"), "minutes": sessions.Minutes(),
        "result": "continue", "by": county.mediator, "on": TODAY,
    }
    with pytest.raises(RuleBroken) as error, transaction():
        sessions.hold_session(proceeding.public_id, **held)
    assert [bar.reason for bar in error.value.obstacles] == [DutyBar.CRIME]
    with transaction():
        duty_operations.report(
            duty.public_id, to="武阳派出所", at=clock.now(), receipt_no="武派〔2026〕31号", by=county.mediator, on=TODAY
        )
    with transaction():
        sessions.hold_session(proceeding.public_id, **held)


def test_an_open_duty_is_not_doubled_a_reported_one_is_opened_anew(county):
    """PM-08."""
    case = makers.make_screened(county.centre, county.clerk, yes=[Question.HARM])
    assert kinds(learn(case, county.clerk, Question.HARM)) == [DutyKind.ESCALATION]
    [duty] = duties.of_case(case.id)
    with transaction():
        duty_operations.report(
            duty.public_id, to="武阳派出所", at=clock.now(), receipt_no="31", by=county.clerk, on=TODAY
        )
    assert kinds(learn(case, county.clerk, Question.HARM)) == [DutyKind.ESCALATION] * 2


def test_violence_learnt_late_seals_the_case_and_keeps_the_victim_apart(county):
    """MH-01, MH-02, MH-13: sealed, flagged, reported where the victim cannot act alone; the hints are on record."""
    case = makers.make_screened(county.centre, county.clerk)
    victim = cases.parties_of(case.id)[0].public_id
    case = learn(case, county.clerk, Question.VIOLENCE, victim=victim, capacity=Capacity.LIMITED)
    assert case.is_sealed and "万秋莲" not in case.title
    assert cases.parties_of(case.id)[0].flags["flags"] == [PartyFlag.VIOLENCE]
    assert kinds(case) == [DutyKind.VIOLENCE]
    assert progress.history(case.id)[-2].facts["hints"] == list(Hint)


def test_what_the_screening_told_the_visitor_is_on_record(county):
    """MH-13: legal aid was offered, and the history says so."""
    case = makers.make_screened(county.centre, county.clerk, yes=[Question.VIOLENCE])
    screened = next(step for step in progress.history(case.id) if step.step == "case.screen")
    assert Hint.LEGAL_AID in screened.facts["hints"]


@pytest.mark.parametrize(
    ("yes", "words", "bars"),
    [
        ((), KNIFE, [Bar.NOTHING_LEARNT]),
        ((Question.CRIME,), " ", [Bar.NO_WORDS_LEARNT]),
        ((), "", [Bar.NOTHING_LEARNT, Bar.NO_WORDS_LEARNT]),
    ],
)
def test_what_was_learnt_is_ticked_and_told(county, yes, words, bars):
    case = makers.make_screened(county.centre, county.clerk)
    with pytest.raises(RuleBroken) as error:
        learn(case, county.clerk, *yes, words=words)
    assert [bar.reason for bar in error.value.obstacles] == bars


def test_who_does_not_work_on_a_case_learns_nothing_of_it(county):
    case = makers.make_screened(county.centre, county.clerk)
    stranger = makers.make_unit(county.centre, name="向塘镇人民调解委员会")
    with pytest.raises(NotFound):
        learn(case, makers.make_actor(county.centre, Role.MEDIATOR, stranger), Question.CRIME)
    with pytest.raises(Invalid):
        learn(case, county.clerk, "weather")


def test_the_screening_grades_a_case_by_its_facts(county):
    """Row 27, ST-02: what the five questions and the registration say, the history keeps it."""
    plain = makers.make_screened(county.centre, county.clerk)
    harm = makers.make_screened(county.centre, county.clerk, yes=[Question.HARM])
    assert (harm.grade, harm.urgency) == (Grade.DIFFICULT, Urgency.IMMEDIATE)
    assert plain.grade in (Grade.SIMPLE, Grade.ORDINARY) and plain.urgency == Urgency.NORMAL
    taken = next(step for step in progress.history(harm.id) if step.step == "case.screen")
    assert (taken.facts["grade"], taken.facts["urgency"]) == ("difficult", "immediate")
