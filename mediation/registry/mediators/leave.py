"""Days on which mediators are away: one truth for assigning, for free hours and for whoever stands in (row 41)."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from mediation.ground import clock, trail
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken, Stale, because, known
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Permission, Role
from mediation.registry.calendar.rules import ONE_DAY
from mediation.registry.mediators import queries as pool
from mediation.registry.mediators import rules
from mediation.registry.mediators.models import Mediator, MediatorLeave
from mediation.registry.mediators.rules import Leave, LeaveBar, LeaveKind
from mediation.registry.units import queries as units

LATEST = 60  # how many leaves that are over a page shows


@once
def take(
    mediator_public_id: str, *, by: Actor, on: date, key: str | None = None, first: date, last: date,
    kind: str = LeaveKind.LEAVE, deputy_public_id: str | None = None, note: str = "",
) -> str:
    """Write down that a mediator is away from one day to another, both counted, and who stands in.

    Nothing new is given to them on these days, and no hour is free. Returns the leave's public id. Raises RuleBroken
    (overlaps, over, the deputy is away too), NotAllowed, NotFound.
    """
    mediator = pool.get(mediator_public_id, centre_id=by.centre_id)
    require(by, mediator)
    wanted = Leave(first, last, known(LeaveKind, kind, "kind"))
    bars = rules.leave_obstacles(wanted, map(as_leave, _standing(mediator.id)), today=on)
    deputy = pool.get(deputy_public_id, centre_id=by.centre_id) if deputy_public_id else None
    bars += _deputy_obstacles(mediator, deputy, wanted)
    if bars:
        raise RuleBroken(*bars)
    row = MediatorLeave(
        id=new_id(), centre_id=by.centre_id, mediator_id=mediator.id, deputy_id=deputy.id if deputy else None,
        kind=wanted.kind, first_on=first, last_on=last, planned_to=last, note=note.strip() or None,
        made_by_id=by.account_id,
    )
    session.add(row)
    session.flush()
    params = {"first": first, "last": last, "kind": wanted.kind, "deputy": deputy.name if deputy else None}
    trail.record("mediator.leave_taken", by=by, about=mediator, params=params)
    return row.public_id


def end_early(leave_public_id: str, *, by: Actor, last: date, version: int | None = None) -> None:
    """Make an earlier day the last one; one that has not begun by then is called off altogether.

    Raises RuleBroken when it is over, Invalid for a later day, Stale, NotAllowed, NotFound.
    """
    row = get(leave_public_id, for_=by)
    require(by, row.mediator)
    if version is not None and version != row.version:
        raise Stale()
    if row.cancelled_at is not None or row.last_on < clock.today():
        raise RuleBroken(because(LeaveBar.ENDED))
    if last > row.last_on:
        raise Invalid(last=N_("只能提前；要延长的，另外登记一次"))
    if last < clock.today() - ONE_DAY:
        raise Invalid(last=N_("最早从今天起回来上班"))
    if last < row.first_on:
        row.cancelled_at = clock.now()
    else:
        row.last_on = last
    row.version += 1
    session.flush()
    event = "mediator.leave_cancelled" if row.cancelled_at else "mediator.leave_ended"
    trail.record(event, by=by, about=row.mediator, params={"first": row.first_on, "last": row.last_on})


def require(by: Actor, mediator: Mediator) -> None:
    """Let in the mediator themselves, the head of their branch and the administrator. Raises NotAllowed."""
    if by.role is Role.SYSTEM or (by.role is Role.MEDIATOR and mediator.account_id == by.account_id):
        return
    if not by.may(Permission.MEDIATORS_MANAGE):
        raise NotAllowed(Permission.MEDIATORS_MANAGE)
    if by.role is Role.HEAD and not mediator.unit.path.startswith(units.unit(by.unit_id).path):
        raise NotAllowed(Permission.MEDIATORS_MANAGE)


def _deputy_obstacles(mediator: Mediator, deputy: Mediator | None, wanted: Leave):
    if deputy is None:
        return []
    if deputy.id == mediator.id:
        return [because(LeaveBar.DEPUTY_SELF)]
    is_gone = (deputy.term_to and deputy.term_to < wanted.last) or (
        deputy.removed_on and deputy.removed_on <= wanted.last
    )
    found = [because(LeaveBar.DEPUTY_GONE, who=deputy.name)] if is_gone else []
    for each in _standing(deputy.id):
        if each.first_on <= wanted.last and wanted.first <= each.last_on:
            found.append(because(LeaveBar.DEPUTY_AWAY, who=deputy.name, first=each.first_on, last=each.last_on))
    return found


# --- reading ---

_PARTS = (joinedload(MediatorLeave.mediator).joinedload(Mediator.unit), joinedload(MediatorLeave.deputy))


def get(public_id: str, *, for_: Actor) -> MediatorLeave:
    """Return a leave of the actor's centre with mediator and deputy. Raises NotFound."""
    own = (MediatorLeave.public_id == public_id, MediatorLeave.centre_id == for_.centre_id)
    found = session.scalar(select(MediatorLeave).where(*own).options(*_PARTS))
    if found is None:
        raise NotFound()
    return found


def as_leave(row: MediatorLeave) -> Leave:
    """Return a leave as the rules see it; its deputy where it was read along."""
    deputy = row.deputy.name if "deputy" in row.__dict__ and row.deputy else None
    return Leave(row.first_on, row.last_on, row.kind, deputy)


def _standing(mediator_id: int) -> list[MediatorLeave]:
    query = select(MediatorLeave).where(
        MediatorLeave.mediator_id == mediator_id, MediatorLeave.last_on >= clock.today(),
        MediatorLeave.cancelled_at.is_(None),
    )
    return list(session.scalars(query.order_by(MediatorLeave.first_on)))


def between(mediator_ids: Iterable[int], first: date, last: date) -> Mapping[int, list[Leave]]:
    """Return the leaves of several mediators that touch some days, both counted, the earliest first."""
    found: dict[int, list[Leave]] = {}
    for row in session.scalars(_BETWEEN, {"mediators": list(mediator_ids), "first": first, "last": last}):
        found.setdefault(row.mediator_id, []).append(as_leave(row))
    return found


_BETWEEN = (
    select(MediatorLeave).options(joinedload(MediatorLeave.deputy))
    .where(MediatorLeave.mediator_id.in_(bindparam("mediators", expanding=True)))
    .where(MediatorLeave.last_on >= bindparam("first"), MediatorLeave.first_on <= bindparam("last"))
    .where(MediatorLeave.cancelled_at.is_(None))
    .order_by(MediatorLeave.first_on)
)


def on_day(mediator_ids: Iterable[int], day: date) -> dict[int, Leave]:
    """Return who of several mediators is away on a day, and how long."""
    return {mediator_id: leaves[0] for mediator_id, leaves in between(mediator_ids, day, day).items()}


def of_mediator(mediator_id: int) -> list[MediatorLeave]:
    """Return somebody's leaves, the newest first, those called off too."""
    query = select(MediatorLeave).where(MediatorLeave.mediator_id == mediator_id).options(*_PARTS)
    return list(session.scalars(query.order_by(MediatorLeave.last_on.desc(), MediatorLeave.id.desc()).limit(LATEST)))


def coming(*, for_: Actor, since: date) -> list[MediatorLeave]:
    """Return who is away now or soon, the first to go first: a head's own branch, a mediator's own, else the centre."""
    query = (
        select(MediatorLeave).join(Mediator, Mediator.id == MediatorLeave.mediator_id)
        .where(MediatorLeave.centre_id == for_.centre_id, MediatorLeave.last_on >= since)
        .where(MediatorLeave.cancelled_at.is_(None))
    )
    if for_.role is Role.MEDIATOR:
        query = query.where(Mediator.account_id == for_.account_id)
    elif for_.role is Role.HEAD:
        query = query.where(Mediator.unit_id.in_(pool.branch_ids(units.unit(for_.unit_id))))
    return list(session.scalars(query.options(*_PARTS).order_by(MediatorLeave.first_on, MediatorLeave.id).limit(300)))
