"""Groups: who may speak for many, what they need from those they speak for, and what so many people oblige to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mediation.casefile.cases.rules import Consent, ConsentForm
from mediation.casefile.duties.rules import DutyKind
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because

LEAST = 2
MOST_SAID = 100_000
KEPT_DAYS = 30  # what was printed; it can be printed again
NAMED = 5  # members whose names stand in a reason; the rest is a number
SHOWN_ON_PAPER = frozenset({ConsentForm.WRITTEN, ConsentForm.ONLINE})


class Work(Choice):
    """What was done to a group; the history tells it."""

    OPENED = "opened", N_("按群体案件办理")
    CHANGED = "changed", N_("改人数、金额")
    LISTED = "listed", N_("名单")
    MEMBER_CHANGED = "member_changed", N_("改一名成员")
    MEMBER_LEFT = "member_left", N_("一名成员退出")
    ELECTED = "elected", N_("推选代表人")
    STEPPED_DOWN = "stepped_down", N_("代表人不再担任")
    PROPOSED = "proposed", N_("征求意见的和解方案")
    CONSENTED = "consented", N_("成员的意见")
    TAKEN_IN = "taken_in", N_("收进一件单个案件")
    LET_GO = "let_go", N_("放出一件单个案件")


class About(Choice):
    """What a member is asked: to mediate and be represented, or to settle on the terms that lie before them."""

    MEDIATION = "mediation", N_("同意调解、由代表人代表")
    SETTLEMENT = "settlement", N_("同意和解方案")


class Sheet(Choice):
    """What is printed once for the whole group."""

    LIST = "list", N_("名单")
    ELECTION = "election", N_("代表人推选书")
    CONSENT = "consent", N_("和解方案签字表")
    REPORT = "report", N_("首报单")


class Each(Choice):
    """What is printed for each member, in their own name."""

    RIGHTS_NOTICE = "rights_notice", N_("权利义务告知书")
    RECEIPT = "receipt", N_("收件回执")


class PrintState(Choice):
    RUNNING = "running", N_("正在排")
    READY = "ready", N_("排好了")


class Bar(Reason):
    IS_GROUP = "is_group", N_("本案已经按群体案件办理")
    IS_MERGED = "group_is_merged", N_("本案是群体的牵头案件，不能并入别案；把那一件收进群体或者并进来")
    TOO_FEW = "too_few", N_("群体至少%(least)s人")
    TOO_MANY_SAID = "too_many_said", N_("人数不能超过%(most)s，请核对")
    LEARNT_LATER = "learnt_later", N_("知道的时间在现在之后")
    NO_SIDE = "no_side", N_("这一方没有自然人，先登记一名当事人")
    NOBODY_CHOSEN = "nobody_chosen", N_("没有选人，先在名单里勾选")
    NOT_MEMBER = "not_member", N_("选的人里有不在名单上的，名单刚刚改过，请重新选")
    TOO_MANY = "too_many_representatives", N_("代表人最多%(most)s名，已有%(have)s名"), "MH-07"
    NO_CAPACITY = "no_capacity", N_("%(who)s没有完全民事行为能力，不能当代表人"), "MH-05"
    NO_ELECTION_PAPER = "no_election_paper", N_("没有写推选书哪天签的，代表人要由大家签名推选"), "MH-07"
    ELECTED_LATER = "elected_later", N_("推选的日期在今天之后"), "MH-07"
    REPRESENTS_NOT = "represents_not", N_("%(who)s不是代表人")
    NO_REASON = "no_group_reason", N_("没有写理由")
    SPEAKS_FOR_OTHERS = "speaks_for_others", N_("%(who)s是代表人，先登记不再担任")
    IS_PARTY = "is_party", N_("%(who)s登记为本案当事人，不能从名单去掉")
    NO_PROPOSAL = "no_proposal", N_("还没有写和解方案，先写清要大家同意什么"), "MH-07"
    NOT_IN_WRITING = "not_in_writing", N_("同意和解要有书面的或者在线确认的记录"), "MH-07"
    CONSENT_LATER = "group_consent_later", N_("表态的日期在今天之后"), "RT-03"
    NO_CONSENT_DAY = "no_consent_day", N_("没有写哪天表的态"), "RT-03"
    NOTHING_TO_PRINT = "nothing_to_print", N_("没有选要印什么")
    NO_PAPER_YET = "no_paper_yet", N_("本案还没有%(paper)s，受理、登记以后才能每人一份")
    SELF = "takes_itself", N_("不能把本案收进它自己")
    OTHER_IS_GROUP = "other_is_group", N_("%(number)s自己是群体案件的牵头案件")
    OTHER_SEALED = "other_sealed", N_("一件保密、一件不保密，不能收进来"), "MH-02"
    OTHER_MERGED = "other_merged", N_("%(number)s已经并入别案")
    NOBODY_THERE = "nobody_there", N_("%(number)s的这一方没有自然人，没有可以收进来的人")
    TAKEN_IN_ALREADY = "taken_in_already", N_("%(number)s已经收进本群体")
    NOT_TAKEN_IN = "not_taken_in", N_("这一件不在本群体里")
    UNLISTED = "unlisted", N_("登记是%(said)s人，名单上%(listed)s人，还差%(count)s人；补名单，或者改人数"), "MH-07"
    NO_REPRESENTATIVE = "no_representative", N_("还没有推选代表人"), "MH-07"
    MEMBERS_REFUSE = (
        "members_refuse", N_("%(who)s不同意，共%(count)s人；谈拢了改过来，或者请他们退出群体单独办"), "RT-02",
    )
    MEMBERS_SILENT = (
        "members_silent",
        N_("代表人和解要经被代表的人同意，还有%(count)s人没有书面同意：%(who)s；沉默不算同意"), "MH-07",
    )


@dataclass(frozen=True)
class Limits:
    """The dated settings about so many people. ``report_sum`` is in fen."""

    report_from: int
    report_sum: int
    numerous_from: int


@dataclass(frozen=True)
class Represented:
    """A group as far as settling for it is asked. Names of those who refuse and of those who said nothing.

    ``represented`` counts members who are no parties of the case themselves: parties speak and sign for themselves.
    """

    said: int
    listed: int
    represented: int
    representatives: int
    refusing: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


def headcount(said: int, listed: int) -> int:
    """Return how many people a group has: as many as were said, or more where more are listed."""
    return max(said, listed)


def opening_obstacles(said: int, learnt_at: datetime, *, now: datetime) -> list[Obstacle]:
    """Return what is wrong with a group as it was told."""
    found = [because(Bar.TOO_FEW, least=LEAST)] if said < LEAST else []
    found += [because(Bar.TOO_MANY_SAID, most=MOST_SAID)] if said > MOST_SAID else []
    return found + ([because(Bar.LEARNT_LATER)] if learnt_at > now else [])


def duties_due(people: int, sum_fen: int, limits: Limits) -> list[DutyKind]:
    """Return the duties to report that a group of that size brings.

    Row 20 of the feature map: five persons, or a sum, make the first report due (a figure of the centre). MH-07: SPC
    Interpretation of the CPL (2022), Art. 75: a side is numerous from ten.
    """
    found = []
    if people >= limits.report_from or sum_fen >= limits.report_sum:
        found.append(DutyKind.FIRST_REPORT)
    if people >= limits.numerous_from:
        found.append(DutyKind.COLLECTIVE)
    return found


def election_obstacles(
    *, have: int, chosen: Sequence[tuple[str, bool]], most: int, elected_on: date | None, signed_on: date | None,
    on: date,
) -> list[Obstacle]:
    """Return what forbids an election. ``chosen`` are (name, has full capacity); ``have`` speak for the group already.

    MH-07: Regulation on Petition Work (2022), Art. 20; Regulation on Medical Disputes (2018), Art. 30: ``most`` five.
    """
    found = [] if chosen else [because(Bar.NOBODY_CHOSEN)]
    if have + len(chosen) > most:
        found.append(because(Bar.TOO_MANY, most=most, have=have))
    found += [because(Bar.NO_CAPACITY, who=name) for name, is_able in chosen if not is_able]
    if signed_on is None:
        found.append(because(Bar.NO_ELECTION_PAPER))
    if max(filter(None, (elected_on, signed_on)), default=on) > on:
        found.append(because(Bar.ELECTED_LATER))
    return found


def answer_obstacles(
    about: About, answer: Consent, form: ConsentForm | None, *, said_on: date | None, has_proposal: bool, on: date
) -> list[Obstacle]:
    """Return what forbids to record the answers of members. Consent to settle is in writing and to known terms.

    MH-07: Civil Procedure Law (2023), Arts. 56, 57. RT-03: People's Mediation Law (2010), Art. 17.
    """
    found = [because(Bar.NO_CONSENT_DAY)] if said_on is None else []
    found += [because(Bar.CONSENT_LATER)] if said_on and said_on > on else []
    if about == About.SETTLEMENT:
        found += [] if has_proposal else [because(Bar.NO_PROPOSAL)]
        if answer == Consent.AGREED and form not in SHOWN_ON_PAPER:
            found.append(because(Bar.NOT_IN_WRITING))
    return found


def print_obstacles(
    sheets: Sequence[Sheet], each: Sequence[Each], *, people: int, has_proposal: bool, has_papers: Mapping[Each, bool]
) -> list[Obstacle]:
    """Return what keeps sheets and members' papers from being printed."""
    found = [] if sheets or each else [because(Bar.NOTHING_TO_PRINT)]
    found += [] if people else [because(Bar.NOBODY_CHOSEN)]
    if Sheet.CONSENT in sheets and not has_proposal:
        found.append(because(Bar.NO_PROPOSAL))
    return found + [because(Bar.NO_PAPER_YET, paper=which) for which in each if not has_papers[which]]


def settling_obstacles(group: Represented) -> list[Obstacle]:
    """Return what forbids that the representatives settle for the group. Silence is no consent.

    MH-07: Civil Procedure Law (2023), Arts. 56, 57: to waive, admit or settle the represented must consent. RT-02,
    RT-03: People's Mediation Law (2010), Arts. 17, 23.
    """
    found = []
    if group.said > group.listed:
        unlisted = group.said - group.listed
        found.append(because(Bar.UNLISTED, said=group.said, listed=group.listed, count=unlisted))
    if group.represented and not group.representatives:
        found.append(because(Bar.NO_REPRESENTATIVE))
    for bar, names in ((Bar.MEMBERS_REFUSE, group.refusing), (Bar.MEMBERS_SILENT, group.silent)):
        if names:
            more = ["…"] if len(names) > NAMED else []
            found.append(because(bar, who=[*names[:NAMED], *more], count=len(names)))
    return found
