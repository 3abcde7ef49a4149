"""A visit from the first word to the call that was promised, on both databases, without Flask."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from mediation.casefile.cases import access
from mediation.casefile.cases.rules import Representation
from mediation.casefile.notices.models import Notice
from mediation.casefile.papers.models import Paper, PaperState
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken
from mediation.ground.once import new_key
from mediation.ground.trail import TrailEntry
from mediation.oversight.search import queries as search
from mediation.registry.access.rules import Role
from mediation.stages.contacts import operations, queries
from mediation.stages.contacts.models import Contact, Visit
from mediation.stages.contacts.operations import Promise
from mediation.stages.contacts.rules import Bar, CallBack
from mediation.stages.intake import operations as intake
from mediation.stages.intake.operations import Helper
from tests import cast, makers
from tests.road import do

TODAY = date(2026, 11, 23)


@pytest.fixture
def county(ground):
    return cast.gather()


def receive(county, case, *, by=None, **values):
    values = {"manner": "window", "identified": "id_card", "on": TODAY} | values
    return do(operations.receive, case.public_id, by=by or county.clerk, **values)


def reasons(error):
    return [obstacle.reason for obstacle in error.value.obstacles]


def mediating(county):
    return cast.again(cast.session.get_one(cast.Case, cast.mediating(county).case_id))


def test_a_party_is_known_answered_and_called_back(county):
    case = mediating(county)
    party = cast.party(case.id, "万秋莲").public_id
    with pytest.raises(RuleBroken) as wrong:
        receive(county, case, party=party, identified="phone_tail", tail="0000")
    assert reasons(wrong) == [Bar.WRONG_TAIL]
    visit = receive(county, case, party=party, identified="phone_tail", tail="2716")
    key = new_key()
    answer = {"topic": "progress", "asked": "怎么还没人找我", "told": "正在调解", "by": county.clerk, "on": TODAY}
    promise = Promise(CallBack.MEDIATOR, TODAY + timedelta(days=1))
    contact = do(operations.answer, visit, promise=promise, key=key, **answer)
    assert do(operations.answer, visit, promise=promise, key=key, **answer) == contact
    row = session.scalars(select(Contact)).one()
    assert (row.asked, row.told) == ("怎么还没人找我", "正在调解") and "正在调解".encode() not in row.told_sealed
    assert session.scalars(select(Notice)).all()[-1].event == "contact.call_back"
    assert [each.contact.id for each in queries.promised(for_=county.mediator)] == [row.id]
    assert queries.promised(for_=county.clerk) == [] and queries.promised_count(for_=county.head) == 0

    do(operations.called, contact, reached="no_answer", by=county.mediator, on=TODAY)
    assert queries.promised_count(for_=county.mediator) == 1
    with pytest.raises(RuleBroken) as silent:
        do(operations.called, contact, reached="told", by=county.mediator, on=TODAY)
    assert reasons(silent) == [Bar.NO_WORDS]
    do(operations.called, contact, reached="told", words="约了周三", by=county.mediator, on=TODAY)
    assert queries.promised_count(for_=county.mediator) == 0
    with pytest.raises(RuleBroken) as again:
        do(operations.called, contact, reached="told", words="又打", by=county.mediator, on=TODAY)
    assert Bar.CALLED in reasons(again)
    assert case.turn == cast.again(case).turn, "a visit leaves whose turn it is"


def test_who_calls_back_is_asked_when_the_list_is_read(county):
    case = mediating(county)
    visit = receive(county, case, party=cast.party(case.id, "万秋莲").public_id)
    for to in (CallBack.MYSELF, CallBack.DESK, CallBack.UNIT):
        promise = Promise(to, TODAY)
        do(operations.answer, visit, topic="other", told="问清楚再说", promise=promise, by=county.clerk, on=TODAY)
    colleague = makers.make_actor(county.centre, Role.INTAKE_CLERK, name="另一人")
    lists = [queries.promised_count(for_=by) for by in (county.clerk, colleague, county.head, county.mediator)]
    assert lists == [2, 1, 1, 0]
    first = queries.promised(for_=county.clerk, size=1)[0].contact
    assert len(queries.promised(for_=county.clerk, after=(first.call_back_on, first.id))) == 1


def test_a_paper_is_handed_out_again_and_each_time_is_written(county):
    case = cast.screened(county)
    party = cast.party(case.id, "万秋莲").public_id
    visit = receive(county, case, party=party)
    receipt = session.scalars(select(Paper)).one()
    with pytest.raises(NotFound):
        do(operations.hand_out, visit, paper=receipt.public_id, by=county.clerk, on=TODAY)  # not set yet
    with transaction():
        session.get_one(Paper, receipt.id).state = PaperState.READY
    do(operations.hand_out, visit, paper=receipt.public_id, by=county.clerk, on=TODAY)
    printed = session.scalars(select(TrailEntry).where(TrailEntry.event == "paper.handed_out")).one()
    assert printed.object_id == receipt.id and printed.account_id == county.clerk.account_id
    stranger = receive(county, case, claimed="路人甲", identified="not")
    with pytest.raises(RuleBroken) as unknown:
        do(operations.hand_out, stranger, paper=receipt.public_id, by=county.clerk, on=TODAY)
    assert reasons(unknown) == [Bar.NOT_KNOWN]


def test_who_stands_beside_a_party_may_come_and_a_visit_ends_with_its_day(county):
    case = cast.screened(county)
    party = cast.party(case.id, "万秋莲").public_id
    do(intake.add_representative, party, helper=Helper(Representation.HELPER, "万小兰", phone="13970812717"),
       by=county.clerk, on=TODAY)
    beside = cast.party(case.id, "万秋莲").representatives[0]
    visit = receive(county, case, beside=beside.public_id, identified="phone_tail", tail="2717")
    row = session.scalars(select(Visit)).one()
    assert row.representative_id == beside.id and operations.name_of(row, [cast.party(case.id, "万秋莲")]) == "万小兰"
    clock.freeze(clock.now() + timedelta(days=1))
    with pytest.raises(RuleBroken) as over:
        do(operations.note, visit, text="又来了", by=county.clerk, on=TODAY + timedelta(days=1))
    assert reasons(over) == [Bar.OVER]


def test_of_a_sealed_case_the_window_tells_its_progress_and_others_nothing(county):
    case = mediating(county)
    party = cast.party(case.id, "万秋莲").public_id
    with transaction():
        session.get_one(cast.Case, case.id).is_sealed = True
    assert access.depth_of(county.clerk, cast.again(case)) == 2
    with pytest.raises(NotFound):
        receive(county, case, party=party)
    visit = receive(county, case, claimed="自称万秋莲", identified="not")
    do(operations.answer, visit, topic="progress", told="请等承办单位电话", promise=Promise(CallBack.UNIT, TODAY),
       by=county.clerk, on=TODAY)
    assert queries.promised_count(for_=county.head) == 1
    elsewhere = makers.make_actor(county.centre, Role.HEAD, makers.make_unit(county.centre))
    with pytest.raises(NotFound):
        receive(county, case, claimed="谁", identified="not", by=elsewhere)
    supervisor = makers.make_actor(county.centre, Role.SUPERVISOR)
    with pytest.raises((NotAllowed, NotFound)):
        receive(county, case, claimed="谁", identified="not", by=supervisor)


def test_the_receipts_code_finds_its_case_for_who_may_see_it(county):
    case = cast.screened(county)
    code = f"http://127.0.0.1:8000/progress#{case.query_code}"
    assert [row.public_id for row in search.find(code, for_=county.clerk)] == [case.public_id]
    assert search.find(case.query_code.lower(), for_=county.mediator) == []
