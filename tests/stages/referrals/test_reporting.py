"""The facts nobody disputes and the report to the court, by operations."""

from datetime import date

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.clocks import queries as clocks
from mediation.casefile.papers import operations as papers
from mediation.ground.errors import Invalid, NotFound, RuleBroken
from mediation.stages.proceedings import sessions
from mediation.stages.referrals import operations as referrals
from mediation.stages.referrals import queries, reporting
from mediation.stages.referrals.reporting import Fact
from mediation.stages.referrals.rules import Item
from tests import exits, road
from tests.road import do

TODAY = date(2026, 11, 23)
BORROWED = Fact("2025年3月2日涂国平收到万秋莲借款30000元", "借条")


@pytest.fixture
def county(ground):
    return road.make_county()


def reasons(error) -> set[str]:
    return {str(obstacle.reason) for obstacle in error.value.obstacles}


def note(county, proceeding, refs, **changes):
    values = {"facts": [BORROWED], "disputed": ["是不是还过8000元"], "consents": dict.fromkeys(refs, TODAY)} | changes
    return do(reporting.note_undisputed, proceeding, by=county.mediator, on=TODAY, **values)


def sign(county, proceeding, refs, mediator=TODAY):
    do(
        reporting.sign_undisputed, proceeding, by=county.mediator, on=TODAY, signed=dict.fromkeys(refs, TODAY),
        mediator_signed_on=mediator,
    )


def may_attach(county, case):
    return queries.checklist(queries.leaving(cases.get(case, for_=county.mediator), on=TODAY))[Item.UNDISPUTED_FACTS]


def test_facts_that_all_signed_go_along(county):
    exits.set_wage(county)
    case, proceeding, refs = exits.ready(county)
    note(county, proceeding, refs)
    assert not may_attach(county, case)
    sign(county, proceeding, refs)
    assert may_attach(county, case)
    checklist = exits.to_tribunal(county).checklist | {Item.UNDISPUTED_FACTS: True}
    values = exits.to_tribunal(county, checklist=checklist)
    referral = do(referrals.send, case, by=county.mediator, on=TODAY, values=values)
    found = queries.get(referral, for_=county.liaison)[0]
    assert "undisputed_facts" in {paper.kind for paper in queries.submitted_papers(found)}
    assert found.checklist[Item.UNDISPUTED_FACTS]


@pytest.mark.parametrize(("parties", "mediator"), [([0], TODAY), ([0, 1], None)])
def test_a_record_that_somebody_has_not_signed_stays_behind(county, parties, mediator):
    exits.set_wage(county)
    case, proceeding, refs = exits.ready(county)
    note(county, proceeding, refs)
    sign(county, proceeding, [refs[place] for place in parties], mediator)
    checklist = exits.to_tribunal(county).checklist | {Item.UNDISPUTED_FACTS: True}
    values = exits.to_tribunal(county, checklist=checklist)
    referral = do(referrals.send, case, by=county.mediator, on=TODAY, values=values)
    found = queries.get(referral, for_=county.liaison)[0]
    assert "undisputed_facts" not in {paper.kind for paper in queries.submitted_papers(found)}
    assert not found.checklist[Item.UNDISPUTED_FACTS]


def test_facts_are_noted_with_the_consent_of_all(county):
    _case, proceeding = exits.failed(county)
    refs = exits.parties(county, _case)
    with pytest.raises(RuleBroken) as error:
        note(county, proceeding, refs, consents={refs[0]: TODAY})
    assert reasons(error) == {"no_consent"}
    with pytest.raises(RuleBroken) as error:
        note(county, proceeding, refs, facts=[Fact(" ")])
    assert reasons(error) == {"no_fact"}
    with pytest.raises(NotFound):
        note(county, proceeding, refs, consents=dict.fromkeys([*refs, "x" * 22], TODAY))


def test_a_concession_is_no_undisputed_fact(county):
    case, proceeding = exits.failed(county)
    refs = exits.parties(county, case)
    do(sessions.add_note, case, by=county.mediator, text="涂国平承认只还过五千", is_concession=True)
    with pytest.raises(RuleBroken) as error:
        note(county, proceeding, refs, facts=[BORROWED, Fact("涂国平承认，只还过五千")])
    assert reasons(error) == {"concession"}


def test_nothing_is_noted_while_mediation_goes_on(county):
    case, proceeding = road.mediating(county, matter=exits.LOAN)
    with pytest.raises(RuleBroken) as error:
        note(county, proceeding, exits.parties(county, case))
    assert reasons(error) == {"wrong_state"}


def test_a_new_record_takes_the_place_of_the_old_one_and_its_signatures(county):
    case, proceeding = exits.failed(county)
    refs = exits.parties(county, case)
    note(county, proceeding, refs)
    sign(county, proceeding, refs)
    note(county, proceeding, refs, facts=[BORROWED, Fact("借条是涂国平写的")])
    assert not may_attach(county, case)
    row = cases.get(case, for_=county.mediator)
    assert [paper.state for paper in papers.of_case(row.id) if paper.kind == "undisputed_facts"][0] == "cancelled"
    for day in (date(2026, 11, 24), date(2026, 11, 22)):  # not signed yet; what was signed before is another paper
        with pytest.raises(Invalid):
            do(reporting.sign_undisputed, proceeding, by=county.mediator, on=TODAY, signed={refs[0]: day})
        with pytest.raises(Invalid):
            do(reporting.sign_undisputed, proceeding, by=county.mediator, on=TODAY, signed={}, mediator_signed_on=day)


# --- the report ---


def test_a_court_that_sent_a_case_is_told_how_it_ended(county):
    case, proceeding = exits.commissioned(county)
    row = cases.get(case, for_=county.mediator)
    assert clocks.running(row.id, "JM-10").due_on == date(2026, 11, 26)
    assert not queries.court_was_told(row.id)
    do(reporting.report_to_court, proceeding, by=county.mediator, on=TODAY)
    assert queries.court_was_told(row.id)
    assert clocks.running(row.id, "JM-10") is None
    assert papers.newest(row.id, "court_report").number == "武民调报〔2026〕1号"


def test_a_court_that_sent_nothing_is_told_nothing(county):
    case, proceeding = exits.failed(county)
    assert queries.court_was_told(cases.get(case, for_=county.mediator).id)
    with pytest.raises(RuleBroken) as error:
        do(reporting.report_to_court, proceeding, by=county.mediator, on=TODAY)
    assert reasons(error) == {"not_from_court"}


def test_a_success_is_reported_too(county):
    case = exits.agreed_for_court(county)
    row = cases.get(case, for_=county.mediator)
    assert not queries.court_was_told(row.id)
    proceeding = queries.leaving(row, on=TODAY).proceeding.public_id
    do(reporting.report_to_court, proceeding, by=county.mediator, on=TODAY, asks_confirmation=True)
    assert queries.court_was_told(row.id)
    assert [report.result for report in queries.reports_of(row.id)] == ["agreed"]
    assert queries.told_courts([row.id]) == {row.id}


def test_the_key_of_a_report_counts_once(county):
    case, proceeding = exits.commissioned(county)
    for _ in range(2):
        do(reporting.report_to_court, proceeding, by=county.mediator, on=TODAY, key="once")
    assert len(queries.reports_of(cases.get(case, for_=county.mediator).id)) == 1
