"""Cases against their history: states, what is derived from them, clocks, ties; and the sums of money."""

from collections import defaultdict

from sqlalchemy import func, select

from mediation.casefile.cases import counting, progress
from mediation.casefile.cases.models import Case, CaseAccess
from mediation.casefile.cases.rules import AgreementState
from mediation.casefile.clocks import queries as clocks
from mediation.casefile.clocks.models import Clock
from mediation.casefile.duties.models import RiskDuty
from mediation.ground.db import session
from mediation.ground.steps import StepTaken
from mediation.oversight.soundness.findings import Finding, batches
from mediation.registry.access.rules import Relation
from mediation.stages.agreements.models import Agreement, Duty
from mediation.stages.agreements.rules import ClauseKind
from mediation.stages.confirmation.models import Confirmation
from mediation.stages.mending.models import MendingRequest
from mediation.stages.performance.models import Performance, PerformanceReceipt
from mediation.stages.performance.rules import ReceiptKind
from mediation.stages.proceedings.models import Proceeding
from mediation.stages.referrals.models import Referral
from mediation.stages.routing.models import Transfer

MOVED_BY_STEPS = (Transfer, Proceeding, Agreement, Confirmation, Referral, Performance, RiskDuty, MendingRequest)
DERIVED = {"stage": "阶段", "turn": "该谁办", "accepted_on": "受理日期", "result": "结果", "is_open": "是否办结"}


def histories() -> list[Finding]:
    """Go through all cases: each object's state is that of its last step, and what is derived follows from them."""
    states, derived = Finding("状态与办理经过"), Finding("阶段、该谁办、结果")
    days, ties = Finding("期限"), Finding("登记单位")
    for some in batches(session.scalars(select(Case.id).order_by(Case.id)).all()):
        cases = list(session.scalars(select(Case).where(Case.id.in_(some)).order_by(Case.id)))
        numbers = {case.id: case.register_no for case in cases}
        taken = _by_case(select(StepTaken).where(StepTaken.case_id.in_(some)).order_by(StepTaken.id))
        _compare_states(cases, taken, numbers, states)
        for case in cases:
            _compare_derived(case, taken[case.id], derived)
        _compare_clocks(cases, days)
        _compare_ties(cases, ties)
        session.expunge_all()
    return [states, derived, days, ties]


def _by_case(query):
    found = defaultdict(list)
    for row in session.scalars(query):
        found[row.case_id].append(row)
    return found


def _compare_states(cases, taken, numbers, finding):
    last = {}
    for steps in taken.values():
        for step in steps:
            if step.to_state:
                last[step.object_kind, step.object_id] = step.to_state
    rows = [(case.id, "case", case.id, case.state) for case in cases]
    for model in MOVED_BY_STEPS:
        kind = progress.KIND_OF_TABLE[model.__tablename__]
        query = select(model.case_id, model.id, model.state).where(model.case_id.in_(list(numbers)))
        rows += [(case_id, kind, row_id, state) for case_id, row_id, state in session.execute(query)]
    for case_id, kind, row_id, state in rows:
        found = last.get((kind, row_id))
        finding.expect(found == state, f"{numbers[case_id]}：{kind} 记作 {state}，最后一步是 {found}")


def _compare_derived(case, taken, finding):
    now = progress.derived(case, taken)
    wrong = [words for field, words in DERIVED.items() if getattr(case, field) != getattr(now, field)]
    if case.counted_as != counting.counts_as(case):
        wrong.append("统计口径")
    finding.expect(not wrong, f"{case.register_no}：{'、'.join(wrong)}与办理经过不符")


def _compare_clocks(cases, finding):
    running = select(Clock).where(Clock.case_id.in_([case.id for case in cases]), Clock.stopped_on.is_(None))
    by_case = _by_case(running.order_by(Clock.due_on, Clock.id))
    for case in cases:
        for clock in by_case[case.id]:
            last = clocks.last_day(clock, case.centre_id)
            due_on = clock.extended_to or last.day if last else clock.due_on
            words = f"{case.register_no}：{clock.basis} 记作 {clock.due_on}，应为 {due_on}"
            finding.expect(clock.due_on == due_on or clocks.open_pause(clock), words)  # that one moves daily
        counted = [clock for clock in by_case[case.id] if clock.counts_for_case]
        nearest = min(counted, key=lambda clock: (clock.due_on, clock.id), default=None)
        due_on = nearest.due_on if nearest else None
        finding.expect(case.due_on == due_on, f"{case.register_no}：最近的期限记作 {case.due_on}，应为 {due_on}")


def _compare_ties(cases, finding):
    registered = select(CaseAccess.case_id).where(
        CaseAccess.case_id.in_([case.id for case in cases]), CaseAccess.relation == Relation.REGISTERED,
        CaseAccess.until.is_(None),
    )
    tied = set(session.scalars(registered))
    for case in cases:
        finding.expect(case.id in tied, f"{case.register_no}：没有登记单位，谁也看不见")


def counts() -> Finding:
    """The counts behind the figures are what counting the cases comes to."""
    finding = Finding("统计数")
    kept, real = counting.counted(), counting.counted_from_cases()
    for key in sorted(kept.keys() | real.keys()):
        unit_id, scope, counted_as = key
        words = f"单位 {unit_id}（{scope}）{counted_as}：记作 {kept.get(key, 0)} 件，应为 {real.get(key, 0)} 件"
        finding.expect(kept.get(key) == real.get(key), words)
    return finding


def sums() -> list[Finding]:
    """The payments of an agreement come to its total; what is noted as paid is what was received."""
    agreements, payments = Finding("协议金额"), Finding("履行金额")
    paid = func.coalesce(func.sum(Duty.amount_fen), 0)
    query = (
        select(Agreement.id, Case.register_no, Agreement.total_fen, paid)
        .join(Case, Case.id == Agreement.case_id)
        .outerjoin(Duty, (Duty.agreement_id == Agreement.id) & (Duty.kind == ClauseKind.PAY))
        .where(Agreement.state.in_([AgreementState.AGREED, AgreementState.EFFECTIVE]))
        .group_by(Agreement.id, Case.register_no, Agreement.total_fen)
    )
    for _id, number, total, found in session.execute(query):
        agreements.expect((total or 0) == found, f"{number}：协议总额 {total or 0} 分，各条合计 {found} 分")
    received = func.coalesce(func.sum(PerformanceReceipt.amount_fen), 0)
    query = (
        select(Performance.id, Case.register_no, Performance.paid_fen, received)
        .join(Case, Case.id == Performance.case_id)
        .outerjoin(
            PerformanceReceipt,
            (PerformanceReceipt.performance_id == Performance.id) & (PerformanceReceipt.kind == ReceiptKind.PAYMENT)
            & PerformanceReceipt.void_on.is_(None),
        )
        .group_by(Performance.id, Case.register_no, Performance.paid_fen)
    )
    for _id, number, noted, found in session.execute(query):
        payments.expect(noted == found, f"{number}：记作已付 {noted} 分，收款合计 {found} 分")
    return [agreements, payments]
