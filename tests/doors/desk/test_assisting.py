"""Help between units and the way up and down at the desk: from the case to the other unit's home and back."""

import re

import pytest

from mediation.ground import clock
from mediation.registry.access.rules import Role
from mediation.registry.units.rules import UnitKind
from mediation.stages.routing import queries as hops
from tests import cast, makers
from tests.doors.desk.county import desks
from tests.doors.visitor import Visitor


def beside(county):
    village = makers.make_unit(
        county.centre, UnitKind.COMMITTEE, "前进村人民调解委员会", area_code="360121106201", number_word="前进调"
    )
    return {
        "unit": village.public_id, "head": makers.make_actor(county.centre, Role.HEAD, village),
        "mediator": makers.make_actor(county.centre, Role.MEDIATOR, village, name="涂九妹"),
        "supervisor": makers.make_actor(county.centre, Role.SUPERVISOR),
    }


@pytest.fixture
def today():
    return clock.today().isoformat()


def test_help_is_asked_given_and_confirmed(app, today):
    county = desks(app, cast.mediating, beside)
    helper, village = Visitor(app, county.more["head"]), county.more["unit"]
    ask = f"/cases/{county.case}/assisting/new"
    told = {"unit": village, "wanted": "一起到现场量沟", "is_mandatory": "y", "on": today}
    assert "写明请它办什么" in county.mediator.submit(ask, status=200, **told | {"wanted": ""}).text
    county.mediator.submit(ask, **told)
    page = helper.get("/")
    assert "请本单位协助" in page.text
    task = re.search(r"/assisting/([\w-]{22})", page.html)[1]
    assert f"/assisting/{task}" in helper.get("/notices").html
    helper.submit(f"/assisting/{task}/accept", on=today)
    page = helper.submit(f"/assisting/{task}/pass-on", status=200)
    account = re.search(r'value="([\w-]{22})"', page.html[page.html.index("涂九妹") - 400:])[1]
    helper.submit(f"/assisting/{task}/pass-on", account=account)
    mediator = Visitor(app, county.more["mediator"])
    assert "请本单位协助" in mediator.get("/").text
    assert "请您协助的" in mediator.get(f"/cases/{county.case}").text
    mediator.submit(f"/assisting/{task}/report", result="沟宽四十公分", on=today)
    page = county.mediator.get(f"/cases/{county.case}")
    assert "沟宽四十公分" in page.text and "已报结果，待确认" in page.text
    assert "报协助结果：前进村人民调解委员会" in page.text and "交本单位的人办：涂九妹" in page.text
    assert "协助有了答复" in county.mediator.get("/").text
    county.mediator.submit(f"/assisting/{task}/confirm")
    assert "已完成" in helper.get(f"/assisting/{task}").text
    assert "没有别的单位请本单位协助的" in helper.get("/assisting").text
    assert "已完成" in helper.get("/assisting?state=done").text


def test_a_case_goes_down_with_consent(app, today):
    county = desks(app, cast.received, beside)
    helper, village = Visitor(app, county.more["head"]), county.more["unit"]
    page = county.head.get(f"/cases/{county.case}")
    assert "下交下级单位" in page.text and "上交上级单位" in page.text
    county.head.submit(f"/cases/{county.case}/offer-down", unit=village, why="local", on=today)
    assert "正在问前进村人民调解委员会接不接" in county.head.get(f"/cases/{county.case}").text
    page = helper.get("/")
    assert "上级问接不接" in page.text
    offer = re.search(r"/offers/([\w-]{22})/consent", page.html)[1]
    assert "同意接办" in helper.get(f"/cases/{county.case}").text  # who sees the progress only
    helper.submit(f"/offers/{offer}/consent", on=today)
    assert "受理" in helper.get(f"/cases/{county.case}").text
    assert "同意接办：前进村人民调解委员会" in helper.get(f"/cases/{county.case}/history").text
    assert "下级单位同意接办" in county.head.get("/notices").text


def test_a_supervisor_orders_it_down(app, today):
    county = desks(app, cast.received, beside)
    supervisor = Visitor(app, county.more["supervisor"])
    order = f"/cases/{county.case}/order-down"
    assert order in supervisor.get(f"/cases/{county.case}").html
    supervisor.submit(order, unit=county.more["unit"], why="local", note="就在村里，先就地调", on=today)
    helper = Visitor(app, county.more["head"])
    transfer = county.of(lambda case, _proceeding: hops.newest(case.id).public_id)
    page = helper.get(f"/transfers/{transfer}/receive")
    assert "指令下交：就发生在当地，当地最清楚" in page.text and "就在村里，先就地调" in page.text


def test_a_meeting_on_a_hard_case_is_called_from_its_page(app, today):
    """ST-02: the head of the body asks several units at once, each answers its own task."""
    large = makers.changed(makers.DRAIN, amount_fen=200_000_00)
    county = desks(app, lambda people: cast.mediating(people, cast.screened(people, matter=large)), beside)
    meeting = f"/cases/{county.case}/meeting"
    assert meeting in county.head.get(f"/cases/{county.case}").html
    village, told = county.more["unit"], {"on": today, "wanted": "周五上午在镇里，商量谁修沟"}
    assert "勾上请哪些单位" in county.head.submit(meeting, status=200, **told).text
    county.head.submit(meeting, other=village, **told)
    page = county.head.get(f"/cases/{county.case}")
    assert "前进村人民调解委员会" in page.text and "周五上午在镇里" in page.text
    assert county.mediator.status(f"/cases/{'x' * 22}/meeting") == 404
