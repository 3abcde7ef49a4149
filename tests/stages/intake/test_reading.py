"""What one typed line says about a side, and what a story asks for."""

import pytest

from mediation.stages.intake import rules
from mediation.stages.intake.rules import Question, Registration, Side, Told, read_side


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("涂国平", Side((Told("涂国平"),), 1)),
        ("涂国平，前进村同组，电话不详", Side((Told("涂国平", "", "前进村同组"),), 1)),
        ("涂国平 电话：138 7081 0731", Side((Told("涂国平", "13870810731"),), 1)),
        ("涂国平，电话１３８７０８１０７３１，武阳镇", Side((Told("涂国平", "13870810731", "武阳镇"),), 1)),
        ("涂国平、涂国安", Side((Told("涂国平"), Told("涂国安")), 2)),
        ("涂国平、涂国安等12人", Side((Told("涂国平"), Told("涂国安")), 12)),
        ("万红根等十二户", Side((Told("万红根"),), 12)),
        ("张三等人", Side((Told("张三"),), 1)),
        ("张三等十十人", Side((Told("张三"),), 1)),
        ("顺达物业公司，电话0791-85712345", Side((Told("顺达物业公司", "0791-85712345", "", True),), 1)),
        ("阿卜杜拉•买买提", Side((Told("阿卜杜拉·买买提"),), 1)),
        ("John Smith，武阳镇", Side((Told("John Smith", "", "武阳镇"),), 1)),
        ("不详", Side(is_unknown=True)),
        ("不知道是谁，骑红色电动车的男子", Side(is_unknown=True, note="骑红色电动车的男子")),
        ("，。", Side()),
        ("", Side()),
    ],
)
def test_a_line_about_a_side(text, side):
    assert read_side(text) == side


@pytest.mark.parametrize(
    ("name", "expected"),
    [("南昌县人民医院", True), ("前进村村委会", True), ("兴旺建材店", True), ("张厂", False), ("欧阳建国", False)],
)
def test_who_reads_like_an_organisation(name, expected):
    assert rules.is_organisation(name) is expected


def test_a_story_asks_for_questions_by_its_words():
    assert rules.clues("他拿刀说要同归于尽，全组的人都看见了") == {
        Question.HARM: ("同归于尽", "拿刀"), Question.COLLECTIVE: ("全组",),
    }
    assert rules.clues("排水沟垫高了") == {}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("(2026)赣0121民初12号", "（2026）赣0121民初12号"),
        ("〔2026〕赣0121民初12号", "〔2026〕赣0121民初12号"),
        ("", None),
        (None, None),
    ],
)
def test_a_courts_number_is_mended_never_made(typed, stored):
    assert rules.court_number(typed) == stored


def test_a_malformed_court_number_bars_the_registration():
    wrong = rules.registration_obstacles(Registration(court_no="〔2026〕赣0121民初12号"), on=None)
    right = rules.registration_obstacles(Registration(court_no="（2026）赣0121民初12号"), on=None)
    assert [obstacle.rule for obstacle in wrong if obstacle not in right] == ["CN-01"]
