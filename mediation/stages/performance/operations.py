"""Performance: opening each duty of an effective agreement, and recording what became of it (PM-15)."""

from datetime import date

from sqlalchemy import select

from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import OPEN_PERFORMANCE, PerformanceState
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks.rules import ClockLabel
from mediation.ground.db import session
from mediation.ground.errors import RuleBroken
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.stages.agreements import queries as agreements
from mediation.stages.agreements.models import Agreement, Duty
from mediation.stages.agreements.rules import ClauseKind
from mediation.stages.performance import queries, rules
from mediation.stages.performance.models import Performance, PerformanceReceipt
from mediation.stages.performance.rules import ReceiptKind

BASIS, ENFORCEMENT, LIMITATION, VISIT = "PM-15", "JC-18", "LM-01", "PM-15.visit"


def open_duties(agreement: Agreement, *, by: Actor, on: date) -> None:
    """Open one performance for each payment and act of an agreement that took effect; mere terms are not performed.

    What is not performed at once is visited in time (PM-15: People's Mediation Law (2010), Art. 31).
    """
    case = session.get_one(Case, agreement.case_id)
    is_later = False
    for duty in agreements.load(agreement.id).duties:
        if duty.kind == ClauseKind.TERM:
            continue
        due_on = duty.due_on or agreement.effective_on
        row = Performance(
            id=new_id(), case_id=case.id, duty_id=duty.id, state=PerformanceState.DUE, due_on=due_on,
            amount_fen=duty.amount_fen, paid_fen=0, version=1,
        )
        steps.take("performance.open", row, by=by, on=on, case=case, implied=True)
        clocks.start_until(
            case, BASIS, min(agreement.effective_on, due_on), due_on, label=ClockLabel.PERFORMANCE, by=by, about=row
        )
        is_later = is_later or due_on > agreement.effective_on
    if is_later:
        clocks.start(case, VISIT, agreement.effective_on, label=ClockLabel.RETURN_VISIT, by=by, about=agreement)


def open_enforcement(confirmation, *, by: Actor, on: date) -> None:
    """Start the time to apply for enforcement of a confirmed agreement, while something of it is owed.

    It runs from the last day of its last duty and never counts as the case's nearest day.
    JC-18: Civil Procedure Law (2023), Art. 250.
    """
    case = session.get_one(Case, confirmation.case_id)
    owed = [row for row in queries.of_case(case.id) if row.state in OPEN_PERFORMANCE]
    if owed:
        agreement = session.get_one(Agreement, confirmation.agreement_id)
        last = max(row.due_on for row in owed)
        clocks.stop(case, LIMITATION, on=on, by=by)  # what can be enforced need not be sued on
        clocks.start(
            case, ENFORCEMENT, last, label=ClockLabel.ENFORCEMENT, by=by, about=agreement, counts_for_case=False
        )


def open_limitation(performance: Performance, *, by: Actor, on: date) -> None:
    """Start the time to sue on an agreement that is broken and that no court has confirmed.

    It runs from the last day of the last duty that is owed, as instalments of one debt do, and never counts as the
    case's nearest day. LM-01: Civil Code (2020), Arts. 188, 189. PM-16: People's Mediation Law (2010), Art. 32.
    """
    case = session.get_one(Case, performance.case_id)
    if any(each.basis == ENFORCEMENT for each in clocks.running(case.id)):
        return
    last = max(row.due_on for row in queries.of_case(case.id) if row.state != PerformanceState.DONE)
    clocks.start(case, LIMITATION, last, label=ClockLabel.LIMITATION, by=by, counts_for_case=False)


def let_go(agreement: Agreement, *, by: Actor, on: date) -> None:
    """Close what is still owed under a text that another one takes the place of; what was paid stays written down."""
    case = session.get_one(Case, agreement.case_id)
    clocks.stop(case, VISIT, on=on, by=by, about=agreement)
    owed = select(Performance).join(Duty).where(
        Duty.agreement_id == agreement.id, Performance.state.in_(OPEN_PERFORMANCE)
    )
    for row in session.scalars(owed).all():
        _follow(row, case, PerformanceState.WAIVED, by=by, on=on, happened_on=on)


@once
def record(
    public_id: str, *, by: Actor, on: date, kind: str, happened_on: date, amount_fen: int | None = None,
    proof: str | None = None, note: str | None = None, reason: str | None = None, key: str | None = None,
) -> str:
    """Record a payment, an act, an urging, a waiver or a breach; the duty's state follows from its receipts.

    Raises RuleBroken when more is paid than is owed, when the kind does not fit the duty, or the day cannot be.
    """
    row, case = queries.get(public_id, for_=by)
    known = [_receipt(each) for each in row.receipts]
    new = rules.Receipt(ReceiptKind(kind), happened_on, amount_fen, note or "")
    agreed_on = session.scalar(select(Agreement.agreed_on).where(Agreement.id == row.duty.agreement_id))
    bars = rules.receipt_obstacles(_facts(row), known, new, agreed_on=agreed_on, on=on)
    if bars:
        raise RuleBroken(*bars)
    steps.take("performance.record", row, by=by, on=on, case=case, reason=reason, facts={"kind": new.kind})
    session.add(
        PerformanceReceipt(
            performance_id=row.id, kind=new.kind, on=happened_on, amount_fen=amount_fen, proof=proof, note=note,
            recorded_by_id=by.account_id,
        )
    )
    row.paid_fen = rules.paid_fen([*known, new])
    session.flush()
    _follow(row, case, rules.state_of(_facts(row), [*known, new]), by=by, on=on, happened_on=happened_on)
    return row.public_id


def _receipt(row: PerformanceReceipt) -> rules.Receipt:
    return rules.Receipt(ReceiptKind(row.kind), row.on, row.amount_fen, row.note or "")


def _facts(row: Performance) -> rules.DutyFacts:
    return rules.DutyFacts(row.amount_fen, row.due_on)


STEP_TO = {
    PerformanceState.PART: "performance.part",
    PerformanceState.DONE: "performance.complete",
    PerformanceState.WAIVED: "performance.waive",
    PerformanceState.BREACHED: "performance.breach",
}


def _follow(row, case, state, *, by, on, happened_on):
    if state == row.state:
        return
    steps.take(STEP_TO[state], row, by=by, on=on, case=case, implied=True)
    if rules.is_settled([state]):
        row.done_on = happened_on
        clocks.stop(case, BASIS, on=on, by=by, about=row)
        if not any(each.state in OPEN_PERFORMANCE for each in queries.of_case(case.id) if each.id != row.id):
            clocks.stop(case, ENFORCEMENT, on=on, by=by)
