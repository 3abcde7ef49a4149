"""Signing: who may put a name under an agreement and how, and from which day it binds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mediation.casefile.cases import needs
from mediation.casefile.cases.rules import (
    FROM_COURT,
    Basis,
    PartyFacts,
    PartyFlag,
    PartyKind,
    Representation,
    Track,
    Trait,
    agent_settles_obstacles,
    disputing,
)
from mediation.ground.choices import N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.registry.people.rules import Capacity
from mediation.stages.agreements.rules import SignatureKind

MAY_SIGN = (Representation.GUARDIAN, Representation.LEGAL_REP, Representation.AGENT, Representation.GROUP_REP)


class Bar(Reason):
    CANNOT_WRITE = "cannot_write", N_("%(who)s不能书写，应按指印"), "DC-05"
    NO_WRITER = "no_writer", N_("%(who)s不能书写，要写明由谁代书"), "DC-05"
    NO_WITNESS = "no_witness", N_("%(who)s不能书写，要有见证人签名"), "DC-05"
    GUARDIAN_SIGNS = "guardian_signs", N_("%(who)s没有完全民事行为能力，由法定代理人签"), "MH-05"
    NOT_THE_GUARDIAN = "not_the_guardian", N_("%(who)s没有登记法定代理人"), "MH-05"
    NOT_AN_AGENT = "not_an_agent", N_("签字的人不是%(who)s的代理人"), "QT-16"
    MAY_NOT_SIGN = "may_not_sign", N_("翻译、陪同的人不能替%(who)s签字，请本人或者有特别授权的代理人签"), "QT-16"
    NOT_A_BODY = "not_a_body", N_("%(who)s不是单位，没有法定代表人，请本人签"), "QT-16"
    CONSENT_LATER = "consent_later", N_("%(who)s的书面同意晚于代表人签字"), "MH-07"
    BEFORE_AGREED = "before_agreed", N_("签字日期在达成协议之前"), "PM-13"
    SIGNED_LATER = "signed_later", N_("签字日期在今天之后"), "PM-13"
    PAPER_ONLY = "paper_only", N_("涉及婚姻、收养、继承，不能用电子签名，请签纸质"), "JM-16"


class Missing(Reason):
    """What is still wanted before an agreement binds."""

    PARTY = "party", N_("%(who)s还没有签"), "PM-13"
    MEDIATOR = "mediator", N_("调解员还没有签"), "PM-13"
    SEAL = "seal", N_("调解组织还没有盖章"), "PM-13"


class Caution(Reason):
    SEAL_MISSING = "seal_missing", N_("协议已生效，但调解组织还没有盖章"), "JM-09"
    SEAL_LATER = "seal_later", N_("盖章晚于生效日，司法确认的期限从各方签完那天算"), "JM-09"


@dataclass(frozen=True)
class Signing:
    """One signature of a party. ``by`` says in what capacity somebody else signs, None that the party does itself."""

    party: PartyFacts
    kind: SignatureKind
    signed_on: date
    by: Representation | None = None
    agent: str = ""
    written_by: str = ""
    witness: str = ""
    read_by: str = ""  # who read the text to a party that cannot
    consented_on: date | None = None  # the member's own written consent, where a group's representative signs
    is_electronic: bool = False


def signing_obstacles(signing: Signing, *, agreed_on: date, on: date, by_hand: bool = False) -> list[Obstacle]:
    """Return what is wrong with a party's signature. ``by_hand``: the dispute's papers are signed in ink (JM-16).

    DC-05, PM-13: People's Mediation Law (2010), Art. 29. MH-05: Civil Code (2020), Arts. 19 to 23.
    QT-16: Civil Procedure Law (2023), Art. 62; SPC Interpretation of the CPL (2022), Art. 89. MH-07: that the members
    of a group consented is asked by ``rules.group_obstacles``.
    JM-16: Electronic Signature Law (2019), Art. 3.
    """
    found = []
    if signing.signed_on < agreed_on:
        found.append(because(Bar.BEFORE_AGREED))
    if signing.signed_on > on:
        found.append(because(Bar.SIGNED_LATER))
    if signing.is_electronic and by_hand:
        found.append(because(Bar.PAPER_ONLY))
    return found + _who_signs_obstacles(signing)


def _who_signs_obstacles(signing: Signing) -> list[Obstacle]:
    party = signing.party
    if signing.by == Representation.GUARDIAN:
        return [] if party.guardian else [because(Bar.NOT_THE_GUARDIAN, who=party.name)]
    if party.capacity != Capacity.FULL:
        return [because(Bar.GUARDIAN_SIGNS, who=party.name)]
    if signing.by is not None and signing.by not in MAY_SIGN:
        return [because(Bar.MAY_NOT_SIGN, who=party.name)]
    if signing.by == Representation.LEGAL_REP and party.kind != PartyKind.ORGANISATION:
        return [because(Bar.NOT_A_BODY, who=party.name)]
    if signing.by == Representation.GROUP_REP:
        is_late = signing.consented_on is not None and signing.consented_on > signing.signed_on
        return [because(Bar.CONSENT_LATER, who=party.name)] if is_late else []
    if signing.by == Representation.AGENT:
        agent = next((agent for agent in party.agents if agent.name == signing.agent), None)
        return agent_settles_obstacles(agent) if agent else [because(Bar.NOT_AN_AGENT, who=party.name)]
    if signing.by is not None:
        return []
    found = needs.signing_obstacles(party, read_by=signing.read_by)
    return found + (_cannot_write_obstacles(signing) if PartyFlag.CANNOT_WRITE in party.flags else [])


def _cannot_write_obstacles(signing: Signing) -> list[Obstacle]:
    """Somebody writes the name, the party puts a finger to it, a witness signs."""
    who = signing.party.name
    wanted = (
        (Bar.CANNOT_WRITE, signing.kind == SignatureKind.FINGERPRINT),
        (Bar.NO_WRITER, signing.written_by.strip()),
        (Bar.NO_WITNESS, signing.witness.strip()),
    )
    return [because(bar, who=who) for bar, is_there in wanted if not is_there]


@dataclass(frozen=True)
class Effect:
    """From which day the agreement binds; None with what is still missing."""

    effective_on: date | None
    missing: tuple[Obstacle, ...] = ()
    cautions: tuple[Obstacle, ...] = ()


def effect_of(
    parties: Sequence[PartyFacts],
    signed_on: Mapping[str, date],
    *,
    mediator_on: date | None,
    sealed_on: date | None,
    track: Track,
    basis: Basis,
    traits: Collection[str] = (),
    is_electronic: bool = False,
) -> Effect:
    """Return the effect of a written agreement; ``signed_on`` holds a day for each party that has signed.

    It binds when the last of all has signed: parties, mediator, and the body by its seal. Where a court sent the case,
    where it was signed online, and before the traffic police, the parties' signatures alone decide; a seal that comes
    later moves nothing, so that the thirty days are counted from the earlier day.
    PM-13: People's Mediation Law (2010), Art. 29. JM-09: SPC Provisions on Invited Mediation (2016), Art. 19.
    JM-16: SPC Rules on Online Mediation (2022), Art. 19. AM-05: Implementing Regulation of the Road Traffic Safety
    Law (2017), Art. 95.
    """
    missing = [because(Missing.PARTY, who=party.name) for party in disputing(parties) if party.ref not in signed_on]
    days = [signed_on[party.ref] for party in disputing(parties) if party.ref in signed_on]
    before_traffic_police = track == Track.ADMINISTRATIVE and Trait.TRAFFIC in traits
    if basis in FROM_COURT or is_electronic or before_traffic_police:
        if missing or not days:
            return Effect(None, tuple(missing))
        return Effect(max(days), cautions=tuple(_seal_cautions(sealed_on, max(days))))
    missing += [because(Missing.MEDIATOR)] if mediator_on is None else []
    missing += [because(Missing.SEAL)] if sealed_on is None else []
    if missing or mediator_on is None or sealed_on is None:
        return Effect(None, tuple(missing))
    return Effect(max([*days, mediator_on, sealed_on]))


def _seal_cautions(sealed_on: date | None, effective_on: date) -> list[Obstacle]:
    if sealed_on is None:
        return [because(Caution.SEAL_MISSING)]
    return [because(Caution.SEAL_LATER)] if sealed_on > effective_on else []
