"""Reading one line about a side of the dispute: ``涂国平，前进村同组，电话不详``."""

import re
from dataclasses import dataclass

import cn2an

from mediation.registry.people.rules import half_width, normalise_name, normalise_phone

UNKNOWN = {"不详", "不知道", "不知道是谁", "不清楚", "未知", "不认识", "身份不明", "身份不详"}
ORGANISATIONS = (
    "公司", "集团", "工厂", "厂", "商店", "店", "超市", "酒店", "饭店", "医院", "卫生院", "学校", "小学", "中学",
    "大学", "幼儿园", "委员会", "村委会", "居委会", "业委会", "合作社", "银行", "支行", "信用社", "事务所", "派出所",
    "中心", "局", "政府", "办事处", "管理处", "项目部", "工程队", "施工队", "协会", "商会", "门诊部", "诊所",
    "有限合伙",
)
ORGANISATION_FROM = 4  # shorter names that end like this are people: 张厂, 李店
SEVERAL = re.compile(r"等(\d{1,5}|[一二三四五六七八九十百]+)?[人名户]?$")
# What sets pieces apart; not the blank between the words of a foreign name or the digits of a phone.
BETWEEN = re.compile(r"[,，。]|(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])")
PHONE_WORD = re.compile(r"^(联系电话|电话|手机号?|联系方式|tel)[:：]?", re.IGNORECASE)
NO_PHONE = re.compile(r"(电话|手机|联系方式).*(不详|不知|没有|无)|^(没有|无)(电话|手机)")


@dataclass(frozen=True)
class Told:
    """One party as told at the counter."""

    name: str
    phone: str = ""
    address: str = ""
    is_organisation: bool = False


@dataclass(frozen=True)
class Side:
    """One side as told: its parties by name, how many they are, or what is said of somebody nobody knows."""

    parties: tuple[Told, ...] = ()
    people: int = 0
    is_unknown: bool = False
    note: str = ""


def read_side(text: str) -> Side:
    """Return what a line says about a side.

    Parties are set apart by 、 or ；, what is known of one by ，. 等12人 after the names counts people.
    """
    parties, people, unknown, notes = [], 0, False, []
    for segment in re.split(r"[、;；\n]", text):
        first, *rest = [part for part in BETWEEN.split(segment) if part] or [""]
        name, counted = _without_count(first)
        people = max(people, counted)
        if name in UNKNOWN:
            unknown = True
            notes += rest
        elif name:
            parties.append(_told(name, rest))
    if parties:
        return Side(tuple(parties), max(people, len(parties)))
    return Side(is_unknown=unknown, note="，".join(notes))


def _told(name, rest):
    phone, told = "", []
    for part in rest:
        number = normalise_phone(PHONE_WORD.sub("", half_width(part)))
        if number and not phone:
            phone = number
        elif not NO_PHONE.search(part):
            told.append(part)
    return Told(normalise_name(name), phone, "，".join(told), is_organisation(name))


def _without_count(name):
    found = SEVERAL.search(name)
    if not found or found.start() == 0:
        return name, 0
    try:
        people = int(cn2an.cn2an(found[1], "smart")) if found[1] else 0
    except ValueError:
        people = 0  # 等十十人: letters that are no number
    return name[: found.start()], people


def is_organisation(name: str) -> bool:
    """Say whether a name reads like that of an organisation; the clerk may say otherwise afterwards."""
    return len(name) >= ORGANISATION_FROM and name.endswith(ORGANISATIONS)
