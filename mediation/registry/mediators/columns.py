"""The columns of a roster: what counties call them, and what stands in their cells."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mediation.ground.choices import N_, Reason
from mediation.ground.errors import RuleBroken, because
from mediation.ground.sheets import text_of
from mediation.registry.mediators.models import Mediator
from mediation.registry.mediators.rules import CommitteePost, MediatorSource
from mediation.registry.people.rules import Sex, half_width, mask_number, read_id_number

# Our own headings, which an export carries, in their order; then what else a column may be called.
HEADINGS = {
    "register_no": "编号", "name": "姓名", "sex": "性别", "birth_on": "出生日期", "unit": "单位", "source": "来源",
    "types": "擅长", "is_full_time": "专职", "is_court_listed": "法院特邀", "phone": "电话", "term_from": "任期开始",
    "term_to": "任期届满", "trained_on": "最近培训", "certificate_no": "证书号", "certificate_until": "证书到期",
    "committee_post": "职务", "ethnic": "民族", "languages": "会说的话",
}
ALSO = {
    "register_no": "证号 登记号 调解员编号 调解员证号 工作证号 证件编号 员工编号",
    "name": "名字 调解员 调解员姓名",
    "birth_on": "出生年月日 出生年月 生日 出生",
    "id_number": "身份证号 身份证号码 身份证 公民身份号码 证件号码",
    "unit": "所属单位 所在单位 调解组织 所属调解组织 调委会 所属调委会 所在调委会 所属人民调解委员会 工作单位",
    "source": "人员来源 人员类别 类别 身份 人员身份",
    "types": "专长 特长 擅长领域 擅长类型 擅长纠纷类型 专业领域",
    "is_full_time": "是否专职 专职兼职 专兼职",
    "is_court_listed": "是否法院特邀 特邀 特邀调解员 是否特邀 法院特邀调解员",
    "phone": "联系电话 办公电话 联系方式 手机 手机号 手机号码",
    "term_from": "聘任日期 聘任时间 聘期起 聘期开始 任期起 任职时间 起始日期",
    "term_to": "聘期止 聘期届满 聘任到期 任期止 任期结束 到期日期 截止日期",
    "trained_on": "培训时间 培训日期 最近培训日期 最近一次培训 最近培训时间",
    "certificate_no": "调解员证书号 资格证号 上岗证号",
    "certificate_until": "证书有效期 证书有效期至 有效期至 证书到期日期",
    "committee_post": "调委会职务 委员会职务 担任职务",
    "languages": "方言 语言 会说的语言 掌握语言",
}
FIELDS = {title: name for name, title in HEADINGS.items()} | {
    title: name for name, titles in ALSO.items() for title in titles.split()
}
HEADS_WITHIN = 10  # a title and a few remarks may stand above the headings
DAYS = ("birth_on", "term_from", "term_to", "trained_on", "certificate_until")
FLAGS = {
    "is_full_time": ({"是", "专职", "1", "y", "yes", "√"}, {"否", "兼职", "0", "n", "no", "×"}),
    "is_court_listed": ({"是", "特邀", "1", "y", "yes", "√"}, {"否", "0", "n", "no", "×"}),
}
SEXES = {"男": Sex.MALE, "女": Sex.FEMALE}
SERIAL = re.compile(r"[2-6]\d{4}")  # days from 1954 to 2091
EXCEL_EPOCH = date(1899, 12, 30)
LONGEST = {"name": 120, "register_no": 40, "phone": 40, "certificate_no": 60, "ethnic": 20}


class Fault(Reason):
    """What is wrong with a line, or with the sheet."""

    NO_HEADINGS = "no_headings", N_("没有找到栏目名。至少要有“姓名”一栏，和“出生日期”或“身份证号”一栏")
    NO_NAME = "no_name", N_("没有姓名")
    NO_BIRTH = "no_birth", N_("没有出生日期")
    NO_DAY = "no_day", N_("“%(column)s”里的“%(text)s”看不懂，请写成 1970-05-04")
    NO_SUCH_WORD = "no_such_word", N_("“%(column)s”里的“%(text)s”不认识")
    TOO_LONG = "too_long", N_("“%(column)s”太长了")
    NO_UNIT = "no_unit", N_("没有写单位，也没有选默认单位")
    UNKNOWN_UNIT = "unknown_unit", N_("没有“%(name)s”这个单位，或者不归您管")
    TWICE = "twice", N_("与第%(line)d行是同一个人")
    NUMBER_TAKEN = "number_taken", N_("编号%(number)s已经是%(name)s的")


@dataclass(frozen=True)
class Cells:
    """One line of the sheet: its number there and its cells by field, as texts."""

    line: int
    texts: Mapping[str, str]


def read(rows: Sequence[Sequence[str]]) -> list[Cells]:
    """Return the lines below the headings. Raises RuleBroken when there are none of ours."""
    place, fields = _headings(rows)
    found = []
    for line, row in enumerate(rows[place + 1 :], start=place + 2):
        texts = {name: text.strip() for name, text in zip(fields, row, strict=False) if name and text.strip()}
        if texts:
            found.append(Cells(line, texts))
    return found


def _headings(rows):
    """Return which row has the headings, and the field of each column, None where we do not know it."""
    for place, row in enumerate(rows[:HEADS_WITHIN]):
        titles = [re.sub(r"[\s*:/]", "", half_width(cell)).partition("(")[0] for cell in row]
        fields = [FIELDS.get(title) for title in titles]
        if "name" in fields and {"birth_on", "id_number"} & set(fields):
            return place, fields
    raise RuleBroken(because(Fault.NO_HEADINGS))


def carried(pairs: object) -> list[Cells]:
    """Return the lines that a page carried as [line, {field: text}] pairs. Raises ValueError for anything else."""
    try:
        return [
            Cells(int(line), {name: text_of(texts[name]) for name in (*HEADINGS, "id_number") if name in texts})
            for line, texts in pairs
        ]
    except TypeError:
        raise ValueError("not the lines of a roster") from None


def without_number(cells: Cells, *, on: date) -> Cells:
    """Return a line with what its ID number says in the number's place; a wrong number stays, only covered."""
    texts = dict(cells.texts)
    number = texts.pop("id_number", "")
    if number:
        reading = read_id_number(number, on=on)
        if reading.obstacles:
            texts["id_number"] = mask_number(reading.number)
        else:
            sex = next(word for word, each in SEXES.items() if each is reading.sex)
            texts |= {"birth_on": reading.born_on.isoformat(), "sex": sex}
    return Cells(cells.line, texts)


def values(cells: Cells, *, types: Mapping[str, str], on: date) -> tuple[dict[str, Any], list]:
    """Return the values of a line and what is wrong with them. ``types`` are main types by name."""
    texts, found, faults = dict(cells.texts), {}, []
    number = texts.pop("id_number", "")
    if number:
        reading = read_id_number(number, on=on)
        faults += reading.obstacles
        if not reading.obstacles:
            found |= {"birth_on": reading.born_on, "sex": reading.sex}
            texts = {name: text for name, text in texts.items() if name not in found}
    for name, text in texts.items():
        value, fault = _value(name, text, types)
        if fault:
            faults.append(fault)
        else:
            found[name] = value
    if not found.get("name"):
        faults.append(because(Fault.NO_NAME))
    if not found.get("birth_on") and not faults:
        faults.append(because(Fault.NO_BIRTH))
    return found, faults


def row(mediator: Mediator, type_names: Mapping[str, str]) -> list[str]:
    """Return a mediator as a line of the sheet, under :data:`HEADINGS`."""
    words = {
        "sex": next((word for word, sex in SEXES.items() if sex == mediator.sex), ""),
        "unit": mediator.unit.name,
        "source": MediatorSource(mediator.source).label if mediator.source else "",
        "types": "、".join(type_names.get(code, code) for code in mediator.specialities.get("types", ())),
        "is_full_time": "专职" if mediator.is_full_time else "兼职",
        "committee_post": mediator.committee_post.label if mediator.committee_post else "",
        "is_court_listed": "是" if mediator.is_court_listed else "否",
    }
    return [words[name] if name in words else str(getattr(mediator, name) or "") for name in HEADINGS]


def _value(name, text, types):
    column = HEADINGS[name]
    unknown = because(Fault.NO_SUCH_WORD, column=column, text=text)
    if name in DAYS:
        day = _day(text)
        return day, None if day else because(Fault.NO_DAY, column=column, text=text)
    if name in FLAGS:
        yes, no = FLAGS[name]
        word = half_width(text).lower()
        return word in yes, None if word in yes | no else unknown
    if name == "committee_post":
        post = next((each for each in CommitteePost if text == each.label), None)
        return post, None if post else unknown
    if name == "sex":
        return SEXES.get(text), None if text in SEXES else unknown
    if name == "source":
        source = _source(text)
        return source, None if source else unknown
    if name == "types":
        words = [word for word in re.split(r"[、,，;；\s]+", text) if word]
        codes = [_type(word, types) for word in words]
        return codes, None if all(codes) else unknown
    if name == "name":
        text = re.sub(r"\s+", "", text)
    return text, because(Fault.TOO_LONG, column=column) if len(text) > LONGEST.get(name, 400) else None


def _day(text: str) -> date | None:
    """Return the day that a cell means; a sheet that lost a cell's format shows Excel's count of days instead."""
    if SERIAL.fullmatch(text):
        return EXCEL_EPOCH + timedelta(days=int(text))
    parts = re.fullmatch(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})", half_width(text))
    try:
        return date(*(int(part) for part in parts.groups() if part)) if parts else None
    except ValueError:
        return None


def _source(text):
    """Return the source whose label is the text or contains it: 退休民警, 律师, 人大代表."""
    fitting = [each for each in MediatorSource if text == each.label or text in re.split("[、（）]", each.label)]
    return fitting[0] if fitting else None


def _type(word, types):
    """Return the main type of that name, with or without 纠纷."""
    return types.get(word) or types.get(f"{word}纠纷") or types.get(word.removesuffix("纠纷"))
