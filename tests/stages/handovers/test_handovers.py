"""Handing over open work: proposed by points, looked at first, moved case by case with the access, given back."""

from datetime import datetime, timedelta

import pytest

from mediation.casefile.cases import access
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import ProceedingState, Track
from mediation.ground import clock, jobs
from mediation.ground.db import session, transaction
from mediation.ground.errors import RuleBroken
from mediation.registry.access.rules import Role
from mediation.registry.mediators import leave
from mediation.stages.bookings import operations as bookings
from mediation.stages.bookings.operations import Wish
from mediation.stages.handovers import operations, planning
from mediation.stages.handovers import queries as handovers
from mediation.stages.handovers.rules import Bar, HandoverState, RowState
from mediation.stages.proceedings import appointment, queries
from tests import cast, makers


@pytest.fixture
def county(ground):
    return cast.gather()


def colleague(county, name, **changes):
    actor = makers.make_actor(county.centre, Role.MEDIATOR, county.committee, name=name)
    return actor, makers.make_mediator(county.centre, county.committee, actor, name=name, register_no=None, **changes)


def look(county, **more):
    return planning.plan(county.pool.public_id, by=county.head, on=clock.today(), **more)


def begin(county, wishes):
    with transaction():
        public_id = operations.begin(
            county.pool.public_id, by=county.head, on=clock.today(), wishes=wishes, why="外出培训一个月"
        )
    while jobs.run_next():
        pass
    session.expire_all()
    return handovers.get(public_id, for_=county.head)


def booked(county, proceeding, by, who="涂国平"):
    case = session.get_one(Case, proceeding.case_id)
    begins = datetime(2026, 11, 25, 9, tzinfo=clock.SHANGHAI)
    refs = [cast.party(case.id, who).public_id]
    with transaction():
        bookings.book(case.public_id, by=by, on=clock.today(), wish=Wish(
            begins, begins + timedelta(hours=1), place=f"{by.name}的村委会", parties=refs
        ))


def test_open_work_is_shared_out_by_points_and_moves_with_the_access(county):
    """Row 41: two cases go to two people, the old one sees neither, the new ones answer anew; all comes back."""
    first_actor, first = colleague(county, "揭爱兰")
    _second_actor, second = colleague(county, "揭爱竹")
    running, waiting = cast.mediating(county), cast.assigned(county)
    plan = look(county)
    assert {line.to.public_id for line in plan.lines} == {first.public_id, second.public_id}
    assert (plan.moving, plan.kept, plan.beyond) == (2, 0, 0)
    order = begin(county, {line.work.ref: line.to.public_id for line in plan.lines})
    assert order.state is HandoverState.DONE and handovers.counts(order)[RowState.MOVED] == 2
    for proceeding in (running, waiting):
        case = session.get_one(Case, proceeding.case_id)
        assert queries.newest(case.id).state == ProceedingState.ASSIGNED
        assert access.depth_of(county.mediator, case) is None
    mine = session.get_one(Case, running.case_id)
    assert mine.mediator_id in (first.id, second.id)
    with transaction():
        operations.undo(order.public_id, by=county.head, on=clock.today(), version=order.version)
    while jobs.run_next():
        pass
    session.expire_all()
    assert handovers.get(order.public_id, for_=county.head).state is HandoverState.UNDONE
    back = queries.newest(running.case_id)
    assert back.state == ProceedingState.MEDIATING and queries.mediators_on(back.id)[0].answered_on
    assert access.depth_of(county.mediator, session.get_one(Case, running.case_id)) is not None
    assert access.depth_of(first_actor, session.get_one(Case, running.case_id)) is None


def test_what_cannot_move_says_why_and_stays(county):
    """A meeting at the same hour, days away, and a mediator whom the parties of a court's case chose (JM-04)."""
    busy_actor, busy = colleague(county, "揭爱兰")
    _actor, away = colleague(county, "揭爱竹")
    mine = cast.informed(county)
    booked(county, mine, county.mediator)
    theirs = cast.accepted(county)
    with transaction():
        appointment.assign(
            theirs.public_id, by=county.head, on=clock.today(), mediator_public_ids=[busy.public_id], override="near"
        )
        appointment.take_on(theirs.public_id, by=busy_actor, on=clock.today(), answers=cast.NO_CONFLICT)
    booked(county, queries.newest(theirs.case_id), busy_actor)
    with transaction():
        leave.take(
            away.public_id, by=county.head, on=clock.today(), first=clock.today() + timedelta(days=1),
            last=clock.today() + timedelta(days=2),
        )
    chosen = cast.assigned(county, cast.commissioned(county), track=Track.JUDICIAL, mode="chosen")

    def why(to):
        return {line.work.ref: [bar.reason for bar in line.bars] for line in look(county, all_to=to).lines}

    assert why(busy.public_id)[mine.public_id] == [Bar.DOUBLE]
    assert why(away.public_id)[mine.public_id] == [Bar.AWAY]
    assert Bar.CHOSEN_JOINTLY in why(away.public_id)[chosen.public_id]
    with pytest.raises(RuleBroken):
        begin(county, {mine.public_id: busy.public_id})
    assert queries.mediators_on(mine.id)[0].mediator_id == county.pool.id


def test_after_a_day_nothing_goes_back(county):
    colleague(county, "揭爱兰")
    cast.mediating(county)
    order = begin(county, {line.work.ref: line.to.public_id for line in look(county).lines})
    clock.freeze(clock.now() + timedelta(days=2))
    with pytest.raises(RuleBroken) as error, transaction():
        operations.undo(order.public_id, by=county.head, on=clock.today(), version=order.version)
    assert [each.reason for each in error.value.obstacles] == [Bar.TOO_LATE]
