"""Types of dispute, cards and grades through the desk: looked at first, then published; shown where they are needed."""

import pytest
from sqlalchemy import select

from mediation.casefile.cases.models import Case
from mediation.ground.db import session
from mediation.registry.access.rules import Role
from mediation.registry.causes import queries
from tests import cast, makers
from tests.doors.visitor import Visitor

TYPES, GUIDES = "/settings/types", "/settings/guides"
TODAY = {"valid_from": "2026-11-23"}


@pytest.fixture
def county(app):
    with app.app_context():
        county = cast.gather()
        case = makers.make_screened(county.centre, county.clerk)
        admin = makers.make_actor(county.centre, Role.SYSTEM_ADMIN)
        public_id = case.public_id
    return {
        "admin": Visitor(app, admin), "clerk": Visitor(app, county.clerk),
        "dispatcher": Visitor(app, county.dispatcher), "case": public_id, "type": case.type_code, "app": app,
    }


def test_a_local_type_is_added_after_a_look(county):
    admin = county["admin"]
    path = f"{TYPES}/neighbour.noise/add"
    values = {
        "name": "广场舞", "valid_from": "2026-11-23", "keywords": "广场舞曲\n音响", "causes": "相邻污染侵害纠纷",
        "papers": "录音\n身份证", "questions": "跳到几点|文字\n报警了没有|是否", "why": "今年多",
    }
    page = admin.submit(path, status=200, **values)
    for words in ("照此发布", "张三与李四广场舞纠纷", "跳到几点", "录音", "现在有 0 件在办案件"):
        assert words in page.text, words
    assert "本中心加的" not in admin.get(TYPES).text
    admin.submit(path, **values, do="publish")
    page = admin.get(f"{TYPES}?q=广场舞")
    assert "广场舞" in page.text and "本中心加的" in page.text
    page = admin.get(f"{TYPES}/neighbour.noise.own1")
    assert "今年多" in page.text and "改动记录" in page.text
    [offered] = county["clerk"].client.get("/pick/types?q=广场舞").json
    assert offered["value"] == "neighbour.noise.own1"


def test_a_type_is_renamed_and_ended_and_what_cannot_be_is_said(county):
    admin = county["admin"]
    page = admin.submit(f"{TYPES}/neighbour/change", status=200, name="邻居", why="好听", **TODAY)
    assert "一级类型由统计口径规定" in page.text
    leak = {"name": "楼上漏水", "questions": "看不懂|啥", "why": "试试", **TODAY}
    page = admin.submit(f"{TYPES}/neighbour.leak/change", status=200, **leak)
    assert "看不懂" in page.text
    admin.submit(f"{TYPES}/neighbour.leak/change", name="漏水、渗水", why="也有渗水的", do="publish", **TODAY)
    page = admin.get(f"{TYPES}/neighbour.leak")
    assert "楼上漏水" in page.text and "也有渗水的" in page.text
    end = f"{TYPES}/neighbour.trees/end"
    page = admin.submit(end, status=200, successor="neighbour.boundary", why="并到地界里", valid_to="2026-11-23")
    assert "那天起不能再选这个类型" in page.text
    admin.submit(end, successor="neighbour.boundary", why="并到地界里", do="publish", valid_to="2026-11-23")
    page = admin.get(f"{TYPES}/neighbour.trees")
    assert "改、恢复使用" in page.text and "地界、围墙" in page.text
    county["clerk"].get(TYPES, status=403)


def test_a_card_is_rewritten_and_stands_beside_registration_and_routing(county):
    admin, kind = county["admin"], county["type"]
    card = {"who": "武阳镇调委会老熊", "phone": "0791-85700000", "why": "换人了", **TODAY}
    page = admin.submit(f"{GUIDES}/{kind}", status=200, **card)
    assert "照此发布" in page.text
    admin.submit(f"{GUIDES}/{kind}", **card, do="publish")
    assert "换人了" in admin.get(f"{GUIDES}/{kind}").text and "自己的" in admin.get(GUIDES).text
    assert "武阳镇调委会老熊" in county["clerk"].get(f"/guides/{kind}").text
    assert "武阳镇调委会老熊" in county["dispatcher"].get(f"/cases/{county['case']}/route").text
    with county["app"].app_context():
        label = queries.dispute_type(kind).name
    page = county["clerk"].submit("/intake", status=200, kind=label, type_code=kind, story="屋后的水沟", look="1")
    assert "武阳镇调委会老熊" in page.text


def test_what_a_type_asks_is_answered_and_shown(county):
    app, clerk = county["app"], county["clerk"]
    with app.app_context():
        case = session.scalars(select(Case)).one()
        case.type_code = "contract.loan"
        session.commit()
    path = f"/cases/{county['case']}/asked"
    page = clerk.submit(path, status=302, answer0="2025-03-01", answer2="是", answer3="月息")
    page = clerk.get(f"/cases/{county['case']}")
    for words in ("借条原件在手", "2025-03-01", "月息", "改多问的几项"):
        assert words in page.text, words
    assert "这类纠纷多问的几项" in clerk.get(f"/cases/{county['case']}/history").text


def test_a_grade_is_shown_changed_with_a_reason_and_listed_by(county):
    dispatcher, path = county["dispatcher"], f"/cases/{county['case']}/grade"
    page = dispatcher.get(path)
    assert "标准建议" in page.text and "吹哨办理" in page.text
    page = dispatcher.submit(path, status=200, grade="difficult", urgency="urgent", reason="")
    assert "要选为什么改" in page.text
    dispatcher.submit(path, grade="difficult", urgency="urgent", reason="hostile", words="双方带人来吵")
    page = dispatcher.get(f"/cases/{county['case']}")
    assert "疑难复杂" in page.text and "急件" in page.text and "双方对立得厉害" in page.text
    assert "共 1 件" in dispatcher.get("/cases?grade=difficult&urgency=urgent").text
    assert "没有符合的案件" in dispatcher.get("/cases?grade=simple").text
