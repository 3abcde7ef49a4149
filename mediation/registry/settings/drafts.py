"""A new value as a draft: kept with what it was tried on, looked at once more, published or dropped."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from mediation.ground import clock, trail
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, NotFound, Obstacle, RuleBroken, Stale, because
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.settings import operations, queries
from mediation.registry.settings.draftrules import DraftBar, DraftState
from mediation.registry.settings.models import SettingDraft
from mediation.registry.settings.operations import MANAGE
from mediation.registry.settings.rules import Kind

MOST = 50


@once
def begin(
    kind: Kind, name: str, value: Any, *, by, on: date, valid_from: date, source: str, reason: str,
    rehearsal: Mapping[str, Any], unit_id: int | None = None, area_code: str | None = None, key: str | None = None,
) -> str:
    """Keep a value as a draft with what came of trying it; return the draft's public id. Nothing holds yet.

    ``name`` is the setting's key. Raises what :func:`operations.set_value` raises for such a value, so that no draft is
    kept that could never hold.
    """
    operations.check(
        kind, name, value, by=by, valid_from=valid_from, source=source, reason=reason, unit_id=unit_id,
        area_code=area_code,
    )
    row = SettingDraft(
        id=new_id(), centre_id=by.centre_id, kind=Kind(kind), key=name, drafted_by_id=by.account_id, drafted_on=on,
        version=1,
    )
    _write(row, value, valid_from, source, reason, rehearsal, unit_id, area_code)
    session.add(row)
    session.flush()
    trail.record("settings.drafted", by=by, about=row, params=_told(row))
    return row.public_id


def rewrite(
    public_id: str, value: Any, *, by, version: int, valid_from: date, source: str, reason: str,
    rehearsal: Mapping[str, Any], unit_id: int | None = None, area_code: str | None = None,
) -> None:
    """Change an open draft, tried anew. Raises Stale when somebody touched it since, RuleBroken when it is over."""
    row = _open(public_id, by=by, version=version)
    operations.check(
        row.kind, row.key, value, by=by, valid_from=valid_from, source=source, reason=reason, unit_id=unit_id,
        area_code=area_code,
    )
    _write(row, value, valid_from, source, reason, rehearsal, unit_id, area_code)
    row.version += 1
    session.flush()
    trail.record("settings.drafted", by=by, about=row, params=_told(row))


def tried_again(public_id: str, *, by, version: int, rehearsal: Mapping[str, Any]) -> None:
    """Keep what came of trying a draft once more, against what holds now."""
    row = _open(public_id, by=by, version=version)
    _write(row, row.value, row.valid_from, row.source, row.reason, rehearsal, row.unit_id, row.area_code)
    row.version += 1
    session.flush()


def publish(public_id: str, *, by, on: date, version: int) -> int:
    """Let a draft hold from its day on; return the id of the value's row.

    Raises Stale when somebody touched it since it was looked at, RuleBroken with everything that keeps it back.
    """
    row = _open(public_id, by=by, version=version)
    if bars := bars_of(row, on=on):
        raise RuleBroken(*bars)
    row.row_id = operations.set_value(
        row.kind, row.key, row.value, by=by, valid_from=row.valid_from, source=row.source, reason=row.reason,
        unit_id=row.unit_id, area_code=row.area_code,
    )
    _decide(row, DraftState.PUBLISHED, by=by, on=on)
    return row.row_id


def drop(public_id: str, *, by, on: date, version: int) -> None:
    """Give a draft up; it stays on file."""
    row = _open(public_id, by=by, version=version)
    _decide(row, DraftState.DROPPED, by=by, on=on)
    trail.record("settings.draft_dropped", by=by, about=row, params=_told(row))


def bars_of(row: SettingDraft, *, on: date) -> list[Obstacle]:
    """Return what keeps a draft from being published: over, tried against another value, its day has gone by."""
    if row.state != DraftState.OPEN:
        return [because(DraftBar.OVER)]
    found = []
    if row.before != _present(row):
        found.append(because(DraftBar.MOVED))
    if row.drafted_on <= row.valid_from < on:
        found.append(because(DraftBar.DAY_PAST, day=row.valid_from))
    return found


def get(public_id: str, *, for_) -> SettingDraft:
    """Return a draft of the actor's centre. Raises NotFound."""
    query = select(SettingDraft).where(
        SettingDraft.public_id == public_id, SettingDraft.centre_id == for_.centre_id
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound()
    return found


def waiting(*, for_, of: tuple[Kind, str] | None = None) -> list[SettingDraft]:
    """Return the open drafts of the actor's centre, the newest first; ``of`` one setting, by kind and key."""
    query = select(SettingDraft).where(
        SettingDraft.centre_id == for_.centre_id, SettingDraft.state == DraftState.OPEN
    )
    if of is not None:
        query = query.where(SettingDraft.kind == of[0], SettingDraft.key == of[1])
    return list(session.scalars(query.order_by(SettingDraft.id.desc()).limit(MOST)))


def _open(public_id: str, *, by, version: int) -> SettingDraft:
    if not by.may(MANAGE):
        raise NotAllowed(MANAGE)
    row = get(public_id, for_=by)
    if row.state != DraftState.OPEN:
        raise RuleBroken(because(DraftBar.OVER))
    if row.version != version:
        raise Stale()
    return row


def _write(row, value, valid_from, source, reason, rehearsal, unit_id, area_code) -> None:
    row.value, row.valid_from, row.source, row.reason = value, valid_from, source.strip(), reason.strip()
    row.unit_id, row.area_code = unit_id, area_code
    row.rehearsal, row.rehearsed_at = dict(rehearsal), clock.now()
    row.before = _present(row)


def _present(row: SettingDraft) -> list:
    found = queries.setting(
        row.kind, row.key, on=row.valid_from, centre_id=row.centre_id, unit_id=row.unit_id, area_code=row.area_code
    )
    return [found.value] if found else []


def _decide(row: SettingDraft, state: DraftState, *, by, on: date) -> None:
    row.state, row.decided_by_id, row.decided_on = state, by.account_id, on
    row.version += 1
    session.flush()


def _told(row: SettingDraft) -> dict[str, Any]:
    return {"kind": row.kind, "key": row.key, "valid_from": row.valid_from, "reason": row.reason}
