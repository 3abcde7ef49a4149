"""What speaks for an earlier case: the grounds, their points, and how like two stories are."""

from datetime import date

import pytest

from mediation.stages.intake import likeness
from mediation.stages.intake.likeness import Earlier, Ground, Told, pairs

DRAIN = pairs("两家屋后共用一条排水沟。涂国平浇水泥把沟面垫高约二十公分，两次下雨水都倒灌进来访人家厨房。")
DRAIN_AGAIN = pairs("隔壁用水泥把屋后排水沟垫高了，一下雨水就倒灌进我家厨房，说了几次都不听。")
LOAN = pairs("借款三万元到期没有还，打电话不接，要求归还本金和利息。")
BEFORE = Earlier(("万秋莲",), ("涂国平",), frozenset({1, 2}), "360121106201", DRAIN, "hotline_12345", "XF-77")


def found(**told):
    return {part.ground for part in likeness.grounds(Told(**told), BEFORE)}


def offered(**told):
    return likeness.is_offered(likeness.grounds(Told(**told), BEFORE))


def test_a_story_told_again_is_like_and_another_is_not():
    assert likeness.likeness(DRAIN, DRAIN) == 1
    assert likeness.likeness(DRAIN, DRAIN_AGAIN) > 0.25
    assert likeness.likeness(DRAIN, LOAN) == likeness.likeness(DRAIN, pairs("")) == 0


def test_a_text_of_a_few_characters_is_never_surely_the_same():
    assert likeness.likeness(pairs("排水"), DRAIN) < 0.2
    assert likeness.likeness(pairs("排水沟垫高，倒灌厨房，沟面水泥"), DRAIN) > 0.5


def test_what_every_story_says_weighs_little():
    usual = [pairs(f"来访人要求对方当面谈，尽快有个说法，{what}") for what in ("树枝", "噪声", "车位", "田埂")]
    told, same_words = pairs("来访人要求对方当面谈，尽快有个说法，屋檐滴水"), usual[0]
    weights = likeness.weights_of([*usual, told])
    plain = likeness.likeness(told, same_words)
    assert likeness.likeness(told, same_words, weights=weights) < plain


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("万秋莲", "万秋连", True), ("张伟", "章伟", True), ("李明", "李华", False), ("王芳", "王", False),
        ("欧阳小敏", "欧阳晓敏", True), ("南昌鑫源物业公司", "南昌鑫源物业管理有限公司", True),
        ("南昌鑫源物业公司", "南昌县武阳水泥厂", False),
    ],
)
def test_names_misheard(one, other, alike):
    assert likeness.names_alike(one, other) is alike


def test_the_sides_straight_and_swapped():
    assert found(applicants=("万秋莲",), respondents=("涂国平",)) == {Ground.NAME, Ground.OTHER}
    assert found(applicants=("涂国平",), respondents=("万秋莲",)) == {Ground.NAME, Ground.OTHER, Ground.SWAPPED}
    assert found(applicants=("万秋连",), respondents=("涂国瓶",)) == {Ground.NAME_ALIKE, Ground.OTHER_ALIKE}
    assert found(applicants=("张三",), people=frozenset({2})) == {Ground.PERSON}


@pytest.mark.parametrize(
    ("area", "ground"), [("360121106201", Ground.PLACE), ("360121106", Ground.PLACE), ("360121106202", Ground.TOWN)]
)
def test_the_place_and_below(area, ground):
    assert found(area_code=area) == {ground}
    assert not found(area_code="360121")


def test_the_number_of_the_paper_is_that_of_its_own_channel():
    assert found(channel="hotline_12345", outside_no="XF-77") == {Ground.NUMBER}
    assert not found(channel="police_110", outside_no="XF-77")
    assert offered(channel="hotline_12345", outside_no="XF-77")


def test_one_ground_alone_offers_nothing():
    """The same person with another matter, and a neighbour with the same name as anybody, are no repeat."""
    assert not offered(people=frozenset({1}), area_code="360121106201", story=LOAN, respondents=("别人",))
    assert not offered(applicants=("万秋莲",), area_code="360121106201")
    assert not offered(applicants=("万秋连",), respondents=("涂国平",), area_code="360121101201"), "namesakes elsewhere"
    assert offered(people=frozenset({1}), respondents=("涂国平",))
    assert offered(people=frozenset({1}), area_code="360121106201", story=DRAIN_AGAIN)
    assert offered(applicants=("万秋连",), respondents=("涂国平",), area_code="360121106201")


@pytest.mark.parametrize(
    ("closed_on", "relapse"),
    [(date(2026, 5, 27), True), (date(2026, 5, 26), False), (None, False), (date(2026, 11, 24), False)],
)
def test_a_relapse_is_180_days_after_the_closing_at_most(closed_on, relapse):
    assert likeness.is_relapse(closed_on, on=date(2026, 11, 23), days=180) is relapse
