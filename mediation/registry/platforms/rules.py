"""What a platform asks for: its fields, in which form, and for which cases. Idea 7; rows 36 and 123."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.registry.access.rules import Role

CODE = re.compile(r"[a-z0-9_]{2,30}")
MOST_FIELDS = 80
LONGEST_LABEL, LONGEST_FIXED, LONGEST_CODE = 60, 200, 60
LONGEST_VALUE = 4000
MAY_ENTER = (Role.INTAKE_CLERK, Role.DISPATCHER, Role.MEDIATOR, Role.HEAD, Role.LIAISON)


class Value(Choice):
    """What a field of ours holds."""

    TEXT = "text", N_("文字")
    DAY = "day", N_("日期")
    MONEY = "money", N_("金额")
    NUMBER = "number", N_("数")
    YES = "yes", N_("是否")
    WORD = "word", N_("选项")


class Ours(Choice):
    """A field of ours that a platform may ask for; the first word of its key says where it is filled."""

    FIXED = "fixed", N_("固定文字")
    REGISTER_NO = "case.register_no", N_("登记号")
    BODY_NO = "case.body_no", N_("本单位案号")
    TITLE = "case.title", N_("案件名称")
    CHANNEL = "case.channel", N_("渠道")
    SOURCE = "case.source", N_("来源")
    OUTSIDE_NO = "case.outside_no", N_("来源编号")
    COURT_NAME = "case.court_name", N_("来函法院")
    COURT_NO = "case.court_no", N_("法院来函案号")
    APPLIED_ON = "case.applied_on", N_("申请日期")
    REGISTERED_ON = "case.registered_on", N_("登记日期")
    ACCEPTED_ON = "proceeding.accepted_on", N_("受理日期")
    TYPE = "case.type", N_("纠纷类型")
    CAUSE = "case.cause", N_("案由")
    AMOUNT = "case.amount", N_("涉及金额")
    PEOPLE = "case.people", N_("涉及人数")
    STORY = "case.story", N_("纠纷经过")
    CLAIMS = "case.claims", N_("当事人要求")
    TOWN = "case.town", N_("乡镇（街道）")
    VILLAGE = "case.village", N_("村（社区）")
    PLACE = "case.place", N_("详细地点")
    ENTITIES = "case.entities", N_("关联的人、地、物、事、情、组织")
    TRACK = "proceeding.track", N_("调解种类")
    BODY = "proceeding.body", N_("调解单位")
    MEDIATORS = "proceeding.mediators", N_("调解员")
    APPLICANTS = "applicant.names", N_("申请人（全部姓名）")
    APPLICANT = "applicant.name", N_("申请人姓名")
    APPLICANT_SEX = "applicant.sex", N_("申请人性别")
    APPLICANT_BORN = "applicant.born_on", N_("申请人出生日期")
    APPLICANT_AGE = "applicant.age", N_("申请人年龄")
    APPLICANT_ETHNIC = "applicant.ethnic", N_("申请人民族")
    APPLICANT_WORK = "applicant.work", N_("申请人职业")
    APPLICANT_ID_KIND = "applicant.id_kind", N_("申请人证件种类")
    APPLICANT_ID = "applicant.id_number", N_("申请人证件号码")
    APPLICANT_PHONE = "applicant.phone", N_("申请人电话")
    APPLICANT_ADDRESS = "applicant.address", N_("申请人住址")
    RESPONDENTS = "respondent.names", N_("被申请人（全部姓名）")
    RESPONDENT = "respondent.name", N_("被申请人姓名")
    RESPONDENT_SEX = "respondent.sex", N_("被申请人性别")
    RESPONDENT_BORN = "respondent.born_on", N_("被申请人出生日期")
    RESPONDENT_AGE = "respondent.age", N_("被申请人年龄")
    RESPONDENT_ETHNIC = "respondent.ethnic", N_("被申请人民族")
    RESPONDENT_WORK = "respondent.work", N_("被申请人职业")
    RESPONDENT_ID_KIND = "respondent.id_kind", N_("被申请人证件种类")
    RESPONDENT_ID = "respondent.id_number", N_("被申请人证件号码")
    RESPONDENT_PHONE = "respondent.phone", N_("被申请人电话")
    RESPONDENT_ADDRESS = "respondent.address", N_("被申请人住址")
    RESULT = "outcome.result", N_("调解结果")
    AGREED_ON = "agreement.agreed_on", N_("达成协议日期")
    EFFECTIVE_ON = "agreement.effective_on", N_("协议生效日期")
    AGREEMENT_NO = "agreement.number", N_("协议书编号")
    AGREEMENT_FORM = "agreement.form", N_("协议形式")
    AGREEMENT_TEXT = "agreement.text", N_("协议内容")
    AGREEMENT_SUM = "agreement.sum", N_("协议金额")
    PERFORMED = "performance.done", N_("是否履行完毕")
    CONFIRMATION = "confirmation.asked", N_("是否申请司法确认")
    CONFIRMATION_NO = "confirmation.court_no", N_("司法确认案号")
    FAILURE = "outcome.failure", N_("调解不成的原因")
    CLOSED_ON = "outcome.closed_on", N_("结案日期")
    CLOSING = "outcome.closing", N_("结案方式")

    @property
    def where(self) -> str:
        """Return where it is filled: case, proceeding, applicant, respondent, agreement …"""
        return self.value.partition(".")[0]

    @property
    def is_covered(self) -> bool:
        """Say whether it is shown in full only for a reason, on record (P23)."""
        return self.value.endswith((".id_number", ".phone"))

    @property
    def holds(self) -> Value:
        return HOLDS.get(self, Value.TEXT)


HOLDS = {
    **dict.fromkeys(
        (Ours.APPLIED_ON, Ours.REGISTERED_ON, Ours.ACCEPTED_ON, Ours.APPLICANT_BORN, Ours.RESPONDENT_BORN,
         Ours.AGREED_ON, Ours.EFFECTIVE_ON, Ours.CLOSED_ON), Value.DAY,
    ),
    **dict.fromkeys((Ours.AMOUNT, Ours.AGREEMENT_SUM), Value.MONEY),
    **dict.fromkeys((Ours.PEOPLE, Ours.APPLICANT_AGE, Ours.RESPONDENT_AGE), Value.NUMBER),
    **dict.fromkeys((Ours.PERFORMED, Ours.CONFIRMATION), Value.YES),
    **dict.fromkeys(
        (Ours.CHANNEL, Ours.SOURCE, Ours.TYPE, Ours.TRACK, Ours.APPLICANT_SEX, Ours.RESPONDENT_SEX,
         Ours.APPLICANT_ID_KIND, Ours.RESPONDENT_ID_KIND, Ours.RESULT, Ours.AGREEMENT_FORM, Ours.CLOSING,
         Ours.TOWN, Ours.VILLAGE), Value.WORD,
    ),
}


class Format(Choice):
    """How a value is written there."""

    AS_IS = "as_is", N_("照样")
    ONE_LINE = "one_line", N_("连成一行")
    DASHES = "dashes", N_("2026-11-27")
    SLASHES = "slashes", N_("2026/11/27")
    DIGITS = "digits", N_("20261127")
    CHINESE = "chinese", N_("2026年11月27日")
    YUAN = "yuan", N_("元，两位小数")
    WHOLE = "whole", N_("元，取整")
    TEN_THOUSAND = "ten_thousand", N_("万元")
    YES_NO = "yes_no", N_("是／否")
    ONE_ZERO = "one_zero", N_("1／0")


FORMATS = {
    Value.TEXT: (Format.AS_IS, Format.ONE_LINE),
    Value.WORD: (Format.AS_IS,),
    Value.NUMBER: (Format.AS_IS,),
    Value.DAY: (Format.DASHES, Format.SLASHES, Format.DIGITS, Format.CHINESE),
    Value.MONEY: (Format.YUAN, Format.WHOLE, Format.TEN_THOUSAND),
    Value.YES: (Format.YES_NO, Format.ONE_ZERO),
}


class Since(Choice):
    """From which event on a case has to be in the platform."""

    REGISTERED = "registered", N_("登记以后")
    ACCEPTED = "accepted", N_("受理以后")
    SETTLED = "settled", N_("协议生效以后")
    ENDED = "ended", N_("调解有了结果以后（成或不成）")
    CLOSED = "closed", N_("结案以后")


class Bar(Reason):
    CODE = "platform_code", N_("代码用小写字母、数字、下划线，2 到 30 个")
    CODE_TAKEN = "platform_code_taken", N_("已经有代码是“%(code)s”的平台：%(name)s")
    NO_FIELDS = "platform_no_fields", N_("至少要有一个字段")
    TOO_MANY = "platform_too_many_fields", N_("字段太多，最多 %(most)s 个")
    NO_LABEL = "platform_no_label", N_("第 %(place)s 个字段没有写对方的叫法")
    TWICE = "platform_twice", N_("有两个字段都叫“%(label)s”，导入表的栏目会重")
    FORMAT = "platform_format", N_("“%(label)s”是%(kind)s，不能写成“%(format)s”")
    LENGTH = "platform_length", N_("“%(label)s”的最长字数在 1 到 %(most)s 之间")
    NO_WHO = "platform_no_who", N_("没有选谁来录入")
    STARTS_EARLIER = "platform_starts_earlier", N_("启用日期不能早于现在这一版的启用日期（%(since)s）")
    ENDS_EARLIER = "platform_ends_earlier", N_("停用日期不能早于启用日期（%(since)s）")
    ENDED = "platform_ended", N_("“%(name)s”已经停用；要改就先恢复")


@dataclass(frozen=True)
class Field:
    """One field of a platform, with what of ours goes into it. ``codes`` maps our stored word to theirs."""

    label: str
    ours: Ours = Ours.FIXED
    format: Format = Format.AS_IS
    longest: int | None = None
    required: bool = False
    fixed: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """Return the field as it is stored."""
        return {
            "label": self.label, "ours": str(self.ours), "format": str(self.format), "longest": self.longest,
            "required": self.required, "fixed": self.fixed, "codes": dict(self.codes),
        }


@dataclass(frozen=True)
class Definition:
    """A platform as it is from a day on. Empty conditions let every case in."""

    name: str
    system: str  # the word of the outside system whose number the platform gives
    who: tuple[Role, ...]
    since: Since
    fields: tuple[Field, ...]
    tracks: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    note: str = ""

    def plain(self) -> dict[str, Any]:
        """Return the definition as it is stored, without its name and system."""
        return {
            "who": [str(role) for role in self.who], "since": str(self.since), "note": self.note,
            "fields": [each.plain() for each in self.fields],
            **{key: list(getattr(self, key)) for key in ("tracks", "sources", "types")},
        }


def read(name: str, system: str, stored: Mapping[str, Any]) -> Definition:
    """Return a definition from what is stored of it. Raises ValueError, KeyError for words that nobody has."""
    return Definition(
        name=name, system=system, who=tuple(Role(each) for each in stored["who"]), since=Since(stored["since"]),
        fields=tuple(read_field(each) for each in stored["fields"]), note=stored.get("note", ""),
        **{key: tuple(stored.get(key, ())) for key in ("tracks", "sources", "types")},
    )


def read_field(stored: Mapping[str, Any]) -> Field:
    """Return a field from what is stored of it."""
    ours = Ours(stored["ours"])
    return Field(
        stored["label"].strip(), ours, Format(stored.get("format") or FORMATS[ours.holds][0]),
        stored.get("longest") or None, bool(stored.get("required")), stored.get("fixed", ""),
        dict(stored.get("codes") or {}),
    )


def obstacles(definition: Definition) -> list[Obstacle]:
    """Return what is wrong with a definition by itself."""
    found = [] if definition.fields else [because(Bar.NO_FIELDS)]
    if len(definition.fields) > MOST_FIELDS:
        found.append(because(Bar.TOO_MANY, most=MOST_FIELDS))
    if not definition.who:
        found.append(because(Bar.NO_WHO))
    seen: set[str] = set()
    for place, each in enumerate(definition.fields, 1):
        if not each.label:
            found.append(because(Bar.NO_LABEL, place=place))
        elif each.label in seen:
            found.append(because(Bar.TWICE, label=each.label))
        seen.add(each.label)
        if each.format not in FORMATS[each.ours.holds]:
            found.append(because(Bar.FORMAT, label=each.label, kind=each.ours.holds, format=each.format))
        if each.longest is not None and not 1 <= each.longest <= LONGEST_VALUE:
            found.append(because(Bar.LENGTH, label=each.label, most=LONGEST_VALUE))
    return found


@dataclass(frozen=True)
class CaseFacts:
    """What decides whether a case has to be in a platform; ``reached`` is the first day of each event."""

    track: str | None
    source: str
    type_code: str
    reached: Mapping[Since, date]


def fits_since(definition: Definition, case: CaseFacts) -> date | None:
    """Return from which day on a case has to be in the platform, None where it need not."""
    if definition.tracks and case.track not in definition.tracks:
        return None
    if definition.sources and case.source not in definition.sources:
        return None
    if definition.types and not any(is_or_below(case.type_code, each) for each in definition.types):
        return None
    return case.reached.get(definition.since)


def is_or_below(code: str, other: str) -> bool:
    return code == other or code.startswith(f"{other}.")


# --- how a value is written there ---


def written(value: Any, each: Field, *, line: Iterable[str] = ()) -> str | None:
    """Return a value as the platform wants it: text of at most any length, None for a word it has no code for.

    ``value`` is text, a day, an amount in fen, a number, a yes or no; for a word its label, with ``line`` the stored
    words from the narrowest to the widest that may have a code. Empty stays empty.
    """
    if value is None or value == "":
        return ""
    if each.ours.holds is Value.WORD:
        if not each.codes:
            return str(value)
        return next((each.codes[word] for word in line if word in each.codes), None)
    match each.format:
        case Format.ONE_LINE:
            return " ".join(str(value).split())
        case Format.DASHES:
            return f"{value:%Y-%m-%d}"
        case Format.SLASHES:
            return f"{value:%Y/%m/%d}"
        case Format.DIGITS:
            return f"{value:%Y%m%d}"
        case Format.CHINESE:
            return f"{value.year}年{value.month}月{value.day}日"
        case Format.YUAN:
            return f"{Decimal(value) / 100:.2f}"
        case Format.WHOLE:
            return f"{round(Decimal(value) / 100):d}"
        case Format.TEN_THOUSAND:
            return f"{(Decimal(value) / 1_000_000).normalize():f}"
        case Format.YES_NO:
            return "是" if value else "否"
        case Format.ONE_ZERO:
            return "1" if value else "0"
    return str(value)


def cut(text: str, each: Field) -> str:
    """Return as much of a text as the platform takes."""
    return text if each.longest is None else text[: each.longest]
