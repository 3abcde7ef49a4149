"""Keeping the platforms: taking one up, changing it from a day on, ending it."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from mediation.ground import clock, jobs, trail
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken, Stale, because
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Permission, Role
from mediation.registry.platforms import queries, rules
from mediation.registry.platforms.models import Platform
from mediation.registry.platforms.rules import Bar, Definition

CHANGED = "platforms.changed"  # the job that rooms above do when a centre's platforms have changed


@once
def add(*, code: str, definition: Definition, by: Actor, on: date, reason: str = "", key: str | None = None) -> str:
    """Take up a platform from a day on. Returns its public id.

    Raises NotAllowed, Invalid without a name, RuleBroken: a code that is in use or no code, whatever is wrong with the
    definition (:func:`rules.obstacles`).
    """
    _require(by)
    code = code.strip().lower()
    bars = [] if rules.CODE.fullmatch(code) else [because(Bar.CODE)]
    taken = queries.platform(code, centre_id=by.centre_id)
    if taken is not None:
        bars.append(because(Bar.CODE_TAKEN, code=code, name=taken.name))
    _check(definition, bars)
    return _write(code, definition, by=by, on=on, reason=reason).public_id


@once
def take_up(code: str, *, by: Actor, on: date, key: str | None = None) -> str:
    """Take up a platform that comes with the program, as it comes. Raises NotFound for a code it does not bring."""
    if code not in queries.built_in():
        raise NotFound()
    return add(code=code, definition=queries.built_in()[code], by=by, on=on)


def change(
    public_id: str, *, version: int, definition: Definition, valid_from: date, reason: str, by: Actor
) -> str:
    """Let another definition hold from a day on; return its public id. The days before keep what they had.

    Raises NotAllowed, NotFound, Stale, Invalid without a reason, RuleBroken: one that was ended, a day before the
    present edition began, whatever is wrong with the definition.
    """
    _require(by)
    row = _open(public_id, by, version)
    if not reason.strip():
        raise Invalid(reason=N_("请填写"))
    bars = [because(Bar.ENDED, name=row.name)] if row.valid_to is not None else []
    if valid_from < row.valid_from:
        bars.append(because(Bar.STARTS_EARLIER, since=row.valid_from))
    _check(definition, bars)
    row.valid_to = max(row.valid_from, valid_from - timedelta(days=1))
    row.version += 1
    return _write(row.code, definition, by=by, on=valid_from, reason=reason.strip()).public_id


def end(public_id: str, *, version: int, by: Actor, on: date) -> None:
    """Let a platform be filled for the last time on a day. Raises NotAllowed, NotFound, Stale, RuleBroken."""
    _require(by)
    row = _open(public_id, by, version)
    if on < row.valid_from:
        raise RuleBroken(because(Bar.ENDS_EARLIER, since=row.valid_from))
    _until(row, on, "platform.ended", by=by)


def resume(public_id: str, *, by: Actor) -> None:
    """Take back an end. Raises NotAllowed, NotFound."""
    _require(by)
    _until(_open(public_id, by), None, "platform.taken_up", by=by)


def _check(definition: Definition, bars) -> None:
    if not definition.name.strip():
        raise Invalid(name=N_("请填写"))
    if bars := [*bars, *rules.obstacles(definition)]:
        raise RuleBroken(*bars)


def _write(code, definition, *, by, on, reason) -> Platform:
    row = Platform(
        id=new_id(), centre_id=by.centre_id, code=code, name=definition.name.strip(), system=definition.system,
        definition=definition.plain(), valid_from=on, reason=reason or None, made_by_id=by.account_id,
    )
    session.add(row)
    session.flush()
    told = {"code": code, "name": row.name, "on": on, "fields": len(definition.fields), "reason": reason}
    trail.record("platform.set", by=by, about=row, params=told)
    _tell(row, on)
    return row


def _until(row, on, event, *, by):
    row.valid_to = on
    row.version += 1
    session.flush()
    trail.record(event, by=by, about=row, params={"code": row.code, "name": row.name, "on": on})
    _tell(row, on + timedelta(days=1) if on else clock.today())


def _tell(row, day) -> None:
    """Ask for the work that a change makes, on the day from which it holds."""
    at = datetime.combine(day, time(), clock.SHANGHAI) if day > clock.today() else None
    jobs.enqueue(CHANGED, f"{CHANGED}/{row.id}/{row.version}", at=at, centre_id=row.centre_id)


def _open(public_id: str, by: Actor, version: int | None = None) -> Platform:
    row = session.scalar(select(Platform).where(Platform.id == queries.get(public_id, centre_id=by.centre_id).id))
    if version is not None and row.version != version:
        raise Stale()
    return row


def _require(by: Actor) -> None:
    if by.role is not Role.SYSTEM and not by.may(Permission.SETTINGS_MANAGE):
        raise NotAllowed(Permission.SETTINGS_MANAGE)
