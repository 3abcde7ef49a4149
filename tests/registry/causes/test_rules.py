"""Finding causes and types, and guessing a type from a story; what comes with the program holds together."""

from datetime import date

import pytest

from mediation.registry.causes import queries, rules
from mediation.registry.causes.rules import CauseList, DisputeType, list_on, matching

TODAY = date(2026, 11, 23)

# ST-01, in its order; the last six are those that some places count too.
MAIN_TYPES = (
    "婚姻家庭 邻里 房屋宅基地 合同 生产经营 损害赔偿 山林土地 征地拆迁 环境污染 "
    "拖欠农民工工资 劳动争议 旅游 电子商务 消费 医疗 道路交通事故 物业 其他 "
    "村务管理 知识产权 校园 金融 保险 互联网"
).split()


@pytest.fixture
def types(ground):
    return {each.code: each for each in queries.types(on=TODAY)}


@pytest.fixture
def engine_name():
    return "sqlite"


def names(found):
    return [each.name for each in found]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("民间借贷", "民间借贷纠纷"),
        ("mjjd", "民间借贷纠纷"),
        ("MJJD", "民间借贷纠纷"),
        ("借贷", "民间借贷纠纷"),
        ("xltx", "相邻通行纠纷"),
        ("通行", "相邻通行纠纷"),
        ("sfqr", "申请司法确认调解协议"),
        ("syf", "赡养费纠纷"),
        ("物业", "物业服务合同纠纷"),
        ("jdcjt", "机动车交通事故责任纠纷"),
    ],
)
def test_causes_by_name_and_initials(ground, text, name):
    assert name in names(queries.search(text, on=TODAY, limit=3))


def test_headings_cannot_be_chosen(ground):
    found = queries.search("纠纷", on=TODAY, limit=1000)
    assert len(found) > 100
    assert not [each for each in found if each.is_heading]


def test_the_likelier_name_comes_first():
    entries = [DisputeType(code, name, letters) for code, name, letters in [
        ("a", "大漏水", "dls"), ("b", "漏水", "ls"), ("c", "漏水赔偿", "lspc"), ("d", "楼上", "ls")]]  # fmt: skip
    assert names(matching("漏水", entries, 9)) == ["漏水", "漏水赔偿", "大漏水"]
    assert names(matching("ls", entries, 9)) == ["漏水", "漏水赔偿", "楼上", "大漏水"]
    assert matching(" ", entries, 9) == []


def test_built_in_causes():
    causes = queries.built_in_causes().causes
    codes = {each.code for each in causes}
    assert 150 <= sum(not each.is_heading for each in causes) <= 170
    assert len(codes) == len(causes)
    assert all(each.parent_code in codes for each in causes if each.parent_code)
    assert [each.number for each in causes if each.name == "民间借贷纠纷"] == ["108（3）"]


def test_the_cause_of_an_application_for_confirmation(ground):
    """JC-22."""
    cause = queries.confirmation_cause(on=TODAY)
    assert (cause.name, cause.number) == ("申请司法确认调解协议", "448")
    assert rules.ANNULMENT in names(queries.causes(on=TODAY))
    assert queries.confirmation_cause(on=date(2025, 12, 31)) is None
    assert rules.confirmation_name("海上生态环境损害责任纠纷") == "申请司法确认生态环境损害赔偿协议"
    assert queries.confirmation_cause(on=TODAY, case_cause="11.42.450").number == "450"
    assert queries.confirmation_cause(on=TODAY, case_cause="10.35.414").number == "448"


def test_of_two_lists_the_later_one_counts_and_a_whole_one_before_a_part():
    old, part, whole = (
        CauseList(date.fromisoformat(day), (), day, whole)
        for day, whole in [("2021-01-01", True), ("2026-01-01", False), ("2026-01-01", True)]
    )
    assert list_on([old, part], date(2025, 12, 31)) is old
    assert list_on([old, part], date(2026, 1, 1)) is part
    assert list_on([old, part, whole], date(2026, 1, 1)) is whole
    assert list_on([part], date(2025, 12, 31)) is None


def test_main_types_are_those_of_the_statistics(types):
    """ST-01."""
    assert [each.name for each in types.values() if each.level == 1] == MAIN_TYPES


def test_local_types(types):
    local = [each for each in types.values() if each.level > 1]
    assert 60 <= len(local) <= 90
    assert all(each.parent_code in types for each in local)
    assert all(each.keywords for each in local)


def test_each_type_stands_before_those_below_it(types):
    order = list(types)
    assert all(order.index(each.parent_code) < order.index(each.code) for each in types.values() if each.parent_code)
    at = order.index("neighbour")
    assert all(code.startswith("neighbour.") for code in order[at + 1 : at + 5])


def test_suggested_causes_exist(ground, types):
    for each in types.values():
        for code in each.causes:
            cause = queries.cause(code, on=TODAY)
            assert cause and not cause.is_heading, (each.code, code)


@pytest.mark.parametrize(
    ("code", "traits"),
    [
        ("labour", {"labour"}),
        ("labour.dismissal", {"labour"}),
        ("labour.pay", {"labour", "wages"}),
        ("migrant_wages", {"labour", "wages"}),
        ("medical.treatment", {"medical"}),
        ("traffic.bicycle", {"traffic"}),
        ("forest_land.title", {"title"}),
        ("forest_land.contracting", {"land_contract"}),
        ("marriage_family.divorce", {"status"}),
        ("marriage_family.elders", {"support"}),
        ("marriage_family.inheritance", {"inheritance"}),
        ("neighbour.noise", {"noise"}),
        ("damages.assault", {"police"}),
        ("contract.loan", set()),
    ],
)
def test_traits(types, code, traits):
    """AM-01, AM-05, AM-07, AM-10, AM-14, AM-15, JC-10, LM-05."""
    assert types[code].traits == traits


@pytest.mark.parametrize(
    ("story", "code"),
    [
        ("楼上卫生间漏水，把我家天花板和墙面都泡坏了", "neighbour.leak"),
        ("2024年借给他三万元，有借条，一直不还钱", "contract.loan"),
        ("在工地干了三个月，包工头拖欠工资，多次讨薪没有结果", "migrant_wages"),
        ("骑电瓶车被三轮车撞倒，交警出了认定书", "traffic.bicycle"),
        ("三兄弟为赡养老人、轮流照顾的事吵了起来", "marriage_family.elders"),
        ("退婚以后要求返还彩礼", "marriage_family.bride_price"),
        ("邻居加高围墙挡光，影响采光", "neighbour.building"),
        ("两个村为山界争了几十年，林权证上写得不清楚", "forest_land.title"),
        ("物业费一直没交，物业公司上门催缴", "property_management.fees"),
    ],
)
def test_stories_are_recognised(ground, story, code):
    found = queries.suggest_types(story, on=TODAY)
    assert code in [suggestion.type.code for suggestion in found]


def test_codes_tell_their_line():
    assert rules.main_code("neighbour.noise.dance") == "neighbour"
    assert rules.line_of("neighbour.noise.dance") == ["neighbour", "neighbour.noise", "neighbour.noise.dance"]
