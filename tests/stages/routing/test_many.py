"""Many cases at once: a dry run that says why not, a job that does each once. On both databases."""

from datetime import date

import pytest

from mediation.casefile.batches import operations as batches
from mediation.casefile.batches import queries
from mediation.casefile.batches.rules import Bar, BatchState, Verdict
from mediation.casefile.cases.rules import ProceedingState, Stage, Track
from mediation.ground import jobs
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken, Stale
from mediation.registry.access.rules import Role
from mediation.registry.staff.models import Post
from mediation.registry.units.rules import UnitKind
from mediation.stages.proceedings import queries as proceedings
from mediation.stages.routing import queries as routing
from mediation.stages.routing.models import Transfer
from tests import cast, makers

TODAY = date(2026, 11, 23)
AS_SUGGESTED = {"unit": None, "track": None, "override": None, "note": None}


@pytest.fixture
def county(ground):
    return cast.gather()


def kept(by, cases, *, kind="route", target=AS_SUGGESTED):
    looked = batches.look_at(kind, [case.public_id for case in cases], target=target, by=by, on=TODAY)
    with transaction():
        return batches.keep(kind, looked, target=target, by=by, on=TODAY)


def run(by, batch):
    with transaction():
        batches.run(batch, by=by, version=queries.get(batch, for_=by).version)


def work():
    while jobs.run_next():
        pass


def verdicts(by, batch):
    return [row.verdict for row in queries.rows_of(queries.get(batch, for_=by))]


def reasons(by, batch):
    rows = queries.rows_of(queries.get(batch, for_=by))
    return [[reason[0] for reason in row.why.get("reasons", ())] for row in rows]


def test_the_dry_run_says_what_would_be_skipped_and_why_and_changes_nothing(county):
    good, unscreened = cast.screened(county), makers.make_case(county.centre, county.clerk)
    batch = kept(county.dispatcher, [good, unscreened])
    assert verdicts(county.dispatcher, batch) == [Verdict.WILL, Verdict.SKIPPED]
    [_none, said] = reasons(county.dispatcher, batch)
    assert "现在是“%(state)s”，这一步办不了" in said and "筛查五问还没答，答完才能分流" in said
    assert cast.again(good).stage == Stage.SCREENED


def test_each_case_is_sent_once_however_often_it_is_run(county):
    by, cases = county.dispatcher, [cast.screened(county) for _ in range(3)]
    batch = kept(by, cases)
    run(by, batch)
    with pytest.raises(Stale):
        run(by, batch)
    work()
    assert verdicts(by, batch) == [Verdict.DONE] * 3
    assert queries.get(batch, for_=by).state == BatchState.DONE
    with pytest.raises(RuleBroken) as error:
        run(by, batch)
    assert [bar.reason for bar in error.value.obstacles] == [Bar.NOTHING_TO_DO]
    assert session.query(Transfer).count() == 3
    assert {cast.again(case).lead_unit_id for case in cases} == {county.committee.id}


def test_what_changed_since_the_dry_run_is_barred_and_tried_again(county):
    by, case = county.dispatcher, cast.screened(county)
    batch = kept(by, [case])
    cast.routed(county, case)
    run(by, batch)
    work()
    assert verdicts(by, batch) == [Verdict.BARRED]
    assert session.query(Transfer).count() == 1
    run(by, batch)
    work()
    assert verdicts(by, batch) == [Verdict.BARRED]


def test_all_to_one_unit_needs_a_reason_where_the_rules_say_otherwise(county):
    other = makers.make_unit(county.centre, UnitKind.COMMITTEE, "南昌县人民调解委员会")
    target = {"unit": other.public_id, "track": Track.PEOPLES, "override": None, "note": "集中办"}
    by, case = county.dispatcher, cast.screened(county)
    assert verdicts(by, kept(by, [case], target=target)) == [Verdict.SKIPPED]
    batch = kept(by, [case], target=target | {"override": "load"})
    run(by, batch)
    work()
    hop = routing.newest(case.id)
    assert (hop.to_unit_id, hop.override_reason, hop.note) == (other.id, "load", "集中办")


def test_a_batch_ends_with_the_post_that_began_it(county):
    by, case = county.dispatcher, cast.screened(county)
    batch = kept(by, [case])
    run(by, batch)
    with transaction():
        session.get_one(Post, by.post_id).valid_to = date(2026, 11, 1)
    work()
    assert (queries.get(batch, for_=by).state, verdicts(by, batch)) == (BatchState.STOPPED, [Verdict.WILL])
    assert cast.again(case).stage == Stage.SCREENED


def test_too_many_none_or_foreign_cases_are_refused(county):
    by = county.dispatcher
    for chosen, bar in (([], Bar.NONE_CHOSEN), ([str(n) for n in range(201)], Bar.TOO_MANY)):
        with pytest.raises(RuleBroken) as error:
            batches.look_at("route", chosen, target=AS_SUGGESTED, by=by, on=TODAY)
        assert [each.reason for each in error.value.obstacles] == [bar]
    with pytest.raises(NotAllowed):
        kept(county.mediator, [cast.screened(county)])
    stranger = makers.make_actor(makers.make_centre(name="另一个中心", register_word="他矛调登"), Role.DISPATCHER)
    with pytest.raises(RuleBroken):
        kept(stranger, [cast.screened(county)])
    batch = kept(by, [cast.screened(county)])
    with pytest.raises(NotFound):
        queries.get(batch, for_=stranger)


def test_accepted_cases_are_given_to_one_mediator(county):
    accepted = [cast.accepted(county) for _ in range(2)]
    cases = [cast.again(session.get_one(cast.Case, each.case_id)) for each in accepted]
    waiting = cast.received(county)
    target = {"mediator": county.pool.public_id, "override": "knows"}
    batch = kept(county.head, [*cases, waiting], kind="assign", target=target)
    assert verdicts(county.head, batch) == [Verdict.WILL, Verdict.WILL, Verdict.SKIPPED]
    run(county.head, batch)
    work()
    assert [proceedings.newest(case.id).state for case in cases] == [ProceedingState.ASSIGNED] * 2
