from dataclasses import replace

import pytest

from mediation.casefile.cases.rules import Basis
from mediation.registry.regions.rules import Court, CourtLevel
from mediation.stages.confirmation.courts import (
    CourtBar,
    CourtCaution,
    CourtFacts,
    CourtGround,
    competent_courts,
    court_cautions,
    court_obstacles,
    unknown_superiors,
)

NANCHANG = Court("赣0121", "南昌县人民法院", CourtLevel.BASIC, "360121")
JINXIAN = Court("赣0124", "进贤县人民法院", CourtLevel.BASIC, "360124")
ANYI = Court("赣0123", "安义县人民法院", CourtLevel.BASIC, "360123")
CITY = Court("赣01", "江西省南昌市中级人民法院", CourtLevel.INTERMEDIATE, "360100")
SELF_RUN = CourtFacts(
    Basis.SELF_RUN,
    domiciles={"张三": NANCHANG, "李四": JINXIAN},
    organisations={"中心调委会": NANCHANG},
    intermediate={"赣0121": CITY, "赣0124": CITY},
)


def reasons(obstacles):
    return [obstacle.reason for obstacle in obstacles]


def names(facts):
    return [choice.court.name for choice in competent_courts(facts)]


def test_the_inviting_court_alone():
    """JC-04."""
    facts = CourtFacts(Basis.COMMISSIONED, inviting=NANCHANG, domiciles={"张三": JINXIAN, "李四": JINXIAN})
    [choice] = competent_courts(facts)
    assert (choice.court, choice.grounds) == (NANCHANG, ((CourtGround.INVITED, ""),))
    assert competent_courts(replace(facts, inviting=None)) == []


@pytest.mark.parametrize("basis", [Basis.SELF_RUN, Basis.OWN_MOTION])
def test_domicile_object_and_organisation_when_nobody_invited(basis):
    """JC-05."""
    choices = competent_courts(replace(SELF_RUN, basis=basis, object_place=ANYI))
    assert [(choice.court.code, choice.grounds) for choice in choices] == [
        ("赣0121", ((CourtGround.DOMICILE, "张三"), (CourtGround.ORGANISATION, "中心调委会"))),
        ("赣0124", ((CourtGround.DOMICILE, "李四"),)),
        ("赣0123", ((CourtGround.OBJECT, ""),)),
    ]


def test_each_organisation_brings_its_court():
    """JC-07."""
    bodies = {"中心调委会": NANCHANG, "进贤县医调委": JINXIAN}
    assert names(CourtFacts(Basis.SELF_RUN, organisations=bodies)) == ["南昌县人民法院", "进贤县人民法院"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"amount_fen": 99_999_999_99}, ["南昌县人民法院", "进贤县人民法院"]),
        ({"amount_fen": 100_000_000_00}, ["江西省南昌市中级人民法院"]),
        ({"amount_fen": None}, ["南昌县人民法院", "进贤县人民法院"]),
        ({"amount_fen": 1, "is_for_intermediate": True}, ["江西省南昌市中级人民法院"]),
        ({"amount_fen": 100_000_000_00, "basis": Basis.COMMISSIONED, "inviting": NANCHANG}, ["南昌县人民法院"]),
    ],
)
def test_large_sums_go_one_level_up(changes, found):
    """JC-06."""
    assert names(replace(SELF_RUN, threshold_fen=100_000_000_00, **changes)) == found


YUHUA = Court("湘0111", "长沙市雨花区人民法院", CourtLevel.BASIC, "430111")
CHANGSHA = Court("湘01", "湖南省长沙市中级人民法院", CourtLevel.INTERMEDIATE, "430100")


@pytest.mark.parametrize(
    ("amount_fen", "found"),
    [
        (9_999_999_999, ["南昌县人民法院", "长沙市雨花区人民法院"]),
        (10_000_000_000, ["江西省南昌市中级人民法院", "湖南省长沙市中级人民法院"]),
    ],
)
def test_a_party_of_another_province_lowers_the_limit(amount_fen, found):
    """JC-06: 500 million among people of one province, 100 million where one is from elsewhere."""
    limits = {"threshold_fen": 50_000_000_000, "mixed_threshold_fen": 10_000_000_000}
    mixed = CourtFacts(
        Basis.SELF_RUN, domiciles={"张三": NANCHANG, "李四": YUHUA}, amount_fen=amount_fen,
        intermediate={"赣0121": CITY, "湘0111": CHANGSHA}, **limits,
    )
    assert names(mixed) == found
    assert names(replace(SELF_RUN, amount_fen=10_000_000_000, **limits)) == ["南昌县人民法院", "进贤县人民法院"]


def test_without_a_threshold_no_sum_is_too_large():
    assert names(replace(SELF_RUN, amount_fen=100_000_000_00)) == ["南昌县人民法院", "进贤县人民法院"]


def test_a_court_whose_superior_is_unknown_is_left_out():
    lone = replace(SELF_RUN, is_for_intermediate=True, intermediate={"赣0121": CITY})
    [choice] = competent_courts(lone)
    assert (CourtGround.DOMICILE, "李四") not in choice.grounds
    [lost] = unknown_superiors(lone)
    assert (lost.reason, lost.params) == (CourtCaution.NO_SUPERIOR, {"courts": ("进贤县人民法院",)})
    assert unknown_superiors(SELF_RUN) == []


def test_the_level_is_told_as_a_ground():
    [choice] = competent_courts(replace(SELF_RUN, is_for_intermediate=True))
    assert choice.grounds[0] == (CourtGround.INTERMEDIATE, "")
    assert (CourtGround.DOMICILE, "李四") in choice.grounds


def test_what_the_court_entrusted_is_not_confirmed():
    assert competent_courts(replace(SELF_RUN, basis=Basis.ENTRUSTED, inviting=NANCHANG)) == []


def test_the_chosen_court_is_one_of_them():
    competent = competent_courts(SELF_RUN)
    assert court_obstacles(JINXIAN, competent) == []
    assert reasons(court_obstacles(None, competent)) == [CourtBar.NO_COURT]
    [found] = court_obstacles(ANYI, competent)
    assert (found.reason, found.params["competent"]) == (CourtBar.NOT_COMPETENT, ("南昌县人民法院", "进贤县人民法院"))


@pytest.mark.parametrize(
    ("basis", "applied_to", "accepts_self_run", "found"),
    [
        (Basis.SELF_RUN, (), True, []),
        (Basis.SELF_RUN, (JINXIAN,), True, [CourtCaution.SECOND_APPLICATION]),
        (Basis.SELF_RUN, (NANCHANG,), True, []),
        (Basis.SELF_RUN, (), False, [CourtCaution.NOT_SELF_RUN]),
        (Basis.COMMISSIONED, (), False, []),
    ],
)
def test_what_to_know_of_a_court(basis, applied_to, accepts_self_run, found):
    """JC-07, JC-24: warnings, no bars."""
    cautions = court_cautions(NANCHANG, basis=basis, applied_to=applied_to, accepts_self_run=accepts_self_run)
    assert reasons(cautions) == found
