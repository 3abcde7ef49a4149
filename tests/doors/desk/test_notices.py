"""The page of notices: what is unread first, marked by POST, and the count in the shell."""

import re

import pytest

from mediation.ground import clock
from mediation.registry.access.rules import Role
from tests import cast, makers
from tests.doors.desk.county import desks
from tests.doors.visitor import Visitor


@pytest.fixture
def county(app):
    return desks(app, cast.routed)


def count_in_shell(page):
    return re.search(r"通知 <b>(.*?)</b>", page.html)[1]


def test_a_head_reads_what_came_in(county):
    page = county.head.get("/notices")
    assert count_in_shell(page) == "1" and "移送到本单位" in page.text
    assert f"/cases/{county.case}" in page.html
    one = next(form["fields"] for form in page.forms if "one" in form["fields"])
    answer = county.head.post("/notices/read", **one)
    page = county.head.follow(answer)
    assert "没有未读的通知" in page.text and count_in_shell(page) == "0"
    assert "移送到本单位" in county.head.get("/notices?show=all").text


def test_all_are_marked_at_once(county):
    page = county.head.get("/notices?show=all")
    upto = next(form["fields"] for form in page.forms if "upto" in form["fields"])
    answer = county.head.post("/notices/read", **upto)
    assert answer.headers["Location"] == "/notices?show=all"
    page = county.head.follow(answer)
    assert "1 条标为已读" in page.text and count_in_shell(page) == "0"
    assert not [form for form in page.forms if "upto" in form["fields"]]


def test_nobody_marks_what_was_told_to_another(county):
    page = county.head.get("/notices")
    one = next(form["fields"]["one"] for form in page.forms if "one" in form["fields"])
    token = next(form["fields"]["csrf_token"] for form in county.mediator.get("/notices").forms)
    assert county.mediator.client.post("/notices/read", data={"csrf_token": token, "one": one}).status_code == 404
    assert count_in_shell(county.head.get("/notices")) == "1"


def test_who_lost_sight_reads_no_title(county):
    title = county.of(lambda case, _proceeding: case.title)
    assert title in county.head.get("/notices").text
    county.head.submit(f"/transfers/{county.transfer}/reject", reason="not_our_area", on=clock.today().isoformat())
    page = county.head.get("/notices")
    assert "移送到本单位" in page.text and title not in page.text and "现在不由您经办" in page.text
    assert "承办单位退回（不在本单位辖区）" in county.dispatcher.get("/notices").text


def test_posts_that_are_told_nothing_have_no_such_page(app, county):
    with app.app_context():
        centre = cast.session.query(makers.Centre).one()
        admin = makers.make_actor(centre, Role.SYSTEM_ADMIN)
    visitor = Visitor(app, admin)
    assert "通知 <b>" not in visitor.get("/units").html
    assert visitor.status("/notices") == 403
