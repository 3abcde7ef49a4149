"""The papers of a proceeding, filled from its rows: register, application, rights notice, session record, termination.

Papers are always Chinese, so nothing here is marked for translation. Private notes are never read here (JM-12).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import (
    FROM_COURT,
    Basis,
    Exit,
    Grade,
    PartyFlag,
    PartyRole,
    ProceedingState,
    Representation,
    Risk,
    Source,
    Track,
    Trait,
)
from mediation.casefile.papers import blocks, contract
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers.models import Paper
from mediation.ground import clock
from mediation.ground.errors import Obstacle, RuleBroken
from mediation.registry.access.rules import Actor
from mediation.registry.causes import queries as causes
from mediation.registry.settings.rules import Unit as Counted
from mediation.registry.staff import queries as staff
from mediation.registry.units import queries as units
from mediation.stages.proceedings import facts, queries
from mediation.stages.proceedings.meeting.rules import SessionResult
from mediation.stages.proceedings.models import Proceeding, Session
from mediation.stages.proceedings.rules import TerminationGround

ON_APPLICATION, OWN_MOTION, HANDED_OVER = "依当事人申请", "主动调解", "接受委托移送"
NO_RISK, RISK = "未发现风险", "有风险"
RESULTS = (SessionResult.AGREED, SessionResult.CONTINUE, SessionResult.ENDED)
PATHS = {Exit.GOVERNMENT: "land_title", Exit.ARBITRATION: "labour"}
COLON = re.compile("[:：]")


def register(proceeding: Proceeding, case: Case) -> contract.Values:
    """Return the acceptance register (1.2)."""
    parties = cases.parties_of(case.id)
    signs = [risk.label for risk in Risk if case.screening.get(risk)]
    handed_over = case.source not in (Source.PARTY, Source.OWN_MOTION)
    own = OWN_MOTION if proceeding.basis == Basis.OWN_MOTION else ON_APPLICATION
    names = staff.names({case.registered_by_id})
    interpreter = any(PartyFlag.LANGUAGE in party.flags.get("flags", ()) for party in parties)
    details = contract.Register(
        registered_by=names.get(case.registered_by_id) or units.unit(case.registered_unit_id).name,
        accepted_by=proceeding.accepted_by,
        bases=[ON_APPLICATION, OWN_MOTION, HANDED_OVER],
        basis=HANDED_OVER if handed_over else own,
        referred_by=(case.court_name or case.source.label) if handed_over else None,
        types=[kind.name for kind in causes.types(on=case.law_on, centre_id=case.centre_id) if "." not in kind.code],
        people=max(case.people_count, len(parties)),
        risks=[NO_RISK, RISK],
        risk=RISK if signs else NO_RISK,
        screening="、".join(signs) if signs else "五问均无",
        grades=[grade.label for grade in Grade] if case.grade else [],
        grade=case.grade.label if case.grade else None,
        transfer="否",
        interpreter="需要" if interpreter else "不需要",
    )
    return values_of(proceeding, case, "register", details, on=None)


def application(proceeding: Proceeding, case: Case) -> contract.Values:
    """Return the application for mediation (1.1)."""
    claims = [line.strip() for line in (case.claims or "").splitlines() if line.strip()]
    medical = Trait.MEDICAL in facts.traits_of(case)
    return values_of(proceeding, case, "application", contract.Application(claims=claims, is_medical=medical), on=None)


def rights_notice(proceeding: Proceeding, case: Case, *, party: int | None = None) -> contract.Values:
    """Return the notice of rights and duties (1.10) for one party, or one sheet for all to sign."""
    period = queries.last_clock(proceeding)
    details = contract.RightsNotice(
        party=party,
        period_days=period.amount if period and period.unit == Counted.DAYS else None,
        period_ends_on=period.due_on if period else None,
        period_is_provisional=bool(period and period.is_provisional),
    )
    return values_of(proceeding, case, "rights_notice", details, on=None)


def session_record(meeting: Session, proceeding: Proceeding, case: Case) -> contract.Values:
    """Return the record of a meeting (1.5) from its six boxes."""
    parties = cases.parties_of(case.id)
    applicants = "、".join(party.name for party in parties if party.role == PartyRole.APPLICANT)
    others = "、".join(party.name for party in parties if party.role != PartyRole.APPLICANT)
    result = meeting.result if meeting.result in RESULTS else SessionResult.CONTINUE
    details = contract.SessionRecord(
        session=meeting.number,
        starts_at=_moment(meeting.starts_at),
        ends_at=_moment(meeting.ends_at) if meeting.ends_at else None,
        place=meeting.place,
        manner=meeting.manner.label,
        is_public=meeting.is_public,
        attendance=attendance(meeting, parties),
        recorder=meeting.recorder,
        rights_replies=replies(meeting.rights, "各方"),
        recusal_replies=replies(meeting.recusal, "各方"),
        statements=[*replies(meeting.applicant, applicants), *replies(meeting.respondent, others)],
        evidence=meeting.evidence,
        agreed_points=lines(meeting.agreed),
        open_points=lines(meeting.open),
        results=[each.label for each in RESULTS],
        result=result.label,
        result_reason=meeting.outcome,
        next_on=meeting.next_on,
    )
    return values_of(proceeding, case, "session_record", details, on=None)


def attendance(meeting: Session, parties: list[Party]) -> list[contract.Attendance]:
    """Return who belongs to the meeting, whether they came or not: parties, who stands beside them, guests."""
    present = set(meeting.attendance.get("present", ()))
    found = []
    for party in parties:
        came = party.public_id in present
        beside = [each for each in party.representatives if each.public_id in present]
        if came or meeting.is_joint:
            is_there = came or bool(beside)
            found.append(contract.Attendance(name=party.name, capacity=party.role.label, is_present=is_there))
        found += [contract.Attendance(name=each.name, capacity=_capacity(each, party)) for each in beside]
    guests = meeting.attendance.get("guests", ())
    return found + [contract.Attendance(name=name, capacity=capacity) for name, capacity in guests]


def _capacity(representative, party) -> str:
    whose = "" if representative.capacity == Representation.INTERPRETER else f"{party.role.label}的"
    return whose + representative.capacity.label


def termination(proceeding: Proceeding, case: Case) -> contract.Values:
    """Return the certificate that mediation ended without an agreement (2.1)."""
    ground = TerminationGround(proceeding.end_ground)
    details = contract.Termination(
        reasons=[each.label for each in TerminationGround],
        reason=ground.label,
        other_reason=proceeding.end_words if ground == TerminationGround.OTHER else None,
        path=_path(proceeding, case),
    )
    ended_on = proceeding.ended_on
    return values_of(proceeding, case, "termination", details, on=ended_on, ended_on=ended_on)


def _path(proceeding: Proceeding, case: Case) -> str:
    """Return which way the certificate names beside the courts (AM-07, AM-14), or whose certificate it is.

    AM-05: Implementing Regulation of the Road Traffic Safety Law (2017), Art. 96: the traffic police end theirs with a
    调解终结书 of its own.
    """
    if proceeding.track == Track.ADMINISTRATIVE and Trait.TRAFFIC in facts.traits_of(case):
        return "traffic"
    return PATHS.get(queries.ways_for(case)[0], "general")


FILLS = {"application": application, "register": register, "rights_notice": rights_notice, "termination": termination}


@dataclass(frozen=True)
class Row:
    """One paper of a proceeding: as it was issued last, and what it would lack if it were issued now."""

    kind: str
    issued: Paper | None
    lacks: tuple[Obstacle, ...]


def kinds_of(proceeding: Proceeding) -> list[str]:
    """Return the papers that a proceeding may have by now, in their order in the file."""
    return [kind for kind in FILLS if kind != "termination" or proceeding.state == ProceedingState.ENDED]


def rows(proceeding: Proceeding, case: Case) -> list[Row]:
    """Return the papers of a proceeding with what each lacks."""
    found = []
    for kind in kinds_of(proceeding):
        try:
            lacks = lacking(kind, FILLS[kind](proceeding, case))
        except RuleBroken as error:
            lacks = error.obstacles
        found.append(Row(kind, papers.newest(case.id, kind, about=proceeding), tuple(lacks)))
    return found


def mediators(proceeding: Proceeding) -> list[contract.Mediator]:
    """Return who mediates, the presider first."""
    return [
        contract.Mediator(name=row.mediator.name, number=row.mediator.register_no, presides=row.presides)
        for row in queries.mediators_on(proceeding.id)
    ]


def sessions(proceeding: Proceeding) -> list[contract.Session]:
    """Return the meetings that took place; attempts are none."""
    return [
        contract.Session(on=clock.day_of(meeting.starts_at), place=meeting.place, manner=meeting.manner.label)
        for meeting in queries.held(proceeding.id)
    ]


def lacking(kind: str, values: contract.Values) -> list[Obstacle]:
    """Return what keeps a paper from being issued, without taking a number for it."""
    return papers.lacking(kind, contract.snapshot(values))


def issue(case: Case, kind: str, values: contract.Values, *, by: Actor, on: date, about, replaces=None) -> Paper:
    """Issue a paper of a proceeding. Raises RuleBroken with everything that it lacks."""
    return papers.issue(case, kind, values, by=by, on=on, about=about, replaces=replaces)


def issue_ready(
    case: Case, kind: str, fill: Callable[[], contract.Values], *, by: Actor, on: date, about, replaces=None
) -> Paper | None:
    """Issue a paper if nothing lacks; an act that the law does not tie to its paper is not held up by it (RT-04)."""
    try:
        return issue(case, kind, fill(), by=by, on=on, about=about, replaces=replaces)
    except RuleBroken:
        return None


def replies(text: str | None, who: str) -> list[contract.Reply]:
    """Read ``张三：听清了``, one a line; a line without a name is said by ``who``."""
    found = []
    for line in lines(text):
        name, said = (COLON.split(line, maxsplit=1) if COLON.search(line[:20]) else (who, line))
        found.append(contract.Reply(who=name.strip() or who, text=said.strip()))
    return found


def lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _moment(instant) -> str:
    return clock.local(instant).strftime("%Y-%m-%dT%H:%M")


def values_of(
    proceeding: Proceeding, case: Case, kind: str, details, *, on: date | None, number: str | None = None, **dates
) -> contract.Values:
    """Return the values of a paper of a proceeding, under the proceeding's own number unless it has another."""
    court = {} if proceeding.basis in FROM_COURT else {"court_name": None, "court_number": None}
    matter = blocks.matter(
        case, number=proceeding.number, basis=blocks.basis_word(proceeding.basis), accepted_on=proceeding.accepted_on,
        **court, **dates,
    )
    return blocks.values(
        case, kind, details, unit=units.unit(proceeding.unit_id), track=proceeding.track,
        number=number or proceeding.number, on=on, case_block=matter, mediators=mediators(proceeding),
        sessions=sessions(proceeding),
    )
