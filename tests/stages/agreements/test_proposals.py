"""A proposal through the road: silence makes it an agreement that a court confirms, an objection ends the attempt."""

from datetime import date

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import AgreementState, ProceedingState, Stage
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.papers import operations as papers
from mediation.ground.errors import RuleBroken
from mediation.stages.agreements import operations as agreements
from mediation.stages.agreements import proposals, queries
from mediation.stages.agreements.silence import Bar, ServiceManner
from mediation.stages.confirmation import operations as confirmation
from mediation.stages.performance import queries as performance
from mediation.stages.proceedings import queries as proceedings
from tests import packs, road
from tests.road import do

TODAY, SERVED, AFTER = date(2026, 11, 23), date(2026, 11, 24), date(2026, 12, 2)


@pytest.fixture
def county(ground):
    return road.make_county()


def put(county):
    """A proposal served on both the day after it was made."""
    case, agreement, refs = road.drafted(county)
    do(proposals.propose, agreement, by=county.mediator, on=TODAY, consents=dict.fromkeys(refs, TODAY))
    road.later(SERVED)
    services = {ref: (SERVED, ServiceManner.IN_PERSON) for ref in refs}
    do(proposals.serve, agreement, by=county.mediator, on=SERVED, services=services)
    return case, agreement, refs


def reasons(error):
    return {obstacle.reason for obstacle in error.value.obstacles}


def test_without_the_consent_of_all_there_is_no_proposal(county):
    _case, agreement, refs = road.drafted(county)
    with pytest.raises(RuleBroken) as error:
        do(proposals.propose, agreement, by=county.mediator, on=TODAY, consents={refs[0]: TODAY})
    assert Bar.NO_CONSENT in reasons(error)


def test_silence_makes_it_an_agreement_that_is_performed_and_may_be_confirmed(county):
    case, agreement, refs = put(county)
    row = cases.get(case, for_=county.mediator)
    assert papers.newest(row.id, "proposal") is not None
    assert [(each.basis, each.due_on) for each in clocks.running(row.id) if each.basis == "JM-14"] == [
        ("JM-14", date(2026, 12, 1))
    ]
    road.later(date(2026, 12, 1))
    with pytest.raises(RuleBroken) as error:
        do(proposals.deem, agreement, by=county.mediator, on=date(2026, 12, 1))
    assert reasons(error) == {Bar.STILL_OPEN}
    road.later(AFTER)
    do(proposals.deem, agreement, by=county.mediator, on=AFTER)
    found, row = queries.get(agreement, for_=county.mediator)
    assert (found.state, found.effective_on, found.deemed_on) == (AgreementState.EFFECTIVE, AFTER, AFTER)
    assert row.stage == Stage.EFFECTIVE and len(performance.of_case(row.id)) == 4
    assert papers.newest(row.id, "agreement", about=found) is not None
    do(agreements.sign_mediator, agreement, by=county.mediator, signed_on=AFTER, on=AFTER)
    do(agreements.seal, agreement, by=county.mediator, sealed_on=AFTER, on=AFTER)
    handed = do(confirmation.hand_over, case, by=county.mediator, on=AFTER)
    packs.whole(county, packs.printed(county, (case, handed, refs)))
    do(confirmation.file, handed, by=county.liaison, on=AFTER)
    assert cases.get(case, for_=county.liaison).stage == Stage.CONFIRMING


def test_an_objection_in_time_ends_the_mediation(county):
    case, agreement, refs = put(county)
    road.later(date(2026, 12, 1))
    said = {"objected_on": date(2026, 12, 1), "words": "金额太高", "notice_given": True}
    do(proposals.object_to, agreement, refs[1], by=county.mediator, on=date(2026, 12, 1), **said)
    found, row = queries.get(agreement, for_=county.mediator)
    assert found.state == AgreementState.ABANDONED
    assert proceedings.newest(row.id).state == ProceedingState.ENDED
    assert papers.newest(row.id, "termination") is not None
    assert cases.get(case, for_=county.mediator).stage == Stage.ENDED


def test_an_objection_after_its_day_changes_nothing(county):
    _case, agreement, refs = put(county)
    road.later(AFTER)
    said = {"objected_on": AFTER, "words": "金额太高", "notice_given": True}
    with pytest.raises(RuleBroken) as error:
        do(proposals.object_to, agreement, refs[1], by=county.mediator, on=AFTER, **said)
    assert reasons(error) == {Bar.OBJECTED_TOO_LATE}
    do(proposals.deem, agreement, by=county.mediator, on=AFTER)


def test_a_proposal_that_is_taken_back_is_written_on(county):
    _case, agreement, refs = put(county)
    do(proposals.take_back, agreement, by=county.mediator, on=SERVED, reason="金额写错")
    road.save(county, agreement, refs)
    assert proposals.newest(queries.get(agreement, for_=county.mediator)[0].id) is None
