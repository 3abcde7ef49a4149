"""Parties, who stands beside them, addresses, covered numbers, duties and material, through the doors."""

import io

import pytest
from sqlalchemy import select

from mediation.casefile.attachments.models import Attachment
from mediation.casefile.cases.models import Party, Representative, ServiceAddress
from mediation.casefile.duties.models import RiskDuty
from mediation.ground.db import session
from mediation.ground.trail import TrailEntry
from mediation.registry.access.rules import Role
from mediation.registry.people.models import Person
from mediation.stages.intake.rules import Question
from tests import makers
from tests.doors.visitor import Visitor

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
NUMBER, PHONE = makers.VISITOR.id_number, makers.VISITOR.phone


@pytest.fixture
def centre(app):
    with app.app_context():
        return makers.make_centre()


def visitor(app, centre, role, name="龚雪琴"):
    with app.app_context():
        by = makers.make_actor(centre, role, name=name)
    return Visitor(app, by)


@pytest.fixture
def clerk(app, centre):
    return visitor(app, centre, Role.INTAKE_CLERK)


@pytest.fixture
def case(app, centre, clerk):
    """The public id of a case in which a duty to report is open."""
    with app.app_context():
        return makers.make_screened(centre, clerk.by, yes=[Question.HARM]).public_id


def all_of(somebody, model):
    def rows():
        found = list(session.scalars(select(model).order_by(model.id)))
        session.expunge_all()
        return found

    return somebody.ask(rows)


@pytest.fixture
def parties(clerk, case):
    return [party.public_id for party in all_of(clerk, Party)]


COMPANY = {
    "role": "respondent", "is_organisation": "y", "name": "南昌县顺达物业公司", "uscc": "91360121MA35F0001W",
    "id_kind": "resident_id", "legal_rep_name": "胡顺达",
}


def test_a_party_more(clerk, case):
    address = f"/cases/{case}/parties"
    page = clerk.follow(clerk.submit(address, **COMPANY))
    assert "南昌县顺达物业公司" in page.text and "91360121MA35F0001W" in page.text
    assert NUMBER not in page.html and PHONE not in page.html and "360121********2260" in page.text
    again = clerk.submit(address, status=200, **COMPANY)
    assert "已经是本案当事人" in again.text and 'value="南昌县顺达物业公司"' in again.html
    wrong = clerk.submit(address, status=200, **(COMPANY | {"uscc": "91360121MA35F0001X"}))
    assert "校验不符" in wrong.text
    assert len(all_of(clerk, Party)) == 3


def party_fields(clerk, address):
    page = clerk.get(address)
    fields = next(form["fields"] for form in page.forms if "version" in form["fields"])
    return fields | {"role": "applicant", "id_kind": "resident_id"}


def test_a_blank_is_filled_and_a_change_wants_its_reason(clerk, parties):
    address = f"/parties/{parties[0]}"
    more = {"sex": "female", "occupation": "种田", "flags": ["elderly"], "note": "打给女儿"}
    clerk.post(address, **(party_fields(clerk, address) | more))
    [visitor_, _other] = all_of(clerk, Party)
    person = all_of(clerk, Person)[0]
    assert (person.occupation, person.contact, visitor_.flags) == ("种田", {"note": "打给女儿"}, {"flags": ["elderly"]})
    assert person.id_number_masked == "360121********2260"  # what was left empty stays
    fields = party_fields(clerk, address) | {"sex": "female", "name": "万秋连"}
    assert "要写理由" in clerk.post(address, status=200, **fields).text
    clerk.post(address, **(fields | {"reason": "写错了"}))
    assert all_of(clerk, Party)[0].name == "万秋连"


def test_the_later_of_two_on_one_party_sees_both_versions(app, centre, clerk, parties):
    address = f"/parties/{parties[0]}"
    mine = party_fields(clerk, address) | {"sex": "female", "occupation": "务工"}
    other = visitor(app, centre, Role.DISPATCHER, "邹晓岚")
    other.post(address, **(party_fields(other, address) | {"sex": "female", "occupation": "种田"}))
    answer = clerk.client.post(address, data=mine)
    assert answer.status_code == 409 and "邹晓岚" in answer.text and "种田" in answer.text and "务工" in answer.text


def test_agents_and_their_end(clerk, parties):
    address = f"/parties/{parties[0]}/beside"
    agent = {
        "capacity": "agent", "name": "邓律", "kind": "lawyer", "authority": "special",
        "powers": ["进行和解，签署调解协议"], "paper_received_on": "2026-11-23", "phone": "13607910001",
    }
    page = clerk.follow(clerk.submit(address, **agent))
    assert "邓律" in page.text and "13607910001" not in page.html
    clerk.submit(address, **(agent | {"name": "涂小军", "kind": "near_relative"}))
    assert "不能再多" in clerk.submit(address, status=200, **(agent | {"name": "第三人"})).text
    [first, _second] = all_of(clerk, Representative)
    clerk.submit(f"/representatives/{first.public_id}/end", reason="解除委托")
    assert all_of(clerk, Representative)[0].until is not None
    page = clerk.submit(f"/representatives/{first.public_id}/reveal", status=200, field="phone", reason="call")
    assert "13607910001" in page.text


def test_an_address_for_service_takes_the_phone_that_is_known_and_prints_its_form(clerk, parties):
    address = f"/parties/{parties[0]}/address"
    page = clerk.follow(clerk.submit(address, postcode="330200", address="武阳镇前进村 12 号", recipient="万秋莲"))
    assert "打印确认书" in page.text and PHONE not in page.html
    [row] = all_of(clerk, ServiceAddress)
    assert row.phone_sealed and not row.agrees_to_electronic
    assert "6 位数字" in clerk.submit(address, status=200, postcode="3302", address="武阳镇", recipient="万秋莲").text


def test_a_covered_number_is_shown_by_post_with_a_reason_and_one_row(clerk, parties):
    address = f"/parties/{parties[0]}/reveal"
    assert NUMBER not in clerk.get(address).html
    before = len(all_of(clerk, TrailEntry))
    page = clerk.submit(address, status=200, field="id_number", reason="identity")
    assert NUMBER in page.text
    assert len(all_of(clerk, TrailEntry)) == before + 1
    assert NUMBER not in clerk.get(address).html
    assert "要写明" in clerk.submit(address, status=200, field="phone", reason="other").text
    assert clerk.submit(address, status=200, field="story", reason="call").text.count("已记录") == 0


def test_a_person_with_the_cases_that_the_reader_sees(app, centre, clerk, case):
    person = all_of(clerk, Person)[0].public_id
    page = clerk.get(f"/people/{person}")
    assert "用水、排水纠纷" in page.text and "360121********2260" in page.text
    supervisor = visitor(app, centre, Role.SUPERVISOR, "魏督办")
    page = supervisor.get(f"/people/{person}")
    assert "用水、排水纠纷" in page.text and "360121" not in page.text
    assert visitor(app, centre, Role.MEDIATOR, "罗金水").status(f"/people/{person}") == 404
    assert clerk.status("/people/" + "A" * 22) == 404


def test_a_report_discharges_its_duty(clerk, case):
    [duty] = all_of(clerk, RiskDuty)
    address = f"/duties/{duty.public_id}/report"
    assert "最晚 11-23 23:59" in clerk.get(address).text
    assert "报告时间在现在之后" in clerk.submit(
        address, status=200, to="武阳派出所", reported_at="2026-11-23T10:01", receipt_no="112"
    ).text
    clerk.submit(address, to="武阳派出所", reported_at="2026-11-23T09:30", receipt_no="武公（2026）112号")
    assert all_of(clerk, RiskDuty)[0].state == "reported"
    assert "武公（2026）112号" in clerk.get(address).text


def test_material_comes_in_goes_out_and_is_never_run_by_the_browser(clerk, case):
    address = f"/cases/{case}/attachments"
    clerk.submit(address, title="借条", kind="evidence", file=(io.BytesIO(PDF), "借条.pdf"))
    [row] = all_of(clerk, Attachment)
    answer = clerk.client.get(f"/attachments/{row.public_id}/file")
    assert answer.data == PDF and answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    clerk.submit(f"/attachments/{row.public_id}/remove", reason="传错了案件")
    assert clerk.status(f"/attachments/{row.public_id}/file") == 404


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"file": (io.BytesIO(b"MZ\x90\x00" + b"\0" * 60), "借条.pdf")}, "内容要与扩展名一致"),
        ({}, "看过原件"),
        ({"file": (io.BytesIO(PDF), "借条.pdf"), "title": ""}, "没有写材料叫什么"),
    ],
)
def test_material_that_is_not_taken(clerk, case, sent, said):
    page = clerk.submit(f"/cases/{case}/attachments", status=200, **({"title": "借条", "kind": "evidence"} | sent))
    assert said in page.text and all_of(clerk, Attachment) == []


def test_nobody_else_enters(app, centre, clerk, case, parties):
    clerk.submit(f"/cases/{case}/attachments", title="身份证", kind="identity", is_original="y")
    row, duty = all_of(clerk, Attachment)[0].public_id, all_of(clerk, RiskDuty)[0].public_id
    pages = [
        f"/cases/{case}/parties", f"/cases/{case}/attachments", f"/cases/{case}/screen", f"/cases/{case}/correct",
        f"/parties/{parties[0]}", f"/parties/{parties[0]}/beside", f"/parties/{parties[0]}/address",
        f"/parties/{parties[0]}/reveal", f"/duties/{duty}/report", f"/attachments/{row}/file",
        f"/attachments/{row}/remove",
    ]
    with app.app_context():
        far = makers.make_actor(makers.make_centre(short_name="进贤中心"), Role.INTAKE_CLERK, name="外县")
    stranger, admin = Visitor(app, far), visitor(app, centre, Role.SYSTEM_ADMIN, "程志远")
    assert {stranger.status(page) for page in pages} == {404}
    assert {admin.status(page) for page in pages} == {403}
