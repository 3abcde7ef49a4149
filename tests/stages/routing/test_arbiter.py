"""After the second rejection: the arbiter rules, the unit is bound, the next case is told of it. On both databases."""

from datetime import date, timedelta

import pytest

from mediation.casefile.cases import access, steps
from mediation.casefile.cases.rules import Stage, Track, Turn
from mediation.casefile.clocks import queries as clocks
from mediation.ground import sheets
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken
from mediation.registry.access.rules import Depth, Role
from mediation.registry.dutylists import operations as dutylists
from mediation.registry.dutylists import queries as items
from mediation.registry.staff.models import Post
from mediation.stages.archive import operations as archive
from mediation.stages.intake import refusal
from mediation.stages.routing import operations as routing
from mediation.stages.routing import queries as hops
from mediation.stages.routing.arbiter import operations, queries, rules
from mediation.stages.routing.arbiter.rules import Bar, Precedent
from mediation.stages.routing.rules import RejectReason
from tests import cast, makers, standing

TODAY = date(2026, 11, 23)


def do(operation, *args, **values):
    with transaction():
        return operation(*args, **values)


@pytest.fixture
def county(ground):
    return cast.gather()


@pytest.fixture
def supervisor(county):
    by = makers.make_actor(county.centre, Role.SUPERVISOR, name="胡建平")
    admin = makers.make_actor(county.centre, Role.SYSTEM_ADMIN)
    post = session.get_one(Post, by.post_id).public_id
    do(operations.name, post, by=admin, on=TODAY, valid_from=TODAY)
    return by


@standing.kept
def bounced(county, times=2, **values):
    """A case that the committee gave back."""
    case = cast.routed(county, **values)
    for number in range(times):
        do(routing.reject, cast.waiting(case).public_id, by=county.head, on=TODAY, reason=RejectReason.NOT_COMPETENT)
        if number + 1 < times:
            cast.routed(county, case)
    return cast.again(case)


def ruled(county, by, case, **values):
    given = {"track": Track.PEOPLES, "unit_public_id": county.committee.public_id}
    values = given | {"why": "排水沟在村里", "signs": "共用排水沟"} | values
    return do(operations.designate, case.public_id, by=by, on=TODAY, **values)


def reasons(error):
    return [bar.reason for bar in error.value.obstacles]


def test_the_second_rejection_goes_to_the_arbiter_and_to_nobody_else(county, supervisor):
    once = bounced(county, 1)
    assert (once.turn, queries.waiting(once.id)) == (Turn.DISPATCHER, None)
    case = bounced(county)
    assert (case.stage, case.turn) == (Stage.SCREENED, Turn.ARBITER)
    assert access.depth_of(supervisor, case) == Depth.CONTENTS
    assert "transfer.designation" in [each.basis for each in clocks.of_case(case.id) if each.stopped_on is None]
    with pytest.raises(RuleBroken) as error:
        cast.routed(county, case)
    assert Bar.WAITS in reasons(error)
    offered = {step.name: bars for step, _subject, bars in steps.offered(case, by=supervisor, on=TODAY)}
    assert offered == {"case.designate": []}


def test_the_ruling_binds_the_unit_and_ends_the_wait(county, supervisor):
    case = bounced(county)
    ruled(county, supervisor, case)
    case = cast.again(case)
    assert (case.stage, case.turn, case.lead_unit_id) == (Stage.ROUTED, Turn.UNIT, county.committee.id)
    assert access.depth_of(supervisor, case) == Depth.PROGRESS
    with pytest.raises(RuleBroken) as error:
        do(routing.reject, cast.waiting(case).public_id, by=county.head, on=TODAY, reason=RejectReason.PAPERS)
    assert reasons(error) == [Bar.DESIGNATED]
    do(routing.receive, cast.waiting(case).public_id, by=county.head, on=TODAY)


def test_both_reasons_stand_beside_the_lines_of_the_duty_list(county, supervisor):
    rows = [["邻里", "相邻排水、通行纠纷的调解", county.committee.name], ["邻里", "漏水", "别的单位"]]
    data = sheets.write("清单", ["类别", "事项", "牵头单位"], rows)
    do(dutylists.take_over, data, by=supervisor, on=TODAY, valid_from=TODAY, source="南府办〔2026〕1号")
    item = items.items(county.centre.id, on=TODAY)[0]
    case = bounced(county, duty_item=item.public_id)
    first, second = queries.beside_each_other(case, on=TODAY)
    assert (first.cited, second.cited) == (item, None)
    assert first.duties == second.duties == [item]
    designation = queries.get(ruled(county, supervisor, case, duty_item=item.public_id), for_=supervisor_of(county))
    assert (designation.duty_item_id, hops.newest(case.id).duty_item_id) == (item.id, item.id)


def supervisor_of(county):
    return makers.make_actor(county.centre, Role.DISPATCHER)


def test_everything_that_bars_a_ruling_is_named(county, supervisor):
    other = makers.make_actor(county.centre, Role.SUPERVISOR, name="别的督办员")
    case = bounced(county)
    with pytest.raises(RuleBroken) as error:
        ruled(county, other, case, why=" ", signs="")
    assert reasons(error) == [Bar.NOT_ARBITER, Bar.NO_WHY, Bar.NO_SIGNS]
    with pytest.raises(NotAllowed):
        ruled(county, county.dispatcher, case)
    with pytest.raises(NotFound):
        ruled(county, supervisor, cast.routed(county))


def test_a_deputy_rules_in_the_arbiters_place(county, supervisor):
    deputy = makers.make_actor(county.centre, Role.SUPERVISOR, name="代班的")
    with transaction():
        session.get_one(Post, deputy.post_id).deputy_for_id = supervisor.post_id
    ruled(county, deputy, bounced(county))


def test_where_nobody_is_named_any_more_the_dispatcher_routes(county, supervisor):
    case = bounced(county)
    admin = makers.make_actor(county.centre, Role.SYSTEM_ADMIN)
    do(operations.name, None, by=admin, on=TODAY, valid_from=TODAY)
    assert access.depth_of(supervisor, case) == Depth.PROGRESS
    assert cast.routed(county, case).stage == Stage.ROUTED


def test_a_case_that_ends_waits_for_no_ruling(county, supervisor):
    case = bounced(county)
    refused = {"ground": refusal.Ground.ONE_REFUSES, "ways": [refusal.Way.SUIT], "told": True}
    do(archive.refuse, case.public_id, by=county.dispatcher, on=TODAY, **refused)
    assert queries.waiting(case.id) is None


def test_the_next_similar_case_is_told_of_the_ruling_until_it_is_ended(county, supervisor):
    public_id = ruled(county, supervisor, bounced(county))
    alike = cast.screened(county)
    assert [each.signs for each in queries.precedents_for(alike, on=TODAY)] == ["共用排水沟"]
    unlike = cast.screened(county, matter=makers.changed(makers.DRAIN, type_code="labour"))
    assert queries.precedents_for(unlike, on=TODAY) == []
    tomorrow = TODAY + timedelta(days=1)
    root = supervisor
    version = queries.rulings(for_=root)[0][0].version
    with pytest.raises(Invalid):
        do(operations.end_precedent, public_id, by=root, on=TODAY, ended_on=tomorrow, reason=" ", version=version)
    ended = {"by": root, "on": TODAY, "ended_on": tomorrow, "version": version}
    do(operations.end_precedent, public_id, reason="沟归镇里管了", **ended)
    assert queries.precedents_for(alike, on=TODAY) and not queries.precedents_for(alike, on=tomorrow)
    do(operations.take_up_precedent, public_id, by=root, version=version + 1)
    assert queries.precedents_for(alike, on=tomorrow)


def test_returns_are_counted_by_unit_with_their_cases(county):
    cast.routed(county)
    case = bounced(county, 1)
    [found] = queries.returns(county.centre.id, since=TODAY, until=TODAY)
    assert (found.unit_id, found.sent, found.rejected, found.percent) == (county.committee.id, 2, 1, 50)
    rows, more = queries.returned_by(county.committee.id, for_=county.dispatcher, since=TODAY, until=TODAY)
    assert ([row.public_id for row in rows], more) == ([case.public_id], None)


def test_the_likest_precedent_comes_first():
    found = [
        Precedent(1, "neighbour.water", None, "宠物"), Precedent(2, "neighbour.noise", None, "共用排水沟"),
        Precedent(3, "neighbour.water", None, "共用排水沟"), Precedent(4, "labour", None, "共用排水沟"),
    ]
    asked = {"types": ("neighbour.water", "neighbour"), "areas": (), "story": "两家共用一条排水沟"}
    assert rules.alike(found, **asked) == [3, 2, 1]
