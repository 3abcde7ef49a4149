"""The core forms without JavaScript: no keys, no pickers, no panels, and still a case and an agreement get written."""

import pytest

from tests import road
from tests.journeys import acts

pytestmark = pytest.mark.journey


@pytest.fixture
def furnishing():
    def one_in_hand(county):
        case, proceeding = road.mediating(county)
        road.met(county, proceeding)
        return case

    return one_in_hand


def test_a_clerk_registers_and_screens_a_case(stage):
    clerk = stage.enter("clerk", with_script=False, with_axe=False)
    clerk.go("/intake")
    typed = {
        "name": "邓火生", "phone": "13907910034", "other": "胡菊香，电话13807910035", "story": acts.STORY,
        "claims": "恢复原状", "place": "武阳镇 前进村", "kind": "用水、排水", "amount": "2600",
    }
    for name, text in typed.items():
        clerk.type(clerk.page.locator(f"#{name}"), text)
    clerk.follow("登记并打印回执")
    clerk.sees("已登记")
    clerk.sees("筛查五问还没答")
    clerk.follow("筛查")
    clerk.tick("都没有")
    clerk.follow("登记筛查")
    clerk.sees("邓火生与胡菊香")
    clerk.sees("筛查已登记")


def test_a_mediator_saves_an_agreement(stage):
    mediator = stage.enter("mediator", with_script=False, with_axe=False)
    page = mediator.page
    mediator.open_case(stage.made)
    mediator.follow("拟协议")
    mediator.follow("开始拟书面协议")
    mediator.type(page.locator("#clauses-0-what"), "支付赔偿款")
    mediator.type(page.locator("#clauses-0-amount"), "2600")
    mediator.day(page.locator("#clauses-0-due_on"), "2026-12-20")
    mediator.type(page.locator("#total"), "2600")
    mediator.type(page.locator("#account"), "户名万秋莲，江西农商银行武阳支行，账号6226000000000012")
    mediator.follow("只保存")
    mediator.sees("协议已保存")
    assert page.input_value("#clauses-0-what") == "支付赔偿款"
    mediator.open_case(stage.made)
    mediator.sees("支付赔偿款")
