"""Papers beside the road: offered where the case gives rise to them, issued from what it knows."""

import json
from datetime import date

import pytest

from mediation.casefile.attachments import operations as attachments
from mediation.casefile.attachments.rules import AttachmentKind, EvidenceCategory
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import AgentAuthority, AgentKind, Representation
from mediation.casefile.clocks import queries as clocks
from mediation.casefile.papers.models import Paper
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import NotFound
from mediation.stages.companions import operations, preview, queries
from mediation.stages.confirmation import at_court
from mediation.stages.intake import beside as intake
from mediation.stages.intake.beside import Helper
from tests import packs, road
from tests.road import do


@pytest.fixture
def county(ground):
    return road.make_county()


def kinds(county, case, by=None):
    by = by or county.mediator
    return [row.offer.kind for row in queries.rows(cases.get(case, for_=by), by=by, on=clock.today()) if not row.lacks]


def said(case, public_id, county):
    row = cases.get(case, for_=county.mediator)
    paper = session.query(Paper).filter_by(public_id=public_id).one()
    return paper, json.loads(row.box().open(paper.snapshot_sealed, "papers", "snapshot", paper.id))


def test_a_running_mediation_offers_its_own_papers(county):
    case, _proceeding = road.mediating(county)
    found = kinds(county, case)
    assert {"recusal_statement", "pause_consent", "complaint", "defence", "dossier_cover"} <= set(found)
    assert not {"performance_reminder", "ruling_draft", "acceptance_notice", "commission_receipt"} & set(found)


def test_a_paper_is_issued_from_the_case_and_an_earlier_one_void(county):
    case, _proceeding = road.mediating(county)
    offer = next(row.offer.key for row in queries.rows(
        cases.get(case, for_=county.mediator), by=county.mediator, on=clock.today()
    ) if row.offer.kind == "recusal_statement")
    first = do(operations.issue, case, offer, by=county.mediator, on=clock.today())
    second = do(operations.issue, case, offer, by=county.mediator, on=clock.today())
    paper, snapshot = said(case, second, county)
    assert [each["text"] for each in snapshot["details"]["answers"]] == ["否"] * 4
    assert said(case, first, county)[0].state == "cancelled" and paper.state == "waiting"
    with pytest.raises(NotFound):
        do(operations.issue, case, "ruling_draft.-", by=county.mediator, on=clock.today())


def test_evidence_and_powers_come_from_the_file(county):
    case, _proceeding = road.mediating(county)
    row = cases.get(case, for_=county.mediator)
    party = cases.parties_of(row.id)[0].public_id
    evidence = {
        "kind": AttachmentKind.EVIDENCE, "title": "水沟照片", "party": party, "proves": "沟面垫高", "is_original": True,
        "pages": 3, "received_on": clock.today(), "category": EvidenceCategory.DOCUMENT, "on_paper": True,
    }
    do(attachments.add, case, kept=None, by=county.mediator, on=clock.today(), **evidence)
    agent = Helper(
        capacity=Representation.AGENT, name="孙七", kind=AgentKind.LAWYER, authority=AgentAuthority.SPECIAL,
        workplace="澄湖律师事务所",
        powers=("进行和解，签署调解协议",), paper_received_on=clock.today(),
    )
    do(intake.add_representative, party, helper=agent, by=county.mediator, on=clock.today())
    offers = {
        each.kind: each for each in queries.offers(
            cases.get(case, for_=county.mediator), by=county.mediator, on=clock.today()
        )
    }
    power = offers["power_of_attorney"].fill().details
    assert [each.name for each in power.powers if each.given and each.special] == ["进行和解，签署调解协议"]
    assert power.credentials == ["律师执业证复印件", "律师事务所函"]
    assert [line.name for line in offers["evidence_list"].fill().details.lines] == ["水沟照片"]


def test_what_is_late_is_urged_and_the_court_gets_a_draft(county):
    case, application, _refs = packs.filed(county)
    assert application
    road.later(date(2026, 12, 21))
    assert "performance_reminder" in kinds(county, case)
    offers = queries.offers(cases.get(case, for_=county.mediator), by=county.mediator, on=clock.today())
    lines = next(each for each in offers if each.kind == "performance_reminder").fill().details.lines
    assert [(line.place, line.amount_fen) for line in lines] == [(1, 100_000), (4, None)]
    ruling = next(each for each in offers if each.kind == "ruling_draft").fill()
    assert ruling.draft and ruling.number == "代拟稿" and ruling.details.outcome == "confirmed"


def test_what_a_court_confirmed_and_nobody_performed_has_a_guide_to_enforcement(county):
    """JC-18: the last duty ends on 20 December 2026; two years later."""
    case, application, _refs = packs.taken_in(county)
    assert "enforcement_guide" not in kinds(county, case)
    do(at_court.rules_on, application, "confirmed", by=county.liaison, on=clock.today())
    offers = queries.offers(cases.get(case, for_=county.mediator), by=county.mediator, on=clock.today())
    details = next(each for each in offers if each.kind == "enforcement_guide").fill().details
    running = clocks.running(cases.get(case, for_=county.mediator).id, "JC-18")
    assert details.last_on == running.due_on and details.court_no == packs.COURT_NO
    assert (details.performance_ends_on.year + 2, details.last_on.year) == (details.last_on.year,) * 2


def test_a_preview_says_what_a_paper_would_say_and_issues_nothing(county):
    case, _proceeding = road.mediating(county)
    row = cases.get(case, for_=county.mediator)
    before = session.query(Paper).count()
    found = do(preview.snapshot, row, "register", by=county.mediator, on=clock.today())
    assert found["draft"] and found["case"]["number"] and session.query(Paper).count() == before
    with pytest.raises(NotFound):
        do(preview.snapshot, row, "mediation_proof", by=county.mediator, on=clock.today())
