from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from mediation.doors.shared import words
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import because

TODAY = date(2026, 11, 23)


class Colour(Choice):
    RED = "red", N_("红色")


class Bar(Reason):
    TOO_LATE = "too_late", N_("已超过申请期限，最后一天是%(last_day)s"), "JC-01"
    WRONG = "wrong", N_("%(who)s的风险是%(colour)s")


@pytest.fixture(autouse=True)
def pages():
    app = Flask(__name__)
    Babel(app, default_locale="zh_CN", default_timezone="Asia/Shanghai")
    with app.test_request_context():
        yield app


@pytest.mark.parametrize(
    ("day", "short", "column", "head"),
    [
        (date(2026, 12, 9), "12月9日", "12-09 周三", "12月9日 星期三"),
        (date(2027, 1, 15), "2027年1月15日", "2027-01-15", "2027年1月15日 星期五"),
        (None, "", "", ""),
    ],
)
def test_days(day, short, column, head):
    assert words.day_words(day) == short
    assert words.last_day(day) == column
    assert words.day_long(day) == head


def test_instants_are_told_in_shanghai():
    late_evening_in_utc = datetime(2026, 11, 18, 17, 5, tzinfo=UTC)
    assert words.moment(late_evening_in_utc) == "11-19 01:05"
    assert words.moment(datetime(2025, 12, 31, 17, 5, tzinfo=UTC)) == "01-01 01:05"
    assert words.moment(datetime(2025, 12, 31, 15, 5, tzinfo=UTC)) == "2025-12-31 23:05"
    assert words.clock_time(late_evening_in_utc) == "01:05"
    assert words.moment(None) == words.clock_time(None) == ""


@pytest.mark.parametrize(
    ("due_on", "short", "long"),
    [
        (date(2026, 12, 9), "剩 16 天", "还剩 16 天，至 12月9日"),
        (date(2026, 11, 24), "剩 1 天", "还剩 1 天，至 11月24日"),
        (TODAY, "今天", "今天到期"),
        (date(2026, 11, 20), "超 3 天", "超 3 天，11月20日到期"),
        (None, "", ""),
    ],
)
def test_days_left(due_on, short, long):
    assert words.days_left_words(due_on) == short
    assert words.days_left_until(due_on) == long


@pytest.mark.parametrize(
    ("days", "house", "statutory"),
    [
        (-1, "late", "late"),
        (0, "soon", "late"),
        (2, "soon", "late"),
        (3, "", "late"),
        (5, "", "late"),
        (6, "", "soon"),
        (10, "", "soon"),
        (11, "", ""),
    ],
)
def test_red_is_for_late_and_for_the_end_of_a_statutory_period(days, house, statutory):
    due_on = date.fromordinal(TODAY.toordinal() + days)
    assert words.days_left_class(due_on, TODAY) == house
    assert words.days_left_class(due_on, TODAY, statutory=True) == statutory


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (7_200_000, "72,000.00"),
        (5, "0.05"),
        (0, "0.00"),
        (-150, "-1.50"),
        (99_999_999_999_999, "999,999,999,999.99"),
        (None, ""),
    ],
)
def test_money(fen, text):
    assert words.money(fen) == text


@pytest.mark.parametrize(
    ("phone", "covered"),
    [
        ("13912342716", "139****2716"),
        ("0791-85713308", "0791-****3308"),
        ("010-12345678", "010-****5678"),
        ("85713308", "857****3308"),
        ("12345", "*****"),
        ("", ""),
        (None, ""),
    ],
)
def test_masked_phone(phone, covered):
    assert words.masked_phone(phone) == covered


@pytest.mark.parametrize(
    ("number", "covered"),
    [("360121196803122264", "360121********2264"), ("H01234567", "H0*****67"), ("A1", "**"), (None, "")],
)
def test_masked_id(number, covered):
    assert words.masked_id(number) == covered


@pytest.mark.parametrize(("name", "covered"), [("李细根", "李*根"), ("王芳", "王*"), ("阿卜杜拉", "阿**拉"), ("", "")])
def test_masked_name(name, covered):
    assert words.masked_name(name) == covered


def test_a_sentence_says_days_and_labels_as_people_read_them():
    assert words.sentence(because(Bar.TOO_LATE, last_day=date(2026, 12, 9))) == "已超过申请期限，最后一天是12月9日"
    assert words.sentence(because(Bar.WRONG, who=["张三", "李四"], colour=Colour.RED)) == "张三、李四的风险是红色"


def test_a_percent_sign_in_a_label_is_a_percent_sign():
    class Rate(Choice):
        HALF = "half", N_("不到50%的")

    assert words.label(Rate.HALF) == "不到50%的"
    assert words.label(None) == ""


def test_names_of_days_follow_the_language():
    with force_locale("en"):
        assert words.last_day(date(2026, 12, 9)).endswith("Wed")
