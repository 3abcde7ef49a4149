"""Dates, amounts and numerals as papers print them (CN-06)."""

import cn2an
import pytest
from markupsafe import Markup

from mediation.casefile.papers import words
from mediation.casefile.papers.contract import HANDWRITE


def plain(text):
    return Markup(text).striptags()


@pytest.mark.parametrize(
    ("fen", "figures", "capitals"),
    [
        (0, "0元", "零元整"),
        (5, "0.05元", "伍分"),
        (50, "0.50元", "伍角整"),
        (100, "1元", "壹元整"),
        (1000, "10元", "壹拾元整"),
        (10007, "100.07元", "壹佰元零柒分"),
        (10070, "100.70元", "壹佰元柒角整"),
        (5000000, "50000元", "伍万元整"),
        (8600000, "86000元", "捌万陆仟元整"),
        (10000500, "100005元", "壹拾万零伍元整"),
        (10005005, "100050.05元", "壹拾万零伍拾元零伍分"),
        (100000000, "1000000元", "壹佰万元整"),
        (123456789012, "1234567890.12元", "壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分"),
        (10000000100, "100000001元", "壹亿零壹元整"),
    ],
)
def test_amounts(fen, figures, capitals):
    assert plain(words.money(fen)) == figures
    assert words.capitals(fen) == capitals
    assert plain(words.both(fen)) == f"{figures}（人民币{capitals}）"


@pytest.mark.parametrize(
    ("fen", "pieces"),
    [
        (2600000, ["26000元", "贰万", "陆仟", "元整）"]),
        (10005005, ["100050.05元", "壹拾万", "零伍拾元", "零伍分）"]),
        (10000000100, ["100000001元", "壹亿", "零壹", "元整）"]),
        (0, ["0元", "零元整）"]),
    ],
)
def test_a_line_ends_only_between_the_digits_of_an_amount(fen, pieces):
    first, *others = pieces
    found = str(words.both(fen)).replace("</span>", "").split('<span class="nb">')[1:]
    assert found == [f"{first}（人民币", *others]


@pytest.mark.parametrize(
    ("what", "owed"),
    [
        ("货款", "支付货款"),
        ("支付生活费（第1期）", "支付生活费（第1期）"),
        ("归还借款余额。", "归还借款余额"),
        ("赔偿款", "支付赔偿款"),
        ("赔偿医疗费", "赔偿医疗费"),
        ("退款", "支付退款"),
        ("将公共收益划入账户", "将公共收益划入账户"),
    ],
)
def test_what_is_owed_has_one_verb(what, owed):
    assert words.owed(what) == owed


def test_capitals_agree_with_another_hand():
    for yuan in [*range(1, 2000, 7), *range(9_990, 200_000, 3_331), 10_010_010, 300_000_203, 99_999_999_999]:
        assert words.capitals(yuan * 100) == cn2an.an2cn(str(yuan), "rmb")


@pytest.mark.parametrize("wrong", [-1, 10**14, 1.5, "86000", True])
def test_what_is_no_amount_in_fen_is_refused(wrong):
    with pytest.raises(ValueError):
        words.capitals(wrong)


def test_days_have_no_leading_zeros_and_do_not_break_inside():
    assert plain(words.day("2026-03-02")) == "2026年3月2日"
    assert plain(words.day("2026-11-23T09:05")) == "2026年11月23日"
    assert words.day("2026-03-02").count('<span class="nb">') == 3
    assert plain(words.month("1986-07-19")) == "1986年7月"
    assert plain(words.clock("2026-03-02T09:05")) == "9时05分"


@pytest.mark.parametrize(
    ("on", "years"),
    [
        ("2026-03-01", 7),
        ("2026-03-02", 8),
        ("2026-03-03", 8),
        (None, "/"),
    ],
)
def test_age_is_in_full_years(on, years):
    assert words.age("2018-03-02", on) == years


def test_numerals():
    found = [words.numeral(number) for number in (1, 10, 11, 20, 30, 99)]
    assert found == ["一", "十", "十一", "二十", "三十", "九十九"]
    assert words.times(2) == "两" and words.times(12) == "十二"


@pytest.mark.parametrize(
    "format_",
    [words.day, words.money, words.both, words.unbroken, words.paragraphs, words.sentence],
)
def test_nothing_and_the_pen_pass_every_formatter(format_):
    assert format_(None) == "/"
    assert format_(HANDWRITE) == words.RULED


def test_free_text_is_escaped_and_every_line_a_paragraph():
    assert words.paragraphs("甲<b>\n\n 乙&\r\n丙") == "<p>甲&lt;b&gt;</p><p>乙&amp;</p><p>丙</p>"
    assert words.paragraphs("听清了", "龚喆：") == "<p>龚喆：听清了</p>"


def test_sentences_end_once():
    assert words.sentence("已还8000元。 ") == words.sentence("已还8000元") == "已还8000元。"
    assert words.phrase("已还8000元；") == "已还8000元"


def test_invisible_signs_are_dropped():
    assert words.clean("张\u200b三\u202e\ufeff\t李\x07四\n王五") == "张三 李四\n王五"
