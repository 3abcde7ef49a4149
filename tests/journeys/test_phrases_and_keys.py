"""Where keys are the point: a phrase by its code and Tab, a contact in two keys, an hour in one; also on a phone."""

import pytest

from mediation.ground import clock
from mediation.registry.phrases import operations as phrases
from tests import browser, makers, road
from tests.road import do

pytestmark = pytest.mark.journey

TEXT = "已向各方告知权利义务，各方听清。"


@pytest.fixture
def furnishing():
    def furnish(county):
        makers.make_room(county.centre)
        do(phrases.add, by=county.head, on=clock.today(), code="gs", text=TEXT, shared=True, place="rights")
        return road.mediating(county)

    return furnish


def test_a_code_and_tab_write_the_phrase(stage):
    _case, proceeding = stage.made
    mediator = stage.enter("mediator")
    mediator.go(f"/proceedings/{proceeding}/sessions/new")
    page = mediator.page
    page.click("#evidence")
    page.keyboard.type("看了现场。;gs")
    page.keyboard.press("Tab")
    assert page.input_value("#evidence") == f"看了现场。{TEXT}"
    assert page.evaluate("document.activeElement.id") == "evidence"
    page.keyboard.press("Tab")  # without a code it moves on
    assert page.evaluate("document.activeElement.id") == "agreed"
    page.click("[data-code=gs]")
    assert page.input_value("#agreed") == TEXT
    page.wait_for_selector("[data-draft-said]:has-text('草稿')")


def test_a_contact_takes_two_keys_and_an_hour_one(stage):
    case, proceeding = stage.made
    mediator = stage.enter("mediator", size=browser.PHONE)
    mediator.go(f"/proceedings/{proceeding}/attempts/new")
    assert mediator.page.evaluate("document.scrollingElement.scrollWidth") <= browser.PHONE["width"]
    mediator.page.keyboard.press("2")
    mediator.page.wait_for_selector("text=已记：万秋莲 没人接")
    mediator.go(f"/cases/{case}/bookings/new")
    assert mediator.page.evaluate("document.scrollingElement.scrollWidth") <= browser.PHONE["width"]
    mediator.page.keyboard.press("1")
    mediator.page.wait_for_selector("text=约好了，请通知各方")
