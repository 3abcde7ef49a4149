"""Every paper has a place where somebody gets it: cases on every road, and what their pages offer or acts have issued.

A paper that no road leads to, or a kind of agreement or certificate that no case ever is given, fails here.
"""

import json
from datetime import date, datetime, timedelta

import pytest

from mediation.casefile.attachments import operations as attachments
from mediation.casefile.attachments.rules import AttachmentKind
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import AgentAuthority, AgentKind, Representation, Source
from mediation.casefile.duties import operations as duties
from mediation.casefile.duties.rules import DutyKind
from mediation.casefile.papers import pages
from mediation.casefile.papers.forms import PAPERS
from mediation.casefile.papers.models import Paper
from mediation.casefile.papers.rules import PATH_CITATIONS
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.registry.units.models import Unit
from mediation.registry.units.rules import UnitKind
from mediation.stages.agreements import operations as agreements
from mediation.stages.agreements import proposals
from mediation.stages.archive import operations as archive
from mediation.stages.bookings import operations as bookings
from mediation.stages.companions import queries as companions
from mediation.stages.confirmation import at_court
from mediation.stages.intake import beside, parties
from mediation.stages.intake.refusal import Ground, Way
from mediation.stages.mending import operations as mending
from mediation.stages.performance import operations as performing
from mediation.stages.performance import queries as performance
from mediation.stages.performance import visits
from mediation.stages.performance.rules import Satisfaction, VisitManner
from mediation.stages.proceedings import inquiries
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.proceedings import papers as proceeding_papers
from mediation.stages.proceedings import queries as proceeding_queries
from mediation.stages.proceedings.inquiries import Asked, Told
from mediation.stages.referrals import reporting
from mediation.stages.referrals.reporting import Fact
from tests import exits, makers, packs, road
from tests.road import do

TODAY = date(2026, 11, 23)


@pytest.fixture
def engine_name():
    return "sqlite"  # which papers there are does not hang on the database


@pytest.fixture
def county(ground):
    return road.make_county()


# --- roads: each returns the case at its end ---


def at_the_counter(county):
    """The window does not take it."""
    case = makers.make_screened(county.centre, county.clerk)
    do(
        archive.refuse, case.public_id, by=county.clerk, on=TODAY, ground=Ground.ONE_REFUSES, ways=[next(iter(Way))],
        told=True,
    )
    return case.public_id


def misspelt(county):
    """A name on papers already handed out was wrong."""
    case, _proceeding = road.accepted(county)
    party = cases.parties_of(cases.get(case, for_=county.head).id)[0]
    do(
        mending.correct_identity, party.public_id, version=parties.version_of(party), identity={"name": "万秋连"},
        reason="看了身份证", by=county.head, on=TODAY,
    )
    do(mending.issue_notice, case, reason="写错一个字", by=county.head, on=TODAY)
    return case


def with_everything(county):
    """Evidence, an agent, a meeting set, somebody asked outside of it, a risk."""
    case, proceeding = road.mediating(county)
    row = cases.get(case, for_=county.mediator)
    refs = [party.public_id for party in cases.parties_of(row.id)]
    evidence = {"kind": AttachmentKind.EVIDENCE, "title": "水沟照片", "party": refs[0], "received_on": TODAY}
    do(attachments.add, case, kept=None, by=county.mediator, on=TODAY, on_paper=True, pages=2, **evidence)
    agent = beside.Helper(
        Representation.AGENT, "孙七", kind=AgentKind.LAWYER, authority=AgentAuthority.GENERAL,
        workplace="澄湖律师事务所", paper_received_on=TODAY,
    )
    do(beside.add_representative, refs[0], helper=agent, by=county.mediator, on=TODAY)
    begins = datetime(2026, 11, 24, 9, tzinfo=clock.SHANGHAI)
    wish = bookings.Wish(begins, begins + timedelta(hours=1), place="前进村村委会", parties=refs)
    do(bookings.book, case, by=county.mediator, on=TODAY, wish=wish)
    said, us = "问：水往哪边流？\n答：往东。", "熊桂生"
    told = Told(Asked("章小兰", relation="邻居"), clock.now(), "前进村", said, us, us)
    do(inquiries.inquire, proceeding, told, by=county.mediator, on=TODAY)
    with transaction():
        row = cases.get(case, for_=county.mediator)
        duties.open_duty(row, next(iter(DutyKind)), by=county.mediator, on=TODAY)
    return case


def refused(county):
    """The body does not take it."""
    case = road.registered(county)
    road.do(
        road.routing.route, case, by=county.dispatcher, on=TODAY, track="peoples",
        unit_public_id=county.committee.public_id, override_reason=None,
    )
    row = cases.get(case, for_=county.head)
    do(road.routing.receive, road.routing_queries.newest(row.id).public_id, by=county.head, on=TODAY)
    do(proceedings.refuse, case, by=county.head, on=TODAY, ground="not_competent", notice_given=True)
    return case


def of(county, track):
    """Return the track, the committee turned into an agency where that is what the track wants."""
    if track == "administrative":
        with transaction():
            session.get_one(Unit, county.committee.id).kind = UnitKind.POLICE
    return track


def by_an_agency(county):
    return road.mediating(county, track=of(county, "administrative"))[0]


def failed(county):
    """No agreement; what nobody disputes is noted, the tribunal gets it."""
    exits.set_wage(county)
    case, proceeding, refs = exits.ready(county)
    do(
        reporting.note_undisputed, proceeding, by=county.mediator, on=TODAY, facts=[Fact("借了三万元", "借条")],
        disputed=[], consents=dict.fromkeys(refs, TODAY),
    )
    do(exits.referrals.send, case, by=county.mediator, on=TODAY, values=exits.to_tribunal(county))
    return case


def failed_with(type_code, track="peoples"):
    def walk(county):
        case, proceeding = road.mediating(county, track=of(county, track))
        with transaction():
            cases.get(case, for_=county.mediator).type_code = type_code
        do(
            proceedings.end, proceeding, by=county.mediator, on=TODAY, ground="party_refuses", course="没有谈拢",
            notice_given=True,
        )
        return case
    return walk


def for_the_court(county):
    """Sent by a court, which is told how it ended."""
    case, proceeding = exits.commissioned(county)
    do(reporting.report_to_court, proceeding, by=county.mediator, on=TODAY)
    return case


def proposed(county):
    case, agreement, refs = road.drafted(county)
    do(proposals.propose, agreement, by=county.mediator, on=TODAY, consents=dict.fromkeys(refs, TODAY))
    return case


def by_word_of_mouth(county):
    case, proceeding = road.mediating(county)
    road.met(county, proceeding)
    refs = exits.parties(county, case)
    values = {"facts": "排水沟垫高倒灌。", "clauses": road.three_instalments(refs, date(2026, 12, 20))}
    do(
        agreements.agree_orally, case, by=county.mediator, on=TODAY, agreed_on=TODAY, total_fen=260_000,
        place="前进村", **values,
    )
    return case


def confirmed(county):
    """A court confirmed it, a part is late, somebody went to see."""
    case, application, refs = packs.taken_in(county)
    do(at_court.rules_on, application, "confirmed", by=county.liaison, on=TODAY)
    road.later(date(2026, 12, 21))
    visit = visits.Visit(
        happened_on=clock.today(), manner=VisitManner.PHONE, visited=refs, reason="到期回访", told="在铲了",
        satisfaction=Satisfaction.SATISFIED,
    )
    do(visits.visit, case, visit, by=county.mediator, on=clock.today())
    return case


def performed_before_the_police(county):
    """Sent by the police, settled before a committee and performed (AM-02)."""
    case, _agreement, _refs = road.signed(county)
    with transaction():
        cases.get(case, for_=county.mediator).source = Source.POLICE
    for due in performance.of_case(cases.get(case, for_=county.mediator).id):
        kind = {"kind": "payment", "amount_fen": due.amount_fen} if due.amount_fen else {"kind": "act"}
        do(performing.record, due.public_id, by=county.mediator, on=TODAY, happened_on=TODAY, **kind)
    return case


def settled(type_code, track="peoples", source=None):
    def walk(county):
        case, agreement, _refs = road.drafted(county, track=of(county, track))
        with transaction():
            row = cases.get(case, for_=county.mediator)
            row.type_code, row.source = type_code, source or row.source
        do(agreements.agree, agreement, by=county.mediator, on=TODAY)
        return case
    return walk


ALWAYS = {"application", "register", "rights_notice", "dossier_cover", "dossier_remarks", "dossier_back"}
ROADS = {  # what somebody must have got, or be offered, at the end of each
    at_the_counter: {"receipt", "not_accepted"},
    misspelt: {"correction_notice"},
    with_everything: ALWAYS | {
        "evidence_list", "power_of_attorney", "mediation_notice", "inquiry_record", "risk_report", "recusal_statement",
        "pause_consent", "complaint", "defence", "dossier_contents",
    },
    refused: {"unsuitable_notice"},
    by_an_agency: {"acceptance_notice"},
    failed: {"session_record", "termination", "termination.general", "undisputed_facts", "quick_trial_referral"},
    failed_with("migrant_wages"): {"termination.labour"},
    failed_with("forest_land.title"): {"termination.land_title"},
    failed_with("traffic", "administrative"): {"termination.traffic"},
    failed_with("traffic"): {"termination.general"},
    for_the_court: {"commission_receipt", "court_report"},
    proposed: {"proposal"},
    by_word_of_mouth: {"oral_agreement"},
    confirmed: {
        "agreement", "confirmation_application", "mediation_proof", "service_address", "ruling_draft",
        "performance_reminder", "enforcement_guide", "return_visit",
    },
    performed_before_the_police: {"police_settlement"},
    settled("neighbour"): {"agreement.general"},
    settled("neighbour", "administrative"): {"agreement.administrative"},
    settled("traffic", "administrative"): {"agreement.traffic"},
    settled("damages.assault", "administrative"): {"agreement.police"},
    settled("damages.assault"): {"agreement.police_case"},
    settled("migrant_wages"): {"agreement.labour"},
    settled("medical"): {"agreement.medical"},
    settled("neighbour", source=Source.PETITION): {"agreement.petition"},
}


def reached(county, case) -> set[str]:
    """Return what the case's pages offer without anything lacking, and what has been issued; with its own name."""
    row, found = session.query(Case).filter_by(public_id=case).one(), set()
    for paper in session.query(Paper).filter_by(case_id=row.id):
        snapshot = json.loads(row.box().open(paper.snapshot_sealed, "papers", "snapshot", paper.id))
        own = snapshot["details"].get("path") or snapshot["details"].get("variant")
        found |= {paper.kind} | ({f"{paper.kind}.{own}"} if own else set())
    offered = companions.rows(row, by=county.head if row.accepted_on else county.clerk, on=clock.today())
    found |= {each.offer.kind for each in offered if not each.lacks}
    proceeding = proceeding_queries.newest(row.id)
    if proceeding is not None and proceeding.number:
        found |= {each.kind for each in proceeding_papers.rows(proceeding, row) if not each.lacks}
    return found


@pytest.mark.parametrize("walk", ROADS, ids=lambda walk: "+".join(sorted(ROADS[walk] - ALWAYS)))
def test_the_road_leads_to_its_papers(county, walk):
    case = walk(county)
    assert ROADS[walk] <= reached(county, case)


def test_a_road_leads_to_every_paper_of_the_list():
    got = set().union(*ROADS.values())
    names = {f"agreement.{variant}" for variant in ("general", "police_case", *pages.VARIANTS)}
    names |= {f"termination.{path}" for path in ("general", *PATH_CITATIONS)}
    assert got == set(PAPERS) | names
