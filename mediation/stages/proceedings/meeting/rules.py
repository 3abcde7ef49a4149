"""Meetings: who has to be told and asked before one begins, who may sit in, and what came of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from mediation.casefile.cases.rules import FROM_COURT, Basis, PartyFacts, Trait, disputing, refusal_obstacles
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.stages.proceedings.appointing.rules import AppointedMediator, assignment_obstacles, recusal_obstacles


class GuestRole(Choice):
    """As what somebody is invited. PM-05: People's Mediation Law (2010), Art. 20."""

    EXPERT = "expert", N_("专家")
    OBSERVER = "observer", N_("旁听")
    RELATIVE = "relative", N_("亲属")
    NEIGHBOUR = "neighbour", N_("邻居")
    COLLEAGUE = "colleague", N_("同事")
    ORGANISATION = "organisation", N_("社会组织")
    OTHER = "other", N_("其他")


class SessionResult(Choice):
    AGREED = "agreed", N_("达成协议")
    CONTINUE = "continue", N_("继续调解")
    ADJOURNED = "adjourned", N_("改期")
    NO_SHOW = "no_show", N_("有人没到场")
    UNREACHABLE = "unreachable", N_("没联系上")
    ENDED = "ended", N_("终止调解")
    NO_ANSWER = "no_answer", N_("没人接")
    WRONG_NUMBER = "wrong_number", N_("号码不对")
    REACHED = "reached", N_("联系上了")


# What counts towards "cannot be reached" (JM-11); a meeting put off by agreement and a call that was answered do not.
FAILED_CONTACTS = (
    SessionResult.NO_SHOW, SessionResult.UNREACHABLE, SessionResult.NO_ANSWER, SessionResult.WRONG_NUMBER,
)
ATTEMPTED = frozenset({*FAILED_CONTACTS, SessionResult.ADJOURNED, SessionResult.REACHED})


class SessionManner(Choice):
    IN_PERSON = "in_person", N_("当面")
    ON_SITE = "on_site", N_("现场")
    ONLINE = "online", N_("视频")
    PHONE = "phone", N_("电话")


class SessionBar(Reason):
    NO_NOTICE_FORM = "no_notice_form", N_("没有勾选告知了谁"), "PM-06"
    NO_RIGHTS_NOTICE = "no_rights_notice", N_("还没有告知%(who)s权利义务"), "PM-06"
    PUBLIC_MEDICAL = "public_medical", N_("医疗纠纷不公开调解，%(who)s没有同意公开"), "PM-07"
    PUBLIC_COURT = "public_court", N_("法院委派、委托的调解不公开，%(who)s没有同意公开"), "PM-07"
    PRIVATE_ASKED = "private_asked", N_("%(who)s要求不公开"), "PM-07"
    NO_CONSENT_TO_INVITE = "no_consent_to_invite", N_("邀请%(guest)s参加，%(who)s还没有同意"), "PM-05"
    IS_ON_IT = "is_on_it", N_("%(guest)s已经在这件案件上")
    NO_ONLINE_CONSENT = "no_online_consent", N_("%(who)s没有同意用视频调解"), "RT-03"
    NO_PLATFORM = "no_platform", N_("视频调解要写用的哪个平台，或者会议链接"), None
    NO_WHY_VOID = "no_why_void", N_("作废要写理由"), None
    NO_ATTEMPT = "no_attempt", N_("开成了的会不能作废，只能改记录"), None
    VOID_ALREADY = "void_already", N_("这一条已经作废"), None
    JOINT_AFTER_VIOLENCE = "joint_after_violence", N_("有家庭暴力，%(who)s没有同意见面，双方分开谈"), "MH-01"


@dataclass(frozen=True)
class SessionFacts:
    """What is known when a session begins; collections hold parties.

    ``victims`` are those who suffer domestic violence, ``meeting`` those of them who agree to sit with the other side.
    ``guests`` maps an invited person to the parties who agree to the invitation.
    """

    parties: Sequence[PartyFacts]
    mediators: Sequence[AppointedMediator]
    basis: Basis
    informed: Collection[str]
    traits: frozenset[str] = frozenset()
    is_public: bool = False
    is_joint: bool = True
    publicity_agreed: Collection[str] = ()
    privacy_asked: Collection[str] = ()
    victims: Collection[str] = ()
    meeting: Collection[str] = ()
    guests: Mapping[str, Collection[str]] | None = None
    is_online: bool = False
    online_agreed: Collection[str] = ()
    has_platform: bool = False


def session_obstacles(facts: SessionFacts) -> list[Obstacle]:
    """Return everything that forbids opening the session."""
    found = refusal_obstacles(facts.parties)
    found += notice_obstacles(facts.parties, facts.informed)
    found += assignment_obstacles(facts.mediators, basis=facts.basis)
    for mediator in facts.mediators:
        found += recusal_obstacles(mediator, facts.parties)
    found += publicity_obstacles(facts)
    for guest, agreed in (facts.guests or {}).items():
        found += invitation_obstacles(guest, facts.parties, agreed)
    if facts.is_joint:
        unwilling = [party for party in facts.parties if party.ref in facts.victims and party.ref not in facts.meeting]
        found += [because(SessionBar.JOINT_AFTER_VIOLENCE, who=party.name) for party in unwilling]
    if facts.is_online:
        found += online_obstacles(facts.parties, facts.online_agreed, has_platform=facts.has_platform)
    return found


def online_obstacles(
    parties: Sequence[PartyFacts], agreed: Collection[str], *, has_platform: bool
) -> list[Obstacle]:
    """Return what a meeting by video lacks: the yes of each party to that way, and where it is held (row 49).

    RT-03: mediation is voluntary in its manner, too; silence is no yes.
    """
    silent = [party for party in disputing(parties) if party.ref not in agreed]
    found = [because(SessionBar.NO_ONLINE_CONSENT, who=party.name) for party in silent]
    return found if has_platform else [*found, because(SessionBar.NO_PLATFORM)]


def notice_obstacles(parties: Sequence[PartyFacts], informed: Collection[str]) -> list[Obstacle]:
    """Return one obstacle for each party not yet told its rights and duties.

    PM-06: People's Mediation Law (2010), Arts. 23, 24. JM-08: SPC Provisions on Invited Mediation (2016), Art. 14.
    """
    unaware = [party for party in disputing(parties) if party.ref not in informed]
    return [because(SessionBar.NO_RIGHTS_NOTICE, who=party.name) for party in unaware]


def publicity_obstacles(facts: SessionFacts) -> list[Obstacle]:
    """Return what forbids a public session.

    PM-07: Regulation on the Prevention and Handling of Medical Disputes (2018), Art. 42; People's Mediation Law
    (2010), Art. 23; SPC Provisions on Invited Mediation (2016), Art. 2.
    """
    if not facts.is_public:
        return []
    parties = disputing(facts.parties)
    found = [because(SessionBar.PRIVATE_ASKED, who=party.name) for party in parties if party.ref in facts.privacy_asked]
    bar = SessionBar.PUBLIC_MEDICAL if Trait.MEDICAL in facts.traits else SessionBar.PUBLIC_COURT
    if bar == SessionBar.PUBLIC_MEDICAL or facts.basis in FROM_COURT:
        found += [because(bar, who=party.name) for party in parties if party.ref not in facts.publicity_agreed]
    return found


def invitation_obstacles(guest: str, parties: Sequence[PartyFacts], agreed: Collection[str]) -> list[Obstacle]:
    """Return one obstacle for each party that has not agreed to an invited person.

    PM-05: People's Mediation Law (2010), Art. 20.
    """
    silent = [party for party in disputing(parties) if party.ref not in agreed]
    return [because(SessionBar.NO_CONSENT_TO_INVITE, guest=guest, who=party.name) for party in silent]
