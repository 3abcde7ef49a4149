"""Words of duty lists; reading a sheet of one; finding the items that a dispute is about."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because

LONGEST_TEXT, LONGEST_NAME, LONGEST_NUMBER = 400, 120, 20
SEPARATORS = re.compile(r"[、，,；;/\s]+")
WORDS = re.compile(r"[\u4e00-\u9fff]+|[a-z0-9]+", re.IGNORECASE)
# Two signs that nearly every item or story has: they say nothing about what it is about.
EMPTY = frozenset(
    ("纠纷 负责 调解 工作 管理 有关 部门 单位 以及 相关 处理 事项 的纠 引发 发的 的调 的处 "
     "争议 议的 纷的 使用 赔偿").split()
)
LEAST_SCORE = 2


class DutyKind(Choice):
    DUTY = "duty", N_("职责")
    ASSIST = "assist", N_("协助")


class Column(Choice):
    """What a column of the sheet holds."""

    KIND = "kind", N_("职责或协助")
    CLASS = "class_name", N_("类别")
    NUMBER = "number", N_("序号")
    TEXT = "text", N_("事项")
    LEAD = "lead", N_("牵头单位")
    ASSISTING = "assisting", N_("配合单位")
    BASIS = "basis", N_("依据")


HEADINGS = {
    Column.KIND: ("职责或协助", "清单", "清单名称", "性质"),
    Column.CLASS: ("类别", "分类", "大类", "事项类别"),
    Column.NUMBER: ("序号", "编号", "项号", "事项编号"),
    Column.TEXT: ("事项", "事项名称", "职责事项", "工作事项", "主要内容", "内容"),
    Column.LEAD: ("牵头单位", "主办单位", "责任单位", "牵头部门", "主责单位"),
    Column.ASSISTING: ("配合单位", "协助单位", "配合部门", "协办单位"),
    Column.BASIS: ("依据", "法律依据", "政策依据", "设定依据"),
}
NEEDED = (Column.CLASS, Column.TEXT, Column.LEAD)


class Fault(Reason):
    """What is wrong with a sheet."""

    NO_COLUMN = "no_duty_column", N_("表里没有“%(columns)s”这一栏，第一行要写栏目名")
    NO_ITEMS = "no_duty_items", N_("表里一项也没有")
    EMPTY_CELL = "empty_duty_cell", N_("第 %(line)s 行没有写%(column)s")
    TOO_LONG = "duty_too_long", N_("第 %(line)s 行的%(column)s太长，最多 %(most)s 字")
    TWICE = "duty_twice", N_("第 %(line)s 行的序号 %(number)s 前面已经有了")
    UNKNOWN_KIND = "unknown_duty_kind", N_("第 %(line)s 行的“%(word)s”认不得，写“职责”或者“协助”")
    TOO_EARLY = "duty_list_too_early", N_("%(day)s 起已经有一份清单，新的不能比它早")
    NO_SOURCE = "no_duty_source", N_("写明是哪份文件")


@dataclass(frozen=True)
class Item:
    """One line of a list, wherever it is kept."""

    kind: DutyKind
    class_name: str
    number: str
    text: str
    lead: str
    assisting: tuple[str, ...] = ()
    basis: str = ""
    public_id: str = ""
    lead_unit_id: int | None = None
    id: int | None = None

    @property
    def words(self) -> str:
        return " ".join((self.number, self.class_name, self.text, self.lead, *self.assisting, self.basis))


@dataclass
class Sheet:
    """What a sheet of duties says, and everything that keeps it from being taken."""

    items: list[Item] = field(default_factory=list)
    faults: list[Obstacle] = field(default_factory=list)


def read(rows: Sequence[Sequence[str]]) -> Sheet:
    """Read the rows of a sheet; the first row that names the needed columns is its head. Merged cells go on below.

    Where a class is written once for several lines (as in a merged cell), it holds until the next one.
    """
    found = Sheet()
    head, columns = _head(rows)
    missing = [column for column in NEEDED if column not in columns]
    if missing:
        found.faults.append(because(Fault.NO_COLUMN, columns=tuple(missing)))
        return found
    seen: set[tuple[DutyKind, str]] = set()
    class_name, kind = "", DutyKind.DUTY
    for line, row in enumerate(rows[head + 1 :], head + 2):
        told = {column: row[place].strip() if place < len(row) else "" for column, place in columns.items()}
        if not any(told.values()):
            continue
        class_name = told[Column.CLASS] or class_name
        kind = _kind(told.get(Column.KIND, ""), kind, line, found)
        number = told.get(Column.NUMBER, "") or str(sum(item.kind == kind for item in found.items) + 1)
        _check(told | {Column.CLASS: class_name}, number, line, found)
        if (kind, number) in seen:
            found.faults.append(because(Fault.TWICE, line=line, number=number))
        seen.add((kind, number))
        found.items.append(Item(
            kind, class_name, number, told[Column.TEXT], told[Column.LEAD],
            tuple(filter(None, SEPARATORS.split(told.get(Column.ASSISTING, "")))), told.get(Column.BASIS, ""),
        ))
    if not found.items:
        found.faults.append(because(Fault.NO_ITEMS))
    return found


def _head(rows) -> tuple[int, dict[Column, int]]:
    best: tuple[int, dict[Column, int]] = (0, {})
    for place, row in enumerate(rows[:10]):
        names = {"".join(cell.split()): column for column, cell in reversed(list(enumerate(row)))}
        columns = {
            column: names[word] for column, known in HEADINGS.items() for word in reversed(known) if word in names
        }
        if len(columns) > len(best[1]):
            best = place, columns
    return best


def _kind(word: str, before: DutyKind, line: int, found: Sheet) -> DutyKind:
    if not word:
        return before
    if "协" in word or "配合" in word:
        return DutyKind.ASSIST
    if "职责" in word or "主责" in word:
        return DutyKind.DUTY
    found.faults.append(because(Fault.UNKNOWN_KIND, line=line, word=word))
    return before


def _check(told: Mapping[Column, str], number: str, line: int, found: Sheet) -> None:
    empty = [column for column in NEEDED if not told[column]]
    found.faults += [because(Fault.EMPTY_CELL, line=line, column=column) for column in empty]
    longest = {Column.CLASS: LONGEST_NAME, Column.LEAD: LONGEST_NAME, Column.TEXT: LONGEST_TEXT}
    for column, most in (longest | {Column.BASIS: LONGEST_TEXT}).items():
        if len(told.get(column, "")) > most:
            found.faults.append(because(Fault.TOO_LONG, line=line, column=column, most=most))
    if len(number) > LONGEST_NUMBER:
        found.faults.append(because(Fault.TOO_LONG, line=line, column=Column.NUMBER, most=LONGEST_NUMBER))


def matching(text: str, items: Iterable[Item]) -> list[Item]:
    """Return the items that hold every word that was typed, in their order."""
    wanted = [word.lower() for word in text.split()]
    return [item for item in items if all(word in item.words.lower() for word in wanted)]


def likely(told: str, items: Iterable[Item], *, limit: int = 5) -> list[Item]:
    """Return the items that a dispute is most likely about: those that share the most pairs of signs with its words.

    Duties stand before assistance where both share as many.
    """
    pairs = _pairs(told)
    scored = [(len(pairs & _pairs(f"{item.class_name} {item.text}")), item) for item in items]
    good = [(score, place, item) for place, (score, item) in enumerate(scored) if score >= LEAST_SCORE]
    good.sort(key=lambda each: (-each[0], each[2].kind != DutyKind.DUTY, each[1]))
    return [item for _score, _place, item in good[:limit]]


def _pairs(text: str) -> set[str]:
    found = {word[at : at + 2] for word in WORDS.findall(text) for at in range(len(word) - 1)}
    return found - EMPTY
