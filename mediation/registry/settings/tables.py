"""What a table must look like before it may be set: whoever counts by it reads it unasked."""

from typing import Any

FEES = {"property", "divorce", "personality", "ip", "other", "labour", "confirmation"}  # as referrals/fees.py asks


def is_grading(value: dict[str, Any]) -> bool:
    """Say whether a table grades cases: its groups, and numbers and words in them (ST-02)."""
    groups = {"difficult", "simple", "immediate", "urgent"}
    numbers, words = {"people", "amount_fen", "visits"}, {"flags", "traits"}
    return set(value) <= groups and all(
        isinstance(group, dict) and all(
            (name in numbers and isinstance(part, int) and part >= 0)
            or (name == "relapse" and part is True)
            or (name in words and isinstance(part, list) and all(isinstance(each, str) for each in part))
            for name, part in group.items()
        )
        for group in value.values()
    )


def is_fees(value: dict[str, Any]) -> bool:
    """Say whether a table says what every kind of suit costs (QT-14)."""
    return set(value) == FEES and all(
        isinstance(rows, dict) and _is_fee(rows) and rows.get("as", "property") in FEES
        and "as" not in value.get(rows.get("as"), {})
        for rows in value.values()
    )


def _is_fee(rows: dict[str, Any]) -> bool:
    least, most, free = rows.get("least_fen"), rows.get("most_fen"), rows.get("free_fen", 0)
    if not all(_is_natural(each) for each in (least, most, free)) or least > most:
        return False
    steps = rows.get("steps", [])
    if not isinstance(steps, list) or not all(isinstance(step, list) and len(step) == 2 for step in steps):
        return False
    ends, rates = [step[0] for step in steps], [step[1] for step in steps]
    if not all(_is_natural(each) for each in (*ends[:-1], *rates)) or (ends and ends[-1] is not None):
        return False
    limits = [free, *ends[:-1]]
    return limits == sorted(set(limits))


def _is_natural(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
