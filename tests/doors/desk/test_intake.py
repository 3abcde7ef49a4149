"""The window through the doors: registering, the panel, drafts, screening, correcting."""

import re

import pytest
from sqlalchemy import select

from mediation.casefile.cases import drafts
from mediation.casefile.cases.models import Case
from mediation.casefile.duties.models import RiskDuty
from mediation.casefile.papers.models import Paper
from mediation.ground.db import session, transaction
from mediation.registry.access.rules import Role
from mediation.registry.units.rules import UnitKind
from mediation.stages.routing.models import Transfer
from tests import makers
from tests.doors.visitor import Page, Visitor

STORY = "两家屋后共用一条排水沟，涂国平把沟面垫高，雨水倒灌进厨房，昨天还推了她一把。"
TYPED = {
    "name": "万秋莲", "phone": "13970812716", "id_number": "360121196803122260",
    "other": "涂国平，前进村同组，电话不详", "story": STORY, "claims": "恢复原状", "place": "武阳镇 前进村",
    "kind": "用水、排水", "amount": "2,600", "channel": "window",
}


@pytest.fixture
def centre(app):
    with app.app_context():
        centre = makers.make_centre()
        makers.make_unit(
            centre, UnitKind.COMMITTEE, "武阳镇人民调解委员会", area_code="360121106", number_word="武民调"
        )
        session.refresh(centre)
        return centre


def visitor(app, centre, role=Role.INTAKE_CLERK, name="龚雪琴"):
    with app.app_context():
        by = makers.make_actor(centre, role, name=name)
    return Visitor(app, by)


@pytest.fixture
def clerk(app, centre):
    return visitor(app, centre)


def all_of(somebody, model):
    def rows():
        found = list(session.scalars(select(model).order_by(model.id)))
        session.expunge_all()
        return found

    return somebody.ask(rows)


def test_the_first_save_shows_nine_fields(clerk):
    page = clerk.get("/intake")
    main = page.html[page.html.index('id="intake"') :]
    shown = re.sub(r"<details.*?</details>", "", main, flags=re.DOTALL)
    names = re.findall(r'<(?:input|textarea|select)(?![^>]*type="hidden")[^>]*name="(\w+)"', shown)
    assert names == ["name", "phone", "id_number", "other", "story", "claims", "place", "kind", "amount"]


def test_a_save_leads_to_the_receipt_with_number_code_and_picture(clerk):
    answer = clerk.submit("/intake", **TYPED)
    page = clerk.follow(answer)
    [case] = all_of(clerk, Case)
    assert case.register_no in page.text and case.query_code in page.text
    assert "<svg" in page.html and "/papers/" in page.html
    assert "筛查五问还没答" in page.text
    assert (case.area_code, case.amount_fen, case.type_code) == ("360121106207", 260_000, "neighbour.water")
    assert TYPED["id_number"] not in page.html and TYPED["phone"] not in page.html


def test_who_cannot_read_is_read_to_and_gets_the_receipt_large(clerk):
    page = clerk.follow(clerk.submit("/intake", **TYPED | {"name": "万秋莲等12人"}, collective="y"))
    assert "念给来人听" not in page.text and "按群体办理，贴名单" in page.text
    party, other = re.findall(r"/parties/[\w-]{22}\?then=receipt", page.html)
    assert "None" not in clerk.get(other).html, "nothing is known of the other side's numbers"
    saved = clerk.submit(party, flags=["cannot_read"])
    assert re.fullmatch(r"/intake/[\w-]{22}#print", saved.headers["Location"])
    page = clerk.follow(saved)
    assert "打印大字回执" in page.text and "/large.pdf" in page.html
    sheet = clerk.get(re.search(r"/intake/[\w-]{22}/read-aloud", page.html)[0])
    assert "念给万秋莲听" in sheet.text and STORY in sheet.text and "念给涂国平听" not in sheet.text
    assert "/parties" in clerk.submit(party.split("?")[0], flags=[]).headers["Location"]


def test_one_save_registers_screens_and_sends_where_the_panel_says(clerk):
    page = clerk.follow(clerk.submit("/intake", **TYPED, harm="y", route="accept"))
    [case] = all_of(clerk, Case)
    assert case.stage == "routed" and case.screening["harm"] is True
    assert [duty.kind for duty in all_of(clerk, RiskDuty)] == ["escalation"]
    assert len(all_of(clerk, Transfer)) == 1
    assert "登记已报告" in page.text


def test_what_bars_the_routing_is_said_and_the_case_stays_registered(clerk):
    page = clerk.follow(clerk.submit("/intake", **TYPED, route="accept"))
    assert "五问还没答" in page.text
    page = clerk.follow(clerk.submit("/intake", **TYPED, minor_at_risk="y", route="accept"))
    assert "还没分流" in page.text
    assert [case.stage for case in all_of(clerk, Case)] == ["registered", "screened"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "没有写来的是谁"),
        ({"phone": "123"}, "电话号码不对"),
        ({"id_number": "360121196803122269"}, "校验不符"),
        ({"other": "，"}, "看不出对方是谁"),
        ({"kind": "没有的类型"}, "列表里没有这个类型"),
        ({"amount": "两千"}, "金额写数字"),
        ({"story": "一\x00二"}, "控制字符"),
        ({"data_notice": ""}, "个人信息告知书"),
        ({"channel": "court_commission"}, "要写是哪个法院"),
        ({"applied_on": "2026-11-24"}, "申请日期在今天之后"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(clerk, wrong, said):
    page = clerk.submit("/intake", status=200, **(TYPED | wrong))
    assert said in page.text
    kept = TYPED | wrong
    assert (kept["other"] or TYPED["claims"]) in page.html and all_of(clerk, Case) == []


def test_the_same_form_sent_twice_makes_one_case(clerk):
    page = clerk.get("/intake")
    hidden = next(form["fields"] for form in page.forms if "key" in form["fields"])
    first = clerk.post("/intake", **(hidden | TYPED))
    again = clerk.post("/intake", **(hidden | TYPED))
    assert first.headers["Location"] == again.headers["Location"]
    assert len(all_of(clerk, Case)) == 1


def test_fields_that_the_form_does_not_show_change_nothing(clerk):
    clerk.submit("/intake", **TYPED, register_no="x", state="closed", centre_id="1", is_sealed="y")
    [case] = all_of(clerk, Case)
    assert (case.state, case.register_no, case.is_sealed) == ("registered", "南矛调登〔2026〕1号", False)


def test_a_draft_comes_back_and_a_save_ends_it(clerk):
    token = clerk.get("/intake").forms[-1]["fields"]["csrf_token"]
    said = clerk.client.post("/intake/draft", data={"csrf_token": token, "name": "万秋莲", "story": STORY, "evil": "x"})
    assert said.text == "草稿 10:00:00 已存" and said.mimetype == "text/plain"
    page = clerk.get("/intake")
    assert "草稿 10:00:00 已存" in page.text and STORY in page.html and 'value="万秋莲"' in page.html
    clerk.submit("/intake", **TYPED)
    assert clerk.ask(drafts.load, "intake", by=clerk.by) is None
    assert STORY not in clerk.get("/intake").html


def test_clearing_drops_the_draft(clerk):
    token = clerk.get("/intake").forms[-1]["fields"]["csrf_token"]
    clerk.client.post("/intake/draft", data={"csrf_token": token, "name": "万秋莲"})
    clerk.submit("/intake/clear", at="/intake")
    assert "万秋莲" not in clerk.get("/intake").html


def test_typing_after_the_session_has_ended_is_told_so(app):
    app.config["WTF_CSRF_ENABLED"] = False
    assert app.test_client().post("/intake/draft", data={"name": "万秋莲"}).status_code == 401


def panel(clerk, **typed):
    token = clerk.get("/intake").forms[-1]["fields"]["csrf_token"]
    answer = clerk.client.post("/intake/live", data={"csrf_token": token, **typed})
    assert answer.status_code == 200
    return Page(answer.text)


def test_the_panel_answers_while_one_types(clerk):
    empty = panel(clerk)
    assert "就查" in empty.text and "还差 5 项" in empty.text and 'type="checkbox"' not in empty.html
    page = panel(clerk, **(TYPED | {"kind": ""}))
    assert "没来过" in page.text and "1968年3月12日生，58 岁" in page.text
    assert "采纳类型“用水、排水”" in page.text and "还差 1 项：类型" in page.text
    assert "问一问伤人自伤" in page.text and page.html.count('type="checkbox"') == 6
    clerk.submit("/intake", **TYPED)
    page = panel(clerk, **TYPED, harm="y")
    assert "有 1 件可能是同一件事" in page.text and "同一人、同一对方、同一地点、经过相像 100%" in page.text
    assert "人民调解，武阳镇人民调解委员会" in page.text
    assert "要报告 1 件" in page.text and "最晚 11-23 23:59" in page.text
    assert TYPED["id_number"] not in page.html


ALL_NO = {"none": "y"}


def test_a_repeat_is_offered_chosen_and_told_on_both_cases(clerk):
    """Without the script: the panel is asked for by a button, the answer is one of its radios."""
    first = saved(clerk.submit("/intake", **TYPED, **ALL_NO))
    page = clerk.submit("/intake", status=200, **TYPED, look="1")
    assert f'value="repeat:{first}"' in page.html and f'value="join:{first}"' in page.html
    assert "统计记第 2 次" in page.text and page.html.count(" checked") == 1
    second = saved(clerk.submit("/intake", **TYPED, **ALL_NO, belongs=f"repeat:{first}"))
    assert "此前来访" in clerk.get(f"/intake/{second}").text
    assert "第 2 次来访，共 2 批 2 人次；上一次：" in clerk.get(f"/cases/{second}").text
    assert "第 1 次来访，共 2 批 2 人次" in clerk.get(f"/cases/{first}").text


def test_a_visit_joins_the_running_case(clerk):
    running = saved(clerk.submit("/intake", **TYPED, **ALL_NO))
    page = clerk.submit("/intake", status=200, **TYPED, belongs=f"join:{running}")
    assert "先答完五问" in page.text and f'value="join:{running}" form="intake"' in page.html
    assert page.html.count(" checked") == 1, "the choice stays"
    joined = saved(clerk.submit("/intake", **TYPED, **ALL_NO, belongs=f"join:{running}"))
    assert "已并案" in clerk.get(f"/intake/{joined}").text
    late = saved(clerk.submit("/intake", **TYPED, harm="y", belongs=f"join:{running}"), "?join=1")
    assert "先办完报告责任" in clerk.get(f"/intake/{late}?join=1").text


def saved(page, query=""):
    assert page.location.endswith(f"{query}#print")
    return page.location.split("/intake/")[1].partition("#")[0].partition("?")[0]


def test_the_panel_bears_whatever_is_typed(clerk):
    names = (*TYPED, "channel", "applied_on", "capacity", "type_code", "area_code", "violence")
    for value in ("一\x00\x07", "x" * 30_000, "等十十人", "<script>alert(1)</script>"):
        page = panel(clerk, **dict.fromkeys(names, value))
        assert "<script>" not in page.html


def test_without_the_script_the_suggested_type_is_a_button(clerk):
    page = clerk.submit("/intake", status=200, **(TYPED | {"kind": ""}), take_type="neighbour.water")
    assert 'value="用水、排水"' in page.html and 'value="neighbour.water"' in page.html


@pytest.mark.parametrize(
    ("what", "letters", "label"),
    [("places", "wyqj", "武阳镇 前进村"), ("types", "ysps", "用水、排水"), ("causes", "民间借贷", "民间借贷纠纷")],
)
def test_places_types_and_causes_are_found_by_their_letters(clerk, what, letters, label):
    found = clerk.client.get(f"/pick/{what}", query_string={"q": letters}).json
    assert label in [each["label"] for each in found]


def test_the_five_questions_on_their_own_page(clerk):
    address = clerk.submit("/intake", **TYPED).headers["Location"].partition("#")[0]
    screen = f"/cases/{address.rsplit('/', 1)[-1]}/screen"
    assert "五问还没答" in clerk.submit(screen, status=200).text
    clerk.submit(screen, violence="y", capacity="limited")
    [case] = all_of(clerk, Case)
    assert case.stage == "screened" and [duty.kind for duty in all_of(clerk, RiskDuty)] == ["violence"]


@pytest.fixture
def correcting(clerk):
    """The page on which a case is corrected, and the fields as they stand there."""
    case = clerk.submit("/intake", **TYPED).headers["Location"].rsplit("/", 1)[-1].partition("#")[0]
    address = f"/cases/{case}/correct"
    page = clerk.get(address)
    fields = dict(next(form["fields"] for form in page.forms if "version" in form["fields"]))
    fields |= {"story": STORY, "claims": "恢复原状", "channel": "window"}
    return address, fields


def test_a_correction_wants_its_reason(clerk, correcting):
    address, fields = correcting
    page = clerk.post(address, status=200, **(fields | {"amount_fen": "3600"}))
    assert "没有写更正的理由" in page.text and "3600" in page.html
    clerk.post(address, **(fields | {"amount_fen": "3600", "reason": "听错了"}))
    [case] = all_of(clerk, Case)
    assert (case.amount_fen, case.story, case.area_code) == (360_000, STORY, "360121106207")


def test_the_later_of_two_sees_both_versions_and_loses_nothing(app, centre, clerk, correcting):
    address, fields = correcting
    other = visitor(app, centre, Role.DISPATCHER, "邹晓岚")
    theirs = other.get(address).forms
    token = next(form["fields"]["csrf_token"] for form in theirs if "csrf_token" in form["fields"])
    other.post(address, **(fields | {"csrf_token": token, "claims": "拆掉水泥", "reason": "补记"}))
    mine = fields | {"claims": "恢复原状并赔厨房", "amount_fen": "3600", "reason": "听错了"}
    answer = clerk.client.post(address, data=mine)
    assert answer.status_code == 409
    assert "邹晓岚" in answer.text and "拆掉水泥" in answer.text and "恢复原状并赔厨房" in answer.text
    [case] = all_of(clerk, Case)
    assert (case.claims, case.amount_fen) == ("拆掉水泥", 260_000)
    page = Page(answer.text)
    merge = dict(next(form["fields"] for form in page.forms if "as_shown" in form["fields"]))
    assert [each["name"] for each in page.controls if each.get("type") == "radio"] == ["claims", "claims"]
    clerk.post(address, **(merge | {"claims": "恢复原状并赔厨房"}))
    assert all_of(clerk, Case)[0].claims == "恢复原状并赔厨房"


def test_what_only_one_of_two_changed_is_not_asked_about(app, centre, clerk, correcting):
    """P31: the other's place and amount are taken, one's own claims are kept, nothing is left to choose."""
    address, fields = correcting
    other = visitor(app, centre, Role.DISPATCHER, "邹晓岚")
    token = next(form["fields"]["csrf_token"] for form in other.get(address).forms if "csrf_token" in form["fields"])
    theirs = {"csrf_token": token, "amount_fen": "2,800", "place": "沟边", "area": "", "reason": "补记"}
    other.post(address, **(fields | theirs))
    answer = clerk.client.post(address, data=fields | {"claims": "恢复原状并赔厨房", "reason": "听错了"})
    page = Page(answer.text)
    assert answer.status_code == 409 and "没有要选的" in page.text
    assert "只有您改的" in page.text and "只有邹晓岚改的" in page.text and "2,800.00" in page.text
    clerk.post(address, **next(form["fields"] for form in page.forms if "as_shown" in form["fields"]))
    [case] = all_of(clerk, Case)
    kept = case.claims, case.amount_fen, case.place, case.area_code
    assert kept == ("恢复原状并赔厨房", 280_000, "沟边", None)


def test_a_place_that_is_none_is_not_taken_for_one(clerk, correcting):
    address, fields = correcting
    page = clerk.post(address, status=200, **(fields | {"area": "没有的村", "reason": "听错了"}))
    assert "列表里没有这个地点" in page.text


@pytest.mark.parametrize("role", [Role.LEADER, Role.SUPERVISOR, Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_the_window_is_shut_to_other_posts(app, centre, role):
    somebody = visitor(app, centre, role, "罗金水")
    assert [somebody.status(page) for page in ("/intake", "/intake/notice")] == [403, 403]


def test_a_character_that_no_font_draws_is_named_and_may_be_left_for_the_pen(clerk):
    """The save says which character and asks; a ruled blank is recorded on the receipt."""
    strange = TYPED | {"name": "万\ue000莲"}
    page = clerk.submit("/intake", status=200, **strange)
    assert "U+E000" in page.text and "回执上留空，用笔写上" in page.text and not all_of(clerk, Case)
    clerk.submit("/intake", **strange, by_hand="y")
    [receipt] = all_of(clerk, Paper)
    assert receipt.handwritten == {"characters": ["\ue000"]}


def test_the_save_leads_to_the_receipt_to_be_printed(clerk):
    """It is set by the scheduler or by whoever opens it first; until then the page says so."""
    answer = clerk.submit("/intake", **TYPED)
    assert answer.headers["Location"].endswith("#print")
    page = clerk.get(answer.headers["Location"].split("#")[0])
    assert "frame-src 'self'" in page.response.headers["Content-Security-Policy"]
    [receipt] = all_of(clerk, Paper)
    state = f"/papers/{receipt.public_id}/state"
    assert state in page.html and clerk.client.get(state).json == {"state": "waiting"}
    clerk.ask(_have_failed, receipt.id)
    assert clerk.client.get(state).json == {"state": "failed"}
    paper = clerk.client.get(f"/papers/{receipt.public_id}.pdf")
    assert paper.data.startswith(b"%PDF") and paper.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert clerk.client.get(state).json == {"state": "ready"}


def _have_failed(paper_id):
    with transaction():
        session.get_one(Paper, paper_id).error = "PressBusy"


def test_another_windows_receipt_is_not_found(app, centre, clerk):
    address = clerk.submit("/intake", **TYPED).headers["Location"].partition("#")[0]
    with app.app_context():
        window = makers.make_unit(centre, UnitKind.WINDOW, "莲塘镇受理窗口")
        by = makers.make_actor(centre, Role.INTAKE_CLERK, window, name="万丽")
    assert Visitor(app, by).status(address) == 404


def test_the_notice_can_be_shown(clerk):
    assert "第 1 版" in clerk.get("/intake/notice").text
