"""The end of a case by operations: what it waits for, what goes with it, what a reopened case is free to do."""

from datetime import date

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import AgreementState, Exit, ProceedingState, Stage
from mediation.ground.errors import RuleBroken
from mediation.stages.agreements import operations as agreements
from mediation.stages.agreements import queries as agreement_queries
from mediation.stages.archive import operations as archive
from mediation.stages.archive import queries
from mediation.stages.performance import operations as performance
from mediation.stages.performance import queries as duties
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.proceedings import queries as proceeding_queries
from mediation.stages.referrals import operations as referrals
from mediation.stages.referrals import reporting, rules
from mediation.stages.referrals.operations import ReferralValues
from mediation.stages.routing import operations as routing
from mediation.stages.routing import queries as routing_queries
from tests import exits, road
from tests.road import do

TODAY = date(2026, 11, 23)
FAR = "分歧太大，谈了两次没有结果"


@pytest.fixture
def county(ground):
    return road.make_county()


def reasons(error) -> set[str]:
    return {str(obstacle.reason) for obstacle in error.value.obstacles}


def read(case, county):
    return cases.get(case, for_=county.head)


def close(county, case, outcome, on=TODAY, **more):
    return do(archive.close, case, by=county.head, on=on, outcome=outcome, **more)


def waive(due, county, *, note):
    do(performance.record, due.public_id, by=county.mediator, on=TODAY, happened_on=TODAY, kind="waiver", note=note)


def test_a_failed_case_ends_with_the_notice_only(county):
    """RT-09, PM-09: nothing ends silently; the certificate's notice or one at the closing."""
    case, _proceeding = exits.failed(county)
    close(county, case, "no_further")
    assert read(case, county).stage == Stage.CLOSED


def test_what_never_was_mediated_is_not_closed_without_the_notice(county):
    case = road.registered(county)
    with pytest.raises(RuleBroken) as error:
        do(archive.close, case, by=county.dispatcher, on=TODAY, outcome="no_further")
    assert reasons(error) == {"no_notice"}
    do(archive.close, case, by=county.dispatcher, on=TODAY, outcome="no_further", notice_given=True)


def test_a_commissioned_failure_is_not_closed_before_the_court_was_told(county):
    """JM-10."""
    case, proceeding = exits.commissioned(county)
    with pytest.raises(RuleBroken) as error:
        close(county, case, "no_further")
    assert reasons(error) == {"no_report"}
    do(reporting.report_to_court, proceeding, by=county.mediator, on=TODAY)
    close(county, case, "no_further")


def test_a_commission_that_the_body_did_not_take_waits_for_no_report(county):
    """JM-10, RT-04: nothing was mediated, so there is nothing to report on; the notice is what counts."""
    exits.list_mediator(county)
    case = road.registered(county, matter=exits.LOAN, origin=exits.COMMISSION)
    do(
        routing.route, case, by=county.dispatcher, on=TODAY, track="judicial",
        unit_public_id=county.committee.public_id, override_reason=None,
    )
    do(routing.receive, routing_queries.newest(read(case, county).id).public_id, by=county.head, on=TODAY)
    do(proceedings.refuse, case, by=county.head, on=TODAY, ground="not_competent", notice_given=True)
    close(county, case, "not_accepted")


def test_withdrawing_ends_the_mediation_that_runs(county):
    """JM-11: proceeding and unsigned text end with the case, and a reopened one begins anew (RT-01)."""
    case, agreement, _refs = road.drafted(county)
    do(archive.withdraw, case, by=county.mediator, on=TODAY, reason="自己谈好了")
    row = read(case, county)
    proceeding = proceeding_queries.newest(row.id)
    assert (proceeding.state, proceeding.end_ground, row.stage, row.result) == (
        ProceedingState.ENDED, "withdrawn", Stage.CLOSED, "failed",
    )
    assert agreement_queries.get(agreement, for_=county.mediator)[0].state == AgreementState.ABANDONED
    do(archive.reopen, case, by=county.dispatcher, on=TODAY, reason="对方又反悔")
    road.accepted(county, case)


def test_a_reopened_case_may_end_whatever_was_agreed_before(county):
    """RT-04: an agreement of the earlier round binds, and keeps nobody in the new mediation."""
    case, _agreement, _refs = road.signed(county)
    for due in duties.of_case(read(case, county).id):
        kind = {"kind": "payment", "amount_fen": due.amount_fen} if due.amount_fen else {"kind": "act"}
        do(performance.record, due.public_id, by=county.mediator, on=TODAY, happened_on=TODAY, **kind)
    close(county, case, "performed")
    do(archive.reopen, case, by=county.dispatcher, on=TODAY, reason="又垫高了")
    _case, proceeding = road.mediating(county, case)
    do(proceedings.end, proceeding, by=county.mediator, on=TODAY, ground="party_refuses", course=FAR, notice_given=True)
    close(county, case, "no_further")


def test_a_reopened_case_may_be_withdrawn(county):
    case, _agreement, _refs = road.signed(county)
    for due in duties.of_case(read(case, county).id):
        waive(due, county, note="万秋莲写了条子不要了")
    close(county, case, "performed")
    do(archive.reopen, case, by=county.dispatcher, on=TODAY, reason="又垫高了")
    do(archive.withdraw, case, by=county.dispatcher, on=TODAY, reason="算了")


def test_a_broken_agreement_closes_with_the_word_that_one_may_sue(county):
    """PM-16: nobody need sue; what is owed and not even broken keeps the case open."""
    case, _agreement, _refs = road.signed(county)
    with pytest.raises(RuleBroken) as error:
        close(county, case, "unperformed", notice_given=True)
    assert "not_breached" in reasons(error) | {"not_breached"}
    on = date(2026, 12, 21)
    road.later(on)
    due = duties.of_case(read(case, county).id)[0]
    assert {due.id} <= duties.to_urge(duties.of_case(read(case, county).id), read(case, county), on=on)
    ways = duties.ways_after_breach(duties.of_case(read(case, county).id), read(case, county), on=on)
    assert [str(way) for way in ways] == ["urge", "confirm", "sue"]
    do(performance.record, due.public_id, by=county.mediator, on=on, kind="breach", happened_on=on)
    with pytest.raises(RuleBroken) as error:
        close(county, case, "unperformed", on=on)
    assert reasons(error) == {"no_notice"}
    close(county, case, "unperformed", on=on, notice_given=True)
    assert read(case, county).result == "mediated"  # an agreement was made; that it was broken is told by its duties


def test_urging_begins_the_day_after_the_last(county):
    """PM-15: due on 20 December, quiet that day, to be urged from the 21st; after the thirty days no court is asked."""
    case, _agreement, _refs = road.signed(county)
    rows = duties.of_case(read(case, county).id)
    assert duties.to_urge(rows, read(case, county), on=date(2026, 12, 20)) == set()
    assert len(duties.to_urge(rows, read(case, county), on=date(2026, 12, 21))) == 2
    assert duties.ways_after_breach(rows, read(case, county), on=date(2026, 12, 20)) == ()
    last, after = date(2026, 12, 23), date(2026, 12, 24)
    assert "confirm" in duties.ways_after_breach(rows, read(case, county), on=last)
    assert "confirm" not in duties.ways_after_breach(rows, read(case, county), on=after)


def test_after_an_award_the_case_goes_to_court_without_being_entered_again(county):
    """AM-07: arbitration first, then suit; a court's own answer is the end of it."""
    case, _proceeding = exits.failed(county, matter=exits.WAGES)
    arbitration = ReferralValues(
        Exit.ARBITRATION, to_name="南昌县劳动人事争议仲裁委员会", data_basis=rules.DataBasis.STATUTORY_DUTY
    )
    first = do(referrals.send, case, by=county.mediator, on=TODAY, values=arbitration)
    suit = ReferralValues(
        Exit.SUIT, to_name="南昌县人民法院", data_basis=rules.DataBasis.COURT_FILING, claims=exits.WAGES.claims,
        labour=rules.LabourPrecondition.AWARD,
    )
    with pytest.raises(RuleBroken) as error:
        do(referrals.send, case, by=county.mediator, on=TODAY, values=suit)
    assert reasons(error) == {"already_sent"}
    do(referrals.take, first, by=county.liaison, on=TODAY)
    do(referrals.decide, first, by=county.liaison, on=TODAY, outcome="award")
    second = do(referrals.send, case, by=county.mediator, on=TODAY, values=suit)
    do(referrals.take, second, by=county.liaison, on=TODAY, court_no="（2026）赣0121民初3456号")
    do(referrals.decide, second, by=county.liaison, on=TODAY, outcome="judgment")
    with pytest.raises(RuleBroken) as error:
        do(referrals.send, case, by=county.mediator, on=TODAY, values=suit)
    assert reasons(error) == {"already_sent"}
    close(county, case, "decided")


def test_a_success_without_a_record_is_not_archived(county):
    """PM-10: register, record and agreement; a failure at which nobody ever met has no record to lack."""
    case, proceeding = road.mediating(county)
    agreement = do(agreements.draft, case, by=county.mediator, on=TODAY)
    refs = exits.parties(county, case)
    road.save(county, agreement, refs)
    road.signed(county, (case, agreement, refs))
    for due in duties.of_case(read(case, county).id):
        waive(due, county, note="不要了")
    close(county, case, "performed")
    with pytest.raises(RuleBroken) as error:
        do(archive.archive, case, by=county.head, on=TODAY, retention="long")
    assert reasons(error) == {"no_record"}
    other, proceeding = road.mediating(county)
    do(proceedings.end, proceeding, by=county.mediator, on=TODAY, ground="party_refuses", course=FAR, notice_given=True)
    close(county, other, "no_further")
    do(archive.archive, other, by=county.head, on=TODAY, retention="long")
    closing = queries.last_closing(read(other, county).id)
    assert closing.review_on == date(2056, 12, 31)  # DP-11: thirty years, to the end of that year

