"""The court's acts by operations: taken in, asked for more, ruled, served; what is open afterwards."""

from datetime import date

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import ConfirmationState, Stage, Turn
from mediation.casefile.clocks import queries as clocks
from mediation.casefile.clocks.models import Clock
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotAllowed, RuleBroken
from mediation.registry.access.rules import Role
from mediation.registry.calendar.queries import calendar_of
from mediation.registry.units.rules import UnitKind
from mediation.stages.agreements import operations as agreements
from mediation.stages.agreements import queries as agreement_queries
from mediation.stages.assisting import operations as assisting
from mediation.stages.confirmation import at_court, boards, gather, papers, queries
from mediation.stages.confirmation import operations as confirmation
from mediation.stages.confirmation.court_steps import CourtDates, court_deadlines
from mediation.stages.confirmation.rules import CourtPeriod, CourtStepKind
from mediation.stages.performance import queries as performance
from tests import makers, packs, road
from tests.road import do

TODAY = date(2026, 11, 23)
LAST_DAY = date(2026, 12, 23)


@pytest.fixture
def county(ground):
    return road.make_county()


def reasons(error) -> set[str]:
    return {str(obstacle.reason) for obstacle in error.value.obstacles}


def read(application, county):
    return queries.get(application, for_=county.liaison)[0]


def case_of(case, county):
    return cases.get(case, for_=county.liaison)


def day_of(case, county, application):
    return queries.court_day(read(application, county), case_of(case, county))


def test_the_court_has_three_days_and_they_make_no_case_late(county):
    case, application, _refs = packs.filed(county)
    row = case_of(case, county)
    running = clocks.running(row.id, "JC-16.accept")
    assert (running.due_on, running.counts_for_case) == (date(2026, 11, 26), False)
    assert day_of(case, county, application).what == CourtPeriod.ACCEPT


@pytest.mark.parametrize("number", ["〔2026〕赣0121民初1号", "（2026）赣0121民初字第1号", "12", ""])
def test_a_number_that_is_no_court_s_is_not_taken(county, number):
    """CN-01, CN-04."""
    _case, application, _refs = packs.filed(county)
    with pytest.raises(RuleBroken) as error:
        do(at_court.accepts, application, by=county.liaison, on=TODAY, court_no=number)
    assert reasons(error) == {"court_number_form"}


def test_the_court_s_number_is_kept_in_its_own_form(county):
    case, application, _refs = packs.filed(county)
    do(at_court.accepts, application, by=county.liaison, on=TODAY, court_no="(2026) 赣0121诉前调确12号")
    row = read(application, county)
    assert (row.state, row.court_no, row.accepted_on) == (ConfirmationState.ACCEPTED, packs.COURT_NO, TODAY)
    assert clocks.running(case_of(case, county).id, "JC-16.decide").due_on == date(2026, 12, 8)


def test_the_statute_gives_the_court_thirty_days_from_acceptance(county):
    """JC-16: accepted on 23 November, its thirtieth day is 23 December, with or without the president's ten days."""
    case, application, _refs = packs.filed(county)
    do(at_court.accepts, application, by=county.liaison, on=TODAY, court_no=packs.COURT_NO)
    case = case_of(case, county)
    for extended in (False, True):
        dates = CourtDates(TODAY, TODAY, extended)
        found = court_deadlines(dates, queries.court_periods(case), calendar_of(case.centre_id))
        assert found[CourtPeriod.STATUTORY].day == date(2026, 12, 23)


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("（2026）赣0121诉前调确3号", []),
        ("（2026）赣0121民特3号", []),
        ("（2026）赣0121调确3号", ["court_number_obsolete"]),
        ("（2026）赣0124民特3号", ["court_number_court"]),
    ],
)
def test_an_odd_number_is_taken_with_a_warning(county, number, found):
    case, application, _refs = packs.filed(county)
    cautions = queries.number_cautions(read(application, county), case_of(case, county), number)
    assert [str(each.reason) for each in cautions] == found


def test_nobody_makes_up_a_number(county):
    case, application, _refs = packs.filed(county)
    example = queries.number_example(read(application, county), case_of(case, county), on=TODAY)
    assert example == "（2026）赣0121诉前调确　号"


def test_papers_that_the_court_asks_for_have_a_last_day_that_counts(county):
    """JC-09, JC-12."""
    case, application, _refs = packs.taken_in(county)
    with pytest.raises(Invalid):
        do(at_court.act, application, CourtStepKind.MORE_PAPERS, by=county.liaison, on=TODAY)
    due = date(2026, 11, 30)
    do(at_court.act, application, CourtStepKind.MORE_PAPERS, by=county.liaison, on=TODAY, due_on=due, note="补权属证明")
    assert (case_of(case, county).due_on, day_of(case, county, application).on) == (due, due)
    do(at_court.act, application, CourtStepKind.PAPERS_GIVEN, by=county.liaison, on=TODAY)
    assert case_of(case, county).due_on == date(2026, 12, 20)
    assert day_of(case, county, application).what == CourtPeriod.DECIDE


def test_a_summons_stands_until_somebody_was_questioned(county):
    """JC-11."""
    case, application, _refs = packs.taken_in(county)
    day = date(2026, 11, 27)
    do(at_court.act, application, CourtStepKind.SUMMONED, by=county.liaison, on=TODAY, due_on=day)
    assert day_of(case, county, application).what == CourtStepKind.SUMMONED
    do(at_court.act, application, CourtStepKind.QUESTIONED, by=county.liaison, on=TODAY)
    assert day_of(case, county, application).what == CourtPeriod.DECIDE


def test_more_time_for_the_court_needs_a_case_taken_in(county):
    _case, application, _refs = packs.filed(county)
    with pytest.raises(RuleBroken) as error:
        do(at_court.act, application, CourtStepKind.EXTENDED, by=county.liaison, on=TODAY)
    assert reasons(error) == {"not_accepted"}


def test_ten_more_days_for_the_court(county):
    case, application, _refs = packs.taken_in(county)
    do(at_court.act, application, CourtStepKind.EXTENDED, by=county.liaison, on=TODAY)
    assert clocks.running(case_of(case, county).id, "JC-16.decide").due_on == date(2026, 12, 18)


def test_a_confirmed_agreement_is_served_and_may_be_objected_to(county):
    case, application, _refs = packs.taken_in(county)
    on = date(2026, 11, 30)
    road.later(on)
    do(at_court.rules_on, application, "confirmed", by=county.liaison, on=on)
    row = case_of(case, county)
    assert (row.stage, read(application, county).ruled_on) == (Stage.PERFORMING, on)
    assert [each.public_id for each in boards.board(for_=county.liaison, on=on).at_court] == [application]
    do(at_court.serves, application, by=county.liaison, on=on)
    assert clocks.running(row.id, "JC-15.party").due_on == date(2026, 12, 15)
    enforceable = clocks.running(row.id, "JC-18")  # two years from the day of the last instalment
    assert enforceable.started_on == max(duty.due_on for duty in performance.of_case(row.id))
    assert enforceable.due_on.year == enforceable.started_on.year + 2 and not enforceable.counts_for_case
    assert boards.board(for_=county.liaison, on=on).at_court == []
    with pytest.raises(RuleBroken):
        do(at_court.serves, application, by=county.liaison, on=on)


def test_nothing_is_ruled_on_before_it_was_taken_in(county):
    _case, application, _refs = packs.filed(county)
    for answer, ground in (("confirmed", None), ("dismissed", "unclear")):
        with pytest.raises(RuleBroken) as error:
            do(at_court.rules_on, application, answer, by=county.liaison, on=TODAY, ground=ground)
        assert "not_accepted" in reasons(error)


def test_a_dismissal_names_its_ground(county):
    """JC-13, JC-14."""
    _case, application, _refs = packs.taken_in(county)
    with pytest.raises(RuleBroken) as error:
        do(at_court.rules_on, application, "dismissed", by=county.liaison, on=TODAY)
    assert reasons(error) == {"no_ground"}
    do(at_court.rules_on, application, "dismissed", by=county.liaison, on=TODAY, ground="unclear")
    assert read(application, county).ruling_ground == "unclear"


def test_deemed_withdrawn_needs_something_missed(county):
    """JC-11, JC-12."""
    case, application, _refs = packs.taken_in(county)
    due = date(2026, 11, 25)
    do(at_court.act, application, CourtStepKind.MORE_PAPERS, by=county.liaison, on=TODAY, due_on=due)
    road.later(due)
    with pytest.raises(RuleBroken) as error:
        do(at_court.rules_on, application, "deemed_withdrawn", by=county.liaison, on=due)
    assert reasons(error) == {"nothing_missed"}
    road.later(date(2026, 11, 26))
    do(at_court.rules_on, application, "deemed_withdrawn", by=county.liaison, on=clock.today())
    assert case_of(case, county).stage == Stage.EFFECTIVE


@pytest.mark.parametrize(("on", "is_open"), [(LAST_DAY, True), (date(2026, 12, 24), False)])
def test_after_a_withdrawal_the_thirty_days_run_on(county, on, is_open):
    """JC-12."""
    case, application, _refs = packs.taken_in(county)
    road.later(on)
    do(at_court.rules_on, application, "withdrawn", by=county.liaison, on=on)
    running = clocks.running(case_of(case, county).id, "JC-01")
    assert (running.due_on if running else None) == (LAST_DAY if is_open else None)
    if is_open:
        assert do(confirmation.hand_over, case, by=county.mediator, on=on) != application


def test_a_second_application_to_another_court_is_warned_of(county):
    """JC-07."""
    signed = road.signed(county, respondents=[makers.changed(road.TU, area_code="360124")])
    case, application, refs = packs.handed(county, signed)
    do(packs.preparing.choose_court, application, "赣0121", by=county.liaison, on=TODAY)
    packs.whole(county, packs.printed(county, (case, application, refs)))
    do(confirmation.file, application, by=county.liaison, on=TODAY)
    do(at_court.rules_on, application, "refused", by=county.liaison, on=TODAY, ground="wrong_court")
    again = do(confirmation.hand_over, case, by=county.mediator, on=TODAY)
    do(packs.preparing.choose_court, again, "赣0124", by=county.liaison, on=TODAY)
    found = queries.cautions(queries.bundle(case_of(case, county)), on=TODAY)
    assert [str(each.reason) for each in found] == ["second_application"]


def test_a_second_body_that_mediated_adds_its_court_and_a_large_sum_goes_one_level_up(county):
    """JC-07, JC-06."""
    other = makers.make_unit(county.centre, UnitKind.SECTOR_COMMITTEE, "进贤县医调委", area_code="360124")
    police = makers.make_unit(county.centre, UnitKind.POLICE, "安义县公安局", area_code="360123")
    case, proceeding = road.mediating(county)
    for unit in (other, police):
        head = makers.make_actor(county.centre, Role.HEAD, unit)
        asked = do(
            assisting.ask, case, by=county.mediator, on=TODAY, unit=unit.public_id, wanted="一起调", is_mandatory=False
        )
        do(assisting.accept, asked, by=head, on=TODAY)
        do(assisting.report, asked, by=head, on=TODAY, result="一起调了")
    packs.handed(county, road.signed(county, road.drafted(county, (case, proceeding))))
    row = case_of(case, county)
    for bundle in (queries.bundle(row), gather.bundles([row])[row.id]):
        found = {choice.court.name: choice.grounds for choice in queries.courts(bundle)}
        assert list(found) == ["南昌县人民法院", "进贤县人民法院"]  # the police helped, it is no mediation organisation
        assert found["进贤县人民法院"] == (("organisation", "进贤县医调委"),)
    with transaction():
        session.get_one(Case, row.id).amount_fen = 50_000_000_000
    [only] = queries.courts(queries.bundle(case_of(case, county)))
    assert (only.court.name, only.grounds[0][0]) == ("南昌市中级人民法院", "intermediate")


def test_a_dispute_about_rights_ends_the_procedure(county):
    """JC-23."""
    case, application, _refs = packs.taken_in(county)
    do(at_court.rules_on, application, "procedure_ended", by=county.liaison, on=TODAY)
    assert read(application, county).state == ConfirmationState.PROCEDURE_ENDED
    assert clocks.running(case_of(case, county).id, "JC-16.decide") is None


def test_every_act_of_the_court_is_a_dated_row(county):
    _case, application, _refs = packs.taken_in(county)
    do(at_court.rules_on, application, "confirmed", by=county.liaison, on=TODAY, received_on=TODAY)
    found = [(step.position, step.kind) for step in read(application, county).court_steps]
    assert found == [(1, CourtStepKind.ACCEPTED), (2, CourtStepKind.RULED), (3, CourtStepKind.SERVED)]


def test_the_court_s_clerk_rules_on_nothing_here(county):
    _case, application, _refs = packs.filed(county)
    with pytest.raises(Exception) as error:
        do(at_court.accepts, application, by=county.court, on=TODAY, court_no=packs.COURT_NO)
    assert type(error.value).__name__ in ("NotFound", NotAllowed.__name__)


# --- after a dismissal ---


def test_a_text_that_the_court_dismissed_may_be_drawn_up_again(county):
    case, application, _refs = packs.taken_in(county)
    agreement = agreement_queries.effective(case_of(case, county).id).public_id
    with pytest.raises(RuleBroken) as error:
        do(agreements.revise, agreement, by=county.mediator, on=TODAY, reason="改得清楚些")
    assert reasons(error) == {"agreement_stands"}
    do(at_court.rules_on, application, "dismissed", by=county.liaison, on=TODAY, ground="unclear")
    with pytest.raises(RuleBroken) as error:
        do(confirmation.hand_over, case, by=county.mediator, on=TODAY)
    assert reasons(error) == {"answered"}
    do(agreements.revise, agreement, by=county.mediator, on=TODAY, reason="改得清楚些")
    row = case_of(case, county)
    assert (row.stage, row.turn) == (Stage.MEDIATING, Turn.MEDIATOR)
    running = session.query(Clock).filter_by(case_id=row.id, stopped_on=None).all()
    assert {each.basis for each in running} <= {"PM-18"}
    assert performance.of_case(row.id) == []
    had = gather.bundle_for(read(application, county), row)  # what the court had is still to be read
    assert had.agreement.public_id == agreement
    assert papers.contents(had).details.agreement_number == had.agreement.number


def test_a_confirmed_agreement_stands(county):
    case, application, _refs = packs.taken_in(county)
    do(at_court.rules_on, application, "confirmed", by=county.liaison, on=TODAY)
    agreement = agreement_queries.effective(case_of(case, county).id).public_id
    with pytest.raises(RuleBroken) as error:
        do(agreements.revise, agreement, by=county.mediator, on=TODAY, reason="改")
    assert reasons(error) == {"agreement_stands"}
    with pytest.raises(RuleBroken) as error:
        do(confirmation.hand_over, case, by=county.mediator, on=TODAY)
    assert reasons(error) == {"already_confirmed"}
