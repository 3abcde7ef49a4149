"""Help between units: asked, answered, reported, confirmed; what it holds up and who sees it (row 33)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from mediation.casefile.cases import access, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import TaskState, Turn
from mediation.casefile.notices.models import Notice
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken
from mediation.registry.access.rules import Depth, Role
from mediation.registry.units.rules import UnitKind
from mediation.stages.archive import operations as archive
from mediation.stages.assisting import jobs, operations, queries, rules
from mediation.stages.assisting.rules import TaskFacts
from tests import everything, makers, road
from tests.road import do

TODAY = date(2026, 11, 23)

pytestmark = pytest.mark.usefixtures("ground")


@pytest.fixture
def county():
    county = road.make_county()
    police = makers.make_unit(county.centre, UnitKind.POLICE, "武阳派出所", area_code="360121106")
    county.more = {
        "unit": police, "head": makers.make_actor(county.centre, Role.HEAD, police, name="喻所"),
        "officer": makers.make_actor(county.centre, Role.MEDIATOR, police, name="闵警官"),
        "other": makers.make_actor(
            county.centre, Role.HEAD, makers.make_unit(county.centre, UnitKind.AGENCY, "住建局")
        ),
    }
    county.more["case"] = road.mediating(county)[0]
    return county


def asked(county, **changes):
    values = {"by": county.mediator, "unit": county.more["unit"].public_id, "wanted": "查一下出警记录"}
    changes = {"is_mandatory": True} | changes
    return do(operations.ask, county.more["case"], on=TODAY, **values | changes)


def declined(county, ref):
    do(operations.decline, ref, by=county.more["head"], on=TODAY, reason="no_people")


def told(by):
    mine = select(Notice.event).where(Notice.role == by.role, Notice.read_at.is_(None)).order_by(Notice.id)
    return list(session.scalars(mine.where((Notice.unit_id == by.unit_id) | (Notice.account_id == by.account_id))))


def reasons(refused):
    return [obstacle.reason for obstacle in refused.value.obstacles]


def test_a_unit_helps_and_the_lead_confirms(county):
    case, head = cases.get(county.more["case"], for_=county.mediator), county.more["head"]
    before = case.turn, case.due_on, case.lead_unit_id
    ref = asked(county)
    task, _case = queries.get(ref, for_=head)
    assert (task.state, task.answer_due_on, task.due_on) == (TaskState.ASKED, date(2026, 11, 25), date(2026, 12, 2))
    assert access.depth_of(head, session.get_one(Case, case.id)) == Depth.PROGRESS
    assert "task.asked" in told(head)
    do(operations.accept, ref, by=head, on=TODAY)
    person = operations.people_of(queries.get(ref, for_=head)[0], on=TODAY)
    assert [each.name for each in person] == ["闵警官"]
    with pytest.raises(NotFound):
        queries.get(ref, for_=county.more["officer"])
    do(operations.pass_on, ref, by=head, on=TODAY, account=person[0].public_id)
    officer = county.more["officer"]
    kept = operations.keep(ref, everything.blank_pdf(), "出警记录.pdf", by=officer)
    do(operations.report, ref, by=officer, on=TODAY, result="当天没有出警", papers=[("出警记录", kept)])
    do(operations.send_back, ref, by=county.mediator, on=TODAY, why="要盖章的", due_on=date(2026, 11, 27))
    assert queries.get(ref, for_=officer)[0].due_on == date(2026, 11, 27)
    do(operations.report, ref, by=head, on=TODAY, result="当天没有出警，证明已盖章")
    assert "task.reported" in told(county.mediator)
    task, _case = queries.get(ref, for_=county.mediator)
    (paper,) = queries.papers_of(task)
    assert operations.paper(ref, paper.public_id, by=officer)[1].startswith(b"%PDF")
    do(operations.confirm, ref, by=county.mediator, on=TODAY)
    case = cases.get(county.more["case"], for_=county.mediator)
    assert (case.turn, case.due_on, case.lead_unit_id) == before and case.turn == Turn.MEDIATOR
    assert queries.get(ref, for_=head)[0].state == TaskState.DONE  # its own part stays in sight
    assert not steps.offered(case, by=head, on=TODAY)


def test_only_the_unit_that_was_asked_answers(county):
    ref = asked(county)
    for by in (county.more["other"], county.more["officer"]):
        with pytest.raises(NotFound):
            do(operations.accept, ref, by=by, on=TODAY)
    asked(county, unit=_unit_of(county.more["other"]), wanted="量沟")
    with pytest.raises(NotFound):
        do(operations.accept, ref, by=county.more["other"], on=TODAY)  # who helps with another task of the case
    with pytest.raises(NotAllowed):
        do(operations.confirm, ref, by=county.more["head"], on=TODAY)
    with pytest.raises(NotAllowed):
        do(operations.accept, ref, by=county.head, on=TODAY)


def _unit_of(by):
    return session.get_one(makers.Unit, by.unit_id).public_id


def test_a_mandatory_task_keeps_the_case_from_closing(county):
    ref = asked(county)
    proceeding = road.proceeding_queries.newest(cases.get(county.more["case"], for_=county.mediator).id)
    values = {"ground": "too_far_apart", "course": "两次没谈拢", "notice_given": True}
    do(road.proceedings.end, proceeding.public_id, by=county.mediator, on=TODAY, **values)
    closing = {"by": county.head, "on": TODAY, "outcome": "no_further", "notice_given": True}
    for act, wanted in (
        (lambda: None, "task_mandatory_open"),
        (lambda: declined(county, ref), "task_mandatory_declined"),
    ):
        act()
        with pytest.raises(RuleBroken) as refused:
            do(archive.close, county.more["case"], **closing)
        (found,) = refused.value.obstacles
        assert (found.reason, found.rule, found.cure) == (wanted, "RT-09", "assisting")
    do(operations.withdraw, ref, by=county.mediator, on=TODAY, why="另请了村里")
    beside = asked(county, is_mandatory=False)
    do(archive.close, county.more["case"], **closing)
    assert session.scalar(select(queries.AssistingTask.state).filter_by(public_id=beside)) == TaskState.WITHDRAWN
    with pytest.raises(NotFound):
        queries.get(beside, for_=county.more["head"])


def test_what_a_request_needs(county):
    with pytest.raises(RuleBroken) as refused:
        asked(county, wanted=" ", unit=county.committee.public_id, due_on=TODAY - timedelta(days=1))
    assert reasons(refused) == ["nothing_wanted", "task_is_lead", "task_due_past"]
    with pytest.raises(RuleBroken) as refused:
        asked(county, by=county.dispatcher)
    assert reasons(refused) == ["task_lead_asks"]


def test_last_days_are_told_once(county):
    ref = asked(county, due_on=date(2026, 11, 30))
    do(operations.accept, ref, by=county.more["head"], on=TODAY)
    for day, event in ((28, "clock.due_soon"), (30, "clock.due_today")):
        road.later(date(2026, 11, day))
        jobs.sweep()
        jobs.sweep()
        assert told(county.more["head"]).count(event) == 1
    road.later(date(2026, 12, 1))
    jobs.sweep()
    assert "clock.late" in told(county.more["head"]) and "clock.late" in told(county.mediator)


def test_lists_of_both_sides(county):
    first, second = asked(county), asked(county, due_on=date(2026, 11, 24))
    helped = queries.listing(for_=county.more["head"], size=1)
    assert [line.public_id for line in helped.lines] == [second]
    rest = queries.listing(for_=county.more["head"], size=1, after=helped.next)
    assert [line.public_id for line in rest.lines] == [first] and rest.next is None
    do(operations.decline, first, by=county.more["head"], on=TODAY, reason="conflict")
    assert [line.public_id for line in queries.home(for_=county.mediator, size=5)[1].lines] == [first]
    assert [line.public_id for line in queries.listing(for_=county.mediator, asked=True, done=True).lines] == [first]
    assert not queries.listing(for_=county.more["other"]).lines
    assert not queries.listing(for_=county.more["head"], asked=True).lines


@pytest.mark.parametrize(
    ("state", "mandatory", "reason"),
    [
        (TaskState.REPORTED, True, "task_mandatory_open"), (TaskState.DECLINED, True, "task_mandatory_declined"),
        (TaskState.DONE, True, None), (TaskState.WITHDRAWN, True, None), (TaskState.ASKED, False, None),
    ],
)
def test_closing_obstacles(state, mandatory, reason):
    found = rules.closing_obstacles([TaskFacts("所", state, mandatory)])
    assert [each.reason for each in found] == ([reason] if reason else [])
