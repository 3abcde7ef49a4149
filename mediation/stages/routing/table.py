"""The routing rules that hold for a centre: those that come with the program, and its own in their place."""

import csv
from datetime import date
from functools import lru_cache
from pathlib import Path

from sqlalchemy import or_, select

from mediation.casefile.cases.rules import Track
from mediation.ground.db import session
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


def rules_of(centre_id: int, *, on: date) -> list[RoutingRule]:
    """Return the rules of a centre on a day; a rule of its own stands in place of the built-in one of that number."""
    query = select(RoutingRuleRow).where(
        RoutingRuleRow.centre_id == centre_id,
        RoutingRuleRow.valid_from <= on,
        or_(RoutingRuleRow.valid_to.is_(None), RoutingRuleRow.valid_to >= on),
    )
    found = {rule.number: rule for rule in built_in()}
    own = session.scalars(query.order_by(RoutingRuleRow.valid_from))
    found |= {row.number: _from_row(row) for row in own if not condition_obstacles(row.conditions)}
    return list(found.values())


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
