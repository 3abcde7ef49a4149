"""The routing rules that hold for a centre: those that come with the program, and its own in their place."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select

from mediation.casefile.cases.rules import Track
from mediation.ground.db import session
from mediation.ground.editions import kept
from mediation.registry.regions.rules import AreaLevel
from mediation.stages.routing.models import RoutingRuleRow
from mediation.stages.routing.rules import condition_obstacles
from mediation.stages.routing.suggesting import RoutingRule

TABLE = Path(__file__).with_name("rules_default.csv")
COUNTS = frozenset({"amount_from_fen", "amount_to_fen", "people_from"})


@lru_cache(1)
def built_in() -> tuple[RoutingRule, ...]:
    """Return the rules that come with the program."""
    with TABLE.open(encoding="utf-8") as file:
        return tuple(_from_table(row) for row in csv.DictReader(file))


@dataclass(frozen=True)
class Edition:
    """What a centre has written about the rule of a number from a day on; ``rule`` None: there is none any more."""

    number: int
    rule: RoutingRule | None
    valid_from: date
    valid_to: date | None
    draft_id: int | None
    row_id: int


@kept(RoutingRuleRow)
def own(centre_id: int) -> tuple[Edition, ...]:
    """Return everything that a centre has written about its rules, in the order in which it takes effect."""
    query = select(RoutingRuleRow).where(RoutingRuleRow.centre_id == centre_id)
    rows = session.scalars(query.order_by(RoutingRuleRow.valid_from, RoutingRuleRow.id))
    return tuple(
        Edition(row.number, None if row.is_off else _from_row(row), row.valid_from, row.valid_to, row.draft_id, row.id)
        for row in rows
        if not condition_obstacles(row.conditions)
    )


def rules_of(centre_id: int, *, on: date) -> list[RoutingRule]:
    """Return the rules of a centre on a day; what it wrote last stands in place of the built-in one of that number."""
    found: dict[int, RoutingRule | None] = {rule.number: rule for rule in built_in()}
    for each in own(centre_id):
        if each.valid_from <= on and (each.valid_to is None or each.valid_to >= on):
            found[each.number] = each.rule
    return [rule for rule in found.values() if rule is not None]


def conditions(text: str) -> dict[str, object]:
    """Read ``types=neighbour|housing;people_from=10``."""
    found: dict[str, object] = {}
    for part in filter(None, text.split(";")):
        name, _, value = part.partition("=")
        found[name] = int(value) if name in COUNTS else value.split("|")
    return found


def _from_table(row: dict[str, str]) -> RoutingRule:
    return RoutingRule(
        int(row["number"]), int(row["priority"]), row["name"], Track(row["track"]), row["reason"],
        unit_kind=row["unit_kind"] or None, level=AreaLevel(row["level"]) if row["level"] else None,
        conditions=conditions(row["conditions"]),
    )


def _from_row(row: RoutingRuleRow) -> RoutingRule:
    return RoutingRule(
        row.number, row.priority, row.name, row.track, row.reason, unit_kind=row.unit_kind, unit_id=row.unit_id,
        level=row.level, conditions=row.conditions,
    )
