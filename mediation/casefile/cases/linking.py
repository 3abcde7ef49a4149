"""How two cases belong together (rows 18, 19 and 21 of the feature map), and what keeps them from becoming one."""

from datetime import date, timedelta

from mediation.casefile.cases.states import (
    ACTIVE_PROCEEDING,
    OPEN_CONFIRMATION,
    AgreementState,
    CaseState,
    ConfirmationState,
    Progress,
    ReferralState,
)
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because


class LinkKind(Choice):
    """What the later case is to the earlier; ``BACK`` and ``MIRRORED`` have the words beside the other's number."""

    MERGED = "merged", N_("已并入")
    REPEAT = "repeat", N_("重复来访")
    SERIES = "series", N_("系列案")
    COUNTER = "counter", N_("反向主张")
    FOLLOW_UP = "follow_up", N_("后续纠纷")
    SAME_INCIDENT = "same_incident", N_("同一起事")


BACK = {  # on the page of the later case, or of the one merged away
    LinkKind.MERGED: N_("已并入"),
    LinkKind.REPEAT: N_("此前来访"),
    LinkKind.SERIES: N_("系列案"),
    LinkKind.COUNTER: N_("反向主张"),
    LinkKind.FOLLOW_UP: N_("前案"),
    LinkKind.SAME_INCIDENT: N_("同一起事"),
}
MIRRORED = {  # on the page of the earlier, or of the one that goes on
    LinkKind.MERGED: N_("并入本案"),
    LinkKind.REPEAT: N_("再次来访"),
    LinkKind.SERIES: N_("系列案"),
    LinkKind.COUNTER: N_("反向主张"),
    LinkKind.FOLLOW_UP: N_("后续纠纷"),
    LinkKind.SAME_INCIDENT: N_("同一起事"),
}
BY_HAND = tuple(kind for kind in LinkKind if kind != LinkKind.MERGED)  # a merger is a step of the case, not a note
BOTH_WAYS = frozenset(kind for kind in BY_HAND if BACK[kind] == MIRRORED[kind])

OPEN_STATES = frozenset({CaseState.REGISTERED, CaseState.SCREENED, CaseState.ROUTED})
BOUND = frozenset({AgreementState.PROPOSED, AgreementState.AGREED, AgreementState.EFFECTIVE})
SENT_ON = frozenset({ReferralState.SENT, ReferralState.TAKEN, ReferralState.DECIDED})


class Bar(Reason):
    SAME_CASE = "same_case", N_("并入的和被并入的是同一件")
    NO_MERGE_REASON = "no_merge_reason", N_("没有写为什么并案")
    NO_UNMERGE_REASON = "no_unmerge_reason", N_("没有写为什么撤销并案")
    LEADING_OVER = "leading_over", N_("%(number)s现在是“%(state)s”，不能再并入；先重启它，或者把两件关联起来")
    ONE_SEALED = "one_sealed", N_("一件保密、一件不保密，不能并案"), "MH-02"
    PROCEEDING_RUNS = "proceeding_runs", N_("要并入别案的这一件正在调解，先终止它"), "RT-01"
    HAS_AGREEMENT = "has_agreement", N_("要并入别案的这一件已有协议，只能关联，不能并案"), "RT-01"
    AT_COURT = "at_court", N_("要并入别案的这一件已申请司法确认，只能关联，不能并案"), "RT-01"
    WAS_SENT_ON = "was_sent_on", N_("要并入别案的这一件已经移送，只能关联，不能并案"), "RT-09"
    FROM_COURT = "from_court", N_("要并入别案的这一件是法院交办的，结果要报法院，只能关联，不能并案"), "JM-10"
    NOT_ASKED = "not_asked", N_("要并入别案的这一件还没有筛查，先答完五问"), "RT-08"
    TOO_LATE_FOR_PARTIES = (
        "too_late_for_parties", N_("%(number)s已达成协议或者移送，不能再加当事人%(who)s；把两件关联起来"), "RT-03"
    )
    UNDO_OVER = "undo_over", N_("最晚%(last)s可以撤销，已经过了")
    LEADING_MOVED_ON = "leading_moved_on", N_("%(number)s现在是“%(state)s”；它重新在办以后才能把这一件分出来")
    LEADING_NOT_SEEN = "leading_not_seen", N_("要看得到那一件内容的人才能撤销")
    NO_LINK_REASON = "no_link_reason", N_("没有写为什么")
    LINKED_ALREADY = "linked_already", N_("两件已经关联为“%(kind)s”")
    LINKED_TO_ITSELF = "linked_to_itself", N_("不能和它自己关联")
    LINK_ENDED = "link_ended", N_("这条关联已经解除")
    STEP_OF_ITS_OWN = "step_of_its_own", N_("并案和撤销并案要单独办")


def merging_obstacles(progress: Progress) -> list[Obstacle]:
    """Return what the state of a case's objects holds against merging it into another.

    Two things in hand cannot be one (RT-01: Regulation on Petition Work (2022), Art. 37), and what binds, lies with a
    court or was sent on keeps its own file: such cases are linked.
    """
    found = []
    if progress.proceeding in ACTIVE_PROCEEDING:
        found.append(because(Bar.PROCEEDING_RUNS, cure="proceeding.end"))
    if progress.agreement in {AgreementState.DRAFT} | BOUND:
        found.append(because(Bar.HAS_AGREEMENT))
    if progress.confirmation in OPEN_CONFIRMATION | {ConfirmationState.CONFIRMED}:
        found.append(because(Bar.AT_COURT))
    if progress.referral in SENT_ON:
        found.append(because(Bar.WAS_SENT_ON))
    return found


def lets_parties_in(progress: Progress) -> bool:
    """Say whether parties may still be added to a case: nothing binds those who are in it, nothing was sent on."""
    return progress.agreement not in BOUND and progress.referral not in SENT_ON


def last_day_of_undo(since: date, days: int) -> date:
    """Return the last day on which a merger is undone: ``days`` calendar days, the first not counted (row 18).

    ``days`` is the dated setting of ``case.merge_undo``.
    """
    return since + timedelta(days=days)


def undo_obstacles(since: date, days: int, *, on: date) -> list[Obstacle]:
    """Return what forbids undoing a merger on that day."""
    last = last_day_of_undo(since, days)
    return [because(Bar.UNDO_OVER, last=last)] if on > last else []
