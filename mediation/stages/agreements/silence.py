"""Approval by silence: a written proposal, served on all, that nobody objects to in time is their agreement (JM-14)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mediation.casefile.cases.rules import PartyFacts, disputing
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because


class ProposalOutcome(Choice):
    DEEMED = "deemed", N_("无人异议，视为达成协议")
    OBJECTED = "objected", N_("有人异议，调解不成立")
    TAKEN_BACK = "taken_back", N_("收回")


class ServiceManner(Choice):
    """How a proposal reaches a party."""

    IN_PERSON = "in_person", N_("当面签收")
    POST = "post", N_("邮寄")
    ELECTRONIC = "electronic", N_("电子送达")


class Bar(Reason):
    NO_CONSENT = "no_proposal_consent", N_("%(who)s没有同意由调解员提出调解方案"), "JM-14"
    CONSENT_LATER = "proposal_consent_later", N_("%(who)s同意的日期晚于提出方案的日期"), "JM-14"
    NOT_SERVED = "proposal_not_served", N_("方案还没有送达%(who)s"), "JM-14"
    STILL_OPEN = "proposal_still_open", N_("%(who)s到%(last)s都可以书面异议"), "JM-14"
    SERVED_BEFORE = "proposal_served_before", N_("%(who)s的送达日期早于提出方案的日期"), "JM-14"
    SERVED_LATER = "proposal_served_later", N_("%(who)s的送达日期在今天之后"), "JM-14"
    OBJECTED_TOO_LATE = "objected_too_late", N_("%(who)s的异议期已于%(last)s届满，这份异议不影响方案"), "JM-14"
    OBJECTED_LATER = "objected_later", N_("异议日期在今天之后"), "JM-14"
    OBJECTED_BEFORE = "objected_before", N_("异议日期早于提出方案的日期"), "JM-14"
    NO_WORDS = "objection_no_words", N_("没有写异议说了什么"), "JM-14"


@dataclass(frozen=True)
class Put:
    """A proposal as the rules see it: day it was made, and per party (by ref) the last day to object."""

    proposed_on: date
    last: Mapping[str, date]


def consent_obstacles(parties: Sequence[PartyFacts], consents: Mapping[str, date], *, on: date) -> list[Obstacle]:
    """Return whose consent to the procedure is missing; without that of all there is no proposal.

    JM-14: SPC Opinions on the Diversified Mechanism (2016), Art. 24.
    """
    found = []
    for party in disputing(parties):
        given = consents.get(party.ref)
        if given is None:
            found.append(because(Bar.NO_CONSENT, who=party.name))
        elif given > on:
            found.append(because(Bar.CONSENT_LATER, who=party.name))
    return found


def service_obstacles(who: str, served_on: date, put: Put, *, on: date) -> list[Obstacle]:
    """Return what is wrong with a day of service."""
    found = [because(Bar.SERVED_BEFORE, who=who)] if served_on < put.proposed_on else []
    return found + ([because(Bar.SERVED_LATER, who=who)] if served_on > on else [])


def objection_obstacles(party: PartyFacts, objected_on: date, words: str, put: Put, *, on: date) -> list[Obstacle]:
    """Return why an objection does not count; who was not served yet may object as well. JM-14."""
    last = put.last.get(party.ref)
    bars = (
        (objected_on > on, because(Bar.OBJECTED_LATER)),
        (objected_on < put.proposed_on, because(Bar.OBJECTED_BEFORE)),
        (last is not None and objected_on > last, because(Bar.OBJECTED_TOO_LATE, who=party.name, last=last)),
        (not words.strip(), because(Bar.NO_WORDS)),
    )
    return [obstacle for is_so, obstacle in bars if is_so]


def silence_obstacles(parties: Sequence[PartyFacts], put: Put, *, on: date) -> list[Obstacle]:
    """Return what keeps silence from being consent: who was not served, who may still object on that day. JM-14."""
    found = []
    for party in disputing(parties):
        last = put.last.get(party.ref)
        if last is None:
            found.append(because(Bar.NOT_SERVED, who=party.name))
        elif on <= last:
            found.append(because(Bar.STILL_OPEN, who=party.name, last=last))
    return found


def deemed_on(put: Put) -> date:
    """Return the day from which the proposal is the parties' agreement: the one after the last day of all."""
    return max(put.last.values()) + timedelta(days=1)
