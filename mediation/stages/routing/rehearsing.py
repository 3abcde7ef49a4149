"""Rehearsing changed rules on the last cases that were routed: who would have gone elsewhere. Idea 3, row 24.

Four questions to the database, however many cases. The facts of a case are those of its routing where they were kept
with the suggestion, else those of today; the units are those of the day of the rehearsal.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import PartyKind
from mediation.ground.db import session
from mediation.registry.people.models import Person
from mediation.stages.routing import advice, suggesting
from mediation.stages.routing.levels import HopKind
from mediation.stages.routing.models import Transfer
from mediation.stages.routing.suggesting import CaseFacts, RoutingRule

LAST = 200  # idea 3
_CASE = (
    Case.id, Case.centre_id, Case.source, Case.type_code, Case.area_code, Case.amount_fen, Case.people_count,
    Case.grade, Case.screening,
)


def replay(
    centre_id: int, present: Iterable[RoutingRule], drafted: Iterable[RoutingRule], *, on: date, last: int = LAST
) -> dict[str, Any]:
    """Return what the drafted rules would have done otherwise than the present ones.

    ``rows`` holds one entry for each transfer that would go to another unit or track, or by another rule:
    ``transfer``, ``case`` (row ids), ``went`` (unit id), ``then`` (rule that was followed or not), ``override``
    (coded reason or None), ``before`` and ``after`` (``rule``, ``unit``, ``track``, None where no rule fits).
    ``totals`` counts ``looked``, ``moved``, and ``met_before`` / ``met_after``: where the rules say what was done.
    """
    hops = session.execute(
        select(
            Transfer.id, Transfer.case_id, Transfer.to_unit_id, Transfer.track, Transfer.rule,
            Transfer.override_reason, Transfer.suggestion,
        ).where(Transfer.centre_id == centre_id, Transfer.kind == HopKind.ROUTE)
        .order_by(Transfer.id.desc()).limit(last)
    ).all()
    cases, parties = _cases({hop.case_id for hop in hops})
    present, drafted = list(present), list(drafted)
    serving: dict[str | None, list] = {}
    totals = {"looked": 0, "moved": 0, "met_before": 0, "met_after": 0}
    rows = []
    for hop in hops:
        facts, reported = _facts(hop, cases[hop.case_id], parties[hop.case_id])
        place = facts.areas[0] if facts.areas else None
        if place not in serving:
            serving[place] = advice.serving(centre_id, place, on)
        here = [unit for unit in serving[place] if unit.name not in reported]
        before, after = (_best(rules, facts, here) for rules in (present, drafted))
        is_moved = _place(before) != _place(after)
        done = hop.to_unit_id, str(hop.track)
        totals["looked"] += 1
        totals["moved"] += is_moved
        totals["met_before"] += _place(before) == done
        totals["met_after"] += _place(after) == done
        if before != after:
            rows.append({
                "transfer": hop.id, "case": hop.case_id, "went": hop.to_unit_id, "then": hop.rule,
                "override": hop.override_reason, "before": before, "after": after, "moved": is_moved,
            })
    return {"totals": totals, "rows": sorted(rows, key=lambda row: not row["moved"])}


def _cases(case_ids):
    cases = {row.id: row for row in session.execute(select(*_CASE).where(Case.id.in_(case_ids)))}
    parties = defaultdict(list)
    query = select(Party.case_id, Party.flags, Party.name, Person.kind).outerjoin(Person, Person.id == Party.person_id)
    for row in session.execute(query.where(Party.case_id.in_(case_ids))):
        parties[row.case_id].append(row)
    return cases, parties


def _facts(hop, case, parties) -> tuple[CaseFacts, frozenset[str]]:
    kept: Mapping[str, Any] | None = hop.suggestion.get("facts")
    facts = CaseFacts.read(kept) if kept else advice.facts_from(case, [party.flags for party in parties])
    return facts, frozenset(party.name for party in parties if party.kind == PartyKind.ORGANISATION)


def _best(rules, facts, here) -> dict[str, Any] | None:
    ways = advice.ways_among(rules, facts, here)
    found = suggesting.suggest(facts, [way.rule for way in ways.values()])
    if found is None:
        return None
    way = ways[found.rule.number]
    return {"rule": found.rule.number, "unit": way.unit.id, "track": str(way.track)}


def _place(way) -> tuple[int, str] | None:
    return (way["unit"], way["track"]) if way else None
