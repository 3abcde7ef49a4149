"""A scanner types the receipt's code like a keyboard, wherever the focus is; four acts, one key each."""

import pytest

from mediation.casefile.cases import queries as cases
from tests import everything, road


@pytest.fixture
def furnishing():
    def furnish(county):
        case = road.mediating(county)[0]
        everything._render_all()
        return case, cases.get(case, for_=county.clerk).query_code

    return furnish


def test_a_scan_opens_the_running_case_and_keys_do_the_rest(stage):
    case, code = stage.made
    clerk = stage.enter("clerk")
    clerk.page.on("filechooser", lambda _chooser: None)  # asked for only with the key, it may come after the dialog
    clerk.go("/cases")
    for sign in f"https://yichuang.example/progress#{code}":  # no field has the focus
        clerk.page.keyboard.press(sign)
    clerk.act("Enter")
    assert clerk.page.url.endswith(f"/cases/{case}/window")
    clerk.press("Alt+2", "Alt+1")
    clerk.act("F9")
    assert "万秋莲在窗口" in clerk.page.title() and "正在调解" in clerk.page.inner_text("#say")
    with clerk.page.expect_file_chooser() as chooser:
        clerk.press("1")
    assert chooser.value.is_multiple()
    clerk.press("2")
    assert clerk.page.evaluate("document.activeElement.name") == "answer-topic"
    clerk.act("F9")
    clerk.press("3")
    clerk.page.keyboard.insert_text("说下午要去医院")
    clerk.act("F4")
    clerk.type(clerk.page.locator("#scan"), code)
    clerk.act("Enter")
    assert clerk.page.url.endswith(f"/cases/{case}/window")
