"""Grades settled by people, what types ask, and cards, on both engines (rows 22, 27, 28)."""

from dataclasses import replace
from datetime import date

import pytest

from mediation.casefile.cases import progress
from mediation.casefile.cases.grades import GradeBar
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Grade, GradeReason, Urgency
from mediation.casefile.clocks import queries as clocks
from mediation.casefile.clocks.rules import ClockLabel
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotAllowed, RuleBroken, Stale
from mediation.registry.access.rules import Role
from mediation.registry.causes import asking, guides, operations
from mediation.registry.causes import queries as causes
from mediation.registry.causes.asking import Fault
from mediation.stages.intake import asked, grading
from mediation.stages.intake import operations as intake
from mediation.stages.intake.rules import Bar, Question
from tests import cast, makers
from tests.registry.founding import acting

TODAY, NEXT_YEAR = date(2026, 11, 23), date(2027, 1, 1)


@pytest.fixture
def county(ground):
    return cast.gather()


def test_a_grade_is_confirmed_or_changed_with_a_reason(county):
    case = makers.make_screened(county.centre, county.clerk)
    grade, urgency = case.grade, case.urgency
    at = {"by": county.clerk, "on": TODAY}
    with transaction():
        grading.settle(case.public_id, grade=grade, urgency=urgency, **at)
    with pytest.raises(RuleBroken) as error, transaction():
        grading.settle(case.public_id, grade="difficult", urgency=urgency, **at)
    assert [each.reason for each in error.value.obstacles] == [GradeBar.NO_REASON]
    with transaction():
        grading.settle(case.public_id, grade="difficult", urgency="urgent", reason="hostile", words="带人来吵", **at)
    case = session.get_one(Case, case.id)
    assert (case.grade, case.urgency) == (Grade.DIFFICULT, Urgency.URGENT)
    taken = progress.history(case.id)[-1]
    assert (taken.step, taken.reason, taken.facts["why"]) == ("case.grade", "带人来吵", GradeReason.HOSTILE)
    assert taken.facts["was"] == [grade, urgency] and grading.way_of(case).startswith("吹哨办理")
    with pytest.raises(Invalid), transaction():
        grading.settle(case.public_id, grade="huge", urgency="urgent", **at)


def test_what_presses_is_answered_sooner(county):
    """Row 27: the answer of the unit follows the urgency, and stops whatever it was counted by."""
    case, at = makers.make_screened(county.centre, county.clerk), {"by": county.clerk, "on": TODAY}
    with transaction():
        grading.settle(case.public_id, grade=case.grade, urgency="urgent", reason="instructed", **at)
    received = cast.received(county, session.get_one(Case, case.id))
    [answer] = [each for each in clocks.of_case(received.id) if each.label == ClockLabel.ANSWER_TRANSFER]
    assert (answer.basis, answer.due_on) == ("transfer.answer.urgent", date(2026, 11, 24))
    assert answer.stopped_on == TODAY


def test_a_type_asks_and_its_answers_are_kept_in_their_form(county):
    case = makers.make_screened(county.centre, county.clerk)
    case.type_code = "contract.loan"
    session.commit()
    at = {"by": county.clerk, "on": TODAY}
    given = {"借款日期": "2025-03-01", "借条原件在手": "是", "约定利息": "月息", "别的": "不问"}
    with transaction():
        asked.answer(case.public_id, given, version=case.version, **at)
    case = session.get_one(Case, case.id)
    assert asked.answered(case) == [("借款日期", "2025-03-01"), ("借条原件在手", "是"), ("约定利息", "月息")]
    with pytest.raises(Stale), transaction():
        asked.answer(case.public_id, given, version=1, **at)
    with pytest.raises(RuleBroken) as error, transaction():
        asked.answer(case.public_id, {"借款日期": "去年"}, version=session.get_one(Case, case.id).version, **at)
    assert [each.reason for each in error.value.obstacles] == [Fault.NO_DAY]
    assert "借条、欠条原件" in asked.papers(case)


def test_questions_are_read_from_lines():
    found, faults = asking.read(["报警了没有|是否", "责任|全责/主责", "经过", "欠款|金额", "|是否", "经过", "啥|一种"])
    assert [(each.kind, each.options) for each in found] == [
        ("yes_no", ()), ("one_of", ("全责", "主责")), ("text", ()), ("money", ())]  # fmt: skip
    assert [each.reason for each in faults] == [Fault.UNREADABLE, Fault.TWICE, Fault.UNREADABLE]
    assert [each.line for each in found] == ["报警了没有|是否", "责任|全责/主责", "经过|文字", "欠款|金额"]
    kept, faults = asking.answers(found, {"欠款": "3,500.5", "责任": "次责", "报警了没有": ""})
    assert kept == {"欠款": "3,500.50"} and [each.reason for each in faults] == [Fault.NO_OPTION]


def test_a_type_that_ended_is_chosen_no_more_but_keeps_its_cases(county):
    admin = acting(Role.SYSTEM_ADMIN, county.centre.id)
    old = makers.make_screened(county.centre, county.clerk)
    old.type_code = "neighbour.trees"
    session.commit()
    with transaction():
        operations.close_type("neighbour.trees", successor="neighbour.boundary", by=admin, on=date(2026, 11, 20))
    with pytest.raises(RuleBroken) as error:
        makers.make_case(county.centre, county.clerk, matter=replace(makers.DRAIN, type_code="neighbour.trees"))
    assert [each.reason for each in error.value.obstacles] == [Bar.TYPE_ENDED]
    with transaction():
        operations.change_type("neighbour.boundary", name="地界", by=admin, on=TODAY)
        operations.change_type("neighbour.trees", name="树木", by=admin, on=TODAY)
    centre = {"centre_id": county.centre.id}
    assert causes.named("neighbour.trees", on=date(2026, 11, 1), **centre).name == "树木、菜地"
    assert causes.dispute_type("neighbour.trees", **centre).is_valid(TODAY), "changed from a later day: in use again"
    assert session.get_one(Case, old.id).type_code == "neighbour.trees"


def test_a_card_holds_from_a_day_on_and_the_one_above_stands_in(county):
    admin = acting(Role.SYSTEM_ADMIN, county.centre.id)
    on = {"on": TODAY, "centre_id": county.centre.id}
    assert guides.guide("neighbour.leak", **on).code == "neighbour"
    assert guides.guide("medical.treatment", **on).code == "medical"
    words = {"who": "老熊调解室", "law": "", "phone": "0791-1", "note": "先看现场"}
    with transaction():
        guides.rewrite("neighbour.leak", words, by=admin, on=NEXT_YEAR, why="新开的")
    assert guides.guide("neighbour.leak", **on).code == "neighbour"
    assert guides.guide("neighbour.leak", on=NEXT_YEAR, centre_id=county.centre.id).who == "老熊调解室"
    for bad, error in (({**words}, RuleBroken), ({"who": " "}, Invalid)):
        with pytest.raises(error), transaction():
            guides.rewrite("neighbour.leak", bad, by=admin, on=NEXT_YEAR)
    with pytest.raises(NotAllowed), transaction():
        guides.rewrite("neighbour.leak", words, by=county.clerk, on=NEXT_YEAR)


def test_a_risk_learnt_later_changes_what_is_proposed_not_what_was_settled(county):
    case = makers.make_screened(county.centre, county.clerk)
    before = case.grade
    with transaction():
        intake.learn_risk(case.public_id, yes=[Question.HARM], words="说要砍人", by=county.clerk, on=TODAY)
    case = session.get_one(Case, case.id)
    assert case.grade == before and grading.proposal(case).grade == Grade.DIFFICULT
