"""Intake: what a registration needs, what screening asks and opens, and which disputes are not ours to take."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mediation.casefile.cases.rules import (
    PartyFacts,
    PartyFlag,
    Source,
    Track,
    Trait,
    court_number_obstacles,
    read_court_number,
)
from mediation.casefile.duties.rules import DutyKind
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.registry.people.rules import Capacity, age_on, is_minor
from mediation.stages.intake.reading import Side, Told, is_organisation, read_side

__all__ = ["Side", "Told", "is_organisation", "read_side"]  # what is typed in one line is read beside

DATA_NOTICE = "1"  # version of the notice on personal data that comes with the program (DP-05)
NOTICE_LATER = "later"  # came from another body: the notice is given at the first contact with the person (DP-05)
CONSUMER_TYPE = "consumer"
FROM_A_COURT = frozenset({Source.COURT_COMMISSION, Source.COURT_ENTRUSTMENT})
UNASKED = frozenset({Source.OWN_MOTION, Source.GRID})  # found by ourselves: no party has asked for anything yet (LM-02)


class Elsewhere(Choice):
    """Who has already accepted or decided the dispute."""

    COURT = "court", N_("人民法院")
    POLICE = "police", N_("公安机关")
    PROCURATORATE = "procuratorate", N_("人民检察院")
    ARBITRATION = "arbitration", N_("仲裁机构")
    HEALTH_AUTHORITY = "health_authority", N_("卫生健康部门")
    MEDICAL_COMMITTEE = "medical_committee", N_("医疗纠纷人民调解委员会")
    AGENCY = "agency", N_("其他行政机关")


# A body may ask for mediation of what it has in hand: then the dispute is ours although it is there too (RT-06).
SENT_BY = {
    Elsewhere.COURT: FROM_A_COURT,
    Elsewhere.POLICE: frozenset({Source.POLICE}),
    Elsewhere.PROCURATORATE: frozenset({Source.PROCURATORATE}),
    Elsewhere.HEALTH_AUTHORITY: frozenset({Source.AGENCY}),
    Elsewhere.AGENCY: frozenset({Source.AGENCY}),
}


class Question(Choice):
    """The screening: five things to ask before a case goes anywhere (RT-08)."""

    CRIME = "crime", N_("有没有犯罪线索？")
    VIOLENCE = "violence", N_("有没有家庭暴力？")
    MINOR_AT_RISK = "minor_at_risk", N_("有没有未成年人受到侵害或者有危险？")
    HARM = "harm", N_("有没有人扬言伤人、自伤，或者有凶器？")
    COLLECTIVE = "collective", N_("是不是十人以上？")


class Interruption(Choice):
    """What interrupts the limitation besides the request to a mediation body (LM-03, LM-04)."""

    DEMAND = "demand", N_("向对方提出过请求（催讨函、短信、当面催要）")
    PROMISE = "promise", N_("对方承认、承诺分期、部分履行或者提供担保")
    PART = "part", N_("只要求了一部分：及于其余部分，明确放弃的除外")
    JOINT = "joint", N_("向连带债务人之一提出，或者连带债权人之一提出：及于其他人")
    SUIT = "suit", N_("起诉、申请仲裁或者申请支付令")
    REPORT = "report", N_("向公安、检察院、法院报案或者控告")
    REFUSED = "refused", N_("知道不立案、撤销案件或者不起诉：从这天重新起算")


# Words in a story that ask for a question; the clerk answers it, not the words (RT-08).
CLUES = {
    Question.CRIME: ("诈骗", "盗窃", "抢劫", "敲诈", "强奸", "贩毒", "绑架", "非法拘禁", "重伤", "轻伤", "伪造"),
    Question.VIOLENCE: ("家暴", "打老婆", "丈夫打", "老公打", "妻子被打", "打了我", "虐待", "不让出门"),
    Question.MINOR_AT_RISK: ("未成年", "猥亵", "欺凌", "遗弃", "打孩子", "孩子被打", "留守儿童", "失学"),
    Question.HARM: (
        "同归于尽", "杀", "砍", "拿刀", "菜刀", "打死", "打残", "跳楼", "喝农药", "汽油", "点火", "炸", "扬言",
        "报复", "推了", "动手", "再这样就",
    ),
    Question.COLLECTIVE: ("联名", "集体上访", "几十人", "几十户", "全村", "全组", "业主们", "工友们", "围堵", "堵门"),
}


# Powers of an agent as the power of attorney spells them out (QT-16); papers print them as they stand here.
POWERS = (
    N_("承认、放弃、变更请求"), N_("进行和解，签署调解协议"), N_("提起反诉或者上诉"), N_("申请司法确认"),
    N_("代收法律文书"),
)


class Hint(Choice):
    """What a clerk tells the visitor because of an answer."""

    PROTECTION_ORDER = "protection_order", N_("可以向法院申请人身安全保护令，也可以报警")
    LEGAL_AID = "legal_aid", N_("可以申请法律援助")
    SEPARATE_SESSIONS = "separate_sessions", N_("双方分开谈，不要求受害人到场见面")


class Bar(Reason):
    OWN_MOTION_ONLY = (
        "own_motion_only", N_("调解员只登记自己排查发现、主动调解的纠纷；来人申请的，请到窗口登记"), "RT-07"
    )
    NO_SOURCE = "no_source", N_("没有选案件来源"), "RT-07"
    NO_COURT = "no_court", N_("法院交来的案件，要写是哪个法院"), "RT-07"
    NO_OUTSIDE_NO = "no_outside_no", N_("法院交来的案件，要写委派函、委托函的编号"), "RT-07"
    NO_PARTY = "no_party", N_("没有写来的是谁"), None
    NO_OTHER_SIDE = "no_other_side", N_("没有写对方是谁；不知道就选“不知道是谁”"), None
    NO_STORY = "no_story", N_("没有写发生了什么"), None
    NO_TYPE = "no_type", N_("没有选纠纷类型"), "ST-01"
    UNKNOWN_TYPE = "unknown_type", N_("类型表里没有“%(code)s”，请从提示里选"), "ST-01"
    TYPE_ENDED = "type_ended", N_("“%(name)s”已停用，请改选“%(heir)s”"), "ST-01"
    TYPE_ENDED_BARE = "type_ended_bare", N_("“%(name)s”已停用，请另选一个类型"), "ST-01"
    UNKNOWN_CAUSE = "unknown_cause", N_("案由表里没有“%(code)s”，请从提示里选"), "JC-22"
    UNKNOWN_PLACE = "unknown_place", N_("区划表里没有“%(code)s”，请从提示里选镇、村"), "DP-04"
    NO_DAY = "no_day", N_("没有写哪天申请的"), "LM-02"
    APPLIED_LATER = "applied_later", N_("申请日期在今天之后"), "LM-02"
    INTERRUPTED_LATER = "interrupted_later", N_("中断的日期在今天之后"), "LM-03"
    STARTS_LATER = "starts_later", N_("起算的日期在今天之后"), "LM-01"
    NO_DATA_NOTICE = "no_data_notice", N_("还没有出示个人信息告知书"), "DP-05"
    NOT_SCREENED = "not_screened", N_("筛查没有答完：%(question)s"), "RT-08"
    NOTHING_LEARNT = "nothing_learnt", N_("没有勾发现了什么"), "PM-08"
    NO_WORDS_LEARNT = "no_words_learnt", N_("没有写看到、听到了什么"), "PM-08"
    MEDICAL_ELSEWHERE = (
        "medical_elsewhere", N_("%(body)s已于%(on)s受理，医疗纠纷不再受理；请当事人在那里办完"), "RT-05"
    )
    MEDICAL_UNDATED = "medical_undated", N_("%(body)s已受理，医疗纠纷不再受理；请当事人在那里办完"), "RT-05"
    ELSEWHERE = "elsewhere", N_("%(body)s已受理或者已处理，又不是它委托调解的，不受理；请当事人在那里办"), "RT-06"
    CHILD_ALONE = "child_alone", N_("%(who)s不满%(age)s周岁，还没有监护人同意的记录"), "DP-05"


@dataclass(frozen=True)
class Registration:
    """What a clerk has filled in; ``court`` and ``outside_no`` are what a court's letter says."""

    source: Source | None = None
    applicants: tuple[str, ...] = ()
    respondents: tuple[str, ...] = ()
    other_side_unknown: bool = False
    story: str = ""
    type_code: str = ""
    applied_on: date | None = None
    data_notice: str = ""
    court: str = ""
    outside_no: str = ""
    court_no: str = ""
    unknown: tuple[tuple[Bar, str], ...] = ()  # codes that no table has


def registration_obstacles(facts: Registration, *, on: date) -> list[Obstacle]:
    """Return what a registration still lacks.

    RT-07: People's Mediation Law (2010), Art. 18. DP-05: Personal Information Protection Law (2021), Arts. 17, 30.
    DP-04: GB/T 2260.
    """
    found = [because(bar, code=code) for bar, code in facts.unknown]
    if facts.source is None:
        found.append(because(Bar.NO_SOURCE))
    if facts.source in FROM_A_COURT:
        found += [because(Bar.NO_COURT)] if not facts.court.strip() else []
        found += [because(Bar.NO_OUTSIDE_NO)] if not facts.outside_no.strip() else []
    if facts.court_no:
        found += court_number_obstacles(facts.court_no)
    if not any(name.strip() for name in facts.applicants):
        found.append(because(Bar.NO_PARTY))
    if not facts.other_side_unknown and not any(name.strip() for name in facts.respondents):
        found.append(because(Bar.NO_OTHER_SIDE))
    if not facts.story.strip():
        found.append(because(Bar.NO_STORY))
    if not facts.type_code:
        found.append(because(Bar.NO_TYPE))
    if facts.applied_on is None:
        found.append(because(Bar.NO_DAY))
    elif facts.applied_on > on:
        found.append(because(Bar.APPLIED_LATER))
    if not facts.data_notice:
        found.append(because(Bar.NO_DATA_NOTICE))
    return found


def finder_obstacles(source: Source, *, is_mediator: bool) -> list[Obstacle]:
    """Return what forbids a mediator to register: a dispute that they did not find themselves. Heads take visitors too.

    RT-03, RT-07: People's Mediation Law (2010), Art. 17. Nobody has consented yet; the parties are asked later.
    """
    return [because(Bar.OWN_MOTION_ONLY)] if is_mediator and source != Source.OWN_MOTION else []


def court_number(text: str | None) -> str | None:
    """Return a court's case number as it is stored, brackets mended; what is none stays as typed. CN-01."""
    return str(read_court_number(text) or text) if text else None


def known_elsewhere(body: str | None, *, court_no: str | None, source: Source) -> Elsewhere | None:
    """Return who has the matter in hand; a body that is not on the list is an agency like others.

    A court's number on a case that no court sent says by itself that a court has it. RT-06.
    """
    if body:
        return Elsewhere(body) if body in set(Elsewhere) else Elsewhere.AGENCY
    return Elsewhere.COURT if court_no and source not in FROM_A_COURT else None


def elsewhere_obstacles(
    elsewhere: Elsewhere | None, *, since: date | None, source: Source, traits: Iterable[str]
) -> list[Obstacle]:
    """Return what forbids taking a dispute that another body has in hand, unless that body itself sent it.

    RT-05: Regulation on the Prevention and Handling of Medical Disputes (2018), Arts. 31, 40.
    RT-06: Provisions on People's Mediation (2002), Art. 22; SPC Provisions on Invited Mediation (2016), Art. 11.
    """
    if elsewhere is None or source in SENT_BY.get(elsewhere, ()):
        return []
    if Trait.MEDICAL in traits:
        undated = because(Bar.MEDICAL_UNDATED, body=elsewhere)
        return [because(Bar.MEDICAL_ELSEWHERE, body=elsewhere, on=since) if since else undated]
    return [because(Bar.ELSEWHERE, body=elsewhere)]


def clues(story: str) -> dict[Question, tuple[str, ...]]:
    """Return the questions that a story asks for, each with the words that do."""
    found = {question: tuple(word for word in words if word in story) for question, words in CLUES.items()}
    return {question: words for question, words in found.items() if words}


def acceptance_key(track: Track | None, traits: Collection[str], *, main_type: str = "") -> str:
    """Return the row of the dated settings that says by when acceptance is decided; no track yet: the shortest.

    PM-19: SF/T 0083-2020. AM-11: Regulation on the Prevention and Handling of Medical Disputes (2018), Art. 40.
    AM-12: Consumer Protection Law (2013), Art. 46. AM-17: local. ``main_type`` is the level-1 type.
    """
    if track != Track.ADMINISTRATIVE:
        return "PM-19"
    if main_type == CONSUMER_TYPE:
        return "AM-12.act"
    return "AM-11.accept" if Trait.MEDICAL in traits else "AM-17.accept"


def screening_obstacles(answers: Mapping[Question, bool]) -> list[Obstacle]:
    """Return one obstacle for each question that has no answer yet; a case is not routed before. RT-08."""
    return [because(Bar.NOT_SCREENED, question=question) for question in Question if question not in answers]


def seal_reason(answers: Mapping[Question, bool]) -> Question | None:
    """Return why a case is sealed, None when it is not: violence at home, a minor harmed or in danger (P6)."""
    return next((question for question in (Question.VIOLENCE, Question.MINOR_AT_RISK) if answers.get(question)), None)


def duties_opened(
    answers: Mapping[Question, bool],
    *,
    victim: Capacity = Capacity.FULL,
    people: int = 0,
    numerous_from: int,
) -> list[DutyKind]:
    """Return the duties that the answers open, once each.

    ``victim`` is the capacity of who suffers the violence, ``people`` the number on the larger side,
    ``numerous_from`` the dated setting of MH-07.
    PM-08, MH-06: People's Mediation Law (2010), Art. 25. MH-02: Anti-Domestic Violence Law (2015), Art. 14.
    MH-04: Law on the Protection of Minors (2024), Art. 11. MH-07: SPC Interpretation of the CPL (2022), Art. 75.
    """
    found = []
    if answers.get(Question.HARM):
        found.append(DutyKind.ESCALATION)
    if answers.get(Question.CRIME):
        found.append(DutyKind.CRIME)
    if answers.get(Question.VIOLENCE) and victim != Capacity.FULL:
        found.append(DutyKind.VIOLENCE)
    if answers.get(Question.MINOR_AT_RISK):
        found.append(DutyKind.MINOR)
    if answers.get(Question.COLLECTIVE) or is_collective(people, numerous_from=numerous_from):
        found.append(DutyKind.COLLECTIVE)
    return found


def hints_for(answers: Mapping[Question, bool]) -> list[Hint]:
    """Return what to tell the visitor. MH-01, MH-03, MH-13: Anti-Domestic Violence Law (2015), Arts. 13, 19, 23."""
    return list(Hint) if answers.get(Question.VIOLENCE) else []


def is_collective(people: int, *, numerous_from: int) -> bool:
    """Say whether one side is numerous. MH-07: SPC Interpretation of the CPL (2022), Art. 75."""
    return people >= numerous_from


def age_flags(born_on: date | None, *, on: date, elderly_from: int) -> frozenset[PartyFlag]:
    """Return the flags that follow from a birth date alone. MH-04, MH-05."""
    if born_on is None:
        return frozenset()
    if is_minor(born_on, on):
        return frozenset({PartyFlag.MINOR})
    return frozenset({PartyFlag.ELDERLY}) if age_on(born_on, on) >= elderly_from else frozenset()


def child_obstacles(parties: Sequence[PartyFacts], *, on: date, under: int) -> list[Obstacle]:
    """Return one obstacle for each small child in the case whose guardian has not consented.

    ``under`` is the dated setting of DP-05: Personal Information Protection Law (2021), Arts. 28, 31 (14 years).
    """
    return [
        because(Bar.CHILD_ALONE, who=party.name, age=under)
        for party in parties
        if party.born_on and age_on(party.born_on, on) < under and not party.guardian
    ]


def limitation_interrupted_on(
    applied_on: date, *, limitation_on: date | None = None, is_limited: bool = True, is_asked: bool = True
) -> date | None:
    """Return the day that interrupts the limitation: that of the request, not that of its acceptance.

    None where the claim knows no limitation (LM-05), it had already run out (``limitation_on`` is its known last
    day), or no party has asked: what a committee or the grid found interrupts nothing. A fixed period (LM-07) is not
    asked about here: nothing interrupts it.
    LM-02: Civil Code (2020), Art. 195; SPC Provisions on Limitation of Actions (2020), Art. 12.
    """
    if not (is_limited and is_asked) or (limitation_on is not None and applied_on > limitation_on):
        return None
    return applied_on


def latest_interruption(*days: date | None) -> date | None:
    """Return the day from which the limitation runs anew, of all that interrupted it; it may be interrupted again.

    LM-02 to LM-04: Civil Code (2020), Art. 195; SPC Interpretation on the General Part (2022), Art. 38.
    """
    return max((day for day in days if day is not None), default=None)
