"""Who sees which case how deep: ties given, ended and lent; the seal; the lists that obey (P1, P3, P4, P6)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from mediation.casefile.cases import access, openings
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.queries import Filter
from mediation.casefile.cases.rules import PartyRole
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotFound
from mediation.ground.trail import TrailEntry
from mediation.registry.access.rules import ADMINISTRATORS, Depth, Relation, Role
from mediation.registry.people.operations import Identity
from mediation.registry.units.rules import UnitKind
from mediation.stages.intake import operations as intake
from mediation.stages.intake.rules import Question
from mediation.stages.proceedings import appointment
from mediation.stages.routing import operations as routing
from mediation.stages.routing import queries as routing_queries
from mediation.stages.routing.rules import RejectReason
from tests import makers, road

SEALING = [Question.VIOLENCE, Question.MINOR_AT_RISK]


@pytest.fixture
def county(ground):
    return road.make_county()


def case_of(public_id):
    return session.scalar(select(Case).where(Case.public_id == public_id))


def depth(public_id, by):
    return access.depth_of(by, case_of(public_id))


def routed(county, case):
    road.do(
        routing.route, case, by=county.dispatcher, on=clock.today(), track="peoples", override_reason=None,
        unit_public_id=county.committee.public_id,
    )
    return routing_queries.newest(case_of(case).id).public_id


def test_each_relation_gives_its_own_depth(county):
    case, _proceeding = road.mediating(county)
    supervisor = makers.make_actor(county.centre, Role.SUPERVISOR)
    leader = makers.make_actor(county.centre, Role.LEADER)
    depths = {by.role: depth(case, by) for by in (county.clerk, county.dispatcher, county.head, county.mediator)}
    assert set(depths.values()) == {Depth.CONTENTS}
    assert depth(case, supervisor) is Depth.PROGRESS and depth(case, leader) is Depth.PROGRESS
    assert depth(case, county.liaison) is None and depth(case, county.court) is None


def test_administrators_see_no_case_at_all(county):
    """P5: not even one that their own unit registered."""
    case = road.registered(county)
    for role in ADMINISTRATORS:
        admin = makers.make_actor(county.centre, role)
        assert depth(case, admin) is None and not access.acts_on(admin, case_of(case))
        assert cases.count(for_=admin) == 0
        for deep in (Depth.FIGURES, Depth.PROGRESS, Depth.CONTENTS):
            with pytest.raises(NotFound):
                cases.get(case, for_=admin, depth=deep)


def test_a_unit_of_the_same_kind_and_another_centre_see_nothing(county):
    """DP-09: mediator A cannot open B's case, who can."""
    case, _proceeding = road.mediating(county)
    assert depth(case, county.mediator) is Depth.CONTENTS
    other = makers.make_unit(county.centre, UnitKind.COMMITTEE, "向塘镇人民调解委员会")
    away = makers.make_centre(name="进贤县矛盾纠纷调解中心", register_word="进矛调登", area_code="360124")
    strangers = [(county.centre, other), (away, None)]
    for role in set(Role) - {Role.SYSTEM}:
        for by in (makers.make_actor(centre, role, unit) for centre, unit in strangers):
            assert depth(case, by) is None and not access.acts_on(by, case_of(case))
            assert cases.count(for_=by) == 0 and not cases.listing(for_=by).rows


def test_a_relation_of_another_centre_opens_nothing(county):
    """A tie written by mistake across centres stays without effect."""
    case = case_of(road.registered(county))
    away = makers.make_centre(name="进贤县矛盾纠纷调解中心", register_word="进矛调登", area_code="360124")
    by = makers.make_actor(away, Role.HEAD)
    with transaction():
        access.grant(case_of(case.public_id), Relation.LEAD, unit_id=by.unit_id)
    assert depth(case.public_id, by) is None and cases.count(for_=by) == 0


def test_a_rejected_transfer_ends_what_it_gave(county):
    """P4."""
    case = road.registered(county)
    transfer = routed(county, case)
    assert depth(case, county.head) is Depth.CONTENTS
    road.do(routing.reject, transfer, by=county.head, on=clock.today(), reason=RejectReason.NOT_OUR_AREA)
    assert depth(case, county.head) is None


def test_a_reassigned_mediator_sees_the_case_no_longer(county):
    """P4: the earlier mediator's sight and right end with the reassignment."""
    case, proceeding = road.mediating(county)
    successor = makers.make_actor(county.centre, Role.MEDIATOR, county.committee, name="万小平")
    pool = makers.make_mediator(county.centre, county.committee, successor, name="万小平", register_no="36012102")
    road.do(
        appointment.reassign, proceeding, by=county.head, on=clock.today(), mediator_public_ids=[pool.public_id],
        why="原调解员住院",
    )
    assert depth(case, county.mediator) is None and not access.acts_on(county.mediator, case_of(case))
    assert depth(case, successor) is Depth.CONTENTS


def test_a_tie_lent_for_a_while_ends_by_itself(county):
    case = case_of(road.registered(county))
    supervisor = makers.make_actor(county.centre, Role.SUPERVISOR)
    with transaction():
        until = clock.now() + timedelta(minutes=30)
        access.grant(case, Relation.LOOK, account_id=supervisor.account_id, until=until)
    assert depth(case.public_id, supervisor) is Depth.CONTENTS
    colleague = makers.make_actor(county.centre, Role.SUPERVISOR)
    assert depth(case.public_id, colleague) is Depth.PROGRESS
    clock.freeze(until - timedelta(seconds=1))
    assert cases.get(case.public_id, for_=supervisor)
    clock.freeze(until)
    assert depth(case.public_id, supervisor) is Depth.PROGRESS
    with pytest.raises(NotFound):
        cases.get(case.public_id, for_=supervisor)


def test_a_tie_that_was_withdrawn_can_be_given_again(county):
    case = case_of(road.registered(county))
    for _round in range(2):
        with transaction():
            access.grant(case, Relation.LEAD, unit_id=county.committee.id)
        assert depth(case.public_id, county.head) is Depth.CONTENTS
        with transaction():
            access.withdraw(case, Relation.LEAD)
        assert depth(case.public_id, county.head) is None


def test_the_depth_of_one_case_agrees_with_every_list(county):
    """P3: ``depth_of``, ``get``, ``listing`` and ``count`` are the same scope."""
    open_one = road.mediating(county)[0]
    sealed = road.registered(county, yes=[Question.VIOLENCE])
    routed(county, sealed)
    supervisor = makers.make_actor(county.centre, Role.SUPERVISOR)
    for by in (county.clerk, county.dispatcher, county.head, county.mediator, county.liaison, county.court, supervisor):
        reached = {each: depth(each, by) for each in (open_one, sealed)}
        listed = {row.public_id for row in cases.listing(for_=by).rows}
        assert listed == {each for each, reach in reached.items() if reach} and cases.count(for_=by) == len(listed)
        deep = set(session.scalars(access.scoped(select(Case.public_id), by, Depth.CONTENTS)))
        assert deep == {each for each, reach in reached.items() if reach and reach >= Depth.CONTENTS}, by.role


# --- sealed cases ---


def test_violence_and_a_minor_at_risk_seal_a_case_and_nothing_else_does(county):
    for question in Question:
        case = case_of(road.registered(county, yes=[question]))
        assert case.is_sealed == (question in SEALING), question
        assert case.seal_reason == (question if question in SEALING else None)
        assert case.title.endswith("纠纷（保密）") == case.is_sealed
        assert ("万秋莲" in case.title) != case.is_sealed


def test_a_sealed_case_keeps_its_title_when_a_party_is_added(county):
    case = road.registered(county, yes=[Question.VIOLENCE])
    road.do(
        intake.add_party, case, role=PartyRole.RESPONDENT, identity=Identity("涂小平"), by=county.clerk,
        on=clock.today(),
    )
    assert "（保密）" in case_of(case).title and "涂" not in case_of(case).title


def test_the_window_sees_a_sealed_case_until_a_unit_leads_it(county):
    case = road.registered(county, yes=[Question.VIOLENCE])
    assert depth(case, county.clerk) is Depth.CONTENTS
    transfer = routed(county, case)
    for by in (county.clerk, county.dispatcher):
        assert depth(case, by) is Depth.PROGRESS
        with pytest.raises(NotFound):
            cases.get(case, for_=by)
        assert cases.get(case, for_=by, depth=Depth.PROGRESS)
    assert depth(case, county.head) is Depth.CONTENTS
    road.do(routing.reject, transfer, by=county.head, on=clock.today(), reason=RejectReason.NOT_OUR_AREA)
    assert depth(case, county.dispatcher) is Depth.CONTENTS


def test_opening_a_sealed_case_leaves_one_row(county):
    case = road.registered(county, yes=[Question.VIOLENCE])
    routed(county, case)

    def opened():
        return session.query(TrailEntry).filter_by(event=openings.EVENT).all()

    cases.get(case, for_=county.head)
    cases.get(case, for_=county.head)
    openings.write(county.head)
    (row,) = opened()
    assert row.case_id == case_of(case).id and row.account_id == county.head.account_id
    openings.write(county.head)
    assert len(opened()) == 1


def test_reading_an_open_case_or_a_title_leaves_nothing(county):
    sealed, plain = road.registered(county, yes=[Question.VIOLENCE]), road.registered(county)
    cases.get(plain, for_=county.clerk)
    cases.get(sealed, for_=county.clerk, depth=Depth.PROGRESS)
    openings.write(county.clerk)
    assert not session.query(TrailEntry).filter_by(event=openings.EVENT).count()


def test_a_filter_cannot_widen_the_scope(county):
    case = case_of(road.registered(county))
    wide = Filter(ids=(case.id,), unit_id=None, applied_from=date(2000, 1, 1))
    assert cases.count(for_=county.clerk, chosen=wide) == 1
    assert cases.count(for_=county.court, chosen=wide) == 0
