"""Changing the rules: what a rule may say, what a draft would make of them, and by what mark a rehearsal is known."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from mediation.casefile.cases.rules import Track
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.registry.regions.rules import AreaLevel
from mediation.registry.units.rules import TRACKS_OF, UnitKind
from mediation.stages.routing.suggesting import CONDITIONS, RoutingRule

FIRST_OWN = 101  # below it the program keeps its own numbers, later ones too
MOST_CHANGES = 20  # in one draft: a rehearsal that shows more says nothing about any of them
LOWEST, HIGHEST = 1, 999
CHANGEABLE = ("name", "priority", "track", "unit_kind", "level", "unit_id", "conditions", "reason")


class DraftState(Choice):
    OPEN = "open", N_("草稿")
    PUBLISHED = "published", N_("已发布")
    DROPPED = "dropped", N_("已作废")


class RuleBar(Reason):
    """What is wrong with a rule, or keeps a draft from being published."""

    NO_NAME = "no_rule_name", N_("规则要有名称")
    NO_RULE_REASON = "no_rule_reason", N_("写一句道理：分流员和承办单位看到的就是它")
    NO_PRIORITY = "no_rule_priority", N_("优先级写 %(lowest)s 到 %(highest)s，数小的先用")
    NO_CONDITION = "no_condition", N_("至少选一个条件；对所有案件都适用的，只有程序自带的兜底规则")
    AMOUNTS_CROSSED = "amounts_crossed", N_("金额的下限大于上限，没有案件会合")
    FLAGS_CROSSED = "flags_crossed", N_("“%(flag)s”又要有又要没有，没有案件会合")
    KIND_NOT_ON_TRACK = "kind_not_on_track", N_("%(kind)s不办%(track)s，换一类单位，或者换调解种类")
    UNIT_NOT_ON_TRACK = "rule_unit_not_on_track", N_("%(unit)s不办%(track)s，换一个单位，或者换调解种类")
    NO_UNIT = "no_rule_unit", N_("选哪类单位，或者指定一个单位")
    NOTHING_CHANGED = "nothing_changed", N_("草稿里还没有改动，先改一条规则")
    TOO_MANY = "too_many_changes", N_("一份草稿最多改 %(most)s 条，分几份发布，才看得出是哪一条起的作用")
    NOT_REHEARSED = "not_rehearsed", N_("这份草稿改过以后还没有试跑，先在过去的案件上试跑")
    RULES_MOVED = "rules_moved", N_("试跑以后，别的规则变了，要再试跑一次")
    TOO_EARLY = "rule_too_early", N_("规则只能从今天或以后的日子起用")
    NOT_A_DRAFT = "not_a_draft", N_("这份草稿已经%(state)s，要改就另写一份")
    NO_SUCH_RULE = "no_such_rule", N_("现在没有第 %(number)s 条规则")
    NOT_PUBLISHED = "not_published", N_("没有发布过的草稿，不用撤回")


def rule_obstacles(rule: RoutingRule, *, unit_name: str = "", unit_tracks: Iterable[str] = ()) -> list[Obstacle]:
    """Return everything that is wrong with a rule. ``unit_tracks`` are those of the unit that it names, if any."""
    found = []
    if not rule.name.strip():
        found.append(because(RuleBar.NO_NAME))
    if not rule.reason.strip():
        found.append(because(RuleBar.NO_RULE_REASON))
    if not LOWEST <= rule.priority <= HIGHEST:
        found.append(because(RuleBar.NO_PRIORITY, lowest=LOWEST, highest=HIGHEST))
    if not rule.conditions and rule.number >= FIRST_OWN:
        found.append(because(RuleBar.NO_CONDITION))
    least, most = rule.conditions.get("amount_from_fen"), rule.conditions.get("amount_to_fen")
    if least is not None and most is not None and least > most:
        found.append(because(RuleBar.AMOUNTS_CROSSED))
    crossed = set(rule.conditions.get("flags", ())) & set(rule.conditions.get("without_flags", ()))
    found += [because(RuleBar.FLAGS_CROSSED, flag=flag) for flag in sorted(crossed)]
    return found + _target_obstacles(rule, unit_name, frozenset(unit_tracks))


def _target_obstacles(rule: RoutingRule, unit_name: str, unit_tracks: frozenset[str]) -> list[Obstacle]:
    if rule.unit_id is not None:
        if rule.track in unit_tracks:
            return []
        return [because(RuleBar.UNIT_NOT_ON_TRACK, unit=unit_name, track=rule.track)]
    if rule.unit_kind is None:
        return [because(RuleBar.NO_UNIT)]
    kind = UnitKind(rule.unit_kind)
    if rule.track in TRACKS_OF.get(kind, ()):
        return []
    return [because(RuleBar.KIND_NOT_ON_TRACK, kind=kind, track=rule.track)]


def values_of(rule: RoutingRule) -> dict[str, Any]:
    """Return what a rule says, as drafts keep it."""
    found = {name: getattr(rule, name) for name in CHANGEABLE}
    return found | {"track": str(rule.track), "level": str(rule.level) if rule.level else None}


def rule_from(number: int, values: Mapping[str, Any]) -> RoutingRule:
    """Return the rule that a draft keeps. Conditions that are not asked for are left out."""
    asked = values["conditions"].items()
    conditions = {name: wanted for name, wanted in asked if name in CONDITIONS and wanted not in (None, [])}
    return RoutingRule(
        number, values["priority"], values["name"], Track(values["track"]), values["reason"],
        unit_kind=values.get("unit_kind"), unit_id=values.get("unit_id"),
        level=AreaLevel(values["level"]) if values.get("level") else None, conditions=conditions,
    )


def applied(rules: Iterable[RoutingRule], changes: Mapping[str, Mapping[str, Any] | None]) -> list[RoutingRule]:
    """Return the rules as a draft would make them: its numbers replaced, added, or taken out."""
    found: dict[int, RoutingRule] = {rule.number: rule for rule in rules}
    for number, values in changes.items():
        found.pop(int(number), None)
        if values is not None:
            found[int(number)] = rule_from(int(number), values)
    return list(found.values())


def mark_of(rules: Iterable[RoutingRule], changes: Mapping[str, Any]) -> str:
    """Return the mark of a draft upon the rules that it changes: another draft, or other rules, have another one."""
    present = sorted((rule.number, values_of(rule)) for rule in rules)
    text = json.dumps([present, sorted(changes.items())], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def publish_obstacles(
    changes: Mapping[str, Any], *, rehearsed_mark: str | None, mark: str, draft_mark_known: bool, too_early: bool
) -> list[Obstacle]:
    """Return what keeps a draft from being published.

    ``draft_mark_known``: the draft itself is as it was when it was rehearsed, so that only other rules have moved.
    """
    found = [] if changes else [because(RuleBar.NOTHING_CHANGED)]
    if too_early:
        found.append(because(RuleBar.TOO_EARLY))
    if changes and rehearsed_mark != mark:
        found.append(because(RuleBar.RULES_MOVED if draft_mark_known else RuleBar.NOT_REHEARSED))
    return found


def next_number(numbers: Iterable[int]) -> int:
    """Return the number of a centre's next own rule."""
    return max([FIRST_OWN - 1, *numbers]) + 1
