"""The days on which a party cannot come, as people say them; only values, as in the rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mediation.registry.calendar.rules import ONE_DAY
from mediation.stages.bookings.rules import Span


@dataclass(frozen=True)
class Away:
    """Days on which a party cannot come, or a part of each; with ``weekday`` (0 is Monday) only those of the span."""

    words: str
    first: date
    last: date
    begin: time = time.min
    end: time | None = None  # None: up to midnight
    weekday: int | None = None

    def spans(self, since: date, until: date) -> Iterator[Span]:
        """Yield the hours that are meant between two days, the second one left out."""
        day = max(self.first, since)
        while day <= self.last and day < until:
            if self.weekday is None or day.weekday() == self.weekday:
                end = datetime.combine(day, self.end) if self.end else datetime.combine(day + ONE_DAY, time.min)
                yield Span(datetime.combine(day, self.begin), end)
            day += ONE_DAY


WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
PARTS = {
    "全天": (time.min, None), "整天": (time.min, None), "上午": (time.min, time(12)), "早上": (time.min, time(12)),
    "中午": (time(12), time(14)), "下午": (time(12), time(18)), "晚上": (time(18), None),
}
YEARLY = timedelta(days=365)
PAST = timedelta(days=60)  # a day without a year that lies further back is next year's
_BETWEEN = re.compile(r"[、，,；;。\n]+")
_DAY = r"(?:(?P<{0}year>\d{{4}})[年./-])?(?:(?P<{0}month>\d{{1,2}})[月./-])?(?P<{0}day>\d{{1,2}})[日号]?"
_PART = r"(?P<part>全天|整天|上午|早上|中午|下午|晚上)?"
_CLOCK = r"(?:(?P<from>\d{1,2}[:：]\d{2})(?:到|至|-|－|—|–|~)(?P<to>\d{1,2}[:：]\d{2}))?"
_DATED = re.compile(_DAY.format("a") + r"(?:(?:到|至|-|－|—|–|~)" + _DAY.format("b") + ")?" + _PART + _CLOCK)
_WEEKLY = re.compile(r"(?P<every>每个?)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])" + _PART + _CLOCK)
_ENGLISH = (
    ("every", "每"), ("mon(day)?", "周一"), ("tue(sday)?", "周二"), ("wed(nesday)?", "周三"), ("thu(rsday)?", "周四"),
    ("fri(day)?", "周五"), ("sat(urday)?", "周六"), ("sun(day)?", "周日"), ("evening", "晚上"), ("am", "上午"),
    ("pm", "下午"), ("to", "到"),
)
_FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)} | {ord("："): ":"}


def read_away(text: str, *, today: date) -> list[Away]:
    """Read one line such as ``3月5日下午、3月8日至10日、每周三上午、12月1日9:00-11:00``.

    English desks may write ``12-05 pm, 12-08 to 12-10, every Wed am``. A day without a year is the next one of that
    name, a month may be left out after the first day. Raises ValueError with the part that cannot be read.
    """
    found: list[Away] = []
    for words in _BETWEEN.split(re.sub(r"[ \t　]+", "", text).translate(_FULL_WIDTH)):
        if words:
            before = found[-1].last if found and found[-1].weekday is None else None
            found.append(_read_one(words, today=today, before=before))
    return found


def _read_one(words: str, *, today: date, before: date | None) -> Away:
    said = words.lower()
    for english, chinese in _ENGLISH:
        said = re.sub(english, chinese, said)
    weekly, dated = _WEEKLY.fullmatch(said), _DATED.fullmatch(said)
    try:
        if weekly:
            return _weekly(words, weekly, today)
        if dated:
            return _dated(words, dated, today, before)
    except (TypeError, ValueError):
        pass
    raise ValueError(words)


def _weekly(words: str, match: re.Match, today: date) -> Away:
    weekday = WEEKDAYS[match["weekday"]]
    begin, end = _hours(match)
    if match["every"]:
        return Away(words, today, today + YEARLY, begin, end, weekday)
    day = today + timedelta(days=(weekday - today.weekday()) % 7)
    return Away(words, day, day, begin, end)


def _dated(words: str, match: re.Match, today: date, before: date | None) -> Away:
    first = _day(match, "a", today, before)
    last = _day(match, "b", today, first) if match["bday"] else first
    if last < first or last - first > YEARLY:
        raise ValueError(words)
    begin, end = _hours(match)
    return Away(words, first, last, begin, end)


def _day(match: re.Match, which: str, today: date, before: date | None) -> date:
    month = match[which + "month"] or (before.month if before else None)
    if month is None:
        raise ValueError(match[0])
    if match[which + "year"]:
        return date(int(match[which + "year"]), int(month), int(match[which + "day"]))
    day = date(before.year if before else today.year, int(month), int(match[which + "day"]))
    earliest = before if before and which == "b" else today - PAST
    follows = before is not None and match[which + "month"] is None  # 12月5日至3日 is a slip, not a year
    return day if follows or day >= earliest else day.replace(year=day.year + 1)


def _hours(match: re.Match) -> tuple[time, time | None]:
    if match["from"]:
        begin, end = (time.fromisoformat(match[name].zfill(5)) for name in ("from", "to"))
        if match["part"] in ("下午", "晚上") and begin.hour < 12:
            begin, end = begin.replace(hour=begin.hour + 12), end.replace(hour=end.hour + 12)
        if end <= begin:
            raise ValueError(match[0])
        return begin, end
    return PARTS[match["part"] or "全天"]
