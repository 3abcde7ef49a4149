"""The dispatcher's page and the unit's answer, through the desk."""

import pytest

from mediation.casefile.cases.rules import Stage, Track
from mediation.registry.units.rules import UnitKind
from tests import cast, makers
from tests.doors.desk.county import desks
from tests.doors.visitor import Visitor


@pytest.fixture
def screened(app):
    return desks(app, cast.screened, more=county_committee)


def county_committee(county):
    unit = makers.make_unit(county.centre, UnitKind.COMMITTEE, "南昌县人民调解委员会")
    makers.make_unit(county.centre, UnitKind.POLICE, "武阳派出所", area_code=cast.TOWN)
    return {"county": unit.public_id}


@pytest.fixture
def routed(app):
    return desks(app, cast.routed)


def test_the_page_says_where_and_why_and_what_would_change_it(screened):
    page = screened.dispatcher.get(f"/cases/{screened.case}/route")
    for words in ("人民调解，武阳镇人民调解委员会", "第 20 条", "类型是用水、排水", "也可以由县级调委会办"):
        assert words in page.text
    assert "有犯罪线索，改送武阳派出所" in page.text


def test_taking_the_suggestion_is_one_key(screened):
    suggestion = f"{Track.PEOPLES}:{screened.unit}"
    screened.dispatcher.submit(f"/cases/{screened.case}/route", way=suggestion)
    assert screened.stage == Stage.ROUTED


def test_going_elsewhere_asks_for_a_reason_and_keeps_what_was_typed(screened):
    address = f"/cases/{screened.case}/route"
    other = {"way": f"{Track.PEOPLES}:{screened.more['county']}", "note": "双方都在县城上班"}
    page = screened.dispatcher.submit(address, status=200, **other)
    assert "不按建议分流，要选理由" in page.text
    assert page.forms[-1]["fields"]["note"] == "双方都在县城上班"
    screened.dispatcher.submit(address, override_reason="nearer", **other)
    assert screened.stage == Stage.ROUTED


def test_anywhere_else_is_chosen_by_track_and_unit(screened):
    address = f"/cases/{screened.case}/route"
    page = screened.dispatcher.submit(address, status=200, way="elsewhere", override_reason="parties")
    assert "送别处要选" in page.text
    values = {"way": "elsewhere", "track": Track.PEOPLES, "unit": screened.more["county"]}
    screened.dispatcher.submit(address, override_reason="parties", **values)
    assert screened.stage == Stage.ROUTED


def test_what_no_mediation_takes_is_barred_with_its_reason(screened):
    values = {"way": f"{Track.PEOPLES}:{screened.unit}", "guards": "judgment"}
    page = screened.dispatcher.submit(f"/cases/{screened.case}/route", status=200, **values)
    assert "按诉访分离走法律程序" in page.text
    assert screened.stage == Stage.SCREENED


def test_only_who_routes_sees_the_page(screened):
    assert screened.head.status(f"/cases/{screened.case}/route") == 403
    assert screened.mediator.status(f"/cases/{screened.case}/route") == 403


def test_the_unit_receives_and_is_led_to_acceptance(routed):
    page = routed.head.get(f"/transfers/{routed.transfer}/receive")
    assert "邻里、山林、宅基地、村务" in page.text
    answer = routed.head.submit(f"/transfers/{routed.transfer}/receive")
    assert answer.headers["Location"].endswith(f"/cases/{routed.case}/accept")


def test_the_unit_gives_back_with_a_reason_and_sees_the_case_no_more(routed):
    address = f"/transfers/{routed.transfer}/reject"
    page = routed.head.submit(address, status=200)
    assert "选一项" in page.text
    routed.head.submit(address, reason="not_our_area", note="在向塘")
    assert routed.head.status(f"/cases/{routed.case}") == 404
    page = routed.dispatcher.get(f"/cases/{routed.case}/route")
    assert "退回过 1 次" in page.text and "在向塘" in page.text


def test_another_units_head_finds_nothing(app, routed):
    with app.app_context():
        centre = makers.session.query(makers.Centre).one()
        unit = makers.make_unit(centre, UnitKind.COMMITTEE, "向塘镇人民调解委员会")
        stranger = makers.make_actor(centre, "head", unit)
    assert Visitor(app, stranger).status(f"/transfers/{routed.transfer}/receive") == 404


def test_the_track_is_changed_after_the_end(app):
    found = desks(app, cast.mediating)
    address = f"/cases/{found.case}/change-track"
    page = found.head.submit(address, status=200, why="双方要求住建局调")
    assert "这一次调解还没有终止" in page.text
    end = f"/proceedings/{found.proceeding}/end"
    found.mediator.submit(end, ground="too_far_apart", course="谈了两次，差得远", notice_given="y")
    found.head.submit(address, why="双方要求住建局调")
    assert found.stage == Stage.SCREENED
