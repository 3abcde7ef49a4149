"""A unit accepts or refuses; parties agree or refuse and are told their rights; more time; the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy.exc import IntegrityError

from mediation.casefile.cases import numbers, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import DISPUTING_ROLES, FROM_COURT, Consent, ConsentForm, ProceedingState, basis_of
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks.rules import ClockLabel
from mediation.casefile.papers import operations as issued
from mediation.ground import trail
from mediation.ground.db import session
from mediation.ground.errors import NotFound, Obstacle, Stale, because, known
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.registry.settings import queries as settings
from mediation.registry.units import queries as units
from mediation.stages.proceedings import administrative, choosing, facts, online, outcomes, papers, queries, rules
from mediation.stages.proceedings.confidential import concession_obstacles
from mediation.stages.proceedings.meeting.rules import SessionBar
from mediation.stages.proceedings.models import Extension, Proceeding
from mediation.stages.proceedings.periods import Procedure
from mediation.stages.proceedings.rules import Bar, TerminationGround
from mediation.stages.routing import queries as routing

ATTEMPTS = "JM-11.attempts"  # dated setting of the house: failed contacts before "cannot be reached"


@once
def accept(
    case_public_id: str, *, by: Actor, on: date, key: str | None = None, court_received_on: date | None = None,
    procedure: str | None = None, by_platform: bool = False, determined_on: date | None = None,
    counts_from: date | None = None, with_papers: bool = True, why_late: str | None = None,
    closed: Sequence[str] = (),
) -> str:
    """Accept a received case: the body's number is given, the time for accepting stops, that for mediating starts.

    ``court_received_on`` and ``procedure`` complete what the court's letter says (JM-02), ``by_platform`` that it came
    over the court's online platform, whose own periods run then (JM-15). ``determined_on`` is the day on which the
    parties got the determination of a traffic accident, ``counts_from`` that from which the police then mediate
    (AM-05). The register and the
    application are issued where nothing lacks. ``closed`` are words of the checklists of administrative mediation
    that fit the case: then it is not taken (AM-03, AM-18). Returns the proceeding's public id. Raises RuleBroken,
    NotAllowed, Stale when somebody else of the unit was faster.
    """
    case = cases.get(case_public_id, for_=by)
    case.court_received_on = court_received_on or case.court_received_on
    if procedure:
        case.court_procedure = known(Procedure, procedure, "procedure")
    received_later = case.court_received_on is not None and case.court_received_on > on
    proceeding = _new(case, ProceedingState.ACCEPTED, by=by)
    proceeding.accepted_on, proceeding.accepted_by = on, by.signed
    proceeding.counts_from = counts_from
    proceeding.by_platform = by_platform and proceeding.basis in FROM_COURT
    _open(
        "proceeding.accept", proceeding, case, by=by, on=on, reason=why_late,
        bars=([because(Bar.RECEIVED_LATER)] if received_later else [])
        + administrative.closed_obstacles(closed, queries.checklists(case, on=on))
        + facts.traffic_obstacles(proceeding, case, determined_on=determined_on),
    )
    unit = units.unit(proceeding.unit_id)
    number = numbers.body_no(unit, proceeding.track, on)
    proceeding.number, proceeding.number_year, proceeding.number_serial = number
    case.body_no = proceeding.number
    clocks.stop_labelled(case, ClockLabel.ACCEPTANCE, on=on)
    _start_period(proceeding, case, by=by)
    online.follow(proceeding, case, by=by, on=on)
    if with_papers:
        for kind, fill in (("application", papers.application), ("register", papers.register)):
            papers.issue_ready(case, kind, partial(fill, proceeding, case), by=by, on=on, about=proceeding)
    return proceeding.public_id


@once
def refuse(
    case_public_id: str, *, by: Actor, on: date, key: str | None = None, ground: str | None = None, words: str = "",
    notice_given: bool = False, why_late: str | None = None,
) -> str:
    """Do not accept a received case, for a coded ground; the parties have been told the other ways (RT-04)."""
    case = cases.get(case_public_id, for_=by)
    proceeding = _new(case, ProceedingState.REFUSED, by=by)
    proceeding.refusal_ground, proceeding.refusal_note = ground or None, words or None
    proceeding.notice_given_on = on if notice_given else None
    bars = rules.not_accepting_obstacles(ground, words=words, notice_given=notice_given)
    _open("proceeding.refuse", proceeding, case, by=by, on=on, reason=why_late, bars=bars, facts={"ground": ground})
    clocks.stop_labelled(case, ClockLabel.ACCEPTANCE, on=on)
    return proceeding.public_id


def _new(case: Case, state: ProceedingState, *, by: Actor) -> Proceeding:
    transfer = routing.newest(case.id)
    return Proceeding(
        id=new_id(), case_id=case.id, unit_id=by.unit_id, transfer_id=transfer.id if transfer else None,
        track=transfer.track if transfer else None, basis=basis_of(case.source), state=state,
    )


def _open(step: str, proceeding: Proceeding, case: Case, **values) -> None:
    """Take a creating step; the database lets one answer to a transfer through, whoever is faster (RT-01, P33)."""
    try:
        steps.take(step, proceeding, case=case, **values)
    except IntegrityError:
        raise Stale() from None


def _start_period(proceeding: Proceeding, case: Case, *, by: Actor) -> None:
    key, start = facts.period_of(proceeding, case)
    clocks.start(case, key, start, label=ClockLabel.MEDIATION, by=by, about=proceeding, unit_id=proceeding.unit_id)


# --- consent and notice ---


@dataclass(frozen=True)
class Answer:
    """What a party says to mediation, and to the mediator who was assigned (PM-04): True takes, False rejects."""

    consent: str
    form: str | None = None
    on: date | None = None
    takes_mediator: bool | None = None


@once
def record_consent(
    case_public_id: str, *, by: Actor, on: date, key: str | None = None, answers: Mapping[str, Answer],
    why_late: str | None = None,
) -> str:
    """Write down what parties said, by public id. What follows from a refusal is told by ``queries.must_end``."""
    case = cases.get(case_public_id, for_=by)
    known_parties = {party.public_id: party for party in cases.parties_of(case.id) if party.role in DISPUTING_ROLES}
    if not set(answers) <= set(known_parties):
        raise NotFound()
    given = {known_parties[ref]: answer for ref, answer in answers.items()}
    bars = [bar for party, answer in given.items() for bar in _answer_bars(party, answer, on)]
    replies = {ref: answer.takes_mediator for ref, answer in answers.items()}
    bars += choosing.refusal_bars(case, replies, on=on)
    refused = sum(answer.consent == Consent.REFUSED for answer in given.values())
    said = {"refused": refused, **_as_it_was(given, answers, case)}
    steps.take("case.record_consent", case, by=by, on=on, reason=why_late, bars=bars, facts=said)
    for party, answer in given.items():
        _write_consent(party, answer, case, by=by, on=on)
    choosing.write_replies(replies, case, by=by, on=on)
    proceeding = queries.current(case.id)
    if proceeding is not None:
        online.follow(proceeding, case, by=by, on=on)
    return case.public_id


def _as_it_was(given: Mapping[Party, Answer], answers: Mapping[str, Answer], case: Case) -> dict:
    """Return what an undo gives back: each party's answer so far, and what they said to the mediator."""
    was = {
        party.public_id: [
            party.consent, party.consent_form, party.consent_on.isoformat() if party.consent_on else None,
            party.consent_recorded_by,
        ]
        for party in given
    }
    proceeding = queries.current(case.id)
    asked = proceeding is not None and any(answer.takes_mediator is not None for answer in answers.values())
    replies = {str(row.id): row.party_replies for row in queries.mediators_on(proceeding.id)} if asked else {}
    return {"was": was, **({"replies": replies} if replies else {})}


def _answer_bars(party: Party, answer: Answer, on: date) -> list[Obstacle]:
    found = []
    if answer.consent != Consent.PENDING and not answer.form:
        found.append(because(Bar.NO_CONSENT_FORM, who=party.name))
    if answer.on is not None and answer.on > on:
        found.append(because(Bar.ANSWERED_LATER, who=party.name))
    return found


def _write_consent(party: Party, answer: Answer, case: Case, *, by: Actor, on: date) -> None:
    """Write down what is new; an answer that stands already keeps who recorded it."""
    consent = known(Consent, answer.consent, "consent")
    given = consent != Consent.PENDING
    form, day = (known(ConsentForm, answer.form, "form"), answer.on or on) if given else (None, None)
    before = party.consent, party.consent_form, party.consent_on
    if before == (consent, form, day):
        return
    party.consent, party.consent_form, party.consent_on = consent, form, day
    party.consent_recorded_by = by.account_id if given else None
    party.version += 1
    params = {"before": before[0], "consent": consent, "form": form, "on": day}
    trail.record("party.consent", by=by, about=party, case_id=case.id, params=params)


@once
def inform(
    proceeding_public_id: str, *, by: Actor, on: date, key: str | None = None, told: Mapping[str, str],
    why_late: str | None = None,
) -> str:
    """Record which parties were told their rights and duties, and how: public id → form (PM-06, JM-08)."""
    proceeding, case = queries.get(proceeding_public_id, for_=by)
    parties = {party.public_id: party for party in cases.parties_of(case.id)}
    if not set(told) <= set(parties):
        raise NotFound()
    bars = [] if told else [because(SessionBar.NO_NOTICE_FORM)]
    steps.take(
        "proceeding.inform", proceeding, by=by, on=on, case=case, reason=why_late, bars=bars,
        facts={"parties": len(told)},
    )
    for ref, form in told.items():
        party = parties[ref]
        party.rights_notice_on, party.rights_notice_form = on, known(ConsentForm, form, "form")
        party.version += 1
        trail.record("party.informed", by=by, about=party, case_id=case.id, params={"form": form, "on": on})
    return proceeding.public_id


def issue_rights_notice(proceeding_public_id: str, party_public_id: str | None = None, *, by: Actor, on: date) -> str:
    """Issue the notice of rights and duties for one party, or one sheet for all; returns the paper's public id."""
    proceeding, case = queries.get(proceeding_public_id, for_=by)
    steps.require(STEPS["proceeding.inform"], case, by=by)
    printed = [party.public_id for party in cases.parties_of(case.id) if party.role in DISPUTING_ROLES]
    if party_public_id is not None and party_public_id not in printed:
        raise NotFound()
    place = printed.index(party_public_id) if party_public_id else None
    values = papers.rights_notice(proceeding, case, party=place)
    return papers.issue(case, "rights_notice", values, by=by, on=on, about=proceeding).public_id


# --- more time ---


@once
def extend(
    proceeding_public_id: str, *, by: Actor, on: date, key: str | None = None, until: date,
    consenting: Sequence[str], reason: str, paper: str, why_late: str | None = None,
) -> str:
    """Give more time with the consent of all parties; ``paper`` names what the consents stand on (PM-18, JM-02)."""
    proceeding, case = queries.get(proceeding_public_id, for_=by)
    period = queries.last_clock(proceeding)
    limits = queries.limits_of_extension(proceeding, case)
    bars = rules.extension_obstacles(
        facts.parties_of(case, on=on), consenting, until=until, due_on=limits.due_on, latest=limits.latest,
        made=limits.made, most=limits.most,
    )
    steps.take(
        "proceeding.extend", proceeding, by=by, on=on, case=case, reason=why_late, bars=bars,
        facts={"until": until.isoformat()},
    )
    consents = {ref: on.isoformat() for ref in consenting}
    session.add(
        Extension(
            proceeding_id=proceeding.id, until_on=until, agreed_on=on, consents=consents, reason=reason, paper=paper
        )
    )
    clocks.extend(period, case, until=until, paper=paper, by=by)
    return proceeding.public_id


# --- the end ---


@once
def end(
    proceeding_public_id: str, *, by: Actor, on: date, key: str | None = None, ground: str | None = None,
    words: str = "", course: str = "", notice_given: bool = False, requested_by: str | None = None,
    cost_conduct: str = "", court_points: str = "", issues: str = "", with_paper: bool = True,
    why_late: str | None = None,
) -> str:
    """End an attempt without an agreement, for a coded ground; the parties have been told the other ways (PM-09).

    ``course`` tells how it went and why it failed; ``requested_by`` is the party at whose wish it ends (RT-04). The
    certificate is issued where nothing lacks; a wish to end never waits for a paper. What is written here leaves the
    house, so nothing said in confidence may stand in it (JM-12). Returns the public id.
    """
    proceeding, case = queries.get(proceeding_public_id, for_=by)
    parties = {party.public_id: party.id for party in cases.parties_of(case.id)}
    if requested_by and requested_by not in parties:
        raise NotFound()
    period = queries.last_clock(proceeding)
    bars = rules.end_obstacles(
        ground, words=words, course=course, notice_given=notice_given, on=on, due_on=period.due_on if period else None,
        attempts=queries.failed_contacts(proceeding.id),
        attempts_needed=settings.number(ATTEMPTS, on=case.law_on, centre_id=case.centre_id),
    )
    bars += concession_obstacles(
        [words, course, cost_conduct, court_points, issues], facts.private_words(case),
        open_texts=[case.story, case.claims or ""],
    )
    steps.take(
        "proceeding.end", proceeding, by=by, on=on, case=case, reason=why_late, bars=bars, facts={"ground": ground}
    )
    proceeding.end_ground, proceeding.ended_on, proceeding.notice_given_on = ground, on, on
    proceeding.end_words, proceeding.end_reason = words.strip() or None, course.strip()
    proceeding.end_requested_by_party = parties.get(requested_by)
    proceeding.cost_conduct, proceeding.court_points = cost_conduct or None, court_points or None
    proceeding.issues = issues or None
    outcomes.count(proceeding, case, on=on)
    if with_paper:
        fill = partial(papers.termination, proceeding, case)
        papers.issue_ready(case, "termination", fill, by=by, on=on, about=proceeding)
    return proceeding.public_id


def end_withdrawn(case: Case, *, by: Actor, on: date, course: str) -> None:
    """End the attempt that runs when the applicant withdraws the case; what nobody signed is given up (JM-11)."""
    proceeding = queries.newest(case.id)
    ground = TerminationGround.WITHDRAWN
    steps.take(
        "proceeding.end", proceeding, by=by, on=on, case=case, reason=course, facts={"ground": ground}, implied=True
    )
    proceeding.end_ground, proceeding.ended_on, proceeding.end_reason = ground, on, course.strip()
    session.flush()
    outcomes.count(proceeding, case, on=on)


# --- papers ---


def papers_of(proceeding: Proceeding, case: Case) -> list[papers.Row]:
    """Return the papers of a proceeding in their order: issued, ready, or what each still lacks."""
    return papers.rows(proceeding, case)


def issue_papers(proceeding_public_id: str, kinds: Sequence[str], *, by: Actor, on: date) -> list[str]:
    """Issue papers of a proceeding, again where they were issued before; returns their public ids.

    Raises RuleBroken with what one of them lacks, NotFound for a paper that this stage does not issue.
    """
    proceeding, case = queries.get(proceeding_public_id, for_=by)
    steps.require(STEPS["proceeding.end"], case, by=by)
    found = []
    for kind in kinds:
        if kind not in papers.kinds_of(proceeding):
            raise NotFound()
        values = papers.FILLS[kind](proceeding, case)
        earlier = issued.newest(case.id, kind, about=proceeding)
        found.append(papers.issue(case, kind, values, by=by, on=on, about=proceeding, replaces=earlier).public_id)
    return found
