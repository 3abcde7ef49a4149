"""Settings, causes and calendars at the desk: shown with their ground, changed only after a look at the change."""

import base64
import io
from datetime import date

import pytest

from mediation.doors.desk.gradingform import GRADING
from mediation.ground.db import session
from mediation.ground.jobs import Job
from mediation.registry.access.rules import Role
from mediation.registry.calendar.queries import calendar_of
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Kind
from tests.doors.visitor import Visitor
from tests.makers import make_actor, make_centre, make_unit

TODAY = date(2026, 11, 23)
# The notice for 2026 read as if it were the one for 2027 will not do; this one is complete and made up.
HOLIDAYS = {
    "元旦": ("2027-01-01",), "春节": tuple(f"2027-02-{day:02}" for day in range(5, 13)), "清明节": ("2027-04-05",),
    "劳动节": ("2027-05-01", "2027-05-02", "2027-05-03"), "端午节": ("2027-06-09",), "中秋节": ("2027-09-15",),
    "国庆节": tuple(f"2027-10-{day:02}" for day in range(1, 8)),
}
NOTICE = "日期,是否上班,名称\n" + "".join(f"{day},0,{name}\n" for name, days in HOLIDAYS.items() for day in days)


@pytest.fixture
def centre(app):
    with app.app_context():
        return make_centre()


@pytest.fixture
def admin(app, centre):
    with app.app_context():
        by = make_actor(centre, Role.SYSTEM_ADMIN, name="程志远")
    return Visitor(app, by)


def look(admin, address, content, **fields):
    """Send a file to be looked at."""
    page = admin.get(address)
    token = next(form["fields"]["csrf_token"] for form in page.forms if "carried" in form["fields"])
    return admin.post(address, status=200, csrf_token=token, file=(io.BytesIO(content), "表.csv"), **fields)


def take_over(admin, address, page, status=302, **fields):
    """Press the button of the page that shows what would change."""
    carried = next(form["fields"] for form in page.forms if "carried" in form["fields"])
    return admin.post(address, status=status, do="import", **{**carried, **fields})


def test_every_kind_has_a_list_and_every_setting_a_page(admin):
    for kind in Kind:
        page = admin.get(f"/settings?kind={kind}")
        for part in page.html.split('class="t" href="')[1:4]:
            admin.get(part.split('"')[0].replace("&amp;", "&"))
    assert "申请司法确认的期限" in admin.get("/settings").text
    assert "人民调解期限" in admin.get("/settings?q=pm-18").text
    front = admin.get("/settings/front")
    assert "上级平台" in front.text and "平均工资" in front.text and "申请司法确认的期限" not in front.text
    found = admin.get("/settings/front?q=司法确认")
    assert "申请司法确认的期限" in found.text and "调解室" not in found.text
    admin.get("/settings?kind=none", status=404)
    admin.get("/settings/days/NO-99", status=404)


def publish(admin, address, **change):
    """Draft a value and let it hold; return the page of the draft."""
    draft = admin.submit(address, **change).headers["Location"]
    admin.submit(f"{draft}/publish", at=draft)
    return draft


def test_a_value_is_drafted_looked_at_again_and_published_and_the_old_one_stays(admin, centre):
    address = "/settings/days/PM-18"
    change = {
        "amount": "20", "counted_in": "days", "valid_from": "2026-12-01", "unit": "", "source": "县司法局〔2026〕9号",
        "reason": "县里统一缩短",
    }
    draft = admin.submit(address, **change).headers["Location"]
    page = admin.get(draft)
    assert "30 天 → 20 天" in page.text and "还没有生效" in page.text and "程志远" in page.text
    assert "拿最近的案件试一遍" in page.text and "没有一件会不同" in page.text
    assert "原来到 12月31日，改后到 12月21日" in page.text

    def figure(day):
        return settings.days("PM-18", on=day, centre_id=centre.id).amount

    for where in (address, "/settings/front"):
        assert draft in admin.get(where).html  # waits there for a second look
    assert admin.ask(figure, date(2026, 12, 1)) == 30
    changed = admin.submit(f"{draft}/change", **change | {"amount": "21"})
    assert "30 天 → 21 天" in admin.follow(changed).text
    admin.post(f"{draft}/publish", version="1", csrf_token=admin._token(admin.get(draft)))
    assert admin.ask(figure, date(2026, 12, 1)) == 30, "it was looked at before the change"
    admin.submit(f"{draft}/publish", at=draft)
    assert (admin.ask(figure, date(2026, 11, 30)), admin.ask(figure, date(2026, 12, 1))) == (30, 21)
    page = admin.get(address)
    assert "程志远：县里统一缩短" in page.text and "30 天" in page.text and "21 天" in page.text
    assert draft not in page.html and "已公布" in admin.get(draft).text
    dropped = admin.submit(address, **change).headers["Location"]
    admin.submit(f"{dropped}/drop", at=dropped)
    assert "已作废" in admin.get(dropped).text and admin.ask(figure, date(2026, 12, 1)) == 21


def test_a_value_for_one_unit(admin, centre):
    unit = admin.ask(make_unit, centre)
    change = {"amount": "40", "counted_in": "days", "valid_from": "2026-12-01", "source": "镇里定", "reason": "路远"}
    draft = publish(admin, "/settings/days/PM-18", unit=unit.public_id, **change)
    assert unit.name in admin.get(draft).text

    def figure(unit_id):
        return settings.days("PM-18", on=date(2026, 12, 1), centre_id=centre.id, unit_id=unit_id).amount

    assert (admin.ask(figure, unit.id), admin.ask(figure, None)) == (40, 30)


def test_what_no_value_can_be_is_said_on_the_form(admin):
    page = admin.submit(
        "/settings/days/PM-18", status=200, amount="-1", counted_in="days", valid_from="2026-12-01", unit="",
        source="", reason="",
    )
    assert "处要改" in page.text
    page = admin.submit(
        "/settings/days/PM-18", status=200, amount="20", counted_in="fortnights", valid_from="2026-12-01",
        unit="", source="x", reason="x",
    )
    assert "处要改" in page.text


@pytest.mark.parametrize(
    ("kind", "fields", "stored"),
    [
        (Kind.NUMBER, {"number": "16"}, 16),
        (Kind.AMOUNT, {"amount": "5,000.50"}, 500_050),
        (Kind.FLAG, {"is_so": "yes"}, True),
        (Kind.WORDS, {"words": "一\n\n二 \n"}, ["一", "二"]),
        (Kind.TEXT, {"text": "八点"}, "八点"),
        (Kind.WAGE, {"year": "2025", "amount": "92000"}, {"year": 2025, "amount_fen": 9_200_000}),
        (
            Kind.CITATION, {"law": "《中华人民共和国民事诉讼法》", "article": "205", "paragraph": "", "item": ""},
            {"law": "中华人民共和国民事诉讼法", "number": 205, "paragraph": None, "item": None},
        ),
        (
            Kind.TABLE,
            {"difficult-people": "9", "difficult-amount_fen": "80,000", "difficult-visits": "", "simple-people": "2",
             "simple-traits": ["title"], "urgent-flags": ["violence"], "difficult-flags": [], "difficult-traits": [],
             "immediate-flags": [], "urgent-relapse": [], "immediate-traits": [], "urgent-traits": [],
             "simple-amount_fen": "", "simple-visits": "", "immediate-people": "", "urgent-people": "",
             "urgent-visits": ""},
            {"difficult": {"people": 9, "amount_fen": 8_000_000}, "simple": {"people": 2, "traits": ["title"]},
             "urgent": {"flags": ["violence"]}},
        ),
    ],
)
def test_each_kind_of_value_is_typed_in_its_own_way(admin, centre, kind, fields, stored):
    lines = admin.ask(settings.listing, kind, on=TODAY, centre_id=centre.id)
    if not lines:
        pytest.skip("the program asks for no setting of this kind")
    key = next((line.key for line in lines if (kind, line.key) == GRADING), lines[0].key)
    common = {"valid_from": "2026-12-01", "unit": "", "source": "文号", "reason": "试"}
    publish(admin, f"/settings/{kind}/{key}", **fields, **common)
    assert admin.ask(settings.value, kind, key, on=date(2026, 12, 1), centre_id=centre.id) == stored


def test_a_table_must_be_one(admin, centre):
    for table in ("[]", "no json", "{" * 5000):
        page = admin.submit(
            "/settings/table/ST-05", status=200, table=table, valid_from="2026-12-01", unit="",
            source="x", reason="x",
        )
        assert "不是有效的 JSON 对象" in page.text


def test_a_year_is_shown_before_it_is_taken_over(admin, centre):
    assert "2027 年还没有放假通知" in admin.get("/calendars").text
    assert "这里是推算的" in admin.get("/calendars/2027").text
    page = look(admin, "/calendars", NOTICE.encode("gb18030"), year="2027", source="国办发明电〔2026〕7号")
    assert "以前是推算的" in page.text and "照此导入" in page.text and "没有正在办的期限会变" in page.text
    assert 2027 not in admin.ask(calendar_of, centre.id).official_years
    take_over(admin, "/calendars", page, year="2027", source="国办发明电〔2026〕7号")
    assert 2027 in admin.ask(calendar_of, centre.id).official_years
    assert "国办发明电〔2026〕7号" in admin.get("/calendars").text
    assert "春节" in admin.get("/calendars/2027").text and "导入后变了的期限" in admin.get("/calendars/2027").text
    jobs = admin.ask(lambda: [(job.name, job.args) for job in session.query(Job)])
    assert jobs == [("clocks.recompute", {"centre_id": centre.id})]


def test_half_a_year_is_refused(admin):
    page = look(admin, "/calendars", b"date,is_workday,name\n2027-01-01,0,x\n", year="2027", source="x")
    assert "不能导入" in page.text and "照此导入" not in page.text
    page = take_over(admin, "/calendars", page, status=200, year="2027", source="x")
    assert "处要改" in page.text


@pytest.mark.parametrize("address", ["/calendars", "/causes"])
def test_a_file_that_is_none(admin, address):
    fields = {"year": "2027", "source": "x", "valid_from": "2027-01-01"}
    assert "处要改" in look(admin, address, b"\xff\xfe\x00", **fields).text
    page = admin.get(address)
    form = next(form["fields"] for form in page.forms if "carried" in form["fields"])
    assert "请选择文件" in admin.post(address, status=200, **{**form, **fields}).text
    made_up = {**form, **fields, "carried": "not base 64!"}
    assert "处要改" in admin.post(address, status=200, **made_up).text


def test_a_list_of_causes_is_shown_before_it_is_taken_over(admin, centre):
    rows = [
        "代码,级别,编号,案由,上级代码", "11,1,第十一部分,非讼程序案件案由,", "11.41,2,四十一,确认调解协议案件,11",
        "11.41.448,3,448,申请司法确认调解协议,11.41", "11.41.999,3,999,新设的案由,11.41",
    ]
    page = look(admin, "/causes", "\n".join(rows).encode(), valid_from="2026-11-23", source="法〔2026〕1号")
    assert "新增 1，" in page.text and "新设的案由" in page.text
    assert "法〔2026〕1号" not in admin.get("/causes").text
    take_over(admin, "/causes", page, valid_from="2026-11-23", source="法〔2026〕1号")
    assert "法〔2026〕1号" in admin.get("/causes").text
    assert "新设的案由" in admin.get("/causes?q=新设").text


def test_causes_are_looked_up_by_their_letters(admin):
    assert "民间借贷纠纷" in admin.get("/causes?q=mjjd").text
    assert "没有对上的案由" in admin.get("/causes?q=xxxx").text


def test_a_carried_file_is_looked_at_as_closely_as_a_new_one(admin):
    page = look(admin, "/calendars", NOTICE.encode(), year="2027", source="x")
    spoiled = base64.b64encode(b"date,is_workday,name\n2027-01-01,0,x\n").decode()
    page = take_over(admin, "/calendars", page, status=200, year="2027", source="x", carried=spoiled)
    assert "不能导入" in page.text
