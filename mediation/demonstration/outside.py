"""What others give: numbers of letters and courts, receipts. In the program they are typed, here they are made up."""

from datetime import date

from mediation.casefile.cases.rules import Channel
from mediation.casefile.duties.rules import DutyKind

FIRST_SERIAL = {"诉前调": 2100, "诉前调确": 40, "民初": 1300, "民诉前调": 500}
PATTERNS = {
    Channel.HOTLINE_12345: "{day:%Y%m%d}-0{serial}",
    Channel.POLICE_110: "110-{day:%Y%m%d}-{serial}",
    Channel.POLICE: "南公调移字〔{day:%Y}〕{short}号",
    Channel.PETITION: "南信转〔{day:%Y}〕{short}号",
    Channel.AGENCY: "转办〔{day:%Y}〕{short}号",
    Channel.GRID: "WG{day:%Y%m%d}{serial}",
    Channel.COURT_COMMISSION: "（{day:%Y}）赣0121委派函{short}号",
    Channel.COURT_ENTRUSTMENT: "（{day:%Y}）赣0121委托函{short}号",
}
RECEIVER = {
    DutyKind.ESCALATION: "当地派出所、镇综治办", DutyKind.CRIME: "南昌县公安局", DutyKind.VIOLENCE: "当地派出所",
    DutyKind.MINOR: "当地派出所、县民政局未保中心", DutyKind.COLLECTIVE: "中心值班领导",
    DutyKind.FIRST_REPORT: "中心值班领导、县人社局",
}
MEASURES = {
    DutyKind.ESCALATION: "已请双方分开，村干部和网格员轮流上门，家属在场陪同。",
    DutyKind.CRIME: "已移交线索材料，等候答复。",
    DutyKind.VIOLENCE: "已协助报警并联系妇联，安排临时住处。",
    DutyKind.MINOR: "已联系监护人和学校，民政工作人员上门查看。",
    DutyKind.COLLECTIVE: "已请推选代表，告知按程序逐级反映，不聚集。",
    DutyKind.FIRST_REPORT: "已请推选代表登记名单，安排到接待室，通知用工单位到场。",
}


def number_of(channel: Channel, number: int, on: date) -> str | None:
    """Return the channel's own number of what came by it, None where it has none."""
    pattern = PATTERNS.get(channel, "")
    return pattern.format(day=on, serial=f"{1000 + number * 7 % 9000}", short=number * 3 % 400 + 11) or None


def court_number(kind: str, number: int, on: date) -> str:
    """Return a number as the county's court gives it."""
    return f"（{on.year}）赣0121{kind}{FIRST_SERIAL[kind] + on.timetuple().tm_yday * 9 + number % 9}号"


def receipt_number(kind: DutyKind, number: int, on: date) -> str:
    """Return the receipt of a report."""
    word = "值班" if kind in (DutyKind.COLLECTIVE, DutyKind.FIRST_REPORT) else "警综"
    return f"{word}{on:%Y%m%d}-{number % 90 + 10}"
