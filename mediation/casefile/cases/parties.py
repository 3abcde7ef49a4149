"""Parties: who they are, who stands beside them, whether they agree, where papers reach them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.registry.people.rules import Capacity


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
    CANNOT_READ = "cannot_read", N_("不识字")
    LANGUAGE = "language", N_("需要翻译")
    HARD_OF_HEARING = "hard_of_hearing", N_("听力不好")
    DEAF = "deaf", N_("听不见")
    BLIND = "blind", N_("看不见")
    VIOLENCE = "violence", N_("遭受家庭暴力")
    DETAINED = "detained", N_("在押")
    FOREIGN = "foreign", N_("涉外、涉港澳台")
    WHEREABOUTS_UNKNOWN = "whereabouts_unknown", N_("下落不明")


class PartyBar(Reason):
    """What more than one stage holds against the parties of a case."""

    PARTY_REFUSES = "party_refuses", N_("%(who)s已明确拒绝调解"), "RT-02"
    PARTY_SILENT = "party_silent", N_("%(who)s还没表态，沉默不算同意"), "RT-03"
    THIRD_AGENT = "third_agent", N_("%(who)s已有%(most)s名代理人，不能再多"), "QT-16"
    AGENT_PAPER = "agent_paper", N_("没有收到%(agent)s的授权委托书"), "QT-16"
    NO_AGENT_KIND = "no_agent_kind", N_("%(agent)s是什么人没有选：律师、基层法律服务工作者、近亲属等才能代理"), "QT-16"
    AUTHORITY_UNSAID = "authority_unsaid", N_("%(agent)s是一般授权还是特别授权，没有选"), "QT-16"
    POWERS_UNSAID = "powers_unsaid", N_("%(agent)s的特别授权没有勾权限，写“全权代理”不算，要逐项写明"), "QT-16"
    NO_GUARDIAN = "no_guardian", N_("%(who)s没有完全民事行为能力，须由法定代理人代理"), "MH-05"
    NO_AUTHORITY = "no_authority", N_("%(agent)s没有特别授权，不能代为和解、签字"), "QT-16"
    NO_POWER_TO_SETTLE = (
        "no_power_to_settle", N_("%(agent)s的授权书没有写明可以和解、签署调解协议，写“全权代理”不算"), "QT-16"
    )
    NO_ADDRESS = "no_address", N_("%(who)s还没有确认送达地址"), "DC-07"
    ADDRESS_INCOMPLETE = "address_incomplete", N_("%(who)s的送达地址缺邮编、详细地址、收件人或者电话"), "DC-07"
    NO_ELECTRONIC_ADDRESS = "no_electronic_address", N_("%(who)s同意电子送达，没有写手机、邮箱或者平台账号"), "DC-07"


@dataclass(frozen=True)
class AgentFacts:
    """An agent by mandate. ``may_settle``: the paper names the power to settle, "全权代理" alone does not."""

    name: str
    kind: AgentKind = AgentKind.LAWYER
    authority: AgentAuthority = AgentAuthority.GENERAL
    may_settle: bool = False
    has_paper: bool = True


@dataclass(frozen=True)
class HelperFacts:
    """Who interprets for a party or helps it to follow; ``is_known``: relation and ID number are written down."""

    name: str
    capacity: Representation = Representation.HELPER
    is_known: bool = True


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
    helpers: tuple[HelperFacts, ...] = ()
    flags: frozenset[PartyFlag] = frozenset()
    key: str = ""

    @property
    def ref(self) -> str:
        return self.key or self.name


@dataclass(frozen=True)
class ServiceFacts:
    """A party's confirmed address for service; ``has_electronic``: mobile, e-mail or platform is written down."""

    postcode: str = ""
    address: str = ""
    recipient: str = ""
    phone: str = ""
    confirmed_on: date | None = None
    agrees_to_electronic: bool = False
    has_electronic: bool = False


def disputing(parties: Sequence[PartyFacts]) -> list[PartyFacts]:
    """Return the parties whose dispute it is; interested outsiders give no consent and sign nothing."""
    return [party for party in parties if party.role in DISPUTING_ROLES]


def refusal_obstacles(parties: Sequence[PartyFacts]) -> list[Obstacle]:
    """Return one obstacle for each party that clearly refuses.

    RT-02: People's Mediation Law (2010), Art. 17; Civil Procedure Law (2023), Arts. 99, 125.
    """
    refusing = [party for party in disputing(parties) if party.consent == Consent.REFUSED]
    return [because(PartyBar.PARTY_REFUSES, who=party.name) for party in refusing]


def consent_obstacles(parties: Sequence[PartyFacts]) -> list[Obstacle]:
    """Return one obstacle for each party that has not agreed; silence is neither consent nor refusal.

    RT-02, RT-03: People's Mediation Law (2010), Arts. 17, 23.
    """
    silent = [party for party in disputing(parties) if party.consent == Consent.PENDING]
    return refusal_obstacles(parties) + [because(PartyBar.PARTY_SILENT, who=party.name) for party in silent]


def agent_obstacles(party: PartyFacts, *, most: int) -> list[Obstacle]:
    """Return what is wrong with a party's agents: one too many, a mandate without its paper.

    QT-16: Civil Procedure Law (2023), Arts. 61, 62.
    """
    found = [because(PartyBar.THIRD_AGENT, who=party.name, most=most)] if len(party.agents) > most else []
    return found + [because(PartyBar.AGENT_PAPER, agent=agent.name) for agent in party.agents if not agent.has_paper]


def mandate_obstacles(
    agent: str, *, kind: AgentKind | None, authority: AgentAuthority | None, powers: Sequence[str] = ()
) -> list[Obstacle]:
    """Return what an agent's mandate leaves unsaid: who the agent is, how far the authority goes.

    QT-16: Civil Procedure Law (2023), Arts. 61, 62; SPC Interpretation of the CPL (2022), Art. 89.
    """
    found = [] if kind else [because(PartyBar.NO_AGENT_KIND, agent=agent)]
    if authority is None:
        found.append(because(PartyBar.AUTHORITY_UNSAID, agent=agent))
    elif authority == AgentAuthority.SPECIAL and not any(power.strip() for power in powers):
        found.append(because(PartyBar.POWERS_UNSAID, agent=agent))
    return found


def guardian_obstacles(parties: Sequence[PartyFacts]) -> list[Obstacle]:
    """Return one obstacle for each party that cannot act alone and has nobody to act for it.

    MH-05: Civil Code (2020), Arts. 19 to 23.
    """
    return [
        because(PartyBar.NO_GUARDIAN, who=party.name)
        for party in disputing(parties)
        if party.capacity != Capacity.FULL and not party.guardian
    ]


def agent_settles_obstacles(agent: AgentFacts) -> list[Obstacle]:
    """Return what forbids an agent to settle for the principal: special authority is wanted, spelled out.

    QT-16: Civil Procedure Law (2023), Art. 62; SPC Interpretation of the CPL (2022), Art. 89.
    """
    found = [] if agent.has_paper else [because(PartyBar.AGENT_PAPER, agent=agent.name)]
    if agent.authority != AgentAuthority.SPECIAL:
        return [*found, because(PartyBar.NO_AUTHORITY, agent=agent.name)]
    return found if agent.may_settle else [*found, because(PartyBar.NO_POWER_TO_SETTLE, agent=agent.name)]


def address_obstacles(who: str, service: ServiceFacts | None) -> list[Obstacle]:
    """Return what a party's address for service lacks.

    DC-07: SPC Provisions on Service by Court Mail (2004), Arts. 3 to 5; SPC Interpretation of the CPL (2022), Art. 136.
    """
    if service is None or service.confirmed_on is None:
        return [because(PartyBar.NO_ADDRESS, who=who)]
    found = []
    if not all(part.strip() for part in (service.postcode, service.address, service.recipient, service.phone)):
        found.append(because(PartyBar.ADDRESS_INCOMPLETE, who=who))
    if service.agrees_to_electronic and not service.has_electronic:
        found.append(because(PartyBar.NO_ELECTRONIC_ADDRESS, who=who))
    return found


def may_serve_electronically(service: ServiceFacts | None) -> bool:
    """Say whether papers may go by e-mail or telephone: only with express consent in the confirmed form. DC-07."""
    return bool(service and service.confirmed_on and service.agrees_to_electronic and service.has_electronic)
