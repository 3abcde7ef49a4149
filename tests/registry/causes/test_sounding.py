"""Which type a story sounds like: invented stories, and the rules by which words count (row 22, idea 2)."""

from datetime import date

import pytest

from mediation.registry.causes import queries
from mediation.registry.causes.rules import DisputeType
from mediation.registry.causes.sounding import Word, suggest, weigh

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("story", "code"),
    [
        ("老王前年借了我三万块，写了借条，说好年底还，打电话不接，利息也没给", "contract.loan"),
        ("楼上卫生间渗水，把我家天花板泡坏了，物业看过，楼上不肯修防水", "neighbour.leak"),
        ("两家的滴水沟一直共用，他砌墙把排水堵了，一下雨就积水", "neighbour.water"),
        ("我在箱包厂上班两年没签劳动合同，上个月被辞退，经济补偿一分没有", "labour.dismissal"),
        ("班组十二个人在工地做木工，包工头拖欠工资半年，大家来讨薪", "migrant_wages"),
        ("骑电动车过路口被货车撞倒，交警认定货车全责，保险公司不肯垫钱", "traffic"),
        ("订婚时给了八万八彩礼，还买了三金，现在女方退婚不退彩礼", "marriage_family.bride_price"),
        ("老母亲八十岁，三个儿子轮流照顾，老二不肯出赡养费", "marriage_family.elders"),
        ("健身房充值办卡才去两次，门店就关了，会员卡的钱退不了", "consumer.prepaid"),
        ("高铁征地，组里土地补偿款分配没有我们外嫁女的份", "expropriation"),
        ("租的门面房东提前收回，押金和房租都不退", "housing.rent"),
        ("在诊所打针后手臂肿了，诊所说是病人自己体质问题，病历也不给看", "medical"),
        ("两个村民小组争一片山，林权证上的四至写得不一样，山界说不清", "forest_land.title"),
        ("和邻居不是离婚的事，就是他家公鸡天天打鸣、狗咬了我孙子", "neighbour.animals"),
    ],
)
def test_what_people_say_at_the_window_is_heard(ground, story, code):
    [first, *_rest] = queries.suggest_types(story, on=TODAY)
    assert first.type.code == code or (code == first.type.code.partition(".")[0] and "." not in code)
    assert first.words and all(word in story for word in first.words)


TYPES = [
    DisputeType("a", "合同", "ht"), DisputeType("b", "劳动", "ld"), DisputeType("b.pay", "工资", "gz"),
    DisputeType("c", "交通", "jt"), DisputeType("d", "婚姻", "hy", keywords=("离婚",)),
]
WORDS = [
    Word("合同", "a", 2), Word("劳动合同", "b", 3), Word("工资", "b.pay", 3), Word("撞", "c", 4, beside=("车",)),
    Word("欠钱", "a", 3, without=("工资",)),
]


def heard(story):
    return [(each.type.code, each.words) for each in suggest(story, TYPES, weigh(TYPES, WORDS))]


def test_a_longer_word_silences_the_shorter_inside_it():
    assert heard("签了劳动合同") == [("b", ("劳动合同",))]
    assert heard("签了劳动合同，又签了一份合同")[1] == ("a", ("合同",))


def test_a_denied_word_is_not_heard():
    assert heard("不是离婚的事") == []
    assert heard("不是为钱，是要离婚") == [("d", ("离婚",))]


def test_some_words_count_only_beside_or_without_others():
    assert heard("被撞了") == []
    assert heard("被车撞了") == [("c", ("撞",))]
    assert [code for code, _words in heard("欠钱不还，工资也没发")] == ["b.pay"]


def test_the_words_of_a_type_speak_for_the_type_above_and_a_longer_story_says_by_how_much():
    found = suggest("劳动合同没签，工资没发，还欠别的合同", TYPES, weigh(TYPES, WORDS))
    assert [(each.type.code, each.share) for each in found] == [("b.pay", 0.75), ("a", 0.25)]


def test_a_keyword_of_a_centre_counts_without_being_weighed(ground):
    own = [*TYPES, DisputeType("a.dance", "舞", "w", keywords=("广场舞曲",))]
    assert suggest("广场舞曲太响", own, weigh(own, WORDS))[0].type.code == "a.dance"


def test_the_words_shown_are_those_of_the_type_and_not_of_its_sister(ground):
    [first, *_rest] = queries.suggest_types("借了我三万块，写了借条，去年干活的工钱也没给", on=TODAY)
    assert first.type.code == "contract.loan" and "借条" in first.words and "工钱" not in first.words
