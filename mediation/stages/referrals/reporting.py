"""After a mediation: the facts that nobody disputes, and the report to the court that sent the case."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mediation.casefile.cases import steps
from mediation.casefile.cases.facts import party_facts
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import ProceedingState, disputing
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks.rules import ClockLabel
from mediation.ground import clock, trail
from mediation.ground.choices import N_
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotFound
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.stages.proceedings import queries as proceedings
from mediation.stages.proceedings.facts import private_words
from mediation.stages.proceedings.models import Proceeding
from mediation.stages.referrals import papers, rules
from mediation.stages.referrals.circumstances import circumstances, newest_undisputed
from mediation.stages.referrals.confidential import undisputed_obstacles
from mediation.stages.referrals.models import CourtReport, UndisputedFacts

REPORT = "JM-10"
NOTE_STEP = "proceeding.note_undisputed"
SUCCEEDED = "经调解，各方自愿达成调解协议。"


@dataclass(frozen=True)
class Fact:
    """One fact in one sentence, with the evidence it refers to."""

    text: str
    evidence: str = ""


@once
def note_undisputed(
    proceeding_public_id: str, *, by: Actor, on: date, facts: Sequence[Fact], disputed: Sequence[str] = (),
    consents: Mapping[str, date], reason: str | None = None, key: str | None = None,
) -> str:
    """Write down the facts that no party disputes, with the consent of all, and issue the paper that all sign (JM-13).

    A new record takes the place of the old one, whose signatures no longer count. Raises RuleBroken when a party has
    not consented, when nothing is written, and when a concession stands among the facts (JM-12).
    """
    proceeding, case = proceedings.get(proceeding_public_id, for_=by)
    parties = party_facts(case.id, on=on)
    known = {party.ref for party in disputing(parties)}
    if not set(consents) <= known:
        raise NotFound()
    written = [fact for fact in facts if fact.text.strip()]
    texts = [fact.text for fact in written]
    bars = undisputed_obstacles(
        texts, parties, consents=consents, signed=known, mediator_signed=True, concessions=private_words(case),
        beside=[*(fact.evidence for fact in written), *disputed],
    )
    steps.take(NOTE_STEP, proceeding, by=by, on=on, case=case, reason=reason, bars=bars, facts={"facts": len(texts)})
    record = UndisputedFacts(
        id=new_id(), case_id=case.id, proceeding_id=proceeding.id, data_key=keys().new_data_key(), version=1,
        consents={ref: day.isoformat() for ref, day in consents.items()}, signatures={},
    )
    record.facts = json.dumps(
        [{"text": fact.text.strip(), "evidence": fact.evidence.strip() or None} for fact in written], ensure_ascii=False
    )
    record.disputed = json.dumps([text.strip() for text in disputed if text.strip()], ensure_ascii=False)
    session.add(record)
    session.flush()
    papers.issue_undisputed(record, proceeding, case, by=by, on=on)
    return record.public_id


def sign_undisputed(
    proceeding_public_id: str, *, by: Actor, on: date, signed: Mapping[str, date],
    mediator_signed_on: date | None = None,
) -> None:
    """Record who has signed the facts on paper; they go along with a referral only when all have (JM-13)."""
    proceeding, case = proceedings.get(proceeding_public_id, for_=by)
    record = newest_undisputed(proceeding.id)
    if record is None:
        raise NotFound()
    if not set(signed) <= {party.ref for party in disputing(party_facts(case.id, on=on))}:
        raise NotFound()
    if any(day > on for day in (*signed.values(), *filter(None, [mediator_signed_on]))):
        raise Invalid(N_("签字日期在今天之后"))
    if any(day < clock.day_of(record.recorded_at) for day in (*signed.values(), *filter(None, [mediator_signed_on]))):
        raise Invalid(N_("签字日期在这次记载之前，旧记载上的签名不算"))  # JM-13: what is signed is in writing
    steps.take(NOTE_STEP, proceeding, by=by, on=on, case=case, facts={"signed": len(signed)})
    record.signatures = {**record.signatures, **{ref: day.isoformat() for ref, day in signed.items()}}
    record.mediator_signed_on = mediator_signed_on or record.mediator_signed_on
    record.version += 1
    session.flush()
    trail.record(
        "undisputed_facts.signed", by=by, about=record, case_id=case.id, params={"parties": len(record.signatures)}
    )


@once
def report_to_court(
    proceeding_public_id: str, *, by: Actor, on: date, course: str = "", asks_confirmation: bool = False,
    reason: str | None = None, key: str | None = None,
) -> str:
    """Tell the court that sent the case how its mediation ended, with the paper that says so (JM-10, QT-13).

    The course is the one noted at the end; only a different one has to be typed. Returns the report's public id.
    """
    proceeding, case = proceedings.get(proceeding_public_id, for_=by)
    succeeded = proceeding.state == ProceedingState.AGREED
    course = course.strip() or proceeding.end_reason or (SUCCEEDED if succeeded else "")
    bars = rules.report_obstacles(course=course, reported_on=on, ended_on=_ended_on(proceeding))
    bars += rules.concession_obstacles([course], private_words(case), open_texts=[case.story, case.claims or ""])
    steps.take("proceeding.report_to_court", proceeding, by=by, on=on, case=case, reason=reason, bars=bars)
    report = CourtReport(
        id=new_id(), case_id=case.id, proceeding_id=proceeding.id, result=proceeding.state, reported_on=on,
        materials={},
    )
    session.add(report)
    session.flush()
    found = circumstances(case, on=on)
    paper = papers.issue_report(report, found, by=by, on=on, course=course, asks_confirmation=asks_confirmation)
    report.paper_id = paper.id
    session.flush()
    clocks.stop(case, REPORT, on=on, by=by, about=proceeding)
    return report.public_id


def _ended_on(proceeding: Proceeding) -> date:
    return proceeding.ended_on or proceeding.agreed_on


def start_report(proceeding: Proceeding, case: Case, *, by: Actor, on: date) -> None:
    """Start the time in which the court is told; it stands on the case until the report is recorded."""
    clocks.start(case, REPORT, on, label=ClockLabel.REPORT, by=by, about=proceeding, unit_id=proceeding.unit_id)
