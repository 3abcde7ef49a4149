"""Performance: payments and deeds as they come in, late ones urged, broken ones put on record."""

from datetime import date, timedelta

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import PerformanceState
from mediation.demonstration.affair import Affair
from mediation.demonstration.agenda import Course
from mediation.stages.performance import operations
from mediation.stages.performance import queries as performances
from mediation.stages.performance.rules import ReceiptKind

PROOF = ("微信转账截图", "银行转账回单", "收条一张，双方签名")
DONE = ("调解员和小组长到现场看过，已完成。", "双方电话确认已完成。", "拍照留存，对方没有意见。")
URGED = ("打电话催过，答应这个星期内付。", "上门催过，说钱在凑。", "发了催告短信，回复收到。")
FORGIVEN = "申请人到调委会当面说：亲戚做了工作，最后这一笔不要了，签了字。"
BROKEN = "到期没有履行，催过两次都推脱，对方要求处理。"


def perform(affair: Affair) -> Course:
    """Follow each duty to its end, in the order of their last days."""
    affair.stands("unperformed")
    rows = performances.of_case(cases.get(affair.case, for_=affair.mediator).id)
    duties = sorted((row.due_on, number, row.public_id, row.amount_fen) for number, row in enumerate(rows))
    last = duties[-1][2] if duties else None
    for due_on, _number, public_id, amount_fen in duties:
        troubled = public_id == last and affair.plan.performance != "done"
        yield affair.on(_day(affair, due_on, late=troubled))
        if troubled:
            yield from _trouble(affair, public_id)
            if affair.plan.performance in ("breached", "waived"):
                break
        _done(affair, public_id, amount_fen)
        affair.stands("performing")
    affair.is_performed = True
    yield affair.soon()
    affair.stands("performed")


def _day(affair: Affair, due_on: date, *, late: bool) -> date:
    """Return the day on which somebody hears of it: mostly a little before the last day."""
    shift = affair.chance.randint(2, 5) if late else -affair.chance.choice((0, 0, 1, 2, 3, 6))
    return max(due_on + timedelta(days=shift), affair.today)


def _done(affair: Affair, public_id: str, amount_fen: int | None) -> None:
    row, _case = performances.get(public_id, for_=affair.mediator)
    left = amount_fen - row.paid_fen if amount_fen else None
    operations.record(
        public_id, by=affair.mediator, on=affair.today, kind=ReceiptKind.PAYMENT if left else ReceiptKind.ACT,
        happened_on=affair.today, amount_fen=left, proof=affair.chance.choice(PROOF) if left else None,
        note=None if left else affair.chance.choice(DONE),
    )


def _trouble(affair: Affair, public_id: str) -> Course:
    """Urge, take a part of the money, in the end put the breach on record or wait on."""
    _note(affair, public_id, ReceiptKind.URGE, affair.chance.choice(URGED))
    yield affair.days(3, 6)
    row, _case = performances.get(public_id, for_=affair.mediator)
    if row.amount_fen and row.state == PerformanceState.DUE and (
        affair.plan.performance == "part" or affair.chance.random() < 0.5
    ):
        part = row.amount_fen // 2 // 10_000 * 10_000
        if part:
            operations.record(
                public_id, by=affair.mediator, on=affair.today, kind=ReceiptKind.PAYMENT, happened_on=affair.today,
                amount_fen=part, proof=PROOF[0], note="先付一部分，余下的说下个月。",
            )
            affair.stands("part")
            yield affair.days(4, 8)
    if affair.plan.performance == "breached":
        _note(affair, public_id, ReceiptKind.BREACH, BROKEN)
        yield affair.soon()
    elif affair.plan.performance == "waived":
        _note(affair, public_id, ReceiptKind.WAIVER, FORGIVEN)
        yield affair.soon()
    else:
        yield affair.days(4, 12)


def _note(affair: Affair, public_id: str, kind: ReceiptKind, words: str) -> None:
    operations.record(
        public_id, by=affair.mediator, on=affair.today, kind=kind, happened_on=affair.today, note=words
    )
