"""Mending at the desk: what needs a second pair of eyes becomes a request, and the page says what follows."""

from html.parser import HTMLParser

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.ground.db import session
from mediation.registry.access.rules import Role
from mediation.stages.routing import queries as hops
from tests import makers, road
from tests.doors.visitor import Visitor


@pytest.fixture
def county(app):
    with app.app_context():
        county = road.make_county()
        county.more["supervisor"] = makers.make_actor(county.centre, Role.SUPERVISOR, name="傅督")
        county.more["case"] = road.accepted(county)[0]
        county.more["committee"] = county.committee.public_id
    return county


def row(app, case):
    with app.app_context():
        return session.query(Case).filter_by(public_id=case).one()


def test_an_amount_is_asked_for_and_allowed(app, county):
    case = county.more["case"]
    head, supervisor = Visitor(app, county.head), Visitor(app, county.more["supervisor"])
    here = f"/cases/{case}/correct"
    page = head.get(here)
    assert "存了就是申请，批准以前什么都不变" in page.text
    fields = {"amount_fen": "260", "reason": "多写了一个零"}
    stored = filled(page)
    answer = head.submit(here, **{**stored, **fields})
    asked = answer.headers["Location"]
    page = head.get(asked)
    assert "2,600.00" in page.text and "260.00" in page.text and "自己申请的不能自己批" in page.text
    assert row(app, case).amount_fen == 260_000
    assert "更正申请" in head.get(f"/cases/{case}").text
    page = supervisor.get("/mendings/to-decide")
    assert asked in page.html and "多写了一个零" in page.text
    assert "看申请" in supervisor.get(f"/cases/{case}").text
    assert "要写理由" in supervisor.submit(asked, decision="allow", words="", status=200).text
    supervisor.submit(asked, decision="allow", words="核对过笔录")
    assert row(app, case).amount_fen == 26_000
    page = head.get(asked)
    assert "已批准" in page.text and "调解申请书" in page.text and "金额" in page.text
    assert "内容过时：金额，要用请重新出具" in head.get(f"/cases/{case}").text
    history = head.get(f"/cases/{case}/history").text
    assert "批准更正" in history and "份文书内容过时" in history


class AsItStands(HTMLParser):
    """The fields of a page's main form as nobody has touched them."""

    def __init__(self, html):
        super().__init__()
        self.fields, self._select, self._text = {}, None, None
        self.feed(html.split("<main")[1])

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        name, is_ticked = given.get("name"), given.get("type") not in ("radio", "checkbox") or "checked" in given
        if tag == "input" and name and is_ticked:
            self.fields[name] = given.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in given or self._select not in self.fields):
            self.fields[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._text, self.fields[name] = name, ""

    def handle_data(self, data):
        if self._text:
            self.fields[self._text] += data.removeprefix("\r\n")

    def handle_endtag(self, tag):
        self._text = None if tag == "textarea" else self._text


def filled(page):
    return AsItStands(page.html).fields


def test_one_s_own_request_is_taken_back(app, county):
    case = county.more["case"]
    head = Visitor(app, county.head)
    here = f"/cases/{case}/correct"
    fields = filled(head.get(here)) | {"story": "另一种经过", "reason": "听错了"}
    asked = head.submit(here, **fields).headers["Location"]
    head.submit(f"{asked}/withdraw", at=asked)
    assert "申请人收回" in head.get(f"/cases/{case}").text


def test_the_wrong_person_is_replaced_and_struck_through(app, county):
    with app.app_context():
        case = road.registered(county)
        wrong = cases.parties_of(session.query(Case).filter_by(public_id=case).one().id)[1].public_id
    clerk = Visitor(app, county.clerk)
    here = f"/parties/{wrong}/wrong"
    assert "表态、权利告知、代理人、送达地址都要重新办" in clerk.get(here).text
    assert "姓名" in clerk.submit(here, what="swap", id_kind="resident_id", name="", reason="弄混了", status=200).text
    clerk.submit(here, what="swap", name="涂国兵", phone="无", id_kind="resident_id", reason="堂兄弟弄混了")
    page = clerk.get(f"/cases/{case}")
    assert "<s>涂国平</s>" in page.html and "堂兄弟弄混了" in page.text and "万秋莲与涂国兵" in page.title
    assert "涂国平不在本案里了" in clerk.get(f"/cases/{case}/history").text
    back = page.html.split('href="/taken-off/')[1].split('"')[0]
    assert "涂国兵已经替上来" in clerk.submit(f"/taken-off/{back}", reason="是他", status=200).text


def test_a_misspelt_name_is_put_right_everywhere(app, county):
    with app.app_context():
        party = cases.parties_of(session.query(Case).filter_by(public_id=county.more["case"]).one().id)[0].public_id
        road.registered(county)
    clerk = Visitor(app, county.clerk)
    here = f"/parties/{party}/identity"
    page = clerk.get(here)
    assert "2 件" in page.text
    clerk.submit(here, **{**filled(page), "name": "万秋连", "reason": "看了身份证"})
    page = clerk.get(f"/cases/{county.more['case']}")
    assert "万秋连与涂国平" in page.title and "内容过时：姓名、名称" in page.text


def test_a_routing_is_taken_back(app, county):
    with app.app_context():
        case = road.registered(county)
        on = road.clock.today()
        road.do(
            road.routing.route, case, by=county.dispatcher, on=on, track="peoples",
            unit_public_id=county.more["committee"],
        )
        hop = hops.newest(session.query(Case).filter_by(public_id=case).one().id).public_id
    dispatcher = Visitor(app, county.dispatcher)
    assert "撤回分流" in dispatcher.get(f"/cases/{case}").text
    answer = dispatcher.submit(f"/transfers/{hop}/recall", why="选错了")
    assert answer.headers["Location"] == f"/cases/{case}/route"


def test_whoever_keeps_the_other_s_version_everywhere_is_told_so(app, county):
    with app.app_context():
        case = road.registered(county)
    first, second = Visitor(app, county.clerk), Visitor(app, county.dispatcher)
    here = f"/cases/{case}/correct"
    mine = filled(first.get(here))
    second.submit(here, **{**filled(second.get(here)), "place": "三组", "reason": "问清了"})
    page = first.post(here, status=409, **{**mine, "place": "五组", "reason": "听说"})
    fields = AsItStands(page.text).fields | {"place": "三组"}
    answer = first.post(here, **fields)
    assert "留下的是对方存的" in first.get(answer.headers["Location"]).text


def test_the_last_step_is_undone_and_the_page_says_what_changes(app, county):
    case = county.more["case"]
    with app.app_context():
        road.consented(county, case, by=county.head)
    head = Visitor(app, county.head)
    page = head.get(f"/cases/{case}/undo")
    assert "是否同意调解：万秋莲" in page.text and "还没表态" in page.text and "罗金水" in page.text
    assert "要写理由" in head.submit(f"/cases/{case}/undo", reason="", status=200).text
    head.submit(f"/cases/{case}/undo", reason="听错了")
    history = head.get(f"/cases/{case}/history").text
    assert "撤销上一步：登记是否同意调解" in history and "听错了" in history
    assert "上一步已经是撤销" in head.get(f"/cases/{case}/undo").text
