"""Notes, the end of a shift and the page of a day at the desk."""

import re

import pytest

from mediation.registry.access.rules import Role
from tests import cast, makers
from tests.doors.desk.county import desks
from tests.doors.visitor import Visitor


@pytest.fixture
def county(app):
    return desks(app, cast.mediating, lambda county: makers.make_actor(county.centre, Role.INTAKE_CLERK, name="袁早班"))


def test_a_note_is_written_mentioned_opened_and_deleted(county):
    notes = f"/cases/{county.case}/memos"
    assert "便签是空的" in county.mediator.submit(notes, text="", status=200).text
    assert "不是能看到本案内容的同事" in county.mediator.submit(notes, text="@张三丰 看一下", status=200).text
    county.mediator.submit(notes, text="@余国梁 周五一起去")
    page = county.head.get("/notices")
    assert "熊桂生在便签里提到您" in page.text
    note = re.search(r"/memos/([\w-]{22})", page.html)[1]
    assert "提醒您看的" in county.head.get(f"/memos/{note}").text
    assert "周五一起去" in county.head.get(f"/cases/{county.case}").text
    county.mediator.submit(f"/memos/{note}/edit", text="@余国梁 周六一起去")
    assert "周六一起去" in county.clerk.get(f"/cases/{county.case}").text
    assert "现在" not in county.head.get(f"/memos/{note}/edit").text
    token = county.mediator.get(notes)
    county.mediator.post(f"/memos/{note}/delete", **next(form["fields"] for form in token.forms if form["fields"]))
    page = county.head.get(notes)
    assert "已删除" in page.text and "周六一起去" not in page.text
    assert "删便签，原文已封存" in county.head.get(f"/cases/{county.case}/history").text


def test_a_desk_is_handed_over_and_read(app, county):
    page = county.clerk.get("/shifts/new")
    assert "答应回电" in page.text
    assert "没有要交的" in county.clerk.submit("/shifts/new", status=200, general="").text
    told = {"general": "打印机缺墨", "free-0": "熊国华，四点回电", "free-kind-0": "call"}
    answer = county.clerk.submit("/shifts/new", **told)
    address = answer.headers["Location"]
    following = Visitor(app, county.more)
    page = following.get("/intake")
    assert "上一班留的" in page.text and "打印机" not in page.text  # the screen faces the visitor
    page = following.get(address)
    assert "打印机缺墨" in page.text and "熊国华，四点回电" in page.text
    following.submit(f"{address}/read", at=address)
    assert "上一班留的" not in following.get("/intake").text
    assert "袁早班" in county.clerk.get("/shifts").text
    assert county.dispatcher.client.get(address).status_code == 404


def test_the_page_of_a_day(county):
    page = county.clerk.get("/day/sheet")
    assert "今天收的" in page.text and "今天交出去的" in page.text and "超期的" in page.text
    assert "今天受理的" in county.head.get("/day/sheet").text
    assert "超期的和等答复的只有当天的清单才列" in county.clerk.get("/day/sheet?on=2026-11-20").text
    assert county.clerk.get("/day/sheet?view=mine&on=nonsense")
