"""The look and the script in the system's Chromium, on pages made of the shared macros alone."""

import pytest

from tests.browser import DESK, PHONE, served, violations
from tests.doors.sample.app import Desk, create_app

PAGES = ("login", "form", "list", "case", "conflict", "error")
COMPOSING_ENTER = """element => element.dispatchEvent(new KeyboardEvent(
    'keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"""


@pytest.fixture(scope="module")
def desk():
    return Desk()


@pytest.fixture(scope="module")
def address(desk):
    with served(create_app(desk)) as address:
        yield address


@pytest.fixture
def open_page(browser, desk, address):
    """Open a page of the sample desk in a fresh context; a complaint of the browser fails the test."""
    desk.__init__()
    complaints, contexts = [], []

    def open_page(path, viewport=DESK, **options):
        contexts.append(browser.new_context(viewport=viewport, **options))
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.goto(f"{address}/{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [text for text in complaints if "status of 4" not in str(text)] == []


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_clean_and_fit_the_screen(open_page, path, viewport):
    page = open_page(path, viewport)
    found = violations(page)
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_form_with_faults_is_clean_too(open_page):
    page = open_page("form")
    page.evaluate("document.getElementById('form').noValidate = true")
    page.keyboard.press("F9")
    page.wait_for_selector("#errors:focus")
    assert violations(page) == []
    page.click("#errors a >> nth=0")
    assert page.evaluate("document.activeElement.id") == "name"
    assert page.get_attribute("#name", "aria-describedby") == "name-wrong"
    assert page.get_attribute("#phone", "aria-describedby") == "phone-hint phone-wrong"


def test_forms_work_without_the_script(open_page, desk):
    page = open_page("form", java_script_enabled=False)
    page.fill("#name", "万秋莲")
    page.fill("#phone", "无")
    page.fill("[name=duties-0-what]", "修墙")
    page.select_option("#type", "water")
    page.click("text=登记 F9")
    page.wait_for_url("**/list")
    assert page.inner_text("#said") == "已登记"
    assert desk.sent[0]["name"] == "万秋莲"


def test_f9_presses_the_main_action_even_while_typing(open_page):
    page = open_page("case")
    page.focus("#q")
    page.keyboard.press("F9")
    page.wait_for_url("**/form")


def test_nothing_fires_while_an_input_method_composes(open_page, desk):
    page = open_page("form")
    page.fill("#phone", "无")
    page.fill("[name=duties-0-what]", "修墙")
    page.focus("#name")
    typing = page.context.new_cdp_session(page)
    typing.send("Input.imeSetComposition", {"text": "wan", "selectionStart": 3, "selectionEnd": 3})
    for key, code in (("1", 229), ("F9", 229), ("Enter", 229)):
        typing.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": key, "windowsVirtualKeyCode": code})
    assert page.evaluate(f"({COMPOSING_ENTER})(document.getElementById('name'))") is False  # its default is prevented
    typing.send("Input.insertText", {"text": "万"})
    assert page.evaluate("document.activeElement.id") == "name"
    assert page.input_value("#name") == "万"
    assert desk.sent == []


def test_enter_goes_to_the_next_field_so_that_a_card_reader_sends_nothing(open_page, desk):
    page = open_page("form")
    page.focus("#name")
    page.keyboard.type("万秋莲")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "phone"
    assert desk.sent == []


def test_single_characters_act_outside_fields_only_and_can_be_turned_off(open_page, desk):
    page = open_page("case")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("n1/")
    assert page.input_value("#q") == "n1/"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("1")
    page.wait_for_url("**/list")
    assert desk.pressed[0]["step"] == "urge"
    desk.settings["single_keys"] = False
    page = open_page("case")
    page.keyboard.press("/")
    page.keyboard.press("1")
    assert page.evaluate("document.activeElement === document.body")
    assert len(desk.pressed) == 1


def test_rows_move_open_tick_and_act_by_key(open_page, desk):
    page = open_page("list")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.inner_text("tr.here .t") == "万春根与涂小兰宅基地纠纷"
    page.keyboard.press(" ")
    assert page.is_checked("tr.here input")
    with page.expect_navigation():
        page.keyboard.press("2")
    assert desk.pressed[0]["move"] == "南民调311"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/case")


def test_alt_and_a_number_take_a_suggestion_while_typing(open_page):
    page = open_page("form")
    page.focus("#name")
    page.keyboard.press("Alt+Digit2")
    assert page.is_checked("[name=seen][value=repeat]")


def test_a_panel_follows_the_form_and_leaves_the_focus(open_page):
    page = open_page("form")
    page.fill("#story", "<b>垫高</b>")
    page.wait_for_selector(".live h2:has-text('<b>垫高</b>')")
    page.focus("[name=seen][value=new]")
    page.evaluate("document.getElementById('story').value = '倒灌'")
    page.keyboard.press(" ")
    page.wait_for_selector(".live h2:has-text('倒灌')")
    assert page.evaluate("document.activeElement.value") == "new"


def test_a_picker_takes_the_best_answer_with_enter(open_page):
    page = open_page("form")
    page.focus("#village")
    page.keyboard.type("q")
    page.wait_for_selector("[role=option] >> nth=1")
    assert page.get_attribute("#village", "aria-expanded") == "true"
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    active = page.get_attribute("#village", "aria-activedescendant")
    assert page.inner_text(f"#{active}") == "武阳镇 前坊村 qfc"
    page.keyboard.press("Enter")
    assert (page.input_value("#village"), page.input_value("#village_id")) == ("武阳镇 前坊村", "qfc")
    page.keyboard.type("x")
    assert page.input_value("#village_id") == ""


def test_a_number_is_covered_when_its_field_is_left(open_page, desk):
    page = open_page("form")
    page.fill("#phone", "13912342716")
    assert page.inner_text(".cloak") == ""
    page.focus("#name")
    assert page.inner_text(".cloak") == "139****2716"
    assert page.input_value("#phone") == "13912342716"
    page.fill("#phone", "无")
    page.focus("#name")
    assert page.inner_text(".cloak") == ""


def test_drafts_save_themselves(open_page, desk):
    page = open_page("form")
    page.fill("#story", "垫高")
    page.wait_for_selector("[data-draft-said]:has-text('草稿 10:00:00 已存')")
    assert desk.drafts[-1]["story"] == "垫高"
    desk.draft_status = 409
    page.fill("#story", "垫高二十公分")
    page.wait_for_selector("[data-draft-said]:has-text('别人刚改过')")


def test_typed_text_survives_a_new_login(open_page, desk):
    page = open_page("form")
    page.fill("#name", "万秋莲")
    page.fill("#phone", "无")
    page.fill("#story", "垫高")
    page.click("[data-repeat]")
    page.fill("[name=duties-0-what]", "清沟")
    page.fill("[name=duties-1-what]", "修墙")
    page.check("#is_told")
    desk.is_logged_in = False
    page.keyboard.press("F9")
    page.wait_for_selector("[data-kept]:visible")
    page.fill("#account", "gongxueqin")
    page.fill("#password", "right")
    page.keyboard.press("Enter")
    page.wait_for_selector("#said-note")
    values = [page.input_value(each) for each in ("#name", "#story", "[name=duties-0-what]", "[name=duties-1-what]")]
    assert values == ["万秋莲", "垫高", "清沟", "修墙"]
    assert page.is_checked("#is_told")
    page.keyboard.press("F9")
    page.wait_for_url("**/list")
    assert len(desk.sent) == 1
    assert page.evaluate("sessionStorage.length") == 0


def test_typed_text_survives_an_error_page(open_page, desk):
    page = open_page("form")
    page.fill("#name", "万秋莲")
    page.evaluate("form => { form.action = '/error'; form.noValidate = true; }", page.query_selector("#form"))
    with page.expect_navigation():
        page.keyboard.press("F9")
    page.click("text=回到刚才那一页")
    page.wait_for_selector("#said-note")
    assert page.input_value("#name") == "万秋莲"


def test_what_one_person_typed_is_not_shown_to_the_next(open_page, desk):
    page = open_page("form")
    page.fill("#name", "万秋莲")
    page.evaluate("document.getElementById('form').noValidate = true")
    desk.is_logged_in = False
    page.keyboard.press("F9")
    page.wait_for_selector("[data-kept]:visible")
    desk.settings["who"] = "8"
    page.fill("#account", "xiongguisheng")
    page.fill("#password", "right")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-who='8'] #name")
    page.wait_for_load_state()
    assert page.input_value("#name") == ""
    assert page.evaluate("sessionStorage.length") == 0


def test_a_draft_after_the_session_ended_says_so(open_page, desk):
    page = open_page("form")
    desk.draft_status = 401
    page.fill("#story", "垫高")
    page.wait_for_selector("#said-note a")
    assert "登录已过期" in page.inner_text("#said-note")


def test_a_form_is_sent_once(open_page, desk):
    page = open_page("form")
    page.fill("#name", "万秋莲")
    page.fill("#phone", "无")
    page.fill("[name=duties-0-what]", "修墙")
    page.evaluate("for (let times = 0; times < 2; times += 1) document.querySelector('[data-key=F9]').click()")
    page.wait_for_url("**/list")
    assert len(desk.sent) == 1


def test_rows_grow_and_shrink_by_keyboard(open_page):
    page = open_page("form")
    page.focus("[data-repeat]")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "duties-1-what"
    assert page.get_attribute("label[for=duties-1-what]", "for") == "duties-1-what"
    page.click("[data-drop] >> nth=0")
    page.focus("[data-repeat]")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "duties-2-what"


def test_leaving_a_form_that_does_not_save_itself_is_asked_about(open_page):
    page = open_page("conflict")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.check("[name=address] >> nth=0")
    page.click("text=不存，看最新的")
    page.wait_for_url("**/case")
    assert asked == ["beforeunload"]
