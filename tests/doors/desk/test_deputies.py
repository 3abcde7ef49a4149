"""Deputies at the desk: said on one page, switched to in the shell, and every line of the history says for whom."""

import pytest

from mediation.ground.db import session
from mediation.registry.access.rules import Role
from mediation.registry.staff.models import Account, Post
from tests import makers, road
from tests.doors.visitor import Visitor


@pytest.fixture
def county(app):
    with app.app_context():
        county = road.make_county()
        county.more["deputy"] = makers.make_actor(county.centre, Role.MEDIATOR, county.committee, name="李副")
        county.more["supervisor"] = makers.make_actor(county.centre, Role.SUPERVISOR, name="傅督")
        county.more["case"] = road.accepted(county)[0]
        county.more["post"] = session.get_one(Post, county.head.post_id).public_id
        county.more["who"] = session.get_one(Account, county.more["deputy"].account_id).public_id
    return county


def test_somebody_stands_in_and_every_act_says_for_whom(app, county):
    head, supervisor = Visitor(app, county.head), Visitor(app, county.more["supervisor"])
    head.submit("/deputies", post=county.more["post"], from_="2026-11-23", to="2026-11-27", reason="培训", deputy="")
    assert "罗金水（单位负责人，武阳镇人民调解委员会）11月23日到11月27日不在，没人代" in supervisor.get("/").text
    page = head.get("/deputies")
    assert "11月23日起没人代" in page.text
    absence = page.html.split('action="/absences/')[1].split("/")[0]
    fields = {"deputy": county.more["who"], "from_": "2026-11-23", "to": "2026-11-27"}
    head.submit(f"/absences/{absence}/stand-in", at="/deputies", **fields)
    assert "没人代" not in supervisor.get("/").text
    deputy = Visitor(app, county.more["deputy"])
    page = deputy.get("/")
    assert "单位负责人（代罗金水）" in page.text
    with app.app_context():
        post = session.query(Post).filter(Post.deputy_for_id.is_not(None)).one().public_id
    deputy.submit("/act-as", at="/", post=post)
    assert "李副（代罗金水）" in deputy.get("/").text
    case = county.more["case"]
    deputy.submit(f"/cases/{case}/outside", system="province", number="NC-1", reached="unknown")
    assert "李副（代罗金水）" in head.get(f"/cases/{case}/history").text
    assert "您的岗位不用在这里定代理" in deputy.get("/deputies").text
    head.submit(f"/absences/{absence}/back", at="/deputies", on="2026-11-23")
    assert "现在和以后的安排" in head.get("/deputies").text
