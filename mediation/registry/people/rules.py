"""People and organisations: numbers that prove who somebody is, names, phones, age and capacity."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because

ID_LENGTH = 18
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_LENGTH = 18
NAME_LENGTH = 100
OTHER_ID_LENGTH = 40

# Ages of the Civil Code (2020), Arts. 17 to 20: they are what the words "minor" and "limited capacity" mean.
LIMITED_FROM = 8
OWN_EARNINGS_FROM = 16
ADULT_FROM = 18

MIDDLE_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・･．", "·"))
MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))?([2-8]\d{6,7})(?:#(\d{1,6}))?")
SERVICE_LINE = re.compile(r"[48]00\d{7}")
ABROAD = re.compile(r"\+(?!86)\d{7,15}")


class IdKind(Choice):
    """Which paper proves who a person is."""

    RESIDENT_ID = "resident_id", N_("居民身份证")
    RESIDENCE_PERMIT = "residence_permit", N_("港澳台居民居住证")
    PERMANENT_RESIDENT = "permanent_resident", N_("外国人永久居留身份证")
    PASSPORT = "passport", N_("护照")
    HONG_KONG_MACAO_PERMIT = "hong_kong_macao_permit", N_("港澳居民来往内地通行证")
    TAIWAN_PERMIT = "taiwan_permit", N_("台湾居民来往大陆通行证")
    OFFICER = "officer", N_("军官证")
    OTHER = "other", N_("其他证件")


CHECKED_KINDS = frozenset({IdKind.RESIDENT_ID, IdKind.RESIDENCE_PERMIT})


class Sex(Choice):
    FEMALE = "female", N_("女")
    MALE = "male", N_("男")


class Capacity(Choice):
    """Civil capacity of a person on a day."""

    NONE = "none", N_("无民事行为能力")
    LIMITED = "limited", N_("限制民事行为能力")
    FULL = "full", N_("完全民事行为能力")


class RevealReason(Choice):
    """Why somebody wants to see a covered number in full; the words go to the trail."""

    CALL = "call", N_("联系当事人")
    IDENTITY = "identity", N_("核对身份")
    PAPER = "paper", N_("填写法院或其他机关的材料")
    OTHER = "other", N_("其他，写明原因")


class Bar(Reason):
    """Why a name, a number or a phone cannot be taken as it is."""

    ID_EMPTY = "id_empty", N_("没有填证件号码"), "DP-01"
    ID_LENGTH = "id_length", N_("身份证号应为18位，现在是%(length)s位"), "DP-01"
    ID_CHARACTERS = "id_characters", N_("身份证号前17位应为数字，最后一位是数字或X"), "DP-01"
    ID_BIRTH_DATE = "id_birth_date", N_("身份证号里的出生日期不存在"), "DP-01"
    ID_BORN_LATER = "id_born_later", N_("身份证号里的出生日期在今天之后"), "DP-01"
    ID_CHECK = "id_check", N_("身份证号最后一位校验不符，请核对"), "DP-01"
    OTHER_ID_LENGTH = "other_id_length", N_("证件号码太长，最多%(most)s个字"), "DP-03"
    USCC_LENGTH = "uscc_length", N_("统一社会信用代码应为18位，现在是%(length)s位"), "DP-02"
    USCC_CHARACTERS = "uscc_characters", N_("统一社会信用代码里有不该有的字符"), "DP-02"
    USCC_CHECK = "uscc_check", N_("统一社会信用代码最后一位校验不符，请核对"), "DP-02"
    PHONE = "phone", N_("电话号码不对：请填手机号或固定电话，没有就写“无”"), None
    NAME_EMPTY = "name_empty", N_("没有填姓名或名称"), None
    NAME_CHARACTERS = "name_characters", N_("姓名或名称里有看不见的字符，请重新输入"), None
    REVEAL_WORDS = "reveal_words", N_("选“其他”的，要写明为什么看"), "DP-07"
    NAME_LENGTH = "name_length", N_("姓名或名称太长，最多%(most)s个字"), None


class MergeBar(Reason):
    """Why two rows are not taken for one person, or not parted again."""

    SAME_ROW = "same_row", N_("这是同一条，选另外一条")
    MERGED_ALREADY = "merged_already", N_("其中一条已经合并过了")
    OTHER_KIND = "other_kind", N_("一条是个人、一条是单位，不是同一个")
    TWO_NUMBERS = "two_numbers", N_("两条的证件号码不同，是两个人；号码登错了的，先更正"), "DP-01"
    NUMBER_ON_OTHER = "number_on_other", N_("有证件号码的那一条要留下，换个方向合并"), "DP-01"
    ONE_CASE = "one_case", N_("两条是同一件案件的两个当事人；真是一个人的，先更正那一件")
    NOT_SEEN = "not_seen", N_("两条各要有一件您能看内容的案件，才能合并")
    NO_REASON = "no_reason", N_("没有写理由")
    UNDO_OVER = "undo_over", N_("最晚%(last)s可以撤销，已经过了")
    WENT_ON = "went_on", N_("留下的那一条后来又并入了别的，先撤销后一次")
    NOT_MERGED = "not_merged", N_("合并已经撤销了")


@dataclass(frozen=True)
class IdReading:
    """What an ID number says. Birth and sex are None where the number does not tell or is wrong."""

    number: str
    born_on: date | None = None
    sex: Sex | None = None
    obstacles: list[Obstacle] = field(default_factory=list)


def half_width(text: str) -> str:
    """Return ``text`` with full-width digits, letters and signs as ASCII, as an input method leaves them."""
    return unicodedata.normalize("NFKC", text)


def normalise_number(text: str) -> str:
    """Return an identity number without blanks, half-width, in capitals."""
    return re.sub(r"[\s\u200b\ufeff]", "", half_width(text)).upper()


def read_id_number(text: str, kind: IdKind = IdKind.RESIDENT_ID, *, on: date) -> IdReading:
    """Return what the number says and everything wrong with it; ``on`` is the day of reading.

    Citizens' ID numbers and the residence permits of Hong Kong, Macao (81, 82) and Taiwan (83) share one build.
    The region in the first six digits is never a reason to refuse: divisions are renamed, persons keep their number.
    DP-01: GB 11643-1999. DP-03: other papers have no check digit and keep their free form.
    """
    number = normalise_number(text)
    if not number:
        return IdReading(number, obstacles=[because(Bar.ID_EMPTY)])
    if kind not in CHECKED_KINDS:
        too_long = len(number) > OTHER_ID_LENGTH
        return IdReading(number, obstacles=[because(Bar.OTHER_ID_LENGTH, most=OTHER_ID_LENGTH)] if too_long else [])
    if len(number) != ID_LENGTH:
        return IdReading(number, obstacles=[because(Bar.ID_LENGTH, length=len(number))])
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return IdReading(number, obstacles=[because(Bar.ID_CHARACTERS)])
    born_on = _real_date(number[6:14])
    found = []
    if born_on is None:
        found.append(because(Bar.ID_BIRTH_DATE))
    elif born_on > on:
        found.append(because(Bar.ID_BORN_LATER))
    if number[-1] != id_check_digit(number[:17]):
        found.append(because(Bar.ID_CHECK))
    if found:
        return IdReading(number, obstacles=found)
    return IdReading(number, born_on, Sex.MALE if int(number[16]) % 2 else Sex.FEMALE)


def id_check_digit(first_17: str) -> str:
    """Return the 18th character of a citizen's ID number. DP-01: ISO 7064, MOD 11-2."""
    return ID_CHECKS[sum(int(digit) * weight for digit, weight in zip(first_17, ID_WEIGHTS, strict=True)) % 11]


def uscc_obstacles(text: str) -> list[Obstacle]:
    """Return what is wrong with a unified social credit code. DP-02: GB 32100-2015."""
    code = normalise_number(text)
    if len(code) != USCC_LENGTH:
        return [because(Bar.USCC_LENGTH, length=len(code))]
    if any(character not in USCC_ALPHABET for character in code):
        return [because(Bar.USCC_CHARACTERS)]
    weighted = sum(USCC_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(code[:17]))
    return [] if code[-1] == USCC_ALPHABET[-weighted % 31] else [because(Bar.USCC_CHECK)]


def normalise_phone(text: str) -> str | None:
    """Return a phone in the form it is stored and dialled, None when it is none.

    Mobiles as 11 digits, landlines as ``0791-85712345`` with ``-8001`` for an extension, numbers abroad with ``+``.
    The words for "has no phone" are not a phone; see ``says_no_phone``.
    """
    dialled = re.sub(r"[\s()\u200b]", "", half_width(text))
    dialled = re.sub(r"^(\+|00)86-?", "", dialled)
    dialled = re.sub(r"(转|ext\.?|#|(?<=\d{7})-(?=\d{1,6}$))", "#", dialled, flags=re.IGNORECASE).replace("-", "")
    if MOBILE.fullmatch(dialled) or SERVICE_LINE.fullmatch(dialled) or ABROAD.fullmatch(dialled):
        return dialled
    if landline := LANDLINE.fullmatch(dialled):
        return "-".join(part for part in landline.groups() if part)
    return None


def says_no_phone(text: str) -> bool:
    """Say whether somebody wrote that the person has no phone; an empty place says nothing."""
    return half_width(text).strip() in {"无", "没有", "/"}


def phone_obstacles(text: str) -> list[Obstacle]:
    """Return what is wrong with a phone as typed; that there is none is an answer too."""
    return [] if says_no_phone(text) or normalise_phone(text) else [because(Bar.PHONE)]


def normalise_name(text: str) -> str:
    """Return a name in NFC, without outer blanks, with one kind of middle dot (阿卜杜拉·买买提)."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).translate(MIDDLE_DOTS)).strip()


def name_obstacles(text: str) -> list[Obstacle]:
    """Return what is wrong with the name of a person or organisation.

    Characters that nobody sees (controls, lone surrogates, direction marks) are refused, not removed:
    what is stored is what was shown.
    """
    name = normalise_name(text)
    if not name:
        return [because(Bar.NAME_EMPTY)]
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in name):
        return [because(Bar.NAME_CHARACTERS)]
    return [because(Bar.NAME_LENGTH, most=NAME_LENGTH)] if len(name) > NAME_LENGTH else []


def mask_number(number: str) -> str:
    """Return an identity number for showing: ``360121********0015``, shorter ones with their two ends. DP-07."""
    head, tail = (6, 4) if len(number) == ID_LENGTH else (1, 2)
    hidden = max(len(number) - head - tail, 0)
    return number[:head] + "*" * hidden + number[-tail:] if hidden else "*" * len(number)


def mask_phone(phone: str) -> str:
    """Return a stored phone for showing: ``139****2716``, ``0791-****2345``. DP-07."""
    if MOBILE.fullmatch(phone):
        return f"{phone[:3]}****{phone[-4:]}"
    area, dash, rest = phone.partition("-") if phone.startswith("0") else ("", "", phone)
    return f"{area}{dash}****{rest.partition('-')[0][-4:]}"


def mask_name(name: str) -> str:
    """Return a name for a list that the public may see: the first character stays. MH-04, DP-07."""
    return name[:1] + "某" * min(max(len(name) - 1, 1), 2)


def age_on(born_on: date, day: date, *, birthday_counts: bool = False) -> int:
    """Return the completed years of life on ``day``.

    The day of birth is not counted, so a year is complete when its last day, the birthday, has ended.
    ``birthday_counts`` is the dated setting of PM-01 for places that read it otherwise.
    PM-01, MH-05: Civil Code (2020), Arts. 200, 201.
    """
    reached = (day.month, day.day) >= (born_on.month, born_on.day)
    if not birthday_counts:
        reached = (day.month, day.day) > (born_on.month, born_on.day)
    return max(day.year - born_on.year - (not reached), 0)


def capacity_on(
    born_on: date | None, day: date, *, own_earnings: bool = False, declared: Capacity | None = None
) -> Capacity:
    """Return what a person may do alone on ``day``; somebody of unknown age counts as an adult.

    ``own_earnings``: lives mainly on what he or she earns. ``declared``: what the court declared an adult to be.
    MH-05: Civil Code (2020), Arts. 17 to 24.
    """
    age = ADULT_FROM if born_on is None else age_on(born_on, day)
    if age < LIMITED_FROM:
        return Capacity.NONE
    if declared is not None:
        return declared
    if age >= ADULT_FROM or (age >= OWN_EARNINGS_FROM and own_earnings):
        return Capacity.FULL
    return Capacity.LIMITED


def is_minor(born_on: date | None, day: date) -> bool:
    """Say whether a person is under 18. MH-04: Law on the Protection of Minors (2024), Art. 2."""
    return born_on is not None and age_on(born_on, day) < ADULT_FROM


def _real_date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


COMPOUND_SURNAMES = frozenset(
    "欧阳 上官 司马 诸葛 司徒 夏侯 皇甫 尉迟 公孙 慕容 长孙 宇文 令狐 东方 南宫 端木 轩辕 钟离 淳于 单于".split()
)


def surname(name: str) -> str:
    """Return the family name of a Chinese name: one sign, or two of the known double ones; nothing of other names."""
    if not re.fullmatch(r"[\u3400-\u9fff·]{2,}", name):
        return ""
    return name[:2] if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else name[0]
