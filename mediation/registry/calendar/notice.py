"""The yearly notice as a table: reading it, and telling a whole year from half of one."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mediation.ground import sheets
from mediation.ground.choices import N_, Reason
from mediation.ground.errors import Obstacle, RuleBroken, because
from mediation.registry.calendar.rules import FIXED_HOLIDAYS, SpecialDay

COLUMNS = {
    "date": "date",
    "日期": "date",
    "is_workday": "is_workday",
    "是否上班": "is_workday",
    "name": "name",
    "名称": "name",
}
YES = {"1", "是", "上班", "true", "yes"}
NO = {"0", "否", "休", "放假", "false", "no"}
LUNAR_FESTIVALS = ("春节", "清明", "端午", "中秋")
EXTENDED_IN = 2025  # first year of the regulation as changed in 2024: 13 days instead of 11, 2 May among the new ones
LONGEST_FILE = 200_000


class Fault(Reason):
    """What forbids taking a table over, or makes it doubtful."""

    TOO_LARGE = "too_large", N_("文件太大，一年的放假安排不会超过几百行")
    NO_TEXT = "no_text", N_("文件不是文本表格，请另存为CSV格式")
    NO_COLUMNS = "no_columns", N_("第一行要有“日期”“是否上班”“名称”三个栏目名")
    NO_DATE = "no_date", N_("第%(line)d行的日期看不懂，请写成2027-01-01")
    NO_ANSWER = "no_answer", N_("第%(line)d行的“是否上班”请写1（上班）或0（放假）")
    TWICE = "twice", N_("第%(line)d行：%(day)s在前面已有另一种安排")
    NOT_IN_YEAR = "not_in_year", N_("%(day)s不属于%(year)d年")
    NO_HOLIDAY = "no_holiday", N_("%(day)s（%(name)s）应当放假，表里没有")
    NO_FESTIVAL = "no_festival", N_("表里没有%(name)s的放假日，可能不是全年的安排")
    BALANCE = "balance", N_("放假的工作日比调休上班日多%(found)d天，按规定应当多%(expected)d天，请核对")


@dataclass(frozen=True)
class DayRow:
    day: date
    is_workday: bool
    name: str

    @property
    def is_plain(self) -> bool:
        """Say whether the day is as its weekday makes it, so that there is nothing to remember."""
        return self.is_workday == (self.day.weekday() < 5) and (self.is_workday or not self.name)


def read(data: bytes) -> list[DayRow]:
    """Return the days of a CSV file with the columns 日期, 是否上班, 名称 (or date, is_workday, name).

    Whole years and lists of exceptions are both understood; days as any other week has them are left out.
    Raises RuleBroken with every line that cannot be read.
    """
    lines = csv.reader(io.StringIO(_decode(data)))
    headings = [COLUMNS.get(cell.strip().lower()) for cell in next(lines, [])]
    if not {"date", "is_workday"} <= set(headings):
        raise RuleBroken(because(Fault.NO_COLUMNS))
    found: dict[date, DayRow] = {}
    bad: list[Obstacle] = []
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        row = _row(dict(zip(headings, cells, strict=False)), lines.line_num)
        if isinstance(row, Obstacle):
            bad.append(row)
        elif found.setdefault(row.day, row) != row:
            bad.append(because(Fault.TWICE, line=lines.line_num, day=row.day))
    if bad:
        raise RuleBroken(*bad)
    return [row for row in found.values() if not row.is_plain]


def of_year(year: int, rows: Iterable[DayRow]) -> list[DayRow]:
    """Return the year's part of a table that collects many years; the rows of a single notice are left as they are."""
    rows = list(rows)
    collected = {row.day.year for row in rows} - {year - 1, year}
    first = date(year - 1, 12, 25)
    return [row for row in rows if first <= row.day <= date(year, 12, 31)] if len(collected) > 1 else rows


def faults(year: int, rows: Iterable[DayRow], lunar: Mapping[date, str]) -> list[Obstacle]:
    """Return what shows that the rows are not the whole arrangement of that year; empty when it may be taken over.

    The last week of the year before belongs to it too: the notices for 2012 and 2019 moved days there.
    """
    rows = list(rows)
    found = [
        because(Fault.NOT_IN_YEAR, day=row.day, year=year)
        for row in rows
        if not date(year - 1, 12, 25) <= row.day <= date(year, 12, 31)
    ]
    off = {row.day for row in rows if not row.is_workday}
    found += [
        because(Fault.NO_HOLIDAY, day=day, name=name)
        for day, name in _certain_holidays(year, lunar).items()
        if day not in off
    ]
    names = " ".join(row.name for row in rows if not row.is_workday)
    if date(year, 10, 8) in off:
        names += " 中秋"  # an eighth day off in October means that both festivals fall together, under one name
    if year not in {day.year for day in lunar}:
        found += [because(Fault.NO_FESTIVAL, name=name) for name in LUNAR_FESTIVALS if name not in names]
    return found


def doubts(year: int, rows: Iterable[DayRow]) -> list[Obstacle]:
    """Return what should be looked at before the rows are taken over: days off and days made up must balance."""
    weekdays_off = weekends_worked = 0
    for row in rows:
        weekdays_off += not row.is_workday and row.day.weekday() < 5
        weekends_worked += row.is_workday and row.day.weekday() >= 5
    expected = 13 if year >= EXTENDED_IN else 11
    found = weekdays_off - weekends_worked
    return [] if found == expected else [because(Fault.BALANCE, found=found, expected=expected)]


def special_days(rows: Iterable[DayRow]) -> dict[date, SpecialDay]:
    """Return the days as the calendar keeps them."""
    return {row.day: SpecialDay(row.is_workday, row.name) for row in rows}


def _certain_holidays(year: int, lunar: Mapping[date, str]) -> dict[date, str]:
    certain = {
        date(year, month, day): name
        for (month, day), name in FIXED_HOLIDAYS.items()
        if year >= EXTENDED_IN or (month, day) != (5, 2)
    }
    return certain | {day: name for day, name in lunar.items() if day.year == year}


def _row(cells: Mapping[str | None, str], line: int) -> DayRow | Obstacle:
    parts = re.fullmatch(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?", cells.get("date", "").strip())
    try:
        day = date(*map(int, parts.groups())) if parts else None
    except ValueError:
        day = None
    worked = cells.get("is_workday", "").strip().lower()
    if day is None:
        return because(Fault.NO_DATE, line=line)
    if worked not in YES | NO:
        return because(Fault.NO_ANSWER, line=line)
    return DayRow(day, worked in YES, cells.get("name", "").strip())


def _decode(data: bytes) -> str:
    if len(data) > LONGEST_FILE:
        raise RuleBroken(because(Fault.TOO_LARGE))
    text = sheets.text_of_file(data)
    if text is None:
        raise RuleBroken(because(Fault.NO_TEXT))
    return text
