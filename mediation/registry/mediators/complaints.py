"""What somebody is said to have done wrong, written down and decided with the reason (PM-17)."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from mediation.ground import clock, trail
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotAllowed, NotFound, Stale, known
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Permission, Role
from mediation.registry.mediators import operations
from mediation.registry.mediators import queries as pool
from mediation.registry.mediators.models import Mediator, MediatorComplaint
from mediation.registry.mediators.rules import ComplaintState, Misconduct, Sanction
from mediation.registry.units import queries as units


@once
def record(
    mediator_public_id: str, *, by: Actor, on: date, key: str | None = None, kind: str, words: str
) -> str:
    """Write a complaint down; nothing follows from it before it is decided. Returns its public id.

    Raises Invalid, NotAllowed, NotFound. PM-17: People's Mediation Law (2010), Art. 15.
    """
    mediator = pool.get(mediator_public_id, centre_id=by.centre_id)
    _require(by, mediator)
    wrong = {"words": N_("请写明什么事")} if not words.strip() else {}
    wrong |= {"on": N_("日期不能晚于今天")} if on > clock.today() else {}
    if wrong:
        raise Invalid(**wrong)
    row = MediatorComplaint(
        id=new_id(), centre_id=by.centre_id, mediator_id=mediator.id, received_on=on,
        kind=known(Misconduct, kind, "kind"), words=words.strip(), state=ComplaintState.OPEN,
        recorded_by_id=by.account_id,
    )
    session.add(row)
    session.flush()
    trail.record("mediator.complaint", by=by, about=mediator, params={"kind": row.kind, "on": on})
    return row.public_id


def decide(
    complaint_public_id: str, *, by: Actor, on: date, upheld: bool, is_serious: bool = False,
    sanction: str | None = None, reason: str, version: int | None = None,
) -> None:
    """Decide a complaint, with the reason. What is serious and upheld bars new cases from that day; removal removes.

    Raises Invalid without a reason or a sanction, Stale when it was decided already, NotAllowed, NotFound.
    """
    row = get(complaint_public_id, for_=by)
    _require(by, row.mediator)
    if row.state is not ComplaintState.OPEN or (version is not None and version != row.version):
        raise Stale()
    wrong = {} if reason.strip() else {"reason": N_("请写明理由")}
    if upheld and not sanction:
        wrong["sanction"] = N_("查实的，要选怎么处理")
    if on > clock.today() or on < row.received_on:
        wrong["on"] = N_("日期在收到投诉以后、今天以前")
    if wrong:
        raise Invalid(**wrong)
    row.state = ComplaintState.UPHELD if upheld else ComplaintState.DISMISSED
    row.sanction = known(Sanction, sanction, "sanction") if upheld else None
    row.is_serious = upheld and (is_serious or row.sanction in (Sanction.SUSPENSION, Sanction.REMOVAL))
    row.decided_on, row.decided_by_id, row.decided_by, row.reason = on, by.account_id, by.name, reason.strip()
    row.version += 1
    mediator = row.mediator
    if row.is_serious and mediator.barred_on is None:
        mediator.barred_on = on
        mediator.version += 1
    session.flush()
    params = {"state": row.state, "serious": row.is_serious, "sanction": row.sanction}
    trail.record("mediator.complaint_decided", by=by, about=mediator, params=params)
    if row.sanction is Sanction.REMOVAL and mediator.removed_on is None:
        operations.remove(mediator.public_id, by=by, on=on, reason=reason)


def lift(mediator_public_id: str, *, by: Actor, reason: str) -> None:
    """Let a mediator be given cases again, with the reason. Raises Invalid, NotAllowed, NotFound."""
    mediator = pool.get(mediator_public_id, centre_id=by.centre_id)
    _require(by, mediator)
    if not reason.strip():
        raise Invalid(reason=N_("请写明理由"))
    if mediator.barred_on is None:
        raise NotFound()
    mediator.barred_on = None
    mediator.version += 1
    session.flush()
    trail.record("mediator.bar_lifted", by=by, about=mediator, params={"reason": reason.strip()})


def _require(by: Actor, mediator: Mediator) -> None:
    """The head of the branch and the administrator keep and decide complaints; nobody their own."""
    if by.role is Role.SYSTEM:
        return
    if not by.may(Permission.MEDIATORS_MANAGE) or _is_self(by, mediator):
        raise NotAllowed(Permission.MEDIATORS_MANAGE)
    if by.role is Role.HEAD and not mediator.unit.path.startswith(units.unit(by.unit_id).path):
        raise NotAllowed(Permission.MEDIATORS_MANAGE)


def get(public_id: str, *, for_: Actor) -> MediatorComplaint:
    """Return a complaint of the actor's centre with the mediator and the unit. Raises NotFound."""
    own = (MediatorComplaint.public_id == public_id, MediatorComplaint.centre_id == for_.centre_id)
    parts = joinedload(MediatorComplaint.mediator).joinedload(Mediator.unit)
    found = session.scalar(select(MediatorComplaint).where(*own).options(parts))
    if found is None:
        raise NotFound()
    return found


def of_mediator(mediator_id: int) -> list[MediatorComplaint]:
    """Return the complaints about somebody, the newest first."""
    query = select(MediatorComplaint).where(MediatorComplaint.mediator_id == mediator_id)
    return list(session.scalars(query.order_by(MediatorComplaint.received_on.desc(), MediatorComplaint.id.desc())))


def count_of(mediator_id: int) -> dict[ComplaintState, int]:
    """Return how many complaints about somebody are open, upheld and dismissed."""
    query = select(MediatorComplaint.state, func.count()).where(MediatorComplaint.mediator_id == mediator_id)
    return dict(session.execute(query.group_by(MediatorComplaint.state)).all())


def _is_self(by: Actor, mediator: Mediator) -> bool:
    return by.account_id is not None and mediator.account_id == by.account_id
