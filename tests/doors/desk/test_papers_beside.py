"""The pages of inquiries, proposals and other papers, and the list of forms with its previews."""

import pytest

from mediation.casefile.papers.forms import PAPERS
from mediation.casefile.papers.models import Paper
from mediation.ground.db import session
from mediation.registry.access.rules import Role
from mediation.stages.agreements import queries as agreements
from tests import cast, makers, road
from tests.doors.desk.county import desks
from tests.doors.visitor import Visitor


@pytest.fixture
def found(app):
    return desks(app, _known)


def _known(county):
    """A case of two people who are known in full, told their rights."""
    return cast.informed(county, cast.screened(county, applicants=[road.WAN], respondents=[road.TU]))


def kinds(found):
    return found.of(lambda case, _proceeding: [
        row.kind for row in session.query(Paper).filter_by(case_id=case.id).order_by(Paper.id)
    ])


def test_an_inquiry_is_written_down_and_its_record_issued(found):
    there = f"/proceedings/{found.proceeding}/inquiry"
    assert "万秋莲" in found.mediator.get(there).text
    said = {
        "place": "前进村", "name": "钱九", "inquirers": "熊桂生", "recorder": "熊桂生", "day": "2026-11-23",
        "begins": "08:30", "exchange": "问：水沟谁垫高的？",
    }
    assert "没有记答的话" in found.mediator.submit(there, status=200, **said).text
    found.mediator.submit(there, **said | {"exchange": "问：水沟谁垫高的？\n答：涂国平。"})
    assert "inquiry_record" in kinds(found)


def test_other_papers_are_listed_with_what_they_lack_and_issued_with_one_key(found):
    there = f"/cases/{found.case}/papers"
    assert there in found.mediator.get(f"/cases/{found.case}").html
    page = found.mediator.get(there)
    assert "调解员回避声明" in page.text and "起诉状" in page.text
    found.mediator.submit(there, offer=f"recusal_statement.{found.pool}")
    assert "recusal_statement" in kinds(found)
    assert "重出" in found.mediator.get(there).text


def test_a_proposal_is_put_and_served(found):
    draft = found.mediator.submit(f"/cases/{found.case}/agreement").headers["Location"]
    refs = {"clauses-0-obligor": found.parties["涂国平"], "clauses-0-obligee": found.parties["万秋莲"]}
    found.mediator.submit(
        draft, do="save", facts="排水沟被垫高", total="2600", **refs,
        **{"clauses-0-what": "赔偿墙脚", "clauses-0-amount": "2600", "clauses-0-due_on": "2026-12-20"},
        **{"clauses-0-manner": "cash"},
    )
    public_id = found.of(lambda case, _proceeding: agreements.current(case.id).public_id)
    there = f"/agreements/{public_id}/propose"
    assert "没有同意由调解员提出调解方案" in found.mediator.submit(there, status=200).text
    agreed = {"parties-0-on": "2026-11-23", "parties-1-on": "2026-11-23"}
    there = found.mediator.submit(there, **agreed).headers["Location"]
    assert "还没送到" in found.mediator.get(there).text
    found.mediator.submit(there, **agreed)
    assert "2026-11-30" in found.mediator.get(there).text and "proposal" in kinds(found)
    early = found.mediator.submit(there, status=200, do="deem")
    assert "都可以书面异议" in early.text


def test_the_forms_are_listed_and_looked_at_with_an_invented_and_a_real_case(app, found):
    with app.app_context():
        admin = Visitor(app, makers.make_actor(makers.make_centre(), Role.SYSTEM_ADMIN))
    listed = admin.get("/paper-forms").text
    assert all(form.name in listed for form in PAPERS.values())
    assert "拿真案件看" not in admin.get("/paper-forms/register").text
    number = found.of(lambda case, _proceeding: case.register_no)
    there = "/paper-forms/register"
    page = found.mediator.get(there)
    answer = found.mediator.client.post(
        f"{there}/preview", data={"csrf_token": page.forms[-1]["fields"]["csrf_token"], "number": number}
    )
    assert answer.data.startswith(b"%PDF")
    stranger = found.mediator.post(
        f"{there}/preview", csrf_token=page.forms[-1]["fields"]["csrf_token"], number="南矛调登〔2026〕999号"
    )
    assert stranger.headers["Location"].endswith(there)


def test_an_agreement_is_given_as_a_word_file_too_and_other_papers_are_not(app):
    with app.app_context():
        county = road.make_county()
        road.signed(county)
        papers = {row.kind: row.public_id for row in session.query(Paper).order_by(Paper.id)}
        mediator = Visitor(app, county.mediator)
        away = Visitor(app, makers.make_actor(county.centre, Role.SYSTEM_ADMIN))
    given = mediator.client.get(f"/papers/{papers.pop('agreement')}.docx")
    assert given.status_code == 200 and given.data.startswith(b"PK")
    assert papers and {mediator.status(f"/papers/{public_id}.docx") for public_id in papers.values()} == {404}
    with app.app_context():
        agreement = session.query(Paper).filter_by(kind="agreement").one().public_id
    assert away.status(f"/papers/{agreement}.docx") in (403, 404)
