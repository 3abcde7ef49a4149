"""The dictionary of collection points: dated, changed with a trail, never deleted (row 3)."""

from datetime import date, timedelta

import pytest

from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotAllowed, RuleBroken, Stale
from mediation.ground.trail import TrailEntry
from mediation.registry.access.rules import Role
from mediation.registry.points import operations as points
from mediation.registry.points import queries
from mediation.registry.points.rules import Bar
from tests import makers
from tests.road import do

STALL = {"name": "澄湖商圈摊位", "kind": "stall", "channel": "window"}


def reasons(error):
    return {obstacle.reason for obstacle in error.value.obstacles}


def test_a_point_from_new_to_ended_and_taken_up(ground):
    centre = makers.make_centre()
    by, today = makers.make_actor(centre, Role.SYSTEM_ADMIN), clock.today()
    stall = do(points.add, code="lt-01", by=by, on=today, key="k", **STALL)
    assert do(points.add, code="lt-01", by=by, on=today, key="k", **STALL) == stall
    with pytest.raises(RuleBroken) as taken:
        do(points.add, code="LT-01", by=by, on=today, **STALL)
    assert reasons(taken) == {Bar.CODE_TAKEN}
    with pytest.raises(RuleBroken):
        do(points.add, code="莲塘一号", by=by, on=today, **STALL)
    with pytest.raises(Invalid) as wrong:
        do(points.add, code="LT-02", by=by, on=today, name=" ", kind="stall", channel="", area_code="9")
    assert set(wrong.value.fields) == {"name", "channel", "area_code"}

    do(points.change, stall, version=1, by=by, **STALL | {"name": "澄湖商圈一号摊位"})
    with pytest.raises(Stale):
        do(points.change, stall, version=1, by=by, **STALL)
    said = session.query(TrailEntry).filter_by(event="point.changed").one().params["changed"]
    assert said == {"name": ["澄湖商圈摊位", "澄湖商圈一号摊位"]}

    with pytest.raises(RuleBroken):
        do(points.end, stall, by=by, on=today - timedelta(days=1))
    do(points.end, stall, by=by, on=today)
    assert [each.code for each in queries.points(centre.id, on=today)] == ["LT-01"]
    assert not queries.points(centre.id, on=today + timedelta(days=1))
    with pytest.raises(RuleBroken):
        do(points.change, stall, version=3, by=by, **STALL)
    do(points.take_up, stall, by=by)
    assert queries.points(centre.id, on=date(2030, 1, 1))


def test_only_administrators_keep_the_dictionary(ground):
    centre = makers.make_centre()
    with pytest.raises(NotAllowed):
        do(points.add, code="A", by=makers.make_actor(centre, Role.INTAKE_CLERK), on=clock.today(), **STALL)
