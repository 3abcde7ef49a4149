"""Sending a case to a unit and the unit's answer, on both databases, without Flask."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from mediation.casefile.cases import access, steps
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import CaseState, Channel, Stage, Track, TransferState, Turn
from mediation.casefile.clocks import queries as clocks
from mediation.casefile.clocks.rules import ClockLabel
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken
from mediation.ground.once import new_key
from mediation.ground.steps import StepTaken
from mediation.registry.access.rules import Depth
from mediation.registry.people.operations import Identity
from mediation.registry.units.rules import UnitKind
from mediation.stages.intake.operations import Origin
from mediation.stages.intake.rules import Bar as IntakeBar
from mediation.stages.intake.rules import Elsewhere, Question
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.routing import operations as routing
from mediation.stages.routing import queries
from mediation.stages.routing.models import RoutingRuleRow, Transfer
from mediation.stages.routing.rules import Bar, RejectReason
from mediation.stages.routing.suggesting import Clue
from tests import cast, makers

TODAY = date(2026, 11, 23)


@pytest.fixture
def county(ground):
    return cast.gather()


def route(county, case, **values):
    values = {"track": Track.PEOPLES, "unit_public_id": county.committee.public_id} | values
    with transaction():
        return routing.route(case.public_id, by=county.dispatcher, on=TODAY, **values)


def reasons(error):
    return [obstacle.reason for obstacle in error.value.obstacles]


# --- the suggestion ---


def test_a_neighbours_dispute_goes_to_the_towns_committee_and_says_why(county):
    advice = queries.suggest_for(cast.screened(county), on=TODAY)
    assert (advice.way.track, advice.way.unit.id) == (Track.PEOPLES, county.committee.id)
    assert [clue.reason for clue in advice.clues] == [Clue.TYPES]
    assert advice.clues[0].params == {"value": ("用水、排水",)}


def test_the_nearest_fitting_unit_is_the_alternative(county):
    village = makers.make_unit(county.centre, UnitKind.COMMITTEE, "前进村人民调解委员会", area_code=cast.TOWN + "201")
    matter = makers.changed(makers.DRAIN, area_code=cast.TOWN + "201")
    advice = queries.suggest_for(cast.screened(county, matter=matter), on=TODAY)
    assert (advice.way.unit.id, advice.alternative.unit.id) == (county.committee.id, village.id)


def test_a_suggestion_says_what_would_send_it_elsewhere(county):
    sector = makers.make_unit(county.centre, UnitKind.COMMITTEE, "南昌县人民调解委员会")
    advice = queries.suggest_for(cast.screened(county), on=TODAY)
    assert [(change.clue.reason, change.way.unit.id) for change in advice.changes] == [
        (Clue.PEOPLE_FROM, sector.id), (Clue.AMOUNT_FROM, sector.id),
    ]
    assert advice.changes[1].clue.params == {"value": "500,000"}


def test_sector_bodies_get_what_they_are_made_for(county):
    medical = makers.make_unit(
        county.centre, UnitKind.SECTOR_COMMITTEE, "南昌县医疗纠纷人民调解委员会", sector_types={"types": ["medical"]}
    )
    makers.make_unit(
        county.centre, UnitKind.SECTOR_COMMITTEE, "南昌县物业纠纷人民调解委员会",
        sector_types={"types": ["property_management"]},
    )
    matter = makers.changed(makers.DRAIN, type_code="medical.treatment")
    assert queries.suggest_for(cast.screened(county, matter=matter), on=TODAY).way.unit.id == medical.id


def test_a_criminal_clue_goes_to_the_police_first(county):
    police = makers.make_unit(county.centre, UnitKind.POLICE, "武阳派出所", area_code=cast.TOWN)
    advice = queries.suggest_for(cast.screened(county, yes=[Question.CRIME]), on=TODAY)
    assert (advice.way.track, advice.way.unit.id) == (Track.ADMINISTRATIVE, police.id)


def test_what_a_court_sent_goes_to_a_listed_body_only(county):
    """JM-01."""
    case = cast.commissioned(county)
    assert queries.suggest_for(case, on=TODAY).way.unit.id == county.committee.id
    own = makers.make_unit(county.centre, UnitKind.COURT_MEDIATION, "诉前联合调解服务中心", is_court_listed=True)
    assert queries.suggest_for(case, on=TODAY).way.unit.id == own.id


def test_no_listed_body_means_no_suggestion(ground):
    county = cast.gather(is_court_listed=False)
    assert queries.suggest_for(cast.screened(county, origin=cast.COURT), on=TODAY) is None


def test_values_typed_so_far_are_enough_for_a_suggestion(county):
    whose = {"centre_id": county.centre.id, "on": TODAY}
    advice = queries.suggest_for_values(**whose, type_code="neighbour.water", area_code=cast.TOWN)
    assert advice.way.unit.id == county.committee.id
    assert queries.suggest_for_values(**whose) is None  # no county body there


def test_a_centres_own_rule_stands_in_place_of_the_built_in_one(county):
    studio = makers.make_unit(county.centre, UnitKind.STUDIO, "老熊调解工作室", area_code=cast.TOWN)
    with transaction():
        session.add(
            RoutingRuleRow(
                centre_id=county.centre.id, number=20, priority=60, name="邻里找老熊",
                conditions={"types": ["neighbour"]}, track=Track.PEOPLES, unit_id=studio.id,
                reason="邻里纠纷由老熊工作室办", valid_from=date(2026, 1, 1),
            )
        )
    case = cast.screened(county)
    assert queries.suggest_for(case, on=TODAY).way.unit.id == studio.id
    assert queries.suggest_for(case, on=date(2025, 12, 31)).way.unit.id == county.committee.id


# --- sending ---


def test_routing_makes_the_unit_lead_and_starts_its_clocks(county):
    case = cast.screened(county)
    public_id = route(county, case)
    case = cast.again(case)
    transfer = session.scalars(select(Transfer)).one()
    assert transfer.public_id == public_id
    assert (transfer.state, transfer.to_unit_id) == (TransferState.SENT, county.committee.id)
    assert transfer.answer_due_on == date(2026, 11, 25)
    assert (transfer.suggestion["rule"], transfer.suggestion["fired"]) == (20, ["types"])
    assert (case.state, case.stage, case.turn) == (CaseState.ROUTED, Stage.ROUTED, Turn.UNIT)
    assert (case.track, case.lead_unit_id) == (Track.PEOPLES, county.committee.id)
    running = {each.basis: each.due_on for each in clocks.of_case(case.id) if each.stopped_on is None}
    assert running == {"transfer.answer": date(2026, 11, 25), "PM-19": date(2026, 11, 26)}
    assert access.depth_of(county.head, case) == Depth.CONTENTS


def test_an_agency_decides_on_acceptance_in_its_own_time(county):
    agency = makers.make_unit(county.centre, UnitKind.AGENCY, "南昌县住房和城乡建设局", number_word="南住行调")
    case = cast.screened(county)
    route(county, case, track=Track.ADMINISTRATIVE, unit_public_id=agency.public_id, override_reason="expertise")
    running = [each.basis for each in clocks.of_case(case.id) if each.stopped_on is None]
    assert sorted(running) == ["AM-17.accept", "transfer.answer"]


@pytest.mark.parametrize(("applied_on", "track", "due_on"), [
    (date(2026, 9, 30), Track.PEOPLES, date(2026, 10, 10)),  # a make-up working day
    (date(2026, 9, 24), Track.ADMINISTRATIVE, date(2026, 10, 9)),
])
def test_acceptance_is_decided_in_working_days(county, applied_on, track, due_on):
    """PM-19, AM-11, AM-17."""
    agency = makers.make_unit(county.centre, UnitKind.AGENCY, "南昌县住房和城乡建设局")
    unit = agency if track == Track.ADMINISTRATIVE else county.committee
    case = cast.screened(county, origin=Origin(applied_on=applied_on))
    cast.routed(county, case, track=track, unit=unit, override_reason="parties")
    running = {each.label: each.due_on for each in clocks.of_case(case.id) if not each.stopped_on}
    assert running[ClockLabel.ACCEPTANCE] == due_on


def test_a_rule_with_a_misspelt_condition_is_left_out(county):
    with transaction():
        session.add(
            RoutingRuleRow(
                centre_id=county.centre.id, number=20, priority=1, name="写错的", conditions={"type": ["neighbour"]},
                track=Track.PEOPLES, unit_id=county.committee.id, reason="写错的", valid_from=date(2026, 1, 1),
            )
        )
    assert queries.suggest_for(cast.screened(county), on=TODAY).way.rule.name == "邻里、山林、宅基地、村务"


def test_a_form_sent_twice_routes_once(county):
    case, key = cast.screened(county), new_key()
    assert route(county, case, key=key) == route(county, case, key=key)
    assert session.scalar(select(func.count()).select_from(Transfer)) == 1


def test_going_elsewhere_needs_a_coded_reason(county):
    other = makers.make_unit(county.centre, UnitKind.COMMITTEE, "南昌县人民调解委员会")
    case = cast.screened(county)
    with pytest.raises(RuleBroken) as error:
        route(county, case, unit_public_id=other.public_id)
    assert reasons(error) == [Bar.NO_REASON]
    with pytest.raises(Invalid):
        route(county, case, unit_public_id=other.public_id, override_reason="because")
    route(county, case, unit_public_id=other.public_id, override_reason="parties", note="双方都要求县里办")
    assert session.scalars(select(Transfer)).one().override_reason == "parties"


def test_everything_that_bars_is_named_at_once(county):
    case = cast.screened(county, origin=Origin(elsewhere=Elsewhere.COURT, elsewhere_since=date(2026, 11, 2)))
    with pytest.raises(RuleBroken) as error:
        route(county, case, track=Track.JUDICIAL, guards=["judgment", "public_power"])
    assert set(reasons(error)) == {
        IntakeBar.ELSEWHERE, Bar.PETITION_AGAINST_JUDGMENT, Bar.GUARDED, Bar.NOT_FROM_COURT, Bar.NO_REASON,
    }


def test_a_court_may_send_what_it_has_in_hand(county):
    """RT-06."""
    origin = makers.changed(cast.COURT, elsewhere=Elsewhere.COURT, elsewhere_since=date(2026, 11, 2))
    case = cast.screened(county, origin=origin)
    route(county, case, track=Track.JUDICIAL)
    assert cast.again(case).stage == Stage.ROUTED


def test_a_courts_number_on_a_case_that_no_court_sent_says_that_a_court_has_it(county):
    """RT-06: （2026）赣0121民初100号 is pending: a walk-in is refused, an entrustment accepted."""
    pending = Origin(court_no="(2026)赣0121民初100号")
    case = cast.screened(county, origin=pending)
    with pytest.raises(RuleBroken) as error:
        route(county, case)
    [bar] = error.value.obstacles
    assert (bar.reason, bar.params["body"], bar.rule) == (IntakeBar.ELSEWHERE, Elsewhere.COURT, "RT-06")
    entrusted = makers.changed(
        cast.COURT, channel=Channel.COURT_ENTRUSTMENT, court_no=pending.court_no, court_procedure="simple"
    )
    route(county, cast.screened(county, origin=entrusted), track=Track.JUDICIAL)


def test_a_medical_dispute_at_the_health_authority_is_barred_with_its_day(county):
    """RT-05."""
    origin = Origin(elsewhere=Elsewhere.HEALTH_AUTHORITY, elsewhere_since=date(2026, 11, 2))
    case = cast.screened(county, matter=makers.changed(makers.DRAIN, type_code="medical"), origin=origin)
    with pytest.raises(RuleBroken) as error:
        route(county, case)
    medical = next(bar for bar in error.value.obstacles if bar.reason == IntakeBar.MEDICAL_ELSEWHERE)
    assert medical.params["on"] == date(2026, 11, 2)


def test_a_unit_that_the_case_is_against_does_not_get_it(county):
    """MH-12."""
    agency = makers.make_unit(county.centre, UnitKind.AGENCY, "南昌县住房和城乡建设局")
    case = cast.screened(county, respondents=[Identity("南昌县住房和城乡建设局", is_organisation=True)])
    with pytest.raises(RuleBroken) as error:
        route(county, case, track=Track.ADMINISTRATIVE, unit_public_id=agency.public_id, override_reason="expertise")
    assert reasons(error) == [Bar.REPORTED_UNIT]


def test_nothing_is_routed_before_the_screening(county):
    """RT-08: the refusal names the screening and where to do it."""
    case = makers.make_case(county.centre, county.clerk)
    with pytest.raises(RuleBroken) as error:
        route(county, case)
    assert (Bar.NOT_SCREENED, "case.screen") in [(bar.reason, bar.cure) for bar in error.value.obstacles]


def test_an_open_duty_holds_routing_up(county):
    """MH-04."""
    case = cast.screened(county, yes=[Question.MINOR_AT_RISK])
    with pytest.raises(RuleBroken) as error:
        route(county, case)
    assert [obstacle.rule for obstacle in error.value.obstacles] == ["MH-04"]


def test_an_attempt_that_still_runs_holds_routing_up(county):
    """RT-01."""
    proceeding = cast.accepted(county)
    case = cast.again(session.get_one(Case, proceeding.case_id))
    with transaction():
        session.get_one(Case, case.id).state = CaseState.SCREENED  # as after a mistaken reopening
    with pytest.raises(RuleBroken) as error:
        route(county, case)
    assert Bar.STILL_OPEN in reasons(error)


def test_who_may_not_route_may_not(county):
    case = cast.screened(county)
    with pytest.raises(NotFound), transaction():
        routing.route(
            case.public_id, by=county.head, on=TODAY, track=Track.PEOPLES, unit_public_id=county.committee.public_id
        )
    cast.routed(county, case)
    with pytest.raises(NotAllowed), transaction():
        routing.route(
            case.public_id, by=county.head, on=TODAY, track=Track.PEOPLES, unit_public_id=county.committee.public_id
        )


def test_a_unit_of_another_centre_is_not_there(county):
    other = makers.make_centre(name="另一个中心", register_word="他矛调登")
    foreign = makers.make_unit(other, UnitKind.COMMITTEE, "外县调委会")
    with pytest.raises(NotFound):
        route(county, cast.screened(county), unit_public_id=foreign.public_id)


# --- the answer ---


def test_receiving_stops_the_answer_clock(county):
    case = cast.received(county)
    transfer = cast.waiting(case)
    assert (transfer.state, transfer.answered_on) == (TransferState.RECEIVED, TODAY)
    assert clocks.running(case.id, "transfer.answer") is None
    assert clocks.running(case.id, "PM-19") is not None


def test_a_rejected_case_goes_back_to_the_dispatcher_and_out_of_sight(county):
    case = cast.routed(county)
    transfer = cast.waiting(case)
    with pytest.raises(RuleBroken) as error, transaction():
        routing.reject(transfer.public_id, by=county.head, on=TODAY)
    assert reasons(error) == [Bar.NO_REJECT_REASON]
    with transaction():
        routing.reject(transfer.public_id, by=county.head, on=TODAY, reason=RejectReason.NOT_OUR_AREA, note="在向塘")
    case = cast.again(case)
    assert (case.state, case.turn, case.track, case.lead_unit_id) == (CaseState.SCREENED, Turn.DISPATCHER, None, None)
    assert access.depth_of(county.head, case) is None
    assert cast.waiting(case).reject_reason == "not_our_area"
    with pytest.raises(NotFound), transaction():
        routing.receive(transfer.public_id, by=county.head, on=TODAY)


def test_where_no_arbiter_is_named_the_dispatcher_sends_a_bounced_case_on(county):
    case = cast.routed(county)
    for _round in range(2):
        with transaction():
            routing.reject(cast.waiting(case).public_id, by=county.head, on=TODAY, reason=RejectReason.PAPERS)
        cast.routed(county, case)
    assert queries.rejections(case.id) == 2
    routed = session.scalars(select(StepTaken).where(StepTaken.step == "case.route").order_by(StepTaken.id)).all()
    assert [step.facts["rejections"] for step in routed] == [0, 1, 2]


# --- another track ---


def test_changing_the_track_needs_an_ended_attempt_and_a_reason(county):
    """RT-01."""
    proceeding = cast.accepted(county)
    case = session.get_one(Case, proceeding.case_id)
    with pytest.raises(RuleBroken) as error, transaction():
        routing.change_track(case.public_id, by=county.dispatcher, on=TODAY, why=" ")
    assert [obstacle.rule for obstacle in error.value.obstacles] == ["RT-01", "RT-01"]
    with transaction():
        proceedings.end(
            proceeding.public_id, by=county.head, on=TODAY, ground="party_refuses", course="电话里说不调了",
            notice_given=True,
        )
    with transaction():
        routing.change_track(case.public_id, by=county.dispatcher, on=TODAY, why="双方要求住建局调")
    case = cast.again(case)
    assert (case.stage, case.turn, case.track) == (Stage.SCREENED, Turn.DISPATCHER, None)
    assert access.depth_of(county.head, case) == Depth.PROGRESS
    assert session.scalar(select(func.count()).select_from(StepTaken).where(StepTaken.step == "case.change_track")) == 1


def test_a_later_round_counts_acceptance_from_its_own_start(county):
    proceeding = cast.accepted(county, cast.screened(county, origin=Origin(applied_on=date(2026, 11, 17))))
    with transaction():
        proceedings.end(
            proceeding.public_id, by=county.head, on=TODAY, ground="party_refuses", course="不愿再谈", notice_given=True
        )
    case = session.get_one(Case, proceeding.case_id)
    with transaction():
        routing.change_track(case.public_id, by=county.dispatcher, on=TODAY, why="换一家")
    cast.routed(county, case)
    assert clocks.running(case.id, "PM-19").started_on == TODAY


def test_an_entry_of_days_ago_says_why(county):
    case = cast.screened(county)
    clock.freeze(clock.now() + timedelta(days=8))
    with pytest.raises(RuleBroken) as error:
        route(county, case)
    assert reasons(error) == [steps.Bar.NEEDS_REASON]
    route(county, case, why_late="断网，补录")
    assert cast.again(case).stage == Stage.ROUTED
