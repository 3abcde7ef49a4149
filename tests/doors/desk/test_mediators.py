"""The pool at the desk: enrolled, changed, removed; a roster shown before it is taken over, and taken along."""

import io

import pytest

from mediation.ground import sheets
from mediation.ground.db import session
from mediation.ground.trail import TrailEntry
from mediation.registry.access.rules import Role
from mediation.registry.mediators.models import Mediator
from tests.doors.visitor import Visitor
from tests.makers import make_actor, make_centre, make_mediator, make_unit

ROSTER = (
    "南昌县人民调解员名册\n"
    "编号,姓名,出生日期,所属调委会,擅长,培训时间\n"
    "01,熊桂生,1970-05-04,莲塘镇人民调解委员会,邻里,2026-03-01\n"
    "02,万秋莲,1981-02-03,莲塘镇人民调解委员会,合同,2026-03-01\n"
    "03,涂小军,2015-01-01,莲塘镇人民调解委员会,合同,\n"
)


@pytest.fixture
def centre(app):
    with app.app_context():
        return make_centre()


@pytest.fixture
def unit(app, centre):
    with app.app_context():
        return make_unit(centre)


def visitor(app, centre, role, unit=None, name="程志远"):
    with app.app_context():
        by = make_actor(centre, role, unit, name=name)
    return Visitor(app, by)


@pytest.fixture
def admin(app, centre):
    return visitor(app, centre, Role.SYSTEM_ADMIN)


def show(admin, content, **fields):
    page = admin.get("/mediators/import")
    token = {"csrf_token": page.forms[-1]["fields"]["csrf_token"]}
    file = (io.BytesIO(content), "名册.csv")
    return admin.post("/mediators/import", status=200, file=file, unit="", **token, **fields)


def mediators(admin):
    return {row.name: row for row in admin.ask(lambda: session.query(Mediator).all())}


def test_from_enrolled_to_removed(admin, unit):
    answer = admin.submit(
        "/mediators/new", name="熊桂生", birth_on="1970-05-04", sex="male", unit=unit.public_id,
        source="retired_police", types=["neighbour"], term_from="2026-01-01", trained_on="2026-03-01",
    )
    page = answer.headers["Location"]
    assert "熊桂生" in admin.get("/mediators?q=xgs").text
    admin.submit(
        page, name="熊桂生", birth_on="1970-05-04", unit=unit.public_id, term_from="2026-01-01", term_to="2027-12-31",
        sex="", source="", account="",
    )
    assert mediators(admin)["熊桂生"].term_to.year == 2027
    admin.submit(f"{page}/remove", on="2026-11-23", reason="本人辞任")
    assert "没有对上的调解员" in admin.get("/mediators?q=xgs").text
    assert "本人辞任" in admin.get(page).text


def test_a_child_is_no_mediator(admin, unit):
    page = admin.submit(
        "/mediators/new", name="涂小军", birth_on="2015-01-01", unit=unit.public_id, term_from="2026-01-01", sex="",
        source="", status=200,
    )
    assert "不满18周岁" in page.text and 'value="涂小军"' in page.html


def test_a_roster_is_shown_first_then_taken_over_then_changes_nothing(admin, unit):
    page = show(admin, ROSTER.encode())
    assert "还没有写入" in page.text and "新增 2" in page.text and "不导入 1" in page.text
    assert "涂小军不满18周岁" in page.text and not mediators(admin)
    confirm = next(form for form in page.forms if form["action"] == "/mediators/import/confirm")
    admin.post(confirm["action"], **confirm["fields"])
    assert set(mediators(admin)) == {"熊桂生", "万秋莲"}
    page = show(admin, ROSTER.replace("2026-03-01", "2026-10-08", 1).encode("gb18030"))
    assert "更改 1" in page.text and "不变 1" in page.text and "最近培训 2026-03-01 → 2026-10-08" in page.text
    assert "照此导入" in page.text
    assert "照此导入" not in show(admin, ROSTER.splitlines()[1].encode() + b"\n").text


def test_an_id_number_does_not_wait_for_a_confirmation(admin, unit):
    number = "360121197005040016"
    content = f"姓名,身份证号,单位\n熊桂生,{number},莲塘镇人民调解委员会\n".encode()
    page = show(admin, content)
    assert number not in page.html


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xff\xfe", "甲,乙\n1,2\n".encode(), b"x" * 3000])
def test_a_file_that_is_no_roster(admin, unit, content, monkeypatch):
    monkeypatch.setattr(sheets, "LARGEST", 2000)
    page = show(admin, content)
    assert "处要改" in page.text and "看看" in page.text


MADE_UP = ("[]", "{}", "no json", "[[1, 2]]", "[[1]]", '[["x", {"name": 1}]]', '[[1, {"x": 1}]]', '[[1, {"name": []}]]')


@pytest.mark.parametrize("lines", MADE_UP)
def test_a_confirmation_that_was_made_up(admin, unit, lines):
    page = admin.get("/mediators/import")
    data = {"csrf_token": page.forms[-1]["fields"]["csrf_token"], "lines": lines}
    assert admin.client.post("/mediators/import/confirm", data=data).status_code in (302, 400)
    assert not mediators(admin)


def test_an_export_is_a_sheet_and_leaves_a_trace(admin, centre, unit):
    admin.ask(make_mediator, centre, unit, name="=熊桂生")
    form = next(form for form in admin.get("/mediators/export").forms if "reason" in form["fields"])
    answer = admin.client.post("/mediators/export", data=form["fields"] | {"reason": "报县司法局"})
    rows = sheets.read(answer.data)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mediators-20261123.xlsx"'
    assert [row[1] for row in rows] == ["姓名", "=熊桂生"]

    def told():
        return session.query(TrailEntry).filter_by(event="mediators.exported").one().params

    chosen = {"q": "", "unit": "", "standing": "in_term", "reason": "报县司法局"}
    assert admin.ask(told) == {"rows": 1, "filter": chosen}


def test_the_list_turns_pages_by_name(admin, centre, unit):
    def many():
        for number in range(120):
            make_mediator(centre, unit, name=f"熊{number:03}", register_no=None)

    admin.ask(many)
    seen, address = [], "/mediators"
    while address:
        page = admin.get(address)
        seen.append([part.split("<")[0] for part in page.html.split('class="t" href="')[1:]])
        ahead = page.html.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
        back = page.html.partition('rel="prev" href="')[2].partition('"')[0].replace("&amp;", "&")
        address = f"/mediators{ahead}" if ahead else None
    assert [len(rows) for rows in seen] == [50, 50, 20]
    again = admin.get(f"/mediators{back}")
    assert [part.split("<")[0] for part in again.html.split('class="t" href="')[1:]] == seen[1]


def test_a_head_keeps_the_own_branch_only(app, centre, unit):
    with app.app_context():
        other = make_unit(centre, name="向塘镇人民调解委员会")
    with app.app_context():
        foreign = make_mediator(centre, unit, name="熊桂生").public_id
    with app.app_context():
        own = make_mediator(centre, other, name="万秋莲").public_id
    head = visitor(app, centre, Role.HEAD, other)
    page = head.get("/mediators")
    assert "万秋莲" in page.text and "熊桂生" not in page.text and "莲塘" not in page.text.partition("姓名、拼音")[2]
    head.get(f"/mediators/{own}")
    head.get(f"/mediators/{foreign}", status=404)
    head.get(f"/mediators/{foreign}/remove", status=404)
