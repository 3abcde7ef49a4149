"""The ways into the centre at the desk: collection points, outside numbers, sheets of orders, what is not taken."""

import re
from datetime import timedelta
from io import BytesIO

import pytest

from mediation.casefile.cases.models import Case
from mediation.ground import clock, jobs, sheets
from mediation.ground.db import session
from mediation.registry.access.rules import Role
from mediation.registry.points import queries as points
from tests import makers, road
from tests.doors.visitor import Visitor

TYPED = {
    "name": "万秋莲", "phone": "13970812716", "other": "涂国平", "story": "排水沟垫高，雨水倒灌进厨房",
    "claims": "恢复原状", "kind": "用水、排水", "channel": "wechat",
}
POINT = {"code": "QJ-01", "name": "前进村说事点", "kind": "talk", "channel": "wechat", "area_code": "", "unit": ""}


@pytest.fixture
def centre(app):
    with app.app_context():
        return makers.make_centre()


def visitor(app, centre, role=Role.INTAKE_CLERK):
    with app.app_context():
        return Visitor(app, makers.make_actor(centre, role))


def work():
    while jobs.run_next():
        pass


def newest(somebody):
    return somebody.ask(lambda: session.query(Case).order_by(Case.id.desc()).first().public_id)


def test_a_point_is_asked_for_once_there_is_one_and_remembered(app, centre):
    admin, clerk = visitor(app, centre, Role.SYSTEM_ADMIN), visitor(app, centre)
    assert 'id="point"' not in clerk.get("/intake").html
    admin.submit("/points/new", on="2026-11-23", **POINT)
    point = admin.ask(lambda: points.points(centre.id)[0].public_id)
    assert "前进村说事点" in admin.get("/points").text

    refused = clerk.submit("/intake", status=200, **TYPED | {"channel": "window", "point": point})
    assert "请改渠道或者重选" in refused.text
    clerk.submit("/intake", **TYPED | {"point": point})
    page = clerk.get("/intake").html
    assert re.search(rf'<option[^>]* selected[^>]* value="{point}"', page)
    assert "微信群（前进村说事点）" in page
    assert "万秋莲与涂国平" in clerk.get(f"/cases?point={point}").text
    assert "万秋莲与涂国平" not in clerk.get(f"/cases?point={'A' * 22}").text
    assert "万秋莲与涂国平" not in clerk.get("/cases?channel=window").text

    case = newest(clerk)
    clerk.submit(f"/cases/{case}/correct", reason="听错了", story=TYPED["story"], kind=TYPED["kind"], channel="window",
                 point="", applied_on="2026-11-23", people_count="1")
    assert "万秋莲与涂国平" not in clerk.get(f"/cases?point={point}").text

    admin.submit(f"/points/{point}/end", on="2026-11-23")
    assert "用到" in admin.get("/points?ended=1").text
    admin.submit(f"/points/{point}/take-up", at=f"/points/{point}")
    admin.submit(f"/points/{point}", **POINT | {"name": "前进村老樟树说事点"})
    assert "前进村老樟树说事点" in admin.get("/points").text


def test_numbers_of_other_systems_are_entered_and_updated_from_the_case(app, centre):
    clerk = visitor(app, centre)
    clerk.submit("/intake", **TYPED | {"channel": "hotline_12345", "outside_no": "NC2026-871"})
    case = newest(clerk)
    given = {"system": "province", "said_on": "2026-11-23", "reached": "unknown"}
    assert "没有写对方系统里的编号" in clerk.submit(f"/cases/{case}/outside", status=200, **given).text
    clerk.submit(f"/cases/{case}/outside", **given | {"number": "GX36-118"})
    row = re.search(r"/outside/([\w-]{22})", clerk.get(f"/cases/{case}/outside").html)[1]
    clerk.submit(f"/outside/{row}", reached="answered", said_on="2026-11-23")
    for page in (f"/cases/{case}", f"/cases/{case}/history"):
        assert "已回复" in clerk.get(page).text
    assert "NC2026-871" in clerk.get(f"/cases/{case}").text
    assert case in clerk.get("/search?q=GX36-118", status=302).html


def test_a_sheet_is_brought_looked_at_registered_and_completed(app, centre):
    clerk = visitor(app, centre)
    headings = ["工单编号", "来电时间", "来电人", "联系电话", "被反映对象", "诉求内容"]
    rows = [
        ["NC-1", "2026-11-20", "章小红", "无", "邓建军", "借款五千元三年没有还，打了借条。"],
        ["NC-2", "2026-11-20", "袁桂香", "无", "", "楼上漏水，天花板泡坏了。"],
        ["NC-3", "2026-11-20", "", "无", "", "问路灯哪天亮。"],
    ]
    clerk.submit("/orders", channel="hotline_12345", file=(BytesIO(sheets.write("工单", headings, rows)), "工单.xlsx"))
    sheet = re.search(r"/orders/([\w-]{22})", clerk.get("/orders").html)[1]
    clerk.ask(work)
    page = clerk.get(f"/orders/{sheet}")
    assert "1 件直接登记，2 件进" in page.text and "没有写对方" in page.text
    clerk.submit(f"/orders/{sheet}/run", at=f"/orders/{sheet}")
    assert clerk.client.get(f"/orders/{sheet}/progress").json["over"] is False
    clerk.ask(work)
    assert clerk.client.get(f"/orders/{sheet}/progress").json["over"] is True
    assert "章小红与邓建军" in clerk.get("/cases?channel=hotline_12345").text
    assert clerk.client.get(f"/orders/{sheet}/not-registered").data.startswith(b"PK")

    waiting = clerk.get("/orders/waiting")
    chosen = re.search(r'value="([\w-]{22})" aria-label="选 NC-3"', waiting.html)[1]
    assert "late" not in waiting.html.partition("data-rows")[2]
    clock.freeze(clock.now() + timedelta(days=4))
    clerk = visitor(app, centre)  # who logged in four days ago has to log in again
    assert 'class="late">4 天' in clerk.get("/orders/waiting").html
    told = {"id": chosen, "reason": "问路灯，不是纠纷"}
    drop = {"at": "/orders/waiting", **told}
    assert "要写理由" in clerk.submit("/orders/waiting/drop", status=200, **drop | {"reason": ""}).text
    clerk.submit("/orders/waiting/drop", **drop)
    assert "没有勾选" in clerk.submit("/orders/waiting/drop", status=200, **drop).text
    order = re.search(r"order=([\w-]{22})", clerk.get("/orders/waiting").html)[1]
    page = clerk.get(f"/intake?order={order}")
    assert "袁桂香" in page.html and "没有写对方" in page.text
    clerk.submit(f"/intake?order={order}", name="袁桂香", phone="无", other="不详", kind="楼上漏水",
                 story="楼上漏水，天花板泡坏了。", channel="hotline_12345", outside_no="NC-2", applied_on="2026-11-20")
    assert "没有要补齐的" in clerk.get("/orders/waiting").text
    assert "袁桂香" in clerk.get("/cases?channel=hotline_12345").text


def test_the_window_does_not_take_a_dispute_and_says_where_to_go(app, centre):
    clerk = visitor(app, centre)
    refusal = {"ground": "one_refuses", "ways": "suit", "told": "y", "words": ""}
    lacks = clerk.submit("/signposts/new", status=200, **refusal | {"told": "", "people": "1"})
    assert "还没有把别的途径告诉来访人" in lacks.text
    kept = clerk.submit("/signposts/new", **refusal | {"people": "2"})
    assert "南矛调不受〔2026〕1号" in clerk.follow(kept).text
    assert clerk.client.get(kept.headers["Location"] + "/letter").data.startswith(b"%PDF")

    clerk.submit("/intake", **TYPED)
    case = newest(clerk)
    clerk.submit(f"/cases/{case}/not-accepted", **refusal)
    page = clerk.get(f"/cases/{case}").text
    assert "不予受理告知书" in page and "一方明确拒绝调解" in page
    figures = clerk.get("/figures/origins?since=2026-11-01&until=2026-11-30").text
    assert "微信群" in figures and "一方明确拒绝调解" in figures
    assert "南矛调不受〔2026〕2号" in clerk.get("/signposts").text


def test_a_mediator_registers_what_the_body_found_itself_and_nothing_else(app, centre):
    mediator, clerk = visitor(app, centre, Role.MEDIATOR), visitor(app, centre)
    page = mediator.get("/intake")
    assert "主动登记" in page.text
    assert 'value="patrol"' in page.html and 'value="window"' not in page.html
    mediator.submit("/intake", **TYPED | {"channel": "window", "violence": "y"})
    case = newest(clerk)
    assert clerk.ask(lambda: session.query(Case).filter_by(public_id=case).one().channel) == "patrol"
    assert clerk.get(f"/cases/{case}/history").text.count("有没有家庭暴力") == 1
    assert clerk.ask(lambda: session.query(Case).filter_by(public_id=case).one().limitation_interrupted_on) is None
    mediator.get(f"/cases/{case}", status=404)
    assert mediator.status("/orders") == 403


def test_the_liaison_registers_a_court_letter_and_sees_the_days_left(app):
    with app.app_context():
        county = road.make_county()
    liaison = Visitor(app, county.liaison)
    told = {
        "channel": "court_commission", "court_name": "南昌县人民法院", "letter_no": "（2026）南法委派31号",
        "received_on": "2026-11-20", "applicants": "万秋莲", "respondents": "涂国平",
    }
    liaison.submit("/letters/new", **told)
    page = liaison.get("/letters")
    assert "没签收" in page.text
    letter = re.search(r"/letters/([\w-]{22})", page.html)[1]
    liaison.submit(f"/letters/{letter}", **told | {"signed_on": "2026-11-20"})
    page = liaison.get(f"/intake?letter={letter}")
    assert "（2026）南法委派31号" in page.html and "12月21日" in page.text
    liaison.submit(f"/intake?letter={letter}", **TYPED | {
        "channel": "court_commission", "outside_no": told["letter_no"], "court_name": told["court_name"],
        "court_received_on": "2026-11-20",
    })
    assert "万秋莲与涂国平" in liaison.get("/letters").text
    case = newest(liaison)
    assert "按法院来函" in liaison.get(f"/cases/{case}/history").text
