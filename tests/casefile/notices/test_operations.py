"""Who is told of what, once; what the reader sees of the case; reading and forgetting."""

from datetime import date, timedelta

import pytest

from mediation.casefile.cases.models import Case
from mediation.casefile.notices import jobs, operations, queries
from mediation.casefile.notices.models import Notice
from mediation.casefile.notices.rules import Event
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import NotFound
from mediation.oversight.supervision import operations as supervision
from mediation.registry.access.rules import Role
from mediation.stages.confirmation import at_court
from mediation.stages.intake import corrections
from mediation.stages.intake.rules import Question
from mediation.stages.proceedings import appointment
from mediation.stages.proceedings.appointing.rules import RecusalQuestion
from mediation.stages.referrals import operations as referrals
from mediation.stages.routing import operations as routing
from mediation.stages.routing import queries as hops
from tests import exits, makers, packs, road


@pytest.fixture
def county(ground):
    return road.make_county()


def told(by):
    """Return what somebody has been told, oldest first."""
    return [line.event for line in reversed(queries.listing(for_=by, unread_only=False).lines)]


def row_of(public_id):
    return session.query(Case).filter_by(public_id=public_id).one()


def sent(county, case=None):
    case = case or road.registered(county)
    road.do(
        routing.route, case, by=county.dispatcher, on=clock.today(), track="peoples",
        unit_public_id=county.committee.public_id,
    )
    return case


def test_the_unit_hears_of_a_case_and_the_window_of_its_return(county):
    case = sent(county)
    (line,) = queries.listing(for_=county.head).lines
    assert line.event == Event.SENT and line.about.public_id == case and line.about.title == row_of(case).title
    transfer = hops.newest(row_of(case).id)
    assert line.params == {"due_on": transfer.answer_due_on.isoformat()}
    road.do(routing.reject, transfer.public_id, by=county.head, on=clock.today(), reason="not_our_area")
    (line,) = queries.listing(for_=county.dispatcher).lines
    assert line.event == Event.REJECTED and line.params == {"reject_reason": "not_our_area"}


def test_who_lost_sight_of_a_case_sees_neither_title_nor_number(county):
    case = sent(county)
    transfer = hops.newest(row_of(case).id)
    road.do(routing.reject, transfer.public_id, by=county.head, on=clock.today(), reason="not_our_area")
    (line,) = queries.listing(for_=county.head).lines
    assert line.event == Event.SENT and line.about is None


def test_a_sealed_case_is_called_by_its_type(county):
    case = sent(county, road.registered(county, yes=(Question.VIOLENCE,)))
    assert row_of(case).is_sealed
    (line,) = queries.listing(for_=county.head).lines
    assert "万秋莲" not in line.about.title and "涂国平" not in line.about.title


def test_the_mediator_hears_of_the_assignment_and_the_head_of_the_answer(county):
    case, proceeding = road.accepted(county)
    chosen = {"mediator_public_ids": [county.pool.public_id]}
    road.do(appointment.assign, proceeding, by=county.head, on=clock.today(), **chosen)
    assert told(county.mediator) == [Event.ASSIGNED]
    answers = dict.fromkeys(RecusalQuestion, False)
    road.do(appointment.step_back, proceeding, by=county.mediator, on=clock.today(), why="出差", answers=answers)
    assert told(county.head) == [Event.SENT, Event.STEPPED_BACK]
    road.do(appointment.assign, proceeding, by=county.head, on=clock.today(), **chosen)
    assert told(county.mediator) == [Event.ASSIGNED, Event.ASSIGNED], "the second time is another happening"


def test_a_correction_is_told_to_those_whose_case_it_is(county):
    case, _proceeding = road.mediating(county)
    change = {"version": row_of(case).version, "reason": "来电更正", "on": clock.today()}
    road.do(corrections.correct, case, {"people_count": 2}, by=county.clerk, **change)
    assert told(county.mediator)[-1] == Event.CORRECTED and told(county.clerk) == []
    change["version"] = row_of(case).version
    road.do(corrections.correct, case, {"people_count": 3}, by=county.mediator, **change)
    assert told(county.clerk) == [Event.CORRECTED] and told(county.mediator).count(Event.CORRECTED) == 1


def test_the_courts_answers_reach_mediator_and_head(county):
    _case, application, _refs = packs.taken_in(county)
    today = clock.today()
    ask = {"by": county.liaison, "on": today, "due_on": date(2026, 11, 30)}
    road.do(at_court.act, application, "more_papers", **ask)
    road.do(at_court.act, application, "summoned", **ask)
    road.do(at_court.rules_on, application, "confirmed", by=county.liaison, on=today)
    court = [Event.COURT_ACCEPTED, Event.COURT_WANTS_PAPERS, Event.COURT_SUMMONS, Event.COURT_RULED]
    assert told(county.mediator)[-4:] == court and told(county.head)[-4:] == court
    assert told(county.liaison) == [Event.HANDED_OVER], "who records it is not told of it"
    assert queries.listing(for_=county.head).lines[0].params == {"ruling": "confirmed"}


def test_a_look_into_a_sealed_case_breaks_its_seal(county):
    supervisor = makers.make_actor(county.centre, Role.SUPERVISOR, name="傅督")
    case = sent(county, road.registered(county, yes=(Question.VIOLENCE,)))
    road.do(supervision.look_into, case, reason="来信", by=supervisor)
    assert told(county.head) == [Event.SENT, Event.SEAL_BROKEN]


def test_last_days_are_told_once_by_however_many_schedulers(county):
    case = sent(county)
    due_on = hops.newest(row_of(case).id).answer_due_on
    for days in (-3, -2, -1, 0, 1, 2):
        road.later(due_on + timedelta(days=days), hour=1)
        jobs.sweep()
        jobs.sweep()  # another scheduler, or the same after a restart
    lines = queries.listing(for_=county.head, unread_only=False).lines[::-1]
    of_answer = [line.event for line in lines if line.params.get("clock") == "answer_transfer"]
    assert of_answer == [Event.DUE_SOON, Event.DUE_TODAY, Event.LATE]


def test_a_clock_that_stopped_presses_nobody(county):
    case = sent(county)
    transfer = hops.newest(row_of(case).id)
    road.do(routing.receive, transfer.public_id, by=county.head, on=clock.today())
    road.later(transfer.answer_due_on + timedelta(days=1))
    jobs.sweep()
    clocks = [line.params["clock"] for line in queries.listing(for_=county.head).lines if "clock" in line.params]
    assert "answer_transfer" not in clocks


def test_a_notice_is_of_one_post_and_read_once(county):
    sent(county)
    other = makers.make_actor(county.centre, Role.MEDIATOR, county.committee)
    (line,) = queries.listing(for_=county.head).lines
    assert queries.unread_count(county.head) == 1 and queries.unread_count(other) == 0
    with pytest.raises(NotFound):
        road.do(operations.read, line.public_id, by=other)
    road.do(operations.read, line.public_id, by=county.head)
    deputy = makers.make_actor(county.centre, Role.HEAD, county.committee, name="代班")
    assert queries.unread_count(deputy) == 0 and queries.listing(for_=county.head).lines == []
    (row,) = session.query(Notice).filter_by(public_id=line.public_id)
    assert row.read_by_id == county.head.account_id


def test_all_are_read_up_to_what_the_page_showed(county):
    sent(county)
    (shown,) = queries.listing(for_=county.head).lines
    sent(county)
    assert road.do(operations.read_all, shown.public_id, by=county.head) == 1
    assert queries.unread_count(county.head) == 1


def test_the_count_stops_at_its_cap(county):
    for _each in range(3):
        sent(county)
    assert queries.unread_count(county.head) == 3 and queries.unread_count(county.head, up_to=1) == 2


def test_pages_go_on_where_they_ended(county, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    numbers = [row_of(sent(county)).register_no for _each in range(5)][::-1]
    page, seen = queries.listing(for_=county.head), []
    while True:
        seen += [line.about.number for line in page.lines]
        if not page.next:
            break
        page = queries.listing(for_=county.head, after=page.next)
    assert seen == numbers
    back = queries.listing(for_=county.head, before=page.previous)
    assert [line.about.number for line in back.lines] == numbers[2:4] and back.previous and back.next


def test_what_was_read_long_ago_is_forgotten_and_nothing_else(county):
    sent(county)
    sent(county)
    newest, first = queries.listing(for_=county.head).lines
    road.do(operations.read, first.public_id, by=county.head)
    assert road.do(operations.forget, clock.now()) == 0
    clock.freeze(clock.now() + timedelta(days=1))
    assert road.do(operations.forget, clock.now()) == 1
    assert [line.public_id for line in queries.listing(for_=county.head, unread_only=False).lines] == [newest.public_id]


def test_what_the_tribunal_answers_reaches_those_who_sent_it(county):
    case, referral = exits.sent(county)
    assert told(county.court) == [Event.REFERRED_HERE]
    road.do(referrals.return_, referral, by=county.court, on=clock.today(), why="papers")
    assert told(county.mediator)[-1] == told(county.head)[-1] == Event.REFERRAL_RETURNED
