"""The pool at the desk: the first of the list by one key, somebody else with a word, leave, handing over, the list."""

from types import SimpleNamespace

import pytest

from mediation.casefile.cases.models import Case
from mediation.ground import jobs
from mediation.ground.db import session
from mediation.registry.access.rules import Role
from mediation.stages.proceedings import queries
from tests import cast, makers
from tests.doors.visitor import Visitor


@pytest.fixture
def found(app):
    """Two accepted cases and one that is mediated, two mediators, and everybody at their desk."""
    with app.app_context():
        county = cast.gather()
        second = makers.make_actor(county.centre, Role.MEDIATOR, county.committee, name="揭爱兰")
        makers.make_mediator(
            county.centre, county.committee, second, name="揭爱兰", register_no=None,
            specialities={"types": ["neighbour"]},
        )
        running = cast.mediating(county)
        found = SimpleNamespace(
            county=county, pool=county.pool.public_id, first=cast.accepted(county).public_id,
            other=cast.accepted(county).public_id, case=session.get_one(Case, running.case_id).public_id,
        )
    found.head, found.clerk, found.own = (Visitor(app, by) for by in (county.head, county.clerk, county.mediator))
    return found


def test_one_key_takes_the_first_and_somebody_else_wants_a_word(app, found):
    page = found.head.get(f"/proceedings/{found.first}/assign")
    assert "擅长邻里" in page.text and "+30" in page.text
    ticked = [each["aria-label"] for each in page.controls if each.get("name") == "mediators" and "checked" in each]
    assert ticked == ["指派揭爱兰"]
    found.head.submit(
        f"/proceedings/{found.first}/assign", mode="appointed", mediators=_value(page, "指派揭爱兰")
    )
    address, him = f"/proceedings/{found.other}/assign", {"mode": "appointed", "mediators": [found.pool]}
    assert "建议先派揭爱兰" in found.head.submit(address, status=200, **him).text
    found.head.submit(address, override="knows", **him)

    def overrides():
        proceedings = [queries.get(each, for_=found.county.head)[0] for each in (found.first, found.other)]
        rows = [row for each in proceedings for row in queries.mediators_on(each.id)]
        return {row.mediator.name: row.override for row in rows}

    assert found.head.ask(overrides) == {"揭爱兰": None, "熊桂生": "knows"}


def _value(page, label):
    return next(each["value"] for each in page.controls if each.get("aria-label") == label)


def test_the_parties_are_handed_a_list_and_their_choice_is_kept(found):
    assert "揭爱兰" in found.clerk.get(f"/proceedings/{found.first}/mediator-list").text
    page = found.clerk.get(f"/proceedings/{found.first}/choose")
    wishes = {each["name"]: found.pool for each in page.controls if each.get("name", "").startswith("wish-")}
    assert len(wishes) == 2
    found.clerk.submit(f"/proceedings/{found.first}/choose", **wishes)
    assert "各方都选他" in found.head.get(f"/proceedings/{found.first}/assign").text


def test_leave_is_taken_and_the_open_cases_are_handed_over(app, found):
    leave = found.own.submit(
        "/leaves/new", mediator=found.pool, first="2026-11-24", last="2026-11-30", kind="sick", deputy=""
    )
    assert "移交手上的案件" in found.head.follow(leave).text
    address = f"/mediators/{found.pool}/handover"
    page = found.head.get(address)
    to = {each["name"]: "" for each in page.controls if each.get("name", "").startswith("to-")}
    assert len(to) == 1 and "能移 1 件" in page.text
    assert "没有选给谁" in found.head.submit(address, status=200, look="1", why="", **to).text
    receiver = page.html.partition(">揭爱兰　0<")[0].rpartition('value="')[2].partition('"')[0]
    order = found.head.submit(address, why="病假", **dict.fromkeys(to, receiver))
    with app.app_context():
        while jobs.run_next():
            pass
    assert "移交 1 件" in found.head.follow(order).text
    found.own.get(f"/cases/{found.case}", status=404)
