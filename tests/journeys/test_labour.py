"""(c) A labour dispute: it may not go to quick trial, and goes to arbitration with the notice that the law asks for."""

import pytest

from mediation.registry.units.rules import UnitKind
from tests import makers
from tests.journeys import acts, court_acts

pytestmark = pytest.mark.journey

ARBITRATION = "南昌县劳动人事争议仲裁委员会"
DISMISSAL = {
    "name": "陶金莲", "phone": "13907910051", "id_number": "360121199106220037", "kind": "解除劳动合同",
    "other": "南昌鑫达服装有限公司，电话13807910052", "amount": "18600",
    "claims": "支付解除劳动合同的经济补偿18600元",
    "story": "陶金莲2020年5月进鑫达服装厂做车工，月工资3100元。10月30日厂里说没订单，口头叫她不用来了，没给补偿。",
}


@pytest.fixture
def furnishing():
    def with_arbitration(county):
        makers.make_unit(county.centre, UnitKind.ARBITRATION, ARBITRATION, short_name="劳动仲裁")

    return with_arbitration


def test_a_dismissal_goes_to_arbitration_and_not_to_court(stage):
    clerk = stage.enter("clerk")
    case = acts.register(clerk, **DISMISSAL)
    acts.complete(clerk, case, 0, "南昌县武阳镇前进村5组")
    describe_company(clerk, case)
    dispatcher = stage.enter("dispatcher")
    dispatcher.open_case(case)
    dispatcher.act()
    dispatcher.sees("调不成要先仲裁，不能直接起诉")
    dispatcher.act()
    acts.accept(stage.enter("head"), case)

    mediator = stage.enter("mediator")
    be_refused(mediator, case)
    try_quick_trial(mediator, case)
    send_to_arbitration(mediator, case)


def describe_company(clerk, case):
    """Write down what papers need of a company."""
    acts.open_party(clerk, case, 1)
    typed = {
        "uscc": "91360121MA35GKX2XB", "legal_rep_name": "胡建军", "legal_rep_post": "总经理",
        "address": "南昌县武阳镇工业园3号",
    }
    for name, text in typed.items():
        clerk.type(clerk.page.locator(f"#{name}"), text)
    clerk.act()
    clerk.sees("已存")


def be_refused(mediator, case):
    """The company does not want mediation: its word ends it, and the parties are told the other ways."""
    acts.answer_recusal(mediator, case)
    mediator.answer("parties-0-consent", "同意")
    mediator.answer("parties-0-form", "口头")
    mediator.answer("parties-1-consent", "拒绝")
    mediator.answer("parties-1-form", "口头")
    mediator.act()
    mediator.sees("有一方明确拒绝，调解不能再进行")
    court_acts.end(mediator, "一方明确拒绝调解", "公司口头表示不调解，要走法律程序。", "应不应当支付经济补偿")
    (certificate,) = court_acts.papers_on(mediator, "调解终结书")
    assert "应当先向劳动争议仲裁委员会申请仲裁" in certificate
    assert "申请仲裁的时效期间为一年" in certificate


def try_quick_trial(mediator, case):
    """The way to the tribunal stands there, barred with its reason, and stays barred when it is tried."""
    court_acts.step(mediator, case, "移送")
    ways = mediator.page.locator("#ways li").all_inner_texts()
    assert ways[0] == "仲裁"
    barred = [way.split("\n")[0] for way in ways if "劳动争议要先仲裁" in way]
    assert barred == ["移送速裁", "起诉"]
    mediator.follow("移送速裁", within=mediator.page.locator("#ways"))
    mediator.act()
    assert "劳动争议要先仲裁" in mediator.page.inner_text("#errors")


def send_to_arbitration(mediator, case):
    """Nothing is typed once more; the worker agreed that her particulars go there, a company has none."""
    mediator.follow("仲裁", within=mediator.page.locator("#ways"))
    typed = mediator.cost.typed
    mediator.sees("11月23日 已告知当事人可以仲裁、找行政机关或者起诉")
    consents = mediator.page.locator("#data_consents")
    assert consents.get_by_role("checkbox").count() == 1
    mediator.tick("陶金莲", within=consents)
    mediator.act()
    mediator.sees("已移送")
    mediator.sees(ARBITRATION)
    mediator.sees("调解终结书")
    assert mediator.cost.typed == typed
    mediator.open_case(case)
    mediator.sees("已移送")
