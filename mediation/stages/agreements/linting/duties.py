"""What each numbered clause has to hold: who, to whom, what, how much, by when, how."""

from collections.abc import Collection
from datetime import date

from mediation.casefile.cases.rules import disputing
from mediation.ground.choices import N_
from mediation.stages.agreements.linting.findings import BLOCK, WARN, Finding, Flaw, Passage, Place, at, overall
from mediation.stages.agreements.rules import Clause, ClauseKind, Draft, Manner

PENALTY, UNCLEAR = "civil_mediation.penalty", "civil_procedure_interpretation.confirmation_dismissal"
CONTENT = "people_mediation.agreement"


class DutyFlaw(Flaw):
    NO_FACTS = (
        "no_facts", BLOCK, N_("没有写纠纷的主要事实和争议事项"), N_("写明为什么事、争什么"), "PM-12", CONTENT,
        "facts",
    )
    NO_CLAUSES = "no_clauses", BLOCK, N_("还没有协议条款"), N_("一行写一项义务"), "PM-12", CONTENT, "clauses"
    NO_OBLIGOR = (
        "no_obligor", BLOCK, N_("第%(no)s条没有写由谁履行"), N_("在“谁”里选一位当事人"), "DC-03", UNCLEAR, "obligor",
    )
    NO_OBLIGEE = (
        "no_obligee", BLOCK, N_("第%(no)s条没有写向谁履行"), N_("在“对谁”里选收款的人"), "DC-03", UNCLEAR, "obligee",
    )
    NOT_A_PARTY = (
        "not_a_party", BLOCK, N_("第%(no)s条里有人不是本案当事人"), N_("先把他登记为当事人，或者换成当事人"), "DC-03",
        UNCLEAR, "obligor",
    )
    SAME_SIDE = (
        "same_side", BLOCK, N_("第%(no)s条的双方是同一人"), N_("付款的和收款的选不同的人"), "DC-03", UNCLEAR,
        "obligee",
    )
    NO_WHAT = "no_what", BLOCK, N_("第%(no)s条没有写做什么"), N_("写明付什么款、做什么事"), "DC-03", UNCLEAR
    NO_AMOUNT = "no_amount", BLOCK, N_("第%(no)s条没有写金额"), N_("在金额里填多少元"), "DC-03", UNCLEAR, "amount"
    NO_DUE = "no_due", BLOCK, N_("第%(no)s条履行期限不明确"), N_("写明哪一天前履行"), "PM-12", CONTENT, "due_on"
    DUE_BEFORE = (
        "due_before", BLOCK, N_("第%(no)s条的期限在达成协议之前"), N_("改成今天以后的日期"), "PM-12", CONTENT,
        "due_on",
    )
    NO_MANNER = (
        "no_manner", BLOCK, N_("第%(no)s条没有写怎么履行"), N_("选转账、现金或者别的方式"), "DC-03", UNCLEAR,
        "manner",
    )
    NO_ACCOUNT = (
        "no_account", BLOCK, N_("第%(no)s条是转账，没有写收款账户"), N_("写明户名、开户行、账号"), "DC-03", UNCLEAR,
        "account",
    )
    NO_BREACH_CLAUSE = (
        "no_breach_clause", WARN, N_("没有写违约责任"), N_("写明逾期按什么标准付违约金"), "DC-03", PENALTY,
        "breach_clause",
    )


def find(draft: Draft, *, on: date) -> list[Finding]:
    """Return what the text lacks; ``on`` is the day of the agreement.

    The statute says "may"; a court rejects what is unclear, so all of it is asked for here.
    PM-12: People's Mediation Law (2010), Art. 29. DC-03: SPC Interpretation of the CPL (2022), Art. 358(5);
    SPC Provisions on Civil Mediation (2020), Art. 8.
    """
    found = [] if draft.facts.strip() else [overall(DutyFlaw.NO_FACTS)]
    if not draft.clauses:
        return [*found, overall(DutyFlaw.NO_CLAUSES)]
    known = {party.ref for party in disputing(draft.parties)}
    for no, clause in enumerate(draft.clauses, 1):
        passage = Passage(clause.what, Place(no), clause)
        found += [at(flaw, passage) for flaw in _flaws(clause, known, on)]
    return found if draft.breach_clause.strip() else [*found, overall(DutyFlaw.NO_BREACH_CLAUSE)]


def _flaws(clause: Clause, known: Collection[str], on: date) -> list[DutyFlaw]:
    both = {*clause.obligors, *clause.obligees}
    pays = clause.kind == ClauseKind.PAY
    faults = {
        DutyFlaw.NO_OBLIGOR: not clause.obligors,
        DutyFlaw.NO_OBLIGEE: not clause.obligees and pays,
        DutyFlaw.NOT_A_PARTY: not both <= set(known),
        DutyFlaw.SAME_SIDE: bool(clause.obligors) and pays and clause.obligors == clause.obligees,
        DutyFlaw.NO_WHAT: not clause.what.strip(),
        DutyFlaw.NO_AMOUNT: pays and not clause.amount_fen,
    }
    if clause.kind != ClauseKind.TERM:
        faults |= {
            DutyFlaw.NO_DUE: clause.due_on is None and not clause.at_once,
            DutyFlaw.DUE_BEFORE: clause.due_on is not None and clause.due_on < on,
            DutyFlaw.NO_MANNER: clause.manner is None,
            DutyFlaw.NO_ACCOUNT: clause.manner == Manner.TRANSFER and not (clause.has_account or clause.account),
        }
    return [flaw for flaw, is_so in faults.items() if is_so]
