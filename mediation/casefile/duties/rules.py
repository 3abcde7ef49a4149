"""Risk duties: what an answer of the screening obliges to, which steps wait for it, and what discharges it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because


class DutyKind(Choice):
    """Each is discharged by the record of a report: to whom, when, by whom, under which receipt."""

    ESCALATION = "escalation", N_("可能激化，报告公安机关或其他部门")
    CRIME = "crime", N_("犯罪线索，报告公安机关")
    VIOLENCE = "violence", N_("无行为能力或限制行为能力的人遭受家庭暴力，报告公安机关")
    MINOR = "minor", N_("未成年人受到侵害，报告公安、民政、教育部门")
    COLLECTIVE = "collective", N_("群体性纠纷，报告中心负责人")
    FIRST_REPORT = "first_report", N_("群体事项首报，报告中心值班领导和主管部门")


class Barred(Choice):
    """What an open duty may hold up; the table of steps names these."""

    ROUTE = "route", N_("分流")
    ACCEPT = "accept", N_("受理")
    SESSION = "session", N_("开调解会")
    AGREE = "agree", N_("达成协议")
    CONFIRM = "confirm", N_("申请司法确认")
    WITHDRAW = "withdraw", N_("撤回")
    CLOSE = "close", N_("结案")


ENDING = frozenset({Barred.WITHDRAW, Barred.CLOSE})
SETTLING = ENDING | {Barred.SESSION, Barred.AGREE, Barred.CONFIRM}

# PM-08 asks for measures beside the mediation; a crime is reported before it is settled (MH-06);
# somebody who cannot protect himself is protected before anything else (MH-02, MH-04).
HOLDS_UP = {
    DutyKind.ESCALATION: ENDING,
    DutyKind.COLLECTIVE: ENDING,
    DutyKind.FIRST_REPORT: ENDING,
    DutyKind.CRIME: SETTLING,
    DutyKind.VIOLENCE: frozenset(Barred),
    DutyKind.MINOR: frozenset(Barred),
}


class Bar(Reason):
    """Why a step waits, or a report is not yet one. The rule of each duty is told by its own reason."""

    ESCALATION = "escalation", N_("可能激化，还没有报告的记录"), "PM-08"
    CRIME = "crime", N_("有犯罪线索，还没有报告公安机关的记录"), "MH-06"
    VIOLENCE = "violence", N_("无行为能力或限制行为能力的人遭受家庭暴力，还没有报告公安机关的记录"), "MH-02"
    MINOR = "minor", N_("未成年人受到侵害，还没有报告的记录"), "MH-04"
    COLLECTIVE = "collective", N_("十人以上，还没有报告中心负责人的记录"), "MH-07"
    FIRST_REPORT = "first_report", N_("群体事项还没有首报的记录"), "MH-07"
    NO_RECEIVER = "no_receiver", N_("没有写报告给谁"), "PM-08"
    NO_REPORTER = "no_reporter", N_("没有写由谁报告"), "PM-08"
    NO_RECEIPT = "no_receipt", N_("没有写对方的接收编号"), "PM-08"
    NO_TIME = "no_time", N_("没有写什么时候报告的"), "PM-08"
    REPORTED_LATER = "reported_later", N_("报告时间在现在之后"), "PM-08"


@dataclass(frozen=True)
class Report:
    """The record of a report, as far as it is filled in."""

    to: str = ""
    at: datetime | None = None
    by: str = ""
    receipt_no: str = ""


def open_duty_obstacles(step: Barred, open_kinds: Iterable[DutyKind]) -> list[Obstacle]:
    """Return one obstacle for each open duty that holds up the step.

    PM-08: People's Mediation Law (2010), Art. 25. MH-02: Anti-Domestic Violence Law (2015), Art. 14.
    MH-04: Law on the Protection of Minors (2024), Art. 11. MH-06. MH-07: Regulation on Petition Work (2022), Art. 20.
    """
    return [because(Bar[kind.name]) for kind in open_kinds if step in HOLDS_UP[kind]]


def report_obstacles(report: Report, *, now: datetime) -> list[Obstacle]:
    """Return what the record of a report still lacks; a duty is not closed without it.

    PM-08: People's Mediation Law (2010), Art. 25.
    """
    found = []
    if not report.to.strip():
        found.append(because(Bar.NO_RECEIVER))
    if not report.by.strip():
        found.append(because(Bar.NO_REPORTER))
    if not report.receipt_no.strip():
        found.append(because(Bar.NO_RECEIPT))
    if report.at is None:
        found.append(because(Bar.NO_TIME))
    elif report.at > now:
        found.append(because(Bar.REPORTED_LATER))
    return found


def report_due_at(opened_at: datetime, *, hours: int | None = None) -> datetime:
    """Return by when a report "at once" is late. ``opened_at`` is local time.

    ``hours`` is the dated setting of PM-08; without one the day itself must not end without the report.
    """
    if hours is not None:
        return opened_at + timedelta(hours=hours)
    return datetime.combine(opened_at.date() + timedelta(days=1), time.min, opened_at.tzinfo)


def is_overdue(due_at: datetime, *, now: datetime, reported_at: datetime | None = None) -> bool:
    """Say whether a report came, or still has not come, after its time. PM-08."""
    return (reported_at or now) >= due_at
