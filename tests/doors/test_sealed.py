"""A sealed case at the desk: what lists and progress pages say, who opened it, and a look with a reason (P6)."""

import pytest

from mediation.casefile.cases import openings
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.trail import TrailEntry
from mediation.oversight.supervision.operations import LOOKED
from mediation.oversight.supervision.rules import LOOK_LASTS
from mediation.registry.access.rules import Role
from mediation.stages.intake.rules import Question
from mediation.stages.routing import operations as routing
from tests import makers, road
from tests.doors.visitor import Visitor

STORY = "夜里打了电话"


@pytest.fixture
def county(app):
    with app.app_context():
        county = road.make_county()
        matter = makers.changed(makers.DRAIN, story=STORY)
        county.more["case"] = road.registered(county, yes=[Question.VIOLENCE], matter=matter)
        road.do(
            routing.route, county.more["case"], by=county.dispatcher, on=clock.today(), track="peoples",
            unit_public_id=county.committee.public_id,
        )
        county.more["supervisor"] = makers.make_actor(county.centre, Role.SUPERVISOR)
        county.more["leader"] = makers.make_actor(county.centre, Role.LEADER)
    return county


def rows(app, event):
    with app.app_context():
        return [row.account_id for row in session.query(TrailEntry).filter_by(event=event)]


@pytest.mark.parametrize("who", ["clerk", "supervisor", "leader"])
def test_progress_shows_the_type_only(app, county, who):
    by = county.more.get(who) or getattr(county, who)
    visitor = Visitor(app, by)
    for address in ("/cases", f"/cases/{county.more['case']}"):
        page = visitor.get(address)
        assert "（保密）" in page.text and "万秋莲" not in page.text and "涂国平" not in page.text
        assert STORY not in page.text
    assert not rows(app, openings.EVENT)


def test_each_opening_is_written_down_once(app, county):
    head = Visitor(app, county.head)
    case = county.more["case"]
    assert STORY in head.get(f"/cases/{case}").text
    assert rows(app, openings.EVENT) == [county.head.account_id]
    head.get("/cases")
    assert len(rows(app, openings.EVENT)) == 1
    head.get(f"/cases/{case}/history")
    assert len(rows(app, openings.EVENT)) == 2
    assert "打开保密案件" in head.get(f"/cases/{case}/history").text


def test_a_supervisor_says_why_and_looks_for_half_an_hour(app, county):
    supervisor = Visitor(app, county.more["supervisor"])
    case = county.more["case"]
    assert f"/cases/{case}/look" in supervisor.get(f"/cases/{case}").html
    supervisor.submit(f"/cases/{case}/look", status=200, reason="")
    assert STORY not in supervisor.get(f"/cases/{case}").text and not rows(app, LOOKED)
    answer = supervisor.submit(f"/cases/{case}/look", reason="来信说没人管")
    assert STORY in supervisor.follow(answer).text
    assert rows(app, LOOKED) == rows(app, openings.EVENT) == [county.more["supervisor"].account_id]
    clock.freeze(clock.now() + LOOK_LASTS)
    assert STORY not in supervisor.get(f"/cases/{case}").text


def test_nobody_else_is_offered_a_look(app, county):
    for who in ("clerk", "dispatcher", "mediator", "court"):
        assert Visitor(app, getattr(county, who)).status(f"/cases/{county.more['case']}/look") == 403
    page = Visitor(app, county.more["leader"]).get(f"/cases/{county.more['case']}")
    assert "/look" not in page.html


def test_an_id_number_stands_in_no_address(app, county):
    """P24: the box posts, and an address with a number in it finds nothing."""
    head = Visitor(app, county.head)
    page = head.get("/cases")
    (box,) = [form for form in page.forms if form["action"] == "/search"]
    assert box["method"] == "post"
    answer = head.post("/search", status=200, csrf_token=box["fields"]["csrf_token"], q=makers.VISITOR.id_number)
    assert "（保密）" in answer.text and makers.VISITOR.id_number not in answer.html
    page = head.get(f"/search?q={makers.VISITOR.id_number}")
    assert "不要写在网址里" in page.text and "（保密）" not in page.text
    answer = head.post("/search", csrf_token=box["fields"]["csrf_token"], q="万秋莲")
    assert answer.headers["Location"].startswith("/search?q=%E4%B8%87")
