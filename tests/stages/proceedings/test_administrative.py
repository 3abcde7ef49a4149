"""Administrative mediation: what is not open to it, and what the police heed."""

from datetime import date

import pytest

from mediation.casefile.cases import queries as cases
from mediation.ground.errors import RuleBroken
from mediation.registry.access.rules import Role
from mediation.registry.units.rules import UnitKind
from mediation.stages.proceedings import operations, queries, rules
from mediation.stages.proceedings.administrative import OfficerCaution, closed_obstacles, officer_cautions
from mediation.stages.routing import operations as routing
from mediation.stages.routing import queries as routed
from tests import makers, road
from tests.road import do

TODAY = date(2026, 11, 23)
LISTS = {"AM-18": ["已经起诉", "已经申请仲裁"], "AM-03": ["雇凶伤害他人"]}


@pytest.mark.parametrize(
    ("ticked", "bars"),
    [
        ([], []), (["别的"], []), (["已经申请仲裁"], [rules.Bar.NOT_OPEN]),
        (["雇凶伤害他人"], [rules.Bar.POLICE_DO_NOT]),
        (["已经起诉", "雇凶伤害他人"], [rules.Bar.NOT_OPEN, rules.Bar.POLICE_DO_NOT]),
    ],
)
def test_what_is_not_open_to_the_agency(ticked, bars):
    """AM-03, AM-18."""
    assert [each.reason for each in closed_obstacles(ticked, LISTS)] == bars


@pytest.mark.parametrize(
    ("police", "officers", "recorded", "warns"),
    [(True, 1, False, True), (True, 1, True, False), (True, 2, False, False), (False, 1, False, False)],
)
def test_one_officer_alone_records_everything(police, officers, recorded, warns):
    """AM-04."""
    found = officer_cautions(is_police=police, officers=officers, is_recorded=recorded)
    assert [each.reason for each in found] == [OfficerCaution.ONE_OFFICER] * warns


def test_the_police_look_through_both_lists_before_they_accept(ground):
    """AM-03: hired assault is not mediated; the case is refused instead."""
    county = road.make_county()
    police = makers.make_unit(county.centre, UnitKind.POLICE, "武阳派出所", number_word="武公调", area_code="360121106")
    head = makers.make_actor(county.centre, Role.HEAD, police, name="喻所")
    case = road.registered(county)
    do(
        routing.route, case, by=county.dispatcher, on=TODAY, track="administrative", unit_public_id=police.public_id,
        override_reason="parties",
    )
    row = cases.get(case, for_=head)
    do(routing.receive, routed.newest(row.id).public_id, by=head, on=TODAY)
    row = cases.get(case, for_=head)
    assert list(queries.checklists(row, on=TODAY)) == ["AM-18", "AM-03"]
    with pytest.raises(RuleBroken) as refused:
        do(operations.accept, case, by=head, on=TODAY, closed=["雇凶伤害他人"])
    assert rules.Bar.POLICE_DO_NOT in [each.reason for each in refused.value.obstacles]
