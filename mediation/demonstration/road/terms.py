"""The clauses of an agreement, made from the terms of a story: parties, sums, instalments, days."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from mediation.demonstration.affair import Affair
from mediation.demonstration.people import bank_account
from mediation.registry.calendar.rules import add_months
from mediation.stages.agreements.operations import ClauseValues
from mediation.stages.agreements.rules import ClauseKind, Manner

BY_PHONE = 300_000  # fen: smaller sums go by phone, larger ones to an account
BREACH = (
    "任何一期逾期未付，对方可以就全部未付款项主张权利，并按未付金额每日万分之三支付违约金。",
    "逾期付款的，自逾期之日起按未付金额每日万分之二支付违约金。",
    "一方不按约定的日期履行，应当向对方支付违约金五百元，并继续履行。",
)
FIRST_DAYS = (5, 10, 15, 20, 30)


def clauses(affair: Affair) -> list[ClauseValues]:
    """Return the clauses that the parties agree on today."""
    found = []
    for row in affair.story.deal:
        found += _clauses(affair, row)
    return found


def breach_clause(affair: Affair) -> str:
    """Return what follows when somebody does not keep the agreement."""
    money = any("pay" in row for row in affair.story.deal)
    return BREACH[affair.number % 2] if money else BREACH[2]


def total_fen(rows: Sequence[ClauseValues]) -> int | None:
    """Return what the payments come to, None where nothing is paid."""
    return sum(row.amount_fen or 0 for row in rows) or None


def _clauses(affair: Affair, row: Mapping) -> list[ClauseValues]:
    kind = next(kind for kind in ClauseKind if kind.value in row)
    first, second = row[kind.value].split(">")
    what = affair.say(row["what"])
    usual = affair.today + timedelta(days=row.get("days") or affair.chance.choice(FIRST_DAYS))
    due_on = affair.plan.due_on or usual
    if kind == ClauseKind.TERM:
        return [ClauseValues(kind, what, _refs(affair, first), _refs(affair, second), subject=row.get("subject"))]
    if kind == ClauseKind.DO:
        manner = Manner.GOODS if row.get("goods") else Manner.WORK
        return [ClauseValues(kind, what, _refs(affair, first), _refs(affair, second), due_on=due_on, manner=manner)]
    obligors = [(ref,) for ref in affair.asked] if first == "each" else [_refs(affair, first)]
    return [
        payment for each in obligors for payment in _payments(affair, row, what, each, _refs(affair, second), due_on)
    ]


def _payments(affair: Affair, row: Mapping, what: str, obligors, obligees, due_on: date) -> list[ClauseValues]:
    parts = row.get("parts", 1)
    sums = _sums(affair, row, parts)
    who = affair.parties[obligees[0]]
    found = []
    for number, amount in enumerate(sums):
        words = what if parts == 1 else f"{what}（第{number + 1}期）"
        manner = Manner.CASH if row.get("cash") else Manner.MOBILE if amount < BY_PHONE else Manner.TRANSFER
        account = bank_account(random.Random(who.name), who.name) if manner == Manner.TRANSFER else None
        found.append(
            ClauseValues(
                ClauseKind.PAY, words, obligors, obligees, amount_fen=amount, due_on=add_months(due_on, number),
                manner=manner, account=account,
            )
        )
    return found


def _sums(affair: Affair, row: Mapping, parts: int) -> list[int]:
    """Return the instalments in fen, in round sums; the last one takes what is left."""
    if row.get("fixed"):
        whole = row["fixed"] * 100
    else:
        share = row["share"] + affair.chance.choice((-4, 0, 0, 0, 3)) * (row["share"] < 90)
        whole = max((affair.amount_fen or 0) * share // 1_000_000 * 10_000, 10_000)
    if affair.story.monthly:
        return [whole] * parts
    part = max(whole // parts // 10_000 * 10_000, 10_000)
    if part * parts > whole:
        return [whole // parts // 100 * 100] * (parts - 1) + [whole - whole // parts // 100 * 100 * (parts - 1)]
    return [part] * (parts - 1) + [whole - part * (parts - 1)]


def _refs(affair: Affair, letters: str) -> tuple[str, ...]:
    """Return the parties that letters of a story stand for: ``a`` and ``b`` the first of a side, with ``s`` all."""
    sides = {"a": affair.asking, "b": affair.asked}
    everybody = letters.endswith("s")
    return tuple(ref for letter in letters.rstrip("s") for ref in (sides[letter] if everybody else sides[letter][:1]))
