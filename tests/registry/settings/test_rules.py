"""Which setting holds, and how values and citations are written."""

from datetime import date

import pytest

from mediation.registry.settings import rules
from mediation.registry.settings.rules import (
    EXAMPLES,
    Citation,
    Figure,
    Kind,
    Scope,
    Setting,
    Unit,
    chinese_number,
    choose,
    is_value,
    parse,
    write,
)

COUNTY, CENTRE, UNIT = "360121", 7, 70
TODAY = date(2026, 11, 23)


def setting(value, since="2020-01-01", until=None, **scope):
    return Setting(
        kind=Kind.NUMBER,
        key="X-01",
        value=value,
        valid_from=date.fromisoformat(since),
        valid_to=date.fromisoformat(until) if until else None,
        **scope,
    )


def chosen(*candidates, on=TODAY, area_code=COUNTY, centre_id=CENTRE, unit_id=UNIT):
    found = choose(candidates, on=on, area_code=area_code, centre_id=centre_id, unit_id=unit_id)
    return found.value if found else None


SCOPES = [
    (Scope.NATION, {}),
    (Scope.PROVINCE, {"area_code": "360000"}),
    (Scope.CITY, {"area_code": "360100"}),
    (Scope.COUNTY, {"area_code": "360121"}),
    (Scope.CENTRE, {"centre_id": CENTRE}),
    (Scope.UNIT, {"centre_id": CENTRE, "unit_id": UNIT}),
]


def test_scopes():
    assert [setting(0, **scope).scope for _, scope in SCOPES] == [name for name, _ in SCOPES]


@pytest.mark.parametrize("widest", range(len(SCOPES) - 1))
def test_the_narrower_scope_goes_first(widest):
    """Whatever began last or stands first in the table."""
    wide = setting("wide", since="2026-01-01", **SCOPES[widest][1])
    narrow = setting("narrow", since="2020-01-01", **SCOPES[widest + 1][1])
    assert chosen(wide, narrow) == chosen(narrow, wide) == "narrow"


@pytest.mark.parametrize(
    "foreign",
    [{"area_code": "430000"}, {"area_code": "360200"}, {"area_code": "360122"}, {"centre_id": 8},
     {"centre_id": CENTRE, "unit_id": 71}, {"centre_id": 8, "unit_id": UNIT}],
)  # fmt: skip
def test_what_belongs_to_others_does_not_count(foreign):
    assert chosen(setting(1), setting(2, **foreign)) == 1


def test_who_has_no_centre_gets_what_holds_everywhere():
    assert chosen(setting(1), setting(2, centre_id=CENTRE), area_code=None, centre_id=None, unit_id=None) == 1


@pytest.mark.parametrize(
    ("on", "value"),
    [("2021-12-31", 1), ("2022-01-01", 2), ("2023-12-31", 2), ("2024-01-01", 3), ("2019-12-31", None)],
)
def test_the_day_decides(on, value):
    rows = [setting(1, until="2021-12-31"), setting(2, "2022-01-01", "2023-12-31"), setting(3, "2024-01-01")]
    assert chosen(*rows, on=date.fromisoformat(on)) == value


def test_an_installations_own_value_goes_before_the_built_in_one_of_the_same_scope():
    assert chosen(setting("own", since="2019-01-01", id=1), setting("built in")) == "own"


def test_of_two_for_the_same_day_the_later_row_counts():
    assert chosen(setting("right", id=2), setting("wrong", until="2020-01-01", id=1), on=date(2020, 1, 1)) == "right"


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (8, "八"), (10, "十"), (14, "十四"), (20, "二十"), (33, "三十三"), (100, "一百"), (105, "一百零五"),
     (110, "一百一十"), (115, "一百一十五"), (205, "二百零五"), (372, "三百七十二"), (599, "五百九十九"),
     (1077, "一千零七十七"), (1005, "一千零五"), (1010, "一千零一十"), (1079, "一千零七十九"), (1200, "一千二百"),
     (9999, "九千九百九十九")],
)  # fmt: skip
def test_numbers_of_articles(number, text):
    assert chinese_number(number) == text


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_no_such_article(number):
    with pytest.raises(ValueError):
        chinese_number(number)


def test_citations():
    plain = Citation("civil_procedure.confirmation", "中华人民共和国民事诉讼法", 205)
    assert str(plain) == "《中华人民共和国民事诉讼法》第二百零五条"
    assert plain.short == "民事诉讼法第二百零五条"
    nested = Citation("x", "最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释", 355, paragraph=1, item=3)
    assert str(nested) == "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第三百五十五条第一款第（三）项"


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.PERIOD, "30 days", {"amount": 30, "unit": "days"}),
        (Kind.PERIOD, "3 working_days", {"amount": 3, "unit": "working_days"}),
        (Kind.NUMBER, "10", 10),
        (Kind.FLAG, "no", False),
        (Kind.WORDS, "民特 | 诉前调确", ["民特", "诉前调确"]),
        (Kind.WORDS, "", []),
        (Kind.TABLE, '{"hard": {"parties": 10}}', {"hard": {"parties": 10}}),
        (Kind.WAGE, "2025 9200000", {"year": 2025, "amount_fen": 9_200_000}),
        (Kind.CITATION, "民法典 188", {"law": "民法典", "number": 188, "paragraph": None, "item": None}),
        (Kind.CITATION, "民法典 8 0 1", {"law": "民法典", "number": 8, "paragraph": None, "item": 1}),
    ],
)
def test_values_are_read_and_written(kind, text, value):
    assert parse(kind, text) == value
    assert parse(kind, write(kind, value)) == value
    assert is_value(kind, value)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.PERIOD, "30"),
        (Kind.PERIOD, "-1 days"),
        (Kind.PERIOD, "30 weeks"),
        (Kind.NUMBER, "1.5"),
        (Kind.AMOUNT, "-5"),
        (Kind.FLAG, "maybe"),
        (Kind.TABLE, "[1]"),
        (Kind.TABLE, "{"),
        (Kind.TEXT, "  "),
        (Kind.WAGE, "9200000"),
        (Kind.CITATION, "民法典"),
    ],
)
def test_what_is_no_value(kind, text):
    with pytest.raises(ValueError):
        parse(kind, text)


@pytest.mark.parametrize(
    ("kind", "value"),
    [(Kind.PERIOD, {"amount": -1, "unit": "days"}), (Kind.PERIOD, {"amount": 30}), (Kind.NUMBER, "10"),
     (Kind.FLAG, "yes"), (Kind.WORDS, "abc"), (Kind.TEXT, None), (Kind.TABLE, [1]), (Kind.CITATION, {})],
)  # fmt: skip
def test_values_of_the_wrong_form(kind, value):
    assert not is_value(kind, value)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_an_example_that_it_takes(kind):
    parse(kind, EXAMPLES[kind])


def test_figures():
    assert Figure(30, Unit.WORKING_DAYS).period == {"working_days": 30}
    assert Figure(30, Unit.DAYS).days == 30
    with pytest.raises(ValueError):
        _ = Figure(72, Unit.HOURS).period
    with pytest.raises(ValueError):
        _ = Figure(3, Unit.MONTHS).days




@pytest.mark.parametrize(
    ("table", "is_whole"),
    [
        ({"difficult": {"people": 10, "flags": ["harm"]}, "simple": {}}, True),
        ({"hard": {"people": 10}}, False),
        ({"difficult": {"people": "10"}}, False),
        ({"difficult": {"flags": "harm"}}, False),
        ({"difficult": 10}, False),
    ],
)
def test_criteria_for_grades_are_looked_at(table, is_whole):
    """ST-02: a misspelt group or figure would grade every case alike."""
    assert bool(rules.pattern_obstacles(Kind.TABLE, "ST-02", table)) is not is_whole
