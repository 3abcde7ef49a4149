"""Meetings, attempts and notes, through the desk."""

import pytest

from mediation.casefile.cases.rules import Stage
from mediation.casefile.papers import operations as papers
from mediation.doors.desk.sessionforms import read_guests
from mediation.ground.db import session, transaction
from mediation.stages.proceedings import queries
from tests import cast, makers
from tests.doors.desk.county import desks
from tests.doors.visitor import Visitor

BOXES = {
    "rights": "各方：听清了，同意调解", "recusal": "各方：不申请",
    "applicant": "沟要恢复原状",
    "respondent": "可以铲平，不赔钱", "evidence": "看了现场", "agreed": "沟面铲平",
    "open": "赔多少", "outcome": "下周再谈",
}
WHEN = {
    "on": "2026-11-23", "starts": "09:00", "ends": "09:50", "place": "武阳镇调解室", "manner": "in_person",
    "together": "together",
}


@pytest.fixture
def found(app):
    return desks(app, cast.informed)


def hold(found, status=302, **values):
    values = BOXES | WHEN | {"present": list(found.parties.values()), "result": "continue"} | values
    return found.mediator.submit(f"/proceedings/{found.proceeding}/sessions/new", status=status, **values)


def meetings(found):
    return found.of(lambda case, _proceeding: [each.number for each in queries.sessions_of(case.id)])


def test_a_meeting_is_recorded_and_its_record_can_be_printed(found):
    page = found.mediator.get(f"/proceedings/{found.proceeding}/sessions/new")
    assert "万秋莲怎么说" in page.text and "涂国平怎么说" in page.text
    shown = found.mediator.follow(hold(found, next_on="2026-11-30", next_words="14:30，3 号调解室"))
    for words in ("沟要恢复原状", "可以铲平，不赔钱", "11月30日", "打印笔录"):
        assert words in shown.text
    assert found.of(lambda case, _proceeding: papers.newest(case.id, "session_record")) is not None


def test_what_lacks_is_said_and_what_was_typed_stays(found):
    page = hold(found, status=200, starts="")
    assert "填开始时间" in page.text and "沟要恢复原状" in page.html
    page = hold(found, status=200, starts="17:00", ends="")
    assert "开始时间在现在之后" in page.text
    assert meetings(found) == []


def test_no_meeting_before_the_notice(app):
    early = desks(app, cast.mediating)
    assert "还没有告知万秋莲权利义务" in hold(early, status=200).text


def test_an_ended_meeting_leads_to_the_end_and_guests_need_consent(found):
    page = hold(found, status=200, guests="罗金水（村支书）", guests_agreed=[found.parties["万秋莲"]])
    assert "邀请罗金水参加，涂国平还没有同意" in page.text
    answer = hold(found, result="ended", guests="罗金水（村支书）", guests_agreed=list(found.parties.values()))
    assert answer.headers["Location"].endswith(f"/proceedings/{found.proceeding}/end")


def test_violence_is_shown_and_the_sides_sit_apart(app):
    def bring(county):
        proceeding = cast.informed(county)
        with transaction():
            cast.party(proceeding.case_id, "万秋莲").flags = {"flags": ["violence"]}
        return proceeding

    found = desks(app, bring)
    page = found.mediator.get(f"/proceedings/{found.proceeding}/sessions/new")
    assert "不要求万秋莲到场见面" in page.text
    assert "没有同意见面" in hold(found, status=200).text
    hold(found, together="apart", present=[found.parties["涂国平"]])


def test_the_form_keeps_itself_and_comes_back(found):
    draft, address = f"/proceedings/{found.proceeding}/sessions/draft", f"/proceedings/{found.proceeding}/sessions/new"
    answer = found.mediator.submit(draft, at=address, status=200, applicant="写到一半", evil="x")
    assert "草稿" in answer.text
    page = found.mediator.get(address)
    assert "写到一半" in page.html and "草稿" in page.text
    hold(found)
    assert "写到一半" not in found.mediator.get(address).html
    assert found.head.status(draft, method="POST") == 403


def test_a_record_is_mended_with_a_reason(found):
    shown = hold(found).headers["Location"]
    public_id = shown.rsplit("/", 1)[1]
    address = f"/sessions/{public_id}/amend"
    assert "沟要恢复原状" in found.mediator.get(address).html
    assert "要写理由" in found.mediator.submit(address, status=200, **(BOXES | {"applicant": "改了"})).text
    found.mediator.submit(address, **(BOXES | {"applicant": "沟要恢复到原来的高度"}), reason="记得不准")
    assert "恢复到原来的高度" in found.mediator.get(shown).text
    assert found.head.status(address) == 403


def test_a_record_without_paper_can_be_issued_later(found):
    public_id = hold(found, rights="").headers["Location"].rsplit("/", 1)[1]
    assert "还没有填：权利义务告知的答复" in found.mediator.get(f"/sessions/{public_id}").text
    page = found.mediator.submit(f"/sessions/{public_id}/paper", at=f"/sessions/{public_id}", status=409)
    assert page is not None
    found.mediator.submit(f"/sessions/{public_id}/amend", **BOXES, reason="补答复")
    answer = found.mediator.submit(f"/sessions/{public_id}/paper", at=f"/sessions/{public_id}")
    assert answer.headers["Location"].endswith(".pdf")


def test_attempts_are_counted_until_the_exit_opens(app):
    found = desks(app, cast.assigned)
    address = f"/proceedings/{found.proceeding}/attempts/new"
    for number in range(3):
        assert f"已有 {number} 次；满 3 次" in found.mediator.get(address).text
        found.mediator.submit(address, result="unreachable", absent=[found.parties["涂国平"]], note="没人接")
    shown = found.mediator.get(f"/cases/{found.case}")
    assert "没联系上 涂国平" in shown.text
    end = f"/proceedings/{found.proceeding}/end"
    found.mediator.submit(end, ground="unreachable", course="三次都联系不上", notice_given="y")
    assert found.stage == Stage.ENDED


def test_private_notes_are_read_by_their_author_alone(found):
    address = f"/cases/{found.case}/notes"
    found.mediator.submit(address, text="涂国平说最多赔两千", is_concession="y")
    assert "最多赔两千" in found.mediator.get(address).text
    assert "最多赔两千" not in found.head.get(address).text
    assert found.clerk.status(address) == 403
    assert "最多赔两千" not in found.mediator.get(f"/cases/{found.case}").text


def test_a_meeting_of_somebody_elses_case_is_not_found(app, found):
    shown = hold(found).headers["Location"]
    with app.app_context():
        stranger = makers.make_actor(session.query(makers.Centre).one(), "mediator")
    assert Visitor(app, stranger).status(shown) == 404


def test_guests_are_read_from_one_line():
    assert read_guests("罗金水（村支书）、喻国华 邻居；裘志明") == {
        "罗金水": "村支书", "喻国华": "邻居", "裘志明": "邀请参加的人",
    }
    assert read_guests("") == {}
