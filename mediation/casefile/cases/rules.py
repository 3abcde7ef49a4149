"""Words and decisions that every stage shares; also the door to the room's other pure modules.

Tracks, channels and exits are here, the states in ``states.py``, parties in ``parties.py``, courts' numbers in
``court_numbers.py``. Other rooms read all of them here.
"""

from collections.abc import Iterable, Sequence

from mediation.casefile.cases.court_numbers import (
    CourtNumber,
    CourtNumberBar,
    CourtNumberCaution,
    court_number_cautions,
    court_number_obstacles,
    read_court_number,
)
from mediation.casefile.cases.grades import (
    Grade,
    GradeFacts,
    GradeReason,
    Proposal,
    Risk,
    Urgency,
    grading_obstacles,
    propose,
)
from mediation.casefile.cases.parties import (
    DISPUTING_ROLES,
    AgentAuthority,
    AgentFacts,
    AgentKind,
    Consent,
    ConsentForm,
    PartyBar,
    PartyFacts,
    PartyFlag,
    PartyKind,
    PartyRole,
    Representation,
    ServiceFacts,
    address_obstacles,
    agent_obstacles,
    agent_settles_obstacles,
    consent_obstacles,
    disputing,
    guardian_obstacles,
    mandate_obstacles,
    may_serve_electronically,
    refusal_obstacles,
)
from mediation.casefile.cases.states import (
    ACTIVE_PROCEEDING,
    OPEN_CONFIRMATION,
    OPEN_PERFORMANCE,
    OPEN_TASK,
    AgreementState,
    BookingState,
    CaseState,
    ConfirmationState,
    DeliveryState,
    MendingState,
    PerformanceState,
    ProceedingState,
    Progress,
    ReferralState,
    Stage,
    TaskState,
    TransferState,
    Turn,
    stage_of,
    turn_of,
)
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because

__all__ = [  # what is told on from the modules beside
    "ACTIVE_PROCEEDING",
    "DISPUTING_ROLES",
    "OPEN_CONFIRMATION",
    "OPEN_PERFORMANCE",
    "OPEN_TASK",
    "AgentAuthority",
    "AgentFacts",
    "AgentKind",
    "AgreementState",
    "BookingState",
    "CaseState",
    "ConfirmationState",
    "Consent",
    "ConsentForm",
    "CourtNumber",
    "CourtNumberBar",
    "CourtNumberCaution",
    "DeliveryState",
    "Grade",
    "GradeFacts",
    "GradeReason",
    "MendingState",
    "PartyBar",
    "PartyFacts",
    "PartyFlag",
    "PartyKind",
    "PartyRole",
    "PerformanceState",
    "ProceedingState",
    "Progress",
    "Proposal",
    "ReferralState",
    "Representation",
    "Risk",
    "ServiceFacts",
    "Stage",
    "TaskState",
    "TransferState",
    "Turn",
    "Urgency",
    "address_obstacles",
    "agent_obstacles",
    "agent_settles_obstacles",
    "consent_obstacles",
    "court_number_cautions",
    "court_number_obstacles",
    "disputing",
    "grading_obstacles",
    "guardian_obstacles",
    "mandate_obstacles",
    "may_serve_electronically",
    "propose",
    "read_court_number",
    "refusal_obstacles",
    "stage_of",
    "turn_of",
]


class Track(Choice):
    """The three mediations. A case is on one of them at a time (RT-01)."""

    PEOPLES = "peoples", N_("人民调解")
    ADMINISTRATIVE = "administrative", N_("行政调解")
    JUDICIAL = "judicial", N_("司法调解")


class Basis(Choice):
    """On what ground a proceeding was opened; it decides its period, the effective date and the court."""

    SELF_RUN = "self_run", N_("依申请自行调解")
    OWN_MOTION = "own_motion", N_("主动调解")
    COMMISSIONED = "commissioned", N_("法院委派调解")
    ENTRUSTED = "entrusted", N_("法院委托调解")


FROM_COURT = frozenset({Basis.COMMISSIONED, Basis.ENTRUSTED})


class Source(Choice):
    """Where a case comes from, as the register and the statistics count it (RT-07)."""

    PARTY = "party", N_("当事人申请")
    OWN_MOTION = "own_motion", N_("主动调解")
    COURT_COMMISSION = "court_commission", N_("法院委派")
    COURT_ENTRUSTMENT = "court_entrustment", N_("法院委托")
    POLICE = "police", N_("公安移送")
    PROCURATORATE = "procuratorate", N_("检察院移送")
    PETITION = "petition", N_("信访移送")
    AGENCY = "agency", N_("行政机关移送")
    GRID = "grid", N_("网格上报")
    HOTLINE = "hotline", N_("12345、110")
    OTHER = "other", N_("其他")


class Channel(Choice):
    """The way by which a case reached the centre; each may carry its own outside number."""

    WINDOW = "window", N_("窗口来访")
    PHONE = "phone", N_("电话")
    MAIL = "mail", N_("来信")
    PORTAL = "portal", N_("网上申请")
    WECHAT = "wechat", N_("微信群")
    KIOSK = "kiosk", N_("自助机")
    HOTLINE_12345 = "hotline_12345", N_("12345热线")
    POLICE_110 = "police_110", N_("110联动")
    POLICE = "police", N_("公安移送")
    PROCURATORATE = "procuratorate", N_("检察院移送")
    COURT_COMMISSION = "court_commission", N_("法院委派")
    COURT_ENTRUSTMENT = "court_entrustment", N_("法院委托")
    PETITION = "petition", N_("信访移送")
    AGENCY = "agency", N_("行政机关移送")
    GRID = "grid", N_("网格上报")
    PATROL = "patrol", N_("排查发现")
    LEADER = "leader", N_("领导交办")
    OTHER = "other", N_("其他")


SOURCE_OF = {
    Channel.WINDOW: Source.PARTY,
    Channel.PHONE: Source.PARTY,
    Channel.MAIL: Source.PARTY,
    Channel.PORTAL: Source.PARTY,
    Channel.WECHAT: Source.PARTY,
    Channel.KIOSK: Source.PARTY,
    Channel.HOTLINE_12345: Source.HOTLINE,
    Channel.POLICE_110: Source.HOTLINE,
    Channel.POLICE: Source.POLICE,
    Channel.PROCURATORATE: Source.PROCURATORATE,
    Channel.COURT_COMMISSION: Source.COURT_COMMISSION,
    Channel.COURT_ENTRUSTMENT: Source.COURT_ENTRUSTMENT,
    Channel.PETITION: Source.PETITION,
    Channel.AGENCY: Source.AGENCY,
    Channel.GRID: Source.GRID,
    Channel.PATROL: Source.OWN_MOTION,
    Channel.LEADER: Source.OTHER,
    Channel.OTHER: Source.OTHER,
}
BASIS_OF = {
    Source.COURT_COMMISSION: Basis.COMMISSIONED,
    Source.COURT_ENTRUSTMENT: Basis.ENTRUSTED,
    Source.OWN_MOTION: Basis.OWN_MOTION,
}


class Trait(Choice):
    """What a dispute type means to the law; each type carries its traits in the list of types (ST-01)."""

    LABOUR = "labour", N_("劳动争议")
    WAGES = "wages", N_("劳动报酬")
    MEDICAL = "medical", N_("医疗纠纷")
    TRAFFIC = "traffic", N_("道路交通事故")
    TITLE = "title", N_("土地、林木权属")
    STATUS = "status", N_("婚姻、收养等身份关系")
    INHERITANCE = "inheritance", N_("继承")
    SUPPORT = "support", N_("抚养、赡养、扶养")
    NOISE = "noise", N_("噪声")
    POLICE = "police", N_("治安案件")
    LAND_CONTRACT = "land_contract", N_("农村土地承包")


class Exit(Choice):
    """Where a dispute goes when it is not settled by mediation."""

    QUICK_TRIAL = "quick_trial", N_("移送速裁")
    SUIT = "suit", N_("起诉")
    ARBITRATION = "arbitration", N_("仲裁")
    GOVERNMENT = "government", N_("政府处理")
    POLICE = "police", N_("公安机关处理")
    PETITION = "petition", N_("信访")


TO_COURT = frozenset({Exit.QUICK_TRIAL, Exit.SUIT})


def source_of(channel: Channel) -> Source:
    """Return the source that the register shows for a channel. RT-07: People's Mediation Law (2010), Art. 18."""
    return SOURCE_OF[channel]


def basis_of(source: Source) -> Basis:
    """Return the ground on which a case of that source is mediated. RT-07, JM-01."""
    return BASIS_OF.get(source, Basis.SELF_RUN)


class Bar(Reason):
    OTHER_TRACK_OPEN = "other_track_open", N_("本案的%(track)s还没结束，先结束再开%(wanted)s"), "RT-01"


def other_track_obstacles(wanted: Track, open_tracks: Iterable[Track]) -> list[Obstacle]:
    """Return what forbids opening a proceeding: one that still runs, on whatever track.

    RT-01: Regulation on Petition Work (2022), Art. 37.
    """
    return [because(Bar.OTHER_TRACK_OPEN, cure="proceeding.end", track=track, wanted=wanted) for track in open_tracks]


def title_of(
    applicants: Sequence[str], respondents: Sequence[str], matter: str, *, counts: Sequence[int] = (0, 0)
) -> str:
    """Return what people call the case: ``张三与李四邻里纠纷``, ``张三等4人与某公司合同纠纷``.

    ``counts`` say how many people a side has where more are on it than are parties.
    """
    both = zip((applicants, respondents), counts, strict=True)
    sides = [_side(names, max(count, len(names))) for names, count in both if names]
    return "与".join(sides) + matter.removesuffix("纠纷") + "纠纷"


def _side(names: Sequence[str], count: int) -> str:
    return names[0] if count == 1 else f"{names[0]}等{count}人"
