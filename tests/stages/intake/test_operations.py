"""Registering and screening on both databases, without Flask."""

from datetime import date, timedelta
from threading import Thread

import pytest
from sqlalchemy import func, select

from mediation.casefile.cases import access, query_codes
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, CaseAccess, Party
from mediation.casefile.cases.rules import Channel, CourtNumberBar, PartyFlag, PartyRole, Source, Stage, Turn
from mediation.casefile.clocks import queries as clocks
from mediation.casefile.duties import queries as duties
from mediation.casefile.duties.rules import DutyKind
from mediation.casefile.papers import operations as papers
from mediation.ground import clock, trail
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken
from mediation.ground.once import new_key
from mediation.registry.access.rules import Depth, Relation, Role
from mediation.registry.people.models import Person
from mediation.registry.people.operations import Identity
from mediation.registry.people.rules import Capacity
from mediation.registry.points import operations as points
from mediation.registry.points import queries as point_queries
from mediation.registry.regions import queries as regions
from mediation.stages.intake import operations as intake
from mediation.stages.intake import rules
from mediation.stages.intake.operations import Origin
from mediation.stages.intake.rules import Elsewhere, Question
from tests import makers

TODAY = date(2026, 11, 23)


@pytest.fixture
def centre(ground):
    return makers.make_centre()


@pytest.fixture
def clerk(centre):
    return makers.make_actor(centre, Role.INTAKE_CLERK)


def reasons(error):
    return [obstacle.reason for obstacle in error.value.obstacles]


def parties_of(case):
    return cases.parties_of(case.id)


def test_a_registration_makes_a_case_with_its_parties(centre, clerk):
    case = makers.make_case(centre, clerk)
    assert case.register_no == "南矛调登〔2026〕1号"
    assert case.title == "万秋莲与涂国平用水、排水纠纷"
    assert (case.stage, case.turn, case.turn_since) == (Stage.REGISTERED, Turn.CLERK, TODAY)
    assert (case.source, case.law_on, case.cause_code) == (Source.PARTY, TODAY, "03.06.055.01")
    visitor, other = parties_of(case)
    assert (visitor.role, visitor.is_lead, visitor.identity_checked_on) == (PartyRole.APPLICANT, True, TODAY)
    assert (other.role, other.is_lead, other.identity_checked_on) == (PartyRole.RESPONDENT, True, None)
    assert (visitor.person.birth_on, visitor.person.phone_masked) == (date(1968, 3, 12), "139****2716")
    assert other.person.address == "南昌县武阳镇前进村同组"


def test_the_day_of_the_request_interrupts_the_limitation_not_that_of_the_registration(centre, clerk):
    """LM-02."""
    case = makers.make_case(centre, clerk, origin=Origin(Channel.MAIL, applied_on=date(2026, 11, 20)))
    assert case.limitation_interrupted_on == date(2026, 11, 20)
    assert clocks.running(case.id, "PM-19").due_on == date(2026, 11, 25)


def test_support_has_no_limitation_to_interrupt(centre, clerk):
    """LM-05."""
    elders = makers.changed(makers.DRAIN, type_code="marriage_family.elders")
    assert makers.make_case(centre, clerk, matter=elders).limitation_interrupted_on is None


def test_until_a_case_is_routed_the_receipt_promises_the_shortest_time_for_acceptance(centre, clerk):
    """PM-19; the five working days of AM-11 are a health authority's and begin to count when it gets the case."""
    medical = makers.changed(makers.DRAIN, type_code="medical")
    case = makers.make_case(centre, clerk, matter=medical)
    assert clocks.running(case.id, "PM-19").due_on == date(2026, 11, 26)
    assert clocks.running(case.id, "AM-11.accept") is None


@pytest.mark.parametrize("channel", [Channel.PATROL, Channel.GRID])
def test_what_nobody_asked_for_interrupts_no_limitation(centre, clerk, channel):
    """LM-02: it is the creditor's request that interrupts, not that somebody noticed the dispute."""
    assert makers.make_case(centre, clerk, origin=Origin(channel)).limitation_interrupted_on is None


@pytest.mark.parametrize(
    ("changes", "bar"),
    [
        ({"area_code": "360199"}, rules.Bar.UNKNOWN_PLACE),
        ({"area_code": "360121106999"}, rules.Bar.UNKNOWN_PLACE),
        ({"object_area_code": "360199"}, rules.Bar.UNKNOWN_PLACE),
        ({"type_code": "neighbour.nothing"}, rules.Bar.UNKNOWN_TYPE),
        ({"cause_code": "99.99"}, rules.Bar.UNKNOWN_CAUSE),
    ],
)
def test_a_code_that_no_table_has_is_refused(centre, clerk, changes, bar):
    """DP-04, ST-01: whoever registers, by page, command or another program."""
    with pytest.raises(RuleBroken) as error:
        makers.make_case(centre, clerk, matter=makers.changed(makers.DRAIN, **changes))
    assert [(each.reason, each.params["code"]) for each in error.value.obstacles] == [(bar, *changes.values())]


def test_the_county_of_the_table_is_known(centre, clerk):
    """DP-04."""
    case = makers.make_case(centre, clerk, matter=makers.changed(makers.DRAIN, object_area_code="360121"))
    assert regions.full_name(case.object_area_code) == "江西省南昌市南昌县"


def test_the_receipt_is_issued_with_number_and_query_code(centre, clerk):
    case = makers.make_case(centre, clerk, public_url="https://yichuang.example")
    [receipt] = papers.of_case(case.id)
    assert (receipt.kind, receipt.number) == ("receipt", case.register_no)
    assert case.query_code_hash == query_codes.index_of(case.query_code.lower().replace("-", " "))
    snapshot = case.box().open(receipt.snapshot_sealed, "papers", "snapshot", receipt.id).decode()
    assert case.query_code in snapshot
    assert f"https://yichuang.example/progress#{case.query_code}" in snapshot


def test_the_registering_unit_reads_the_contents_and_the_centre_the_progress(centre):
    window = makers.make_unit(centre, name="受理窗口")
    case = makers.make_case(centre, makers.make_actor(centre, Role.INTAKE_CLERK, window))
    supervisor = makers.make_actor(centre, Role.SUPERVISOR)
    assert access.depth_of(supervisor, case) == Depth.PROGRESS
    ties = session.scalars(select(CaseAccess.relation).where(CaseAccess.case_id == case.id).order_by(CaseAccess.id))
    assert list(ties) == [Relation.REGISTERED, Relation.REGISTERED, Relation.SUPERVISION]
    assert access.acts_on(makers.make_actor(centre, Role.DISPATCHER), case)


def test_what_a_committee_takes_up_of_its_own_motion_is_screened_by_the_centre(centre, clerk):
    head = makers.make_actor(centre, Role.HEAD, makers.make_unit(centre))
    case = makers.make_case(centre, head, origin=Origin(Channel.PATROL))
    assert case.source == Source.OWN_MOTION
    with transaction():
        intake.screen(case.public_id, answers=makers.NOTHING_TO_REPORT, by=clerk, on=TODAY)


def test_everything_missing_is_named_at_once(centre, clerk):
    nothing = makers.changed(makers.DRAIN, story=" ", type_code="")
    with pytest.raises(RuleBroken) as error:
        makers.make_case(centre, clerk, respondents=[], matter=nothing, data_notice="")
    assert reasons(error) == [
        rules.Bar.NO_OTHER_SIDE, rules.Bar.NO_STORY, rules.Bar.NO_TYPE, rules.Bar.NO_DATA_NOTICE,
    ]
    assert session.scalar(select(func.count()).select_from(Case)) == 0
    assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_a_refused_registration_leaves_no_gap_in_the_register(centre, clerk):
    with pytest.raises(RuleBroken):
        makers.make_case(centre, clerk, data_notice="")
    assert makers.make_case(centre, clerk).register_no.endswith("〕1号")


def test_an_unknown_other_side_is_a_party_without_a_person(centre, clerk):
    case = makers.make_case(centre, clerk, respondents=[], unknown_side="骑红色电动车的男子")
    _visitor, other = parties_of(case)
    assert (other.name, other.person_id) == ("骑红色电动车的男子", None)
    assert case.title == "万秋莲用水、排水纠纷"


def test_a_person_comes_once_whatever_number_of_cases(centre, clerk):
    first = makers.make_case(centre, clerk)
    again = makers.make_case(centre, clerk, applicants=[makers.changed(makers.VISITOR, phone="13907912345")])
    one, other = parties_of(first)[0], parties_of(again)[0]
    assert one.person_id == other.person_id
    assert other.person.phone == "13907912345"
    assert parties_of(first)[1].person_id != parties_of(again)[1].person_id  # no number, so nobody knows


def test_a_court_that_sends_a_case_is_named_with_the_number_of_its_letter(centre, clerk):
    """RT-07."""
    with pytest.raises(RuleBroken) as error:
        makers.make_case(centre, clerk, origin=Origin(Channel.COURT_COMMISSION, court_no="2026赣0121民初"))
    assert reasons(error) == [rules.Bar.NO_COURT, rules.Bar.NO_OUTSIDE_NO, CourtNumberBar.FORM]
    letter = Origin(
        Channel.COURT_COMMISSION, outside_no="南法委派〔2026〕31号", court_name="南昌县人民法院",
        court_no="(2026)赣0121诉前调12号", court_received_on=TODAY,
    )
    case = makers.make_case(centre, clerk, origin=letter)
    assert (case.source, case.court_no) == (Source.COURT_COMMISSION, "（2026）赣0121诉前调12号")
    assert (case.outside_no, case.court_received_on) == ("南法委派〔2026〕31号", TODAY)


def test_what_another_body_has_in_hand_is_registered_and_bars_the_routing(centre, clerk):
    """RT-05, RT-06: the refusal needs its reason on record, so the visit is registered and goes no further."""
    police = Origin(elsewhere=Elsewhere.POLICE, elsewhere_since=date(2026, 11, 20))
    case = makers.make_screened(centre, clerk, origin=police)
    assert (case.pending_elsewhere, case.pending_since) == ("police", date(2026, 11, 20))
    assert case.stage == Stage.SCREENED


def test_a_post_that_may_not_register_is_turned_away(centre):
    with pytest.raises(NotAllowed):
        makers.make_case(centre, makers.make_actor(centre, Role.SUPERVISOR))


def test_a_minor_and_an_old_visitor_are_flagged_by_their_birth(centre, clerk):
    """MH-04, MH-05."""
    girl = Identity("涂小雨", id_number="360121201006010032")
    old = Identity("涂老根", birth_on=date(1950, 1, 1))
    case = makers.make_case(centre, clerk, applicants=[girl, old])
    assert [party.flags["flags"] for party in parties_of(case)] == [[PartyFlag.MINOR], [PartyFlag.ELDERLY], []]


def test_twenty_posts_of_one_form_make_one_case(centre, clerk):
    key, results = new_key(), []

    def post():
        try:
            with transaction():
                results.append(
                    intake.register(
                        by=clerk, on=TODAY, key=key, applicants=[makers.VISITOR], respondents=[makers.OTHER_SIDE],
                        matter=makers.DRAIN, data_notice="1",
                    )
                )
        finally:
            session.remove()

    threads = [Thread(target=post) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 20 and len(set(results)) == 1
    assert session.scalar(select(func.count()).select_from(Case)) == 1
    assert session.scalar(select(func.count()).select_from(Person)) == 2


def test_the_screening_asks_every_question(centre, clerk):
    """RT-08."""
    case = makers.make_case(centre, clerk)
    with pytest.raises(RuleBroken) as error, transaction():
        intake.screen(case.public_id, answers={Question.CRIME: False}, by=clerk, on=TODAY)
    assert len(error.value.obstacles) == 4
    with transaction():
        intake.screen(case.public_id, answers=makers.NOTHING_TO_REPORT, by=clerk, on=TODAY)
    case = session.get_one(Case, case.id)
    assert (case.stage, case.turn, case.screened_on) == (Stage.SCREENED, Turn.DISPATCHER, TODAY)
    assert duties.of_case(case.id) == []


def test_a_yes_opens_its_duty_due_by_the_end_of_the_day(centre, clerk):
    """PM-08: until 24:00 of the day."""
    case = makers.make_screened(centre, clerk, yes=[Question.HARM, Question.CRIME])
    found = duties.of_case(case.id)
    assert [duty.kind for duty in found] == [DutyKind.ESCALATION, DutyKind.CRIME]
    assert clock.local(found[0].due_at).isoformat() == "2026-11-24T00:00:00+08:00"


@pytest.mark.parametrize(
    ("applicant", "capacity", "opened"),
    [
        (makers.VISITOR, None, []),
        (makers.VISITOR, Capacity.LIMITED, [DutyKind.VIOLENCE]),
        (Identity("涂小雨", id_number="360121201006010032"), None, [DutyKind.VIOLENCE]),
    ],
)
def test_violence_is_reported_where_the_victim_cannot_act_alone(centre, clerk, applicant, capacity, opened):
    """MH-02."""
    case = makers.make_case(centre, clerk, applicants=[applicant])
    answers = makers.NOTHING_TO_REPORT | {Question.VIOLENCE: True}
    with transaction():
        intake.screen(case.public_id, answers=answers, capacity=capacity, by=clerk, on=TODAY)
    assert [duty.kind for duty in duties.of_case(case.id)] == opened


def test_the_victim_is_flagged_so_that_nobody_calls_them_together(centre, clerk):
    case = makers.make_case(centre, clerk)
    victim = parties_of(case)[0]
    answers = makers.NOTHING_TO_REPORT | {Question.VIOLENCE: True}
    with transaction():
        intake.screen(case.public_id, answers=answers, victim=victim.public_id, by=clerk, on=TODAY)
    assert session.get_one(Party, victim.id).flags["flags"] == [PartyFlag.VIOLENCE]


@pytest.mark.parametrize(("people", "opened"), [(9, []), (10, [DutyKind.COLLECTIVE])])
def test_ten_people_are_a_group_whoever_is_named(centre, clerk, people, opened):
    """MH-07."""
    case = makers.make_screened(centre, clerk, matter=makers.changed(makers.DRAIN, people=people))
    assert [duty.kind for duty in duties.of_case(case.id)] == opened


def test_screening_another_centres_case_looks_like_none(centre, clerk):
    case = makers.make_case(centre, clerk)
    stranger = makers.make_actor(makers.make_centre(short_name="进贤中心"), Role.INTAKE_CLERK)
    with pytest.raises(NotFound), transaction():
        intake.screen(case.public_id, answers=makers.NOTHING_TO_REPORT, by=stranger, on=TODAY)


def test_no_number_of_a_person_lies_open_in_the_database(centre, clerk):
    makers.make_case(centre, clerk)
    trail.flush()
    dump = ""
    for table in Case.metadata.sorted_tables:
        dump += "".join(map(str, session.execute(select(table)).all()))
    assert makers.VISITOR.id_number not in dump and makers.VISITOR.phone not in dump


def test_a_registration_dated_back_needs_no_reason_within_a_week(centre, clerk):
    assert makers.make_case(centre, clerk, on=TODAY - timedelta(days=7)).register_no
    with pytest.raises(RuleBroken):
        makers.make_case(centre, clerk, on=TODAY - timedelta(days=8))


def test_a_case_keeps_the_point_that_it_came_through(centre, clerk):
    """Row 3: a point of its channel that collected on that day, and no other."""
    admin = makers.make_actor(centre, Role.SYSTEM_ADMIN)
    with transaction():
        given = {"name": "前进村说事点", "kind": "talk", "by": admin, "on": TODAY}
        talk = points.add(code="QJ", channel=Channel.WINDOW, **given)
        group = points.add(code="QJ-2", channel=Channel.WECHAT, **given)
    case = makers.make_case(centre, clerk, origin=Origin(point=talk))
    assert point_queries.point(case.point_id, centre_id=centre.id).public_id == talk
    for origin, bar in (
        (Origin(point=group), "point_other_channel"),
        (Origin(point="A" * 22), "point_unknown"),
        (Origin(point=talk, applied_on=TODAY - timedelta(days=1)), "point_not_open"),
    ):
        with pytest.raises(RuleBroken) as error:
            makers.make_case(centre, clerk, origin=origin)
        assert [obstacle.reason for obstacle in error.value.obstacles] == [bar]


def test_a_mediator_registers_only_what_they_found_themselves(centre):
    """RT-03, RT-07: own motion; nobody has asked, so no limitation is interrupted, and nobody has consented."""
    finder = makers.make_actor(centre, Role.MEDIATOR, makers.make_unit(centre))
    with pytest.raises(RuleBroken) as error:
        makers.make_case(centre, finder)
    assert reasons(error) == ["own_motion_only"]
    case = makers.make_case(centre, finder, origin=Origin(Channel.PATROL))
    assert (case.source, case.limitation_interrupted_on) == (Source.OWN_MOTION, None)
    assert {party.consent for party in parties_of(case)} == {"pending"}
