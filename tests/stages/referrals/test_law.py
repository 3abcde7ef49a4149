"""The law of what leaves after a failed mediation: nothing said in confidence gets out by any door (JM-12, JM-13)."""

from dataclasses import replace
from datetime import date

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.papers import operations as papers
from mediation.ground.errors import RuleBroken
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.proceedings import queries as proceeding_queries
from mediation.stages.proceedings import sessions
from mediation.stages.referrals import operations as referrals
from mediation.stages.referrals import queries, reporting
from mediation.stages.referrals.reporting import Fact
from tests import exits, road
from tests.road import do

TODAY = date(2026, 11, 23)
SECRET = "涂国平私下说：真要一次了结，最多只能出到两万二千元，不要告诉对方。"
SMUGGLED = (
    "最多只能出到两万二千元",
    "最多，只能 出到——两万二千元！",
    "其实最多只能出到两万二千元的意思",
)


@pytest.fixture
def county(ground):
    return road.make_county()


def reasons(error) -> set[str]:
    return {str(obstacle.reason) for obstacle in error.value.obstacles}


def note(county, case, text=SECRET, is_concession=True):
    do(sessions.add_note, case, by=county.mediator, text=text, is_concession=is_concession)


@pytest.mark.parametrize(
    "field",
    ["claims", "issues", "procedure_reason", "preservation", "evidence_loss", "unsuitable_reason", "to_name"],
)
@pytest.mark.parametrize("text", SMUGGLED)
def test_no_field_of_the_letter_carries_a_concession(county, field, text):
    exits.set_wage(county)
    case, _proceeding, _refs = exits.ready(county)
    note(county, case)
    changes = {field: text} | ({"to_unit": None} if field == "to_name" else {})
    with pytest.raises(RuleBroken) as error:
        do(referrals.send, case, by=county.mediator, on=TODAY, values=exits.to_tribunal(county, **changes))
    assert "concession" in reasons(error)


def test_a_private_note_that_nobody_ticked_stays_too(county):
    exits.set_wage(county)
    case, _proceeding, _refs = exits.ready(county)
    note(county, case, "我看涂国平手里其实有收条，只是不肯拿出来。", is_concession=False)
    values = exits.to_tribunal(county, issues="涂国平手里其实有收条？")
    stated = replace(values, issues="我看涂国平手里其实有收条")
    with pytest.raises(RuleBroken) as error:
        do(referrals.send, case, by=county.mediator, on=TODAY, values=stated)
    assert reasons(error) == {"concession"}


def test_points_met_half_way_in_a_failed_talk_are_offers(county):
    """The record of the talk (沟面由涂国平铲平 / 赔2600元，分三期) stays, and so do its words."""
    exits.set_wage(county)
    case, _proceeding, _refs = exits.ready(county)
    values = exits.to_tribunal(county, issues="沟面由涂国平铲平")
    with pytest.raises(RuleBroken) as error:
        do(referrals.send, case, by=county.mediator, on=TODAY, values=values)
    assert reasons(error) == {"concession"}


def test_what_was_said_openly_is_no_secret_for_being_repeated(county):
    """The application itself says so; a note that repeats it keeps nobody from asking the court."""
    exits.set_wage(county)
    case, _proceeding, _refs = exits.ready(county)
    note(county, case, "写了借条，约定2025年底还清，至今没还。")
    values = exits.to_tribunal(county, issues="约定2025年底还清，至今没还")
    do(referrals.send, case, by=county.mediator, on=TODAY, values=values)


@pytest.mark.parametrize("field", ["course", "cost_conduct", "court_points", "issues", "words"])
def test_the_certificate_of_the_end_carries_none(county, field):
    """QT-13: course, reason and points for the court leave the house, so they are looked through when written."""
    case, proceeding = road.mediating(county, matter=exits.LOAN)
    road.met(county, proceeding, result="continue")
    note(county, case)
    values = {"course": exits.COURSE, "notice_given": True, "ground": "too_far_apart"} | {field: SMUGGLED[0]}
    with pytest.raises(RuleBroken) as error:
        do(proceedings.end, proceeding, by=county.mediator, on=TODAY, **values)
    assert reasons(error) == {"concession"}


def test_the_report_to_the_court_carries_none(county):
    """JM-10, JM-12."""
    case, proceeding = exits.commissioned(county)
    note(county, case)
    with pytest.raises(RuleBroken) as error:
        do(reporting.report_to_court, proceeding, by=county.mediator, on=TODAY, course=SMUGGLED[0])
    assert reasons(error) == {"concession"}
    do(reporting.report_to_court, proceeding, by=county.mediator, on=TODAY)
    row = cases.get(case, for_=county.mediator)
    for paper in papers.of_case(row.id):
        if paper.kind != "session_record":
            said = row.box().open(paper.snapshot_sealed, "papers", "snapshot", paper.id).decode()
            assert "两万二千" not in said


@pytest.mark.parametrize("where", ["text", "evidence", "disputed"])
def test_the_record_of_undisputed_facts_carries_none(county, where):
    """JM-13: not in the facts, not in their evidence, not among the points in dispute."""
    case, proceeding, refs = exits.ready(county)
    note(county, case)
    said = {"text": "借款三万元属实", "evidence": "借条", "disputed": "利息"} | {where: SMUGGLED[0]}
    with pytest.raises(RuleBroken) as error:
        do(
            reporting.note_undisputed, proceeding, by=county.mediator, on=TODAY, disputed=[said["disputed"]],
            facts=[Fact(said["text"], said["evidence"])], consents=dict.fromkeys(refs, TODAY),
        )
    assert reasons(error) == {"concession"}


def test_one_signature_of_two_attaches_no_facts(county):
    """JM-13: A signed, B did not."""
    exits.set_wage(county)
    case, proceeding, refs = exits.ready(county)
    do(
        reporting.note_undisputed, proceeding, by=county.mediator, on=TODAY, facts=[Fact("借款三万元属实")],
        consents=dict.fromkeys(refs, TODAY),
    )
    do(
        reporting.sign_undisputed, proceeding, by=county.mediator, on=TODAY, signed={refs[0]: TODAY},
        mediator_signed_on=TODAY,
    )
    found = queries.leaving(cases.get(case, for_=county.mediator), on=TODAY)
    assert "undisputed_facts" not in {paper.kind for paper in queries.papers_for(found, "quick_trial")}
    do(reporting.sign_undisputed, proceeding, by=county.mediator, on=TODAY, signed={refs[1]: TODAY})
    found = queries.leaving(cases.get(case, for_=county.mediator), on=TODAY)
    assert "undisputed_facts" in {paper.kind for paper in queries.papers_for(found, "quick_trial")}
    assert proceeding_queries.get(proceeding, for_=county.mediator)
