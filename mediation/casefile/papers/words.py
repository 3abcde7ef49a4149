"""Dates, amounts and numerals as Chinese official papers write them (CN-06).

Each formatter takes a value of the snapshot. None prints the word for nothing, a value left for the pen a ruled blank.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import wraps

from markupsafe import Markup, escape

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLAIN = "〇一二三四五六七八九"
NOTHING = "/"
# A line may end between these pieces of an amount in capitals, not within.
CAPITAL_GROUP = re.compile("零?[壹贰叁肆伍陆柒捌玖][拾佰仟万亿角分]*(?:整|元(?!整))?|零?元整")
LARGEST_FEN = 10**14  # a trillion yuan: no group above 亿 is spelled

VERBS = "支付 给付 付 偿还 清偿 归还 返还 退还 退 赔偿 赔付 赔 补偿 补发 补付 补缴 结清 交纳 缴纳 将 把"
PAYING = re.compile(f"(?:一次性|分期)?(?>{VERBS.replace(' ', '|')})(?![款金费])")  # 赔偿医疗费 has one, 赔偿款 none

RULED = Markup('<span class="ruled"></span>')
RULED_SIGN = Markup('<span class="ruled one"></span>')


def is_for_the_pen(value: object) -> bool:
    return isinstance(value, Mapping) and value.get("handwrite") is True


def shown(value: object) -> object:
    """Return what an expression of a template prints: the pen's line, the sign for nothing, or the clean text."""
    if value is None:
        return NOTHING
    if is_for_the_pen(value):
        return RULED
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def clean(text: str) -> str:
    """Drop invisible control signs: pasted joiners have no glyph, and turned directions deceive."""
    signs = text.replace("\t", " ")
    return "".join(sign for sign in signs if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cf"))


def formatter(function: Callable) -> Callable:
    """Let a formatter meet only real values."""

    @wraps(function)
    def careful(value, *more, **named):
        return shown(value) if value is None or is_for_the_pen(value) else function(value, *more, **named)

    return careful


@formatter
def unbroken(text: str) -> Markup:
    """Text that may not be divided at the end of a line."""
    return Markup('<span class="nb">{}</span>').format(clean(text))


@formatter
def day(value: str) -> Markup:
    """2026-03-02 becomes 2026年3月2日: Arabic figures, no leading zeros."""
    on = date.fromisoformat(value[:10])
    return Markup("").join(unbroken(part) for part in (f"{on.year}年", f"{on.month}月", f"{on.day}日"))


@formatter
def month(value: str) -> Markup:
    on = date.fromisoformat(value[:10])
    return unbroken(f"{on.year}年{on.month}月")


@formatter
def clock(value: str) -> Markup:
    """2026-03-02T09:05 becomes 9时05分."""
    at = datetime.fromisoformat(value)
    return unbroken(f"{at.hour}时{at.minute:02}分")


@formatter
def age(born: str, on: str | None) -> object:
    """Full years of a person born on the first day, on the second."""
    if on is None:
        return NOTHING
    first, then = date.fromisoformat(born), date.fromisoformat(on[:10])
    return then.year - first.year - ((then.month, then.day) < (first.month, first.day))


@formatter
def money(fen: int) -> Markup:
    """Amount in figures; two decimals only where there are cents."""
    yuan, cents = divmod(_amount(fen), 100)
    return unbroken(f"{yuan}.{cents:02}元" if cents else f"{yuan}元")


@formatter
def capitals(fen: int) -> str:
    """Amount in capitals: 8600000 becomes 捌万陆仟元整, 10005005 壹拾万零伍拾元零伍分."""
    yuan, cents = divmod(_amount(fen), 100)
    text = _whole(yuan) + "元" if yuan else ""
    if not cents:
        return (text or "零元") + "整"
    jiao, fen = divmod(cents, 10)
    if jiao:
        text += DIGITS[jiao] + "角"
    elif text:
        text += "零"
    return text + (DIGITS[fen] + "分" if fen else "整")


@formatter
def both(fen: int) -> Markup:
    """Figures and capitals together: 50000元（人民币伍万元整）."""
    *groups, last = CAPITAL_GROUP.findall(capitals(fen))
    return money(fen) + Markup("（人民币") + Markup("").join(map(unbroken, [*groups, f"{last}）"]))


def numeral(number: int) -> str:
    """1 to 99 in plain Chinese numerals, for headings and copies."""
    tens, ones = divmod(int(number), 10)
    text = "" if tens == 0 else "十" if tens == 1 else PLAIN[tens] + "十"
    return text + (PLAIN[ones] if ones else "")


def times(number: int) -> str:
    """Count before a measure word: 两次, not 二次."""
    return "两" if int(number) == 2 else numeral(number)


@formatter
def paragraphs(text: str, lead: str = "") -> Markup:
    """Free text of a person: every line a paragraph, everything escaped. ``lead`` opens the first one."""
    lines = [line.strip() for line in (lead + clean(text)).splitlines()]
    return Markup("").join(Markup("<p>{}</p>").format(escape(line)) for line in lines if line)


@formatter
def owed(what: str) -> str:
    """What is paid, with its verb: 货款 becomes 支付货款, 归还借款 stays."""
    said = phrase(what)
    return said if PAYING.match(said) else f"支付{said}"


@formatter
def sentence(text: str) -> str:
    """The text with one full stop at its end."""
    return re.sub(r"[。．.；;，,\s]+$", "", clean(text)) + "。"


@formatter
def phrase(text: str) -> str:
    """The text without a stop at its end, to stand inside a sentence."""
    return re.sub(r"[。．.；;，,\s]+$", "", clean(text))


def _amount(fen: int) -> int:
    if not isinstance(fen, int) or isinstance(fen, bool) or not 0 <= fen < LARGEST_FEN:
        raise ValueError("not an amount in fen")
    return fen


def _whole(number: int) -> str:
    """A whole number below 10^12 in capitals, in groups of four digits."""
    text, gap = "", False
    for power, unit in ((8, "亿"), (4, "万"), (0, "")):
        group = number // 10**power % 10000
        if not group:
            gap = bool(text)
            continue
        if text and (gap or group < 1000):
            text += "零"
        text, gap = text + _four(group) + unit, False
    return text


def _four(group: int) -> str:
    text, zero = "", False
    for power, unit in ((3, "仟"), (2, "佰"), (1, "拾"), (0, "")):
        digit = group // 10**power % 10
        if digit:
            text += ("零" if zero else "") + DIGITS[digit] + unit
            zero = False
        else:
            zero = bool(text)
    return text
