"""The pack for the court through the desk: handed over, got together, filed, printed."""

import io
from datetime import date

import pikepdf
import pytest

from mediation.casefile.cases.rules import ConfirmationState
from mediation.casefile.papers import printing
from mediation.stages.agreements import operations as agreements
from tests import exits, packs, road
from tests.doors.desk.confirming import DAY, Desk, dated, everything, signed
from tests.doors.visitor import Visitor


@pytest.fixture
def handed(app):
    return Desk(app, packs.handed)


@pytest.fixture
def whole(app):
    return Desk(app, packs.whole)


@pytest.fixture
def filed(app):
    return Desk(app, packs.filed)


def signed_before_the_seal(county):
    exits.list_mediator(county)
    case, agreement, refs = road.drafted(county, matter=exits.LOAN, origin=exits.COMMISSION, track="judicial")
    day = date(2026, 11, 23)
    road.do(agreements.agree, agreement, by=county.mediator, on=day)
    for ref in refs:
        road.do(agreements.sign_party, agreement, ref, by=county.mediator, signed_on=day, on=day)
    return case, agreement, refs


def test_an_agreement_is_handed_over_with_one_key(app):
    desk = Desk(app, signed)
    page = desk.mediator.get(f"/cases/{desk.case}")
    assert "移交司法确认" in page.text
    answer = desk.mediator.submit(f"/cases/{desk.case}/confirmation")
    assert "/confirmations/" in answer.headers["Location"]
    assert "补齐材料" in desk.mediator.get(f"/cases/{desk.case}").text


def test_the_page_of_a_case_says_what_can_be_got_together_before_there_is_an_agreement(app):
    desk = Desk(app, lambda county: (*road.mediating(county), []))
    page = desk.mediator.get(f"/cases/{desk.case}")
    assert "司法确认" in page.text and "3 项齐 2 项" in page.text


def test_the_page_says_what_lacks_why_the_court_and_where_it_is_cured(handed):
    page = handed.mediator.get(f"{handed.page}/prepare")
    for words in ("13 项齐 9 项", "万秋莲没在申请书上签", "武阳镇人民调解委员会所在地", "没出"):
        assert words in page.text, words
    assert "还剩 30 天，至 12月23日" in page.text
    assert f"/cases/{handed.case}/parties" in page.html


def test_everything_is_saved_with_one_key_and_printed_with_another(handed):
    address = f"{handed.page}/prepare"
    handed.mediator.submit(address, do="print", **everything(handed))
    page = handed.mediator.get(address)
    assert "南矛调" not in page.text and "打印材料" in page.text
    handed.mediator.submit(address, do="save", **dated(handed))
    lacking = [check.key for check in handed.readiness().checks if not check.ok]
    assert lacking == ["addresses"]


def test_what_was_typed_stays_when_it_is_refused(handed):
    wrong = everything(handed) | {"signatures-0-signed_on": "2026-11-24", "do": "save"}
    page = handed.mediator.submit(f"{handed.page}/prepare", status=200, **wrong)
    assert "签字日期在今天之后" in page.text
    assert "2026-11-24" in page.html


def test_somebody_who_was_slower_is_told_and_may_save_again(handed):
    page = handed.mediator.get(f"{handed.page}/prepare")
    old = page.forms[-1]["fields"]["version"]
    handed.mediator.submit(f"{handed.page}/prepare", do="save", **everything(handed))
    late = everything(handed) | {"version": old, "property_papers": "shown"}
    page = handed.liaison.submit(f"{handed.page}/prepare", status=200, do="save", **late)
    assert "有人改过这个案件" in page.text
    assert page.forms[-1]["fields"]["version"] != old


def test_a_suspicion_stops_the_printing(handed):
    address = f"{handed.page}/prepare"
    suspicious = everything(handed) | {"suspected": "y", "signs": ["relatives"], "do": "print"}
    page = handed.mediator.submit(address, status=200, **suspicious)
    assert "有虚假调解的疑点" in page.text


def test_a_pack_goes_back_and_comes_again(handed):
    handed.liaison.submit(f"{handed.page}/return", reason="送达地址缺邮编")
    assert "送达地址缺邮编" in handed.mediator.get(f"{handed.page}/prepare").text
    handed.mediator.submit(f"{handed.page}/again")
    assert handed.row.state == ConfirmationState.PREPARING


def test_giving_up_asks_why(handed):
    page = handed.mediator.submit(f"{handed.page}/drop", status=200)
    assert "选一项" in page.text
    handed.mediator.submit(f"{handed.page}/drop", why="unwilling")
    assert handed.row.drop_reason == "unwilling"


def test_every_check_stands_on_the_page_of_filing_with_its_paper(whole):
    page = whole.liaison.get(f"{whole.page}/file")
    for words in ("13 项齐 13 项", "调解组织主持调解的证明", "送达地址确认书", "南昌县人民法院"):
        assert words in page.text, words
    whole.liaison.submit(f"{whole.page}/file", form="written", on=DAY)
    assert whole.row.state == ConfirmationState.FILED


def test_what_lacks_is_said_when_it_is_filed_too_early(handed):
    page = handed.liaison.submit(f"{handed.page}/file", status=200, form="written", on=DAY)
    assert "调解组织主持调解的证明没盖章" in page.text


def test_the_case_s_page_says_whom_to_urge_and_what_is_open(app):
    """PM-15, PM-16: due on 20 December, looked at on the 21st."""
    with app.app_context():
        county = road.make_county()
        case, _agreement, _refs = road.signed(county)
    road.later(date(2026, 12, 21))
    page = Visitor(app, county.mediator).get(f"/cases/{case}").text
    assert "该督促了" in page and "继续督促；还在期限内，共同申请司法确认；就协议起诉" in page


def test_a_seal_is_recorded_after_the_effect_and_the_page_says_what_that_means(app):
    """JM-09: a court sent the case, the parties signed first."""
    desk = Desk(app, signed_before_the_seal)
    page = desk.mediator.get(f"/cases/{desk.case}").text
    assert "调解组织还没有盖章" in page and "登记签字盖章" in page
    desk.mediator.submit(f"/agreements/{desk.application}/sign", mediator_on=DAY, sealed_on=DAY)
    assert "登记签字盖章" not in desk.mediator.get(f"/cases/{desk.case}").text.split('id="history"')[0]


def test_who_sees_only_how_a_case_stands_opens_nothing_of_the_pack(filed):
    for there in ("/prepare", "/pack.pdf"):
        assert filed.supervisor.status(filed.page + there) in (403, 404)
        assert filed.court.status(filed.page + there) in (403, 404)


def test_the_pack_is_one_pdf_in_the_order_of_filing(app, monkeypatch):
    desk = Desk(app, packs.whole)
    asked = []

    def press(kind, version, snapshot):
        asked.append(kind)
        return packs.blank_pdf(5 if kind == "pack_numbers" else 1)

    monkeypatch.setattr(printing, "pdf", press)
    answer = desk.liaison.client.get(f"{desk.page}/pack.pdf")
    assert answer.mimetype == "application/pdf"
    papers = ["confirmation_application", "agreement", "mediation_proof", "service_address", "service_address"]
    assert asked == [*papers, "pack_contents", "pack_numbers"]
    with pikepdf.open(io.BytesIO(answer.data)) as pack:
        assert len(pack.pages) == 6
