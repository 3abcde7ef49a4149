from dataclasses import replace
from datetime import date

import pytest

from mediation.casefile.cases.rules import Exit, Source, Track, Trait
from mediation.stages.intake.rules import Bar as IntakeBar
from mediation.stages.intake.rules import Elsewhere, acceptance_key
from mediation.stages.routing.rules import (
    Bar,
    Guard,
    Notice,
    OverrideReason,
    RejectReason,
    TargetUnit,
    admission_obstacles,
    condition_obstacles,
    notices_for,
    override_obstacles,
    reject_obstacles,
    target_obstacles,
    ways_out,
)
from mediation.stages.routing.suggesting import CONDITIONS, CaseFacts, RoutingRule, suggest

DITCH = CaseFacts(
    source=Source.PARTY,
    types=("neighbour.water", "neighbour"),
    areas=("360121104", "360121"),
    amount_fen=4_999_999,
    people=2,
    grade="ordinary",
)
TOWN = RoutingRule(
    12, 50, "相邻先由乡镇调", Track.PEOPLES, "相邻纠纷由所在乡镇先调", "committee",
    conditions={"types": ["neighbour"], "amount_to_fen": 4_999_999},
)
POLICE = RoutingRule(
    7, 20, "伤情鉴定", Track.ADMINISTRATIVE, "有人受伤要鉴定，公安行政调解", "police",
    conditions={"types": ["neighbour"], "flags": ["injury"]},
)
COURT = RoutingRule(
    1, 10, "法院委派", Track.JUDICIAL, "法院委派由特邀组织办", "court_mediation",
    conditions={"sources": [Source.COURT_COMMISSION]},
)
REST = RoutingRule(99, 90, "其余", Track.PEOPLES, "由中心调委会办", unit_id=3)
RULES = [REST, TOWN, POLICE, COURT]
COMMITTEE = TargetUnit("武阳镇调委会", frozenset({Track.PEOPLES, Track.JUDICIAL}))


def reasons(obstacles):
    return [obstacle.reason for obstacle in obstacles]


def test_a_suggestion_says_which_rule_and_which_fields_decided():
    suggestion = suggest(DITCH, RULES)
    assert (suggestion.rule, suggestion.track) == (TOWN, Track.PEOPLES)
    assert suggestion.fired == (("types", "neighbour.water"), ("amount_to_fen", 4_999_999))
    assert suggestion.alternative == REST


def test_a_suggestion_says_what_would_change_it():
    misses = suggest(DITCH, RULES).would_change
    assert [(miss.rule, miss.condition, miss.wanted) for miss in misses] == [
        (COURT, "sources", [Source.COURT_COMMISSION]),
        (POLICE, "flags", ["injury"]),
    ]
    assert suggest(replace(DITCH, flags=frozenset({"injury"})), RULES).rule == POLICE


def test_a_rule_that_misses_twice_is_no_near_miss():
    far = replace(POLICE, number=8, conditions={"flags": ["injury"], "people_from": 10})
    assert suggest(DITCH, [far, TOWN]).would_change == ()


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"amount_fen": 5_000_000}, REST),  # one fen over
        ({"amount_fen": None}, REST),
        ({"types": ("contract",)}, REST),
        ({"source": Source.COURT_COMMISSION}, COURT),
    ],
)
def test_all_conditions_of_a_rule_must_hold(changes, rule):
    assert suggest(replace(DITCH, **changes), RULES).rule == rule


def test_a_runner_up_to_the_same_place_is_no_alternative():
    again = replace(TOWN, number=13, priority=60, conditions={})
    stronger = replace(TOWN, number=11, priority=40, conditions={"flags": ["injury"]})
    suggestion = suggest(DITCH, [stronger, TOWN, again])
    assert (suggestion.rule, suggestion.alternative, suggestion.would_change) == (TOWN, None, ())


def test_the_place_that_fired_is_told():
    suggestion = suggest(DITCH, [replace(REST, conditions={"areas": ["360121"]})])
    assert suggestion.fired == (("areas", "360121104"),)


@pytest.mark.parametrize("condition", ["amount_from_fen", "amount_to_fen"])
def test_an_unknown_sum_fits_no_range(condition):
    assert suggest(replace(DITCH, amount_fen=None), [replace(REST, conditions={condition: 0})]) is None


def test_no_rule_no_suggestion():
    assert suggest(DITCH, [COURT]) is None


@pytest.mark.parametrize(
    ("conditions", "fits"),
    [
        ({"areas": ["360121"]}, True),
        ({"areas": ["360124"]}, False),
        ({"amount_from_fen": 4_999_999}, True),
        ({"amount_from_fen": 5_000_000}, False),
        ({"people_from": 2}, True),
        ({"people_from": 3}, False),
        ({"traits": [Trait.NOISE]}, False),
        ({"without_flags": ["injury"]}, True),
        ({"grades": ["difficult", "ordinary"]}, True),
        ({"grades": ["simple"]}, False),
        ({}, True),
    ],
)
def test_conditions(conditions, fits):
    assert bool(suggest(DITCH, [replace(REST, conditions=conditions)])) == fits
    assert set(conditions) <= CONDITIONS


def test_a_misspelt_condition_is_refused_and_fits_nothing():
    assert reasons(condition_obstacles({"type": ["neighbour"]})) == [Bar.UNKNOWN_CONDITION]
    assert condition_obstacles(dict.fromkeys(CONDITIONS)) == []


@pytest.mark.parametrize(
    ("guards", "found"),
    [
        ((), []),
        ((Guard.PUBLIC_POWER,), [Bar.GUARDED]),
        ((Guard.JUDGMENT,), [Bar.PETITION_AGAINST_JUDGMENT]),
        ((Guard.REVIEWED,), [Bar.PETITION_REVIEWED]),
        ((Guard.STATUS, Guard.CRIME), [Bar.GUARDED, Bar.GUARDED]),
    ],
)
def test_what_no_mediation_takes(guards, found):
    """RT-06, MH-10, MH-09."""
    assert reasons(admission_obstacles(DITCH, guards=guards)) == found


@pytest.mark.parametrize(
    ("source", "traits", "found"),
    [
        (Source.PARTY, set(), [IntakeBar.ELSEWHERE]),
        (Source.COURT_ENTRUSTMENT, set(), []),
        (Source.PARTY, {Trait.MEDICAL}, [IntakeBar.MEDICAL_ELSEWHERE]),
    ],
)
def test_what_a_court_has_in_hand_is_not_taken(source, traits, found):
    """RT-05, RT-06."""
    facts = CaseFacts(source, traits=frozenset(traits))
    assert reasons(admission_obstacles(facts, elsewhere=Elsewhere.COURT, elsewhere_since=date(2026, 3, 30))) == found


@pytest.mark.parametrize(
    ("track", "changes", "source", "found"),
    [
        (Track.PEOPLES, {}, Source.PARTY, []),
        (Track.ADMINISTRATIVE, {}, Source.PARTY, [Bar.UNIT_NOT_ON_TRACK]),
        (Track.JUDICIAL, {"is_court_listed": True}, Source.PARTY, [Bar.NOT_FROM_COURT]),
        (Track.JUDICIAL, {}, Source.COURT_COMMISSION, [Bar.UNIT_NOT_LISTED]),
        (Track.JUDICIAL, {"is_court_listed": True}, Source.COURT_ENTRUSTMENT, []),
        (Track.PEOPLES, {}, Source.COURT_COMMISSION, [Bar.FROM_COURT]),
        (Track.PEOPLES, {"is_reported": True}, Source.PARTY, [Bar.REPORTED_UNIT]),
    ],
)
def test_where_a_case_may_go(track, changes, source, found):
    """RT-01, JM-01, MH-12."""
    assert reasons(target_obstacles(track, replace(COMMITTEE, **changes), source=source)) == found


@pytest.mark.parametrize(
    ("track", "unit_id", "reason", "found"),
    [
        (Track.PEOPLES, 3, None, []),
        (Track.PEOPLES, 4, None, [Bar.NO_REASON]),
        (Track.ADMINISTRATIVE, 3, None, [Bar.NO_REASON]),
        (Track.PEOPLES, 4, OverrideReason.LOAD, []),
    ],
)
def test_another_way_than_suggested_needs_a_reason(track, unit_id, reason, found):
    suggestion = suggest(DITCH, [REST])
    obstacles = override_obstacles(suggestion, track=track, unit_id=unit_id, suggested_unit_id=3, reason=reason)
    assert reasons(obstacles) == found


def test_without_a_suggestion_nothing_is_overridden():
    assert override_obstacles(None, track=Track.PEOPLES, unit_id=4, suggested_unit_id=None, reason=None) == []


@pytest.mark.parametrize(
    ("trait", "notice"),
    [
        (Trait.LABOUR, Notice.ARBITRATION_FIRST),
        (Trait.TITLE, Notice.GOVERNMENT_DECIDES),
        (Trait.POLICE, Notice.POLICE_MAY_MEDIATE),
        (Trait.LAND_CONTRACT, Notice.LAND_ARBITRATION),
        (Trait.NOISE, Notice.NOISE_WAYS),
    ],
)
def test_notices(trait, notice):
    """AM-01, AM-07, AM-14, AM-15."""
    assert reasons(notices_for([trait])) == [notice]
    assert notices_for([]) == []


@pytest.mark.parametrize(
    ("traits", "changes", "exits"),
    [
        ((), {}, (Exit.QUICK_TRIAL, Exit.SUIT)),
        ((), {"has_arbitration_clause": True}, (Exit.ARBITRATION,)),
        ((Trait.TITLE,), {}, (Exit.GOVERNMENT,)),
        ((Trait.LABOUR,), {}, (Exit.ARBITRATION,)),
        ((Trait.WAGES,), {}, (Exit.ARBITRATION,)),
        ((Trait.LABOUR,), {"may_sue_on_labour": True}, (Exit.QUICK_TRIAL, Exit.SUIT)),
        ((Trait.LAND_CONTRACT,), {}, (Exit.ARBITRATION, Exit.QUICK_TRIAL, Exit.SUIT)),
        ((Trait.POLICE,), {}, (Exit.POLICE, Exit.QUICK_TRIAL, Exit.SUIT)),
        ((Trait.NOISE,), {}, (Exit.QUICK_TRIAL, Exit.SUIT, Exit.POLICE)),
    ],
)
def test_ways_out(traits, changes, exits):
    """RT-04, AM-01, AM-07, AM-13, AM-14, AM-16."""
    assert ways_out(traits, **changes) == exits


@pytest.mark.parametrize(("track", "traits", "key"), [
    (None, (Trait.MEDICAL,), "PM-19"),
    (Track.PEOPLES, (), "PM-19"), (Track.PEOPLES, (Trait.MEDICAL,), "PM-19"), (Track.JUDICIAL, (), "PM-19"),
    (Track.ADMINISTRATIVE, (Trait.MEDICAL,), "AM-11.accept"), (Track.ADMINISTRATIVE, (), "AM-17.accept"),
])
def test_who_decides_on_acceptance_in_which_time(track, traits, key):
    """PM-19, AM-11, AM-17."""
    assert acceptance_key(track, traits) == key


def test_a_consumer_s_complaint_is_acted_on_in_seven_working_days():
    """AM-12."""
    assert acceptance_key(Track.ADMINISTRATIVE, (), main_type="consumer") == "AM-12.act"
    assert acceptance_key(Track.PEOPLES, (), main_type="consumer") == "PM-19"


def test_a_rejection_says_why():
    assert reasons(reject_obstacles(None)) == [Bar.NO_REJECT_REASON]
    assert reject_obstacles(RejectReason.NOT_OUR_AREA) == []
