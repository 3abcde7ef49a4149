"""Other systems that know a case by a number of their own, and how far the case is there."""

from mediation.casefile.cases.rules import Channel
from mediation.ground.choices import Choice, N_, Reason

LONGEST_NUMBER = 80


class System(Choice):
    """A system outside; a case may have a number in each (rows 2 and 36)."""

    HOTLINE_12345 = "hotline_12345", N_("12345热线")
    POLICE_110 = "police_110", N_("110接处警")
    POLICE = "police", N_("公安机关")
    PROCURATORATE = "procuratorate", N_("检察院")
    COURT = "court", N_("法院（委派、委托函）")
    COURT_PLATFORM = "court_platform", N_("人民法院调解平台")
    PETITION = "petition", N_("信访系统")
    GRID = "grid", N_("网格平台")
    PROVINCE = "province", N_("省矛盾纠纷平台")
    JUSTICE = "justice", N_("司法行政系统")
    AGENCY = "agency", N_("行政机关")
    OTHER = "other", N_("其他系统")


SYSTEM_OF = {
    Channel.HOTLINE_12345: System.HOTLINE_12345,
    Channel.POLICE_110: System.POLICE_110,
    Channel.POLICE: System.POLICE,
    Channel.PROCURATORATE: System.PROCURATORATE,
    Channel.COURT_COMMISSION: System.COURT,
    Channel.COURT_ENTRUSTMENT: System.COURT,
    Channel.PETITION: System.PETITION,
    Channel.AGENCY: System.AGENCY,
    Channel.GRID: System.GRID,
}


class Status(Choice):
    """How far a case is in the other system, as its people last said."""

    UNKNOWN = "unknown", N_("没有说")
    NOT_ENTERED = "not_entered", N_("还没有录入")
    RUNNING = "running", N_("办理中")
    ANSWERED = "answered", N_("已回复")
    DONE = "done", N_("已办结")
    RETURNED = "returned", N_("被退回")


class Bar(Reason):
    NO_NUMBER = "outside_no_number", N_("没有写对方系统里的编号；还没有录入的，状态选“还没有录入”")
    SAID_LATER = "outside_said_later", N_("对方说的日期在今天之后")
    TWICE = "outside_twice", N_("本案已经有这个系统的编号“%(number)s”")


def system_of(channel: Channel) -> System:
    """Return the system whose number a channel brings."""
    return SYSTEM_OF.get(channel, System.OTHER)


def tidy(number: str | None) -> str:
    """Return a number as it is stored and found: outer blanks off, as long as its column."""
    return (number or "").strip()[:LONGEST_NUMBER]
