"""What a platform asks for, and how a value of ours is written there. Idea 7; row 123."""

from dataclasses import replace
from datetime import date

import pytest

from mediation.registry.access.rules import Role
from mediation.registry.platforms import queries, rules
from mediation.registry.platforms.rules import Bar, CaseFacts, Definition, Field, Format, Ours, Since

DAY = date(2026, 11, 7)
WATER = ["neighbour.water", "neighbour"]


@pytest.mark.parametrize(
    ("value", "field", "there"),
    [
        (DAY, Field("日期", Ours.APPLIED_ON, Format.DASHES), "2026-11-07"),
        (DAY, Field("日期", Ours.APPLIED_ON, Format.DIGITS), "20261107"),
        (DAY, Field("日期", Ours.APPLIED_ON, Format.CHINESE), "2026年11月7日"),
        (1234550, Field("金额", Ours.AMOUNT, Format.YUAN), "12345.50"),
        (1234550, Field("金额", Ours.AMOUNT, Format.WHOLE), "12346"),
        (1234550, Field("金额", Ours.AMOUNT, Format.TEN_THOUSAND), "1.23455"),
        (2000000, Field("金额", Ours.AMOUNT, Format.TEN_THOUSAND), "2"),
        (100_000_000, Field("金额", Ours.AMOUNT, Format.TEN_THOUSAND), "100"),
        ("一行\n两行", Field("经过", Ours.STORY, Format.ONE_LINE), "一行 两行"),
        (True, Field("履行", Ours.PERFORMED, Format.YES_NO), "是"),
        (False, Field("履行", Ours.PERFORMED, Format.ONE_ZERO), "0"),
        (None, Field("履行", Ours.PERFORMED, Format.YES_NO), ""),
        ("用水、排水", Field("类型", Ours.TYPE), "用水、排水"),
        ("用水、排水", Field("类型", Ours.TYPE, codes={"neighbour": "0201"}), "0201"),
        ("用水、排水", Field("类型", Ours.TYPE, codes={"neighbour": "0201", "neighbour.water": "020103"}), "020103"),
        ("用水、排水", Field("类型", Ours.TYPE, codes={"housing": "03"}), None),
    ],
)
def test_how_a_value_is_written_there(value, field, there):
    assert rules.written(value, field, line=WATER) == there


def test_a_platform_wants_the_cases_that_meet_all_its_conditions_from_the_event_on():
    wants = Definition(
        "平台", "justice", (Role.HEAD,), Since.ACCEPTED, (), tracks=("peoples",), sources=("party",),
        types=("neighbour",),
    )
    case = CaseFacts("peoples", "party", "neighbour.water", {Since.REGISTERED: DAY, Since.ACCEPTED: date(2026, 11, 9)})
    assert rules.fits_since(wants, case) == date(2026, 11, 9)
    for other in ({"track": "judicial"}, {"source": "grid"}, {"type_code": "neighbourhood"}, {"reached": {}}):
        assert rules.fits_since(wants, replace(case, **other)) is None


def test_every_fault_of_a_definition_is_named_at_once():
    fields = (
        Field("金额", Ours.AMOUNT, Format.DASHES), Field("金额", Ours.STORY), Field("", Ours.STORY),
        Field("长", Ours.STORY, longest=9999),
    )
    found = rules.obstacles(Definition("平台", "justice", (), Since.CLOSED, fields))
    assert [each.reason for each in found] == [Bar.NO_WHO, Bar.FORMAT, Bar.TWICE, Bar.NO_LABEL, Bar.LENGTH]


def test_the_platforms_that_come_with_the_program_are_sound_and_are_stored_as_they_are_read():
    assert len(queries.built_in()) >= 3
    for definition in queries.built_in().values():
        assert not rules.obstacles(definition)
        assert rules.read(definition.name, definition.system, definition.plain()) == definition
