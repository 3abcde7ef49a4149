"""Reading proceedings: the one that runs, who is on it, its sessions, notes and extensions."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import aliased, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from mediation.casefile.cases import access, progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import (
    ACTIVE_PROCEEDING,
    Consent,
    Exit,
    ProceedingState,
    Track,
    basis_of,
    disputing,
)
from mediation.casefile.clocks.models import Clock
from mediation.casefile.clocks.rules import ClockLabel
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import NotFound, Obstacle, RuleBroken
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import Actor, Depth
from mediation.registry.deadlines import queries as deadlines
from mediation.registry.mediators.models import Mediator
from mediation.registry.settings import queries as settings
from mediation.registry.units import queries as units
from mediation.registry.units.models import Unit
from mediation.registry.units.rules import UnitKind
from mediation.stages.proceedings import administrative, facts, periods
from mediation.stages.proceedings.administrative import CHECKLIST, POLICE_CHECKLIST
from mediation.stages.proceedings.appointing.rules import declining_ends
from mediation.stages.proceedings.meeting.rules import FAILED_CONTACTS
from mediation.stages.proceedings.models import Extension, PrivateNote, Proceeding, ProceedingMediator, Session
from mediation.stages.routing import checks as admission
from mediation.stages.routing import queries as routing
from mediation.stages.routing.rules import ways_out


def get(public_id: str, *, for_: Actor) -> tuple[Proceeding, Case]:
    """Return a proceeding with its unit, and its case, both scoped. Raises NotFound."""
    proceeding, case = cases.child(Proceeding, public_id, for_=for_)
    set_committed_value(proceeding, "unit", units.unit(proceeding.unit_id))
    return proceeding, case


@until_written(Proceeding)
def newest(case_id: int) -> Proceeding | None:
    """Return the last proceeding of a case, whatever became of it."""
    return next(reversed(of_case(case_id)), None)


def current(case_id: int) -> Proceeding | None:
    """Return the proceeding that runs, or has come to an agreement; None when there is none."""
    found = newest(case_id)
    alive = {*ACTIVE_PROCEEDING, ProceedingState.AGREED}
    return found if found is not None and found.state in alive else None


_OF_CASE = (
    select(Proceeding)
    .where(Proceeding.case_id == bindparam("case_id"))
    .options(joinedload(Proceeding.unit))
    .order_by(Proceeding.id)
)


@until_written(Proceeding, Unit)
def of_case(case_id: int) -> list[Proceeding]:
    """Return every proceeding of a case with its unit, oldest first."""
    return list(session.scalars(_OF_CASE, {"case_id": case_id})) if progress.had(case_id, "proceeding") else []


_MEDIATORS = (
    select(ProceedingMediator)
    .where(ProceedingMediator.proceeding_id == bindparam("proceeding_id"), ProceedingMediator.until.is_(None))
    .options(joinedload(ProceedingMediator.mediator))
    .order_by(ProceedingMediator.presides.desc(), ProceedingMediator.id)
)


@until_written(ProceedingMediator, Mediator)
def mediators_on(proceeding_id: int) -> tuple[ProceedingMediator, ...]:
    """Return who is on a proceeding now, with the mediators; the presider first."""
    return tuple(session.scalars(_MEDIATORS, {"proceeding_id": proceeding_id}))


def everybody_on(proceeding_id: int) -> list[ProceedingMediator]:
    """Return who is or was on a proceeding, the first one first."""
    query = select(ProceedingMediator).where(ProceedingMediator.proceeding_id == proceeding_id)
    return list(session.scalars(query.options(joinedload(ProceedingMediator.mediator)).order_by(ProceedingMediator.id)))


def mine(proceeding_id: int, by: Actor) -> ProceedingMediator:
    """Return the actor's own place on a proceeding. Raises NotFound when they have none."""
    own = (row for row in mediators_on(proceeding_id) if row.mediator.account_id == by.account_id)
    found = next(own, None)
    if found is None:
        raise NotFound()
    return found


def last_clock(proceeding: Proceeding) -> Clock | None:
    """Return the period of mediation of a proceeding, running or stopped."""
    query = select(Clock).where(
        Clock.case_id == proceeding.case_id, Clock.label == ClockLabel.MEDIATION, Clock.object_id == proceeding.id
    )
    return session.scalar(query.order_by(Clock.id.desc()).limit(1))


def extensions_of(proceeding_id: int) -> list[Extension]:
    """Return how a proceeding was extended, oldest first."""
    query = select(Extension).where(Extension.proceeding_id == proceeding_id).order_by(Extension.id)
    return list(session.scalars(query))


def officer_cautions(proceeding: Proceeding, *, meeting: Session | None = None) -> list[Obstacle]:
    """Return what to heed where one officer alone mediates, before a meeting or on its record. AM-04."""
    if units.unit(proceeding.unit_id).kind != UnitKind.POLICE:
        return []
    return administrative.officer_cautions(
        is_police=True, officers=len(mediators_on(proceeding.id)),
        is_recorded=bool(meeting and meeting.attendance.get("recorded")),
    )


def checklists(case: Case, *, on: date) -> dict[str, list[str]]:
    """Return what is not open to the agency that has received a case, by setting; nothing on another track.

    AM-18 for every agency, AM-03 for the police besides.
    """
    transfer = routing.newest(case.id)
    if transfer is None or transfer.track != Track.ADMINISTRATIVE:
        return {}
    keys = [CHECKLIST]
    if units.unit(transfer.to_unit_id).kind == UnitKind.POLICE:
        keys.append(POLICE_CHECKLIST)
    whose = {"on": on, "centre_id": case.centre_id, "unit_id": transfer.to_unit_id}
    return {key: settings.words(key, **whose) for key in keys}


def would_run_to(case: Case, *, on: date) -> date | None:
    """Return the last day for mediating if the case were accepted that day; None where a figure is not set."""
    transfer = routing.newest(case.id)
    if transfer is None:
        return None
    key = facts.period_for(case, track=transfer.track, basis=basis_of(case.source))
    start = periods.period_start(
        key, accepted_on=on, applied_on=case.applied_on, court_received_on=case.court_received_on
    )
    whose = {"on": case.law_on, "centre_id": case.centre_id, "unit_id": transfer.to_unit_id}
    try:
        return deadlines.last_day(key, start, **whose).day
    except RuleBroken:
        return None


def is_for_traffic_police(case: Case) -> bool:
    """Say whether the case runs by the period of the traffic police, which has a beginning of its own. AM-05."""
    transfer = routing.newest(case.id)
    return transfer is not None and facts.period_for(
        case, track=transfer.track, basis=basis_of(case.source)
    ) == "AM-05.mediate"


@dataclass(frozen=True)
class Limits:
    """How far a period can be extended: its last day now, the latest one, how often it was and may be done."""

    due_on: date
    latest: date | None
    made: int
    most: int | None


def limits_of_extension(proceeding: Proceeding, case: Case) -> Limits:
    """Return how far a proceeding can be extended (PM-18, JM-02)."""
    period = last_clock(proceeding)
    figure, most = facts.extension_of(period.basis, proceeding, case)
    latest = None
    if figure:
        since = {"on": period.due_on, "centre_id": case.centre_id}
        latest = deadlines.of_key(period.basis, figure, period.due_on, **since).day
    return Limits(period.due_on, latest, len(extensions_of(proceeding.id)), most)


def informed(proceeding: Proceeding, case: Case) -> set[str]:
    """Return the parties, by public id, who were told their rights in this proceeding (PM-06)."""
    return facts.informed(proceeding, case)


def ways_for(case: Case) -> tuple[Exit, ...]:
    """Return where the parties may go when mediation fails or does not suit, the usual way first (RT-04, PM-09)."""
    return ways_out(facts.traits_of(case), may_sue_on_labour=bool(case.labour_precondition))


# --- what the parties said ---


@dataclass(frozen=True)
class MustEnd:
    """Why a proceeding cannot go on: the coded ground, and the party whose word it is, if it is a party's."""

    ground: str
    party: str | None = None  # public id


def must_end(proceeding: Proceeding, case: Case) -> MustEnd | None:
    """Return why a running proceeding has to be ended.

    A clear refusal (RT-02), an appointee rejected (JM-04), a medical dispute that another body has accepted (RT-05).
    """
    if proceeding.state not in ACTIVE_PROCEEDING:
        return None
    parties = disputing(facts.parties_of(case, on=clock.today()))
    refusing = next((party for party in parties if party.consent == Consent.REFUSED), None)
    if refusing is not None:
        return MustEnd("party_refuses", refusing.ref)
    for row in mediators_on(proceeding.id):
        rejecting = [ref for ref, reply in row.party_replies.items() if reply == facts.REFUSED_MEDIATOR]
        if rejecting and declining_ends(proceeding.basis, row.mode):
            return MustEnd("mediator_rejected", rejecting[0])
    elsewhere = admission.admissible(case, on=clock.today(), by=None)
    return MustEnd("elsewhere") if any(bar.rule == "RT-05" for bar in elsewhere) else None


# --- sessions and notes ---


_SESSIONS = (
    select(Session)
    .where(Session.case_id == bindparam("case_id"))
    .order_by(Session.starts_at.desc(), Session.id.desc())
)


@until_written(Session)
def sessions_of(case_id: int) -> list[Session]:
    """Return the meetings and attempts of a case, newest first."""
    met = progress.took(case_id, "proceeding.hold_session", "proceeding.log_attempt")
    return list(session.scalars(_SESSIONS, {"case_id": case_id})) if met else []


@until_written(Session)
def held(proceeding_id: int) -> list[Session]:
    """Return the meetings of a proceeding that took place, oldest first; what was taken back is none."""
    return list(session.scalars(_HELD, {"proceeding_id": proceeding_id}))


_HELD = (
    select(Session)
    .where(Session.proceeding_id == bindparam("proceeding_id"), Session.is_attempt.is_(False))
    .where(Session.void_on.is_(None)).order_by(Session.number)
)


def failed_contacts(proceeding_id: int) -> int:
    """Return how often somebody did not come or was not reached (JM-11); what was taken back does not count."""
    query = select(func.count()).where(
        Session.proceeding_id == proceeding_id, Session.result.in_(FAILED_CONTACTS), Session.void_on.is_(None)
    )
    return session.scalar(query) or 0


def session_of(public_id: str, *, for_: Actor) -> tuple[Session, Proceeding, Case]:
    """Return a meeting with its proceeding and case, scoped. Raises NotFound."""
    meeting, case = cases.child(Session, public_id, for_=for_)
    return meeting, session.get_one(Proceeding, meeting.proceeding_id), case


@dataclass(frozen=True)
class Next:
    """A meeting that was agreed on."""

    on: date
    words: str | None
    title: str
    case_public_id: str


def my_next_sessions(by: Actor, *, on: date, until: date) -> list[Next]:
    """Return the actor's coming meetings between two days, the next first; the latest word on each case counts."""
    later = aliased(Session)
    is_latest = ~exists().where(
        later.proceeding_id == Session.proceeding_id, later.id > Session.id, later.void_on.is_(None)
    )
    own = select(Session.next_on, Session.next_words, Case.title, Case.public_id)
    query = (
        access.scoped(own, by, Depth.PROGRESS, acting=True)
        .join(Session, Session.case_id == Case.id)
        .join(Proceeding, Proceeding.id == Session.proceeding_id)
        .where(is_latest, Session.void_on.is_(None), Session.next_on.between(on, until))
        .where(Proceeding.state.in_(ACTIVE_PROCEEDING))
        .order_by(Session.next_on, Session.id)
    )
    return [Next(*row) for row in session.execute(query)]


def notes(case_public_id: str, *, for_: Actor) -> list[PrivateNote]:
    """Return the actor's own notes on a case, newest first; nobody else reads them (JM-12)."""
    case = cases.get(case_public_id, for_=for_)
    query = select(PrivateNote).where(PrivateNote.case_id == case.id, PrivateNote.account_id == for_.account_id)
    return list(session.scalars(query.order_by(PrivateNote.id.desc())))
