"""Contacts: how somebody was known, what may be told to them, and how a case stands in words for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mediation.casefile.cases.rules import Stage
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because

LONGEST = 1000  # signs of a question or an answer


class Manner(Choice):
    WINDOW = "window", N_("来窗口")
    PHONE = "phone", N_("打电话来")


class Identified(Choice):
    """How the clerk knew who was speaking."""

    ID_CARD = "id_card", N_("看了身份证件")
    KNOWN = "known", N_("认识本人")
    PHONE_TAIL = "phone_tail", N_("报对了电话后四位")
    NOT = "not", N_("没有核实，或者不是本案的人")


class Kind(Choice):
    ANSWER = "answer", N_("问答")
    NOTE = "note", N_("记事")


class Topic(Choice):
    """What people ask, coarse enough to be counted."""

    PROGRESS = "progress", N_("办到哪一步")
    MEETING = "meeting", N_("什么时候开调解会")
    PAPERS = "papers", N_("还缺什么材料")
    MONEY = "money", N_("钱、东西给了没有")
    COURT = "court", N_("法院那边怎样")
    COMPLAINT = "complaint", N_("有意见")
    OTHER = "other", N_("别的")


class CallBack(Choice):
    """On whose list a promised call goes. Whoever sits there that day makes it."""

    MYSELF = "myself", N_("我自己")
    DESK = "desk", N_("窗口同事")
    MEDIATOR = "mediator", N_("承办调解员")
    UNIT = "unit", N_("承办单位")


class Reached(Choice):
    """What came of a promised call."""

    TOLD = "told", N_("回了，说清楚了")
    NO_ANSWER = "no_answer", N_("没人接，再打")
    NOT_NEEDED = "not_needed", N_("不用回了")


class Bar(Reason):
    NOBODY = "nobody", N_("选谁在这里")
    NOT_KNOWN = "not_known", N_("没有核实身份的，只能说办到哪一步")
    WRONG_TAIL = "wrong_tail", N_("和登记的电话后四位对不上，请换一种办法核实"), "DP-01"
    NO_PHONE = "no_phone", N_("没有登记%(who)s的电话，请换一种办法核实"), "DP-01"
    NAME_FIRST = "name_first", N_("不是本案的人，写他自报的姓名")
    NOTHING_SAID = "nothing_said", N_("没有写答了什么")
    NO_NOTE = "no_note", N_("没有写记什么")
    NO_DAY = "no_day", N_("写答应哪天以前回电话")
    DAY_GONE = "day_gone", N_("回电话的日子已经过了")
    NOBODY_TO_CALL = "nobody_to_call", N_("本案还没有%(who)s，请改成窗口同事或者自己")
    OVER = "over", N_("这次来访已经过去了，请重新核实身份")
    NOT_FOR_PARTIES = "not_for_parties", N_("这份文书不是给当事人的，不在窗口打印")
    CALLED = "called", N_("这个电话已经了结")
    NO_WORDS = "no_words", N_("写说了什么，或者为什么不用回")


# What a party may be handed at the window. Records of single talks and notes have no entry (JM-12).
PRINTABLE = frozenset({
    "receipt", "not_accepted", "rights_notice", "agreement", "oral_agreement", "termination", "undisputed_facts",
    "confirmation_application", "mediation_proof", "service_address",
})
OF_ONE_PARTY = frozenset({"service_address"})  # bears an address that the other side may not learn (row 89)


@dataclass(frozen=True)
class Who:
    """Who says they stand here; ``phone_tail`` is what the register has, ``claimed`` a name that they gave."""

    name: str = ""
    phone_tail: str | None = None
    claimed: str = ""

    @property
    def is_in_case(self) -> bool:
        return bool(self.name)


def identity_obstacles(who: Who | None, identified: Identified, tail: str) -> list[Obstacle]:
    """Return why somebody does not count as known. Who is not in the case is told its progress only. DP-01, DP-10."""
    if who is None:
        return [because(Bar.NOBODY)]
    if not who.is_in_case:
        found = [] if who.claimed.strip() else [because(Bar.NAME_FIRST)]
        return found if identified == Identified.NOT else [*found, because(Bar.NOT_KNOWN)]
    if identified == Identified.PHONE_TAIL:
        if not who.phone_tail:
            return [because(Bar.NO_PHONE, who=who.name)]
        return [] if tail.strip() == who.phone_tail else [because(Bar.WRONG_TAIL)]
    return []


def is_known(identified: Identified) -> bool:
    """Say whether the contents of a case may be told to somebody who was known like that."""
    return identified != Identified.NOT


def call_back_obstacles(
    to: CallBack | None, by_day: date | None, *, on: date, has_mediator: bool, has_unit: bool
) -> list[Obstacle]:
    """Return why a promise to call back cannot be kept as it was given."""
    if to is None:
        return []
    found = [because(Bar.NO_DAY)] if by_day is None else [because(Bar.DAY_GONE)] if by_day < on else []
    missing = (to == CallBack.MEDIATOR and not has_mediator) or (to == CallBack.UNIT and not has_unit)
    return [*found, because(Bar.NOBODY_TO_CALL, who=to)] if missing else found


class Said(Reason):
    """Sentences that are read out: no name of a stage, no word of the house."""

    REGISTERED = "s_registered", N_("您的事我们收下了，工作人员正在看材料。")
    SCREENED = "s_screened", N_("材料看过了，正在定由哪家来调解。")
    ROUTED = "s_routed", N_("已经转给%(unit)s，他们先看能不能受理。")
    ACCEPTED = "s_accepted", N_("%(unit)s已经受理，调解员马上和您联系。")
    MEDIATING = "s_mediating", N_("%(unit)s正在调解。")
    AGREED = "s_agreed", N_("双方谈拢了，协议写好了，等签字盖章。")
    EFFECTIVE = "s_effective", N_("协议已经生效，双方照协议办。")
    CONFIRMING = "s_confirming", N_("协议已经送法院申请确认，等法院的结果。")
    PERFORMING = "s_performing", N_("协议正在履行。")
    PERFORMED = "s_performed", N_("协议都履行完了。")
    ENDED = "s_ended", N_("这一次没有调成。您可以起诉、申请仲裁或者找主管部门，我们帮您指路。")
    REFERRED = "s_referred", N_("没有调成，已经移送给有权处理的单位，等那边答复。")
    CLOSED = "s_closed", N_("这件事已经办结。")
    ARCHIVED = "s_archived", N_("这件事已经办结，案卷归档了。")
    BY_DAY = "s_by_day", N_("最晚%(day)s会给您答复。")
    MEDIATOR = "s_mediator", N_("办这件事的调解员是%(who)s。")
    UNIT_PHONE = "s_unit_phone", N_("要找%(unit)s，电话%(phone)s。")
    MEETING = "s_meeting", N_("下一次调解会：%(at)s，%(place)s。请带身份证件。")
    CONSENT = "s_consent", N_("您还没有说同不同意调解，现在就可以说。")
    ADDRESS = "s_address", N_("您的送达地址还没有确认，现在就可以填。")
    SIGN = "s_sign", N_("协议还等您签字。")
    OWES = "s_owes", N_("您要做的：%(what)s，最晚%(day)s。")
    OWED = "s_owed", N_("对方要做的：%(what)s，最晚%(day)s。")
    NOBODY_ELSE = "s_nobody_else", N_("别的内容只能告诉当事人本人或者代理人，请他们带身份证件来。")


OF_STAGE = {stage: Said[stage.name] for stage in Stage if stage.name in Said.__members__}
ANSWERED_BY_US = frozenset({Stage.REGISTERED, Stage.SCREENED, Stage.ROUTED})  # a last day that is ours to keep


@dataclass(frozen=True)
class Owing:
    """A duty of an agreement that is open, as the one at the window sees it."""

    what: str
    due_on: date | None
    is_mine: bool


@dataclass(frozen=True)
class Standing:
    """How a case stands for one person; what is only for those who are known is empty for others."""

    stage: Stage
    unit: str = ""
    unit_phone: str = ""
    due_on: date | None = None
    mediator: str = ""
    meeting_at: datetime | None = None
    meeting_place: str = ""
    wants_consent: bool = False
    wants_address: bool = False
    wants_signature: bool = False
    owing: Sequence[Owing] = ()
    known: bool = True


def answer(standing: Standing, *, on: date) -> list[Obstacle]:
    """Return what may be read out, sentence by sentence; whoever is not known hears how far it is and no more."""
    found = [because(OF_STAGE[standing.stage], **_unit_of(standing))]
    if standing.stage in ANSWERED_BY_US and standing.due_on and standing.due_on >= on:
        found.append(because(Said.BY_DAY, day=standing.due_on))
    if standing.unit_phone:
        found.append(because(Said.UNIT_PHONE, unit=standing.unit, phone=standing.unit_phone))
    return [*found, *(_for_the_known(standing) if standing.known else [because(Said.NOBODY_ELSE)])]


def _unit_of(standing):
    return {"unit": standing.unit or N_("承办单位")}


def _for_the_known(standing: Standing):
    if standing.mediator:
        yield because(Said.MEDIATOR, who=standing.mediator)
    if standing.meeting_at:
        yield because(Said.MEETING, at=standing.meeting_at, place=standing.meeting_place)
    asked = (
        (standing.wants_consent, Said.CONSENT), (standing.wants_address, Said.ADDRESS),
        (standing.wants_signature, Said.SIGN),
    )
    yield from (because(said) for is_wanted, said in asked if is_wanted)
    for each in standing.owing:
        if each.due_on:
            yield because(Said.OWES if each.is_mine else Said.OWED, what=each.what, day=each.due_on)
