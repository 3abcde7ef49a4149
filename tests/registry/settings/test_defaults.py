"""What comes with the program: the figures and articles of the rule table."""

import re
from datetime import date

import pytest

from mediation.ground.errors import RuleBroken
from mediation.registry.settings import queries
from mediation.registry.settings.rules import Figure, Gap, Kind, Unit

TODAY = date(2026, 11, 23)

pytestmark = pytest.mark.usefixtures("ground")


@pytest.fixture(autouse=True)
def engine_name():
    return "sqlite"


@pytest.mark.parametrize(
    ("key", "amount", "unit"),
    [
        ("PM-18", 30, Unit.DAYS),
        ("PM-19", 3, Unit.WORKING_DAYS),
        ("PM-21", 12, Unit.MONTHS),
        ("JC-01", 30, Unit.DAYS),
        ("JC-15.party", 15, Unit.DAYS),
        ("JC-15.third_person", 6, Unit.MONTHS),
        ("JC-16.accept", 3, Unit.DAYS),
        ("JC-16.decide", 15, Unit.DAYS),
        ("JC-16.extension", 10, Unit.DAYS),
        ("JC-16.statutory", 30, Unit.DAYS),
        ("JC-18", 2, Unit.YEARS),
        ("JM-02.commissioned", 30, Unit.DAYS),
        ("JM-02.entrusted_ordinary", 15, Unit.DAYS),
        ("JM-02.entrusted_simple", 7, Unit.DAYS),
        ("JM-14", 7, Unit.DAYS),
        ("JM-15.appoint", 3, Unit.WORKING_DAYS),
        ("QT-06.simple", 3, Unit.MONTHS),
        ("QT-06.small_claims", 2, Unit.MONTHS),
        ("QT-08", 7, Unit.DAYS),
        ("AM-05.apply", 10, Unit.DAYS),
        ("AM-06", 15, Unit.DAYS),
        ("AM-08", 1, Unit.YEARS),
        ("AM-10", 30, Unit.WORKING_DAYS),
        ("AM-11.accept", 5, Unit.WORKING_DAYS),
        ("AM-12.act", 7, Unit.WORKING_DAYS),
        ("AM-14", 30, Unit.DAYS),
        ("MH-03.decide", 72, Unit.HOURS),
        ("MH-08.finish", 60, Unit.DAYS),
        ("LM-01", 3, Unit.YEARS),
    ],
)
def test_periods(key, amount, unit):
    assert queries.days(key, on=TODAY) == Figure(amount, unit)


@pytest.mark.parametrize(
    ("on", "confirmation", "ruling"),
    [
        ("2013-01-01", "一百九十四", "一百九十五"),
        ("2021-12-31", "一百九十四", "一百九十五"),
        ("2022-01-01", "二百零一", "二百零二"),
        ("2023-12-31", "二百零一", "二百零二"),
        ("2024-01-01", "二百零五", "二百零六"),
        ("2026-11-23", "二百零五", "二百零六"),
    ],
)
def test_articles_move_with_the_law(on, confirmation, ruling):
    """JC-20, DC-08."""
    day = date.fromisoformat(on)
    assert queries.citation("civil_procedure.confirmation", on=day).article == f"第{confirmation}条"
    assert queries.citation("civil_procedure.confirmation_ruling", on=day).article == f"第{ruling}条"


def test_the_period_for_confirmation_is_the_same_since_2011():
    """JC-01."""
    assert queries.days("JC-01", on=date(2011, 1, 1)) == queries.days("JC-01", on=TODAY)


def test_the_articles_of_a_rule():
    assert [str(each) for each in queries.citations_for("JC-01", on=TODAY)] == [
        "《中华人民共和国人民调解法》第三十三条",
        "《中华人民共和国民事诉讼法》第八十五条",
        "《中华人民共和国民事诉讼法》第二百零五条",
    ]
    assert [each.article for each in queries.citations_for("PM-06", on=TODAY)] == ["第二十三条", "第二十四条"]
    assert queries.citations_for("XX-99", on=TODAY) == []


def test_no_old_article_is_cited_today():
    """JC-20: never 194, 195, 201 or 202 of the Civil Procedure Law."""
    today = [line.setting.value for line in queries.listing(Kind.CITATION, on=TODAY) if line.setting]
    procedure = {value["number"] for value in today if value["law"] == "中华人民共和国民事诉讼法"}
    assert {205, 206, 185, 187} <= procedure
    assert not procedure & {194, 195, 201, 202}


@pytest.mark.parametrize(("on", "law"), [("2026-07-01", "噪声污染防治法"), ("2026-09-01", "生态环境法典")])
def test_the_day_of_the_event_decides_the_noise_law(on, law):
    """AM-15."""
    cited = queries.citations_for("AM-15", on=date.fromisoformat(on))
    assert {each.law.removeprefix("中华人民共和国") for each in cited} == {law}


def test_the_share_of_the_wage_rose_in_2022():
    """QT-03."""
    assert queries.number("QT-03.mandatory_percent", on=date(2021, 12, 31)) == 30
    assert queries.number("QT-03.mandatory_percent", on=date(2022, 1, 1)) == 50


def test_no_wage_is_made_up():
    """QT-04: the operator enters the figure that the province published."""
    assert queries.wage(on=TODAY, area_code="360121") is None
    assert queries.wage(on=date(2023, 11, 12), area_code="430111") is None


def test_a_wage_that_a_court_published_comes_with_its_source():
    """QT-04: half of it is the limit of the notice."""
    found = queries.wage(on=date(2023, 11, 13), area_code="430111")
    assert (found.year, found.amount_fen, found.amount_fen * 2) == (2022, 9_141_300, 18_282_600)
    assert "湖南省高级人民法院" in found.source


def test_an_unset_value_is_asked_for_by_name():
    with pytest.raises(RuleBroken) as error:
        queries.rule_table("ST-05", on=TODAY)
    [obstacle] = error.value.obstacles
    assert (obstacle.reason, obstacle.params["name"]) == (Gap.UNSET, "以案定补标准")
    assert "以案定补标准" in obstacle.reason.label % obstacle.params
    with pytest.raises(RuleBroken):
        queries.days("JM-02.commissioned", on=date(2016, 6, 30))


REGIONAL = [
    ("days", "PM-08"), ("days", "PM-15.visit"), ("days", "PM-18"), ("days", "PM-19"), ("days", "PM-21"),
    ("amount", "JC-06"), ("words", "CN-03.confirmation"), ("text", "CN-03.expected"), ("text", "CN-05.number"),
    ("wage", "QT-04"), ("words", "QT-10"), ("days", "QT-11"), ("words", "AM-03"), ("days", "AM-17"),
    ("days", "AM-19"), ("days", "DP-11"), ("table", "ST-02"), ("table", "ST-05"), ("flag", "MH-08.rolls"),
    ("words", "JM-16.papers"), ("words", "element_forms"), ("flag", "PM-01.birthday_counts"), ("flag", "JC-24"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "key"), REGIONAL)
def test_regional_settings_are_listed_with_a_name(kind, key):
    [line] = [line for line in queries.listing(Kind(kind), on=TODAY) if line.key == key]
    assert line.name != key
    assert line.setting is None or not line.setting.checked or key == "QT-04"


def test_every_default_is_well_formed():
    for line in queries.listing(on=date(2026, 11, 23)):
        for each in line.history:
            assert each.valid_to is None or each.valid_from <= each.valid_to
            assert each.source or each.kind is Kind.CITATION
        spans = [(each.valid_from, each.valid_to or date.max) for each in line.history]
        assert all(end < start for (_, end), (start, _) in zip(spans, spans[1:], strict=False)), line.key


def test_every_citation_rests_a_rule():
    for line in queries.listing(Kind.CITATION, on=TODAY):
        if line.setting:
            cited = queries.citation(line.key, on=TODAY)
            assert cited.rules and all(re.fullmatch(r"[A-Z]{2}-\d\d", rule) for rule in cited.rules), line.key
