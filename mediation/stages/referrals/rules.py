"""Referrals: what may be sent where, what has to be in the file, and the answer that comes back.

Also the door to the room's other pure modules: what must stay is in ``confidential.py``, the procedure to propose in
``procedure.py``.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mediation.casefile.cases.rules import (
    FROM_COURT,
    TO_COURT,
    Basis,
    ConfirmationState,
    Exit,
    PartyFacts,
    PartyFlag,
    PartyRole,
    Trait,
    court_number_obstacles,
    disputing,
)
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.stages.proceedings.rules import Procedure
from mediation.stages.referrals.confidential import (
    MAY_LEAVE,
    DataBasis,
    StayBar,
    asked_for_consent,
    bases_for,
    concession_obstacles,
    data_obstacles,
    leaving_obstacles,
    undisputed_obstacles,
)
from mediation.stages.referrals.procedure import (
    Exclusion,
    Limits,
    Proposal,
    SmallClaimsExclusion,
    SuitFacts,
    Wage,
    propose,
    reason_text,
    wage_cautions,
)

__all__ = [  # what is told on from the modules beside
    "MAY_LEAVE",
    "DataBasis",
    "Exclusion",
    "Exit",
    "Limits",
    "Proposal",
    "SmallClaimsExclusion",
    "StayBar",
    "SuitFacts",
    "TO_COURT",
    "Wage",
    "asked_for_consent",
    "bases_for",
    "concession_obstacles",
    "leaving_obstacles",
    "propose",
    "reason_text",
    "undisputed_obstacles",
    "wage_cautions",
]

NOT_CONFIRMED = frozenset(
    {
        ConfirmationState.DISMISSED,
        ConfirmationState.REFUSED,
        ConfirmationState.WITHDRAWN,
        ConfirmationState.DEEMED_WITHDRAWN,
        ConfirmationState.PROCEDURE_ENDED,
    }
)


class Origin(Choice):
    """Why a case leaves (RT-09)."""

    FAILED = "failed", N_("调解不成")
    UNSUITABLE = "unsuitable", N_("不宜调解")
    BREACHED = "breached", N_("协议没有履行")
    NOT_CONFIRMED = "not_confirmed", N_("法院没有确认协议")


class LabourPrecondition(Choice):
    """What opens the way to court in a labour dispute (AM-07)."""

    AWARD = "award", N_("已有仲裁裁决")
    REFUSAL = "refusal", N_("仲裁机构不予受理")
    WAGE_AGREEMENT = "wage_agreement", N_("就劳动报酬达成的调解协议没有履行")
    PAYMENT_ORDER = "payment_order", N_("工资、工伤医疗费、经济补偿、赔偿金，申请支付令")


class Item(Choice):
    """What a referral to the quick-trial tribunal holds (QT-12), in the order of the checklist."""

    LETTER = "letter", N_("移送函")
    COMPLAINT = "complaint", N_("起诉状或者申请书")
    IDENTITY = "identity", N_("当事人身份证明")
    ADDRESSES = "addresses", N_("送达地址确认书")
    EVIDENCE = "evidence", N_("证据清单")
    TERMINATION = "termination", N_("调解终结书")
    UNDISPUTED_FACTS = "undisputed_facts", N_("无争议事实记载")
    ISSUES = "issues", N_("争议焦点")
    PROCEDURE_CONSENTS = "procedure_consents", N_("程序选择、电子送达的同意")
    AGENTS = "agents", N_("授权委托材料")
    LIMITATION = "limitation", N_("时效和保全提示")
    RISKS = "risks", N_("激化风险提示")
    SPECIAL = "special", N_("翻译、未成年人等提示")


ALWAYS = frozenset(
    {Item.LETTER, Item.COMPLAINT, Item.IDENTITY, Item.ADDRESSES, Item.EVIDENCE, Item.ISSUES, Item.LIMITATION}
)

class LetterState(Choice):
    """How far a court's letter of commission or entrustment is at the liaison's desk."""

    WAITING = "waiting", N_("待登记")
    REGISTERED = "registered", N_("已登记")
    RETURNED = "returned", N_("已退回法院")


class ReturnReason(Choice):
    PAPERS = "papers", N_("材料不全")
    JURISDICTION = "jurisdiction", N_("不属于本院、本机构管辖")
    NO_DEFENDANT = "no_defendant", N_("被告不明确")
    PRECONDITION = "precondition", N_("应当先经仲裁或者政府处理")
    NOT_SUITABLE = "not_suitable", N_("不适用速裁")
    OTHER = "other", N_("其他")


class Outcome(Choice):
    """What came of a referral; rulings are counted apart from mediation."""

    JUDGMENT = "judgment", N_("判决")
    COURT_MEDIATION = "court_mediation", N_("法院调解")
    SUIT_WITHDRAWN = "suit_withdrawn", N_("撤诉")
    SUIT_DISMISSED = "suit_dismissed", N_("驳回起诉")
    AWARD = "award", N_("仲裁裁决")
    GOVERNMENT_DECISION = "government_decision", N_("政府处理决定")
    POLICE_DECISION = "police_decision", N_("公安处理决定")
    PETITION_ANSWERED = "petition_answered", N_("信访答复")
    OTHER = "other", N_("其他")


class Warned(Choice):
    """What a sender was warned of and sent the case all the same; the history says so."""

    COURT = "court", N_("提醒过：法院可能没有管辖权")
    EVIDENCE = "evidence", N_("提醒过：举证期限偏长")
    UNUSUAL = "unusual", N_("有一般不走速裁的情形，确认仍送")


MOST_PETITIONS = 3  # the answer, its review and its re-review


class Bar(Reason):
    ALREADY_SENT = "already_sent", N_("已经移送，等对方收案、退回或者有结果"), "RT-09"
    PETITION_EXHAUSTED = (
        "petition_exhausted", N_("同一事实已经处理、复查、复核过，信访部门不再受理；告知当事人别的途径"), "MH-09"
    )
    NO_RECEIVER = "no_receiver", N_("没有写移送给谁"), "RT-09"
    NOT_SMALL = "not_small", N_("按标的额和平均工资，不能建议小额诉讼程序"), "QT-03"
    NOT_FAILED = "not_failed", N_("还在调解；不成或者不宜调解的才移送"), "RT-09"
    NO_UNSUITABLE_REASON = "no_unsuitable_reason", N_("没有写为什么不宜调解"), "RT-09"
    NOT_BREACHED = "not_breached", N_("协议没有违约，不能按没有履行移送"), "RT-09"
    NO_NOTICE = "no_notice", N_("还没有告知当事人可以仲裁、找行政机关或者起诉"), "PM-09"
    NO_PROCEDURE = "no_procedure", N_("没有写建议适用的程序"), "QT-01"
    NO_PROCEDURE_REASON = "no_procedure_reason", N_("没有写建议这个程序的理由"), "QT-01"
    EXCLUDED = "excluded", N_("不能移送速裁：%(exclusion)s，走普通立案"), "QT-02"
    NO_DEFENDANT = "no_defendant", N_("没有明确的被告"), "QT-08"
    NO_CLAIMS = "no_claims", N_("没有写诉讼请求"), "QT-08"
    NO_FACTS = "no_facts", N_("没有写事实和理由"), "QT-08"
    ARBITRATION_FIRST = "arbitration_first", N_("劳动争议要先仲裁：没有裁决、不予受理通知，也不属于例外"), "AM-07"
    GOVERNMENT_FIRST = "government_first", N_("土地、林木权属先由政府处理，不能直接移送法院"), "AM-14"
    MEDIATOR_NAMED = "mediator_named", N_("%(who)s是本案调解员，不能再当代理人、证人、鉴定人或者翻译"), "JM-07"
    ITEM_MISSING = "item_missing", N_("缺%(item)s"), "QT-12"
    ITEM_UNANSWERED = "item_unanswered", N_("没有写有没有%(item)s"), "QT-12"
    NO_REPORT = "no_report", N_("法院委派、委托的调解，还没有书面报告法院"), "JM-10"
    REPORT_NO_REASON = "report_no_reason", N_("报告没有写调解经过和不成的原因"), "QT-13"
    REPORT_BEFORE_END = "report_before_end", N_("报告日期在调解结束之前"), "JM-10"
    BEFORE_SENT = "before_sent", N_("日期在移送之前"), None
    BEFORE_TAKEN = "before_taken", N_("日期在收案之前"), None
    NO_RETURN_REASON = "no_return_reason", N_("退回要写理由"), None
    NO_OUTCOME = "no_outcome", N_("没有选处理结果"), None


# --- sending ---


@dataclass(frozen=True)
class ReferralFacts:
    """A referral as it is about to be sent. ``roles`` maps agents, witnesses and the like to what they are.

    ``checklist`` says of each item whether it is there; ``concessions`` are sentences that must not be found in
    ``texts``, all that will be printed, unless they stand in ``open_texts`` too. ``was_mediated``: there was a
    proceeding, so there is a termination paper.
    """

    exit: Exit
    parties: Sequence[PartyFacts]
    traits: frozenset[str] = frozenset()
    claims: Sequence[str] = ()
    story: str = ""
    was_mediated: bool = True
    procedure: Procedure | None = None
    procedure_reason: str = ""
    procedure_by_agreement: bool = False
    exclusions: Collection[Exclusion] = ()
    labour: LabourPrecondition | None = None
    government_decided_on: date | None = None
    mediators: Collection[str] = ()
    named: Collection[str] = ()
    checklist: Mapping[Item, bool] = field(default_factory=dict)
    papers: Collection[str] = ()
    texts: Sequence[str] = ()
    concessions: Sequence[str] = ()
    open_texts: Sequence[str] = ()
    data_basis: DataBasis | None = None
    data_consents: Collection[str] = ()


def sending_obstacles(facts: ReferralFacts, *, numerous_from: int) -> list[Obstacle]:
    """Return everything that forbids sending the case to that exit. ``numerous_from`` is the dated setting of MH-07."""
    found = gate_obstacles(
        facts.exit, facts.traits, labour=facts.labour, government_decided_on=facts.government_decided_on
    )
    if facts.exit in TO_COURT:
        found += suit_obstacles(facts)
    if facts.exit == Exit.QUICK_TRIAL:
        found += quick_trial_obstacles(facts, numerous_from=numerous_from)
    found += [because(Bar.MEDIATOR_NAMED, who=name) for name in facts.mediators if name in facts.named]
    found += leaving_obstacles(facts.exit, facts.papers)
    found += concession_obstacles(facts.texts, facts.concessions, open_texts=facts.open_texts)
    return found + data_obstacles(facts.data_basis, facts.parties, facts.data_consents, exit=facts.exit)


def origin_obstacles(
    origin: Origin,
    *,
    is_active: bool = False,
    unsuitable_reason: str = "",
    is_breached: bool = False,
    notice_given: bool,
) -> list[Obstacle]:
    """Return what forbids a case to leave: only what failed, does not suit or was breached is referred.

    ``is_active``: a proceeding still runs; it is ended first. RT-09, PM-09: People's Mediation Law (2010), Art. 26.
    """
    found = [because(Bar.NOT_FAILED)] if is_active else []
    if origin == Origin.UNSUITABLE and not unsuitable_reason.strip():
        found.append(because(Bar.NO_UNSUITABLE_REASON))
    if origin == Origin.BREACHED and not is_breached:
        found.append(because(Bar.NOT_BREACHED))
    return found if notice_given else [*found, because(Bar.NO_NOTICE)]


def gate_obstacles(
    exit: Exit,
    traits: Collection[str],
    *,
    labour: LabourPrecondition | None = None,
    government_decided_on: date | None = None,
) -> list[Obstacle]:
    """Return what has to come before a court.

    AM-07: Law on Labour-dispute Mediation and Arbitration (2007), Arts. 5, 16. AM-14: Land Administration Law (2019),
    Art. 14; Forest Law (2019), Art. 22.
    """
    if exit not in TO_COURT:
        return []
    found = []
    if {Trait.LABOUR, Trait.WAGES}.intersection(traits) and labour is None:
        found.append(because(Bar.ARBITRATION_FIRST))
    if Trait.TITLE in traits and government_decided_on is None:
        found.append(because(Bar.GOVERNMENT_FIRST))
    return found


def suit_obstacles(facts: ReferralFacts) -> list[Obstacle]:
    """Return what a court would miss in a suit. QT-08: Civil Procedure Law (2023), Art. 122."""
    wanted = (
        (Bar.NO_DEFENDANT, any(party.role == PartyRole.RESPONDENT for party in facts.parties)),
        (Bar.NO_CLAIMS, any(claim.strip() for claim in facts.claims)),
        (Bar.NO_FACTS, facts.story.strip()),
    )
    return [because(bar) for bar, is_there in wanted if not is_there]


def quick_trial_obstacles(facts: ReferralFacts, *, numerous_from: int) -> list[Obstacle]:
    """Return what keeps a case out of quick trial, and what its file lacks.

    QT-01, QT-02: SPC Interpretation of the CPL (2022), Arts. 256, 257. QT-12: Civil Procedure Law (2023), Art. 124;
    SPC Rules on Online Mediation (2022), Art. 21.
    """
    exclusions = dict.fromkeys([*facts.exclusions, *exclusions_of(facts.parties, numerous_from=numerous_from)])
    found = [because(Bar.EXCLUDED, exclusion=exclusion) for exclusion in exclusions]
    if facts.procedure is None:
        found.append(because(Bar.NO_PROCEDURE))
    if not facts.procedure_reason.strip():
        found.append(because(Bar.NO_PROCEDURE_REASON))
    return found + checklist_obstacles(facts)


def exclusions_of(parties: Sequence[PartyFacts], *, numerous_from: int, group: int = 0) -> list[Exclusion]:
    """Return the exclusions that follow from the parties alone, and from the ``group`` behind them. QT-02."""
    found = []
    defendants = [party for party in parties if party.role == PartyRole.RESPONDENT]
    if any(PartyFlag.WHEREABOUTS_UNKNOWN in party.flags for party in defendants):
        found.append(Exclusion.WHEREABOUTS)
    roles = [party.role for party in disputing(parties)]
    if max(roles.count(PartyRole.APPLICANT), roles.count(PartyRole.RESPONDENT), group) >= numerous_from:
        found.append(Exclusion.NUMEROUS)
    return found


def mandatory_items(facts: ReferralFacts) -> frozenset[Item]:
    """Return the items without which the file may not go; the others only say whether they are there. QT-12."""
    found = set(ALWAYS)
    if facts.was_mediated:
        found.add(Item.TERMINATION)
    if facts.procedure_by_agreement:
        found.add(Item.PROCEDURE_CONSENTS)
    if any(party.agents for party in facts.parties):
        found.add(Item.AGENTS)
    return frozenset(found)


def checklist_obstacles(facts: ReferralFacts) -> list[Obstacle]:
    """Return missing mandatory items, and items of which nobody said 有 or 无. QT-12."""
    mandatory, found = mandatory_items(facts), []
    for item in Item:
        if item in mandatory and not facts.checklist.get(item):
            found.append(because(Bar.ITEM_MISSING, item=item))
        elif item not in facts.checklist:
            found.append(because(Bar.ITEM_UNANSWERED, item=item))
    return found


# --- the court that sent the case, and the answer ---


def report_obstacles(*, course: str, reported_on: date, ended_on: date) -> list[Obstacle]:
    """Return what a report to the court lacks. QT-13: SPC Rules on Online Mediation (2022), Art. 21."""
    found = [] if course.strip() else [because(Bar.REPORT_NO_REASON)]
    return found + ([because(Bar.REPORT_BEFORE_END)] if reported_on < ended_on else [])


def unreported_obstacles(basis: Basis, *, reported_on: date | None) -> list[Obstacle]:
    """Return NO_REPORT where a court sent the case and was not told how it ended; it bars closing.

    JM-10: SPC Provisions on Invited Mediation (2016), Arts. 21, 26.
    """
    return [because(Bar.NO_REPORT)] if basis in FROM_COURT and reported_on is None else []


def taking_obstacles(exit: Exit, *, taken_on: date, sent_on: date, court_no: str = "") -> list[Obstacle]:
    """Return what is wrong with recording that a case was taken in; a court's number is typed from its paper.

    CN-01, CN-04: SPC Provisions on Case Numbers (2015).
    """
    found = court_number_obstacles(court_no) if exit in TO_COURT else []
    return found + ([because(Bar.BEFORE_SENT)] if taken_on < sent_on else [])


def returning_obstacles(reason: str | None, *, returned_on: date, sent_on: date) -> list[Obstacle]:
    found = [] if reason else [because(Bar.NO_RETURN_REASON)]
    return found + ([because(Bar.BEFORE_SENT)] if returned_on < sent_on else [])


def deciding_obstacles(outcome: Outcome | None, *, decided_on: date, taken_on: date) -> list[Obstacle]:
    found = [] if outcome else [because(Bar.NO_OUTCOME)]
    return found + ([because(Bar.BEFORE_TAKEN)] if decided_on < taken_on else [])


def petition_obstacles(kind: Exit, *, answered: int) -> list[Obstacle]:
    """Return what bars one more petition about the same facts: answered, reviewed and reviewed again they are over.

    MH-09: Regulation on Petition Work (2022), Arts. 35, 36.
    """
    is_over = kind == Exit.PETITION and answered >= MOST_PETITIONS
    return [because(Bar.PETITION_EXHAUSTED)] if is_over else []
