"""Meetings set, moved and called off, on both databases, without Flask."""

import threading
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import BookingState, PartyBar
from mediation.casefile.notices.models import Notice
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken, Stale
from mediation.ground.once import new_key
from mediation.registry.access.rules import Role
from mediation.stages.bookings import days, operations, queries
from mediation.stages.bookings.models import Booking
from mediation.stages.bookings.operations import Wish
from mediation.stages.bookings.rules import Bar
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.proceedings import queries as running
from mediation.stages.proceedings import sessions
from mediation.stages.proceedings.meeting.rules import SessionBar
from mediation.stages.proceedings.operations import Answer
from mediation.stages.proceedings.rules import Bar as Unready
from mediation.stages.proceedings.sessions import Minutes, Setting
from tests import cast, makers

TODAY = date(2026, 11, 23)


@pytest.fixture
def county(ground):
    found = cast.gather()
    makers.make_room(found.centre, "1 号调解室")
    makers.make_room(found.centre, "2 号调解室")
    return found


def at(text):
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=clock.SHANGHAI)


def wish(county, case, begin="24 09:00", minutes=90, room="1 号调解室", **values):
    rooms = {each.name: each.public_id for each in queries.rooms_for(county.centre.id, on=TODAY)}
    parties = [party.public_id for party in cases.parties_of(case.id)]
    values = {"parties": parties} | values
    return Wish(at(begin), at(begin) + timedelta(minutes=minutes), room=rooms.get(room), **values)


def book(county, case, *, by=None, key=None, **values):
    with transaction():
        return operations.book(
            case.public_id, by=by or county.mediator, on=TODAY, key=key, wish=wish(county, case, **values)
        )


def ready(county, **visitor):
    """A case that is being mediated; each has people of its own unless they are named."""
    return session.get_one(Case, cast.mediating(county, cast.screened(county, **visitor)).case_id)


def reasons(error):
    return [obstacle.reason for obstacle in error.value.obstacles]


def the_booking():
    session.expire_all()
    return session.scalars(select(Booking)).one()


def test_a_meeting_is_set_once_and_whoever_mediates_hears_of_it(county):
    case, key = ready(county), new_key()
    public_id = book(county, case, by=county.clerk, key=key, bring="借条原件")
    assert book(county, case, by=county.clerk, key=key) == public_id
    booking = the_booking()
    assert (booking.state, booking.place, booking.bring) == (BookingState.SET, "1 号调解室", "借条原件")
    assert [each.event for each in session.scalars(select(Notice))][-1] == "booking.set"
    session.refresh(case)
    assert case.turn == "mediator"


def test_room_mediator_and_party_are_never_in_two_places(county):
    case, other = ready(county), ready(county)  # the same two people, the same mediator
    book(county, case)
    with pytest.raises(RuleBroken) as error:
        book(county, other, begin="24 10:00")
    assert reasons(error) == [Bar.ROOM_TAKEN, Bar.MEDIATOR_TAKEN, Bar.PARTY_TAKEN]
    assert error.value.obstacles[2].params["who"] == "万秋莲"  # known by number; of the other it is not known
    book(county, other, begin="24 10:30")  # begins as the other one ends
    need = queries.need_of(
        other, running.newest(other.id), queries.disputing_parties(other), queries.rooms_for(county.centre.id, on=TODAY)
    )
    found = queries.instead(need, wanted=datetime(2026, 11, 24, 10), minutes=90)
    assert [f"{slot.span.start:%d %H:%M}" for slot in found] == ["24 14:30", "24 16:00", "25 08:30"]
    slots = queries.proposals(need, minutes=90)
    starts = [f"{slot.span.start:%d %H:%M}" for slot in slots]
    assert starts == ["24 14:30", "25 08:30", "25 14:30", "26 08:30", "26 14:30"]
    assert {slot.room for slot in slots} == {"1 号调解室"}


def test_another_mediator_and_other_people_only_need_another_room(county):
    book(county, ready(county))
    colleague = makers.make_actor(county.centre, Role.MEDIATOR, county.committee, name="杨小平")
    pool = makers.make_mediator(county.centre, county.committee, colleague, name="杨小平")
    there = cast.Cast(**(county.__dict__ | {"mediator": colleague, "pool": pool}))
    case = ready(
        there, applicants=[makers.changed(makers.VISITOR, name="刘美兰", id_number="360121199001010025")],
        respondents=[makers.changed(makers.VISITOR, name="邓国强", id_number="360121197505050013")],
    )
    with pytest.raises(RuleBroken) as error:
        book(county, case, by=colleague)
    assert reasons(error) == [Bar.ROOM_TAKEN]
    book(county, case, by=colleague, room="2 号调解室")


def test_what_parties_said_once_is_kept_from_every_proposal(county):
    case = ready(county)
    first = cases.parties_of(case.id)[0]
    with pytest.raises(Invalid) as error, transaction():
        operations.say_away(case.public_id, by=county.clerk, on=TODAY, words={first.public_id: "11月24日、看情况"})
    assert error.value.fields == {first.public_id: "看情况"}
    with transaction():
        operations.say_away(
            case.public_id, by=county.clerk, on=TODAY, words={first.public_id: "11月24日上午、每周三"}
        )
    with pytest.raises(RuleBroken) as error:
        book(county, case)
    assert [(each.reason, each.params["when"]) for each in error.value.obstacles] == [(Bar.PARTY_AWAY, "11月24日上午")]
    need = queries.need_of(
        case, running.newest(case.id), queries.disputing_parties(case), queries.rooms_for(county.centre.id, on=TODAY)
    )
    starts = [f"{slot.span.start:%d %H:%M}" for slot in queries.proposals(need, minutes=60)]
    assert starts == ["24 14:30", "26 08:30", "26 14:30", "27 08:30", "27 14:30"]
    with pytest.raises(NotAllowed), transaction():
        operations.say_away(case.public_id, by=county.dispatcher, on=TODAY, words={})


def test_an_hour_out_of_hours_needs_everybodys_yes_and_a_place(county):
    case = ready(county)
    with pytest.raises(RuleBroken) as error:
        book(county, case, begin="28 19:00", room=None, parties=[])
    assert reasons(error) == [Bar.REST_DAY, Bar.NOBODY_ASKED, Bar.NO_PLACE]
    book(county, case, begin="28 19:00", room=None, place="前进村村委会", off_hours_agreed=True)


def test_who_suffers_violence_is_not_asked_together_with_the_other_side(county):
    """MH-01."""
    case = ready(county)
    with transaction():
        victim = cast.party(case.id, "万秋莲")
        victim.flags = {"flags": ["violence"]}
        ref = victim.public_id
    with pytest.raises(RuleBroken) as error:
        book(county, case)
    assert reasons(error) == [SessionBar.JOINT_AFTER_VIOLENCE]
    book(county, case, is_joint=False)
    book(county, case, begin="25 09:00", meeting=[ref])


def test_no_meeting_is_set_over_a_refusal_or_before_somebody_mediates(county):
    """RT-02."""
    early = session.get_one(Case, cast.assigned(county).case_id)
    with pytest.raises(RuleBroken) as error:
        book(county, early)
    assert Unready.NOT_MEDIATING in reasons(error)
    case = ready(county)
    cast.agree(county, case.id, 涂国平=Answer("refused", "oral"))
    with pytest.raises(RuleBroken) as error:
        book(county, case)
    assert reasons(error) == [PartyBar.PARTY_REFUSES]
    with pytest.raises(NotFound):
        book(county, case, by=makers.make_actor(county.centre, Role.MEDIATOR, county.committee))


def test_a_meeting_is_moved_or_called_off_with_a_reason_and_its_hour_is_free(county):
    case, other = ready(county), ready(county)
    public_id = book(county, case)
    one = wish(county, case, begin="24 09:30")
    with pytest.raises(RuleBroken) as error, transaction():
        operations.move(public_id, by=county.mediator, on=TODAY, wish=one, why=" ")
    assert reasons(error) == [Bar.NO_WHY]
    with transaction():
        operations.move(public_id, by=county.mediator, on=TODAY, wish=one, why="涂国平要送孩子", version=1)
    with pytest.raises(Stale), transaction():
        operations.move(public_id, by=county.clerk, on=TODAY, wish=one, why="手快", version=1)
    assert queries.local(the_booking().starts_at) == datetime(2026, 11, 24, 9, 30)
    with transaction():
        operations.cancel(public_id, by=county.mediator, on=TODAY, why="改电话里谈")
    assert (the_booking().state, the_booking().why) == (BookingState.CANCELLED, "改电话里谈")
    book(county, other)
    with pytest.raises(RuleBroken), transaction():
        operations.cancel(public_id, by=county.mediator, on=TODAY, why="再取消")


def test_of_two_clerks_at_once_one_wins(county, ground):
    """Row 45. Two threads book the same room for two cases with nothing else in common."""
    case, other = ready(county), ready(county)
    wishes = [(case.public_id, wish(county, case)), (other.public_id, wish(county, other))]
    barrier, came = threading.Barrier(2), []

    def act(public_id, wanted):
        barrier.wait()
        try:
            with transaction():
                operations.book(public_id, by=county.clerk, on=TODAY, wish=wanted)
            came.append("booked")
        except RuleBroken as error:
            came.append([obstacle.reason for obstacle in error.obstacles][0])
        finally:
            session.remove()

    session.rollback()
    threads = [threading.Thread(target=act, args=each) for each in wishes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == ["booked", Bar.ROOM_TAKEN]
    assert len(session.scalars(select(Booking)).all()) == 1


def test_a_meeting_that_was_recorded_or_failed_closes_its_booking(county):
    proceeding = cast.informed(county)
    case = session.get_one(Case, proceeding.case_id)
    public_id = book(county, case, begin="24 09:00")
    with pytest.raises(Invalid), transaction():
        operations.note_attempt(public_id, by=county.mediator, result="no_show")
    clock.freeze(at("24 11:00"))
    absent = [cast.party(case.id, "涂国平").public_id]
    with transaction():
        operations.note_attempt(public_id, by=county.mediator, result="no_show", absent=absent)
    assert the_booking().state == BookingState.FAILED
    assert running.failed_contacts(proceeding.id) == 1
    with pytest.raises(Stale), transaction():
        operations.note_attempt(public_id, by=county.mediator, result="no_show", absent=absent)
    book(county, case, begin="24 14:30")
    clock.freeze(at("24 16:00"))
    with transaction():
        sessions.hold_session(
            proceeding.public_id, by=county.mediator, on=date(2026, 11, 24), result="continue", minutes=Minutes(),
            setting=Setting(at("24 14:30"), place="1 号调解室", present=absent), with_paper=False,
        )
    assert [each.state for each in queries.of_case(case.id)] == [BookingState.FAILED, BookingState.HELD]


def test_when_mediation_ends_its_meetings_are_off(county):
    case = ready(county)
    book(county, case)
    proceeding = running.newest(case.id)
    with transaction():
        proceedings.end(
            proceeding.public_id, by=county.mediator, on=TODAY, ground="party_refuses", course="涂国平不谈了",
            notice_given=True,
        )
    assert the_booking().state == BookingState.CANCELLED


def test_the_list_of_a_day_names_what_the_reader_sees_and_hides_the_rest(county):
    case = ready(county)
    book(county, case)
    [line] = days.day(county.clerk, date(2026, 11, 24))
    assert (line.case.id, line.room, line.mediators) == (case.id, "1 号调解室", ("熊桂生",))
    assert [name for _role, name in line.parties] == ["万秋莲", "涂国平"]
    assert days.day(county.mediator, date(2026, 11, 24), mine=True)[0].public_id == line.public_id
    stranger = makers.make_actor(county.centre, Role.MEDIATOR, county.committee, name="杨小平")
    assert days.day(stranger, date(2026, 11, 24)) == []
    [hidden] = days.occupied(stranger, date(2026, 11, 24), but=[])
    assert (hidden.room, hidden.case, hidden.parties) == ("1 号调解室", None, ())
    assert days.occupied(county.clerk, date(2026, 11, 24), but=[line.public_id]) == []


def test_of_a_sealed_case_the_window_sees_that_a_room_is_taken_and_no_names(county):
    case = ready(county)
    book(county, case)
    with transaction():
        session.get_one(Case, case.id).is_sealed = True
    [line] = days.day(county.clerk, date(2026, 11, 24))
    assert (line.case.id, line.parties) == (case.id, ())
    assert len(days.day(county.mediator, date(2026, 11, 24))[0].parties) == 2
