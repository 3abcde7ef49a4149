"""How each step that can be undone gives back what it changed; what it would change is told before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mediation.casefile.cases import access, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Consent, ConsentForm
from mediation.casefile.duties import queries as duties
from mediation.casefile.papers.models import Paper, PaperState
from mediation.ground import clock, trail
from mediation.ground.db import session
from mediation.ground.errors import Obstacle, because
from mediation.registry.access.rules import Actor, Relation
from mediation.registry.mediators.models import Mediator
from mediation.stages.archive import queries as archive
from mediation.stages.archive.rules import ClosingOutcome
from mediation.stages.confirmation.models import Confirmation, CourtStep
from mediation.stages.intake import derived
from mediation.stages.mending.undorules import Bar, Change, Changed
from mediation.stages.performance.models import Performance, PerformanceReceipt
from mediation.stages.performance.rules import ReceiptKind
from mediation.stages.proceedings.models import Proceeding, ProceedingMediator
from mediation.stages.proceedings.models import Session as Meeting


@dataclass(frozen=True)
class Restorer:
    """What an undo of one step does: ``tell`` its changes, name what ``bars`` it, give back what was (``restore``)."""

    tell: Callable[..., list[Change]]
    restore: Callable[..., None]
    bars: Callable[..., Sequence[Obstacle]] = lambda case, row: ()


# --- screening ---


def _tell_screening(case: Case, row):
    found = [Change(Changed.ANSWERS)]
    found += [Change(Changed.DUTY, of=duty.kind) for duty in _duties_since(case, row)]
    if case.is_sealed and not row.facts["was"]["sealed"]:
        found.append(Change(Changed.SEAL))
    return found


def _bar_screening(case: Case, row):
    if "was" not in row.facts:
        return [because(Bar.NO_MEMORY)]
    return [because(Bar.BUILT_ON, what=duty.kind) for duty in _duties_since(case, row) if not duty.is_open]


def _duties_since(case, row):
    return [duty for duty in duties.of_case(case.id) if duty.id > row.id]


def _restore_screening(case: Case, row, *, by: Actor, on: date, reason: str):
    for duty in _duties_since(case, row):
        steps.take("duty.void", duty, by=by, on=on, case=case, reason=reason, implied=True)
    was = row.facts["was"]
    for party in cases.parties_of(case.id):
        if party.public_id in was["flags"]:
            party.flags = {"flags": was["flags"][party.public_id]}
    case.screening, case.screened_on, case.grade, case.urgency = {}, None, None, None
    if case.is_sealed and not was["sealed"]:
        case.is_sealed, case.seal_reason = False, None
        case.title = derived.title(case, cases.parties_of(case.id))


# --- consent ---


def _tell_consent(case: Case, row):
    was = row.facts["was"]
    return [
        Change(Changed.CONSENT, of=party.name, before=party.consent, after=Consent(was[party.public_id][0]))
        for party in cases.parties_of(case.id) if party.public_id in was
    ]


def _bar_consent(case: Case, row):
    return [] if "was" in row.facts else [because(Bar.NO_MEMORY)]


def _restore_consent(case: Case, row, *, by: Actor, on: date, reason: str):
    for party in cases.parties_of(case.id):
        was = row.facts["was"].get(party.public_id)
        if was is None:
            continue
        said = {"before": party.consent, "consent": was[0], "form": was[1], "on": was[2]}
        party.consent, party.consent_form = Consent(was[0]), ConsentForm(was[1]) if was[1] else None
        party.consent_on, party.consent_recorded_by = date.fromisoformat(was[2]) if was[2] else None, was[3]
        party.version += 1
        trail.record("party.consent", by=by, about=party, case_id=case.id, params=said)
    for row_id, replies in row.facts.get("replies", {}).items():
        session.get_one(ProceedingMediator, int(row_id)).party_replies = replies


# --- who mediates ---


def _mediators(row):
    """Return who came by an assignment, and who left by it."""
    query = select(ProceedingMediator, Mediator).join(Mediator, Mediator.id == ProceedingMediator.mediator_id)
    found = [tuple(each) for each in session.execute(query.where(ProceedingMediator.proceeding_id == row.object_id))]
    came = [each for each in found if each[0].id > row.id]
    left = [each for each in found if each[0].id < row.id and each[0].until and each[0].until >= row.recorded_at]
    return came, left


def _tell_assignment(case: Case, row):
    came, left = _mediators(row)
    names = [[mediator.name for _on, mediator in each] for each in (came, left)]
    return [Change(Changed.MEDIATORS, before=names[0], after=names[1] or None)]


def _restore_assignment(case: Case, row, *, by: Actor, on: date, reason: str):
    came, left = _mediators(row)
    for each, mediator in came:
        each.until = clock.now()
        if mediator.account_id:
            access.withdraw(case, Relation.MEDIATOR, account_id=mediator.account_id)
    session.flush()
    for each, mediator in left:
        each.until = None
        if mediator.account_id:
            access.grant(case, Relation.MEDIATOR, account_id=mediator.account_id)
    case.mediator_id = next((mediator.id for each, mediator in left if each.presides), None)


# --- a session on the wrong case ---


def _meeting(row) -> Meeting:
    query = select(Meeting).where(
        Meeting.proceeding_id == row.object_id, Meeting.is_attempt.is_(False), Meeting.number == row.facts["number"]
    )
    return session.scalars(query).one()


def _papers_of(meeting) -> list[Paper]:
    query = select(Paper).where(Paper.object_id == meeting.id, Paper.state != PaperState.CANCELLED)
    return list(session.scalars(query))


def _tell_session(case: Case, row):
    meeting = _meeting(row)
    papers = [Change(Changed.PAPER, of=paper.number) for paper in _papers_of(meeting)]
    return [Change(Changed.SESSION, of=meeting.number, before=clock.day_of(meeting.starts_at)), *papers]


def _restore_session(case: Case, row, *, by: Actor, on: date, reason: str):
    meeting = _meeting(row)
    for paper in _papers_of(meeting):
        paper.state = PaperState.CANCELLED
    meeting.void_on, meeting.void_reason = on, reason
    meeting.version += 1


# --- performance ---


def _receipt(row) -> PerformanceReceipt:
    query = select(PerformanceReceipt).where(
        PerformanceReceipt.performance_id == row.object_id, PerformanceReceipt.void_on.is_(None)
    )
    return session.scalars(query.order_by(PerformanceReceipt.id.desc())).first()


def _tell_receipt(case: Case, row):
    receipt = _receipt(row)
    return [Change(Changed.RECEIPT, of=ReceiptKind(receipt.kind), before=receipt.on, after=receipt.amount_fen)]


def _restore_receipt(case: Case, row, *, by: Actor, on: date, reason: str):
    receipt, owed = _receipt(row), session.get_one(Performance, row.object_id)
    receipt.void_on, receipt.void_reason = on, reason
    if receipt.kind == ReceiptKind.PAYMENT:
        owed.paid_fen -= receipt.amount_fen or 0
    owed.done_on = None


# --- the court ---

GIVES_BACK = {
    "confirmation.court_accepts": ("accepted_on", "court_no"), "confirmation.court_asks": (),
    "confirmation.record_service": ("received_on",), "confirmation.note_outsider": (),
    "confirmation.record_objection": (), "confirmation.revoke": ("ruling_ground",),
}
OF_A_RULING = ("ruled_on", "ruling_ground", "received_on")


def _court_step(row) -> CourtStep:
    query = select(CourtStep).where(CourtStep.confirmation_id == row.object_id, CourtStep.void_on.is_(None))
    return session.scalars(query.order_by(CourtStep.id.desc())).first()


def _tell_court(case: Case, row):
    court_step = _court_step(row)
    return [Change(Changed.COURT_ACT, of=court_step.kind, before=court_step.on)]


def _restore_court(case: Case, row, *, by: Actor, on: date, reason: str):
    court_step, confirmation = _court_step(row), session.get_one(Confirmation, row.object_id)
    court_step.void_on, court_step.void_reason = on, reason
    for name in GIVES_BACK.get(row.step, OF_A_RULING):
        setattr(confirmation, name, None)
    confirmation.version += 1


# --- closing ---


def _tell_closing(case: Case, row):
    return [Change(Changed.OUTCOME, before=ClosingOutcome(case.outcome))]


def _restore_closing(case: Case, row, *, by: Actor, on: date, reason: str):
    closing = archive.last_closing(case.id)
    closing.reopened_on, closing.reopen_reason = on, reason
    case.outcome = case.closed_on = None


COURT = Restorer(_tell_court, _restore_court)
RESTORERS = {
    "case.screen": Restorer(_tell_screening, _restore_screening, _bar_screening),
    "case.record_consent": Restorer(_tell_consent, _restore_consent, _bar_consent),
    "case.close": Restorer(_tell_closing, _restore_closing),
    "proceeding.assign": Restorer(_tell_assignment, _restore_assignment),
    "proceeding.reassign": Restorer(_tell_assignment, _restore_assignment),
    "proceeding.hold_session": Restorer(_tell_session, _restore_session),
    "performance.record": Restorer(_tell_receipt, _restore_receipt),
    "confirmation.court_accepts": COURT, "confirmation.court_asks": COURT, "confirmation.record_service": COURT,
    "confirmation.confirm": COURT, "confirmation.dismiss": COURT, "confirmation.court_refuses": COURT,
    "confirmation.withdraw": COURT, "confirmation.deem_withdrawn": COURT, "confirmation.end_procedure": COURT,
    "confirmation.note_outsider": COURT, "confirmation.record_objection": COURT, "confirmation.revoke": COURT,
}
SUBJECTS = {"proceeding": Proceeding, "performance": Performance, "confirmation": Confirmation}
