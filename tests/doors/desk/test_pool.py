"""The pool at the desk: the first of the list by one key, somebody else with a word, leave, handing over, the list."""

import pytest

from mediation.casefile.cases.models import Case
from mediation.ground import jobs
from mediation.ground.db import session
from mediation.registry.access.rules import Role
from mediation.stages.proceedings import queries
from tests import cast, makers
from tests.doors.visitor import Visitor


@pytest.fixture
def county(app):
    with app.app_context():
        county = cast.gather()
        second = makers.make_actor(county.centre, Role.MEDIATOR, county.committee, name="揭爱兰")
        makers.make_mediator(
            county.centre, county.committee, second, name="揭爱兰", register_no=None,
            specialities={"types": ["neighbour"]},
        )
    return county


def test_one_key_takes_the_first_and_somebody_else_wants_a_word(app, county):
    with app.app_context():
        first, other = (cast.accepted(county).public_id for _each in range(2))
    head = Visitor(app, county.head)
    page = head.get(f"/proceedings/{first}/assign")
    assert "擅长邻里" in page.text and "+30" in page.text
    ticked = [each["aria-label"] for each in page.controls if each.get("name") == "mediators" and "checked" in each]
    assert ticked == ["指派揭爱兰"]
    head.submit(f"/proceedings/{first}/assign", mode="appointed")
    page = head.submit(f"/proceedings/{other}/assign", mode="appointed", mediators=[county.pool.public_id], status=200)
    assert "建议先派揭爱兰" in page.text
    head.submit(f"/proceedings/{other}/assign", mode="appointed", mediators=[county.pool.public_id], override="knows")
    with app.app_context():
        rows = {row.mediator.name: row.override for public_id in (first, other)
                for row in queries.mediators_on(queries.get(public_id, for_=county.head)[0].id)}
    assert rows == {"揭爱兰": None, "熊桂生": "knows"}


def test_the_parties_are_handed_a_list_and_their_choice_is_kept(app, county):
    with app.app_context():
        proceeding = cast.accepted(county).public_id
    clerk = Visitor(app, county.clerk)
    assert "揭爱兰" in clerk.get(f"/proceedings/{proceeding}/mediator-list").text
    page = clerk.get(f"/proceedings/{proceeding}/choose")
    wishes = {each["name"]: county.pool.public_id for each in page.controls if each.get("name", "").startswith("wish-")}
    clerk.submit(f"/proceedings/{proceeding}/choose", **wishes)
    assert "各方都选他" in Visitor(app, county.head).get(f"/proceedings/{proceeding}/assign").text


def test_leave_is_taken_and_the_open_cases_are_handed_over(app, county):
    with app.app_context():
        case = session.get_one(Case, cast.mediating(county).case_id).public_id
    own, head = Visitor(app, county.mediator), Visitor(app, county.head)
    leave = own.submit(
        "/leaves/new", mediator=county.pool.public_id, first="2026-11-24", last="2026-11-30", kind="sick", deputy=""
    )
    page = head.follow(leave)
    assert "移交手上的案件" in page.text
    address = f"/mediators/{county.pool.public_id}/handover"
    page = head.get(address)
    to = {each["name"]: "" for each in page.controls if each.get("name", "").startswith("to-")}
    assert len(to) == 1 and "能移 1 件" in page.text
    page = head.submit(address, status=200, look="1", why="", **to)
    assert "没有选给谁" in page.text
    receiver = page.html.partition(">揭爱兰　0<")[0].rpartition('value="')[2].rstrip('"')
    order = head.submit(address, why="病假", **dict.fromkeys(to, receiver))
    with app.app_context():
        while jobs.run_next():
            pass
    assert "移交 1 件" in head.follow(order).text
    own.get(f"/cases/{case}", status=404)
