"""Units, areas, accounts and posts at the desk, by the roles that may and those that may not."""

import re

import pytest

from mediation.registry.access.rules import Permission, Role
from mediation.registry.staff import queries as staff
from mediation.registry.units import queries as units
from tests.doors.visitor import Visitor
from tests.makers import make_actor, make_centre, make_unit


@pytest.fixture
def centre(app):
    with app.app_context():
        return make_centre()


@pytest.fixture
def root(app, centre):
    """The public id of the centre's own unit."""
    with app.app_context():
        return units.root(centre.id).public_id


def visitor(app, centre, role, name):
    with app.app_context():
        by = make_actor(centre, role, name=name)
    return Visitor(app, by)


@pytest.fixture
def admin(app, centre):
    return visitor(app, centre, Role.SYSTEM_ADMIN, "程志远")


@pytest.fixture
def security(app, centre):
    return visitor(app, centre, Role.SECURITY_ADMIN, "傅建华")


def rooms_of(rule):
    return rule.endpoint.split(".")[1] if rule.endpoint.startswith("desk.") else ""


ADMINISTRATION = {"units", "areas", "points", "accounts", "mediators", "settings", "calendars"}
ANY = {"public_id": "A" * 22, "code": "360121100", "year": 2027, "kind": "days", "key": "JC-01"}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_each_page_opens_to_the_roles_that_are_granted_it(app, centre, role):
    """P1, P5: read and write; no page of administration is open to everybody who is logged in."""
    somebody = visitor(app, centre, role, "龚雪琴")
    for rule in app.url_map.iter_rules():
        if rooms_of(rule) not in ADMINISTRATION:
            continue
        needed = app.view_functions[rule.endpoint].policy
        assert isinstance(needed, Permission), rule.endpoint
        address = rule.build({name: ANY[name] for name in rule.arguments})[1]
        for method in rule.methods & {"GET", "POST"}:
            is_shut = somebody.status(address, method) == 403
            assert is_shut != somebody.by.may(needed), f"{role} {method} {rule.endpoint}"


def test_nobody_enters_without_a_log_in(app, centre):
    client = app.test_client()
    assert client.get("/units").status_code == 302
    assert client.post("/units/new").status_code in (400, 401)


def test_a_unit_from_new_to_ended(admin, root):
    answer = admin.submit(
        "/units/new", kind="committee", name="莲塘镇人民调解委员会", parent=root, area_code="360121",
        number_word="莲民调", types=["neighbour", "contract"], on="2026-03-02",
    )
    page = admin.follow(answer)
    assert "莲塘镇人民调解委员会" in page.text and "莲民调" in page.text
    unit = answer.headers["Location"]
    admin.submit(f"{unit}/change", name="莲塘街道人民调解委员会", parent=root, area_code="360121", on="2026-07-01")
    page = admin.get(unit)
    assert page.title.startswith("莲塘街道") and "名称 莲塘镇人民调解委员会" in page.text and "程志远" in page.text
    admin.submit(f"{unit}/end", on="2026-11-23")
    assert "莲塘街道" in admin.get("/units").text
    assert "莲塘街道" not in admin.get("/units?q=向塘").text


def test_what_a_unit_may_not_be_is_said_on_the_form_that_keeps_what_was_typed(admin, root):
    with_word = {"kind": "committee", "area_code": "360121", "number_word": "莲民调", "on": "2026-03-02"}
    admin.submit("/units/new", name="莲塘镇人民调解委员会", parent=root, **with_word)
    page = admin.submit("/units/new", name="向塘镇人民调解委员会", parent=root, status=200, **with_word)
    assert "案号字“莲民调”已由“莲塘镇人民调解委员会”使用" in page.text
    assert 'value="向塘镇人民调解委员会"' in page.html


def test_two_people_change_one_unit(admin, centre, root):
    """P31: the later is shown both versions."""
    unit = admin.ask(make_unit, centre)
    page = admin.get(f"/units/{unit.public_id}/change")
    form = page.forms[-1]["fields"] | {"parent": root, "area_code": "360121"}
    admin.submit(f"/units/{unit.public_id}/change", **{**form, "phone": "0791-85710001"})
    page = admin.client.post(f"/units/{unit.public_id}/change", data={**form, "phone": "0791-85710002"})
    assert page.status_code == 409
    assert "0791-85710001" in page.text and "0791-85710002" in page.text and "程志远" in page.text


def test_rooms(admin, centre):
    admin.submit("/rooms", name="1 号调解室", seats="6", unit="")
    assert "1 号调解室" in admin.get("/rooms").text
    (room,) = admin.ask(units.rooms, centre.id)
    address = f"/rooms/{room.public_id}"
    refused = admin.submit(address, status=200, name="1 号调解室", seats="6", unit="", hours="整天")
    assert "08:30-12:00" in refused.text
    admin.submit(address, name="1 号调解室", seats="6", unit="", hours="08:30-12:00", place="二楼东头")
    admin.submit(f"{address}/close", first="2026-11-30", last="2026-12-02", why="检修空调")
    page = admin.get(address)
    assert "检修空调" in page.text and "二楼东头" in page.text and "什么时间能用" in page.text
    admin.submit(f"{address}/end", on="2026-11-30")
    assert admin.ask(units.rooms, centre.id)[0].valid_to


def test_areas(admin, centre):
    admin.submit("/areas/load", at="/areas")
    page = admin.get("/areas?town=360121100")
    assert "莲塘镇" in page.text and "澄湖西路" in page.text
    admin.submit("/areas/360121100", **{"rename-name": "莲塘街道", "rename-on": "2026-11-24"})
    admin.get("/areas/360121999", status=404)


def test_from_account_to_log_in(app, admin, security, centre):
    unit = admin.ask(make_unit, centre)
    answer = admin.submit("/accounts/new", login="gongxq", name="龚雪琴")
    account = answer.headers["Location"]
    page = admin.submit(f"{account}/code", at=account, status=200)
    code = page.html.split("<dd><b>")[1].split("</b>")[0]
    assert "http://127.0.0.1:8000/login/code" in page.text, "the host comes from the configuration (P12)"
    assert code not in admin.get(account).text

    posts = account.replace("/accounts/", "/posts/")
    security.submit(posts, role="mediator", unit=unit.public_id, from_="2026-11-23")
    newcomer = app.test_client()
    token = newcomer.get("/login/code").text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    word = {"password": "tian-2468-xiang", "again": "tian-2468-xiang"}
    given = {"csrf_token": token, "account": "gongxq", "code": code, **word}
    assert newcomer.post("/login/code", data=given).status_code == 302
    assert newcomer.post("/login/code", data=given).status_code == 200, "a code works once"
    entering = {"csrf_token": token, "account": "gongxq", "password": "tian-2468-xiang"}
    assert newcomer.post("/login", data=entering).status_code == 302

    (post,) = admin.ask(staff.account, account.rsplit("/", 1)[1], for_=admin.by).posts
    security.submit(f"{posts}/end", at=posts, post=post.public_id, on="2026-11-23")
    assert "2026-11-23" in security.get(posts).text
    admin.submit(f"{account}/disable", at=account)
    assert newcomer.get("/password").status_code == 302, "disabled at the next request (P4)"
    assert "已停用" in admin.get(account).text


def test_an_administrator_s_code_is_not_issued_here(admin, security):
    """P5."""
    other = admin.ask(staff.own_public_id, security.by)
    page = admin.submit(f"/accounts/{other}/code", at=f"/accounts/{other}", status=200)
    assert "flask one-time-code" in page.text


def test_an_administrator_takes_no_second_post(admin, security, root):
    other = admin.ask(staff.own_public_id, admin.by)
    page = security.submit(
        f"/posts/{other}", role="head", unit=root, from_="2026-11-23", status=200
    )
    assert "不能兼任" in page.text


def test_a_deputy(admin, security, centre):
    unit = admin.ask(make_unit, centre)
    admin.ask(make_actor, centre, Role.HEAD, unit, name="万国平")
    (post,) = admin.ask(staff.posts_in, unit.id)
    account = admin.submit("/accounts/new", login="gongxq", name="龚雪琴").headers["Location"]
    posts = account.replace("/accounts/", "/posts/")
    security.submit(f"{posts}/deputy", post=post.public_id, from_="2026-11-23", to="2026-12-04")
    assert "代 万国平" in security.get(posts).text


def test_a_court_that_does_not_follow_the_division_is_entered_and_ended(admin):
    """JC-04 to JC-07: the law stands beside it; a place is named by code or by name."""
    page = admin.get("/courts")
    for words in ("没有填过", "JC-05", "JC-06", "特别的法院"):
        assert words in page.text, words
    zone = {"level": "basic", "name": "开发区人民法院", "court_code": "赣0199", "on": "2026-12-01", "source": "来函"}
    assert "没有这个地方" in admin.submit("/courts", status=200, area="无名镇", **zone).text
    admin.submit("/courts", area="南昌县", **zone)
    page = admin.get("/courts")
    assert "开发区人民法院" in page.text and "还没开始" in page.text
    [there] = set(re.findall(r"/courts/[\w-]{22}/end", page.html))
    assert "第二天起又按区划算：南昌县人民法院" in admin.get(there).text
    assert "不能早于启用日期" in admin.submit(there, status=200, on="2026-11-30").text
    admin.submit(there, on="2026-12-31")
    assert there not in admin.get("/courts").html
