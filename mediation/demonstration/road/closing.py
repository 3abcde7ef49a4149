"""The end: withdrawn, closed with an outcome that the facts bear, filed."""

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import Channel, ConfirmationState, Exit
from mediation.demonstration.affair import Affair
from mediation.demonstration.agenda import Course
from mediation.stages.archive import operations as archive
from mediation.stages.archive import queries as endings
from mediation.stages.archive.rules import ClosingOutcome, Retention
from mediation.demonstration.road import failing
from mediation.stages.referrals import reporting

WITHDRAWN = (
    "双方自己谈好了，申请人来撤回申请。", "对方已经把钱付了，不用调了。", "申请人说亲戚出面说和了，要求撤回。",
    "申请人说先不追究了，等年后再说。",
)


def withdraw(affair: Affair) -> Course:
    """The applicant does not want mediation any more."""
    yield affair.days(1, 3)
    archive.withdraw(affair.case, by=affair.mediator, on=affair.today, reason=affair.chance.choice(WITHDRAWN))
    yield affair.days(2, 6)
    yield from _file(affair)


def close_failed(affair: Affair) -> Course:
    """Close what was decided elsewhere, or what nobody wants to go on with."""
    outcome = ClosingOutcome.DECIDED if affair.referral else ClosingOutcome.NO_FURTHER
    yield from _close(affair, outcome, "已告知可以仲裁、找行政机关或者起诉，申请人表示暂不处理。" if not affair.referral else None)


def close_settled(affair: Affair) -> Course:
    """Close what was performed; what was broken goes to enforcement or to court."""
    case = cases.get(affair.case, for_=affair.mediator)
    facts = endings.closing_facts(case)
    if affair.plan.performance == "breached":
        if facts.confirmation == ConfirmationState.CONFIRMED:
            yield from _close(affair, ClosingOutcome.ENFORCEMENT, "已告知可以向南昌县人民法院申请强制执行。")
        elif affair.plan.exit != "none":
            yield affair.days(3, 6)
            yield from failing.refer(affair, Exit.SUIT)
            yield from _close(affair, ClosingOutcome.DECIDED, None)
        return
    yield from _close(affair, ClosingOutcome.PERFORMED, "协议已全部履行，电话回访双方满意。")


def _close(affair: Affair, outcome: ClosingOutcome, note: str | None) -> Course:
    yield affair.days(1, 4)
    archive.close(affair.case, by=affair.head, on=affair.today, outcome=outcome, notice_given=True, note=note)
    affair.stands("closed")
    yield affair.days(2, 8)
    yield from _file(affair)


def _file(affair: Affair) -> Course:
    if affair.plan.archive:
        keep = Retention.LONG if (affair.amount_fen or 0) < 10_000_000 else Retention.PERMANENT
        archive.archive(affair.case, by=affair.head, on=affair.today, retention=keep)
    yield affair.soon()
