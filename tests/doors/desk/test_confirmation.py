"""The liaison's board: what lacks, what is filed and printed together, what is recorded in a row."""

import io
import re
from datetime import date

import pytest
from sqlalchemy import select

from mediation.casefile.batches import operations as batches
from mediation.casefile.batches.models import Batch
from mediation.casefile.cases.rules import ConfirmationState
from mediation.casefile.papers import printing
from mediation.ground.db import session
from mediation.stages.confirmation import packprinting
from mediation.stages.confirmation.models import PackRun
from tests import packs
from tests.doors.desk.confirming import Desk, in_row


@pytest.fixture
def handed(app):
    return Desk(app, packs.handed)


@pytest.fixture
def filed(app):
    return Desk(app, packs.filed)


def test_the_board_tells_days_what_lacks_and_who_owes_it(handed):
    page = handed.liaison.get("/confirmation")
    for words in ("剩 30 天", "12-23", "各方没在申请书上签", "万秋莲、涂国平", "还缺东西 1 件"):
        assert words in page.text, words
    assert "补最急的一件" in page.text


def test_ticked_packs_are_filed_in_the_background_each_with_its_own_result(app):
    """A second click files nothing twice; what lacks something says so on its row, and the board counts it."""
    lacking = []
    desk = Desk(app, lambda county: (lacking.append(packs.handed(county)[1]), packs.whole(county))[1])
    both = {"id": [desk.application, *lacking], "key": "once"}
    desk.liaison.submit("/confirmation/file", at="/confirmation", **both)
    desk.liaison.submit("/confirmation/file", at="/confirmation", **both)
    page = desk.liaison.get("/confirmation")
    [batch] = set(re.findall(r"/batches/[\w-]{22}", page.html))
    assert "正在办：0 / 2 件" in page.text
    assert desk.liaison.client.get(f"{batch}/progress").json["total"] == 2
    desk.liaison.ask(lambda: batches.work(*session.execute(select(Batch.id, Batch.round)).one()))
    assert desk.row.state == ConfirmationState.FILED
    assert "1 件没有递交，看为什么" in desk.liaison.get("/confirmation").text
    page = desk.liaison.get(batch)
    assert "已办 1" in page.text and "没办成 1" in page.text
    assert f"/confirmations/{lacking[0]}/prepare" in page.html
    assert desk.court.status(batch) == 404


def test_none_ticked_is_said_and_what_one_does_not_see_is_left_out(handed):
    def file(**ticked):
        return handed.liaison.follow(handed.liaison.submit("/confirmation/file", at="/confirmation", **ticked))

    assert "先勾上要办的案件" in file().text
    assert "先勾上要办的案件" in file(id=["x" * 22]).text


def test_the_board_is_the_liaison_s(handed):
    assert handed.mediator.status("/confirmation") == 403
    assert handed.court.status("/confirmation") == 403
    assert handed.supervisor.status("/confirmation") == 403


def test_missed_ones_are_counted_and_listed(handed):
    handed.liaison.submit(f"{handed.page}/drop", why="too_late")
    assert "今年错过期限的 1 件" in handed.liaison.get("/confirmation").text
    assert "万秋莲" in handed.liaison.get("/confirmation/missed").text


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
