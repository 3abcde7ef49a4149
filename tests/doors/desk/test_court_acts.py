"""What the court did with an application, one page an act."""

from datetime import date

import pytest

from mediation.casefile.cases.rules import ConfirmationState
from tests import packs
from tests.doors.desk.confirming import DAY, Desk, in_row


@pytest.fixture
def filed(app):
    return Desk(app, packs.filed)


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
