"""Which setting holds on a day, for an area, a centre or a unit, and how its value is written."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.registry.settings.tables import is_fees, is_grading

DIGITS = "零一二三四五六七八九"
NATION = "中华人民共和国"
YES_NO = ("yes", "no")
NUMBER_PLACES = ("{word}", "{year}", "{serial}")
SESSION_MINUTES = (5, 480)  # what a length of meetings, or the pace of their beginnings, may be


class Kind(Choice):
    """What a setting is. Each kind has one form of value and one way to write it on a line."""

    PERIOD = "days", N_("期限")
    NUMBER = "number", N_("数量")
    AMOUNT = "amount", N_("金额")
    FLAG = "flag", N_("开关")
    WORDS = "words", N_("清单")
    TEXT = "text", N_("文字")
    TABLE = "table", N_("规则表")
    WAGE = "wage", N_("平均工资")
    CITATION = "citation", N_("法律条文")
    TEMPLATE = "template", N_("文书样式")


class Unit(Choice):
    """What a period is counted in; the keys are the arguments of ``WorkCalendar.end_of_period``."""

    DAYS = "days", N_("天")
    WORKING_DAYS = "working_days", N_("个工作日")
    MONTHS = "months", N_("个月")
    YEARS = "years", N_("年")
    HOURS = "hours", N_("小时")


class Scope(Choice):
    """For whom a setting holds; a later one in this list goes before the earlier ones."""

    NATION = "nation", N_("全国")
    PROVINCE = "province", N_("省")
    CITY = "city", N_("市")
    COUNTY = "county", N_("县（市、区）")
    CENTRE = "centre", N_("本中心")
    UNIT = "unit", N_("单位")


BREADTH = list(Scope)


class Gap(Reason):
    """Why a look-up cannot answer, or a value cannot be taken."""

    UNSET = "unset", N_("“%(name)s”在%(on)s没有设置，请系统管理员在“设置”里填写")
    BAD_VALUE = "bad_value", N_("这个值不能用：%(example)s")
    TOO_EARLY = "too_early", N_("启用日期不能早于现有设置的启用日期%(since)s")
    UNKNOWN = "unknown", N_("没有“%(name)s”这一项设置")
    BAD_HOURS = "bad_hours", N_("写成 08:30-12:00|14:30-17:30，从早到晚，互不重叠")
    BAD_MINUTES = "bad_minutes", N_("分钟数在 %(least)s 到 %(most)s 之间")
    NOT_DAYS = "not_days", N_("这一项按天算，写成 1 days")
    BAD_GRADES = "bad_grades", N_(
        "难易等级标准只写 difficult、simple、immediate、urgent 四组，每组里 people、amount_fen、visits 是数，"
        "flags、traits 是清单"
    )
    BAD_FEES = "bad_fees", N_(
        "诉讼费标准每一类写 least_fen、most_fen（分），要分段的写 free_fen 和 steps：[到多少分为止, 万分之几]，"
        "从低到高，最后一段写 null"
    )
    NO_PLACES = "no_places", N_("编号样式里要有%(places)s，号码才不会重")


FORMS_OF_TABLES = {"ST-02": (is_grading, Gap.BAD_GRADES), "QT-14": (is_fees, Gap.BAD_FEES)}

# How a value of each kind is written on one line, for the page that asks for one.
EXAMPLES = {
    Kind.PERIOD: "30 days",
    Kind.NUMBER: "10",
    Kind.AMOUNT: "5000000",
    Kind.FLAG: "yes",
    Kind.WORDS: "民特|诉前调确",
    Kind.TEXT: "24:00",
    Kind.TABLE: '{"difficult": {"people": 10}}',
    Kind.WAGE: "2025 9200000",
    Kind.CITATION: "中华人民共和国民事诉讼法 205",
    Kind.TEMPLATE: "1",
}


@dataclass(frozen=True)
class Figure:
    """A period as the law gives it: so many of a unit."""

    amount: int
    unit: Unit

    @property
    def period(self) -> dict[str, Any]:
        """Return the amount as the calendar's ``end_of_period`` takes it; a figure in hours is no such period."""
        if self.unit is Unit.HOURS:
            raise ValueError("hours are counted by end_of_hours")
        return {self.unit.value: self.amount}

    @property
    def days(self) -> int:
        """Return the calendar days of a figure that is given in days."""
        if self.unit is not Unit.DAYS:
            raise ValueError(f"{self.amount} {self.unit} is no number of days")
        return self.amount


@dataclass(frozen=True)
class Wage:
    """The average yearly wage of a province that the small-claims limits are taken from. QT-03, QT-04."""

    amount_fen: int
    year: int
    since: date
    source: str


@dataclass(frozen=True)
class Citation:
    """An article as papers and pages name it. ``rules`` are the rows of the rule table that rest on it."""

    key: str
    law: str  # the full title without 《》
    number: int
    paragraph: int | None = None
    item: int | None = None
    rules: tuple[str, ...] = ()

    @property
    def article(self) -> str:
        """Return 第二百零五条第二款第（一）项."""
        text = f"第{chinese_number(self.number)}条"
        if self.paragraph:
            text += f"第{chinese_number(self.paragraph)}款"
        if self.item:
            text += f"第（{chinese_number(self.item)}）项"
        return text

    @property
    def short(self) -> str:
        """Return 民事诉讼法第二百零五条, for pages."""
        return self.law.replace(NATION, "") + self.article

    def __str__(self) -> str:
        """Return 《中华人民共和国民事诉讼法》第二百零五条, for papers."""
        return f"《{self.law}》{self.article}"


@dataclass(frozen=True)
class Setting:
    """One dated value. Of ``area_code``, ``centre_id`` and ``unit_id`` those are set that narrow it."""

    kind: Kind
    key: str
    value: Any
    valid_from: date
    valid_to: date | None = None
    area_code: str | None = None
    centre_id: int | None = None
    unit_id: int | None = None
    source: str = ""
    note: str = ""
    checked: bool = False  # the text of the source was read
    id: int | None = field(default=None, compare=False)  # of the row, where it does not come with the program
    set_by_id: int | None = field(default=None, compare=False)

    @property
    def scope(self) -> Scope:
        if self.unit_id is not None:
            return Scope.UNIT
        if self.centre_id is not None:
            return Scope.CENTRE
        if self.area_code is None:
            return Scope.NATION
        if self.area_code.endswith("0000"):
            return Scope.PROVINCE
        return Scope.CITY if self.area_code.endswith("00") else Scope.COUNTY

    def is_valid(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def concerns(self, *, area_code: str | None, centre_id: int | None, unit_id: int | None) -> bool:
        """Say whether the setting holds for somebody there."""
        return (
            (self.unit_id is None or self.unit_id == unit_id)
            and (self.centre_id is None or self.centre_id == centre_id)
            and (self.area_code is None or (area_code or "").startswith(_stem(self.area_code)))
        )


def choose(
    candidates: Iterable[Setting],
    *,
    on: date,
    area_code: str | None = None,
    centre_id: int | None = None,
    unit_id: int | None = None,
) -> Setting | None:
    """Return the setting that holds: valid that day, the narrowest scope, an installation's own before the built-in.

    Among equals the one that began last.
    """
    fitting = [
        each
        for each in candidates
        if each.is_valid(on) and each.concerns(area_code=area_code, centre_id=centre_id, unit_id=unit_id)
    ]
    return max(fitting, key=_weight, default=None)


def _weight(setting: Setting) -> tuple:
    return BREADTH.index(setting.scope), setting.id is not None, setting.valid_from, setting.id or 0


def _stem(area_code: str) -> str:
    return area_code.removesuffix("00").removesuffix("00")


def parse(kind: Kind, text: str) -> Any:
    """Return the stored value of a line of text. Raises ValueError when it is not one of that kind."""
    text = text.strip()
    match kind:
        case Kind.PERIOD:
            amount, unit = text.split()
            return {"amount": _natural(amount), "unit": Unit(unit).value}
        case Kind.NUMBER | Kind.AMOUNT | Kind.TEMPLATE:
            return _natural(text)
        case Kind.FLAG:
            return YES_NO.index(text) == 0
        case Kind.WORDS:
            return [word.strip() for word in text.split("|") if word.strip()]
        case Kind.TABLE:
            found = json.loads(text)
            if not isinstance(found, dict):
                raise ValueError(text)
            return found
        case Kind.WAGE:
            year, fen = text.split()
            return {"year": _natural(year), "amount_fen": _natural(fen)}
        case Kind.CITATION:
            law, number, paragraph, item = (*text.split(), "0", "0")[:4]
            return {
                "law": law,
                "number": _natural(number),
                "paragraph": _natural(paragraph) or None,
                "item": _natural(item) or None,
            }
    if not text:
        raise ValueError("no text")
    return text


def write(kind: Kind, value: Any) -> str:
    """Return the line of text that :func:`parse` turns into the value."""
    match kind:
        case Kind.PERIOD:
            return f"{value['amount']} {value['unit']}"
        case Kind.FLAG:
            return YES_NO[0 if value else 1]
        case Kind.WORDS:
            return "|".join(value)
        case Kind.TABLE:
            return json.dumps(value, ensure_ascii=False)
        case Kind.WAGE:
            return f"{value['year']} {value['amount_fen']}"
        case Kind.CITATION:
            return f"{value['law']} {value['number']} {value.get('paragraph') or 0} {value.get('item') or 0}"
    return str(value)


def is_value(kind: Kind, value: Any) -> bool:
    """Say whether a value has the form of its kind: it must come back from being written."""
    try:
        return parse(kind, write(kind, value)) == value
    except (AttributeError, KeyError, TypeError, ValueError):
        return False


def pattern_obstacles(kind: Kind, key: str, value: Any) -> list[Obstacle]:
    """Return what a pattern of numbers lacks: without word, year and serial two of them could be the same. CN-05.

    What meetings are set by is looked at here too: every page that proposes an hour reads it.
    """
    if key.startswith("session."):
        return _session_obstacles(kind, key, value)
    if kind is Kind.TABLE and key in FORMS_OF_TABLES:
        is_good, gap = FORMS_OF_TABLES[key]
        return [] if is_good(value) else [because(gap)]
    if kind is not Kind.TEXT or not key.startswith("CN-05."):
        return []
    missing = [place for place in NUMBER_PLACES if place not in value]
    return [because(Gap.NO_PLACES, places=missing)] if missing else []


def _session_obstacles(kind: Kind, key: str, value: Any) -> list[Obstacle]:
    if kind is Kind.WORDS:
        try:
            day_parts(value)
        except ValueError:
            return [because(Gap.BAD_HOURS)]
    if kind is Kind.NUMBER:
        least, most = SESSION_MINUTES
        return [] if least <= value <= most else [because(Gap.BAD_MINUTES, least=least, most=most)]
    return [because(Gap.NOT_DAYS)] if kind is Kind.PERIOD and value["unit"] != Unit.DAYS else []


def day_parts(words: Iterable[str]) -> list[tuple[time, time]]:
    """Read ``["08:30-12:00", "14:30-17:30"]``, the parts of a working day in order.

    Raises ValueError where one is no such part or begins before the one before it has ended.
    """
    found: list[tuple[time, time]] = []
    for word in words:
        begin, end = (time.fromisoformat(part.strip().zfill(5)) for part in word.split("-"))
        if end <= begin or (found and begin < found[-1][1]):
            raise ValueError(word)
        found.append((begin, end))
    if not found:
        raise ValueError("no hours")
    return found


def figure(value: Any) -> Figure:
    """Return the stored value of a period."""
    return Figure(value["amount"], Unit(value["unit"]))


def chinese_number(number: int) -> str:
    """Return a number below ten thousand in Chinese: 205 is 二百零五, 10 is 十."""
    if not 0 < number < 10_000:
        raise ValueError("no article has that number")
    text = ""
    for unit, weight in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // weight % 10
        if digit:
            text += DIGITS[digit] + unit
        elif text and not text.endswith(DIGITS[0]):
            text += DIGITS[0]
    text = text.rstrip(DIGITS[0])
    return text.removeprefix("一") if text.startswith("一十") else text


def _natural(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)
