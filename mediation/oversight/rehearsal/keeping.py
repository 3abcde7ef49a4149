"""What came of a rehearsal, as a draft keeps it: plain values that come back as what they were."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mediation.casefile.cases.grades import Grade, Urgency
from mediation.ground.choices import Choice
from mediation.oversight.rehearsal.queries import Difference, Matter, Rehearsal, Value
from mediation.stages.referrals.procedure import Why

MOST = 1000  # differences that are kept; the count tells of all
KINDS = {each.__name__: each for each in (Value, Why, Grade, Urgency)}


def kept(rehearsal: Rehearsal) -> dict[str, Any]:
    """Return a rehearsal as a row keeps it."""
    return {
        "looked_at": rehearsal.looked_at, "meant": [matter.value for matter in rehearsal.meant],
        "count": len(rehearsal.differences),
        "differences": [
            [each.number, each.matter.value, _plain(each.before), _plain(each.after), each.detail]
            for each in rehearsal.differences[:MOST]
        ],
    }


def told(row: Mapping[str, Any]) -> tuple[Rehearsal, int]:
    """Return what a row kept, and how many differences there were, also where not all of them are kept."""
    found = [
        Difference(number, Matter(matter), _back(before), _back(after), detail)
        for number, matter, before, after, detail in row["differences"]
    ]
    return Rehearsal(row["looked_at"], tuple(Matter(matter) for matter in row["meant"]), found), row["count"]


def _plain(value):
    if isinstance(value, Choice):
        return {"of": type(value).__name__, "is": value.value}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _back(value):
    if isinstance(value, list):
        return tuple(_back(each) for each in value)
    if not isinstance(value, dict):
        return value
    return date.fromisoformat(value["day"]) if "day" in value else KINDS[value["of"]](value["is"])
