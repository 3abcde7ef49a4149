"""The party is at the window: from the scanned code to the paper in hand, on pages."""

import io

import pytest

from mediation.casefile.attachments import queries as attachments
from mediation.casefile.cases import queries as cases
from mediation.registry.access.rules import Role
from mediation.stages.contacts import queries
from tests import everything, makers, road
from tests.doors.visitor import Visitor


@pytest.fixture
def county(app):
    with app.app_context():
        county = road.make_county()
        case = road.mediating(county)[0]
        row = cases.get(case, for_=county.clerk)
        county.more |= {"case": case, "code": row.query_code, "id": row.id, "register_no": row.register_no}
        county.more["parties"] = {party.name: party.public_id for party in cases.parties_of(row.id)}
        elsewhere = makers.make_unit(county.centre, name="向塘镇人民调解委员会")
        county.more["elsewhere"] = makers.make_actor(county.centre, Role.HEAD, elsewhere)
        everything._render_all()
    return county


def test_from_the_code_on_the_receipt_to_the_answer(app, county):
    clerk = Visitor(app, county.clerk)
    scanned = f"/127.0.0.1/progress#{county.more['code']}"
    found = clerk.submit("/search", at="/password", q=scanned)
    assert found.headers["Location"] == f"/cases/{county.more['case']}/window"
    page = clerk.follow(found)
    assert "万秋莲" in page.text and "13970812716" not in page.html and "正在调解" in page.text
    visit = clerk.submit(found.headers["Location"], identified="phone_tail", tail="2716").headers["Location"]
    page = clerk.get(visit)
    assert "万秋莲在窗口" in page.title and "您的送达地址还没有确认" in page.text and "收件回执" in page.text

    pdf = everything.blank_pdf()
    files = [(io.BytesIO(pdf), "身份证 正面.pdf"), (io.BytesIO(pdf), "借条.pdf")]
    page = clerk.get(visit)
    fields = next(form["fields"] for form in page.forms if form["action"] == f"{visit}/papers")
    clerk.post(f"{visit}/papers", **fields | {"papers-files": files, "papers-kind": "identity"})
    wrong = [(io.BytesIO(b"MZ"), "坏的.exe")]
    again = clerk.get(visit).forms
    fields = next(form["fields"] for form in again if form["action"] == f"{visit}/papers")
    fields |= {"papers-files": wrong, "papers-kind": "identity"}
    page = clerk.post(f"{visit}/papers", status=200, **fields)
    assert "坏的.exe" in page.text
    kept = clerk.ask(attachments.of_case, county.more["id"])
    assert [(row.title, str(row.kind)) for row in kept] == [("身份证 正面", "identity"), ("借条", "identity")]

    late = {"answer-topic": "progress", "answer-told": "正在调解", "answer-call_back": "mediator"}
    page = clerk.submit(f"{visit}/answer", at=visit, status=200, **late)
    assert "写答应哪天以前回电话" in page.text
    clerk.submit(f"{visit}/answer", at=visit, **late, **{"answer-call_back_on": "2026-11-24"})
    clerk.submit(f"{visit}/note", at=visit, **{"note-text": "说下午要去医院"})
    told = clerk.ask(queries.of_case, county.more["id"])
    assert [str(row.kind) for row in told] == ["note", "answer"]

    page = clerk.get(visit)
    paper = next(form["fields"]["paper"] for form in page.forms if form["action"] == f"{visit}/print")
    printed = clerk.submit(f"{visit}/print", at=visit, paper=paper)
    assert f"/papers/{paper}.pdf" in clerk.follow(printed).html
    history = clerk.get(f"/cases/{county.more['case']}/history").text
    assert "在窗口补打收件回执" in history and "答复当事人：办到哪一步" in history

    mediator = Visitor(app, county.mediator)
    listed = mediator.get("/call-backs")
    assert "万秋莲" in listed.text
    contact = told[1].public_id
    assert "正在调解" in mediator.get(f"/contacts/{contact}/called").text
    mediator.submit(f"/contacts/{contact}/called", reached="told", words="约好周三")
    assert "没有要回的电话" in mediator.get("/call-backs").text
    assert "约好周三" in mediator.get(f"/cases/{county.more['case']}").text


def test_a_name_finds_the_running_case_and_a_stranger_hears_no_contents(app, county):
    clerk = Visitor(app, county.clerk)
    found = clerk.submit("/window", q="万秋莲")
    assert found.headers["Location"] == f"/cases/{county.more['case']}/window"
    page = clerk.submit(found.headers["Location"], status=200, who="stranger", identified="id_card", claimed="路人甲")
    assert "没有核实身份的，只能说办到哪一步" in page.text
    visit = clerk.submit(found.headers["Location"], who="stranger", identified="not", claimed="路人甲")
    page = clerk.follow(visit)
    assert "路人甲在窗口" in page.title and "只能告诉当事人本人" in page.text and "补打" not in page.text
    assert "没有找到" in clerk.post(
        "/window", status=200, q="覃漪澜", csrf_token=clerk._token(clerk.get("/window"))
    ).text


def test_a_case_of_another_unit_is_found_and_told_by_nobody(app, county):
    head = Visitor(app, county.more["elsewhere"])
    page = head.post("/window", status=200, q=county.more["code"], csrf_token=head._token(head.get("/window")))
    assert "没有找到" in page.text
    head.get(f"/cases/{county.more['case']}/window", status=404)
