"""Reading applications: how far a pack is, what to mind, by when the court acts, what is open after its answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import OPEN_CONFIRMATION, Basis, ConfirmationState, court_number_cautions
from mediation.casefile.clocks import queries as clock_queries
from mediation.casefile.clocks.models import Clock
from mediation.casefile.papers.models import Paper
from mediation.ground.db import session
from mediation.ground.errors import Obstacle, RuleBroken, because
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import Actor
from mediation.registry.calendar.queries import calendar_of
from mediation.registry.calendar.rules import LastDay
from mediation.registry.regions import queries as regions
from mediation.registry.regions.rules import Court
from mediation.registry.settings import queries as settings
from mediation.stages.agreements.models import Agreement
from mediation.stages.confirmation import pack, papers, rules
from mediation.stages.confirmation.gather import (
    PARTS,
    Bundle,
    agreement_facts,
    bundle_of,
    chosen_court,
    competent,
    court_facts,
    pack_facts,
)
from mediation.stages.confirmation.models import Confirmation, CourtStep
from mediation.stages.confirmation.pack import Check, CheckKey, Readiness
from mediation.stages.confirmation.rules import CourtDates, CourtPeriod, CourtPeriods, CourtStepKind, ShamSign
from mediation.stages.proceedings.models import Proceeding

TIME, RESTORE = "JC-01", "PT-08"
EARLY = (CheckKey.IDENTITY, CheckKey.ADDRESSES, CheckKey.AGENTS)  # got together before there is an agreement


def get(public_id: str, *, for_: Actor) -> tuple[Confirmation, Case]:
    """Return an application with its signatures and the court's acts, and its case. Raises NotFound."""
    return cases.child(Confirmation, public_id, for_=for_, parts=PARTS)


def load(confirmation_id: int) -> Confirmation:
    """Return an application by its row id, with signatures and the court's acts."""
    query = select(Confirmation).where(Confirmation.id == confirmation_id).options(*PARTS)
    return session.scalars(query.execution_options(populate_existing=True)).unique().one()


def bundle(case: Case) -> Bundle:
    """Return what a case has got together for the court."""
    return bundle_of(case)


def bundle_to_prepare(case: Case) -> Bundle:
    """Return what a pack is made of. Raises RuleBroken when no agreement is in effect, or no longer."""
    found = bundle(case)
    if found.agreement is None:
        raise RuleBroken(because(rules.Bar.NOT_EFFECTIVE))
    return found


def is_for_the_court_itself(agreement: Agreement) -> bool:
    """Say whether no application follows: an oral agreement (JC-09), or a case that a court entrusted (JM-09)."""
    basis = session.get_one(Proceeding, agreement.proceeding_id).basis
    return agreement.is_oral or basis == Basis.ENTRUSTED


# --- readiness ---


@until_written()
def readiness(case: Case, *, on: date) -> Readiness:
    """Return the checks of a case's pack; before there is an agreement only those that can be worked on already."""
    found = bundle_of(case)
    whole = readiness_of(found, on=on)
    if found.agreement is not None:
        return whole
    return Readiness(tuple(check for check in whole.checks if check.key in EARLY), None, None)


def readiness_of(bundle: Bundle, *, on: date) -> Readiness:
    """Return every check of a pack with what it lacks, and the days that are left."""
    return pack.readiness(
        pack_facts(bundle, on=on), on=on, **_time(bundle.case), restored_until=restored_until(bundle, on=on),
        posted_on=bundle.confirmation.posted_on if bundle.confirmation else None,
    )


def start_obstacles(bundle: Bundle, *, on: date) -> list[Obstacle]:
    """Return what forbids handing the agreement over at all."""
    unit = bundle.unit
    return rules.start_obstacles(
        agreement_facts(bundle),
        body=unit.name,
        body_is_established=bool(unit.established_record),
        body_is_listed=unit.is_court_listed,
        on=on,
        restored_until=restored_until(bundle, on=on),
        **_time(bundle.case),
    )


def restored_until(bundle: Bundle, *, on: date) -> date | None:
    """Return the last day for parties who were hindered and ask for more time, None where nobody does. PT-08.

    Only who is late asks, so only then is it looked for.
    """
    agreement = bundle.agreement
    if agreement is None or agreement.effective_on is None or on <= last_day_to_apply(bundle.case, agreement).day:
        return None
    asked = [row for row in clock_queries.of_case(bundle.case.id) if row.basis == RESTORE]
    return max((row.due_on for row in asked if row.object_id == agreement.id), default=None)


def last_day_to_apply(case: Case, agreement: Agreement) -> LastDay:
    """Return the last day for applying and how it comes about. JC-01."""
    return rules.last_day_to_apply(agreement.effective_on, **_time(case))


def _time(case: Case) -> dict:
    days = settings.days(TIME, on=case.law_on, centre_id=case.centre_id).days
    return {"days": days, "calendar": calendar_of(case.centre_id)}


def checks_by_key(found: Readiness) -> dict[CheckKey, Check]:
    """Return the checks by their key, for pages that set each beside the field that cures it."""
    return {check.key: check for check in found.checks}


def sheets(bundle: Bundle) -> list[papers.Sheet]:
    """Return the papers of a pack in the order of filing, those not issued yet without their paper."""
    return papers.sheets(bundle)


PROVED_BY = {  # the paper on which a check is made
    CheckKey.IN_TIME: "agreement", CheckKey.AGREEMENT_SIGNED: "agreement", CheckKey.MEDIATOR_SIGNED: "agreement",
    CheckKey.SEALED: "agreement", CheckKey.SOUND: "agreement", CheckKey.APPLICATION_SIGNED: "confirmation_application",
    CheckKey.COURT: "confirmation_application", CheckKey.CLAUSES: "confirmation_application",
    CheckKey.AGENTS: "confirmation_application", CheckKey.PROOF: "mediation_proof",
    CheckKey.ADDRESSES: "service_address",
}


def proofs(sheets: Sequence[papers.Sheet]) -> dict[CheckKey, Paper]:
    """Return the issued paper that each check is made on."""
    issued = {sheet.kind: sheet.paper for sheet in reversed(sheets) if sheet.paper}
    return {key: issued[kind] for key, kind in PROVED_BY.items() if kind in issued}


def cautions(bundle: Bundle, *, on: date) -> list[Obstacle]:
    """Return what to look at before filing: signs of a sham, property papers, the court (JC-07, JC-19, JC-24)."""
    facts = pack_facts(bundle, on=on)
    seen = [ShamSign(sign) for sign in bundle.confirmation.answers.get("signs", ())] if bundle.confirmation else []
    found = pack.cautions(facts, seen=seen)
    found += rules.unknown_superiors(court_facts(bundle))
    if facts.court is None:
        return found
    accepts = settings.accepts_self_run(facts.court.code, on=on, centre_id=bundle.case.centre_id)
    earlier = _applied_to(bundle)
    return found + rules.court_cautions(
        facts.court, basis=bundle.basis, applied_to=earlier, accepts_self_run=accepts
    )


def _applied_to(bundle: Bundle) -> list[Court]:
    query = select(Confirmation).where(
        Confirmation.agreement_id == bundle.confirmation.agreement_id,
        Confirmation.id != bundle.confirmation.id,
        Confirmation.filed_on.is_not(None),
    )
    centre_id = bundle.case.centre_id
    found = [chosen_court(row, (), centre_id=centre_id) for row in session.scalars(query.order_by(Confirmation.id))]
    return [court for court in found if court]


def courts(bundle: Bundle) -> list[rules.CompetentCourt]:
    """Return the courts among which the parties choose, each with its grounds. JC-04 to JC-07."""
    return competent(bundle)


# --- at the court ---


def number_cautions(confirmation: Confirmation, case: Case, court_no: str) -> list[Obstacle]:
    """Return what looks odd about the number that the court gave. CN-02, CN-03."""
    whose = {"on": confirmation.filed_on or case.law_on, "centre_id": case.centre_id}
    kinds, obsolete = (settings.words(f"CN-03.{which}", **whose) for which in ("confirmation", "obsolete"))
    return court_number_cautions(court_no, kinds=kinds, obsolete=obsolete, court_code=confirmation.court_code)


def number_example(confirmation: Confirmation, case: Case, *, on: date) -> str:
    """Return how the court's number will look, its serial left open: nobody here makes one up (CN-04)."""
    kind = settings.text("CN-03.expected", on=on, centre_id=case.centre_id)
    return f"（{on.year}）{confirmation.court_code or ''}{kind}　号"


def court_periods(case: Case) -> CourtPeriods:
    """Return the dated settings of the court's own periods. JC-15, JC-16."""
    keys = ("JC-16.accept", "JC-16.decide", "JC-16.extension", "JC-16.statutory", "JC-15.party", "JC-15.third_person")
    return CourtPeriods(*(settings.days(key, on=case.law_on, centre_id=case.centre_id).period for key in keys))


def objection_day(confirmation: Confirmation, case: Case, kind: CourtStepKind) -> date | None:
    """Return the last day for an objection by a party or an outsider; None where its time has not begun. JC-15."""
    knew = [step.on for step in confirmation.court_steps if step.kind == CourtStepKind.OUTSIDER]
    dates = CourtDates(
        confirmation.filed_on, served_on=confirmation.received_on, outsider_knew_on=knew[-1] if knew else None
    )
    whose = {
        CourtStepKind.PARTY_OBJECTED: CourtPeriod.PARTY_OBJECTION,
        CourtStepKind.OUTSIDER_OBJECTED: CourtPeriod.OUTSIDER_OBJECTION,
    }.get(kind)
    found = rules.court_deadlines(dates, court_periods(case), calendar_of(case.centre_id)).get(whose)
    return found.day if found else None


@dataclass(frozen=True)
class CourtDay:
    """By when the court acts, or the parties do what it asked for: ``what`` is a CourtPeriod or a CourtStepKind."""

    on: date
    what: CourtPeriod | CourtStepKind
    is_ours: bool = False


def court_day(confirmation: Confirmation, case: Case) -> CourtDay | None:
    """Return the next day of an application that lies with the court; what it asked of the parties goes first."""
    if confirmation.filed_on is None or confirmation.state not in (ConfirmationState.FILED, ConfirmationState.ACCEPTED):
        return None
    asked = open_request(confirmation.court_steps)
    if asked is not None:
        return CourtDay(asked.due_on, CourtStepKind(asked.kind), is_ours=True)
    extended = any(step.kind == CourtStepKind.EXTENDED for step in confirmation.court_steps)
    dates = CourtDates(confirmation.filed_on, confirmation.accepted_on, extended)
    last = rules.next_court_day(dates, court_periods(case), calendar_of(case.centre_id))
    return CourtDay(last.day, CourtPeriod.DECIDE if confirmation.accepted_on else CourtPeriod.ACCEPT)


ASKS = {CourtStepKind.MORE_PAPERS: CourtStepKind.PAPERS_GIVEN, CourtStepKind.SUMMONED: CourtStepKind.QUESTIONED}


def open_request(steps: Sequence[CourtStep]) -> CourtStep | None:
    """Return what the court asked for last and has not had yet: papers, or coming to be questioned."""
    answered = {kind for kind in ASKS.values()} | {CourtStepKind.ABSENT}
    for step in reversed(steps):
        if step.kind in answered:
            return None
        if step.kind in ASKS:
            return step
    return None


def lapsed(*, on: date) -> Sequence[int]:
    """Return the cases whose time to apply is over by a day while nobody prepares an application (JC-01)."""
    in_hand = select(Confirmation.case_id).where(Confirmation.state.in_(OPEN_CONFIRMATION))
    query = select(Clock.case_id).where(
        Clock.basis.in_((TIME, RESTORE)), Clock.stopped_on.is_(None), Clock.due_on < on, Clock.case_id.not_in(in_hand)
    )
    return session.scalars(query.order_by(Clock.id)).all()


def has_missed(confirmation: Confirmation, *, on: date) -> bool:
    """Say whether the parties let the court's day for papers pass, or stayed away (JC-12)."""
    steps = confirmation.court_steps
    if any(step.kind == CourtStepKind.ABSENT for step in steps):
        return True
    for place, step in enumerate(steps):
        if step.kind == CourtStepKind.MORE_PAPERS:
            given = next((later.on for later in steps[place:] if later.kind == CourtStepKind.PAPERS_GIVEN), None)
            if rules.is_missed(step.due_on, given_on=given, on=on):
                return True
    return False


def scans_of(case_id: int) -> set[int]:
    """Return the attachments of a case that are scans of what the court did with its application, by row id."""
    query = select(CourtStep.attachment_id).join(Confirmation).where(Confirmation.case_id == case_id)
    return set(session.scalars(query.where(CourtStep.attachment_id.is_not(None))))


def court_named(code: str | None, *, centre_id: int) -> Court | None:
    """Return a court by its code."""
    return regions.court(code, centre_id=centre_id) if code else None
