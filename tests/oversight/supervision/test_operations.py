"""A look into a case from above: with a reason, for one person, for half an hour, and the head is told (P6)."""

import json

import pytest

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.notices.models import Notice
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken
from mediation.ground.trail import TrailEntry, TrailValues
from mediation.oversight.supervision import operations as supervision
from mediation.oversight.supervision.rules import LOOK_LASTS, Bar, look_obstacles
from mediation.registry.access.rules import Depth, Permission, Role
from mediation.registry.units.rules import UnitKind
from tests import makers, road

WHY = "万秋莲来信说三次没等到调解员"


@pytest.fixture
def county(ground):
    return road.make_county()


@pytest.fixture
def supervisor(county):
    return makers.make_actor(county.centre, Role.SUPERVISOR, name="傅督")


def test_a_look_says_why():
    assert [bar.reason for bar in look_obstacles("  ")] == [Bar.NO_LOOK_REASON]
    assert look_obstacles(WHY) == []


def test_a_look_lasts_half_an_hour_and_lets_nobody_act(county, supervisor):
    case, _proceeding = road.mediating(county)
    with pytest.raises(NotFound):
        cases.get(case, for_=supervisor)
    assert road.do(supervision.look_into, case, reason=WHY, by=supervisor, key="k") == case
    row = cases.get(case, for_=supervisor)
    assert not access.acts_on(supervisor, row)
    clock.freeze(clock.now() + LOOK_LASTS)
    with pytest.raises(NotFound):
        cases.get(case, for_=supervisor)
    assert cases.get(case, for_=supervisor, depth=Depth.PROGRESS)


def test_a_second_look_lasts_half_an_hour_again(county, supervisor):
    case, _proceeding = road.mediating(county)
    road.do(supervision.look_into, case, reason=WHY, by=supervisor)
    clock.freeze(clock.now() + LOOK_LASTS / 2)
    road.do(supervision.look_into, case, reason=WHY, by=supervisor)
    clock.freeze(clock.now() + LOOK_LASTS * 0.9)
    assert cases.get(case, for_=supervisor)


def test_one_row_keeps_why_and_the_head_is_told(county, supervisor):
    case, _proceeding = road.mediating(county)
    road.do(supervision.look_into, case, reason=WHY, by=supervisor, key="once")
    road.do(supervision.look_into, case, reason=WHY, by=supervisor, key="once")
    (entry,) = session.query(TrailEntry).filter_by(event=supervision.LOOKED)
    assert entry.account_id == supervisor.account_id and "万秋莲" not in str(entry.params)
    sealed = session.get_one(TrailValues, entry.id).sealed
    row = cases.get(case, for_=supervisor)
    assert json.loads(row.box().open(sealed, "trail_values", entry.id)) == {"reason": [None, WHY]}
    (notice,) = session.query(Notice).filter_by(event=supervision.LOOKED)
    assert notice.unit_id == county.committee.id and notice.role == Role.HEAD and notice.case_id == row.id
    assert notice.params == {"who": "傅督", "unit": supervisor.unit_name}


def test_without_a_unit_the_window_that_registered_is_told(county, supervisor):
    case = road.registered(county)
    road.do(supervision.look_into, case, reason=WHY, by=supervisor)
    assert session.query(Notice).one().unit_id == county.clerk.unit_id


def test_who_may_not_look(county, supervisor):
    case = road.registered(county)
    for role in set(Role) - {Role.SUPERVISOR}:
        by = makers.make_actor(county.centre, role)
        assert not by.may(Permission.CASES_LOOK_INTO)
        with pytest.raises(NotAllowed):
            road.do(supervision.look_into, case, reason=WHY, by=by)
    other = makers.make_unit(county.centre, UnitKind.COMMITTEE, "向塘镇人民调解委员会")
    away = makers.make_centre(name="进贤县矛盾纠纷调解中心", register_word="进矛调登", area_code="360124")
    for centre, unit in ((county.centre, other), (away, None)):
        with pytest.raises(NotFound):
            road.do(supervision.look_into, case, reason=WHY, by=makers.make_actor(centre, Role.SUPERVISOR, unit))
    with pytest.raises(RuleBroken):
        road.do(supervision.look_into, case, reason=" ", by=supervisor)
    assert not session.query(Notice).count()
