"""What follows the court's answer, and what goes from one application into the next (JC-14, JC-15, JC-19, QT-16)."""

from datetime import date

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import AgentAuthority, AgentKind, ConfirmationState, Representation, Stage
from mediation.casefile.clocks import queries as clocks
from mediation.ground.errors import RuleBroken
from mediation.stages.agreements import operations as agreements
from mediation.stages.agreements import queries as agreement_queries
from mediation.stages.confirmation import at_court, preparing, queries
from mediation.stages.confirmation import operations as confirmation
from mediation.stages.intake import beside
from mediation.stages.intake.beside import Helper
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.proceedings import queries as proceeding_queries
from mediation.stages.referrals import operations as referrals
from mediation.stages.referrals import rules as referral_rules
from mediation.stages.referrals.operations import ReferralValues
from tests import packs, road
from tests.road import do

TODAY = date(2026, 11, 23)


@pytest.fixture
def county(ground):
    return road.make_county()


def reasons(error) -> set[str]:
    return {str(obstacle.reason) for obstacle in error.value.obstacles}


def read(application, county):
    return queries.get(application, for_=county.liaison)[0]


def suit(claims, **more):
    basis = referral_rules.DataBasis.COURT_FILING
    return ReferralValues("suit", to_name="南昌县人民法院", data_basis=basis, claims=claims, **more)


def confirmed(county):
    case, application, refs = packs.taken_in(county)
    do(at_court.rules_on, application, "confirmed", by=county.liaison, on=TODAY)
    return case, application, refs


def dismissed(county):
    case, application, refs = packs.taken_in(county)
    do(at_court.rules_on, application, "dismissed", by=county.liaison, on=TODAY, ground="unclear")
    return case, application, refs


def test_an_outsider_has_six_months_from_knowing(county):
    """JC-15: knew on 23 November 2026, last day 24 May 2027 (past a Sunday); a party's fifteen days run beside."""
    case, application, _refs = confirmed(county)
    do(at_court.outsider_knew, application, by=county.liaison, on=TODAY, note="涂国平之妻")
    row = cases.get(case, for_=county.liaison)
    assert clocks.running(row.id, "JC-15.third_person").due_on == date(2027, 5, 24)
    assert [str(step.kind) for step in read(application, county).court_steps][-1] == "outsider"


def test_a_ruling_that_the_court_takes_back_leaves_the_ways_of_a_dismissal(county):
    """JC-14, JC-15: the agreement is unconfirmed again; mediating anew and suing are open, enforcing is not."""
    case, application, _refs = confirmed(county)
    do(at_court.outsider_knew, application, by=county.liaison, on=TODAY)
    road.later(date(2026, 12, 1))
    on = date(2026, 12, 1)
    with pytest.raises(RuleBroken) as error:
        do(at_court.revokes, application, by=county.liaison, on=on, ground="nothing_such")
    assert reasons(error) == {"unknown_ground"}
    do(at_court.revokes, application, by=county.liaison, on=on, ground="others_interests")
    row = read(application, county)
    assert (row.state, row.ruling_ground) == (ConfirmationState.DISMISSED, "others_interests")
    case_row = cases.get(case, for_=county.liaison)
    assert clocks.running(case_row.id, "JC-15.third_person") is None
    agreement = agreement_queries.effective(case_row.id).public_id
    do(agreements.revise, agreement, by=county.mediator, on=on, reason="按法院意见改")


def test_a_second_agreement_starts_anew_at_the_court(county):
    """JC-14: the first was dismissed, a clearer one is signed; nothing of the old answer hangs on it."""
    case, first, refs = dismissed(county)
    row = cases.get(case, for_=county.mediator)
    fresh = do(
        agreements.revise, agreement_queries.effective(row.id).public_id, by=county.mediator, on=TODAY,
        reason="改得清楚些",
    )
    road.signed(county, (case, fresh, refs))
    row = cases.get(case, for_=county.mediator)
    assert row.stage == Stage.EFFECTIVE
    assert clocks.running(row.id, "JC-01").due_on == date(2026, 12, 23)
    values = suit("履行", notice_given=True)
    with pytest.raises(RuleBroken) as error:
        do(referrals.send, case, by=county.mediator, on=TODAY, values=values)
    assert reasons(error) == {"not_breached"}  # the new text was put before no court yet
    second = do(confirmation.hand_over, case, by=county.mediator, on=TODAY)
    assert second != first and read(second, county).state == ConfirmationState.PREPARING
    assert cases.get(case, for_=county.mediator).stage == Stage.CONFIRMING


def test_mediating_again_after_a_dismissal_may_fail_and_go_to_court(county):
    """JC-14: the parties change nothing after all; the case goes on as one that failed, without being entered again."""
    case, _application, _refs = dismissed(county)
    row = cases.get(case, for_=county.mediator)
    do(agreements.revise, agreement_queries.effective(row.id).public_id, by=county.mediator, on=TODAY, reason="再谈")
    do(
        proceedings.end, proceeding_queries.newest(row.id).public_id, by=county.mediator, on=TODAY,
        ground="too_far_apart", course="再谈一次没有结果", notice_given=True,
    )
    do(referrals.send, case, by=county.mediator, on=TODAY, values=suit("赔2600元"))


def test_a_suspicion_goes_along_into_the_next_application(county):
    """JC-19: giving an application up clears nothing, and does not shut the door for ever either."""
    case, application, _refs = packs.handed(county)
    no = {"grounds": packs.NO_GROUND, "by": county.mediator, "on": TODAY}
    do(preparing.answer, application, sham_suspected=True, **no)
    do(confirmation.drop, application, by=county.mediator, on=TODAY, why="unwilling")
    again = do(confirmation.hand_over, case, by=county.mediator, on=TODAY)
    with pytest.raises(RuleBroken) as error:
        do(preparing.issue_pack, again, by=county.liaison, on=TODAY)
    assert "sham_suspected" in reasons(error)
    do(preparing.answer, again, cleared_because="查了银行流水，借款是真的", **no)
    assert do(preparing.issue_pack, again, by=county.liaison, on=TODAY)


def test_an_agent_whose_mandate_ended_holds_no_pack_up(county):
    """QT-16: general authority bars; once it has ended, it is nobody's any more."""
    case, application, refs = packs.whole(county)
    helper = Helper(
        Representation.AGENT, "甲律师", sex="male", relation="律师", kind=AgentKind.LAWYER,
        authority=AgentAuthority.GENERAL, paper_received_on=TODAY,
        workplace="某律师事务所", licence_no="13601201010000001",
    )
    agent = do(beside.add_representative, refs[0], helper=helper, by=county.mediator, on=TODAY)
    lacks = {str(bar.reason) for bar in queries.readiness(cases.get(case, for_=county.liaison), on=TODAY).obstacles}
    assert "no_authority" in lacks
    do(beside.end_representative, agent, reason="解除委托", by=county.mediator, on=TODAY)
    lacks = {str(bar.reason) for bar in queries.readiness(cases.get(case, for_=county.liaison), on=TODAY).obstacles}
    assert "no_authority" not in lacks
    assert read(application, county).state == ConfirmationState.PREPARING
