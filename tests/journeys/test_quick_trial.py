"""(b) A loan that the court commissioned: no agreement, report, undisputed facts, quick trial, judgment."""

import re
from datetime import date

import pytest

from mediation.ground.db import session, transaction
from mediation.registry.access.rules import system_actor
from mediation.registry.mediators.models import Mediator
from mediation.registry.settings import operations as settings
from mediation.registry.settings.rules import Kind
from tests.journeys import acts, court_acts

pytestmark = pytest.mark.journey

LENDER, BORROWER = "邓火生", "魏细毛"
TITLE = "邓火生与魏细毛民间借贷纠纷"
LOAN = {
    "name": LENDER, "phone": "13907910034", "id_number": "360121198203170014", "kind": "民间借贷", "amount": "30000",
    "other": "魏细毛，电话13807910035", "claims": "归还借款30000元",
    "story": "2025年3月1日魏细毛向邓火生借30000元进货，写了借条，说好一年内还清，没有约定利息。催过几次，一直没还。",
}
CONCESSION = "邓火生私下说，魏细毛年底前还两万二就算了，剩下的不要"
AT_THE_TABLE = "春节后可以先还五千"
ISSUES = "魏细毛说2025年8月已还5000元现金，邓火生不认"
FACTS = (("2025年3月1日魏细毛向邓火生借款30000元", "借条一张"), ("双方没有约定利息", "借条一张"))
COURT_NO = "（2026）赣0121民初1234号"


@pytest.fixture
def furnishing():
    def on_the_courts_roster(county):
        with transaction():
            session.get_one(Mediator, county.pool.id).is_court_listed = True
            settings.set_value(
                Kind.WAGE, "QT-04", {"year": 2025, "amount_fen": 9_200_000}, by=system_actor(county.centre.id),
                valid_from=date(2026, 6, 1), source="江西省统计局公报", reason="今年公布的",
            )

    return on_the_courts_roster


def test_from_the_courts_letter_to_the_judgment(stage):
    liaison = stage.enter("liaison")
    case = court_acts.register_from_court(liaison, "（2026）赣0121诉前调委派88号", "2026-11-20", **LOAN)
    acts.complete(liaison, case, 0, "南昌县武阳镇南坊村1组")
    acts.complete(liaison, case, 1, "南昌县武阳镇南坊村2组", "360121197909040030")
    for number, where in enumerate(("南昌县武阳镇南坊村1组9号", "南昌县武阳镇南坊村2组21号")):
        acts.address(liaison, case, number, where)
    liaison.open_case(case)
    liaison.follow("登记是否同意调解")
    acts.consent(liaison)
    liaison.open_case(case)
    liaison.act()
    liaison.sees("司法调解，武阳镇人民调解委员会")
    liaison.act()

    acts.accept(stage.enter("head"), case)
    mediator = stage.enter("mediator")
    fail(mediator, case)

    court_acts.report(mediator, case)
    court_acts.note_undisputed(mediator, case, FACTS, (LENDER, BORROWER))
    keep_back(liaison, case)
    refer(liaison, case)
    decide(stage.enter("court"), case)
    count(liaison)


def fail(mediator, case):
    """Mediate once without an agreement, note a concession in confidence, and end."""
    acts.take_on(mediator, case)
    acts.meet(
        mediator, case, "终止调解", rights="邓火生：听清楚了\n魏细毛：听清楚了",
        recusal="邓火生：不申请回避\n魏细毛：不申请回避", applicant="借了30000元，一分没还",
        respondent=f"还过5000元现金，{AT_THE_TABLE}", evidence="借条原件一张", agreed="",
        outcome="双方对还没还5000元说法不一，谈不拢",
    )
    court_acts.end(mediator, "分歧较大", "调解一次，对已还5000元各执一词，达不成协议。", ISSUES)
    court_acts.note_in_confidence(mediator, case, CONCESSION)


def keep_back(liaison, case):
    """What was said in confidence cannot leave, not even by a slip of the hand."""
    court_acts.step(liaison, case, "移送")
    liaison.type(liaison.page.locator("#issues"), CONCESSION)
    liaison.act()
    liaison.sees("这里写进了调解中的让步或者私下说的话")


def refer(liaison, case):
    """Send it to the tribunal: all that the case knows stands there already, nothing is typed."""
    court_acts.step(liaison, case, "移送")
    page = liaison.page
    typed = liaison.cost.typed
    assert page.input_value("#claims") == LOAN["claims"]
    assert page.input_value("#amount_fen") == "30,000.00"
    assert page.input_value("#issues") == ISSUES
    liaison.sees("小额诉讼")
    liaison.tick("当事人身份证明")
    liaison.tick("证据清单")
    liaison.act()
    liaison.sees("已移送")
    assert liaison.cost.typed == typed


def decide(court, case):
    """Read what was submitted and nothing else, take it in, record the judgment."""
    court_acts.open_submission(court, TITLE)
    court.sees("归还借款30000元")
    papers = court_acts.papers_on(court)
    assert len(papers) == 6  # letter, application, two addresses, termination, undisputed facts
    said = "".join(papers)
    for text in (LENDER, BORROWER, "归还借款30000元", ISSUES, "小额诉讼", "没有约定利息"):
        assert bare(text) in said, text
    for text in (CONCESSION, "两万二", AT_THE_TABLE):
        assert bare(text) not in said, text
    court.open_case(case)
    court.sees("不能看内容")
    court.does_not_see("两万二")

    court_acts.open_submission(court, TITLE)
    court_acts.take_in(court, COURT_NO)
    court_acts.open_submission(court, TITLE)
    court.sees(COURT_NO)
    court_acts.decide(court, "判决", "判决魏细毛归还30000元")


def bare(text):
    return re.sub(r"\W", "", text)


def count(liaison):
    """The figures count a ruling, never an agreement, and open the case behind it."""
    liaison.go("/figures")
    line = liaison.page.get_by_role("row", name="司法调解").get_by_role("cell").all_inner_texts()
    assert line[:7] == ["司法调解", "1", "0", "1", "0", "0", "0"]
    liaison.go("/figures/ruled")
    liaison.sees(TITLE)
    liaison.go("/figures/mediated")
    liaison.does_not_see(TITLE)
