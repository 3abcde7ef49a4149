"""Performance: the state of each duty from its receipts, when it is late, and what is open after a breach."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mediation.casefile.cases.rules import OPEN_PERFORMANCE, PerformanceState, Trait
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because


class ReceiptKind(Choice):
    """What is recorded on a duty."""

    PAYMENT = "payment", N_("付款")
    ACT = "act", N_("做完了")
    URGE = "urge", N_("催过")
    WAIVER = "waiver", N_("对方放弃")
    BREACH = "breach", N_("到期不履行")


class AfterBreach(Choice):
    """What is open when a duty is not performed."""

    URGE = "urge", N_("继续督促")
    CONFIRM = "confirm", N_("还在期限内，共同申请司法确认")
    ENFORCE = "enforce", N_("向法院申请强制执行")
    SUE = "sue", N_("就协议起诉")
    PAYMENT_ORDER = "payment_order", N_("申请支付令")
    ARBITRATE = "arbitrate", N_("申请劳动仲裁")
    POLICE = "police", N_("交公安机关依法处理")


class PoliceWaiver(Reason):
    """Whether the parties of a police matter may still ask in writing that nobody be punished."""

    OPEN = (
        "police_waiver_open",
        N_("已于%(performed_on)s履行完：公安机关作出处理决定以前，当事人可以书面申请不予处罚，附协议和履行凭证"),
        "AM-02",
    )
    NOT_PERFORMED = (
        "police_waiver_not_performed",
        N_("全部履行以后、公安机关作出处理决定以前，当事人可以书面申请不予处罚"),
        "AM-02",
    )
    TOO_LATE = (
        "police_waiver_too_late",
        N_("公安机关%(decided_on)s已经作出处理决定，不能再因履行协议申请不予处罚"),
        "AM-02",
    )


def police_waiver(*, performed_on: date | None, decided_on: date | None, on: date) -> Obstacle:
    """Return how it stands with the written application: both it and the performance come before the decision.

    ``performed_on`` is the day of the last performance, ``decided_on`` that of the police's decision, ``on`` the
    earliest day on which the application can be made now.
    AM-02: Public Security Administration Punishments Law (2025), Art. 9(4).
    """
    if decided_on is not None and (performed_on is None or max(performed_on, on) >= decided_on):
        return because(PoliceWaiver.TOO_LATE, decided_on=decided_on)
    if performed_on is None:
        return because(PoliceWaiver.NOT_PERFORMED)
    return because(PoliceWaiver.OPEN, performed_on=performed_on)


class Bar(Reason):
    NO_AMOUNT = "no_amount", N_("没有写付了多少"), "PM-15"
    TOO_MUCH = "too_much", N_("还剩%(left_fen)s元没付，不能记%(amount_fen)s元"), "PM-15"
    NOT_MONEY = "not_money", N_("这一条不是付款"), "PM-15"
    IS_MONEY = "is_money", N_("这一条是付款，请记金额"), "PM-15"
    LATER = "later", N_("日期在今天之后"), "PM-15"
    BEFORE_AGREED = "before_agreed", N_("日期在达成协议之前"), "PM-15"
    NOT_DUE_YET = "not_due_yet", N_("还没到期，最后一天是%(due_on)s"), "PM-15"
    SETTLED = "settled", N_("这一条已经了结"), "PM-15"
    NOT_BY_OBLIGEE = "not_by_obligee", N_("放弃要由权利人自己说，写明怎么说的"), "PM-15"


@dataclass(frozen=True)
class DutyFacts:
    """One duty of an effective agreement; ``amount_fen`` is None where it is not money."""

    amount_fen: int | None
    due_on: date | None


@dataclass(frozen=True)
class Receipt:
    """One thing that happened to a duty; ``word`` is what the obligee said where it waives."""

    kind: ReceiptKind
    on: date
    amount_fen: int | None = None
    word: str = ""


def paid_fen(receipts: Iterable[Receipt]) -> int:
    """Return what has been paid so far."""
    return sum(receipt.amount_fen or 0 for receipt in receipts if receipt.kind == ReceiptKind.PAYMENT)


def state_of(duty: DutyFacts, receipts: Sequence[Receipt]) -> PerformanceState:
    """Return the state of a duty; what was performed late is performed all the same. PM-15."""
    kinds = {receipt.kind for receipt in receipts}
    if duty.amount_fen is None:
        done = ReceiptKind.ACT in kinds
    else:
        done = paid_fen(receipts) >= duty.amount_fen
    if done:
        return PerformanceState.DONE
    if ReceiptKind.WAIVER in kinds:
        return PerformanceState.WAIVED
    if ReceiptKind.BREACH in kinds:
        return PerformanceState.BREACHED
    return PerformanceState.PART if paid_fen(receipts) else PerformanceState.DUE


def is_settled(states: Iterable[PerformanceState]) -> bool:
    """Say whether nothing is owed any more."""
    return not OPEN_PERFORMANCE.intersection(states)


def is_late(duty: DutyFacts, state: PerformanceState, *, on: date) -> bool:
    """Say whether a duty is open after its last day. PM-15."""
    return state in OPEN_PERFORMANCE and duty.due_on is not None and on > duty.due_on


def urged_since(duty: DutyFacts, *, last_urged_on: date | None = None) -> date | None:
    """Return the day from which the time to urge runs: the last day of the duty, later that of the last urging.

    PM-15: People's Mediation Law (2010), Art. 31.
    """
    if duty.due_on is None:
        return None
    return max(duty.due_on, last_urged_on or duty.due_on)


def receipt_obstacles(
    duty: DutyFacts, receipts: Sequence[Receipt], new: Receipt, *, agreed_on: date, on: date
) -> list[Obstacle]:
    """Return what is wrong with a new receipt.

    PM-15: People's Mediation Law (2010), Art. 31.
    """
    found = []
    if new.on > on:
        found.append(because(Bar.LATER))
    if new.on < agreed_on:
        found.append(because(Bar.BEFORE_AGREED))
    if state_of(duty, receipts) not in OPEN_PERFORMANCE:
        return [*found, because(Bar.SETTLED)]
    if new.kind == ReceiptKind.PAYMENT:
        found += _payment_obstacles(duty, receipts, new)
    if new.kind == ReceiptKind.ACT and duty.amount_fen is not None:
        found.append(because(Bar.IS_MONEY))
    if new.kind == ReceiptKind.WAIVER and not new.word.strip():
        found.append(because(Bar.NOT_BY_OBLIGEE))
    if new.kind == ReceiptKind.BREACH and duty.due_on is not None and new.on <= duty.due_on:
        found.append(because(Bar.NOT_DUE_YET, due_on=duty.due_on))
    return found


def _payment_obstacles(duty: DutyFacts, receipts: Sequence[Receipt], new: Receipt) -> list[Obstacle]:
    if duty.amount_fen is None:
        return [because(Bar.NOT_MONEY)]
    if not new.amount_fen or new.amount_fen < 0:
        return [because(Bar.NO_AMOUNT)]
    left = duty.amount_fen - paid_fen(receipts)
    return [because(Bar.TOO_MUCH, left_fen=left, amount_fen=new.amount_fen)] if new.amount_fen > left else []


def after_breach(
    traits: Collection[str], *, is_confirmed: bool = False, may_still_apply: bool = False
) -> tuple[AfterBreach, ...]:
    """Return what is open when a duty is not performed, the shortest way first.

    PM-16: People's Mediation Law (2010), Art. 32. JC-14, JC-18: Civil Procedure Law (2023), Arts. 206, 250.
    AM-01: Public Security Administration Punishments Law (2025), Art. 9. AM-07: Law on Labour-dispute Mediation and
    Arbitration (2007), Arts. 15, 16.
    """
    if is_confirmed:
        return (AfterBreach.ENFORCE, AfterBreach.URGE)
    found = [AfterBreach.URGE]
    if may_still_apply:
        found.append(AfterBreach.CONFIRM)
    if Trait.POLICE in traits:
        found.append(AfterBreach.POLICE)
    if Trait.WAGES in traits:
        return (*found, AfterBreach.PAYMENT_ORDER, AfterBreach.SUE)
    if Trait.LABOUR in traits:
        return (*found, AfterBreach.ARBITRATE, AfterBreach.PAYMENT_ORDER)
    return (*found, AfterBreach.SUE)


class VisitManner(Choice):
    """How a return visit is paid (form 1.8)."""

    AT_HOME = "at_home", N_("上门")
    PHONE = "phone", N_("电话")
    VIDEO = "video", N_("视频")


class Satisfaction(Choice):
    SATISFIED = "satisfied", N_("满意")
    FAIR = "fair", N_("基本满意")
    DISSATISFIED = "dissatisfied", N_("不满意")


class VisitBar(Reason):
    NO_ONE = "visit_no_one", N_("没有选回访了谁"), "PM-15"
    NO_REASON = "visit_no_reason", N_("没有写回访事由"), "PM-15"
    NOTHING_TOLD = "visit_nothing_told", N_("没有写回访了解到的情况"), "PM-15"
    BEFORE_AGREED = "visit_before_agreed", N_("回访日期早于协议生效日"), "PM-15"
    IN_FUTURE = "visit_in_future", N_("回访日期在今天之后"), "PM-15"


def visit_obstacles(
    visited: Sequence[str], reason: str, told: str, *, happened_on: date, effective_on: date, on: date
) -> list[Obstacle]:
    """Return what the record of a return visit lacks. PM-15: People's Mediation Law (2010), Art. 31."""
    bars = (
        (not visited, VisitBar.NO_ONE), (not reason.strip(), VisitBar.NO_REASON),
        (not told.strip(), VisitBar.NOTHING_TOLD), (happened_on < effective_on, VisitBar.BEFORE_AGREED),
        (happened_on > on, VisitBar.IN_FUTURE),
    )
    return [because(bar) for is_so, bar in bars if is_so]
