"""What a rule may say, and what a draft makes of the rules, without a database."""

import dataclasses

import pytest

from mediation.casefile.cases.rules import Source, Track
from mediation.registry.regions.rules import AreaLevel
from mediation.stages.routing import rulebook
from mediation.stages.routing.rulebook import RuleBar
from mediation.stages.routing.suggesting import CaseFacts, RoutingRule

RULE = RoutingRule(
    101, 30, "物业送县里", Track.PEOPLES, "物业公司多在县城", unit_kind="committee", level=AreaLevel.COUNTY,
    conditions={"types": ["property_management"]},
)


@pytest.mark.parametrize(("changes", "bars"), [
    ({}, []),
    ({"name": " ", "reason": ""}, [RuleBar.NO_NAME, RuleBar.NO_RULE_REASON]),
    ({"priority": 0}, [RuleBar.NO_PRIORITY]),
    ({"conditions": {}}, [RuleBar.NO_CONDITION]),
    ({"conditions": {}, "number": 22}, []),  # the program's own last resort
    ({"conditions": {"amount_from_fen": 200, "amount_to_fen": 100}}, [RuleBar.AMOUNTS_CROSSED]),
    ({"conditions": {"flags": ["minor"], "without_flags": ["minor"]}}, [RuleBar.FLAGS_CROSSED]),
    ({"unit_kind": "police"}, [RuleBar.KIND_NOT_ON_TRACK]),
    ({"unit_kind": None}, [RuleBar.NO_UNIT]),
    ({"unit_id": 7}, [RuleBar.UNIT_NOT_ON_TRACK]),
])
def test_everything_wrong_with_a_rule_is_named(changes, bars):
    rule = dataclasses.replace(RULE, **changes)
    assert [bar.reason for bar in rulebook.rule_obstacles(rule, unit_name="派出所")] == bars


def test_a_rule_may_name_a_unit_that_runs_its_track():
    assert rulebook.rule_obstacles(dataclasses.replace(RULE, unit_id=7), unit_tracks=["peoples"]) == []


def test_a_draft_replaces_adds_and_takes_out():
    other = dataclasses.replace(RULE, number=20)
    changed = {"20": None, "101": rulebook.values_of(dataclasses.replace(RULE, priority=5))}
    found = rulebook.applied([RULE, other], changed)
    assert [(rule.number, rule.priority) for rule in found] == [(101, 5)]
    assert rulebook.rule_from(101, rulebook.values_of(RULE)) == RULE


def test_another_draft_and_other_rules_have_another_mark():
    changes = {"101": rulebook.values_of(RULE)}
    mark = rulebook.mark_of([RULE], changes)
    assert mark == rulebook.mark_of([RULE], dict(changes))
    assert mark != rulebook.mark_of([RULE], {"101": None})
    assert mark != rulebook.mark_of([dataclasses.replace(RULE, priority=31)], changes)


def test_own_numbers_leave_the_programs_alone():
    assert rulebook.next_number([]) == rulebook.next_number([3, 23]) == 101
    assert rulebook.next_number([23, 104]) == 105


def test_facts_come_back_as_they_were_kept():
    facts = CaseFacts(
        Source.HOTLINE, types=("neighbour.water", "neighbour"), traits=frozenset({"noise"}), areas=("360121106",),
        amount_fen=100, people=3, flags=frozenset({"minor"}),
    )
    assert CaseFacts.read(facts.kept()) == facts
