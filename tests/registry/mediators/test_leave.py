"""Days away: overlapping, ended early, called off, and who may write them down; on both databases."""

from datetime import date, timedelta

import pytest

from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import Invalid, NotAllowed, RuleBroken
from mediation.registry.access.rules import Role
from mediation.registry.mediators import leave
from mediation.registry.mediators.rules import Leave, LeaveBar, leave_obstacles
from tests import cast, makers

TODAY = date(2026, 11, 23)
WEEK = TODAY + timedelta(days=6)


@pytest.mark.parametrize(("first", "last", "found"), [
    (WEEK + timedelta(days=1), WEEK + timedelta(days=3), []),  # the day after the other one's last
    (WEEK, WEEK + timedelta(days=3), [LeaveBar.OVERLAPS]),
    (TODAY - timedelta(days=5), TODAY - timedelta(days=1), [LeaveBar.OVER]),
    (TODAY, TODAY - timedelta(days=1), [LeaveBar.BACKWARDS]),
])
def test_what_forbids_days_away(first, last, found):
    others = [Leave(TODAY, WEEK)]
    assert [each.reason for each in leave_obstacles(Leave(first, last), others, today=TODAY)] == found


def take(by, who, first=TODAY, last=WEEK, **more):
    with transaction():
        return leave.take(who.public_id, by=by, on=TODAY, first=first, last=last, **more)


def test_taken_by_oneself_ended_early_and_called_off(ground):
    county = cast.gather()
    other_unit = makers.make_unit(county.centre, name="向塘镇人民调解委员会")
    stranger = makers.make_actor(county.centre, Role.HEAD, other_unit)
    with pytest.raises(NotAllowed):
        take(stranger, county.pool)
    mine = take(county.mediator, county.pool)
    with pytest.raises(RuleBroken):
        take(county.head, county.pool, WEEK, WEEK)
    with pytest.raises(Invalid), transaction():
        leave.end_early(mine, by=county.head, last=WEEK + timedelta(days=1))
    with transaction():
        leave.end_early(mine, by=county.head, last=TODAY)
    assert leave.on_day([county.pool.id], TODAY) and not leave.on_day([county.pool.id], TODAY + timedelta(days=1))
    later = take(county.head, county.pool, WEEK, WEEK)
    with transaction():
        leave.end_early(later, by=county.head, last=TODAY)
    row = leave.get(later, for_=county.head)
    assert row.cancelled_at == clock.now() and not leave.on_day([county.pool.id], WEEK)
    assert [each.public_id for each in leave.coming(for_=county.mediator, since=TODAY)] == [mine]


def test_the_deputy_is_somebody_else_who_is_there(ground):
    county = cast.gather()
    other = makers.make_mediator(county.centre, county.committee, name="揭爱兰", register_no=None)
    with pytest.raises(RuleBroken) as error:
        take(county.head, county.pool, deputy_public_id=county.pool.public_id)
    assert [each.reason for each in error.value.obstacles] == [LeaveBar.DEPUTY_SELF]
    take(county.head, other, WEEK, WEEK + timedelta(days=3))
    with pytest.raises(RuleBroken) as error:
        take(county.head, county.pool, deputy_public_id=other.public_id)
    assert [each.reason for each in error.value.obstacles] == [LeaveBar.DEPUTY_AWAY]
