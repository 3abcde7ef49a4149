"""The window in the system's Chromium: a registration by keyboard alone, and what stands on the page."""

import pytest
from sqlalchemy import select

from mediation.casefile.cases.models import Case
from mediation.ground.db import session
from mediation.registry.access.rules import Role
from mediation.registry.units.models import Centre
from mediation.registry.units.rules import UnitKind
from tests import browser as browsers
from tests import makers
from tests.browser import DESK, PHONE, served
from tests.doors.visitor import Visitor

STORY = "两家屋后共用一条排水沟，涂国平把沟面垫高，雨水倒灌进厨房。"
FOCUSED_FIELD = """() => document.activeElement.matches("input, select, textarea") ? document.activeElement.id : null"""


@pytest.fixture
def clerk(app):
    with app.app_context():
        centre = makers.make_centre()
        makers.make_unit(
            centre, UnitKind.COMMITTEE, "武阳镇人民调解委员会", area_code="360121106", number_word="武民调"
        )
        by = makers.make_actor(centre, Role.INTAKE_CLERK)
    return Visitor(app, by)


@pytest.fixture
def page(app, clerk, browser):
    """The window's page, with whatever the browser complains of as a failure."""
    complaints = []
    with served(app) as address:
        context = browser.new_context(viewport=DESK)
        context.add_cookies([{"name": "yichuang", "value": clerk.client.get_cookie("yichuang").value, "url": address}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.goto(f"{address}/intake")
        yield page
        context.close()
    assert complaints == []


def only_case(clerk):
    return clerk.ask(lambda: session.scalars(select(Case)).one().stage)


def violations(page):
    return [found["id"] for found in browsers.violations(page)]


def test_a_neighbours_dispute_is_registered_by_keyboard_alone(page, clerk):
    page.keyboard.type("万秋莲")
    for word in ("13970812716", "360121196803122260", "涂国平，前进村同组"):
        page.keyboard.press("Enter")
        page.keyboard.type(word)
    page.keyboard.press("Tab")
    page.keyboard.type(STORY)
    page.keyboard.press("Tab")
    page.keyboard.type("恢复原状")
    page.keyboard.press("Tab")
    page.keyboard.type("wyqj")
    page.locator("#place ~ .suggest [aria-selected=true]").wait_for()
    page.keyboard.press("Enter")
    page.locator("[data-fill=kind]").wait_for()
    page.keyboard.press("Alt+4")
    page.get_by_text("登记并按此分流").wait_for()
    page.keyboard.press("Alt+6")
    page.get_by_text("没有要报告的").wait_for()
    assert page.input_value("#kind") == "用水、排水" and page.input_value("#place") == "武阳镇 前进村"
    assert page.locator("#missing").inner_text() == "可以登记了"
    assert violations(page) == []
    page.keyboard.press("Alt+5")
    page.wait_for_url("**/intake/*")
    assert page.get_by_role("heading", name="已登记").is_visible() and violations(page) == []
    assert only_case(clerk) == "routed"
    page.keyboard.press("F9")
    page.wait_for_url("**/intake")
    assert page.input_value("#name") == ""


def test_who_comes_again_is_a_repeat_by_one_key(page, clerk):
    clerk.ask(lambda: makers.make_screened(session.scalars(select(Centre)).one(), clerk.by))
    for field, words in (("name", "万秋莲"), ("phone", "13970810000"), ("other", "涂国平")):
        page.fill(f"#{field}", words)
    page.fill("#story", "隔壁又用水泥把屋后的排水沟垫高，下雨水又倒灌进厨房，上次说好恢复原状没有做。")
    page.fill("#place", "武阳镇 前进村")
    page.get_by_text("该案的重复来访").wait_for()
    assert page.is_checked("input[name=belongs][value=new]"), "a new case costs no key"
    page.get_by_text("采纳类型").wait_for()
    page.keyboard.press("Alt+4")
    page.keyboard.press("Alt+3")
    page.locator("#missing").get_by_text("可以登记了").wait_for()
    assert page.is_checked("input[name=belongs][value^=repeat]")
    assert violations(page) == []
    page.keyboard.press("F9")
    page.wait_for_url("**/intake/*")
    assert page.get_by_text("此前来访").is_visible() and violations(page) == []
    assert page.get_by_role("link", name="打印回执").is_visible()


def test_nine_fields_take_the_focus_before_the_first_save(page):
    found = []
    for _stop in range(20):
        found.append(page.evaluate(FOCUSED_FIELD))
        page.keyboard.press("Tab")
    fields = [name for name in dict.fromkeys(found) if name and name != "q"]
    assert fields == ["name", "phone", "id_number", "other", "story", "claims", "place", "kind", "amount"]
    assert violations(page) == []


def test_numbers_are_covered_when_they_are_left_and_a_wrong_one_is_said_at_once(page):
    page.fill("#id_number", "360121196803122269")
    page.get_by_text("号码不对，请核对").wait_for()
    page.fill("#id_number", "360121196803122260")
    page.get_by_text("58 岁").wait_for()
    page.focus("#story")
    assert page.locator("#id_number + .cloak").inner_text() == "360121********2260"


def test_the_channel_opens_where_it_is_asked_for(page):
    page.get_by_role("link", name="改渠道").click()
    assert page.locator("#channel").is_visible()
    page.select_option("#channel", "court_commission")
    assert violations(page) == []


def test_a_tick_made_while_the_panel_is_asked_anew_stays(page):
    page.fill("#story", STORY)
    page.locator("#harm").wait_for()
    page.keyboard.type("又说要同归于尽")
    page.check("#harm")
    page.get_by_text("要报告 1 件").wait_for()
    assert page.is_checked("#harm")


def test_what_is_typed_comes_back_after_leaving(page):
    page.fill("#name", "万秋莲")
    page.get_by_text("草稿 10:00:00 已存").wait_for()
    page.reload()
    assert page.input_value("#name") == "万秋莲"


def test_the_page_fits_a_phone(page):
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(page) == []
