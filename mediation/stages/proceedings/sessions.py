"""Meetings in six boxes, attempts that failed, and the notes that nobody else reads."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import partial

from sqlalchemy import func, select

from mediation.casefile.cases import access, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import PartyFacts, PartyFlag
from mediation.casefile.papers import operations as issued
from mediation.casefile.papers.models import Paper
from mediation.ground import clock, trail
from mediation.ground.choices import N_
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotAllowed, NotFound, Obstacle, because, known
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Role
from mediation.registry.units import queries as units
from mediation.stages.proceedings import facts, load, papers, queries
from mediation.stages.proceedings.meeting.rules import (
    ATTEMPTED,
    SessionBar,
    SessionFacts,
    SessionManner,
    SessionResult,
    session_obstacles,
)
from mediation.stages.proceedings.models import PrivateNote, Proceeding, Session


@dataclass(frozen=True)
class Minutes:
    """The six boxes: replies on rights and recusal, what each side says, evidence and facts, agreed and open points,
    the result in words. Points stand one a line, replies as ``name：words``."""

    rights: str = ""
    recusal: str = ""
    applicant: str = ""
    respondent: str = ""
    evidence: str = ""
    agreed: str = ""
    open: str = ""
    outcome: str = ""


BOXES = tuple(asdict(Minutes()))


@dataclass(frozen=True)
class Setting:
    """When, where and how a meeting is held, and who is there; parties and representatives by public id.

    ``guests`` maps invited people to what they are; all parties in ``guests_agreed`` consented to them (PM-05).
    ``meeting`` are the parties who suffer violence and agree to sit with the other side (MH-01). A meeting by video
    names its ``platform`` or ``link``, and ``online_agreed`` are the parties who agreed to that way (row 49).
    """

    starts_at: datetime
    ends_at: datetime | None = None
    room_public_id: str | None = None
    place: str = ""
    manner: str = SessionManner.IN_PERSON
    is_public: bool = False
    is_joint: bool = True
    present: Collection[str] = ()
    guests: Mapping[str, str] = field(default_factory=dict)
    guests_agreed: Collection[str] = ()
    publicity_agreed: Collection[str] = ()
    privacy_asked: Collection[str] = ()
    meeting: Collection[str] = ()
    platform: str = ""
    link: str = ""
    online_agreed: Collection[str] = ()
    is_recorded: bool = False  # sound and picture, from beginning to end (AM-04)


@once
def hold_session(
    proceeding_public_id: str, *, by: Actor, on: date, key: str | None = None, setting: Setting, minutes: Minutes,
    result: str, next_on: date | None = None, next_words: str = "", with_paper: bool = True,
    why_late: str | None = None,
) -> str:
    """Record a meeting, sealed; its record is issued for signing where nothing lacks. Returns the session's public id.

    Raises RuleBroken with everything that forbids the meeting (PM-05 to PM-07, RT-02, RT-03, JM-05 to JM-08, MH-01).
    """
    proceeding, case = queries.get(proceeding_public_id, for_=by)
    result = known(SessionResult, result, "result")
    _check_times(setting, result, on=on, next_on=next_on)
    meeting = _new(proceeding, case, setting, result, by=by, is_attempt=False)
    meeting.next_on, meeting.next_words = next_on, next_words or None
    _write(meeting, minutes)
    steps.take(
        "proceeding.hold_session", proceeding, by=by, on=on, case=case, reason=why_late,
        bars=session_obstacles(_facts(proceeding, case, setting, on=on)),
        facts={"number": meeting.number, "result": result},
    )
    session.add(meeting)
    session.flush()
    if meeting.manner == SessionManner.ON_SITE or load.is_late(meeting.starts_at, case.centre_id):
        load.reckon(proceeding, case)
    if with_paper:
        _issue(meeting, proceeding, case, by=by, on=on)
    return meeting.public_id


@once
def amend_session(
    session_public_id: str, *, by: Actor, on: date, key: str | None = None, minutes: Minutes, reason: str,
) -> str:
    """Mend a record, with the reason; before and after are kept sealed, and a new paper takes the old one's place."""
    meeting, proceeding, case = queries.session_of(session_public_id, for_=by)
    if meeting.is_attempt or meeting.void_on:
        raise NotFound()
    if not reason.strip():
        raise Invalid(reason=N_("请写明为什么改"))
    steps.require(STEPS["proceeding.hold_session"], case, by=by)
    before = {box: getattr(meeting, box) for box in BOXES}
    steps.take("proceeding.amend_session", proceeding, by=by, on=on, case=case, reason=reason.strip(), implied=True)
    _write(meeting, minutes)
    meeting.version += 1
    changed = {box: (before[box], getattr(meeting, box)) for box in BOXES if before[box] != getattr(meeting, box)}
    trail.record("session.amended", by=by, about=meeting, case_id=case.id, changed=changed, box=case.box())
    _issue(meeting, proceeding, case, by=by, on=on)
    return meeting.public_id


def lacking(meeting: Session, proceeding: Proceeding, case: Case) -> list[Obstacle]:
    """Return what the record of a meeting lacks to be issued."""
    return papers.lacking("session_record", papers.session_record(meeting, proceeding, case))


def issue_record(session_public_id: str, *, by: Actor, on: date) -> str:
    """Issue the record of a meeting. Returns the paper's public id. Raises RuleBroken with what it lacks."""
    meeting, proceeding, case = queries.session_of(session_public_id, for_=by)
    steps.require(STEPS["proceeding.hold_session"], case, by=by)
    values = papers.session_record(meeting, proceeding, case)
    earlier = _earlier(meeting)
    return papers.issue(case, "session_record", values, by=by, on=on, about=meeting, replaces=earlier).public_id


@once
def log_attempt(
    proceeding_public_id: str, *, by: Actor, on: date, key: str | None = None, at: datetime, manner: str, result: str,
    absent: Collection[str] = (), note: str = "", next_on: date | None = None, next_words: str = "",
    why_late: str | None = None,
) -> str:
    """Record how somebody was, or was not, reached, or that a meeting did not come about: who, when, how (JM-11).

    ``absent`` are the parties it is about.
    """
    proceeding, case = queries.get(proceeding_public_id, for_=by)
    result = known(SessionResult, result, "result")
    if result not in ATTEMPTED:
        raise Invalid(result=N_("开成了的会，请记调解会"))
    setting = Setting(starts_at=at, manner=manner)
    _check_times(setting, result, on=on, next_on=next_on)
    meeting = _new(proceeding, case, setting, result, by=by, is_attempt=True)
    if not set(absent) <= {party.ref for party in facts.parties_of(case, on=on)}:
        raise NotFound()
    meeting.attendance = {"reached" if result == SessionResult.REACHED else "absent": list(absent)}
    meeting.outcome = note or None
    meeting.next_on, meeting.next_words = next_on, next_words or None
    steps.take("proceeding.log_attempt", proceeding, by=by, on=on, case=case, reason=why_late, facts={"result": result})
    session.add(meeting)
    session.flush()
    return meeting.public_id


def void_attempt(session_public_id: str, *, by: Actor, on: date, reason: str) -> str:
    """Take back an attempt that was written down by mistake, with the reason; the row stays and counts no more."""
    meeting, proceeding, case = queries.session_of(session_public_id, for_=by)
    steps.require(STEPS["proceeding.log_attempt"], case, by=by)
    bars = [] if reason.strip() else [because(SessionBar.NO_WHY_VOID)]
    bars += [] if meeting.is_attempt else [because(SessionBar.NO_ATTEMPT)]
    bars += [because(SessionBar.VOID_ALREADY)] if meeting.void_on else []
    steps.take(
        "proceeding.void_attempt", proceeding, by=by, on=on, case=case, reason=reason.strip() or None, bars=bars,
        implied=True, facts={"result": meeting.result},
    )
    meeting.void_on, meeting.void_reason = on, reason.strip()
    meeting.version += 1
    session.flush()
    return meeting.public_id


def _new(proceeding: Proceeding, case: Case, setting: Setting, result: SessionResult, *, by: Actor, is_attempt: bool):
    room = _room(setting, case)
    guests = [list(guest) for guest in setting.guests.items()]
    last = select(func.max(Session.number)).where(
        Session.proceeding_id == proceeding.id, Session.is_attempt.is_(is_attempt)
    )
    meeting = Session(
        id=new_id(), proceeding_id=proceeding.id, case_id=case.id, data_key=keys().new_data_key(),
        is_attempt=is_attempt, number=(session.scalar(last) or 0) + 1, starts_at=setting.starts_at,
        ends_at=setting.ends_at, room_id=room.id if room else None,
        place=setting.place.strip() or (room.name if room else setting.platform.strip() or None),
        manner=known(SessionManner, setting.manner, "manner"), is_public=setting.is_public, is_joint=setting.is_joint,
        attendance={"present": _known_people(setting.present, case), "guests": guests}
        | ({"recorded": True} if setting.is_recorded else {}),
        result=result, recorded_by_id=by.account_id, recorder=by.name,
    )
    if meeting.manner == SessionManner.ONLINE:
        meeting.platform, meeting.link = setting.platform.strip() or None, setting.link.strip() or None
        meeting.attendance = meeting.attendance | {"online": _known_people(setting.online_agreed, case)}
    return meeting


def _room(setting: Setting, case: Case):
    if not setting.room_public_id:
        return None
    rooms = units.rooms(case.centre_id, on=clock.day_of(setting.starts_at))
    room = next((room for room in rooms if room.public_id == setting.room_public_id), None)
    if room is None:
        raise Invalid(room=N_("没有这间调解室"))
    return room


def _known_people(refs: Collection[str], case: Case) -> list[str]:
    parties = cases.parties_of(case.id)
    people = {party.public_id for party in parties}
    people |= {each.public_id for party in parties for each in party.representatives}
    if not set(refs) <= people:
        raise NotFound()
    return list(refs)


def _check_times(setting: Setting, result: SessionResult, *, on: date, next_on: date | None) -> None:
    wrong = {}
    if clock.day_of(setting.starts_at) != on:
        wrong["starts"] = N_("开始时间不在这一天")
    if setting.starts_at > clock.now():
        wrong["starts"] = N_("开始时间在现在之后")
    if setting.ends_at is not None and setting.ends_at < setting.starts_at:
        wrong["ends"] = N_("结束时间早于开始时间")
    if next_on is not None and next_on < on:
        wrong["next_on"] = N_("下次的日期早于这一次")
    if wrong:
        raise Invalid(**wrong)


def _facts(proceeding: Proceeding, case: Case, setting: Setting, *, on: date) -> SessionFacts:
    parties = facts.parties_of(case, on=on)
    return SessionFacts(
        parties=parties, mediators=facts.appointed(queries.mediators_on(proceeding.id), case), basis=proceeding.basis,
        informed=facts.informed(proceeding, case), traits=facts.traits_of(case), is_public=setting.is_public,
        is_joint=setting.is_joint, publicity_agreed=setting.publicity_agreed, privacy_asked=setting.privacy_asked,
        victims=[party.ref for party in parties if suffers_violence(party)], meeting=setting.meeting,
        guests=dict.fromkeys(setting.guests, setting.guests_agreed),
        is_online=setting.manner == SessionManner.ONLINE, online_agreed=setting.online_agreed,
        has_platform=bool(setting.platform.strip() or setting.link.strip()),
    )


def suffers_violence(party: PartyFacts) -> bool:
    """Say whether a party is never asked to sit with the other side without an explicit yes (MH-01)."""
    return PartyFlag.VIOLENCE in party.flags


def _write(meeting: Session, minutes: Minutes) -> None:
    for box, text in asdict(minutes).items():
        setattr(meeting, box, text.strip() or None)


def _issue(meeting: Session, proceeding: Proceeding, case: Case, *, by: Actor, on: date) -> Paper | None:
    fill = partial(papers.session_record, meeting, proceeding, case)
    return papers.issue_ready(case, "session_record", fill, by=by, on=on, about=meeting, replaces=_earlier(meeting))


def _earlier(meeting: Session) -> Paper | None:
    return issued.newest(meeting.case_id, "session_record", about=meeting)


# --- notes ---


@once
def add_note(case_public_id: str, *, by: Actor, key: str | None = None, text: str, is_concession: bool = False) -> str:
    """Keep a private note, or a concession said in confidence: only its author reads it, no paper prints it (JM-12)."""
    case = cases.get(case_public_id, for_=by)
    if by.role not in (Role.MEDIATOR, Role.HEAD) or not access.acts_on(by, case):
        raise NotAllowed()
    if not text.strip():
        raise Invalid(text=N_("请填写"))
    note = PrivateNote(
        id=new_id(), case_id=case.id, account_id=by.account_id, data_key=keys().new_data_key(),
        is_concession=is_concession,
    )
    note.text = text.strip()
    session.add(note)
    session.flush()
    trail.record("note.added", by=by, about=note)  # no line in the case's own history
    return note.public_id
