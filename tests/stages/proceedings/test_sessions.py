"""Meetings, attempts and private notes, on both databases, without Flask."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import PartyBar, PartyFlag, Track
from mediation.casefile.papers import operations as issued
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken
from mediation.registry.access.rules import Role
from mediation.stages.intake.rules import Question
from mediation.stages.proceedings import appointment, operations, papers, queries, sessions
from mediation.stages.proceedings.appointing.rules import AppointmentBar
from mediation.stages.proceedings.meeting.rules import SessionBar
from mediation.stages.proceedings.models import PrivateNote
from mediation.stages.proceedings.models import Session as Meeting
from mediation.stages.proceedings.operations import Answer
from mediation.stages.proceedings.rules import Bar
from mediation.stages.proceedings.sessions import Minutes, Setting
from tests import cast, makers

TODAY = date(2026, 11, 23)
NINE = datetime(2026, 11, 23, 9, tzinfo=clock.SHANGHAI)
TEN = datetime(2026, 11, 23, 9, 50, tzinfo=clock.SHANGHAI)
MINUTES = Minutes(
    rights="万秋莲：听清了，同意调解\n涂国平：听清了", recusal="不申请", applicant="沟要恢复原状，墙脚要修。",
    respondent="涂国平：沟是我垫的，修墙太贵。", evidence="双方一起看了现场。", agreed="沟面恢复原状",
    open="赔多少\n什么时候修", outcome="赔偿数额再谈一次",
)


@pytest.fixture
def county(ground):
    return cast.gather()


def reasons(error):
    return [obstacle.reason for obstacle in error.value.obstacles]


def refs(proceeding, *names):
    parties = cases.parties_of(proceeding.case_id)
    return [party.public_id for party in parties if not names or party.name in names]


def hold(county, proceeding, minutes=MINUTES, result="continue", by=None, **setting):
    values = {"starts_at": NINE, "ends_at": TEN, "place": "武阳镇调解室", "present": refs(proceeding)} | setting
    with transaction():
        return sessions.hold_session(
            proceeding.public_id, by=by or county.mediator, on=TODAY, setting=Setting(**values), minutes=minutes,
            result=result, next_on=date(2026, 11, 30), next_words="14:30，3 号调解室",
        )


def the_meeting():
    return session.scalars(select(Meeting)).one()


def test_a_meeting_is_kept_sealed_in_six_boxes_and_its_record_issued(county):
    proceeding = cast.informed(county)
    public_id = hold(county, proceeding)
    meeting = the_meeting()
    assert (meeting.public_id, meeting.number, meeting.result, meeting.is_public) == (public_id, 1, "continue", False)
    assert meeting.applicant == "沟要恢复原状，墙脚要修。"
    assert "沟".encode() not in meeting.applicant_sealed
    record = papers.session_record(meeting, proceeding_of(proceeding), session.get_one(Case, proceeding.case_id))
    said = record.details
    assert [(reply.who, reply.text) for reply in said.rights_replies] == [
        ("万秋莲", "听清了，同意调解"), ("涂国平", "听清了"),
    ]
    assert [(reply.who, reply.text) for reply in said.statements] == [
        ("万秋莲", "沟要恢复原状，墙脚要修。"), ("涂国平", "沟是我垫的，修墙太贵。"),
    ]
    assert (said.agreed_points, said.open_points) == (["沟面恢复原状"], ["赔多少", "什么时候修"])
    assert [(who.name, who.is_present) for who in said.attendance] == [("万秋莲", True), ("涂国平", True)]
    assert issued.newest(proceeding.case_id, "session_record", about=meeting).number == proceeding.number


def proceeding_of(proceeding):
    return queries.of_case(proceeding.case_id)[-1]


def test_no_meeting_before_everybody_was_told(county):
    """PM-06, JM-08."""
    proceeding = cast.mediating(county)
    with pytest.raises(RuleBroken) as error:
        hold(county, proceeding)
    assert reasons(error) == [SessionBar.NO_RIGHTS_NOTICE, SessionBar.NO_RIGHTS_NOTICE]


def test_no_meeting_over_a_refusal_or_a_rejected_mediator(county):
    """RT-02, PM-04."""
    proceeding = cast.informed(county)
    cast.agree(county, proceeding.case_id, 涂国平=Answer("refused", "oral", takes_mediator=False))
    with pytest.raises(RuleBroken) as error:
        hold(county, proceeding)
    assert reasons(error) == [PartyBar.PARTY_REFUSES, AppointmentBar.MEDIATOR_DECLINED]
    cast.agree(county, proceeding.case_id, 涂国平=Answer("agreed", "oral", takes_mediator=True))
    hold(county, proceeding)


def test_an_open_duty_holds_the_meeting_up(county):
    proceeding = cast.informed(county, cast.screened(county, yes=[Question.CRIME]), override_reason="parties")
    with pytest.raises(RuleBroken) as error:
        hold(county, proceeding)
    assert [obstacle.rule for obstacle in error.value.obstacles] == ["MH-06"]


def test_a_medical_meeting_is_not_public_without_consent(county):
    """PM-07."""
    case = cast.screened(county, matter=makers.changed(makers.DRAIN, type_code="medical.treatment"))
    cast.agree(county, case.id)
    proceeding = cast.informed(county, case, override_reason="parties")
    with pytest.raises(RuleBroken) as error:
        hold(county, proceeding, is_public=True, publicity_agreed=refs(proceeding, "万秋莲"))
    assert reasons(error) == [SessionBar.PUBLIC_MEDICAL]
    hold(county, proceeding, is_public=True, publicity_agreed=refs(proceeding))


def test_a_courts_meeting_is_private_and_anybody_may_ask_for_it(county):
    """PM-07."""
    proceeding = cast.informed(county, cast.commissioned(county), track=Track.JUDICIAL)
    with pytest.raises(RuleBroken) as error:
        hold(county, proceeding, is_public=True)
    assert reasons(error) == [SessionBar.PUBLIC_COURT, SessionBar.PUBLIC_COURT]
    ordinary = cast.informed(county)
    with pytest.raises(RuleBroken) as error:
        hold(county, ordinary, is_public=True, privacy_asked=refs(ordinary, "涂国平"))
    assert reasons(error) == [SessionBar.PRIVATE_ASKED]
    hold(county, ordinary, is_public=True)


def test_guests_need_the_consent_of_all(county):
    """PM-05."""
    proceeding = cast.informed(county)
    with pytest.raises(RuleBroken) as error:
        hold(county, proceeding, guests={"罗支书": "村支书"}, guests_agreed=refs(proceeding, "万秋莲"))
    assert reasons(error) == [SessionBar.NO_CONSENT_TO_INVITE]
    hold(county, proceeding, guests={"罗支书": "村支书"}, guests_agreed=refs(proceeding))
    assert the_meeting().attendance["guests"] == [["罗支书", "村支书"]]


def test_who_suffers_violence_meets_the_other_side_only_by_own_wish(county):
    """MH-01."""
    proceeding = cast.informed(county)
    with transaction():
        cast.party(proceeding.case_id, "万秋莲").flags = {"flags": [PartyFlag.VIOLENCE]}
    with pytest.raises(RuleBroken) as error:
        hold(county, proceeding)
    assert reasons(error) == [SessionBar.JOINT_AFTER_VIOLENCE]
    hold(county, proceeding, is_joint=False, present=refs(proceeding, "万秋莲"))
    hold(county, proceeding, meeting=refs(proceeding, "万秋莲"))
    assert [meeting.number for meeting in queries.held(proceeding.id)] == [1, 2]


@pytest.mark.parametrize("setting", [
    {"starts_at": NINE + timedelta(hours=3)}, {"starts_at": NINE - timedelta(days=1)},
    {"ends_at": NINE - timedelta(hours=1)}, {"manner": "telepathy"}, {"room_public_id": "x" * 22},
])
def test_times_room_and_manner_are_real(county, setting):
    proceeding = cast.informed(county)
    with pytest.raises(Invalid):
        hold(county, proceeding, **setting)


def test_only_people_of_the_case_are_present(county):
    proceeding = cast.informed(county)
    with pytest.raises(NotFound):
        hold(county, proceeding, present=["x" * 22])


def test_a_room_names_the_place(county):
    room = makers.make_room(county.centre)
    hold(county, cast.informed(county), place="", room_public_id=room.public_id)
    assert the_meeting().place == "3 号调解室"


def test_mending_a_record_needs_a_reason_and_replaces_its_paper(county):
    proceeding = cast.informed(county)
    public_id = hold(county, proceeding)
    first = issued.newest(proceeding.case_id, "session_record")
    mended = makers.changed(MINUTES, respondent="涂国平：沟是我垫的，可以修。")
    values = {"by": county.mediator, "on": TODAY, "minutes": mended}
    with pytest.raises(Invalid), transaction():
        sessions.amend_session(public_id, reason=" ", **values)
    with pytest.raises(NotAllowed), transaction():
        sessions.amend_session(public_id, reason="记错了", **(values | {"by": county.head}))
    with transaction():
        sessions.amend_session(public_id, reason="记错了", **values)
    assert the_meeting().respondent == "涂国平：沟是我垫的，可以修。"
    assert issued.newest(proceeding.case_id, "session_record").replaces_id == first.id


def test_a_record_that_lacks_something_is_issued_later(county):
    proceeding = cast.informed(county)
    public_id = hold(county, proceeding, minutes=makers.changed(MINUTES, rights=""))
    assert issued.newest(proceeding.case_id, "session_record") is None
    with pytest.raises(RuleBroken), transaction():
        sessions.issue_record(public_id, by=county.mediator, on=TODAY)
    with transaction():
        sessions.amend_session(public_id, by=county.mediator, on=TODAY, minutes=MINUTES, reason="补答复")
    assert issued.newest(proceeding.case_id, "session_record") is not None
    with transaction():
        sessions.issue_record(public_id, by=county.mediator, on=TODAY)


# --- attempts ---


def attempt(county, proceeding, result="unreachable", **values):
    with transaction():
        return sessions.log_attempt(
            proceeding.public_id, by=county.mediator, on=TODAY, at=NINE, manner="phone", result=result,
            absent=refs(proceeding, "涂国平"), note="打了三遍没人接", **values,
        )


def test_three_failed_contacts_open_the_exit(county):
    proceeding = cast.assigned(county)
    for _time in range(2):
        attempt(county, proceeding)
    values = {"by": county.head, "on": TODAY, "ground": "unreachable", "course": "多次联系不上", "notice_given": True}
    with pytest.raises(RuleBroken) as error, transaction():
        operations.end(proceeding.public_id, **values)
    assert reasons(error) == [Bar.TOO_FEW_ATTEMPTS]
    attempt(county, proceeding, "no_show")
    with transaction():
        operations.end(proceeding.public_id, **values)
    assert session.get_one(Case, proceeding.case_id).result == "never_reached"


def test_an_attempt_is_no_meeting(county):
    proceeding = cast.informed(county)
    attempt(county, proceeding, "adjourned", next_on=date(2026, 11, 25))
    assert (queries.held(proceeding.id), queries.failed_contacts(proceeding.id)) == ([], 0)
    with pytest.raises(Invalid):
        attempt(county, proceeding, "agreed")
    hold(county, proceeding)
    case = session.get_one(Case, proceeding.case_id)
    assert [(each.is_attempt, each.number) for each in queries.sessions_of(case.id)] == [(False, 1), (True, 1)]
    assert papers.sessions(proceeding)[0].place == "武阳镇调解室"


def test_my_next_meetings_follow_the_latest_word(county):
    proceeding = cast.informed(county)
    attempt(county, proceeding, "adjourned", next_on=date(2026, 11, 25))
    hold(county, proceeding)
    found = queries.my_next_sessions(county.mediator, on=TODAY, until=date(2026, 12, 31))
    assert [(each.on, each.words) for each in found] == [(date(2026, 11, 30), "14:30，3 号调解室")]
    stranger = makers.make_actor(county.centre, Role.MEDIATOR, county.committee)
    assert queries.my_next_sessions(stranger, on=TODAY, until=date(2026, 12, 31)) == []


# --- notes ---


def test_a_note_is_read_by_its_author_alone_and_printed_nowhere(county):
    """JM-12."""
    proceeding = cast.informed(county)
    case = session.get_one(Case, proceeding.case_id)
    with transaction():
        sessions.add_note(case.public_id, by=county.mediator, text="涂国平私下说最多赔两千", is_concession=True)
    assert [note.text for note in queries.notes(case.public_id, for_=county.mediator)] == ["涂国平私下说最多赔两千"]
    assert queries.notes(case.public_id, for_=county.head) == []
    note = session.scalars(select(PrivateNote)).one()
    assert "两千".encode() not in note.text_sealed
    hold(county, proceeding)
    record = papers.session_record(the_meeting(), proceeding_of(proceeding), case)
    assert "两千" not in str(record)


def test_who_does_not_handle_the_case_leaves_no_note(county):
    case = session.get_one(Case, cast.mediating(county).case_id)
    for by, error in ((county.clerk, NotAllowed), (makers.make_actor(county.centre, Role.MEDIATOR), NotFound)):
        with pytest.raises(error), transaction():
            sessions.add_note(case.public_id, by=by, text="看到的")
    with pytest.raises(Invalid), transaction():
        sessions.add_note(case.public_id, by=county.mediator, text=" ")


def test_a_former_mediator_keeps_no_access(county):
    proceeding = cast.informed(county)
    public_id = hold(county, proceeding)
    other = makers.make_actor(county.centre, Role.MEDIATOR, county.committee, name="揭爱兰")
    row = makers.make_mediator(county.centre, county.committee, other, name="揭爱兰")
    with transaction():
        appointment.reassign(
            proceeding.public_id, by=county.head, on=TODAY, why="换人", mediator_public_ids=[row.public_id]
        )
    with pytest.raises(NotFound):
        queries.session_of(public_id, for_=county.mediator)
    assert queries.session_of(public_id, for_=other)[0].number == 1
