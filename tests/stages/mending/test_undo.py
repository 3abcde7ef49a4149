"""Undoing the newest act: former state and last days come back, both steps stay, and what was built on it bars."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from mediation.casefile.cases import progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import CaseState, Consent, ProceedingState, Stage
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.duties import queries as duties
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import NotFound, RuleBroken
from mediation.oversight.soundness import cases as soundness
from mediation.registry.access.rules import Role
from mediation.stages.agreements import operations as agreements
from mediation.stages.archive import operations as archive
from mediation.stages.confirmation import at_court
from mediation.stages.intake import operations as intake
from mediation.stages.intake.rules import Question
from mediation.stages.mending import operations as mending
from mediation.stages.mending import queries
from mediation.stages.mending.undorules import UNDOS, Bar, Changed, newest_act, undo_obstacles
from mediation.stages.performance import operations as performance
from mediation.stages.performance import queries as performances
from mediation.stages.proceedings import appointment
from mediation.stages.proceedings import queries as proceedings
from tests import makers, packs, road
from tests.road import do

TODAY = date(2026, 11, 23)


@pytest.fixture
def county(ground):
    county = road.make_county()
    county.more["supervisor"] = makers.make_actor(county.centre, Role.SUPERVISOR, name="傅督")
    return county


def row_of(case) -> Case:
    return session.query(Case).filter_by(public_id=case).one()


def shown(case, by):
    return queries.preview(row_of(case), by=by, on=clock.today())


def undo(case, by, reason="记错了"):
    step = str(shown(case, by).row.id)
    return do(mending.undo, case, step_id=step, by=by, on=clock.today(), reason=reason)


def by_two(county, case, by):
    step = str(shown(case, by).row.id)
    asked = do(mending.ask_to_undo, case, step_id=step, by=by, on=clock.today(), reason="记到别的案子上了")
    do(mending.approve, asked, version=1, words="核对过", by=county.more["supervisor"], on=clock.today())


def reasons(found):
    return {each.reason for each in found}


def is_sound():
    return all(finding.is_sound for finding in (*soundness.histories(), *soundness.sums()))


def steps(*names):
    return [SimpleNamespace(id=number, step=name, facts={}) for number, name in enumerate(names)]


# --- the table ---


def test_the_newest_act_is_undone_with_what_followed_from_it_and_nothing_older():
    assert newest_act([]) == (None, None)
    row, undone = newest_act(steps("case.register", "case.screen", "duty.open", "mending.ask"))
    assert (row.step, undone) == ("case.screen", UNDOS["case.screen"])
    row, undone = newest_act(steps("case.screen", "case.route", "transfer.send"))
    assert (row.step, undone) == ("transfer.send", None)
    row, undone = newest_act(steps("proceeding.assign", "duty.open"))
    assert undone is None, "what followed belongs to another act"


@pytest.mark.parametrize(
    ("changes", "bars"),
    [
        ({}, []),
        ({"today": TODAY + timedelta(days=7)}, []),
        ({"today": TODAY + timedelta(days=8)}, [Bar.TOO_LATE]),
        ({"role": Role.MEDIATOR}, [Bar.NOT_YOURS]),
        ({"papers": 1}, [Bar.PAPER_OUT]),
    ],
)
def test_what_bars_any_undo(changes, bars):
    usual = {"role": Role.HEAD, "recorded_on": TODAY, "today": TODAY, "days": 7, "papers": 0}
    found = undo_obstacles(UNDOS["proceeding.assign"], **usual | changes)
    assert [each.reason for each in found] == bars


# --- each of them ---


def test_answers_of_the_screening(county):
    case = makers.make_screened(county.centre, county.clerk, yes=[Question.CRIME, Question.VIOLENCE]).public_id
    assert row_of(case).is_sealed
    kinds = {change.what for change in shown(case, county.clerk).changes}
    assert kinds >= {Changed.STATE, Changed.ANSWERS, Changed.DUTY, Changed.SEAL}
    undo(case, county.clerk)
    row = row_of(case)
    assert (row.state, row.is_sealed, row.screening, row.screened_on) == (CaseState.REGISTERED, False, {}, None)
    assert not [duty for duty in duties.of_case(row.id) if duty.is_open]
    assert [step.step for step in progress.history(row.id)][-2:] == ["duty.void", "case.undo"]
    with pytest.raises(RuleBroken) as caught:
        undo(case, county.clerk)
    assert reasons(caught.value.obstacles) == {Bar.UNDONE}
    do(intake.screen, case, answers=makers.NOTHING_TO_REPORT, by=county.clerk, on=TODAY)
    assert is_sound()


def test_a_consent_recorded_wrongly(county):
    case, _proceeding = road.accepted(county)
    road.consented(county, case, by=county.head)
    undo(case, county.head)
    assert {party.consent for party in cases.parties_of(row_of(case).id)} == {Consent.PENDING}
    assert {party.consent_on for party in cases.parties_of(row_of(case).id)} == {None}
    assert is_sound()


def test_an_assignment_not_yet_taken_on(county):
    case, proceeding = road.accepted(county)
    do(appointment.assign, proceeding, by=county.head, on=TODAY, mediator_public_ids=[county.pool.public_id])
    cases.get(case, for_=county.mediator)
    undo(case, county.head)
    with pytest.raises(NotFound):
        cases.get(case, for_=county.mediator)
    newest = proceedings.newest(row_of(case).id)
    assert (newest.state, row_of(case).mediator_id) == (ProceedingState.ACCEPTED, None)
    assert row_of(case).stage == Stage.ACCEPTED
    assert proceedings.mediators_on(newest.id) == ()
    do(appointment.assign, proceeding, by=county.head, on=TODAY, mediator_public_ids=[county.pool.public_id])
    assert is_sound()


def test_a_session_saved_on_the_wrong_case_by_two(county):
    case, proceeding = road.mediating(county)
    road.met(county, proceeding)
    step = str(shown(case, county.mediator).row.id)
    with pytest.raises(RuleBroken) as caught:
        do(mending.undo, case, step_id=step, by=county.mediator, on=TODAY, reason="记错了")
    assert reasons(caught.value.obstacles) == {Bar.NEEDS_APPROVAL}
    by_two(county, case, county.mediator)
    newest = proceedings.newest(row_of(case).id)
    assert proceedings.held(newest.id) == [] and newest.state == ProceedingState.MEDIATING
    (meeting,) = proceedings.sessions_of(row_of(case).id)
    assert (meeting.void_on, meeting.void_reason) == (TODAY, "记到别的案子上了")
    road.met(county, proceeding)
    assert is_sound()


def test_a_payment_of_the_wrong_amount(county):
    case, _agreement, _refs = road.signed(county)
    owed = next(each for each in performances.of_case(row_of(case).id) if each.amount_fen == 100_000)
    running = {each.id for each in clocks.running(row_of(case).id)}
    do(
        performance.record, owed.public_id, by=county.mediator, on=TODAY, kind="payment", happened_on=TODAY,
        amount_fen=100_000,
    )
    assert {each.id for each in clocks.running(row_of(case).id)} < running
    changes = {change.what for change in shown(case, county.mediator).changes}
    assert changes >= {Changed.RECEIPT, Changed.CLOCK_ON, Changed.STATE}
    by_two(county, case, county.mediator)
    owed, _case = performances.get(owed.public_id, for_=county.mediator)
    assert (owed.state, owed.paid_fen, owed.done_on, owed.receipts) == ("due", 0, None, [])
    assert {each.id for each in clocks.running(row_of(case).id)} == running
    assert is_sound()


def test_a_court_step_typed_on_the_wrong_case(county):
    case, confirmation = packs.filed(county)[:2]
    before = {(each.basis, each.due_on) for each in clocks.running(row_of(case).id)}
    do(at_court.accepts, confirmation, by=county.liaison, on=TODAY, court_no="（2026）赣0121民特208号")
    undo(case, county.liaison)
    row, _case = at_court.queries.get(confirmation, for_=county.liaison)
    assert (row.state, row.court_no, row.accepted_on) == ("filed", None, None)
    assert {(each.basis, each.due_on) for each in clocks.running(row_of(case).id)} == before
    do(at_court.accepts, confirmation, by=county.liaison, on=TODAY, court_no="（2026）赣0121民特209号")
    assert is_sound()


def test_an_objection_entered_by_mistake(county):
    """JC-15: the time to object runs on, the objection is void with its reason, a right one may follow."""
    case, confirmation = packs.taken_in(county)[:2]
    do(at_court.rules_on, confirmation, "confirmed", by=county.liaison, on=TODAY, received_on=TODAY)
    before = {(each.basis, each.due_on) for each in clocks.running(row_of(case).id)}
    do(at_court.objects, confirmation, "party_objected", by=county.liaison, on=TODAY)
    undo(case, county.liaison)
    row, _case = at_court.queries.get(confirmation, for_=county.liaison)
    assert "party_objected" not in [step.kind for step in row.court_steps]
    assert {(each.basis, each.due_on) for each in clocks.running(row_of(case).id)} == before
    with pytest.raises(RuleBroken):
        do(at_court.objects, confirmation, "objection_rejected", by=county.liaison, on=TODAY)
    do(at_court.objects, confirmation, "party_objected", by=county.liaison, on=TODAY)
    do(at_court.revokes, confirmation, by=county.liaison, on=TODAY, ground="unclear")
    by_two(county, case, county.liaison)
    row, _case = at_court.queries.get(confirmation, for_=county.liaison)
    assert (row.state, row.ruling_ground) == ("confirmed", None)
    assert is_sound()


def test_a_closing_and_its_clocks(county):
    case, proceeding = road.mediating(county)
    do(
        road.proceedings.end, proceeding, by=county.mediator, on=TODAY, ground="too_far_apart", course="没谈拢",
        notice_given=True,
    )
    do(archive.close, case, by=county.head, on=TODAY, outcome="no_further", notice_given=True)
    by_two(county, case, county.head)
    row = row_of(case)
    assert (row.state, row.outcome, row.closed_on, row.is_open) == (CaseState.ROUTED, None, None, True)
    assert is_sound()


def test_what_was_built_on_it_bars(county):
    case, agreement, _refs = road.drafted(county)
    found = shown(case, county.mediator)
    assert found.undo is None and reasons(found.bars) == {Bar.NOTHING}
    assert agreements.queries.get(agreement, for_=county.mediator)
    clock.freeze(clock.now() + timedelta(days=8))
    other, _proceeding = road.accepted(county)
    road.consented(county, other, by=county.head)
    clock.freeze(clock.now() + timedelta(days=8))
    assert reasons(shown(other, county.head).bars) == {Bar.TOO_LATE}
