"""Setting a value from a day on."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from mediation.ground import trail
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.editions import changed
from mediation.ground.errors import Invalid, NotAllowed, RuleBroken, because
from mediation.ground.ids import new_id
from mediation.registry.settings import queries, rules
from mediation.registry.settings.models import SettingRow
from mediation.registry.settings.rules import EXAMPLES, Gap, Kind

PROVINCE_DIGITS = 6
MANAGE, SYSTEM = "settings_manage", "system"  # keys of access.rules, which lies on the same floor


def set_value(
    kind: Kind,
    key: str,
    value: Any,
    *,
    by,
    valid_from: date,
    source: str,
    reason: str,
    unit_id: int | None = None,
    area_code: str | None = None,
) -> int:
    """Let a value hold from a day on, and close the one it follows; return the row's id.

    It holds for the actor's centre, for one of its units with ``unit_id``. Only the installation itself (an actor of
    the system without a centre) sets values for an area or the whole country; but a centre may enter the wage of
    another province, which its own cases need there (QT-04). Days before ``valid_from`` keep what
    they had; a value set for the same day once more replaces the one before. Raises NotAllowed, Invalid without a
    source or a reason, and RuleBroken for an unknown setting, a value of the wrong form, or a day before the start of
    the present row.
    """
    kind = Kind(kind)
    before = check(
        kind, key, value, by=by, valid_from=valid_from, source=source, reason=reason, unit_id=unit_id,
        area_code=area_code,
    )
    scope = {"area_code": area_code, "centre_id": by.centre_id, "unit_id": unit_id}
    if before is not None:
        before.valid_to = max(before.valid_from, valid_from - timedelta(days=1))
    row = SettingRow(
        id=new_id(),
        kind=kind,
        key=key,
        value=value,
        valid_from=valid_from,
        source=source.strip(),
        reason=reason.strip(),
        set_by_id=by.account_id,
        **scope,
    )
    session.add(row)
    changed(SettingRow)
    trail.record("settings.set", by=by, about=row, params=_told(row, before))
    return row.id


def check(
    kind: Kind, key: str, value: Any, *, by, valid_from: date, source: str, reason: str, unit_id: int | None = None,
    area_code: str | None = None,
) -> SettingRow | None:
    """Raise what :func:`set_value` raises; return the present row of exactly that scope, None where there is none."""
    kind = Kind(kind)
    if by.role != SYSTEM and not by.may(MANAGE):
        raise NotAllowed(MANAGE)
    is_province = kind is Kind.WAGE and len(area_code or "") == PROVINCE_DIGITS and area_code.endswith("0000")
    if by.centre_id is not None and area_code is not None and not is_province:
        raise NotAllowed(MANAGE)
    missing = {
        field: N_("请填写") for field, given in {"source": source, "reason": reason}.items() if not given.strip()
    }
    if missing:
        raise Invalid(**missing)
    if not queries.is_known(kind, key):
        raise RuleBroken(because(Gap.UNKNOWN, name=key))
    if not rules.is_value(kind, value):
        raise RuleBroken(because(Gap.BAD_VALUE, example=EXAMPLES[kind]))
    if bars := rules.pattern_obstacles(kind, key, value):
        raise RuleBroken(*bars)
    before = _present(kind, key, {"area_code": area_code, "centre_id": by.centre_id, "unit_id": unit_id})
    if before is not None and valid_from < before.valid_from:
        raise RuleBroken(because(Gap.TOO_EARLY, since=before.valid_from))
    return before


def set_text(kind: Kind, key: str, text: str, **values) -> int:
    """Set a value that was typed on one line, as the page shows it. Raises as :func:`set_value`."""
    kind = Kind(kind)
    try:
        value = rules.parse(kind, text)
    except ValueError:
        raise RuleBroken(because(Gap.BAD_VALUE, example=EXAMPLES[kind])) from None
    return set_value(kind, key, value, **values)


def _present(kind: Kind, key: str, scope: dict[str, Any]) -> SettingRow | None:
    """Return the open row of exactly that scope."""
    same = [getattr(SettingRow, column).is_not_distinct_from(value) for column, value in scope.items()]
    rows = select(SettingRow).where(SettingRow.kind == kind, SettingRow.key == key, *same)
    return session.scalar(rows.where(SettingRow.valid_to.is_(None)))


def _told(row: SettingRow, before: SettingRow | None) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "key": row.key,
        "was": rules.write(row.kind, before.value) if before else None,
        "value": rules.write(row.kind, row.value),
        "valid_from": row.valid_from,
        "unit_id": row.unit_id,
        "area": row.area_code,
        "reason": row.reason,
    }
