"""Where the key is the point: Enter copies a value of the card and goes on to the next; pages of settings beside."""

import pytest

from mediation.ground import clock
from mediation.registry.access.rules import Role
from mediation.registry.platforms import operations as platforms
from tests import browser as browsers
from tests import makers, road
from tests.doors.visitor import Visitor
from tests.road import do

pytestmark = pytest.mark.journey


@pytest.fixture
def furnishing():
    def furnish(county):
        county.more["admin"] = makers.make_actor(county.centre, Role.SYSTEM_ADMIN)
        makers.make_room(county.centre)
        do(platforms.take_up, "governance", by=county.more["admin"], on=clock.today())
        return road.registered(county)

    return furnish


def test_enter_copies_a_value_and_goes_on_to_the_next(stage):
    clerk = stage.enter("clerk")
    clerk.go("/copyout")
    clerk.page.click("a.t")
    clerk.settle()
    page = clerk.page
    page.locator("[data-copy]").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("tr.done")
    assert "事件标题" in page.inner_text("[data-copied]")
    assert page.evaluate("document.activeElement.closest('tr').querySelector('th').textContent").startswith("事件类别")
    page.focus("#number")
    page.keyboard.press("Control+v")
    assert page.input_value("#number") == page.locator(".copied").first.inner_text()
    clerk.go(f"/cases/{stage.made}")
    phone = stage.enter("clerk", size=browsers.PHONE, with_axe=False)
    for path in ("/copyout", clerk.page.locator("#copyout a.t").get_attribute("href")):
        phone.go(path)
        assert phone.page.evaluate("document.scrollingElement.scrollWidth") <= browsers.PHONE["width"], path


def test_the_pages_of_settings_are_sound_and_fit_a_phone(stage, browser):
    # Past the second factor, which an administrator would have to set up first.
    cookie = Visitor(stage.app, stage.county.more["admin"]).client.get_cookie("yichuang").value
    context = browser.new_context(viewport=browsers.PHONE, locale="zh-CN")
    context.add_cookies([{"name": "yichuang", "value": cookie, "url": stage.base}])
    page = context.new_page()
    found, first = [], {}
    for path in (
        "/settings/front", "/platforms", "{/platforms}", "/rooms", "{/rooms}", "{/rooms}/close", "{/rooms}/end",
        "/wordings", "/wordings/receipt", "/phrases", "/points",
    ):
        address = path.format(**first)
        page.goto(stage.base + address)
        for size in (browsers.PHONE, browsers.DESK):
            page.set_viewport_size(size)
            assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0, (address, size)
        found += [(address, each["id"], each["nodes"][0]["html"][:160]) for each in browsers.violations(page)]
        row = page.locator("a.t")
        first[path] = row.first.get_attribute("href") if row.count() else None
    assert not found
