"""The states of a case's objects, and what follows from them: its stage and whose turn it is."""

from dataclasses import dataclass

from mediation.ground.choices import Choice, N_


class CaseState(Choice):
    REGISTERED = "registered", N_("已登记")
    SCREENED = "screened", N_("已筛查")
    ROUTED = "routed", N_("已分流")
    CLOSED = "closed", N_("已结案")
    ARCHIVED = "archived", N_("已归档")
    MERGED = "merged", N_("已并案")


class TransferState(Choice):
    SENT = "sent", N_("待接收")
    RECEIVED = "received", N_("已接收")
    REJECTED = "rejected", N_("已退回")
    OFFERED = "offered", N_("征求意见")
    DECLINED = "declined", N_("不同意接")
    TAKEN_BACK = "taken_back", N_("不问了")
    RECALLED = "recalled", N_("已撤回")


class ProceedingState(Choice):
    """One attempt on one track. ENDED is without an agreement, AGREED with one."""

    ACCEPTED = "accepted", N_("已受理")
    REFUSED = "refused", N_("不予受理")
    ASSIGNED = "assigned", N_("已指派")
    MEDIATING = "mediating", N_("调解中")
    SUSPENDED = "suspended", N_("中止")
    AGREED = "agreed", N_("达成协议")
    ENDED = "ended", N_("终止")


ACTIVE_PROCEEDING = frozenset(
    {ProceedingState.ACCEPTED, ProceedingState.ASSIGNED, ProceedingState.MEDIATING, ProceedingState.SUSPENDED}
)


class AgreementState(Choice):
    DRAFT = "draft", N_("草稿")
    PROPOSED = "proposed", N_("方案已提出，等异议期满")
    AGREED = "agreed", N_("待签字盖章")
    EFFECTIVE = "effective", N_("已生效")
    SUPERSEDED = "superseded", N_("已被新文本代替")
    ABANDONED = "abandoned", N_("没有签成")


class ConfirmationState(Choice):
    """A joint application from the preparation to the court's answer (JC-12, JC-14, JC-23)."""

    PREPARING = "preparing", N_("准备材料")
    RETURNED = "returned", N_("联络员退回补正")
    FILED = "filed", N_("已递交法院")
    ACCEPTED = "accepted", N_("法院已受理")
    CONFIRMED = "confirmed", N_("裁定确认有效")
    DISMISSED = "dismissed", N_("裁定驳回申请")
    REFUSED = "refused", N_("不予受理")
    WITHDRAWN = "withdrawn", N_("准许撤回")
    DEEMED_WITHDRAWN = "deemed_withdrawn", N_("按撤回处理")
    PROCEDURE_ENDED = "procedure_ended", N_("终结特别程序")
    DROPPED = "dropped", N_("没有申请")


OPEN_CONFIRMATION = frozenset(
    {ConfirmationState.PREPARING, ConfirmationState.RETURNED, ConfirmationState.FILED, ConfirmationState.ACCEPTED}
)


class ReferralState(Choice):
    SENT = "sent", N_("已移送")
    TAKEN = "taken", N_("已收案")
    RETURNED = "returned", N_("已退回")
    DECIDED = "decided", N_("已有结果")


class PerformanceState(Choice):
    """One duty of an effective agreement. That it is late follows from its last day, nobody sets it."""

    DUE = "due", N_("待履行")
    PART = "part", N_("部分履行")
    DONE = "done", N_("已履行")
    WAIVED = "waived", N_("已放弃")
    BREACHED = "breached", N_("违约")


OPEN_PERFORMANCE = frozenset({PerformanceState.DUE, PerformanceState.PART, PerformanceState.BREACHED})


class DeliveryState(Choice):
    """One copy of a paper for one recipient; it arrived, or by law counts as having arrived (DC-07)."""

    OPEN = "open", N_("还没送")
    SENT = "sent", N_("已发出")
    DELIVERED = "delivered", N_("已送达")
    RETURNED = "returned", N_("退回")
    VOID = "void", N_("不用送了")


class BookingState(Choice):
    """A meeting that was agreed on: it took place, it did not, or it was called off. Moving it keeps it SET."""

    SET = "set", N_("已约")
    HELD = "held", N_("已开")
    FAILED = "failed", N_("没开成")
    CANCELLED = "cancelled", N_("已取消")


class MendingState(Choice):
    """A correction that was asked for and waits for somebody else's word."""

    ASKED = "asked", N_("等批准")
    APPROVED = "approved", N_("已批准")
    REFUSED = "refused", N_("没有批准")
    WITHDRAWN = "withdrawn", N_("申请人收回")


class TaskState(Choice):
    """What another unit was asked to help with: the lead confirms what it reports, or asks again."""

    ASKED = "asked", N_("待答复")
    ACCEPTED = "accepted", N_("在办")
    DECLINED = "declined", N_("不能协助")
    REPORTED = "reported", N_("已报结果，待确认")
    DONE = "done", N_("已完成")
    WITHDRAWN = "withdrawn", N_("已撤回")


OPEN_TASK = (TaskState.ASKED, TaskState.ACCEPTED, TaskState.REPORTED)


class Stage(Choice):
    """How far a case has come. Derived from the states of its objects; nobody sets it."""

    REGISTERED = "registered", N_("登记")
    SCREENED = "screened", N_("筛查")
    ROUTED = "routed", N_("分流")
    ACCEPTED = "accepted", N_("受理")
    MEDIATING = "mediating", N_("调解")
    AGREED = "agreed", N_("达成协议")
    EFFECTIVE = "effective", N_("协议生效")
    CONFIRMING = "confirming", N_("司法确认")
    PERFORMING = "performing", N_("履行")
    PERFORMED = "performed", N_("履行完毕")
    ENDED = "ended", N_("调解终止")
    REFERRED = "referred", N_("移送")
    CLOSED = "closed", N_("结案")
    ARCHIVED = "archived", N_("归档")


class Turn(Choice):
    """Whom a case waits for."""

    PARTY = "party", N_("当事人")
    CLERK = "clerk", N_("窗口")
    DISPATCHER = "dispatcher", N_("分流员")
    UNIT = "unit", N_("承办单位")
    MEDIATOR = "mediator", N_("调解员")
    LIAISON = "liaison", N_("法院联络员")
    COURT = "court", N_("法院")
    OUTSIDE = "outside", N_("接收单位")
    ARBITER = "arbiter", N_("督办员")
    NOBODY = "nobody", N_("没人办")
    DONE = "done", N_("已办完")


@dataclass(frozen=True)
class Progress:
    """The state of each object of a case in its present round; None where there is none yet.

    A change of track or a reopening begins a new round: what the earlier one left behind is not in here.
    ``performance`` holds the states of all duties of the effective agreement, ``waits_for_party`` says that papers,
    an answer or a signature have been asked of a party, ``waits_for_arbiter`` that units gave the case back and the
    arbiter says where it goes.
    """

    case: CaseState
    transfer: TransferState | None = None
    proceeding: ProceedingState | None = None
    agreement: AgreementState | None = None
    confirmation: ConfirmationState | None = None
    referral: ReferralState | None = None
    performance: tuple[PerformanceState, ...] = ()
    waits_for_party: bool = False
    waits_for_arbiter: bool = False
    referral_to_court: bool = True


def stage_of(progress: Progress) -> Stage:
    """Return how far the case has come; what happened last on the road decides."""
    if progress.case == CaseState.ARCHIVED:
        return Stage.ARCHIVED
    if progress.case in {CaseState.CLOSED, CaseState.MERGED}:
        return Stage.CLOSED
    if progress.referral in {ReferralState.SENT, ReferralState.TAKEN, ReferralState.DECIDED}:
        return Stage.REFERRED
    if progress.confirmation in OPEN_CONFIRMATION:
        return Stage.CONFIRMING
    if progress.agreement == AgreementState.EFFECTIVE:
        return _stage_of_performance(progress)
    if progress.agreement == AgreementState.AGREED:
        return Stage.AGREED
    if progress.case == CaseState.REGISTERED:
        return Stage.REGISTERED
    if progress.proceeding in {ProceedingState.MEDIATING, ProceedingState.SUSPENDED, ProceedingState.AGREED}:
        return Stage.MEDIATING
    if progress.proceeding in {ProceedingState.ACCEPTED, ProceedingState.ASSIGNED}:
        return Stage.ACCEPTED
    if progress.proceeding in {ProceedingState.ENDED, ProceedingState.REFUSED}:
        return Stage.ENDED
    return Stage.SCREENED if progress.case == CaseState.SCREENED else Stage.ROUTED


def _stage_of_performance(progress: Progress) -> Stage:
    duties = progress.performance
    if duties and not OPEN_PERFORMANCE.intersection(duties):
        return Stage.PERFORMED
    begun = any(duty != PerformanceState.DUE for duty in duties)
    return Stage.PERFORMING if begun or progress.confirmation == ConfirmationState.CONFIRMED else Stage.EFFECTIVE


def turn_of(progress: Progress) -> Turn:
    """Return whom the case waits for now. NOBODY means that it lies still and somebody should see it."""
    stage = stage_of(progress)
    if stage in {Stage.CLOSED, Stage.ARCHIVED}:
        return Turn.UNIT if progress.case == CaseState.CLOSED else Turn.DONE
    if stage == Stage.REFERRED:
        return _turn_of_referral(progress)
    if progress.waits_for_party:
        return Turn.PARTY
    if progress.confirmation and stage == Stage.CONFIRMING:
        return TURN_OF_CONFIRMATION[progress.confirmation]
    if stage == Stage.SCREENED and progress.waits_for_arbiter:
        return Turn.ARBITER
    if stage == Stage.ROUTED:
        return TURN_OF_TRANSFER[progress.transfer] if progress.transfer else Turn.NOBODY
    if stage == Stage.ENDED and progress.proceeding == ProceedingState.REFUSED:
        return Turn.DISPATCHER
    if stage == Stage.ACCEPTED:
        return Turn.MEDIATOR if progress.proceeding == ProceedingState.ASSIGNED else Turn.UNIT
    return TURN_OF_STAGE[stage]


def _turn_of_referral(progress: Progress) -> Turn:
    if progress.referral == ReferralState.DECIDED:
        return Turn.UNIT
    return Turn.COURT if progress.referral_to_court else Turn.OUTSIDE


TURN_OF_TRANSFER = {
    TransferState.SENT: Turn.UNIT,
    TransferState.RECEIVED: Turn.UNIT,
    TransferState.REJECTED: Turn.DISPATCHER,
    TransferState.RECALLED: Turn.DISPATCHER,
    **dict.fromkeys((TransferState.OFFERED, TransferState.DECLINED, TransferState.TAKEN_BACK), Turn.UNIT),
}
TURN_OF_CONFIRMATION = {
    ConfirmationState.PREPARING: Turn.LIAISON,
    ConfirmationState.RETURNED: Turn.MEDIATOR,
    ConfirmationState.FILED: Turn.COURT,
    ConfirmationState.ACCEPTED: Turn.COURT,
}
TURN_OF_STAGE = {
    Stage.REGISTERED: Turn.CLERK,
    Stage.SCREENED: Turn.DISPATCHER,
    Stage.MEDIATING: Turn.MEDIATOR,
    Stage.AGREED: Turn.MEDIATOR,
    Stage.EFFECTIVE: Turn.MEDIATOR,
    Stage.PERFORMING: Turn.MEDIATOR,
    Stage.PERFORMED: Turn.UNIT,
    Stage.ENDED: Turn.MEDIATOR,
}
