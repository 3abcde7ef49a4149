"""Performance: opening each duty of an effective agreement, and recording what became of it (PM-15)."""

from datetime import date

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import PerformanceState
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks.rules import ClockLabel
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.stages.agreements import queries as agreements
from mediation.stages.agreements.models import Agreement
from mediation.stages.agreements.rules import ClauseKind
from mediation.stages.performance.models import Performance, PerformanceReceipt
from mediation.stages.performance.rules import ReceiptKind

BASIS = "PM-15"


def open_duties(agreement: Agreement, *, by: Actor, on: date) -> None:
    """Open one performance for each payment and act of an agreement that took effect; mere terms are not performed."""
    case = session.get_one(Case, agreement.case_id)
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


@once
def record(
    public_id: str, *, by: Actor, on: date, kind: str, happened_on: date, amount_fen: int | None = None,
    proof: str | None = None, note: str | None = None, reason: str | None = None, key: str | None = None,
) -> str:
    """Record a payment, an act, an urging, a waiver or a breach; the duty's state follows from it.

    Raises Invalid when more is paid than is owed, when a payment has no amount, or the day lies ahead.
    """
    row, case = cases.child(Performance, public_id, for_=by)
    kind = ReceiptKind(kind)
    _check(row, kind, happened_on, on, amount_fen)
    steps.take("performance.record", row, by=by, on=on, case=case, reason=reason, facts={"kind": kind})
    session.add(
        PerformanceReceipt(
            performance_id=row.id, kind=kind, on=happened_on, amount_fen=amount_fen, proof=proof, note=note,
            recorded_by_id=by.account_id,
        )
    )
    if kind == ReceiptKind.PAYMENT:
        row.paid_fen += amount_fen
        session.flush()
    _follow(row, case, kind, by=by, on=on, happened_on=happened_on)
    return row.public_id


def _check(row, kind, happened_on, on, amount_fen):
    if happened_on > on:
        raise Invalid(happened_on=N_("日期不能晚于今天"))
    if kind == ReceiptKind.PAYMENT:
        if row.amount_fen is None:
            raise Invalid(kind=N_("这一条不是付款，请选“做完了”"))
        if not amount_fen:
            raise Invalid(amount_fen=N_("写明付了多少"))
        if row.paid_fen + amount_fen > row.amount_fen:
            raise Invalid(amount_fen=N_("付的比欠的还多，请核对"))
    elif amount_fen:
        raise Invalid(amount_fen=N_("只有付款才填金额"))
    if kind == ReceiptKind.ACT and row.amount_fen is not None:
        raise Invalid(kind=N_("这一条是付款，请选“付款”并写金额"))


def _follow(row, case, kind, *, by, on, happened_on):
    step = {
        ReceiptKind.ACT: "performance.complete", ReceiptKind.WAIVER: "performance.waive", ReceiptKind.BREACH: "performance.breach",
    }.get(kind)
    if kind == ReceiptKind.PAYMENT:
        step = "performance.complete" if row.paid_fen == row.amount_fen else "performance.part"
    if step is None or (step == "performance.breach" and row.state == PerformanceState.BREACHED):
        return
    steps.take(step, row, by=by, on=on, case=case, implied=True)
    if step in ("performance.complete", "performance.waive"):
        row.done_on = happened_on
        clocks.stop(case, BASIS, on=on, by=by, about=row)
