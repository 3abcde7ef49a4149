"""Agreements of our own writing, read from a compact file: parties a, b, c …, clauses in one line each."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mediation.casefile.cases.rules import AgentFacts, AgentKind, Consent, PartyFacts, PartyKind, PartyRole, Track
from mediation.registry.people.rules import Capacity
from mediation.stages.agreements.linting.rules import Finding, lint
from mediation.stages.agreements.rules import Clause, ClauseKind, Draft, Manner
from tests.stages.agreements.linting.days import CALENDAR

TODAY = date(2026, 11, 23)
BREACH = "逾期付款的，按未付金额每日万分之二支付违约金。"


@dataclass(frozen=True)
class Sample:
    """One agreement: what is to be found in it, or that nothing may block."""

    name: str
    draft: Draft
    flaws: frozenset[str]
    is_bad: bool

    def findings(self) -> list[Finding]:
        return lint(self.draft, on=TODAY, calendar=CALENDAR)


def read(name: str) -> list[Sample]:
    """Return the agreements of a file beside this one."""
    rows = tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))["agreement"]
    return [_sample(row) for row in rows]


def phrasings(kind: str) -> list[tuple[str, str]]:
    """Return the single clauses of phrasings.toml, ``bad`` or ``good``, each with what is to be found in it."""
    rows = tomllib.loads((Path(__file__).parent / "phrasings.toml").read_text(encoding="utf-8"))[kind]
    return [(flaw, said) for flaw, clauses in rows.items() for said in clauses]


def beside_a_payment(said: str) -> Sample:
    """Return an agreement of a payment and this clause; ``breach: …`` is what follows on a breach instead."""
    pays = "b>a 3000 2026-12-21 cash: 付款"
    if said.startswith("breach: "):
        return _sample({"name": said, "bad": True, "clauses": [pays], "breach": said.removeprefix("breach: ")})
    return _sample({"name": said, "bad": True, "clauses": [pays, said]})


def _sample(row) -> Sample:
    parties = [_party(said, place) for place, said in enumerate(row.get("parties", ["万秋莲", "涂国平"]))]
    account = row.get("account", "万秋莲，江西农商银行，账号6230520000000000016")
    clauses = [_clause(line, account) for line in row["clauses"]]
    sums = sum(clause.amount_fen or 0 for clause in clauses) or None
    draft = Draft(
        track=Track(row.get("track", "peoples")), parties=parties, clauses=clauses,
        facts=row.get("facts", "双方为此事多次争执，经调解达成一致。"),
        total_fen=row["total"] * 100 if "total" in row else sums, breach_clause=row.get("breach", BREACH),
        traits=frozenset(row.get("traits", ())), others=frozenset({"熊桂生", *row.get("others", ())}),
        by_hand=not {"status", "inheritance"}.isdisjoint(row.get("traits", ())),
    )
    return Sample(row["name"], draft, frozenset(row.get("flaws", ())), row["bad"])


def _party(said: str, place: int) -> PartyFacts:
    """``涂小宝 | 未成年 | 监护人 涂国平``, ``某某公司 | 单位``, ``万秋莲 | 代理人 张律 | 特别授权``."""
    name, *marks = [part.strip() for part in said.split("|")]
    guardian = next((mark.split()[1] for mark in marks if mark.startswith("监护人")), None)
    agent = next((mark.split()[1] for mark in marks if mark.startswith("代理人")), None)
    special = "特别授权" in marks
    agents = (AgentFacts(agent, AgentKind.LAWYER, "special" if special else "general", special),) if agent else ()
    return PartyFacts(
        name, PartyRole.RESPONDENT if place else PartyRole.APPLICANT,
        PartyKind.ORGANISATION if "单位" in marks else PartyKind.PERSON, Consent.AGREED,
        Capacity.LIMITED if "未成年" in marks else Capacity.FULL, guardian=guardian, agents=agents,
        key="abcdefg"[place],
    )


def _clause(line: str, account: str) -> Clause:
    """``b>a 3000 2026-12-21 cash: 付赔偿款``; without a sum something to do, without a day a mere term."""
    head, _, what = line.partition(": ")
    between, *rest = head.split()
    first, _, second = between.partition(">")
    values = {}
    for word in rest:
        if word.replace(".", "").isdigit():
            values["amount_fen"] = round(float(word) * 100)
        elif word[0].isdigit():
            values["due_on"] = date.fromisoformat(word)
        elif word == "once":
            values["at_once"] = True
        else:
            values["manner"] = Manner(word)
    kind = ClauseKind.PAY if "amount_fen" in values else ClauseKind.DO if values else ClauseKind.TERM
    if values.get("manner") == Manner.TRANSFER and account:
        values |= {"account": account, "has_account": True}
    return Clause(kind, tuple(first), tuple(second), what, **values)
