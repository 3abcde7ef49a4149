"""The tribunal's desk by keyboard: in the row, several at once, the papers one after the other; and the way back."""

import pytest

from mediation.stages.referrals import operations as referrals
from tests import exits
from tests.conftest import MORNING
from tests.road import do

pytestmark = pytest.mark.journey

ON = MORNING.date()
FIRST, SECOND, THIRD = (f"（2026）赣0121民初{serial}号" for serial in (51, 52, 53))


@pytest.fixture
def furnishing():
    def sent(county):
        exits.set_wage(county)
        cases = [exits.ready(county)[0] for _ in range(4)]
        values = exits.to_tribunal(county)
        return cases, [do(referrals.send, case, by=county.mediator, on=ON, values=values) for case in cases]

    return sent


def test_the_tribunal_works_in_its_rows(stage):
    _cases, sent = stage.made
    court = stage.enter("court", on_phone_too=True)
    court.sees("待收案 4 件")
    court.press("ArrowDown", "1")
    court.page.keyboard.insert_text(FIRST)
    court.act("Enter")
    court.sees("待收案 3 件")
    court.press("ArrowDown", "2")
    court.choose(court.page.get_by_label("退回的原因").first, "材料不全")
    court.follow("退回", within=court.page.locator("tr.here"))
    court.sees("还没有再送")
    court.press("ArrowDown", "Space", "ArrowDown", "Space")
    court.act("F8")
    court.paste(court.label("粘贴案号", exact=True), f"{SECOND}\n{THIRD}")
    court.act("F8")
    court.act()
    court.sees("已收案 2 件")
    court.press("ArrowDown", "1")
    court.press("ArrowDown", "Tab")  # the outcome, then today's date beside it
    court.act("Enter")
    court.sees("判决，办了 0 天")
    court.go(f"/referrals/{sent[2]}")
    court.act("Alt+2")
    first = court.page.url
    court.act("Alt+2")
    assert court.page.url != first and court.page.locator("iframe").count() == 1
    court.act("Alt+1")
    assert court.page.url == first
    court.go("/referrals/figures")
    court.sees("收案 3 件")

    liaison = stage.enter("liaison", on_phone_too=True)
    liaison.go("/referrals")
    liaison.sees("今年退回：材料不全 1")
    liaison.follow("改好再送")
    liaison.sees("被退回：材料不全")
    liaison.act()
    liaison.go("/referrals")
    liaison.sees("又移送了")
