"""The liaison's board, the page of the pack, and what the court did, through the desk."""

import io
from datetime import date

import pikepdf
import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import ConfirmationState
from mediation.casefile.papers import printing
from mediation.ground.db import session
from mediation.registry.access.rules import Role
from mediation.stages.agreements import operations as agreements
from mediation.stages.confirmation import packprinting, queries
from mediation.stages.confirmation.models import PackRun
from tests import exits, makers, packs, road
from tests.doors.visitor import Visitor

DAY = "2026-11-23"


class Desk:
    """A county with one pack at some stage, and its people at their desks."""

    def __init__(self, app, bring):
        with app.app_context():
            self.county = road.make_county()
            self.case, self.application, self.refs = bring(self.county)
            supervisor = makers.make_actor(self.county.centre, Role.SUPERVISOR, name="督办")
            numbers = self.county.mediator, self.county.liaison, self.county.court, self.county.head, supervisor
        self.mediator, self.liaison, self.court, self.head, self.supervisor = (Visitor(app, by) for by in numbers)
        self.page = f"/confirmations/{self.application}"

    def later(self, day):
        """Go on to a later day, on which the liaison logs in again."""
        road.later(day)
        self.liaison.again()

    @property
    def row(self):
        return self.liaison.ask(lambda: queries.get(self.application, for_=self.county.liaison)[0])

    def readiness(self):
        def ask():
            case = cases.get(self.case, for_=self.county.liaison)
            return queries.readiness(case, on=case.applied_on)

        return self.liaison.ask(ask)


@pytest.fixture
def handed(app):
    return Desk(app, packs.handed)


@pytest.fixture
def whole(app):
    return Desk(app, packs.whole)


@pytest.fixture
def filed(app):
    return Desk(app, packs.filed)


def signed(county):
    case, agreement, refs = road.signed(county)
    return case, agreement, refs


def everything(desk):
    """What stands on the page of the pack when all is done."""
    fields = {
        "identified": desk.refs, "property_papers": "not_needed", "nothing_against": "y",
        "clauses": ["1", "2", "3", "4"],
    }
    for number, ref in enumerate(desk.refs):
        fields[f"signatures-{number}-party"] = ref
        fields[f"signatures-{number}-kind"] = "signature"
    return {"court": "赣0121", **fields}


def dated(desk):
    days = {f"signatures-{number}-signed_on": DAY for number in range(len(desk.refs))}
    return everything(desk) | days | {"proof_sealed_on": DAY}


# --- handing over ---


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


# --- the page of the pack ---


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


# --- the board ---


def test_the_board_tells_days_what_lacks_and_who_owes_it(handed):
    page = handed.liaison.get("/confirmation")
    for words in ("剩 30 天", "12-23", "各方没在申请书上签", "万秋莲、涂国平", "还缺东西 1 件"):
        assert words in page.text, words
    assert "补最急的一件" in page.text


def test_ticked_packs_are_filed_at_once_one_that_lacks_something_is_named(app):
    desk = Desk(app, lambda county: (packs.handed(county), packs.whole(county))[1])
    page = desk.liaison.get("/confirmation")
    assert "13 项齐" in page.text
    answer = desk.liaison.submit("/confirmation/file", at="/confirmation", id=[desk.application, "x" * 22])
    page = desk.liaison.follow(answer)
    assert "已登记递交 1 件" in page.text and "有一件没有递交" in page.text
    assert desk.row.state == ConfirmationState.FILED


def test_a_pack_that_lacks_something_is_not_filed_from_the_list(handed):
    answer = handed.liaison.submit("/confirmation/file", at="/confirmation", id=[handed.application])
    assert "没有递交" in handed.liaison.follow(answer).text
    assert handed.row.state == ConfirmationState.PREPARING


def test_the_board_is_the_liaison_s(handed):
    assert handed.mediator.status("/confirmation") == 403
    assert handed.court.status("/confirmation") == 403
    assert handed.supervisor.status("/confirmation") == 403


def test_missed_ones_are_counted_and_listed(handed):
    handed.liaison.submit(f"{handed.page}/drop", why="too_late")
    assert "今年错过期限的 1 件" in handed.liaison.get("/confirmation").text
    assert "万秋莲" in handed.liaison.get("/confirmation/missed").text


# --- filing, and the court ---


def test_every_check_stands_on_the_page_of_filing_with_its_paper(whole):
    page = whole.liaison.get(f"{whole.page}/file")
    for words in ("13 项齐 13 项", "调解组织主持调解的证明", "送达地址确认书", "南昌县人民法院"):
        assert words in page.text, words
    whole.liaison.submit(f"{whole.page}/file", form="written", on=DAY)
    assert whole.row.state == ConfirmationState.FILED


def test_what_lacks_is_said_when_it_is_filed_too_early(handed):
    page = handed.liaison.submit(f"{handed.page}/file", status=200, form="written", on=DAY)
    assert "调解组织主持调解的证明没盖章" in page.text


def in_row(desk, status=302, **fields):
    """Record something in the row of an application on the board."""
    typed = {"on": DAY, "version": desk.row.version} | fields
    return desk.liaison.submit(f"{desk.page}/row", at="/confirmation", status=status, **typed)


def test_two_cells_and_a_scan_on_the_board_record_the_acceptance(filed):
    assert "（2026）赣0121诉前调确" in filed.liaison.get("/confirmation").html
    scan = io.BytesIO(packs.blank_pdf()), "受理通知.pdf"
    old = filed.row.version
    page = filed.liaison.follow(in_row(filed, what="accepted", court_no=packs.COURT_NO, scan=scan))
    assert packs.COURT_NO in page.text and "已受理，等裁定 1" in page.text
    assert (filed.row.court_no, len(filed.row.court_steps)) == (packs.COURT_NO, 1)
    assert "法院材料：受理" in filed.liaison.get(f"/cases/{filed.case}/attachments").text
    page = in_row(filed, status=200, what="more_papers", due_on="2026-11-30", version=old)
    assert "有人改过这个案件" in page.text, "sent twice"


def test_what_is_wrong_in_a_row_is_kept_and_explained(filed):
    page = in_row(filed, status=200, what="accepted", court_no="12号")
    assert "法院案号不对" in page.text and 'value="12号"' in page.html
    page = in_row(filed, status=200, what="more_papers", note="补权属证明")
    assert "写明法院定的日期" in page.text and 'value="补权属证明"' in page.html
    assert filed.row.state == ConfirmationState.FILED


def test_rows_go_through_all_that_a_court_does(filed):
    in_row(filed, what="more_papers", due_on="2026-11-30", note="补权属证明")
    page = filed.liaison.get("/confirmation?at=asked")
    assert "法院要补材料、询问 1" in page.text and "要求补材料" in page.text
    in_row(filed, what="papers_given")
    in_row(filed, what="accepted", court_no=packs.COURT_NO)
    in_row(filed, what="dismissed:unclear")
    assert (filed.row.state, filed.row.ruling_ground) == (ConfirmationState.DISMISSED, "unclear")


def test_a_barred_pack_stands_apart_with_its_bar(app):
    """JC-01: effective on 23 November, the last day is 23 December."""
    desk = Desk(app, packs.whole)
    desk.later(date(2026, 12, 23))
    assert "不能申请" not in desk.liaison.get("/confirmation").text
    desk.later(date(2026, 12, 24))
    page = desk.liaison.get("/confirmation")
    assert "不能申请" in page.text and "已超过申请期限，最后一天是" in page.text
    assert "现在没有材料全齐的" in page.text and "没有缺材料的" in page.text


def test_how_the_court_took_our_packs_is_told_and_opens_its_cases(filed):
    """JC-24."""
    assert "一次通过" not in filed.liaison.get("/confirmation").text, "the court has not looked at any"
    in_row(filed, what="accepted", court_no=packs.COURT_NO)
    assert "近一年一次通过 100% 1/1" in filed.liaison.get("/confirmation").text
    in_row(filed, what="more_papers", due_on="2026-11-30")
    assert "近一年一次通过 0% 0/1" in filed.liaison.get("/confirmation").text
    in_row(filed, what="dismissed:unclear")
    page = filed.liaison.get("/confirmation/record?court=赣0121&of=dismissed&ground=unclear")
    assert "裁定驳回的" in page.text and "内容不明确" in page.text and "万秋莲" in page.text
    assert "万秋莲" not in filed.liaison.get("/confirmation/record?court=赣0121&of=first").text


def test_an_odd_number_is_taken_and_asked_about(filed):
    answer = filed.liaison.submit(f"{filed.page}/accepted", court_no="（2026）赣0121民初3号", on=DAY)
    assert "请核对" in filed.liaison.follow(answer).text


def test_what_the_court_asks_for_stands_on_the_board(filed):
    filed.liaison.submit(f"{filed.page}/asked", kind="more_papers", on=DAY, due_on="2026-11-30", note="补权属证明")
    page = filed.liaison.get("/confirmation")
    assert "要求补材料" in page.text and "剩 7 天" in page.text


def test_the_ruling_comes_back_and_is_served(filed):
    filed.liaison.submit(f"{filed.page}/accepted", court_no=packs.COURT_NO, on=DAY)
    assert "登记裁定确认有效" in filed.liaison.get(f"/cases/{filed.case}").text
    filed.liaison.submit(f"{filed.page}/answer/confirmed", on=DAY)
    assert "裁定送达" in filed.liaison.get("/confirmation").text
    filed.liaison.submit(f"{filed.page}/served", on=DAY)
    assert str(filed.row.received_on) == DAY


def test_a_dismissal_asks_for_its_ground_and_says_what_is_open_then(filed):
    filed.liaison.submit(f"{filed.page}/accepted", court_no=packs.COURT_NO, on=DAY)
    page = filed.liaison.submit(f"{filed.page}/answer/dismissed", status=200, on=DAY)
    assert "选一项" in page.text
    filed.liaison.submit(f"{filed.page}/answer/dismissed", ground="unclear", on=DAY)
    page = filed.mediator.get(f"/cases/{filed.case}")
    assert "变更协议或者重新调解；起诉" in page.text and "重拟协议" in page.text


def test_an_outsider_s_time_and_a_ruling_taken_back_are_recorded(filed):
    """JC-15, JC-14."""
    filed.liaison.submit(f"{filed.page}/accepted", court_no=packs.COURT_NO, on=DAY)
    filed.liaison.submit(f"{filed.page}/answer/confirmed", on=DAY)
    filed.liaison.submit(f"{filed.page}/outsider", on=DAY, note="涂国平之妻")
    page = filed.liaison.submit(f"{filed.page}/revoked", status=200, on=DAY)
    assert "选一项" in page.text
    filed.liaison.submit(f"{filed.page}/revoked", on=DAY, ground="others_interests")
    assert filed.row.state == ConfirmationState.DISMISSED
    assert "变更协议或者重新调解；起诉" in filed.mediator.get(f"/cases/{filed.case}").text


def test_objections_are_recorded_with_their_last_day_and_what_came_of_them(filed):
    """JC-15: served on 23 November; a party has until 8 December, one who knew the same day until 23 May."""
    in_row(filed, what="accepted", court_no=packs.COURT_NO)
    in_row(filed, what="confirmed")
    page = filed.liaison.submit(f"{filed.page}/objection", status=200, on=DAY, kind="party_objected")
    assert "先登记裁定哪天送达当事人" in page.text
    in_row(filed, what="served")
    page = filed.liaison.submit(f"{filed.page}/objection", status=200, on=DAY, kind="objection_rejected")
    assert "没有登记过还没答复的异议" in page.text
    filed.liaison.submit(f"{filed.page}/outsider", on=DAY)
    for day, is_late in ((date(2026, 12, 8), False), (date(2026, 12, 9), True)):
        filed.later(day)
        filed.liaison.submit(f"{filed.page}/objection", on=str(day), kind="party_objected")
        filed.liaison.submit(f"{filed.page}/objection", on=str(day), kind="objection_rejected", note="不成立")
        assert ("已过期限" in filed.liaison.get(f"/cases/{filed.case}").text) is is_late
    filed.liaison.submit(f"{filed.page}/objection", on="2026-12-09", kind="outsider_objected")
    assert str(filed.row.court_steps[-1].due_on) == "2027-05-24", "23 May 2027 is a Sunday"
    filed.liaison.submit(f"{filed.page}/revoked", on="2026-12-09", ground="others_interests")
    assert filed.row.state == ConfirmationState.DISMISSED


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


def signed_before_the_seal(county):
    exits.list_mediator(county)
    case, agreement, refs = road.drafted(county, matter=exits.LOAN, origin=exits.COMMISSION, track="judicial")
    day = date(2026, 11, 23)
    road.do(agreements.agree, agreement, by=county.mediator, on=day)
    for ref in refs:
        road.do(agreements.sign_party, agreement, ref, by=county.mediator, signed_on=day, on=day)
    return case, agreement, refs


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


def test_ticked_packs_are_printed_in_the_background_and_the_page_says_how_far_it_is(app, monkeypatch):
    desk = Desk(app, packs.whole)
    monkeypatch.setattr(
        printing, "pdf", lambda kind, version, snapshot: packs.blank_pdf(5 if kind == "pack_numbers" else 1)
    )
    asked = desk.liaison.submit("/confirmation/prints", at="/confirmation", all="", id=[desk.application], key="once")
    address = asked.headers["Location"]
    assert desk.liaison.client.get(address + "/progress").json == {
        "words": "正在印：0 / 1 件", "over": False, "done": 0, "total": 1
    }
    desk.liaison.submit(address + "/stop", at=address)
    desk.liaison.submit(address + "/go-on", at=address)
    desk.liaison.ask(lambda: packprinting.work(session.query(PackRun).one().id, 1))
    assert "印好了，7 页" in desk.liaison.get(address).text
    assert desk.liaison.client.get(address + ".pdf").mimetype == "application/pdf"
    assert desk.mediator.status(address) == 404  # of another unit
    assert desk.supervisor.status(address) in (403, 404)
    nothing = desk.liaison.submit("/confirmation/prints", at="/confirmation", all="", key="none")
    assert "先勾选要打印的案件" in desk.liaison.follow(nothing).text
