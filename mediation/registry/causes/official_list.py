"""The official list of causes as a table: reading it, and telling it from some other table."""

import csv
import io
from collections.abc import Mapping

from mediation.ground import sheets
from mediation.ground.choices import N_, Reason
from mediation.ground.errors import Obstacle, RuleBroken, because
from mediation.ground.pinyin import initials
from mediation.registry.causes.rules import CONFIRMATION, Cause

COLUMNS = {
    "id": "code",
    "code": "code",
    "代码": "code",
    "level": "level",
    "级别": "level",
    "number": "number",
    "编号": "number",
    "name": "name",
    "案由": "name",
    "parent_id": "parent_code",
    "parent_code": "parent_code",
    "上级代码": "parent_code",
}
LEVELS = {"1", "2", "3", "4"}
LONGEST_FILE = 2_000_000


class Fault(Reason):
    """What forbids taking a list over."""

    TOO_LARGE = "too_large", N_("文件太大，案由规定不会超过几千行")
    NO_TEXT = "no_text", N_("文件不是文本表格，请另存为CSV格式")
    NO_COLUMNS = "no_columns", N_("第一行要有“代码”“级别”“编号”“案由”“上级代码”五个栏目名")
    NO_NAME = "no_name", N_("第%(line)d行缺少代码或案由名称")
    BAD_LEVEL = "bad_level", N_("第%(line)d行的级别应为1至4")
    TWICE = "twice", N_("第%(line)d行的代码%(code)s前面已经有了")
    NO_PARENT = "no_parent", N_("第%(line)d行的上级代码%(code)s在前面没有出现")
    NO_CONFIRMATION = "no_confirmation", N_("表里没有“%(name)s”，可能不是民事案件案由规定"), "JC-22"


def read(data: bytes) -> tuple[list[Cause], list[Obstacle]]:
    """Return the causes of a CSV file in their order, and everything that is wrong with it.

    Raises RuleBroken for a file that has no such table.
    """
    lines = csv.reader(io.StringIO(_decode(data)))
    headings = [COLUMNS.get(cell.strip().lower(), "") for cell in next(lines, [])]
    if not set(COLUMNS.values()) <= set(headings):
        raise RuleBroken(because(Fault.NO_COLUMNS))
    causes: dict[str, Cause] = {}
    faults: list[Obstacle] = []
    for cells in lines:
        row = dict.fromkeys(COLUMNS.values(), "")
        row |= {heading: cell.strip() for heading, cell in zip(headings, cells, strict=False)}
        if not any(row.values()):
            continue
        wrong = _wrong(row, causes, lines.line_num)
        if wrong:
            faults.append(wrong)
        else:
            causes[row["code"]] = _cause(row, causes)
    if CONFIRMATION not in {cause.name for cause in causes.values()}:
        faults.append(because(Fault.NO_CONFIRMATION, name=CONFIRMATION))
    return list(causes.values()), faults


def _wrong(row: Mapping[str, str], causes: Mapping[str, Cause], line: int) -> Obstacle | None:
    code, parent = row["code"], row["parent_code"]
    if not code or not row["name"]:
        return because(Fault.NO_NAME, line=line)
    if row["level"] not in LEVELS:
        return because(Fault.BAD_LEVEL, line=line)
    if code in causes:
        return because(Fault.TWICE, line=line, code=code)
    if parent and parent not in causes:
        return because(Fault.NO_PARENT, line=line, code=parent)
    return None


def _cause(row: Mapping[str, str], causes: Mapping[str, Cause]) -> Cause:
    """Return the cause of a line; the number of level 4 gets that of its parent before it: 108（3）."""
    number = row["number"].rstrip(".．、")
    parent = causes.get(row["parent_code"])
    if row["level"] == "4" and parent:
        number = parent.number + number
    return Cause(row["code"], number, row["name"], int(row["level"]), row["parent_code"] or None, initials(row["name"]))


def _decode(data: bytes) -> str:
    if len(data) > LONGEST_FILE:
        raise RuleBroken(because(Fault.TOO_LARGE))
    text = sheets.text_of_file(data)
    if text is None:
        raise RuleBroken(because(Fault.NO_TEXT))
    return text
