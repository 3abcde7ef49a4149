"""Agreements: what a text must hold, what makes it doubtful, and which clauses a court may confirm."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from mediation.casefile.cases.rules import (
    PartyFacts,
    Track,
    Trait,
    consent_obstacles,
    disputing,
)
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
    """Why an agreement cannot be concluded as it stands. ``no`` is the number of the clause."""

    NO_FACTS = "no_facts", N_("没有写纠纷的主要事实和争议事项"), "PM-12"
    NO_CLAUSES = "no_clauses", N_("还没有协议条款"), "PM-12"
    NO_OBLIGOR = "no_obligor", N_("第%(no)s条没有写由谁履行"), "DC-03"
    NO_OBLIGEE = "no_obligee", N_("第%(no)s条没有写向谁履行"), "DC-03"
    NOT_A_PARTY = "not_a_party", N_("第%(no)s条里有人不是本案当事人"), "DC-03"
    SAME_SIDE = "same_side", N_("第%(no)s条的双方是同一人"), "DC-03"
    NO_WHAT = "no_what", N_("第%(no)s条没有写做什么"), "DC-03"
    NO_AMOUNT = "no_amount", N_("第%(no)s条没有写金额"), "DC-03"
    NO_DUE = "no_due", N_("第%(no)s条履行期限不明确"), "PM-12"
    DUE_BEFORE = "due_before", N_("第%(no)s条的期限在达成协议之前"), "PM-12"
    NO_MANNER = "no_manner", N_("第%(no)s条没有写怎么履行"), "DC-03"
    NO_ACCOUNT = "no_account", N_("第%(no)s条是转账，没有写收款账户"), "DC-03"
    NO_TOTAL = "no_total", N_("有付款条款，没有写协议总额"), "DC-03"
    SUMS_DIFFER = "sums_differ", N_("各条金额合计%(sum_fen)s元，与协议总额%(total_fen)s元不一致"), "DC-03"
    COURT_DECIDES = "court_decides", N_("不能约定违约时由法院裁判；可以约定违约金"), "DC-03"
    FEE = "fee", N_("人民调解不收费，协议里不能写调解费"), "PM-03"
    NO_MEMBER_CONSENT = "no_member_consent", N_("代表人达成协议，还有%(count)s人没有书面同意：%(who)s"), "MH-07"
    TOO_MANY_REPRESENTATIVES = "too_many_representatives", N_("代表人最多%(most)s名"), "MH-07"
    NO_AGREED_ON = "no_agreed_on", N_("没有写哪天达成的口头协议"), "PM-14"
    AGREED_LATER = "agreed_later", N_("达成协议的日期在今天之后"), "PM-14"
    AGREED_BEFORE = "agreed_before", N_("达成协议的日期早于受理（%(accepted_on)s）"), "PM-14"


class Caution(Reason):
    """What the mediator should look at; nothing here keeps the parties from agreeing."""

    VAGUE = "vague", N_("第%(no)s条“%(word)s”不明确，法院可能以内容不明确驳回"), "JC-13"
    NO_BREACH_CLAUSE = "no_breach_clause", N_("没有写违约责任"), "DC-03"
    SOUNDS_LIKE = "sounds_like", N_("第%(no)s条像是%(subject)s，法院不确认；不是就选“一般”"), "JC-10"


class NotConfirmable(Reason):
    """Why a court will not confirm a clause; it binds the parties all the same."""

    NOT_CIVIL = "not_civil", N_("不属于法院受理民事案件的范围"), "JC-10"
    STATUS = "status", N_("请求确认婚姻、亲子、收养等身份关系，法院不受理"), "JC-10"
    OTHER_PROCEDURE = "other_procedure", N_("适用其他特别程序、公示催告或者破产程序，法院不受理"), "JC-10"
    TITLE = "title", N_("确认物权、知识产权，法院不受理"), "JC-10"
    LABOUR = "labour", N_("劳动争议只有给付内容可以确认"), "JC-21"


# Words that a court has called unclear: no day, no sum, no measure (JC-13).
VAGUE_WORDS = (
    "尽快", "尽早", "尽量", "尽力", "及时", "适时", "近期", "有钱时", "有能力时", "经济好转", "条件允许", "视情况",
    "酌情", "适当", "合理", "大约", "大概", "左右", "若干", "另行协商", "再议", "争取", "逐步", "妥善",
)  # fmt: skip
SOUNDS_LIKE = (
    (Subject.STATUS, re.compile(r"离婚|和好|解除婚姻|婚姻关系|收养关系|亲子关系|抚养权|监护权")),
    (Subject.TITLE, re.compile(r"归[^，。；]{0,12}(所有|使用)|所有权|(宅基地|土地|林地|房屋|使用权)[^，。；]{0,8}归")),
    (Subject.LABOUR, re.compile(r"(恢复|解除|终止|继续履行)劳动(合同|关系)")),
)
COURT_DECIDES = re.compile(
    r"(由|交|请|听凭|让)[^，。；]{0,8}法院[^，。；]{0,4}(判决|裁判|裁决|裁定|决定|处理|认定)|以法院[^，。；]{0,6}(判决|裁判|裁决)为准"
)
MEDIATION_FEE = re.compile(r"调解(服务|手续|工本)?费|调解(组织|委员会|员)[^，。；]{0,6}(报酬|服务费|手续费)")


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
    subject: Subject | None = None


@dataclass(frozen=True)
class Draft:
    """A text as it stands. ``total_fen`` is what the payments must come to."""

    track: Track
    parties: Sequence[PartyFacts]
    clauses: Sequence[Clause] = ()
    facts: str = ""
    total_fen: int | None = None
    breach_clause: str = ""
    traits: frozenset[str] = frozenset()


def content_obstacles(draft: Draft, *, on: date) -> list[Obstacle]:
    """Return what the text lacks or may not say; ``on`` is the day of the agreement.

    The statute says "may"; a court rejects what is unclear, so all of it is asked for here.
    PM-12: People's Mediation Law (2010), Art. 29. DC-03: SPC Interpretation of the CPL (2022), Art. 358(5);
    SPC Provisions on Civil Mediation (2020), Art. 8.
    """
    found = [] if draft.facts.strip() else [because(Bar.NO_FACTS)]
    if not draft.clauses:
        found.append(because(Bar.NO_CLAUSES))
    known = {party.ref for party in disputing(draft.parties)}
    for no, clause in enumerate(draft.clauses, 1):
        found += [because(bar, no=no) for bar in _clause_bars(clause, known, on)]
    found += _sum_obstacles(draft)
    words = [clause.what for clause in draft.clauses] + [draft.breach_clause]
    if any(COURT_DECIDES.search(text) for text in words):
        found.append(because(Bar.COURT_DECIDES))
    return found + fee_obstacles(words, track=draft.track)


def _clause_bars(clause: Clause, known: Collection[str], on: date) -> list[Bar]:
    both = {*clause.obligors, *clause.obligees}
    faults = {
        Bar.NO_OBLIGOR: not clause.obligors,
        Bar.NO_OBLIGEE: not clause.obligees and clause.kind == ClauseKind.PAY,
        Bar.NOT_A_PARTY: not both <= set(known),
        Bar.SAME_SIDE: bool(clause.obligors) and clause.kind == ClauseKind.PAY and clause.obligors == clause.obligees,
        Bar.NO_WHAT: not clause.what.strip(),
        Bar.NO_AMOUNT: clause.kind == ClauseKind.PAY and not clause.amount_fen,
    }
    if clause.kind != ClauseKind.TERM:
        faults |= {
            Bar.NO_DUE: clause.due_on is None and not clause.at_once,
            Bar.DUE_BEFORE: clause.due_on is not None and clause.due_on < on,
            Bar.NO_MANNER: clause.manner is None,
            Bar.NO_ACCOUNT: clause.manner == Manner.TRANSFER and not clause.has_account,
        }
    return [bar for bar, is_so in faults.items() if is_so]


def _sum_obstacles(draft: Draft) -> list[Obstacle]:
    """The instalments and payments together are the sum that the parties agreed on."""
    amounts = [clause.amount_fen or 0 for clause in draft.clauses if clause.kind == ClauseKind.PAY]
    if amounts and draft.total_fen is None:
        return [because(Bar.NO_TOTAL)]
    if sum(amounts) == (draft.total_fen or 0):
        return []
    return [because(Bar.SUMS_DIFFER, sum_fen=sum(amounts), total_fen=draft.total_fen)]


def fee_obstacles(texts: Sequence[str], *, track: Track) -> list[Obstacle]:
    """Return FEE where people's mediation is to be paid for; an expert's fee is not a fee for mediation.

    PM-03: People's Mediation Law (2010), Art. 4.
    """
    charged = track == Track.PEOPLES and any(MEDIATION_FEE.search(text) for text in texts)
    return [because(Bar.FEE)] if charged else []


def content_cautions(draft: Draft) -> list[Obstacle]:
    """Return what to look at before the text goes out. JC-10, JC-13: SPC Interpretation of the CPL (2022), 355, 358."""
    found = []
    for no, clause in enumerate(draft.clauses, 1):
        found += [because(Caution.VAGUE, no=no, word=word) for word in VAGUE_WORDS if word in clause.what]
        heard = sounds_like(clause.what)
        if clause.subject is None and heard:
            found.append(because(Caution.SOUNDS_LIKE, no=no, subject=heard))
    if draft.clauses and not draft.breach_clause.strip():
        found.append(because(Caution.NO_BREACH_CLAUSE))
    return found


def sounds_like(text: str) -> Subject | None:
    """Return what a text seems to be about where that would bar its confirmation."""
    return next((subject for subject, pattern in SOUNDS_LIKE if pattern.search(text)), None)


def why_not_confirmable(clause: Clause, traits: Collection[str]) -> Obstacle | None:
    """Return why a clause stays out of the application to the court, None where it may go in.

    Where the mediator has not said what the clause is about, what it sounds like counts.
    DC-04, JC-10, JM-18: SPC Interpretation of the CPL (2022), Art. 355. JC-21: SPC Interpretation on Labour Disputes
    (I) (2020), Art. 52.
    """
    subject = clause.subject or sounds_like(clause.what) or Subject.PLAIN
    if subject != Subject.PLAIN:
        return because(NotConfirmable[subject.name])
    if Trait.LABOUR in traits and clause.kind != ClauseKind.PAY:
        return because(NotConfirmable.LABOUR)
    return None


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


def oral_obstacles(
    draft: Draft, *, agreed_on: date | None, on: date, accepted_on: date | None = None
) -> list[Obstacle]:
    """Return what the register of an oral agreement still lacks; the mediator must record it.

    PM-11, PM-14: People's Mediation Law (2010), Arts. 28, 30.
    """
    if agreed_on is None:
        found = [because(Bar.NO_AGREED_ON)]
    else:
        found = [because(Bar.AGREED_LATER)] if agreed_on > on else []
        if accepted_on is not None and agreed_on < accepted_on:
            found.append(because(Bar.AGREED_BEFORE, accepted_on=accepted_on))
    return found + consent_obstacles(draft.parties) + content_obstacles(draft, on=agreed_on or on)


def copies_needed(parties: Sequence[PartyFacts], *, for_court: bool = False) -> int:
    """Return how many originals: one for each party, one for the body, one for the court that sent the case.

    PM-13: People's Mediation Law (2010), Art. 29.
    """
    return len(disputing(parties)) + 1 + for_court
