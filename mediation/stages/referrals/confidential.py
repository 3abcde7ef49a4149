"""What leaves with a referral and what must stay: an allow-list, concessions, personal data, undisputed facts."""

from collections.abc import Collection, Sequence

from mediation.casefile.cases.rules import TO_COURT, Exit, PartyFacts, PartyKind, disputing
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.stages.proceedings.confidential import concession_obstacles

__all__ = ["concession_obstacles"]  # told on to the room

# What may leave, by kind of paper. Records of sessions, notes, offers and concessions have no entry (JM-12).
_ABOUT_THE_CASE = frozenset({"application", "service_address", "termination", "undisputed_facts"})
_AGREEMENTS = frozenset({"agreement", "oral_agreement"})
MAY_LEAVE = {
    Exit.QUICK_TRIAL: _ABOUT_THE_CASE | _AGREEMENTS | {"quick_trial_referral"},
    Exit.SUIT: _ABOUT_THE_CASE | _AGREEMENTS | {"quick_trial_referral"},
    Exit.ARBITRATION: _ABOUT_THE_CASE | _AGREEMENTS,
    Exit.GOVERNMENT: _ABOUT_THE_CASE,
    Exit.POLICE: frozenset({"application", "termination"}) | _AGREEMENTS,
    Exit.PETITION: frozenset({"application", "termination"}),
}


class DataBasis(Choice):
    """On what ground personal data are handed to another body (DP-10)."""

    COURT_FILING = "court_filing", N_("向法院起诉、移送，有法律依据")
    STATUTORY_DUTY = "statutory_duty", N_("履行法定职责")
    CONSENT = "consent", N_("当事人单独同意")


class StayBar(Reason):
    MAY_NOT_LEAVE = "may_not_leave", N_("%(kind)s不能随案移送"), "JM-12"
    NO_DATA_BASIS = "no_data_basis", N_("没有选提供个人信息的依据"), "DP-10"
    NOT_A_COURT = "not_a_court", N_("“向法院起诉、移送”这一依据只用于送法院的"), "DP-10"
    NO_DATA_CONSENT = "no_data_consent", N_("%(who)s没有单独同意提供个人信息"), "DP-10"
    NO_FACT = "no_fact", N_("没有写无争议的事实"), "JM-13"
    NO_CONSENT = "no_consent", N_("%(who)s没有同意记载无争议事实"), "JM-13"
    NOT_SIGNED = "not_signed", N_("%(who)s没在无争议事实记载上签"), "JM-13"
    MEDIATOR_NOT_SIGNED = "mediator_not_signed", N_("调解员没在无争议事实记载上签"), "JM-13"


def leaving_obstacles(exit: Exit, papers: Collection[str]) -> list[Obstacle]:
    """Return one obstacle for each kind of paper that may not leave by that exit. JM-12."""
    return [because(StayBar.MAY_NOT_LEAVE, kind=kind) for kind in papers if kind not in MAY_LEAVE[exit]]


def bases_for(exit: Exit) -> tuple[DataBasis, ...]:
    """Return the grounds on which personal data can go that way; a filing's own only goes to a court. DP-10."""
    return tuple(basis for basis in DataBasis if basis != DataBasis.COURT_FILING or exit in TO_COURT)


def asked_for_consent(parties: Sequence[PartyFacts]) -> list[PartyFacts]:
    """Return whose consent counts: the persons in dispute. What is known of an organisation is no personal data.

    DP-10: Personal Information Protection Law (2021), Arts. 4, 23.
    """
    return [party for party in disputing(parties) if party.kind == PartyKind.PERSON]


def data_obstacles(
    basis: DataBasis | None, parties: Sequence[PartyFacts], consents: Collection[str], *, exit: Exit
) -> list[Obstacle]:
    """Return what is wanted before personal data go to another body: a statutory basis, or each person's consent.

    DP-10: Personal Information Protection Law (2021), Arts. 13, 23.
    """
    if basis is None:
        return [because(StayBar.NO_DATA_BASIS)]
    if basis not in bases_for(exit):
        return [because(StayBar.NOT_A_COURT)]
    if basis != DataBasis.CONSENT:
        return []
    silent = [party for party in asked_for_consent(parties) if party.ref not in consents]
    return [because(StayBar.NO_DATA_CONSENT, who=party.name) for party in silent]


def undisputed_obstacles(
    facts: Sequence[str],
    parties: Sequence[PartyFacts],
    *,
    consents: Collection[str],
    signed: Collection[str],
    mediator_signed: bool,
    concessions: Sequence[str] = (),
    beside: Sequence[str] = (),
) -> list[Obstacle]:
    """Return why a record of undisputed facts may not be attached: written, with the consent of all, signed by all.

    ``beside`` is what else the paper prints: the evidence of a fact, the points in dispute.
    JM-12, JM-13: SPC Rules on Online Mediation (2022), Arts. 18, 22.
    """
    found = [] if any(fact.strip() for fact in facts) else [because(StayBar.NO_FACT)]
    for party in disputing(parties):
        if party.ref not in consents:
            found.append(because(StayBar.NO_CONSENT, who=party.name))
        if party.ref not in signed:
            found.append(because(StayBar.NOT_SIGNED, who=party.name))
    if not mediator_signed:
        found.append(because(StayBar.MEDIATOR_NOT_SIGNED))
    return found + concession_obstacles([*facts, *beside], concessions)
