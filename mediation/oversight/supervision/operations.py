"""Looking into a case from above: with a reason, for half an hour, and the unit is told."""

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.notices import operations as notices
from mediation.casefile.notices.rules import HEAD, Event
from mediation.ground import clock, trail
from mediation.ground.errors import NotAllowed, RuleBroken
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.oversight.supervision import rules
from mediation.registry.access.rules import Actor, Depth, Permission, Relation

LOOKED = "case.looked_into"


@once
def look_into(case_public_id: str, *, reason: str, by: Actor, key: str | None = None) -> str:
    """Open a case's contents to the actor alone for half an hour; the trail keeps why, the unit's head is told (P6).

    Returns the case's public id. Raises NotAllowed, NotFound, RuleBroken without a reason.
    """
    if not by.may(Permission.CASES_LOOK_INTO):
        raise NotAllowed(Permission.CASES_LOOK_INTO)
    case = cases.get(case_public_id, for_=by, depth=Depth.PROGRESS)
    bars = rules.look_obstacles(reason)
    if bars:
        raise RuleBroken(*bars)
    until = clock.now() + rules.LOOK_LASTS
    access.withdraw(case, Relation.LOOK, account_id=by.account_id)
    access.grant(case, Relation.LOOK, account_id=by.account_id, until=until)
    trail.record(
        LOOKED, by=by, about=case, case_id=case.id, params={"until": until}, changed={"reason": (None, reason.strip())},
        box=case.box(),
    )
    event = Event.SEAL_BROKEN if case.is_sealed else Event.LOOKED_INTO
    notices.tell(case, event, HEAD, by=by, mark=new_id(), who=by.signed, unit=by.unit_name)
    return case.public_id
