"""What the court does with an application, by when, and what is open after its answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mediation.casefile.cases.rules import ConfirmationState
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.registry.calendar.rules import LastDay, WorkCalendar

Period = Mapping[str, Any]  # {"days": 15}


class CourtStepKind(Choice):
    """One dated act of the court, or towards it."""

    RECEIVED = "received", N_("法院收到材料")
    MORE_PAPERS = "more_papers", N_("要求补材料")
    PAPERS_GIVEN = "papers_given", N_("材料已补")
    ACCEPTED = "accepted", N_("受理")
    SUMMONED = "summoned", N_("通知双方到场询问")
    QUESTIONED = "questioned", N_("双方到场，询问完毕")
    ABSENT = "absent", N_("有一方没到场")
    EXTENDED = "extended", N_("院长批准延长")
    RULED = "ruled", N_("作出裁定")
    SERVED = "served", N_("裁定送达")
    OUTSIDER = "outsider", N_("利害关系人知道裁定")
    PARTY_OBJECTED = "party_objected", N_("当事人提出异议")
    OUTSIDER_OBJECTED = "outsider_objected", N_("利害关系人提出异议")
    OBJECTION_REJECTED = "objection_rejected", N_("异议被驳回，裁定不变")
    REVOKED = "revoked", N_("撤销确认裁定")


OBJECTIONS = (CourtStepKind.PARTY_OBJECTED, CourtStepKind.OUTSIDER_OBJECTED)


class DismissalGround(Choice):
    """Grounds on which a court dismisses. JC-13: SPC Interpretation of the CPL (2022), Art. 358."""

    MANDATORY_LAW = "mandatory_law", N_("违反法律强制性规定")
    OTHERS_INTERESTS = "others_interests", N_("损害国家利益、社会公共利益、他人合法权益")
    PUBLIC_MORALS = "public_morals", N_("违背公序良俗")
    NOT_VOLUNTARY = "not_voluntary", N_("违反自愿原则")
    UNCLEAR = "unclear", N_("内容不明确")
    OTHER = "other", N_("其他不能确认的情形")


class RefusalGround(Choice):
    """Grounds on which a court does not accept. JC-10: SPC Interpretation of the CPL (2022), Art. 355."""

    NOT_CIVIL = "not_civil", N_("不属于人民法院受理范围")
    WRONG_COURT = "wrong_court", N_("不属于该院管辖")
    STATUS = "status", N_("确认婚姻、亲子、收养等身份关系")
    OTHER_PROCEDURE = "other_procedure", N_("适用其他特别程序、公示催告、破产程序")
    TITLE = "title", N_("确认物权、知识产权")
    NOT_INVITED = "not_invited", N_("法院不收未经其委派的调解协议")


class AfterRuling(Choice):
    """What is open after the court's answer. JC-14, JC-18, JC-23."""

    ENFORCE = "enforce", N_("不履行的，申请强制执行")
    APPLY_AGAIN = "apply_again", N_("期限内再次申请")
    MEDIATE_AGAIN = "mediate_again", N_("变更协议或者重新调解")
    SUE = "sue", N_("起诉")


class CourtPeriod(Choice):
    ACCEPT = "accept", N_("决定是否受理")
    DECIDE = "decide", N_("作出裁定")
    STATUTORY = "statutory", N_("审结的法定期限")
    PARTY_OBJECTION = "party_objection", N_("当事人提异议")
    OUTSIDER_OBJECTION = "outsider_objection", N_("利害关系人提异议")


class RulingBar(Reason):
    NO_GROUND = "no_ground", N_("没有选裁定的理由"), "JC-13"
    UNKNOWN_GROUND = "unknown_ground", N_("没有这种理由：%(ground)s"), "JC-13"
    BEFORE_FILED = "before_filed", N_("日期在递交申请之前"), None
    BEFORE_ACCEPTED = "before_accepted", N_("日期在法院受理之前"), None
    NOTHING_MISSED = "nothing_missed", N_("没有补材料逾期或者拒绝询问的记录，不能按撤回处理"), "JC-12"
    NOT_ACCEPTED = "not_accepted", N_("法院还没有受理"), "JC-14"
    NOT_SERVED = "not_served", N_("先登记裁定哪天送达当事人"), "JC-15"
    OUTSIDER_UNKNOWN = "outsider_unknown", N_("先登记利害关系人哪天知道裁定"), "JC-15"
    NO_OBJECTION = "no_objection", N_("没有登记过还没答复的异议"), "JC-15"
    BEFORE_RULED = "before_ruled", N_("日期在法院裁定之前"), "JC-15"


@dataclass(frozen=True)
class CourtDates:
    """What has happened so far; ``served_on`` is the day the parties received the ruling."""

    filed_on: date
    accepted_on: date | None = None
    extended: bool = False
    served_on: date | None = None
    outsider_knew_on: date | None = None


@dataclass(frozen=True)
class CourtPeriods:
    """Dated settings of JC-15 and JC-16, each as ``{"days": 15}``. ``extension`` is added to ``decide``."""

    accept: Period
    decide: Period
    extension: Period
    statutory: Period
    party_objection: Period
    outsider_objection: Period


def court_deadlines(
    dates: CourtDates, periods: CourtPeriods, calendar: WorkCalendar
) -> dict[CourtPeriod, LastDay]:
    """Return the last days that the dates start; the court's own bind nobody here, they tell whom to ask.

    Of the court's 15 days and the statutory 30 both are told; the nearer is ``next_court_day``.
    JC-16: SPC Provisions on Judicial Confirmation (2011), Arts. 4, 5; Civil Procedure Law (2023), Art. 187.
    JC-15: SPC Interpretation of the CPL (2022), Art. 372.
    """
    found = {CourtPeriod.ACCEPT: calendar.end_of_period(dates.filed_on, **periods.accept)}
    if dates.accepted_on:
        decide = _longer(periods.decide, periods.extension) if dates.extended else periods.decide
        found[CourtPeriod.DECIDE] = calendar.end_of_period(dates.accepted_on, **decide)
        found[CourtPeriod.STATUTORY] = calendar.end_of_period(dates.accepted_on, **periods.statutory)
    if dates.served_on:
        found[CourtPeriod.PARTY_OBJECTION] = calendar.end_of_period(dates.served_on, **periods.party_objection)
    if dates.outsider_knew_on:
        found[CourtPeriod.OUTSIDER_OBJECTION] = calendar.end_of_period(
            dates.outsider_knew_on, **periods.outsider_objection
        )
    return found


def _longer(period: Period, extension: Period) -> Period:
    return {unit: amount + extension[unit] for unit, amount in period.items()}


def next_court_day(dates: CourtDates, periods: CourtPeriods, calendar: WorkCalendar) -> LastDay:
    """Return the day by which the court acts next, the stricter of two. JC-16."""
    deadlines = court_deadlines(dates, periods, calendar)
    if dates.accepted_on is None:
        return deadlines[CourtPeriod.ACCEPT]
    return min(deadlines[CourtPeriod.DECIDE], deadlines[CourtPeriod.STATUTORY], key=lambda last: last.day)


def ruling_obstacles(
    answer: ConfirmationState,
    *,
    on: date,
    filed_on: date,
    accepted_on: date | None,
    ground: str | None = None,
    has_missed: bool = False,
) -> list[Obstacle]:
    """Return what is wrong with recording the court's answer.

    ``has_missed``: papers were not supplied in time, or a party refused to be questioned without reason.
    JC-10, JC-12, JC-13, JC-14: SPC Interpretation of the CPL (2022), Arts. 355, 357, 358; Civil Procedure Law
    (2023), Art. 206.
    """
    found = []
    if on < filed_on:
        found.append(because(RulingBar.BEFORE_FILED))
    if accepted_on is not None and on < accepted_on:
        found.append(because(RulingBar.BEFORE_ACCEPTED))
    if answer in {ConfirmationState.CONFIRMED, ConfirmationState.DISMISSED} and accepted_on is None:
        found.append(because(RulingBar.NOT_ACCEPTED))
    if answer == ConfirmationState.DEEMED_WITHDRAWN and not has_missed:
        found.append(because(RulingBar.NOTHING_MISSED))
    return found + _ground_obstacles(answer, ground)


def _ground_obstacles(answer: ConfirmationState, ground: str | None) -> list[Obstacle]:
    """What should not have been accepted is dismissed when that is found later, so a dismissal knows both lists."""
    known = {
        ConfirmationState.DISMISSED: {*DismissalGround, *RefusalGround},
        ConfirmationState.REFUSED: {*RefusalGround},
    }
    if answer not in known:
        return []
    if not ground:
        return [because(RulingBar.NO_GROUND)]
    return [] if ground in known[answer] else [because(RulingBar.UNKNOWN_GROUND, ground=ground)]


def objection_obstacles(
    kind: CourtStepKind, so_far: Sequence[CourtStepKind], *, last_on: date | None
) -> list[Obstacle]:
    """Return what is wrong with recording an objection to the ruling, or that the court rejected it.

    ``last_on``: the last day of whoever objects, None while its beginning is not recorded. Coming late is no bar: the
    court decides on it, the record only says so.
    JC-15: SPC Interpretation of the CPL (2022), Art. 372.
    """
    if kind == CourtStepKind.OBJECTION_REJECTED:
        return [] if has_open_objection(so_far) else [because(RulingBar.NO_OBJECTION)]
    if last_on is None:
        is_party = kind == CourtStepKind.PARTY_OBJECTED
        return [because(RulingBar.NOT_SERVED if is_party else RulingBar.OUTSIDER_UNKNOWN)]
    return []


def has_open_objection(so_far: Sequence[CourtStepKind]) -> bool:
    """Say whether the court has still to decide on an objection. JC-15."""
    told = [kind for kind in so_far if kind in (*OBJECTIONS, CourtStepKind.OBJECTION_REJECTED, CourtStepKind.REVOKED)]
    return bool(told) and told[-1] in OBJECTIONS


def is_missed(asked_until: date, *, given_on: date | None, on: date) -> bool:
    """Say whether papers that the court asked for came too late, or have not come and are late now. JC-12."""
    return (given_on or on) > asked_until


def after_ruling(answer: ConfirmationState) -> tuple[AfterRuling, ...]:
    """Return what is open after the court's answer; nothing while there is none.

    JC-12, JC-14, JC-23: Civil Procedure Law (2023), Arts. 186, 206; SPC Interpretation of the CPL (2022), Art. 357.
    """
    return {
        ConfirmationState.CONFIRMED: (AfterRuling.ENFORCE,),
        ConfirmationState.DISMISSED: (AfterRuling.MEDIATE_AGAIN, AfterRuling.SUE),
        ConfirmationState.REFUSED: (AfterRuling.APPLY_AGAIN, AfterRuling.MEDIATE_AGAIN, AfterRuling.SUE),
        ConfirmationState.WITHDRAWN: (AfterRuling.APPLY_AGAIN, AfterRuling.MEDIATE_AGAIN, AfterRuling.SUE),
        ConfirmationState.DEEMED_WITHDRAWN: (AfterRuling.APPLY_AGAIN, AfterRuling.MEDIATE_AGAIN, AfterRuling.SUE),
        ConfirmationState.PROCEDURE_ENDED: (AfterRuling.MEDIATE_AGAIN, AfterRuling.SUE),
    }.get(answer, ())
