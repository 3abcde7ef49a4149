"""What a paper is filled from: plain values, the same blocks for every kind.

A stage builds one `Values` from its case: the common blocks first, then the few details that only this
kind of paper has. `snapshot` turns it into the canonical JSON that is stored, hashed and printed.

- Days are dates or ISO strings (``2026-03-02``), moments ISO strings of local time (``2026-03-02T09:42``).
- Amounts are integers in fen.
- A text that nobody knows is None and prints ``/`` or ``无``. A text left for the pen is `HANDWRITE`
  and prints a ruled line.
- Lists of choices (``reasons``, ``types`` ...) hold the labels to print; the one that is ticked stands beside
  the list, so a paper of last year prints last year's list.

The blocks are an allow-list: what has no field here (notes, offers, concessions: JM-12) can get onto no paper.
"""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

HANDWRITE = {"handwrite": True}

Text = str | Mapping[str, bool] | None
Day = date | str | None


# --- common blocks ---


@dataclass(frozen=True, kw_only=True)
class Citation:
    """One entry of the dated citation table, as it stood on the day of law."""

    key: str  # "civil_procedure.confirmation"
    law: str  # 中华人民共和国民事诉讼法, without 《》
    article: str  # 第二百零五条


@dataclass(frozen=True, kw_only=True)
class Centre:
    name: str
    phone: Text = None
    address: Text = None


@dataclass(frozen=True, kw_only=True)
class Body:
    """The unit that mediates: a people's committee, an agency, a court-listed organisation."""

    name: str
    record_number: Text = None  # establishment or filing record (JC-03)
    address: Text = None
    phone: Text = None


@dataclass(frozen=True, kw_only=True)
class Mediator:
    name: Text
    number: Text = None  # 编号
    presides: bool = False


@dataclass(frozen=True, kw_only=True)
class Agent:
    name: Text
    sex: Text = None
    capacity: str  # 律师, 基层法律服务工作者, 近亲属, 工作人员, 推荐公民
    workplace: Text = None
    licence: Text = None  # 执业证号
    relation: Text = None  # to the principal, where there is no licence
    id_number: Text = None
    phone: Text = None
    authority: str  # 一般授权 or 特别授权
    powers: list[str] = field(default_factory=list)  # each power spelled out (QT-16)


@dataclass(frozen=True, kw_only=True)
class Guardian:
    """法定代理人 of a person without full capacity; signs for that person (MH-05)."""

    name: Text
    relation: str  # 父亲, 母亲 ...
    id_number: Text = None
    phone: Text = None


@dataclass(frozen=True, kw_only=True)
class Person:
    standing: str  # "applicant", "respondent" or "third_party"; labels are made from it
    name: Text
    sex: Text = None
    birth_on: Day = None
    ethnicity: Text = None
    occupation: Text = None
    workplace: Text = None  # 工作单位和职务
    address: Text = None  # 住所地 or 经常居住地
    domicile: Text = None  # 户籍地, where it differs
    id_kind: str = "公民身份号码"
    id_number: Text = None
    phone: Text = None
    guardians: list[Guardian] = field(default_factory=list)
    agents: list[Agent] = field(default_factory=list)
    kind: str = "person"


@dataclass(frozen=True, kw_only=True)
class Organisation:
    standing: str
    name: Text
    credit_code: Text = None
    address: Text = None
    head_title: str = "法定代表人"  # or 主要负责人
    head: Text = None
    head_post: Text = None
    phone: Text = None
    agents: list[Agent] = field(default_factory=list)
    kind: str = "organisation"


@dataclass(frozen=True, kw_only=True)
class Session:
    """One meeting. Who came and what was said stands only in the session record."""

    on: Day
    place: Text = None
    manner: Text = None  # 当面, 视频, 电话


@dataclass(frozen=True, kw_only=True)
class Case:
    number: str | None  # the body's own number, （2026）南民调字第12号
    register_number: str | None = None  # the centre's
    cause: Text = None  # 民间借贷纠纷
    dispute_type: Text = None  # ST-01
    source: Text = None  # 案件来源 (RT-07)
    basis: str = "self_run"  # "self_run", "commissioned" (委派) or "entrusted" (委托); decides court and effect
    court_name: Text = None  # the court that commissioned or entrusted
    court_number: Text = None  # typed from that court's paper, never made here (CN-04)
    summary: Text = None  # 纠纷简要情况, as told at the window
    facts: Text = None  # 纠纷主要事实和争议事项, as agreed or found
    amount_fen: int | None = None
    applied_on: Day = None
    accepted_on: Day = None
    agreed_on: Day = None
    effective_on: Day = None
    ended_on: Day = None


@dataclass(frozen=True, kw_only=True)
class Instalment:
    due_on: Day
    amount_fen: int


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One numbered clause of an agreement (DC-03).

    "pay": obligors pay obligees ``amount_fen`` for ``what``, at once or in instalments.
    "do": obligors do ``what`` (an act, a thing handed over) by ``due_on``.
    "term": a clause that binds all, printed as ``what`` says it.
    """

    kind: str
    what: str
    obligors: list[str] = field(default_factory=list)  # names as in the party blocks
    obligees: list[str] = field(default_factory=list)
    amount_fen: int | None = None
    due_on: Day = None
    instalments: list[Instalment] = field(default_factory=list)
    manner: Text = None  # 转账至户名……账号……; 现金; 当面交付
    breach: Text = None  # what follows when it is not performed
    confirmable: bool = True  # False for status and title clauses (DC-04)


@dataclass(frozen=True, kw_only=True)
class Material:
    """One row of a list of materials."""

    name: str
    present: bool = True
    copies: int | None = None
    pages: int | None = None
    original: bool | None = None  # 原件 or 复印件
    note: Text = None


# --- details, one class per kind of paper ---


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """收件回执, A5, given at the counter. ``Values.number`` is the centre's register number."""

    received_at: str
    visitors: list[Text]
    matter: str  # 民间借贷纠纷，申请调解
    query_code: str
    query_url: str  # printed as a QR code
    window: Text
    clerk: Text
    materials: list[Material]
    answer_working_days: int
    answer_by: Day
    answer_is_provisional: bool = False


@dataclass(frozen=True, kw_only=True)
class Application:
    """1.1. Story in ``case.summary``; the day is ``case.applied_on``."""

    claims: list[str]  # 申请事项
    is_medical: bool = False  # prints the tick that neither court nor health authority has accepted it (RT-05)


@dataclass(frozen=True, kw_only=True)
class Register:
    """1.2."""

    registered_by: Text
    accepted_by: Text
    bases: list[str]
    basis: str
    referred_by: Text = None
    types: list[str]  # case.dispute_type is ticked
    people: int | None
    risks: list[str]
    risk: Text
    screening: Text  # 筛查结果
    transfer: Text  # 是否移送
    interpreter: Text = None
    grades: list[str] = field(default_factory=list)  # 难易等级, ticked at closing
    grade: Text = None
    remark: Text = None


@dataclass(frozen=True, kw_only=True)
class RightsNotice:
    """1.10. ``party`` counts from 0 in ``Values.parties``; None prints one sheet for all to sign."""

    party: int | None = None
    period_days: int | None = None  # PM-18, JM-02
    period_ends_on: Day = None
    period_is_provisional: bool = False


@dataclass(frozen=True, kw_only=True)
class Attendance:
    name: Text
    capacity: str  # 申请人, 被申请人的委托代理人, 翻译 ...
    is_present: bool = True


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What one person answered or said."""

    who: Text
    text: Text


@dataclass(frozen=True, kw_only=True)
class SessionRecord:
    """1.5, the six boxes. Private notes and offers are no part of it."""

    session: int  # the how-many-eth
    starts_at: str
    ends_at: str | None = None
    place: Text
    manner: Text = None
    is_public: bool = False
    attendance: list[Attendance]
    recorder: Text
    rights_replies: list[Reply]
    recusal_replies: list[Reply]
    statements: list[Reply]  # A says, B says
    evidence: Text = None
    agreed_points: list[str] = field(default_factory=list)
    open_points: list[str] = field(default_factory=list)
    results: list[str]
    result: str
    result_reason: Text = None
    next_on: Day = None


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """1.6. Facts in ``case.facts``. ``Values.issued_on`` is the day of the seal, None while it is not sealed."""

    responsibility: Text = None  # 各方责任 (PM-12)
    duties: list[Duty]
    copies: int
    recorder: Text = None


@dataclass(frozen=True, kw_only=True)
class OralAgreement:
    """1.7. Facts in ``case.facts``, the day in ``case.agreed_on``."""

    duties: list[Duty]
    place: Text
    performances: list[str]  # 当场履行, 分期履行, 尚未履行
    performance: str
    recorded_on: Day = None


@dataclass(frozen=True, kw_only=True)
class Termination:
    """2.1. No offers, no concessions, no opinion (JM-12)."""

    reasons: list[str]
    reason: str
    other_reason: Text = None  # said in words where the reason is the last of the list
    path: str = "general"  # "labour" (AM-07) and "land_title" (AM-14) print their own notice


@dataclass(frozen=True, kw_only=True)
class Fact:
    text: str
    evidence: Text = None


@dataclass(frozen=True, kw_only=True)
class Consent:
    name: Text
    on: Day


@dataclass(frozen=True, kw_only=True)
class UndisputedFacts:
    """2.2 (JM-13)."""

    recorded_on: Day
    consents: list[Consent]  # one of every party
    facts: list[Fact]
    disputed: list[str]


@dataclass(frozen=True, kw_only=True)
class CourtReport:
    """2.5. Court, its number and the basis stand in ``case``."""

    received_on: Day  # 签收日期: the court's period starts here
    succeeded: bool
    agreement_number: str | None = None
    asks_confirmation: bool = False
    failure: Text = None  # why it failed, a coded reason in words
    course: Text = None  # basic course (QT-13)
    issues: list[str] = field(default_factory=list)
    has_undisputed_facts: bool = False
    has_service_addresses: bool = False
    costly_conduct: Text = None  # 导致诉讼成本增加的行为
    points_for_court: Text = None
    materials: list[Material]
    contact: Text = None


@dataclass(frozen=True, kw_only=True)
class Claim:
    text: str
    amount_fen: int | None = None


@dataclass(frozen=True, kw_only=True)
class Wage:
    """The dated figure behind the small-claims limits, and the limit that decides here (QT-03, QT-04)."""

    amount_fen: int
    year: int
    region: str  # 江西省
    source: str
    percent: int  # 50 or 200
    limit_fen: int


@dataclass(frozen=True, kw_only=True)
class QuickTrialReferral:
    """2.6: letter, checklist (QT-12) and receipt slip."""

    addressee: str  # 南昌县人民法院速裁团队
    claims: list[Claim]
    amount_note: Text = None  # 利息暂不计
    wage: Wage | None = None
    procedure: str  # 小额诉讼程序, 简易程序, 普通程序
    procedure_key: str  # "small_claims", "simple" or "ordinary"
    procedure_reason: str
    unmediated_reason: Text = None  # why there was no mediation, where ``case.ended_on`` is None (RT-09)
    consents: list[Reply]  # 简易程序（约定适用）: 无 ...
    issues: list[str]
    has_undisputed_facts: bool = False
    interrupted_on: Day = None
    limitation_on: Day = None  # None: no limitation period (LM-05)
    limitation_is_provisional: bool = False
    arbitration: Text
    preservation: Text
    evidence_loss: Text
    flags: list[str]
    raised: list[str] = field(default_factory=list)
    materials: list[Material]
    handler: Text
    phone: Text


@dataclass(frozen=True, kw_only=True)
class ConfirmationApplication:
    """3.1. All parties apply. The court's number, its seal and a fee have no field (CN-04, DC-06, JC-17)."""

    court: str
    court_ground: str  # one sentence: why this court (JC-04 to JC-07)
    agreement_number: str
    duties: list[Duty]  # all clauses; those not confirmable are left out of the request
    attachments: list[str]
    made_at: Text = None  # place of mediation


@dataclass(frozen=True, kw_only=True)
class MediationProof:
    """3.2."""

    court: str
    agreement_number: str
    place: Text
    recusal: Text = None  # None: no grounds; else how they were waived
    contact: Text = None
    phone: Text = None


@dataclass(frozen=True, kw_only=True)
class ServiceAddress:
    """3.6, one per party."""

    party: int  # counts from 0 in Values.parties
    court_number: Text = None
    postcode: Text
    address: Text
    receiver: Text
    phone: Text
    is_confidential: bool = False
    collector: Text = None  # 代收人
    collector_relation: Text = None
    collector_id_number: Text = None
    collector_phone: Text = None
    consents_electronic: bool
    mobile: Text = None
    email: Text = None
    fax: Text = None
    platform: Text = None


Details = (
    Receipt | Application | Register | RightsNotice | SessionRecord | Agreement | OralAgreement | Termination
    | UndisputedFacts | CourtReport | QuickTrialReferral | ConfirmationApplication | MediationProof | ServiceAddress
)


@dataclass(frozen=True, kw_only=True)
class Values:
    """Everything one paper is printed from."""

    number: str | None  # of the paper; None while it is a draft without one
    draft: bool = False
    issued_on: Day = None  # the date printed under the body's name; None leaves it for the hand
    track: str  # "peoples", "administrative" or "judicial"
    centre: Centre
    body: Body
    case: Case
    parties: list[Person | Organisation]
    mediators: list[Mediator] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    periods: dict[str, int] = field(default_factory=dict)  # dated figures by row of the rules: {"JC-01": 30}
    handwritten: list[str] = field(default_factory=list)  # characters no font draws: each prints a small ruled blank
    details: Details


def snapshot(values: Values) -> dict:
    """Return the values as plain JSON types: days become ISO strings. This is what is stored and printed."""
    return json.loads(canonical(dataclasses.asdict(values)))


def canonical(values: Mapping) -> str:
    """Return one text for equal values: keys sorted, nothing spaced, characters as they are."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=date.isoformat)
