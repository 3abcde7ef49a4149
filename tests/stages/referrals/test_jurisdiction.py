import pytest

from mediation.casefile.cases.rules import Trait
from mediation.registry.regions.rules import Court, CourtLevel
from mediation.stages.referrals.jurisdiction import (
    SuitCaution,
    SuitGround,
    SuitKind,
    SuitPlaces,
    kind_of,
    suit_cautions,
    suit_courts,
)

NANCHANG = Court("赣0121", "南昌县人民法院", CourtLevel.BASIC, "360121")
JINXIAN = Court("赣0124", "进贤县人民法院", CourtLevel.BASIC, "360124")
FENGCHENG = Court("赣0981", "丰城市人民法院", CourtLevel.BASIC, "360981")
REAL_ESTATE = ("03.06.055", "03.07", "04.10.116.02")


def codes(places):
    return [each.court.code for each in suit_courts(places)]


def reasons(chosen, places):
    return [each.reason for each in suit_cautions(chosen, places, suit_courts(places))]


@pytest.mark.parametrize(
    ("cause", "traits", "kind"),
    [
        ("03.06.055.07", (), SuitKind.REAL_ESTATE),
        ("04.10.116.02", (), SuitKind.REAL_ESTATE),  # a lease of a house is treated like real estate
        ("04.10.116.01", (), SuitKind.CONTRACT),
        ("", (Trait.TITLE,), SuitKind.REAL_ESTATE),
        ("02.03.029", (), SuitKind.INHERITANCE),
        ("04.10.108.03", (), SuitKind.CONTRACT),
        ("10.35.419", (), SuitKind.TORT),
        ("01.01.006", (), SuitKind.TORT),
        ("07.19.205", (Trait.LABOUR,), SuitKind.LABOUR),
        ("02.02.024.01", (Trait.SUPPORT,), SuitKind.SUPPORT),
        ("02.02.014", (Trait.STATUS,), SuitKind.OTHER),
    ],
)
def test_what_decides_about_the_court(cause, traits, kind):
    assert kind_of(cause, traits, real_estate=REAL_ESTATE) == kind


def test_a_house_in_another_county_belongs_to_its_court_alone():
    """QT-15: everybody lives in Nanchang county, the house stands in Jinxian."""
    places = SuitPlaces(SuitKind.REAL_ESTATE, {"李四": NANCHANG}, {"张三": NANCHANG}, {}, NANCHANG, JINXIAN)
    [only] = suit_courts(places)
    assert (only.court, only.grounds) == (JINXIAN, ((SuitGround.REAL_ESTATE, ""),))
    [warned] = suit_cautions(NANCHANG, places, [only])
    assert warned.reason == SuitCaution.OUTSIDE_EXCLUSIVE
    assert warned.params == {"kind": SuitKind.REAL_ESTATE, "court": "南昌县人民法院", "competent": ("进贤县人民法院",)}
    assert reasons(JINXIAN, places) == []


def test_a_contract_defendant_place_of_performance_and_the_receiver_of_money():
    places = SuitPlaces(SuitKind.CONTRACT, {"李四": JINXIAN}, {"张三": NANCHANG}, {}, FENGCHENG, None)
    assert codes(places) == ["赣0124", "赣0121"]
    for_a_thing = SuitPlaces(SuitKind.CONTRACT, {"李四": JINXIAN}, {"张三": NANCHANG}, {}, None, FENGCHENG, False)
    assert codes(for_a_thing) == ["赣0124", "赣0981"]
    assert reasons(NANCHANG, places) == []
    assert reasons(NANCHANG, for_a_thing) == [SuitCaution.OUTSIDE]


def test_a_tort_where_it_happened_or_where_the_defendant_lives():
    places = SuitPlaces(SuitKind.TORT, {"李四": JINXIAN}, {"张三": FENGCHENG}, {}, NANCHANG, None)
    assert codes(places) == ["赣0124", "赣0121"]
    assert reasons("丰城市人民法院", places) == [SuitCaution.OUTSIDE]
    assert reasons("南昌县人民法院莲塘人民法庭", places) == []  # a tribunal of the court


def test_a_defendant_whose_home_nobody_recorded_makes_the_hint_careful():
    places = SuitPlaces(SuitKind.TORT, {"李四": JINXIAN}, homeless=["王五"])
    [doubt] = suit_cautions(NANCHANG, places, suit_courts(places))
    assert (doubt.reason, doubt.params["who"]) == (SuitCaution.MAYBE, ("王五",))


def test_an_estate_and_what_is_not_known():
    here = SuitPlaces(SuitKind.INHERITANCE, {"李四": NANCHANG}, object_place=JINXIAN)
    assert codes(here) == ["赣0124"]
    assert reasons(JINXIAN, here) == [SuitCaution.LAST_HOME]
    assert reasons(NANCHANG, here) == [SuitCaution.OUTSIDE_EXCLUSIVE, SuitCaution.LAST_HOME]
    assert reasons(NANCHANG, SuitPlaces(SuitKind.INHERITANCE, {"李四": NANCHANG})) == [SuitCaution.PLACE_UNKNOWN]
    assert reasons(NANCHANG, SuitPlaces(SuitKind.OTHER)) == [SuitCaution.NOTHING_KNOWN]


def test_support_owed_by_several_and_labour():
    one = SuitPlaces(SuitKind.SUPPORT, {"大儿": JINXIAN}, {"老人": NANCHANG})
    two = SuitPlaces(SuitKind.SUPPORT, {"大儿": JINXIAN, "二儿": FENGCHENG}, {"老人": NANCHANG})
    assert (codes(one), codes(two)) == (["赣0124"], ["赣0124", "赣0981", "赣0121"])
    work = SuitPlaces(SuitKind.LABOUR, {"公司": JINXIAN}, {"工人": FENGCHENG}, {"公司": JINXIAN}, NANCHANG)
    assert codes(work) == ["赣0124", "赣0121"]
