"""Mediators: who may be one, and who may be given a case."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.registry.calendar.rules import WorkCalendar
from mediation.registry.people.rules import ADULT_FROM, age_on
from mediation.registry.settings.rules import Figure

PLAIN_DAYS = WorkCalendar({}, frozenset())  # terms and training end on their day, a rest day or not


class MediatorSource(Choice):
    """Where the members of a pool come from."""

    COMMITTEE = "committee", N_("调委会委员")
    ENGAGED = "engaged", N_("聘任调解员")
    RETIRED_JUDGE = "retired_judge", N_("退休法官、检察官")
    RETIRED_POLICE = "retired_police", N_("退休民警")
    LAWYER = "lawyer", N_("律师")
    LEGAL_WORKER = "legal_worker", N_("基层法律服务工作者")
    DEPUTY = "deputy", N_("人大代表、政协委员")
    COUNSELLOR = "counsellor", N_("心理咨询师")
    TRADE = "trade", N_("行业专业人士")
    VILLAGE = "village", N_("村（社区）干部")
    OTHER = "other", N_("其他")


class CommitteePost(Choice):
    """What a member of a committee is in it (PM-02)."""

    DIRECTOR = "director", N_("主任")
    DEPUTY_DIRECTOR = "deputy_director", N_("副主任")
    MEMBER = "member", N_("委员")


class LeaveKind(Choice):
    """Why a mediator is away."""

    LEAVE = "leave", N_("请假")
    SICK = "sick", N_("病假")
    TRAINING = "training", N_("外出培训、出差")
    TRANSFER = "transfer", N_("调动前交接")


class Misconduct(Choice):
    """What a mediator may not do. PM-17: People's Mediation Law (2010), Art. 15."""

    BIAS = "bias", N_("偏袒一方当事人")
    INSULT = "insult", N_("侮辱当事人")
    MONEY = "money", N_("索取、收受财物或者牟取其他不正当利益")
    LEAK = "leak", N_("泄露当事人的个人隐私、商业秘密")
    OTHER = "other", N_("其他")


class ComplaintState(Choice):
    OPEN = "open", N_("待处理")
    UPHELD = "upheld", N_("查实")
    DISMISSED = "dismissed", N_("不成立")


class Sanction(Choice):
    """What follows from misconduct that was found true. PM-17: People's Mediation Law (2010), Art. 15."""

    CRITICISM = "criticism", N_("批评教育、责令改正")
    SUSPENSION = "suspension", N_("暂停派新案")
    REMOVAL = "removal", N_("罢免、解聘")


class Bar(Reason):
    NOT_ADULT = "not_adult", N_("%(who)s不满%(age)s周岁，不能担任调解员"), "PM-01"
    NOT_YET = "not_yet", N_("%(who)s的任期从%(day)s开始"), "PM-01"
    TERM_OVER = "term_over", N_("%(who)s的任期已于%(day)s届满"), "PM-02"
    REMOVED = "removed", N_("%(who)s已于%(day)s解聘、罢免"), "PM-17"
    MISCONDUCT = "misconduct", N_("%(who)s有查实的严重违纪投诉，%(day)s起不派新案"), "PM-17"
    ON_LEAVE = "on_leave", N_("%(who)s%(first)s到%(last)s%(kind)s，由%(deputy)s代"), None
    ON_LEAVE_ALONE = "on_leave_alone", N_("%(who)s%(first)s到%(last)s%(kind)s，没有定代办人"), None
    LOAD_FULL = "load_full", N_("%(who)s手上%(points)s分，到了%(most)s分不再派"), None
    NOT_LISTED = "not_listed", N_("%(who)s不在法院特邀调解名册上"), "JM-01"


class Caution(Reason):
    """What does not forbid an assignment but is shown and kept."""

    TRAINING = "training", N_("%(who)s上次培训是%(day)s，该在%(due_on)s以前再培训"), "PM-21"
    NEVER_TRAINED = "never_trained", N_("%(who)s没有培训记录"), "PM-21"
    TERM = "term", N_("%(who)s是调委会委员，任期到%(day)s满，该换届了"), "PM-02"
    LOAD = "load", N_("%(who)s手上%(points)s分，过了%(most)s分，看看别人"), None
    CERTIFICATE = "certificate", N_("%(who)s的调解员证%(day)s到期了"), "PM-01"


class LeaveBar(Reason):
    """What is wrong with days away."""

    BACKWARDS = "backwards", N_("最后一天不能早于第一天")
    OVER = "over", N_("这几天已经过去了")
    OVERLAPS = "overlaps", N_("和%(first)s到%(last)s的重叠，先改那一次")
    DEPUTY_SELF = "deputy_self", N_("代办人不能是本人")
    DEPUTY_AWAY = "deputy_away", N_("代办人%(who)s%(first)s到%(last)s也不在")
    DEPUTY_GONE = "deputy_gone", N_("代办人%(who)s那几天不在任")
    ENDED = "ended", N_("这一次已经结束")


@dataclass(frozen=True)
class Leave:
    """Days away, both counted."""

    first: date
    last: date
    kind: LeaveKind = LeaveKind.LEAVE
    deputy: str | None = None

    def covers(self, day: date) -> bool:
        """Say whether somebody is away on a day."""
        return self.first <= day <= self.last


class CommitteeNote(Reason):
    """What a committee's composition lacks; nothing is barred by it, the bureau has it put right."""

    TOO_FEW = "too_few", N_("只有%(count)s名委员，要有%(least)s到%(most)s名"), "PM-02"
    TOO_MANY = "too_many", N_("有%(count)s名委员，最多%(most)s名"), "PM-02"
    NO_DIRECTOR = "no_director", N_("没有主任，要设一名"), "PM-02"
    TWO_DIRECTORS = "two_directors", N_("登记了%(count)s名主任，只设一名"), "PM-02"
    NO_WOMAN = "no_woman", N_("没有妇女委员"), "PM-02"
    NO_MINORITY = "no_minority", N_("这里是多民族居住地区，没有人数较少民族的委员"), "PM-02"
    TERM_OVER = "term_over", N_("这一届到%(day)s满三年，该换届了"), "PM-02"


@dataclass(frozen=True)
class Member:
    """A member of a committee as its composition is looked at; ``ethnic`` as written, 汉族 is the majority."""

    term_from: date
    post: CommitteePost | None = None
    is_woman: bool = False
    ethnic: str | None = None


MAJORITY = frozenset({"汉", "汉族", "", None})


def committee_notes(
    members: Sequence[Member], *, on: date, least: int, most: int, term: Figure, multi_ethnic: bool = False
) -> list[Obstacle]:
    """Return what a committee lacks in words; warned, never barred.

    ``least``, ``most``, ``term`` and ``multi_ethnic`` are the dated settings of PM-02. The term runs from the day the
    present members began; it is full on the day three years later, and warned of from then on.
    PM-02: People's Mediation Law (2010), Arts. 8, 9.
    """
    found = []
    if len(members) < least:
        found.append(because(CommitteeNote.TOO_FEW, count=len(members), least=least, most=most))
    if len(members) > most:
        found.append(because(CommitteeNote.TOO_MANY, count=len(members), most=most))
    directors = sum(member.post is CommitteePost.DIRECTOR for member in members)
    if directors == 0:
        found.append(because(CommitteeNote.NO_DIRECTOR))
    if directors > 1:
        found.append(because(CommitteeNote.TWO_DIRECTORS, count=directors))
    if not any(member.is_woman for member in members):
        found.append(because(CommitteeNote.NO_WOMAN))
    if multi_ethnic and not any(member.ethnic not in MAJORITY for member in members):
        found.append(because(CommitteeNote.NO_MINORITY))
    began = min((member.term_from for member in members), default=None)
    if began is not None and on >= (full_on := _after(began, term)):
        found.append(because(CommitteeNote.TERM_OVER, day=full_on))
    return found


@dataclass(frozen=True)
class MediatorFacts:
    name: str
    born_on: date
    term_from: date
    term_to: date | None = None
    removed_on: date | None = None
    trained_on: date | None = None
    is_court_listed: bool = False
    points: int = 0  # load of the open work
    leave: Leave | None = None  # the one that matters on the day
    barred_on: date | None = None
    certificate_until: date | None = None
    is_member: bool = False  # of the committee, by election; others are engaged


def enrol_obstacles(
    name: str, born_on: date, *, on: date, age: int = ADULT_FROM, birthday_counts: bool = False
) -> list[Obstacle]:
    """Return what forbids taking somebody into the pool: nothing but not being an adult.

    PM-01: People's Mediation Law (2010), Art. 14.
    """
    if age_on(born_on, on, birthday_counts=birthday_counts) >= age:
        return []
    return [because(Bar.NOT_ADULT, who=name, age=age)]


def assign_obstacles(
    mediator: MediatorFacts, *, on: date, for_court: bool = False, age: int = ADULT_FROM, birthday_counts: bool = False,
    most_points: int = 0,
) -> list[Obstacle]:
    """Return what forbids giving a mediator a case; ``for_court``: the court commissioned or entrusted it.

    ``age`` and ``birthday_counts`` are the dated settings of PM-01, ``most_points`` the house's cap on open work (row
    44; 0: none).
    PM-01, PM-02, PM-17: People's Mediation Law (2010), Arts. 8, 14, 15.
    JM-01: SPC Provisions on Invited Mediation (2016), Arts. 1, 11.
    """
    who = mediator.name
    found = enrol_obstacles(who, mediator.born_on, on=on, age=age, birthday_counts=birthday_counts)
    if on < mediator.term_from:
        found.append(because(Bar.NOT_YET, who=who, day=mediator.term_from))
    if mediator.term_to is not None and on > mediator.term_to:
        found.append(because(Bar.TERM_OVER, who=who, day=mediator.term_to))
    if mediator.removed_on is not None and on >= mediator.removed_on:
        found.append(because(Bar.REMOVED, who=who, day=mediator.removed_on))
    if mediator.barred_on is not None and on >= mediator.barred_on:
        found.append(because(Bar.MISCONDUCT, who=who, day=mediator.barred_on))
    if mediator.leave is not None and mediator.leave.covers(on):
        found.append(_away(who, mediator.leave))
    if most_points and mediator.points >= most_points:
        found.append(because(Bar.LOAD_FULL, who=who, points=mediator.points, most=most_points))
    if for_court and not mediator.is_court_listed:
        found.append(because(Bar.NOT_LISTED, who=who))
    return found


def _away(who: str, leave: Leave) -> Obstacle:
    told = {"who": who, "first": leave.first, "last": leave.last, "kind": leave.kind}
    return because(Bar.ON_LEAVE, deputy=leave.deputy, **told) if leave.deputy else because(Bar.ON_LEAVE_ALONE, **told)


def leave_obstacles(wanted: Leave, others: Iterable[Leave], *, today: date) -> list[Obstacle]:
    """Return what forbids taking leave: days that are over, or that another leave covers already (row 41)."""
    if wanted.last < wanted.first:
        return [because(LeaveBar.BACKWARDS)]
    found = [because(LeaveBar.OVER)] if wanted.last < today else []
    clashing = [each for each in others if each.first <= wanted.last and wanted.first <= each.last]
    return found + [because(LeaveBar.OVERLAPS, first=each.first, last=each.last) for each in clashing]


def assign_cautions(
    mediator: MediatorFacts, *, on: date, training: Figure, term: Figure, most: int = 0
) -> list[Obstacle]:
    """Return what to look at before giving a mediator a case.

    ``training`` and ``term`` are the dated settings of PM-21 and PM-02, ``most`` the points from which the house
    looks twice (0: none).
    PM-02: People's Mediation Law (2010), Art. 9. PM-21: Art. 14; SPC Provisions on Invited Mediation (2016), Art. 7.
    """
    who, trained_on = mediator.name, mediator.trained_on
    found = []
    if trained_on is None:
        found.append(because(Caution.NEVER_TRAINED, who=who))
    elif on > (due_on := _after(trained_on, training)):
        found.append(because(Caution.TRAINING, who=who, day=trained_on, due_on=due_on))
    if mediator.is_member and on >= (full_on := _after(mediator.term_from, term)):
        found.append(because(Caution.TERM, who=who, day=full_on))
    if mediator.certificate_until is not None and on > mediator.certificate_until:
        found.append(because(Caution.CERTIFICATE, who=who, day=mediator.certificate_until))
    if most and mediator.points >= most:
        found.append(because(Caution.LOAD, who=who, points=mediator.points, most=most))
    return found


def _after(day: date, figure: Figure) -> date:
    return PLAIN_DAYS.end_of_period(day, **figure.period, roll=False).day
