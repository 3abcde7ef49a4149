"""(d) Two clerks on one case: nobody overwrites anybody, nothing typed is lost; a key pressed twice registers once."""

import pytest

from mediation.registry.access.rules import Role
from tests import makers
from tests.journeys import acts

pytestmark = pytest.mark.journey

OURS = "两家屋后共用一条排水沟。11月18日涂国平把沟面垫高约二十公分，两次下雨水都倒灌进万秋莲家厨房。"
THEIRS = "两家屋后共用一条排水沟。11月19日涂国平把沟面垫高约三十公分，下雨水倒灌进万秋莲家厨房和柴房。"


@pytest.fixture
def furnishing():
    def second_clerk(county):
        county.more["second"] = makers.make_actor(county.centre, Role.INTAKE_CLERK, name="魏敏")

    return second_clerk


def correct(clerk, case, **typed):
    """Open the correction of a case and write into its fields; it is not sent yet."""
    clerk.go(f"/cases/{case}/correct")
    for name, text in typed.items():
        clerk.type(clerk.page.locator(f"#{name}"), text)


def shown(clerk, case):
    """Return what the correction's form shows now."""
    clerk.go(f"/cases/{case}/correct")
    fields = ("story", "claims", "kind", "amount_fen", "area", "place", "people_count", "channel", "applied_on")
    return {name: clerk.page.input_value(f"#{name}") for name in fields}


def keep(clerk, row, side):
    """On the conflict's page, choose the first (the other's) or the second (one's own) version of a row."""
    options = clerk.page.get_by_role("row", name=row).get_by_role("radio")
    clerk.reach(options.first)
    clerk.press("Space" if side == "theirs" else "ArrowRight")
    assert options.nth(0 if side == "theirs" else 1).is_checked()


def clerk_is_asked_about(clerk):
    """Return the rows of the conflict's page that want a choice."""
    rows = clerk.page.get_by_role("row").filter(has=clerk.page.get_by_role("radio"))
    return [row.get_by_role("rowheader").inner_text() for row in rows.all()]


def test_the_later_of_two_clerks_chooses_between_both_versions(stage):
    first, second = stage.enter("clerk"), stage.enter("second")
    case = acts.register(first)
    before = shown(first, case)

    correct(second, case, reason="听错了日期", story=OURS, amount_fen="2800")
    correct(first, case, reason="来访人说还泡坏了柴房", story=THEIRS, claims="恢复原状，赔厨房和柴房损失3200元")
    first.act()
    second.act()

    second.sees("您填的时候，别人改过了")
    second.sees("龚雪琴")
    for text in (OURS, THEIRS, "2,600.00", "2800", "恢复原状，赔厨房和柴房损失3200元"):
        second.sees(text)
    keep(second, "发生了什么", "mine")
    assert clerk_is_asked_about(second) == ["发生了什么"], "claims and amount were changed by one of them each"
    second.act()

    second.sees("已更正")
    second.sees(OURS)
    after = {"story": OURS, "claims": "恢复原状，赔厨房和柴房损失3200元", "amount_fen": "2,800.00"}
    assert shown(second, case) == before | after
    second.go(f"/cases/{case}/history")
    second.sees("来访人说还泡坏了柴房")
    second.sees("听错了日期")


def test_a_key_pressed_twice_registers_once(stage):
    clerk = stage.enter("clerk")
    acts.fill_in(clerk)
    with clerk.page.expect_navigation():
        clerk.press("F9", "F9")
    clerk.go("/cases")
    assert clerk.page.locator("main table a.t").count() == 1


def test_a_form_that_is_sent_twice_registers_once(stage):
    """Also where no script is in the way: a slow network, a resent page."""
    clerk = stage.enter("clerk")
    acts.fill_in(clerk)
    both = """async () => {
        const form = document.getElementById("intake");
        const body = new URLSearchParams(new FormData(form));
        const send = () => fetch(location.href, {method: "POST", body});
        return (await Promise.all([send(), send()])).map(each => each.url);
    }"""
    one, other = clerk.page.evaluate(both)
    assert one == other
    clerk.go("/cases")
    assert clerk.page.locator("main table a.t").count() == 1
