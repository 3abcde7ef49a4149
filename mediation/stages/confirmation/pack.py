"""The pack: everything an application to the court needs, check by check, and the days that are left."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mediation.casefile.cases.rules import (
    Basis,
    PartyFacts,
    ServiceFacts,
    address_obstacles,
    agent_settles_obstacles,
    disputing,
)
from mediation.ground.choices import Choice, N_
from mediation.ground.errors import Obstacle, because
from mediation.registry.calendar.rules import LastDay, WorkCalendar
from mediation.registry.regions.competence import CompetentCourt
from mediation.registry.regions.rules import Court
from mediation.stages.confirmation.court_steps import DismissalGround
from mediation.stages.confirmation.courts import court_obstacles
from mediation.stages.confirmation.rules import (
    AgreementFacts,
    ApplicationForm,
    Bar,
    Caution,
    PropertyPapers,
    ShamSign,
    body_obstacles,
    clause_obstacles,
    concerns_property,
    last_day_to_apply,
    time_obstacles,
)


class CheckKey(Choice):
    """The checks of a pack, in the order in which people go through it."""

    IN_TIME = "in_time", N_("在申请期限内")
    AGREEMENT_SIGNED = "agreement_signed", N_("协议各方签名盖章")
    MEDIATOR_SIGNED = "mediator_signed", N_("调解员签名")
    SEALED = "sealed", N_("调解组织盖章")
    APPLICATION_SIGNED = "application_signed", N_("各方在申请书上签")
    IDENTITY = "identity", N_("身份核对")
    ADDRESSES = "addresses", N_("送达地址")
    AGENTS = "agents", N_("代理人特别授权")
    COURT = "court", N_("法院已选定")
    PROPERTY = "property", N_("财产权利证明")
    PROOF = "proof", N_("调解组织主持调解的证明")
    CLAUSES = "clauses", N_("不能确认的条款已移出")
    SOUND = "sound", N_("没有驳回情形和虚假调解疑点")


CURES = {
    CheckKey.AGREEMENT_SIGNED: "agreement",
    CheckKey.MEDIATOR_SIGNED: "agreement",
    CheckKey.SEALED: "agreement",
    CheckKey.IDENTITY: "parties",
    CheckKey.ADDRESSES: "parties",
    CheckKey.AGENTS: "parties",
}
BEFORE_PRINTING = frozenset({CheckKey.IN_TIME, CheckKey.COURT, CheckKey.CLAUSES})
BARS = frozenset({  # the law or the court is against it: nothing that is got together helps
    Bar.TOO_LATE, Bar.ENTRUSTED, Bar.ORAL_AGREEMENT, Bar.BODY_NOT_ESTABLISHED, Bar.NOTHING_TO_CONFIRM,
    Bar.GROUND_PRESENT, Bar.SHAM_SUSPECTED,
})
NEVER_PRINTED = frozenset({Bar.ORAL_AGREEMENT, Bar.BODY_NOT_ESTABLISHED, Bar.SHAM_SUSPECTED})


@dataclass(frozen=True)
class PackFacts:
    """What has been got together. Collections hold parties, ``addresses`` maps them to their address for service.

    ``included`` holds the numbers of the clauses that the application asks for.
    """

    parties: Sequence[PartyFacts]
    agreement: AgreementFacts
    included: Collection[int]
    body: str
    body_is_established: bool
    body_is_listed: bool = False
    form: ApplicationForm = ApplicationForm.WRITTEN
    applied: Collection[str] = ()
    identified: Collection[str] = ()
    addresses: Mapping[str, ServiceFacts] = field(default_factory=dict)
    court: Court | None = None
    courts: Sequence[CompetentCourt] = ()
    property_papers: PropertyPapers | None = None
    proof_sealed: bool = False
    grounds: Mapping[DismissalGround, bool] = field(default_factory=dict)
    sham_suspected: bool = False


@dataclass(frozen=True)
class Check:
    key: CheckKey
    obstacles: tuple[Obstacle, ...]

    @property
    def label(self) -> str:
        return self.key.label

    @property
    def ok(self) -> bool:
        return not self.obstacles


@dataclass(frozen=True)
class Readiness:
    """The checks of a pack and the time that is left. ``days_left`` is negative when it is too late."""

    checks: tuple[Check, ...]
    last_day: LastDay | None
    days_left: int | None

    @property
    def obstacles(self) -> list[Obstacle]:
        return [obstacle for check in self.checks for obstacle in check.obstacles]

    @property
    def ready(self) -> int:
        return sum(check.ok for check in self.checks)

    @property
    def bars(self) -> list[Obstacle]:
        """Return what forbids applying, apart from what only lacks. JC-01, JC-03, JC-09, JC-10, JC-13, JC-19."""
        return [obstacle for obstacle in self.obstacles if obstacle.reason in BARS]


def readiness(
    facts: PackFacts, *, on: date, days: int, calendar: WorkCalendar, posted_on: date | None = None,
    restored_until: date | None = None,
) -> Readiness:
    """Return every check of the pack with what it lacks, and the days that are left.

    JC-01, JC-02: Civil Procedure Law (2023), Art. 205. JC-09, JC-10, JC-13: SPC Interpretation of the CPL (2022),
    Arts. 354, 355, 358. JC-19: SPC Provisions on Invited Mediation (2016), Art. 18.
    """
    agreement, parties = facts.agreement, disputing(facts.parties)
    found = {
        CheckKey.IN_TIME: time_obstacles(
            agreement.effective_on, on=on, days=days, calendar=calendar, posted_on=posted_on,
            restored_until=restored_until,
        ),
        CheckKey.AGREEMENT_SIGNED: _written_and_signed(agreement, parties),
        CheckKey.MEDIATOR_SIGNED: [] if agreement.mediator_signed else [because(Bar.MEDIATOR_NOT_SIGNED)],
        CheckKey.SEALED: [] if agreement.sealed else [because(Bar.NOT_SEALED)],
        CheckKey.APPLICATION_SIGNED: _applied(facts, parties),
        CheckKey.IDENTITY: _not_in(facts.identified, parties, Bar.IDENTITY_UNCHECKED),
        CheckKey.ADDRESSES: [
            obstacle
            for party in parties
            for obstacle in address_obstacles(party.name, facts.addresses.get(party.ref))
        ],
        CheckKey.AGENTS: [
            obstacle for party in parties for agent in party.agents for obstacle in agent_settles_obstacles(agent)
        ],
        CheckKey.COURT: _court(facts),
        CheckKey.PROPERTY: _property(facts),
        CheckKey.PROOF: _proof(facts),
        CheckKey.CLAUSES: clause_obstacles(agreement, facts.included),
        CheckKey.SOUND: _sound(facts),
    }
    checks = tuple(
        Check(key, tuple(obstacle.curable_at(CURES.get(key, "confirmation.prepare")) for obstacle in obstacles))
        for key, obstacles in found.items()
    )
    if agreement.effective_on is None:
        return Readiness(checks, None, None)
    last_day = last_day_to_apply(agreement.effective_on, days=days, calendar=calendar)
    left = max(last_day.day, restored_until or last_day.day) - on
    return Readiness(checks, last_day, left.days)


def printing_obstacles(found: Readiness) -> list[Obstacle]:
    """Return what forbids printing the application; what is signed and sealed on paper can only come after it.

    JC-01, JC-04 to JC-07, DC-04. JC-03: a body that is no lawful one proves nothing. JC-19: no application while a
    suspicion stands.
    """
    return [
        obstacle
        for check in found.checks
        for obstacle in check.obstacles
        if check.key in BEFORE_PRINTING or obstacle.reason in NEVER_PRINTED
    ]


def _not_in(there: Collection[str], parties: Sequence[PartyFacts], bar: Bar) -> list[Obstacle]:
    return [because(bar, who=party.name) for party in parties if party.ref not in there]


def _written_and_signed(agreement: AgreementFacts, parties: Sequence[PartyFacts]) -> list[Obstacle]:
    if agreement.is_oral:
        return [because(Bar.ORAL_AGREEMENT)]
    return _not_in(agreement.signed, parties, Bar.PARTY_NOT_SIGNED)


def _applied(facts: PackFacts, parties: Sequence[PartyFacts]) -> list[Obstacle]:
    """An oral application is signed in the court's record, not here (JC-08)."""
    return [] if facts.form == ApplicationForm.ORAL else _not_in(facts.applied, parties, Bar.NOT_APPLIED)


def _court(facts: PackFacts) -> list[Obstacle]:
    if facts.agreement.basis == Basis.ENTRUSTED:
        return [because(Bar.ENTRUSTED)]
    return court_obstacles(facts.court, facts.courts)


def _property(facts: PackFacts) -> list[Obstacle]:
    wanting = facts.property_papers is None and concerns_property(facts.agreement.clauses)
    return [because(Bar.NO_PROPERTY_PAPERS)] if wanting else []


def _proof(facts: PackFacts) -> list[Obstacle]:
    found = [] if facts.proof_sealed else [because(Bar.PROOF_NOT_SEALED)]
    return found + body_obstacles(facts.body, is_established=facts.body_is_established, is_listed=facts.body_is_listed)


def _sound(facts: PackFacts) -> list[Obstacle]:
    found = [because(Bar.SHAM_SUSPECTED)] if facts.sham_suspected else []
    if not facts.grounds:
        return [*found, because(Bar.GROUNDS_UNSEEN)]
    for ground in DismissalGround:
        if ground not in facts.grounds:
            found.append(because(Bar.GROUND_UNANSWERED, ground=ground))
        elif facts.grounds[ground]:
            found.append(because(Bar.GROUND_PRESENT, ground=ground))
    return found


def cautions(facts: PackFacts, *, seen: Collection[ShamSign] = ()) -> list[Obstacle]:
    """Return what to look at before filing; ``seen`` are signs that the mediator noticed.

    JC-19: SPC Provisions on Invited Mediation (2016), Art. 18; SPC Rules on Online Mediation (2022), Art. 23.
    """
    signs = dict.fromkeys([*shared_agents(facts.parties), *seen])
    found = [because(Caution.SHAM_SIGN, sign=sign) for sign in signs]
    if facts.property_papers == PropertyPapers.NOT_NEEDED and concerns_property(facts.agreement.clauses):
        found.append(because(Caution.PROPERTY))
    return found


def shared_agents(parties: Sequence[PartyFacts]) -> list[ShamSign]:
    """Return SAME_AGENT when one person acts for parties on different sides. JC-19."""
    roles: dict[str, set[str]] = {}
    for party in disputing(parties):
        for agent in party.agents:
            roles.setdefault(agent.name, set()).add(party.role)
    return [ShamSign.SAME_AGENT] if any(len(sides) > 1 for sides in roles.values()) else []
