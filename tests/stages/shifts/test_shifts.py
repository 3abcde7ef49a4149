"""Handing a desk over, and the page of a day."""

import pytest

from mediation.casefile.cases import queries as cases
from mediation.ground import clock
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken
from mediation.registry.access.rules import Role
from mediation.stages.routing import operations as routing
from mediation.stages.routing import queries as hops
from mediation.stages.shifts import operations, queries, rules
from mediation.stages.shifts.operations import LineValues
from tests import makers, road
from tests.road import do


@pytest.mark.parametrize(
    ("wanted", "room", "found"),
    [
        ({"a": 3, "b": 5}, 20, {"a": 3, "b": 5}),
        ({"a": 100, "b": 2, "c": 100}, 22, {"a": 10, "b": 2, "c": 10}),
        ({"a": 0, "b": 100}, 7, {"a": 0, "b": 7}),
        ({}, 7, {}),
    ],
)
def test_a_page_is_shared_out(wanted, room, found):
    assert rules.shares(wanted, room) == found


@pytest.fixture
def county(ground):
    county = road.make_county()
    county.more["next"] = makers.make_actor(county.centre, Role.INTAKE_CLERK, name="袁早班")
    return county


def sent(county):
    case = road.registered(county)
    way = {"track": "peoples", "unit_public_id": county.committee.public_id}
    return case, do(routing.route, case, by=county.dispatcher, on=clock.today(), **way)


def of(parts):
    return {part.kind: [item.public_id for item in part.items] for part in parts}


def test_what_is_open_stands_in_its_list(county):
    waits, _transfer = sent(county)
    back, transfer = sent(county)
    do(routing.reject, transfer, by=county.head, on=clock.today(), reason="papers")
    fresh = makers.make_case(county.centre, county.clerk).public_id
    assert of(queries.open_now(county.clerk)) == {"call": [], "back": [back], "unanswered": [waits], "open": [fresh]}
    assert of(queries.open_now(county.dispatcher))["open"] == [back]
    parts = {part.kind: part for part in queries.done_on(county.clerk, clock.today(), each=2)}
    assert (len(parts["case.register"].items), parts["case.register"].total) == (2, 3)
    assert of(queries.done_on(county.dispatcher, clock.today()))["case.route"] == [waits, back]
    assert not queries.done_on(county.head, clock.today(), own=True)[0].items
    do(routing.receive, hops.newest(cases.get(waits, for_=county.head).id).public_id, by=county.head, on=clock.today())
    assert of(queries.done_on(county.head, clock.today()))["transfer.receive"] == [waits]
    assert queries.late(county.clerk).total == 0


def test_the_next_one_reads_it_once(county):
    case, _transfer = sent(county)
    lines = [LineValues("unanswered", case, "单位说周五答复"), LineValues("call", text="熊国华，下午四点回电")]
    ref = do(operations.hand_over, by=county.clerk, on=clock.today(), lines=lines, general="打印机缺墨")
    assert [row.public_id for row in queries.unread(county.more["next"])] == [ref]
    assert not queries.unread(county.clerk) and not queries.unread(county.dispatcher)
    row = queries.get(ref, for_=county.more["next"])
    assert [row.general, *(line.text for line in row.lines)] == ["打印机缺墨", "单位说周五答复", "熊国华，下午四点回电"]
    assert queries.seen_cases(row, county.more["next"]) == {row.lines[0].case_id}
    do(operations.read, ref, by=county.more["next"])
    do(operations.read, ref, by=county.more["next"])
    assert not queries.unread(county.more["next"])
    assert [read.name for read in queries.get(ref, for_=county.clerk).reads] == ["袁早班"]
    assert [row.public_id for row in queries.newest(county.clerk)[0]] == [ref]
    with pytest.raises(NotFound):
        queries.get(ref, for_=county.dispatcher)


def test_what_a_hand_over_needs(county):
    case, _transfer = sent(county)
    with pytest.raises(RuleBroken):
        do(operations.hand_over, by=county.clerk, on=clock.today(), lines=[LineValues("call", text=" ")])
    with pytest.raises(NotAllowed):
        do(operations.hand_over, by=county.head, on=clock.today(), lines=[], general="好")
    away = makers.make_centre(name="进贤县中心", register_word="进矛调登", area_code="360124")
    other = makers.make_actor(away, Role.INTAKE_CLERK)
    with pytest.raises(NotFound):
        do(operations.hand_over, by=other, on=clock.today(), lines=[LineValues("open", case)])
