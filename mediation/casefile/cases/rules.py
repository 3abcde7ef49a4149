"""Words and decisions that every stage shares: tracks, channels, parties; the states of ``states.py`` too.

Other rooms read both here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mediation.casefile.cases.states import (
    ACTIVE_PROCEEDING,
    OPEN_CONFIRMATION,
    OPEN_PERFORMANCE,
    AgreementState,
    CaseState,
    ConfirmationState,
    PerformanceState,
    ProceedingState,
    Progress,
    ReferralState,
    Stage,
    TransferState,
    Turn,
    stage_of,
    turn_of,
)
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.registry.people.rules import Capacity

__all__ = [  # the states are told on from here
    "ACTIVE_PROCEEDING",
    "OPEN_CONFIRMATION",
    "OPEN_PERFORMANCE",
    "AgreementState",
    "CaseState",
    "ConfirmationState",
    "PerformanceState",
    "ProceedingState",
    "Progress",
    "ReferralState",
    "Stage",
    "TransferState",
    "Turn",
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


class Exit(Choice):
    """Where a dispute goes when it is not settled by mediation."""

    QUICK_TRIAL = "quick_trial", N_("移送速裁")
    SUIT = "suit", N_("起诉")
    ARBITRATION = "arbitration", N_("仲裁")
    GOVERNMENT = "government", N_("政府处理")
    POLICE = "police", N_("公安机关处理")
    PETITION = "petition", N_("信访")


class PartyKind(Choice):
    PERSON = "person", N_("自然人")
    ORGANISATION = "organisation", N_("单位")


class PartyRole(Choice):
    APPLICANT = "applicant", N_("申请人")
    RESPONDENT = "respondent", N_("被申请人")
    THIRD_PARTY = "third_party", N_("第三人")
    OUTSIDER = "outsider", N_("利害关系人")


DISPUTING_ROLES = frozenset({PartyRole.APPLICANT, PartyRole.RESPONDENT, PartyRole.THIRD_PARTY})


class Consent(Choice):
    """A party's answer to mediation. Silence is PENDING: neither consent nor refusal (RT-03)."""

    PENDING = "pending", N_("还没表态")
    AGREED = "agreed", N_("同意调解")
    REFUSED = "refused", N_("拒绝调解")


class ConsentForm(Choice):
    ORAL = "oral", N_("口头")
    WRITTEN = "written", N_("书面")
    ONLINE = "online", N_("在线确认")


class Representation(Choice):
    """Who stands beside a party or acts for it."""

    GUARDIAN = "guardian", N_("法定代理人")
    LEGAL_REP = "legal_rep", N_("法定代表人")
    AGENT = "agent", N_("委托代理人")
    GROUP_REP = "group_rep", N_("代表人")
    INTERPRETER = "interpreter", N_("翻译")
    HELPER = "helper", N_("陪同帮助的人")


class AgentKind(Choice):
    """Who may act by mandate. QT-16: Civil Procedure Law (2023), Art. 61."""

    LAWYER = "lawyer", N_("律师")
    LEGAL_WORKER = "legal_worker", N_("基层法律服务工作者")
    NEAR_RELATIVE = "near_relative", N_("近亲属")
    EMPLOYEE = "employee", N_("工作人员")
    RECOMMENDED = "recommended", N_("社区、单位或社会团体推荐的公民")


class AgentAuthority(Choice):
    GENERAL = "general", N_("一般授权")
    SPECIAL = "special", N_("特别授权")


class PartyFlag(Choice):
    """What must be minded with a party, whatever the dispute is about."""

    MINOR = "minor", N_("未成年人")
    ELDERLY = "elderly", N_("老年人")
    DISABLED = "disabled", N_("残疾人")
    CANNOT_WRITE = "cannot_write", N_("不能书写")
    LANGUAGE = "language", N_("需要翻译")
    VIOLENCE = "violence", N_("遭受家庭暴力")
    DETAINED = "detained", N_("在押")
    FOREIGN = "foreign", N_("涉外、涉港澳台")
    WHEREABOUTS_UNKNOWN = "whereabouts_unknown", N_("下落不明")


class Bar(Reason):
    """Reasons that more than one stage gives."""

    OTHER_TRACK_OPEN = "other_track_open", N_("本案的%(track)s还没结束，先结束再开%(wanted)s"), "RT-01"
    PARTY_REFUSES = "party_refuses", N_("%(who)s已明确拒绝调解"), "RT-02"
    PARTY_SILENT = "party_silent", N_("%(who)s还没表态，沉默不算同意"), "RT-03"
    THIRD_AGENT = "third_agent", N_("%(who)s已有%(most)s名代理人，不能再多"), "QT-16"
    AGENT_PAPER = "agent_paper", N_("没有收到%(agent)s的授权委托书"), "QT-16"
    NO_GUARDIAN = "no_guardian", N_("%(who)s没有完全民事行为能力，须由法定代理人代理"), "MH-05"


@dataclass(frozen=True)
class AgentFacts:
    """An agent by mandate. ``may_settle``: the paper names the power to settle, "全权代理" alone does not."""

    name: str
    kind: AgentKind = AgentKind.LAWYER
    authority: AgentAuthority = AgentAuthority.GENERAL
    may_settle: bool = False
    has_paper: bool = True


@dataclass(frozen=True)
class PartyFacts:
    """What the rules need to know of a party. ``guardian`` is the name of the statutory representative.

    ``key`` tells namesakes apart; collections of parties hold ``ref``, which is the name where there is no key.
    """

    name: str
    role: PartyRole = PartyRole.APPLICANT
    kind: PartyKind = PartyKind.PERSON
    consent: Consent = Consent.PENDING
    capacity: Capacity = Capacity.FULL
    born_on: date | None = None
    guardian: str | None = None
    agents: tuple[AgentFacts, ...] = ()
    flags: frozenset[PartyFlag] = frozenset()
    key: str = ""

    @property
    def ref(self) -> str:
        return self.key or self.name


def source_of(channel: Channel) -> Source:
    """Return the source that the register shows for a channel. RT-07: People's Mediation Law (2010), Art. 18."""
    return SOURCE_OF[channel]


def basis_of(source: Source) -> Basis:
    """Return the ground on which a case of that source is mediated. RT-07, JM-01."""
    return BASIS_OF.get(source, Basis.SELF_RUN)


def disputing(parties: Sequence[PartyFacts]) -> list[PartyFacts]:
    """Return the parties whose dispute it is; interested outsiders give no consent and sign nothing."""
    return [party for party in parties if party.role in DISPUTING_ROLES]


def other_track_obstacles(wanted: Track, open_tracks: Iterable[Track]) -> list[Obstacle]:
    """Return what forbids opening a proceeding: one that still runs, on whatever track.

    RT-01: Regulation on Petition Work (2022), Art. 37.
    """
    return [because(Bar.OTHER_TRACK_OPEN, track=track, wanted=wanted) for track in open_tracks]


def refusal_obstacles(parties: Sequence[PartyFacts]) -> list[Obstacle]:
    """Return one obstacle for each party that clearly refuses.

    RT-02: People's Mediation Law (2010), Art. 17; Civil Procedure Law (2023), Arts. 99, 125.
    """
    refusing = [party for party in disputing(parties) if party.consent == Consent.REFUSED]
    return [because(Bar.PARTY_REFUSES, who=party.name) for party in refusing]


def consent_obstacles(parties: Sequence[PartyFacts]) -> list[Obstacle]:
    """Return one obstacle for each party that has not agreed; silence is neither consent nor refusal.

    RT-02, RT-03: People's Mediation Law (2010), Arts. 17, 23.
    """
    silent = [party for party in disputing(parties) if party.consent == Consent.PENDING]
    return refusal_obstacles(parties) + [because(Bar.PARTY_SILENT, who=party.name) for party in silent]


def agent_obstacles(party: PartyFacts, *, most: int) -> list[Obstacle]:
    """Return what is wrong with a party's agents: one too many, a mandate without its paper.

    QT-16: Civil Procedure Law (2023), Arts. 61, 62.
    """
    found = [because(Bar.THIRD_AGENT, who=party.name, most=most)] if len(party.agents) > most else []
    return found + [because(Bar.AGENT_PAPER, agent=agent.name) for agent in party.agents if not agent.has_paper]


def guardian_obstacles(parties: Sequence[PartyFacts]) -> list[Obstacle]:
    """Return one obstacle for each party that cannot act alone and has nobody to act for it.

    MH-05: Civil Code (2020), Arts. 19 to 23.
    """
    return [
        because(Bar.NO_GUARDIAN, who=party.name)
        for party in disputing(parties)
        if party.capacity != Capacity.FULL and not party.guardian
    ]


def title_of(applicants: Sequence[str], respondents: Sequence[str], matter: str) -> str:
    """Return what people call the case: ``张三与李四邻里纠纷``, ``张三等4人与某公司合同纠纷``."""
    sides = [_side(names) for names in (applicants, respondents) if names]
    return "与".join(sides) + matter.removesuffix("纠纷") + "纠纷"


def _side(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]}等{len(names)}人"
