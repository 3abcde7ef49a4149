"""The end: withdrawn, closed with an outcome that the facts bear, filed."""

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import Channel, ConfirmationState, Exit
from mediation.demonstration.affair import Affair
from mediation.demonstration.agenda import Course
from mediation.demonstration.road import failing
from mediation.stages.archive import operations as archive
from mediation.stages.archive import queries as endings
from mediation.stages.archive.rules import ClosingOutcome, Retention
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.proceedings.rules import TerminationGround
from mediation.stages.referrals import reporting

WITHDRAWN = (
    "双方自己谈好了，申请人来撤回申请。", "对方已经把钱付了，不用调了。", "申请人说亲戚出面说和了，要求撤回。",
    "申请人说先不追究了，等年后再说。",
)
TOLD = "已告知可以仲裁、找行政机关或者起诉，申请人表示暂不处理。"


def withdraw(affair: Affair) -> Course:
    """The applicant does not want mediation any more."""
    yield affair.days(1, 3)
    reason = affair.chance.choice(WITHDRAWN)
    proceedings.end(
        affair.proceeding, by=affair.mediator, on=affair.today, ground=TerminationGround.WITHDRAWN, course=reason,
        notice_given=True, requested_by=affair.asking[0],
    )
    yield affair.soon()
    if affair.is_from_court:
        reporting.report_to_court(affair.proceeding, by=affair.mediator, on=affair.today)
        yield affair.soon()
    archive.withdraw(affair.case, by=affair.mediator, on=affair.today, reason=reason)
    yield affair.days(2, 6)
    yield from _file(affair)


def close_failed(affair: Affair) -> Course:
    """Close what was decided elsewhere, or what nobody wants to go on with."""
    outcome = ClosingOutcome.DECIDED if affair.referral else ClosingOutcome.NO_FURTHER
    yield from _close(affair, outcome, None if affair.referral else TOLD)


def close_settled(affair: Affair) -> Course:
    """Close what was performed; what was broken goes to enforcement or to court."""
    case = cases.get(affair.case, for_=affair.mediator)
    facts = endings.closing_facts(case)
    if affair.plan.performance == "breached":
        if facts.confirmation == ConfirmationState.CONFIRMED:
            yield from _close(affair, ClosingOutcome.ENFORCEMENT, "已告知可以向南昌县人民法院申请强制执行。")
            return
        yield affair.days(3, 6)
        yield from failing.refer(affair, _exit_after_breach(affair))
        yield from _close(affair, ClosingOutcome.DECIDED, None)
        return
    if affair.channel == Channel.COURT_ENTRUSTMENT:
        yield from _close(affair, ClosingOutcome.COURT_PAPER, "法院据协议出具调解书。")
        return
    yield from _close(affair, ClosingOutcome.PERFORMED, "协议已全部履行，电话回访双方满意。")


def _exit_after_breach(affair: Affair) -> Exit:
    """Return where an agreement that was not kept is taken: labour first to arbitration, except for wages (AM-07)."""
    if affair.labour_way is None and affair.story.type.split(".")[0] in ("labour", "migrant_wages"):
        return Exit.ARBITRATION
    return Exit.GOVERNMENT if affair.story.type == "forest_land.title" else Exit.SUIT


def _close(affair: Affair, outcome: ClosingOutcome, note: str | None) -> Course:
    yield affair.days(1, 4)
    archive.close(affair.case, by=affair.head, on=affair.today, outcome=outcome, notice_given=True, note=note)
    affair.stands("closed")
    yield affair.days(2, 8)
    yield from _file(affair)


def _file(affair: Affair) -> Course:
    if affair.plan.archive and affair.plan.result != "unreachable":  # its file has no record of a meeting (PM-10)
        keep = Retention.LONG if (affair.amount_fen or 0) < 10_000_000 else Retention.PERMANENT
        archive.archive(affair.case, by=affair.head, on=affair.today, retention=keep)
    yield affair.soon()
