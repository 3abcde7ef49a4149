"""What only the papers beside the road have: notices, records, drafts for the court, the file's own sheets.

One class per kind, as in details.py. Read contract.py first.
"""

from dataclasses import dataclass, field

from mediation.casefile.papers.details import Claim, Consent, PackLine, Reply
from mediation.casefile.papers.pieces import Day, Duty, Material, Text


@dataclass(frozen=True, kw_only=True)
class MediationNotice:
    """1.10, 调解通知书: one party is asked to come. ``party`` counts from 0 in ``Values.parties``."""

    party: int
    starts_at: str
    place: Text
    manner: Text = None
    bring: Text = None
    contact: Text = None
    phone: Text = None


@dataclass(frozen=True, kw_only=True)
class AcceptanceNotice:
    """受理通知书 of an agency (part 4): the day is ``case.accepted_on``, the period as the agency's rule has it."""

    period_ends_on: Day = None
    period_is_provisional: bool = False
    articles: list[str] = field(default_factory=list)  # keys of the citation table that the agency acts on
    contact: Text = None
    phone: Text = None


@dataclass(frozen=True, kw_only=True)
class UnsuitableNotice:
    """1.10, 不宜调解告知书; before an agency 不予受理通知书 (RT-04)."""

    ground: str
    words: Text = None
    articles: list[str] = field(default_factory=list)
    ways: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class RecusalStatement:
    """1.10, 回避声明 of one mediator: the four questions and what was answered (PM-22, JM-06)."""

    mediator: str
    answers: list[Reply]  # question, answer
    relations: Text = None  # what was disclosed
    waivers: list[Consent] = field(default_factory=list)
    declared_on: Day = None


@dataclass(frozen=True, kw_only=True)
class PauseConsent:
    """1.10, 中止、延期同意书: signed by all (PM-18, JM-02). ``kind`` is "extend" or "suspend"."""

    kind: str
    reason: Text
    until_on: Day = None
    period_ends_on: Day = None  # the last day as it stands


@dataclass(frozen=True, kw_only=True)
class QuestionAnswer:
    question: str
    answer: Text


@dataclass(frozen=True, kw_only=True)
class InquiryRecord:
    """1.3. The one who was asked may be no party."""

    starts_at: str
    ends_at: str | None = None
    place: Text
    inquirers: list[Text]
    recorder: Text
    name: Text
    sex: Text = None
    birth_on: Day = None
    workplace: Text = None
    address: Text = None
    phone: Text = None
    relation: Text = None  # to the parties
    others: Text = None  # who else was there
    exchange: list[QuestionAnswer]


@dataclass(frozen=True, kw_only=True)
class EvidenceLine:
    """One row of 1.4, the same in the list for a court (3.8)."""

    name: str
    kind: Text = None  # 书证, 物证 ...
    source: Text = None
    by: Text = None
    on: Day = None
    original: bool = False
    pages: int | None = None
    proves: Text = None
    checked_by: Text = None


@dataclass(frozen=True, kw_only=True)
class EvidenceList:
    lines: list[EvidenceLine]
    for_court: bool = False
    offered_by: Text = None  # whose list it is before a court


@dataclass(frozen=True, kw_only=True)
class ReturnVisit:
    """1.8."""

    agreement_number: str
    reason: Text
    on: Day
    manner: Text
    visited: list[Text]
    performance: list[Reply]  # clause, how far
    told: Text = None  # what those who were visited said
    satisfaction: Text = None
    new_signs: Text = None
    advice: Text = None
    visitor: Text


@dataclass(frozen=True, kw_only=True)
class OwedLine:
    """One clause that was not performed in time."""

    place: int  # number of the clause
    what: str
    due_on: Day = None
    amount_fen: int | None = None
    paid_fen: int = 0


@dataclass(frozen=True, kw_only=True)
class PerformanceReminder:
    """1.10, 督促履行通知, to one who owes (PM-15)."""

    party: int
    agreement_number: str
    lines: list[OwedLine]
    is_confirmed: bool = False  # by a court: enforcement is open (JC-18)
    contact: Text = None
    phone: Text = None


@dataclass(frozen=True, kw_only=True)
class EnforcementGuide:
    """4, 申请强制执行须知: what is owed under a confirmed agreement, where and until when to apply (JC-14, JC-18)."""

    agreement_number: str
    court: str
    court_no: Text = None
    ruled_on: Day = None
    served_on: Day = None
    lines: list[OwedLine]
    performance_ends_on: Day  # the last day of the last duty, from which the time to apply runs
    last_on: Day
    last_is_provisional: bool = False
    contact: Text = None
    phone: Text = None


@dataclass(frozen=True, kw_only=True)
class RiskReport:
    """1.10, 风险报告单 to the police or another body (PM-08)."""

    kind: str
    addressee: Text
    learnt_at: str
    place: Text = None
    facts: Text = None
    measures: Text = None
    reporter: Text
    reported_at: str | None = None
    receipt_no: Text = None


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """2.3, 调解方案 for approval by silence (JM-14); all sign for the receipt of it."""

    consents: list[Consent]
    duties: list[Duty]
    responsibility: Text = None
    contact: Text = None
    phone: Text = None


@dataclass(frozen=True, kw_only=True)
class CommissionReceipt:
    """2.4, 委派、委托调解接收回执."""

    received_on: Day
    materials: list[Material]
    accepts: bool
    reason: Text = None
    due_on: Day = None
    due_is_provisional: bool = False
    recusal: Text = None
    contact: Text = None
    phone: Text = None


@dataclass(frozen=True, kw_only=True)
class RulingDraft:
    """3.4, 3.5: help for the court's own writing; never a paper of the centre, never with number, seal or fee."""

    outcome: str  # "confirmed", "dismissed", "refused", "withdrawn"
    court: str
    agreement_number: str
    duties: list[Duty]
    filed_on: Day = None
    accepted_on: Day = None
    ground: Text = None


@dataclass(frozen=True, kw_only=True)
class Power:
    name: str
    given: bool
    special: bool = False  # wants 特别授权


@dataclass(frozen=True, kw_only=True)
class PowerOfAttorney:
    """3.7: ``party`` gives, its agents receive; each power is ticked for itself (QT-16)."""

    party: int
    powers: list[Power]
    special: bool
    until: Day = None
    credentials: list[str]  # what each agent has to bring


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """3.8, 起诉状, QT-09."""

    court: Text
    claims: list[Claim]
    evidence: list[EvidenceLine]
    witnesses: list[Text] = field(default_factory=list)
    copies: int = 1  # as many as there are defendants


@dataclass(frozen=True, kw_only=True)
class Defence:
    """3.8, 答辩状: what the answering party says is left to its pen unless it was recorded."""

    party: int
    court: Text
    court_number: Text = None
    answer: Text = None


@dataclass(frozen=True, kw_only=True)
class PoliceSettlement:
    """治安案件和解认可申请 (AM-02): performed and applied for before the police decide."""

    police: Text
    police_number: Text = None
    agreement_number: str | None = None
    performed_on: Day
    proof: Text
    decision_on: Day = None


@dataclass(frozen=True, kw_only=True)
class DossierSheet:
    """1.9: cover, contents, remarks and back of one file say different parts of the same."""

    title: str
    category: str
    archive_number: Text = None
    retention: Text = None
    outcome: Text = None
    closed_on: Day = None
    archived_on: Day = None
    keeper: Text = None  # 立卷人
    checker: Text = None  # 检查人
    lines: list[PackLine] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    pages: int | None = None
