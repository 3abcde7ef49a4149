"""What the parties say about the mediator: choosing, rejecting, refusing, on both databases, without Flask."""

import pytest
from sqlalchemy import select

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Stage, Track
from mediation.ground.db import session, transaction
from mediation.ground.errors import RuleBroken
from mediation.ground.trail import TrailEntry
from mediation.stages.proceedings import (
    appointment,
    candidates,
    choosing,
    operations,
    queries,
)
from mediation.stages.proceedings.appointing.rules import AppointmentBar
from mediation.stages.proceedings.operations import Answer
from tests import cast, makers
from tests.stages.proceedings.hands import TODAY, assign, reasons, second_mediator


@pytest.fixture
def county(ground):
    return cast.gather()


def has(row, kind):
    return kind in [part.kind for part in row.parts]


def rejects(county, case_id, takes=False):
    cast.agree(county, case_id, 涂国平=Answer("agreed", "oral", takes_mediator=takes))


def test_on_the_courts_track_rejecting_the_appointee_ends_it(county):
    """JM-04."""
    proceeding = cast.assigned(county, cast.commissioned(county), track=Track.JUDICIAL)
    rejects(county, proceeding.case_id)
    case = session.get_one(Case, proceeding.case_id)
    assert queries.must_end(queries.newest(case.id), case).ground == "mediator_rejected"
    with transaction():
        operations.end(
            proceeding.public_id, by=county.head, on=TODAY, ground="mediator_rejected",
            course="涂国平不接受指定的调解员", notice_given=True,
        )
    assert cast.again(case).stage == Stage.ENDED


def test_a_mediator_whom_the_parties_chose_is_only_replaced(county):
    proceeding = cast.assigned(county, cast.commissioned(county), track=Track.JUDICIAL, mode="chosen")
    rejects(county, proceeding.case_id)
    assert queries.must_end(queries.newest(proceeding.case_id), session.get_one(Case, proceeding.case_id)) is None


def test_elsewhere_another_one_is_assigned(county):
    """PM-04."""
    proceeding = cast.assigned(county)
    rejects(county, proceeding.case_id)
    assert queries.must_end(queries.newest(proceeding.case_id), session.get_one(Case, proceeding.case_id)) is None
    assert queries.mediators_on(proceeding.id)[0].party_replies != {}


def test_a_party_chooses_and_the_head_sees_it_first(county):
    """PM-04: chosen from the list; somebody who could not be assigned cannot be chosen."""
    _actor, second = second_mediator(county)
    gone = makers.make_mediator(county.centre, county.committee, name="没有账号的人")
    proceeding = cast.accepted(county)
    parties = {party.name: party.public_id for party in cases.parties_of(proceeding.case_id)}
    with pytest.raises(RuleBroken) as error, transaction():
        choosing.choose(
            proceeding.public_id, by=county.head, on=TODAY, wishes={parties["万秋莲"]: gone.public_id}
        )
    assert reasons(error) == [AppointmentBar.NOT_IN_POOL]
    with transaction():
        choosing.choose(
            proceeding.public_id, by=county.clerk, on=TODAY, wishes=dict.fromkeys(parties.values(), second.public_id)
        )
    case = session.get_one(Case, proceeding.case_id)
    first = candidates.available_for(queries.newest(case.id), case, on=TODAY)[0]
    assert first.name == "揭爱兰" and has(first, "chosen_by_all")
    assign(county, proceeding, second, mode="chosen")


def test_each_side_may_refuse_twice_and_then_the_unit_decides(county):
    """Row 40, PM-04: two refusals a side, by a dated setting."""
    proceeding = cast.assigned(county)
    people = [second_mediator(county, name=name)[1] for name in ("揭爱兰", "揭爱竹")]
    refuses = Answer("agreed", "written", takes_mediator=False)
    for each in people:
        cast.agree(county, proceeding.case_id, 涂国平=refuses)
        with transaction():
            chosen = {"mediator_public_ids": [each.public_id], "why": "被申请人不接受"}
            appointment.reassign(proceeding.public_id, by=county.head, on=TODAY, **chosen)
    with pytest.raises(RuleBroken) as error:
        cast.agree(county, proceeding.case_id, 涂国平=refuses)
    assert reasons(error) == [AppointmentBar.REFUSED_TOO_OFTEN]
    cast.agree(county, proceeding.case_id, 万秋莲=refuses)
    refusals = select(TrailEntry).where(TrailEntry.event == "party.refused_mediator").order_by(TrailEntry.id)
    told = session.scalars(refusals).all()
    assert [entry.params["made"] for entry in told] == [1, 2, 1]
