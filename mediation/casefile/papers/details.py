"""What only one kind of paper has: one class per kind, with its small parts. Read contract.py first."""

from dataclasses import dataclass, field

from mediation.casefile.papers.pieces import Day, Duty, Material, Text


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
class NotAccepted:
    """1.10, 不予受理告知书: why the window does not take a dispute, and where else people can go (RT-04)."""

    ground: str
    words: Text = None  # what the ground does not say
    articles: list[str] = field(default_factory=list)  # keys of the citation table that the ground rests on
    ways: list[str]
    clerk: Text


@dataclass(frozen=True, kw_only=True)
class CorrectedLine:
    """One thing that an issued paper says wrong: which paper, what, as printed there, as it is; in plain words."""

    paper: str
    number: str
    issued_on: Day
    what: str
    was: str
    now: str


@dataclass(frozen=True, kw_only=True)
class CorrectionNotice:
    """更正说明: what papers already handed out say wrong; they stay, this goes with them."""

    lines: list[CorrectedLine]
    reason: str
    clerk: Text


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
class Aid:
    """What an agreement says of a party that cannot read, write or follow Chinese (DC-05); ``name`` is the party's."""

    name: str
    is_read: bool = False  # the text is read aloud to it
    is_written_for: bool = False  # somebody writes its name, it puts a finger to it
    interpreter: Text = None
    relation: Text = None  # of the interpreter to the party
    language: Text = None


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """1.6. Facts in ``case.facts``. ``Values.issued_on`` is the day of the seal, None while it is not sealed."""

    responsibility: Text = None  # 各方责任 (PM-12)
    duties: list[Duty]
    copies: int
    recorder: Text = None
    variant: str = "general"  # a key of pages.VARIANTS has a title and a notice of its own
    specials: list[Reply] = field(default_factory=list)  # what that kind asks besides: label and what was answered
    deemed_on: Day = None  # no party signs what nobody objected to (JM-14)
    served: list["Consent"] = field(default_factory=list)  # on whom the proposal was served, and when
    aids: list[Aid] = field(default_factory=list)


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
class PackLine:
    """One material of a pack: its pages in the bound copy (``5—8``), None where it is not in it."""

    name: Text
    number: Text = None
    pages: str | None = None
    remark: Text = None


@dataclass(frozen=True, kw_only=True)
class PackContents:
    """What lies before a pack for the court; no paper of its own, so it is neither numbered nor kept."""

    court: str
    agreement_number: str
    lines: list[PackLine]
    pages: int


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
