"""Agreements: what a text must hold, what makes it doubtful, and which clauses a court may confirm."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from mediation.casefile.cases.rules import Basis, PartyFacts, Track, Trait, disputing
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because


class ClauseKind(Choice):
    PAY = "pay", N_("付款")
    DO = "do", N_("做事、交付")
    TERM = "term", N_("约定")


class Manner(Choice):
    """How a duty is performed."""

    TRANSFER = "transfer", N_("转账")
    CASH = "cash", N_("现金")
    MOBILE = "mobile", N_("微信、支付宝")
    GOODS = "goods", N_("交付实物")
    WORK = "work", N_("完成约定的事")


class Subject(Choice):
    """What a clause is about, where that bars its confirmation (JC-10, JC-21).

    PLAIN is the mediator's word that it is none of these, whatever the text sounds like.
    """

    PLAIN = "plain", N_("一般给付或者约定")
    STATUS = "status", N_("婚姻、亲子、收养等身份关系")
    TITLE = "title", N_("确认物权、知识产权")
    LABOUR = "labour", N_("劳动关系的恢复、解除")
    OTHER_PROCEDURE = "other_procedure", N_("适用其他特别程序、公示催告、破产程序")
    NOT_CIVIL = "not_civil", N_("不属于法院民事管辖")


class SignatureKind(Choice):
    SIGNATURE = "signature", N_("签名")
    SEAL = "seal", N_("盖章")
    FINGERPRINT = "fingerprint", N_("按指印")


class Signer(Choice):
    PARTY = "party", N_("当事人")
    MEDIATOR = "mediator", N_("调解员")
    BODY = "body", N_("调解组织")


class Bar(Reason):
    """Why an agreement cannot be concluded; what is wrong with its text is found by ``linting``."""

    NO_MEMBER_CONSENT = "no_member_consent", N_("代表人达成协议，还有%(count)s人没有书面同意：%(who)s"), "MH-07"
    TOO_MANY_REPRESENTATIVES = "too_many_representatives", N_("代表人最多%(most)s名"), "MH-07"
    NO_AGREED_ON = "no_agreed_on", N_("没有写哪天达成的口头协议"), "PM-14"
    AGREED_LATER = "agreed_later", N_("达成协议的日期在今天之后"), "PM-14"
    AGREED_BEFORE = "agreed_before", N_("达成协议的日期早于受理（%(accepted_on)s）"), "PM-14"
    NOT_MEDIATING = "not_mediating", N_("这件案件现在没有正在进行的调解"), None


class NotConfirmable(Reason):
    """Why a court will not confirm a clause; it binds the parties all the same."""

    NOT_CIVIL = "not_civil", N_("不属于法院受理民事案件的范围"), "JC-10"
    # a divorce may be mediated, its property and support confirmed; the marriage itself is never dissolved so (JM-18)
    STATUS = "status", N_("请求确认婚姻、亲子、收养等身份关系，法院不受理"), "JC-10"
    OTHER_PROCEDURE = "other_procedure", N_("适用其他特别程序、公示催告或者破产程序，法院不受理"), "JC-10"
    TITLE = "title", N_("确认物权、知识产权，法院不受理"), "JC-10"
    LABOUR = "labour", N_("劳动争议只有给付内容可以确认"), "JC-21"


SOUNDS_LIKE = (
    (Subject.STATUS, re.compile(
        r"离婚(?!后|时|前|证|协议|判决|调解|纠纷|之后|以后|之日|时候|登记之日|诉讼)|和好|解除婚姻|婚姻关系|收养关系|(解除|变更|确认)[^，。；]{0,4}收养|"
        r"亲子关系|(?:确认|认定)[^，。；]{0,12}(?:亲生|生父|生母)|(断绝|脱离|解除|确认)[^，。；]{0,6}(父子|父女|母子|母女)[^，。；]{0,4}关系|抚养权|监护权"
    )),
    (Subject.TITLE, re.compile(
        r"归(?!还)[^，。；]{0,12}(所有|使用|享有)|所有权|(宅基地|土地|林地|竹林|果园|鱼塘|山林|山场|房屋|使用权|经营权|权属|产权)[^，。；]{0,8}(?:归(?!还)|判给|确权给)|(专利权?|商标权?|著作权|版权)[^，。；]{0,6}(?:归(?!还)|属于)|"
        r"(产权|房屋|老屋|房产|林地|土地)[^，。；]{0,6}(?:确认|确定)(?:为|归|属于?)|确认[^，。；]{0,16}(?:为|是|系|属于?)[^，。；]{0,8}财产|(确认|确定)[^，。；]{0,10}(权属|产权|林权|物权|专利权|商标权|著作权)|(林地|山林|山场|宅基地|土地)[^，。；]{0,6}权属"
    )),
    (Subject.LABOUR, re.compile(r"(恢复|解除|终止|继续履行)劳动(合同|关系)")),
)


@dataclass(frozen=True)
class Clause:
    """One numbered clause: who owes whom what, how much, by when and how. Parties are refs."""

    kind: ClauseKind
    obligors: tuple[str, ...] = ()
    obligees: tuple[str, ...] = ()
    what: str = ""
    amount_fen: int | None = None
    due_on: date | None = None
    at_once: bool = False
    manner: Manner | None = None
    has_account: bool = False
    account: str = ""  # holder, bank and number, where they are read
    subject: Subject | None = None


@dataclass(frozen=True)
class Draft:
    """A text as it stands. ``total_fen`` is what the payments must come to, ``others`` who else may be named in it."""

    track: Track
    parties: Sequence[PartyFacts]
    clauses: Sequence[Clause] = ()
    facts: str = ""
    total_fen: int | None = None
    breach_clause: str = ""
    traits: frozenset[str] = frozenset()
    basis: Basis = Basis.SELF_RUN
    others: frozenset[str] = frozenset()
    signs_electronically: bool = False
    by_hand: bool = False  # the papers of such a dispute are signed in ink (JM-16)


def sounds_like(text: str) -> Subject | None:
    """Return what a text seems to be about where that would bar its confirmation."""
    return next((subject for subject, pattern in SOUNDS_LIKE if pattern.search(text)), None)


def subject_of(clause: Clause, traits: Collection[str]) -> Subject:
    """Return what a clause is about where that bars its confirmation, PLAIN where nothing does.

    Where the mediator has not said what the clause is about, what it sounds like counts.
    DC-04, JC-10, JM-18: SPC Interpretation of the CPL (2022), Art. 355. JC-21: SPC Interpretation on Labour Disputes
    (I) (2020), Art. 52.
    """
    subject = clause.subject or sounds_like(clause.what) or Subject.PLAIN
    if subject == Subject.PLAIN and Trait.LABOUR in traits and clause.kind != ClauseKind.PAY:
        return Subject.LABOUR
    return subject


def why_not_confirmable(clause: Clause, traits: Collection[str]) -> Obstacle | None:
    """Return why a clause stays out of the application to the court, None where it may go in. DC-04, JC-10, JC-21."""
    subject = subject_of(clause, traits)
    return None if subject == Subject.PLAIN else because(NotConfirmable[subject.name])


@dataclass(frozen=True)
class Group:
    """A numerous side: its members by name, those who speak for it, those who consented in writing to this text."""

    members: Sequence[str]
    representatives: Sequence[str]
    consenting: Collection[str]
    most: int


def group_obstacles(group: Group) -> list[Obstacle]:
    """Return what forbids representatives to settle for the others.

    MH-07: Civil Procedure Law (2023), Arts. 56, 57; Regulation on Petition Work (2022), Art. 20.
    """
    found = []
    if len(group.representatives) > group.most:
        found.append(because(Bar.TOO_MANY_REPRESENTATIVES, most=group.most))
    missing = tuple(
        member for member in group.members if member not in group.representatives and member not in group.consenting
    )
    if missing:
        found.append(because(Bar.NO_MEMBER_CONSENT, count=len(missing), who=missing))
    return found


def copies_needed(parties: Sequence[PartyFacts], *, for_court: bool = False) -> int:
    """Return how many originals: one for each party, one for the body, one for the court that sent the case.

    PM-13: People's Mediation Law (2010), Art. 29.
    """
    return len(disputing(parties)) + 1 + for_court
