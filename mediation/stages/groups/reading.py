"""A list of names as people send it: out of a spreadsheet, out of a chat, one line a person."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.registry.people import rules as people

MOST_LINES = 1000
HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
SERIAL = re.compile(r"^\s*[（(]?\d{1,4}\s*[.．、)）]\s*(?=\D)")
LABELS = (
    "姓名", "名字", "身份证号码", "身份证号", "身份证", "证件号码", "证件号", "联系电话", "手机号码", "手机号", "手机",
    "电话", "金额", "欠薪", "欠款", "工资", "住址", "地址", "村组",
)
LABEL = re.compile(f"^(?:{'|'.join(LABELS)})[:：]")
AMOUNT = re.compile(r"[¥￥]?(?:共?欠|工资)?(\d+(?:\.\d+)?)(万)?(?:元|块|圆)?(?:整)?")
THOUSANDS = re.compile(r"(?<!\d)(\d{1,3}),(?=\d{3}(?!\d))")
GLUED = re.compile(rf"([{HAN}·]{{2,}})(\d[\dXx]*.*)")
LONGEST_BARE_AMOUNT = 7  # more digits without a word beside them are a phone or a number that lacks some
HEADS = {
    "name": ("姓名", "名字", "当事人", "申请人"),
    "id_number": ("身份证", "证件"),
    "phone": ("电话", "手机", "联系方式"),
    "amount": ("金额", "工资", "欠薪", "欠款", "款额", "元"),
    "place": ("住址", "地址", "村", "小区", "单位", "班组"),
    "serial": ("序号", "编号", "号"),
}
TITLE_WORDS = frozenset({"姓名", "名字"})


class Fault(Reason):
    """What is wrong with a line."""

    NO_NAME = "no_name_in_line", N_("没有看出姓名")
    SEVERAL_NAMES = "several_names", N_("这一行像有几个人，一行写一个")
    AMOUNT = "unread_amount", N_("“%(text)s”看不出是金额还是电话、证件号，请写明")
    TWICE_NUMBER = "number_of_other_name", N_("证件号和第%(line)s行的%(who)s相同，姓名不同")
    NUMBER_OF_MEMBER = "number_of_member", N_("证件号是名单里%(who)s的，姓名不同")
    NAMESAKE = "namesake", N_("和第%(line)s行同名，补身份证号或者电话才分得清是不是一个人")


class Verdict(Choice):
    """What becomes of a line."""

    NEW = "new", N_("加进名单")
    FILLS = "fills", N_("已在名单里，补上缺的")
    THERE = "there", N_("已在名单里")
    TWICE = "twice", N_("本次重复，只加一次")
    WRONG = "wrong", N_("要改")


@dataclass(frozen=True)
class Line:
    """One person as a line tells it; ``number`` counts the lines of the text from 1."""

    number: int
    text: str
    name: str = ""
    id_number: str = ""
    phone: str = ""
    amount_fen: int | None = None
    place: str = ""
    faults: tuple[Obstacle, ...] = ()


@dataclass(frozen=True)
class Known:
    """A member who is on the list; numbers by what tells them apart, None where nobody wrote them down."""

    name: str
    id_number: object = None
    phone: object = None
    amount_fen: int | None = None
    place: str | None = None
    ref: object = None


@dataclass(frozen=True)
class Judged:
    """A line, what becomes of it, and whom it is about where that is known."""

    line: Line
    verdict: Verdict
    why: tuple[Obstacle, ...] = ()
    twin: int | None = None  # the line that says the same person first
    known: Known | None = None
    other_amount: bool = False  # the list has another sum; it is not changed by a paste


@dataclass
class _Told:
    names: list[str] = field(default_factory=list)
    id_number: str = ""
    phone: str = ""
    amount: str = ""
    place: list[str] = field(default_factory=list)
    faults: list[Obstacle] = field(default_factory=list)


def read(text: str, *, on: date) -> list[Line]:
    """Return the lines of a pasted list, blank ones and a heading left out; each with everything wrong with it.

    Cells are parted by tabs, commas, 、 or blanks and recognised by their look, or by a heading above them.
    """
    found, heads = [], None
    for number, raw in enumerate(text.splitlines(), 1):
        if not raw.strip():
            continue
        cells = _cells(raw)
        if not found and TITLE_WORDS & {re.sub(r"\s", "", cell) for cell in cells}:
            heads = [_head(cell) for cell in cells]
            continue
        told = _by_heads(cells, heads) if heads and "\t" in raw else _by_look(cells)
        found.append(_line(number, raw.strip(), told, on=on))
    return found


def _cells(raw: str) -> list[str]:
    plain = THOUSANDS.sub(r"\1", people.half_width(raw))
    plain = SERIAL.sub("", plain)
    if "\t" in plain:
        return [cell.strip() for cell in plain.strip("\n").split("\t")]
    cells = [cell for cell in re.split(r"[,;|\u3001\s]+", plain) if cell]
    if len(cells) > 1 and all(re.fullmatch(rf"[{HAN}]", cell) for cell in cells[:2]):
        return ["".join(cells[:2]), *cells[2:]]  # 张 三, spaced out to stand under 欧阳明
    return cells


def _head(cell: str) -> str | None:
    words = re.sub(r"\s", "", cell)
    return next((name for name, marks in HEADS.items() if any(mark in words for mark in marks)), None)


def _by_heads(cells, heads) -> _Told:
    told = _Told()
    for head, cell in zip(heads, cells, strict=False):
        if not cell:
            continue
        if head == "name":
            told.names.append(re.sub(rf"(?<=[{HAN}])\s+(?=[{HAN}])", "", cell))
        elif head == "id_number":
            told.id_number = cell
        elif head == "phone":
            told.phone = "" if people.says_no_phone(cell) else cell
        elif head == "amount":
            told.amount = cell
        elif head == "place":
            told.place.append(cell)
    return told


def _by_look(cells) -> _Told:
    told = _Told()
    for cell in (part for whole in cells for part in _parted(whole)):
        plain = LABEL.sub("", re.sub(rf"(?<=[{HAN}])\s+(?=[{HAN}])", "", cell)).strip()
        digits = sum(letter.isdigit() for letter in plain)
        if not plain or people.says_no_phone(plain):
            continue
        if digits >= 14 and re.fullmatch(r"[\dXx*\s]+", plain):
            told.id_number = plain
        elif people.normalise_phone(plain):
            told.phone = plain
        elif plain.isdigit() and not told.names and digits <= 4:
            continue  # the running number before the name
        elif plain.isdigit() and digits > LONGEST_BARE_AMOUNT:
            told.faults.append(because(Fault.AMOUNT, text=plain))
        elif AMOUNT.fullmatch(plain):
            told.amount = plain
        elif not told.names:
            told.names.append(plain)
        else:
            told.place.append(plain)
    return told


def _parted(cell):
    glued = GLUED.fullmatch(cell)
    return [glued[1], glued[2]] if glued and not re.search(r"[号组栋室]", cell) else [cell]


def _line(number, text, told: _Told, *, on) -> Line:
    name = people.normalise_name(told.names[0]) if told.names else ""
    faults = list(told.faults)
    faults += people.name_obstacles(name) if name else [because(Fault.NO_NAME)]
    if told.place and all(_is_like_name(part) for part in told.place) and len(told.place) > 1:
        faults.append(because(Fault.SEVERAL_NAMES))
    if told.id_number:
        faults += people.read_id_number(told.id_number, on=on).obstacles
    if told.phone:
        faults += people.phone_obstacles(told.phone)
    amount = None
    if told.amount:
        amount, is_read = _fen(told.amount)
        faults += [] if is_read else [because(Fault.AMOUNT, text=told.amount)]
    return Line(
        number, text, name, people.normalise_number(told.id_number), people.normalise_phone(told.phone) or "", amount,
        " ".join(told.place), tuple(faults),
    )


def _is_like_name(text: str) -> bool:
    return bool(re.fullmatch(rf"[{HAN}]{{2,3}}", text)) and text[-1] not in "村组镇乡区队屯街路"


def _fen(text: str) -> tuple[int | None, bool]:
    found = AMOUNT.fullmatch(text.replace(",", "").strip())
    if not found:
        return None, False
    try:
        yuan = Decimal(found[1]) * (10_000 if found[2] else 1)
    except InvalidOperation:
        return None, False
    fen = yuan * 100
    return (int(fen), True) if fen == fen.to_integral_value() and fen < 10**14 else (None, False)


def judge(lines: list[Line], known: list[Known], *, mark=lambda kind, value: value) -> list[Judged]:
    """Return what becomes of each line, those that are on the list already recognised, and doubles within the text.

    ``mark`` makes of an ID number or phone what ``known`` holds of it. People of one name are the same person unless
    their ID numbers or phones say otherwise; where neither says, a double in the text is asked about.
    """
    by_name, by_number, found = _index(known), {}, []
    for each in known:
        if each.id_number is not None:
            by_number[each.id_number] = each
    first: dict[object, list[tuple[Line, Known]]] = {}  # the lines before, by name and by number
    for line in lines:
        me = Known(
            line.name, mark("id_number", line.id_number) if line.id_number else None,
            mark("phone", line.phone) if line.phone else None, line.amount_fen, line.place or None,
        )
        judged = _judge(line, me, first, by_name, by_number)
        if judged.verdict != Verdict.WRONG:
            for key in {line.name, me.id_number} - {None}:
                first.setdefault(key, []).append((line, me))
        found.append(judged)
    return found


def _judge(line, me, first, by_name, by_number) -> Judged:
    if line.faults:
        return Judged(line, Verdict.WRONG, line.faults)
    for other, _them in first.get(me.id_number, ()) if me.id_number is not None else ():
        if other.name != line.name:
            return Judged(line, Verdict.WRONG, (because(Fault.TWICE_NUMBER, line=other.number, who=other.name),))
        return Judged(line, Verdict.TWICE, twin=other.number)
    for other, them in first.get(line.name, ()):
        if not _differ(me, them):
            if _same_phone(me, them) or (other.text == line.text):
                return Judged(line, Verdict.TWICE, twin=other.number)
            return Judged(line, Verdict.WRONG, (because(Fault.NAMESAKE, line=other.number),))
    there = by_number.get(me.id_number) if me.id_number is not None else None
    if there is not None and there.name != line.name:
        return Judged(line, Verdict.WRONG, (because(Fault.NUMBER_OF_MEMBER, who=there.name),))
    there = there or next((each for each in by_name.get(line.name, ()) if not _differ(me, each)), None)
    if there is None:
        return Judged(line, Verdict.NEW)
    fills = any(
        getattr(me, name) is not None and getattr(there, name) is None
        for name in ("id_number", "phone", "amount_fen", "place")
    )
    other_amount = None not in (me.amount_fen, there.amount_fen) and me.amount_fen != there.amount_fen
    return Judged(line, Verdict.FILLS if fills else Verdict.THERE, known=there, other_amount=other_amount)


def _index(known):
    found: dict[str, list[Known]] = {}
    for each in known:
        found.setdefault(each.name, []).append(each)
    return found


def _differ(one: Known, other: Known) -> bool:
    """Say whether two of one name are surely two people: by ID number, where both have one, else by phone."""
    if None not in (one.id_number, other.id_number):
        return one.id_number != other.id_number
    return None not in (one.phone, other.phone) and one.phone != other.phone


def _same_phone(one: Known, other: Known) -> bool:
    return one.phone is not None and one.phone == other.phone


def what_is_left(judged: list[Judged]) -> str:
    """Return the lines that are still to be mended, as they were written."""
    return "\n".join(each.line.text for each in judged if each.verdict == Verdict.WRONG)
