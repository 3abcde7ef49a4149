"""Sending a case on, the court's own list, undisputed facts and reports, through the desk."""

from dataclasses import replace

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import ReferralState, Stage
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers import printing
from mediation.registry.access.rules import Role
from mediation.stages.proceedings import sessions
from mediation.stages.referrals import queries
from tests import exits, makers, packs
from tests.doors.visitor import Visitor
from tests.road import do, make_county, mediating

DAY = "2026-11-23"
COURT_NO = "（2026）赣0121民初3456号"
FILE = ["letter", "complaint", "identity", "evidence", "issues", "limitation"]


class Desk:
    """A county with one case that mediation did not settle, and its people at their desks."""

    def __init__(self, app, bring):
        with app.app_context():
            self.county = make_county()
            self.case, self.found = bring(self.county)[:2]
            self.refs = exits.parties(self.county, self.case)
            self.tribunal = self.county.tribunal.public_id
            supervisor = makers.make_actor(self.county.centre, Role.SUPERVISOR, name="督办")
            admin = makers.make_actor(self.county.centre, Role.SYSTEM_ADMIN, name="管理")
            people = self.county.mediator, self.county.liaison, self.county.court, supervisor, admin
        self.mediator, self.liaison, self.court, self.supervisor, self.admin = (Visitor(app, by) for by in people)

    @property
    def row(self):
        return self.mediator.ask(lambda: cases.get(self.case, for_=self.county.mediator))

    def referral(self):
        return self.mediator.ask(lambda: queries.of_case(self.row.id)[-1])

    @property
    def refer(self):
        return f"/cases/{self.case}/refer"


def with_wage(county):
    exits.set_wage(county)
    return exits.ready(county)


@pytest.fixture
def ready(app):
    return Desk(app, with_wage)


@pytest.fixture
def sent(app):
    return Desk(app, exits.sent)


def looked_over(desk, **changes):
    """What the page of a quick-trial referral holds when it is opened."""
    return {
        "to_unit": desk.tribunal, "claims": exits.LOAN.claims, "amount_fen": "30000.00",
        "issues": "1.是不是还过8000元\n2.利息怎么算", "is_money_claim": "y", "is_clear": "y", "checklist": FILE,
        "data_basis": "court_filing",
    } | changes


# --- sending ---


def test_everything_the_case_knows_is_on_the_page_and_one_key_sends_it(ready):
    page = ready.mediator.get(ready.refer)
    for words in ("归还借款30000元", "小额诉讼程序", "46,000.00元", "调解终结书：有", "11月23日 已告知当事人"):
        assert words in page.text, words
    fields = page.forms[-1]["fields"]
    assert (fields["amount_fen"], fields["is_money_claim"]) == ("30,000.00", "y")
    ready.mediator.submit(ready.refer, **looked_over(ready))
    assert (ready.row.stage, ready.referral().number) == (Stage.REFERRED, "南矛调函〔2026〕1号")


def test_ticks_are_counted_again_without_sending(ready):
    page = ready.mediator.submit(ready.refer, status=200, do="recount", **looked_over(ready, amount_fen="46000.01"))
    assert "超过" in page.text or "没有约定" in page.text
    assert ready.row.stage == Stage.ENDED


def test_without_the_wage_the_page_asks_for_it_and_another_procedure_may_be_chosen(app):
    desk = Desk(app, exits.ready)
    assert "请先录入" in desk.mediator.get(desk.refer).text
    page = desk.mediator.submit(desk.refer, status=200, **looked_over(desk))
    assert "没有写建议适用的程序" in page.text
    chosen = looked_over(desk, procedure="simple", procedure_reason="事实清楚，争议不大")
    desk.mediator.submit(desk.refer, **chosen)
    assert desk.referral().procedure == "simple"


def test_what_is_missing_is_named_and_what_was_typed_stays(ready):
    wanting = looked_over(ready, checklist=["letter", "complaint", "identity", "issues", "limitation"], issues="钱数")
    page = ready.mediator.submit(ready.refer, status=200, **wanting)
    assert "缺证据清单" in page.text and "钱数" in page.text


def test_what_was_conceded_does_not_get_out(ready):
    with ready.mediator.app.app_context():
        do(sessions.add_note, ready.case, by=ready.county.mediator, text="愿意只还两万五", is_concession=True)
    page = ready.mediator.submit(ready.refer, status=200, **looked_over(ready, issues="愿意只还两万五"))
    assert "这里写进了调解中的让步" in page.text
    ready.mediator.submit(ready.refer, **looked_over(ready))
    assert "两万五" not in ready.court.get(f"/referrals/{ready.referral().public_id}").text


def test_a_labour_dispute_is_led_to_arbitration(app):
    desk = Desk(app, lambda county: exits.failed(county, matter=exits.WAGES))
    page = desk.mediator.get(desk.refer)
    assert "仲裁" in page.text and "劳动争议要先仲裁" in page.text
    trial = desk.refer + "?kind=quick_trial"
    page = desk.mediator.submit(trial, status=200, **looked_over(desk, procedure="simple", procedure_reason="简单"))
    assert "劳动争议要先仲裁" in page.text
    desk.mediator.submit(
        desk.refer, to_unit="", to_name="南昌县劳动人事争议仲裁委员会", data_basis="consent", data_consents=desk.refs
    )
    assert (desk.referral().kind, desk.referral().state) == ("arbitration", ReferralState.SENT)


def test_nothing_is_sent_while_mediation_goes_on(app):
    desk = Desk(app, mediating)
    page = desk.mediator.submit(desk.refer, status=200, **looked_over(desk))
    assert "还在调解" in page.text


# --- which court, what it costs, what to look at ---


def test_the_page_says_which_court_what_it_costs_and_what_the_complaint_lacks(ready):
    """QT-09, QT-14, QT-15."""
    page = ready.mediator.get(ready.refer)
    for words in (
        "哪个法院管", "被告涂国平住所地", "接收货币的万秋莲所在地", "275.00 元", "550.00 元", "副本 1 份",
        "涂国平：没有工作单位",
    ):
        assert words in page.text, words
    assert "没有管辖权" not in page.text


def test_a_house_elsewhere_is_its_court_s_alone_and_the_history_remembers_the_warning(app):
    """QT-15: sent all the same, as the rule only warns."""
    house = replace(exits.LOAN, type_code="housing.rent", object_area_code="360124")
    desk = Desk(app, lambda county: exits.ready(county, matter=house))
    page = desk.mediator.get(desk.refer)
    assert "不动产纠纷专属管辖，南昌县人民法院收了也要移送；应当向这些法院起诉：进贤县人民法院" in page.text
    desk.mediator.submit(desk.refer, **looked_over(desk, procedure="simple", procedure_reason="事实清楚"))
    assert "提醒过：法院可能没有管辖权" in desk.mediator.get(f"/cases/{desk.case}/history").text


def test_a_long_period_for_evidence_and_an_unusual_case_are_warned_of(ready):
    """QT-07, QT-10, QT-06, QT-11."""
    odd = looked_over(ready, evidence_days="10", unusual=["新类型案件"])
    page = ready.mediator.submit(ready.refer, status=200, do="recount", **odd)
    assert "建议举证期限10天，超过小额诉讼程序的7天" in page.text and "新类型案件一般不走速裁" in page.text
    page = ready.mediator.submit(ready.refer, status=200, **odd)
    assert "改走普通立案" in page.text
    ready.mediator.submit(ready.refer, **odd, unusual_confirmed="y")
    there = f"/referrals/{ready.referral().public_id}"
    ready.court.submit(f"{there}/take", court_no=COURT_NO, on=DAY)
    page = ready.court.get(there)
    for words in ("10 天", "新类型案件", "速裁目标，不是法定期限", "12月8日", "法定审限", "2027年1月25日", "275.00 元"):
        assert words in page.text, words


def test_the_fee_page_counts_and_asks_for_the_wage(ready):
    """QT-14, QT-03, QT-04."""
    page = ready.mediator.get("/fees?amount=85000&kind=property&procedure=simple")
    for words in (
        "962.50 元", "1,925.00 元", "75,000.00 × 2.5% = 1,875.00 元", "减半", "江西省", "46,000.00", "184,000.00",
        "湖南省", "45,706.50", "没有录入的省",
    ):
        assert words in page.text, words
    assert "10.00 元" in ready.mediator.get("/fees?kind=labour&amount=90000").text
    assert "先填标的额" in ready.mediator.get("/fees?kind=property").text
    assert "金额写数字" in ready.mediator.get("/fees?kind=property&amount=abc").text


def test_without_a_wage_the_fee_page_says_where_to_enter_it(app):
    desk = Desk(app, exits.ready)
    page = desk.mediator.get("/fees")
    assert "还没有江西省的年平均工资" in page.text and "现在录入" not in page.text
    assert "现在录入" in desk.admin.get("/fees").text
    new = {"year": "2025", "amount": "101000", "province": "440000", "valid_from": DAY}
    draft = desk.admin.submit("/settings/wage/QT-04", source="公报", reason="要用", **new).headers["Location"]
    desk.admin.submit(f"{draft}/publish", at=draft)
    assert "50,500.00" in desk.mediator.get("/fees").text


def test_what_interrupts_the_limitation_is_noted_from_the_referral_s_page(ready):
    """LM-03, LM-06."""
    there = f"/cases/{ready.case}/limitation"
    assert there in ready.mediator.get(ready.refer).html
    assert "法院不主动审查时效" in ready.mediator.get(there).text
    ready.mediator.submit(there, kind="promise", happened_on=DAY)
    assert "对方承认、承诺分期" in ready.mediator.get(there).text
    assert "时效中断（2026-11-23）：对方承认" in ready.mediator.get(f"/cases/{ready.case}/history").text
    assert ready.court.status(there) in (403, 404)


# --- the court's own desk ---


def test_the_court_s_clerk_starts_with_what_came_in(sent):
    page = sent.court.follow(sent.court.client.get("/"))
    for words in ("待收案 1 件", "万秋莲与涂国平", "南矛调函〔2026〕1号", "剩 7 天"):
        assert words in page.text, words


def test_only_what_was_submitted_is_there_for_the_court(sent, monkeypatch):
    monkeypatch.setattr(printing, "pdf", lambda *given: packs.blank_pdf())
    there = f"/referrals/{sent.referral().public_id}"
    page = sent.court.get(there)
    assert "移送速裁函" in page.text and "调解终结书" in page.text
    for hidden in ("调解记录", "受理登记表", "私下"):
        assert hidden not in page.text
    own, other = sent.mediator.ask(lambda: _papers(sent))
    assert sent.court.client.get(f"{there}/papers/{own}.pdf").status_code == 200
    assert sent.court.client.get(f"{there}/papers/{other}.pdf").status_code == 404
    assert sent.court.client.get(f"/papers/{own}.pdf").status_code == 404


def _papers(desk):
    issued = papers.of_case(desk.row.id)
    submitted = queries.submitted_papers(desk.referral())
    return submitted[0].public_id, next(each.public_id for each in issued if each.kind == "session_record")


def test_the_case_is_taken_in_and_its_outcome_comes_back(sent):
    there = f"/referrals/{sent.referral().public_id}"
    page = sent.court.submit(f"{there}/take", status=200, court_no="12", on=DAY)
    assert "法院案号不对" in page.text
    sent.court.submit(f"{there}/take", court_no="(2026)赣0121民初3456号", on=DAY)
    sent.court.submit(f"{there}/decide", outcome="judgment", note="判还28000元", on=DAY)
    assert "适用小额诉讼程序" in sent.court.get(there).text
    page = sent.mediator.get(f"/cases/{sent.case}")
    assert COURT_NO in page.text and "判还28000元" in page.text
    assert "已有结果" in sent.liaison.get("/referrals").text


def test_a_returned_case_is_out_of_the_court_s_sight(sent):
    there = f"/referrals/{sent.referral().public_id}"
    sent.court.submit(f"{there}/return", why="not_suitable", note="要鉴定", on=DAY)
    assert sent.court.status(there) == 404
    assert "要鉴定" in sent.liaison.get(there).text


def test_who_may_not_see_what_was_submitted(sent):
    there = f"/referrals/{sent.referral().public_id}"
    assert sent.supervisor.status(there) == 404
    assert sent.supervisor.status("/referrals") == 403
    assert sent.mediator.status("/referrals") == 403
    assert sent.mediator.status(f"{there}/take") == 403


# --- undisputed facts, report ---


def test_undisputed_facts_are_noted_signed_and_go_along(ready):
    there = f"/proceedings/{ready.found}/undisputed"
    facts = {"note-facts-0-text": "2025年3月2日涂国平收到借款30000元", "note-facts-0-evidence": "借条", "do": "note"}
    page = ready.mediator.submit(there, status=200, **facts, **{"note-consenting": ready.refs[:1]})
    assert "没有同意记载无争议事实" in page.text
    ready.mediator.submit(there, **facts, **{"note-consenting": ready.refs})
    page = ready.mediator.get(there)
    assert "打印记载表" in page.text
    signed = {"sign-signed": ready.refs, "sign-signed_on": DAY, "sign-mediator_signed": "y", "do": "sign"}
    ready.mediator.submit(there, **signed)
    assert "都签了，随案移送" in ready.mediator.get(f"/cases/{ready.case}").text
    assert "无争议事实记载：有" in ready.mediator.get(ready.refer).text


def test_a_court_that_sent_a_case_is_reported_to(app):
    desk = Desk(app, exits.commissioned)
    assert "还没有报告法院" in desk.mediator.get(f"/cases/{desk.case}").text
    page = desk.mediator.get(f"/proceedings/{desk.found}/report")
    assert exits.COURSE in page.html
    desk.mediator.submit(f"/proceedings/{desk.found}/report", course=exits.COURSE)
    page = desk.mediator.get(f"/cases/{desk.case}")
    assert "还没有报告法院" not in page.text and "委派委托调解结果报告" in page.text


def test_the_liaison_sees_what_a_court_sent_and_whether_it_was_answered(app):
    desk = Desk(app, exits.commissioned)
    page = desk.liaison.get("/confirmation")
    assert "万秋莲与涂国平" in page.text and "向法院报告" in page.text
    assert f'value="report-{desk.found}"' in page.html
    for _click in range(2):
        answer = desk.liaison.submit(
            f"/proceedings/{desk.found}/report", at="/confirmation", key=f"report-{desk.found}"
        )
    desk.liaison.follow(answer)
    case = desk.liaison.ask(lambda: cases.get(desk.case, for_=desk.county.liaison).id)
    assert len(desk.liaison.ask(lambda: queries.reports_of(case))) == 1, "sent twice, reported once"
    page = desk.liaison.get("/confirmation")
    assert "已回" in page.text and "向法院报告" not in page.text
