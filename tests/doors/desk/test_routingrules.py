"""The routing rules through the desk: a supervisor changes one, sees what it would do, and publishes it."""

import re

import pytest

from mediation.registry.access.rules import Role
from mediation.registry.units.rules import UnitKind
from tests import cast, makers
from tests.doors.visitor import Visitor

LIST = "/settings/routing-rules"
TO_COUNTY = {"level": "county", "types": ["neighbour", "housing"]}


@pytest.fixture
def county(app):
    with app.app_context():
        county = cast.gather()
        makers.make_unit(county.centre, UnitKind.COMMITTEE, "南昌县人民调解委员会")
        cast.routed(county)
        other = makers.make_unit(
            county.centre, UnitKind.STUDIO, "老熊工作室", area_code=cast.TOWN, number_word="老熊调"
        )
        cast.routed(county, unit=other, override_reason="expertise")
        supervisor = makers.make_actor(county.centre, Role.SUPERVISOR)
        admin = makers.make_actor(county.centre, Role.SYSTEM_ADMIN)
    return {
        "supervisor": Visitor(app, supervisor), "dispatcher": Visitor(app, county.dispatcher),
        "admin": Visitor(app, admin), "head": Visitor(app, county.head),
    }


def begun(visitor, number=20):
    answer = visitor.submit(f"/routing-drafts/new?rule={number}", why="邻里纠纷县里办得快")
    return re.search(r"/routing-drafts/([\w-]{22})/", answer.headers["Location"])[1]


def test_a_rule_is_changed_rehearsed_and_published(county):
    by = county["supervisor"]
    draft = begun(by)
    by.submit(f"/routing-drafts/{draft}/rule?number=20", **TO_COUNTY, reason="邻里也由县里办")
    page = by.get(f"/routing-drafts/{draft}")
    assert "这份草稿改过以后还没有试跑" in page.text
    by.submit(f"/routing-drafts/{draft}/rehearse", at=f"/routing-drafts/{draft}")
    page = by.get(f"/routing-drafts/{draft}")
    for words in ("2 件会换去处", "没有照办：需要专业力量", "南昌县人民调解委员会", "万秋莲"):
        assert words in page.text
    by.submit(f"/routing-drafts/{draft}/publish", at=f"/routing-drafts/{draft}")
    page = by.get(LIST)
    assert "邻里也由县里办" in page.text and "发布过的改动" in page.text
    page = by.get(f"{LIST}/20")
    assert "程序自带" in page.text and "邻里纠纷县里办得快" in page.text


def test_what_is_wrong_with_a_rule_stands_on_its_form(county):
    by = county["supervisor"]
    draft = begun(by)
    page = by.submit(f"/routing-drafts/{draft}/rule?number=20", status=200, unit_kind="police", priority="0")
    assert "公安机关不办人民调解" in page.text and "优先级写 1 到 999" in page.text


def test_a_rules_page_lists_who_did_not_go_where_it_said(county):
    page = county["dispatcher"].get(f"{LIST}/20")
    assert "1 / 2" in page.text and "老熊工作室" in page.text and "需要专业力量" in page.text
    assert "起草" not in page.text
    assert county["dispatcher"].status("/routing-drafts/new") == 403
    assert county["head"].status(LIST) == 403


def test_who_sees_no_cases_sees_where_they_would_go_and_no_names(county):
    by = county["admin"]
    draft = begun(by)
    by.submit(f"/routing-drafts/{draft}/rule?number=20", **TO_COUNTY)
    by.submit(f"/routing-drafts/{draft}/rehearse", at=f"/routing-drafts/{draft}")
    page = by.get(f"/routing-drafts/{draft}")
    assert "2 件会换去处" in page.text and "您的岗位看不到案件" in page.text
    assert "万秋莲" not in page.text
