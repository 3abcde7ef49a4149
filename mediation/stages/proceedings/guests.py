"""Whom the mediator invites with everybody's consent: experts, observers, relatives; each sees their own part only.

Who logs in finds what they are asked and writes their opinion; the file itself stays closed to them (row 43, PM-05).
"""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from mediation.casefile.cases import access, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.models import Case
from mediation.casefile.notices import operations as notices
from mediation.casefile.notices.recipients import Recipient
from mediation.casefile.notices.rules import Event
from mediation.ground import clock, trail
from mediation.ground.choices import N_
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotFound, Stale, because, known
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Depth, Relation, Role
from mediation.registry.mediators import queries as pool
from mediation.stages.proceedings import facts, queries, rules
from mediation.stages.proceedings.meeting.rules import GuestRole, SessionBar, invitation_obstacles
from mediation.stages.proceedings.models import CaseGuest


@once
def invite(
    proceeding_public_id: str, *, by: Actor, on: date, key: str | None = None, role: str, name: str = "",
    mediator_public_id: str | None = None, task: str, consenting: Collection[str], why_late: str | None = None,
) -> str:
    """Invite somebody; ``consenting`` are the parties who agree, and all of them must (PM-05).

    ``mediator_public_id`` is somebody of the pool, who sees the progress of the case and what they are asked. Returns
    the guest's public id. Raises RuleBroken with everybody who has not agreed, Invalid, NotFound.
    """
    proceeding, case = queries.get(proceeding_public_id, for_=by)
    member = pool.get(mediator_public_id, centre_id=by.centre_id) if mediator_public_id else None
    name = member.name if member else name.strip()
    wrong = ({} if name else {"name": N_("请填写")}) | ({} if task.strip() else {"task": N_("写明请他做什么")})
    if wrong:
        raise Invalid(**wrong)
    parties = facts.parties_of(case, on=on)
    bars = invitation_obstacles(name, parties, consenting)
    if member and any(row.mediator_id == member.id for row in queries.mediators_on(proceeding.id)):
        bars.append(because(SessionBar.IS_ON_IT, guest=name))
    role = known(GuestRole, role, "role")
    told = {"as": role, "who": name}
    steps.take("proceeding.invite", proceeding, by=by, on=on, case=case, reason=why_late, bars=bars, facts=told)
    guest = CaseGuest(
        id=new_id(), case_id=case.id, proceeding_id=proceeding.id, data_key=keys().new_data_key(), role=role, name=name,
        account_id=member.account_id if member else None, task=task.strip(), since=on,
        consents={party.ref: on.isoformat() for party in rules.disputing(parties) if party.ref in consenting},
    )
    session.add(guest)
    session.flush()
    if guest.account_id:
        access.grant(case, Relation.GUEST, account_id=guest.account_id, depth=Depth.PROGRESS)
        to = Recipient(Role.MEDIATOR, account_id=guest.account_id)
        notices.write([notices.row(case.id, case.centre_id, Event.INVITED, to, guest.id, {"as_what": role})])
    return guest.public_id


def end(guest_public_id: str, *, by: Actor, on: date) -> str:
    """Let an invitation end; the guest's sight of the case ends with it. Returns the case's public id."""
    guest, case = cases.child(CaseGuest, guest_public_id, for_=by)
    if guest.until is not None:
        raise Stale()
    proceeding = next(each for each in queries.of_case(case.id) if each.id == guest.proceeding_id)
    steps.require(STEPS["proceeding.invite"], case, by=by)
    told = {"who": guest.name}
    steps.take("proceeding.end_invitation", proceeding, by=by, on=on, case=case, facts=told, implied=True)
    guest.until = on
    guest.version += 1
    session.flush()
    others = select(CaseGuest.id).where(
        CaseGuest.case_id == case.id, CaseGuest.account_id == guest.account_id, CaseGuest.until.is_(None)
    )
    if guest.account_id and session.scalar(others.limit(1)) is None:
        access.withdraw(case, Relation.GUEST, account_id=guest.account_id)
    return case.public_id


def write_opinion(guest_public_id: str, *, by: Actor, text: str, version: int | None = None) -> None:
    """Keep what a guest has to say, sealed; the mediators read it, other guests do not. Raises NotFound, Invalid."""
    guest, case = own(guest_public_id, for_=by)
    if version is not None and version != guest.version:
        raise Stale()
    if not text.strip():
        raise Invalid(opinion=N_("请填写"))
    guest.opinion, guest.opinion_at = text.strip(), clock.now()
    guest.version += 1
    session.flush()
    trail.record("guest.opinion", by=by, about=guest, case_id=case.id, params={"who": guest.name})


# --- reading ---


def own(public_id: str, *, for_: Actor) -> tuple[CaseGuest, Case]:
    """Return the actor's own invitation while it stands, and its case at PROGRESS. Raises NotFound."""
    guest, case = cases.child(CaseGuest, public_id, for_=for_, depth=Depth.PROGRESS)
    if guest.account_id != for_.account_id or guest.until is not None:
        raise NotFound()
    return guest, case


def of_case(case_id: int) -> list[CaseGuest]:
    """Return who was invited to a case, oldest first; only for whoever sees its contents."""
    return list(session.scalars(select(CaseGuest).where(CaseGuest.case_id == case_id).order_by(CaseGuest.id)))


def invitation_of(case_id: int, *, for_: Actor) -> CaseGuest | None:
    """Return the actor's own standing invitation to a case."""
    mine = (CaseGuest.case_id == case_id, CaseGuest.account_id == for_.account_id, CaseGuest.until.is_(None))
    return session.scalar(select(CaseGuest).where(*mine).order_by(CaseGuest.id.desc()).limit(1))
