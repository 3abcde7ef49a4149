"""Up and down between county, town and village: each hop a row, one lead at a time (row 30, RT-01)."""

from datetime import date

import pytest
from sqlalchemy import select

from mediation.casefile.cases import access, progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Stage, TransferState, Turn
from mediation.casefile.clocks import queries as clocks
from mediation.doors.desk import turns
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken
from mediation.oversight.statistics import levels as figures
from mediation.registry.access.rules import Depth, Role
from mediation.registry.units.rules import UnitKind
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.routing import delegation, levels, operations, queries
from mediation.stages.routing.levels import Post
from tests import makers, road, standing
from tests.road import do

TODAY = date(2026, 11, 23)
TOWN, VILLAGE = "360121106", "360121106201"
PEOPLES = frozenset({"peoples"})


def post(number, code, tracks=PEOPLES):
    return Post(number, code, frozenset(tracks))


def test_the_next_level_and_no_other():
    county, other, town, village, grid = (
        post(1, "360121"), post(2, "360122"), post(3, TOWN), post(4, VILLAGE), post(5, VILLAGE + "001")
    )
    agency = post(6, "360121", {"administrative"})
    everybody = [county, other, town, village, grid, agency]
    assert levels.above(village, everybody, track="peoples") == [town]
    assert levels.above(grid, [county, other], track="peoples") == [county]  # a level where nobody is is passed over
    assert levels.above(town, everybody, track="peoples") == [county]
    assert levels.above(county, everybody, track="peoples") == []
    assert levels.below(county, everybody, track="peoples", place=VILLAGE) == [town]
    assert levels.below(town, everybody, track="peoples", place="360121106202") == []
    assert levels.below(town, everybody, track="peoples", place=TOWN) == [village]
    assert levels.below(village, everybody, track="administrative", place=None) == []


@pytest.fixture
def county(ground):
    county = road.make_county()
    top = makers.make_unit(county.centre, UnitKind.COMMITTEE, "南昌县人民调解委员会", number_word="南县调")
    village = makers.make_unit(
        county.centre, UnitKind.COMMITTEE, "前进村人民调解委员会", area_code=VILLAGE, number_word="前进调"
    )
    county.more = {
        "top": top, "top_head": makers.make_actor(county.centre, Role.HEAD, top, name="县头"),
        "village": village, "village_head": makers.make_actor(county.centre, Role.HEAD, village, name="村头"),
        "supervisor": makers.make_actor(county.centre, Role.SUPERVISOR),
    }
    return county


@standing.kept
def received(county):
    """A case that the town's committee has received and not accepted."""
    case = road.registered(county)
    unit = county.committee.public_id
    do(operations.route, case, by=county.dispatcher, on=TODAY, track="peoples", unit_public_id=unit)
    row = cases.get(case, for_=county.head)
    do(operations.receive, queries.newest(row.id).public_id, by=county.head, on=TODAY)
    return case


def up(county, case, **changes):
    values = {"unit": county.more["top"].public_id, "why": "major", "tried": "两次上门，双方都不松口"} | changes
    return do(delegation.send_up, case, by=county.head, on=TODAY, **values)


def down(county, case, **changes):
    values = {"by": county.head, "unit": county.more["village"].public_id, "why": "local"} | changes
    return do(delegation.offer_down, case, on=TODAY, **values)


def fresh(case):
    return session.scalar(select(Case).where(Case.public_id == case))


def running(case):
    return {clock.basis for clock in clocks.of_case(fresh(case).id) if clock.stopped_on is None}


def reasons(refused):
    return [obstacle.reason for obstacle in refused.value.obstacles]


def test_a_case_goes_up_with_its_reason_and_what_was_tried(county):
    case = received(county)
    before = fresh(case).register_no
    with pytest.raises(RuleBroken) as refused:
        up(county, case, unit=county.more["village"].public_id, why=None, tried=" ")
    assert reasons(refused) == ["delegation_not_above", "delegation_no_why", "delegation_no_tried"]
    ref = up(county, case)
    row = fresh(case)
    assert (row.lead_unit_id, row.register_no) == (county.more["top"].id, before)
    assert (row.stage, row.turn, row.mediator_id) == (Stage.ROUTED, Turn.UNIT, None)
    assert running(case) == {"transfer.answer", "PM-19"}
    assert [each.state for each in queries.transfers_of(row.id)] == [TransferState.RECEIVED, TransferState.SENT]
    assert access.depth_of(county.head, row) == Depth.PROGRESS and not access.acts_on(county.head, row)
    do(operations.receive, ref, by=county.more["top_head"], on=TODAY)
    proceeding = do(proceedings.accept, case, by=county.more["top_head"], on=TODAY)
    assert fresh(case).body_no.startswith("（2026）南县调") and proceeding
    with pytest.raises(RuleBroken) as refused:
        down(county, case, by=county.more["top_head"], unit=county.committee.public_id)
    assert set(reasons(refused)) == {"still_open", "delegation_in_attempt"}  # RT-01


def test_an_upper_unit_gives_back_as_any_other(county):
    case = received(county)
    ref = up(county, case)
    do(operations.reject, ref, by=county.more["top_head"], on=TODAY, reason="not_competent")
    row = fresh(case)
    assert (row.stage, row.lead_unit_id, row.turn) == (Stage.SCREENED, None, Turn.DISPATCHER)


def test_a_failed_attempt_may_go_up(county):
    case, proceeding = road.mediating(county, road.registered(county))
    values = {"ground": "too_far_apart", "course": "两次没谈拢", "notice_given": True}
    do(proceedings.end, proceeding, by=county.mediator, on=TODAY, **values)
    up(county, case, why="failed")
    row = fresh(case)
    assert (row.stage, row.turn) == (Stage.ROUTED, Turn.UNIT)
    assert access.depth_of(county.mediator, row) is None
    assert progress.derived(row, progress.taken(row.id)).result == "open"


def test_the_unit_below_is_asked_first(county):
    case, village = received(county), county.more["village_head"]
    ref = down(county, case)
    row = fresh(case)
    assert row.lead_unit_id == county.committee.id and access.depth_of(village, row) == Depth.PROGRESS
    with pytest.raises(RuleBroken) as refused:
        do(proceedings.accept, case, by=county.head, on=TODAY)
    assert "delegation_asking" in reasons(refused)
    with pytest.raises(NotFound):
        do(delegation.consent, ref, by=county.more["top_head"], on=TODAY)
    with pytest.raises(NotFound):
        do(delegation.consent, ref, by=county.head, on=TODAY)
    do(delegation.consent, ref, by=village, on=TODAY)
    row = fresh(case)
    assert (row.lead_unit_id, row.stage, row.turn) == (county.more["village"].id, Stage.ROUTED, Turn.UNIT)
    assert running(case) == {"PM-19"} and access.acts_on(village, row)
    assert access.depth_of(county.head, row) == Depth.PROGRESS
    do(proceedings.accept, case, by=village, on=TODAY)
    assert [each.to_unit_id for each in queries.transfers_of(row.id)] == [county.committee.id, row.lead_unit_id]


def test_a_unit_below_may_say_no(county):
    case, village = received(county), county.more["village_head"]
    ref = down(county, case)
    with pytest.raises(RuleBroken) as refused:
        do(delegation.decline, ref, by=village, on=TODAY)
    assert reasons(refused) == ["delegation_no_decline_reason"]
    do(delegation.decline, ref, by=village, on=TODAY, reason="no_people")
    row = fresh(case)
    assert row.lead_unit_id == county.committee.id and access.depth_of(village, row) is None
    do(delegation.take_back, down(county, case), by=county.head, on=TODAY)
    do(proceedings.accept, case, by=county.head, on=TODAY)  # what was only asked changes nothing


def test_a_supervisor_orders_and_nothing_comes_back(county):
    case, village, supervisor = received(county), county.more["village_head"], county.more["supervisor"]
    down(county, case)
    order = {"unit": county.more["village"].public_id, "why": "local", "words": "就在村里，先就地调"}
    with pytest.raises(NotAllowed):
        do(delegation.order_down, case, by=county.dispatcher, on=TODAY, **order)
    with pytest.raises(RuleBroken) as refused:
        do(delegation.order_down, case, by=supervisor, on=TODAY, **order | {"words": ""})
    assert reasons(refused) == ["delegation_no_words"]
    ref = do(delegation.order_down, case, by=supervisor, on=TODAY, **order)
    assert fresh(case).lead_unit_id == county.more["village"].id
    states = [each.state for each in queries.transfers_of(fresh(case).id)]
    assert states == [TransferState.RECEIVED, TransferState.TAKEN_BACK, TransferState.SENT]
    with pytest.raises(RuleBroken) as refused:
        do(operations.reject, ref, by=village, on=TODAY, reason="papers")
    assert reasons(refused) == ["delegation_ordered"]
    do(operations.receive, ref, by=village, on=TODAY)


def test_who_only_reads_has_no_turn(county):
    """What another unit leads stands in no list of one's own work."""
    case = received(county)
    mine = turns.mine(county.head)
    assert [row.public_id for row in cases.listing(for_=county.head, chosen=mine).rows] == [case]
    up(county, case)
    assert not cases.listing(for_=county.head, chosen=mine).rows
    assert [row.public_id for row in cases.listing(for_=county.head).rows] == [case]


def test_hops_are_counted_by_unit(county):
    for case in (received(county), received(county)):
        ref = down(county, case)
        do(delegation.decline, ref, by=county.more["village_head"], on=TODAY, reason="no_people")
    up(county, case)
    period = {"since": TODAY, "until": TODAY}
    found = {each.unit: each for each in figures.by_unit(for_=county.dispatcher, **period)}
    assert (found["武阳镇人民调解委员会"].up, found["南昌县人民调解委员会"].from_below) == (1, 1)
    village = found["前进村人民调解委员会"]
    assert (village.asked, village.declined, found["武阳镇人民调解委员会"].down) == (2, 2, 0)
    assert figures.by_unit(for_=county.more["village_head"], **period) == [village]
    assert not figures.by_unit(for_=county.dispatcher, since=date(2026, 1, 1), until=date(2026, 1, 2))
