"""Naming the arbiter; calling on them after the second rejection; the ruling; ending a precedent."""

from datetime import date

from sqlalchemy import select

from mediation.casefile.cases import access, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Track
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks.rules import ClockLabel
from mediation.casefile.notices import operations as notices
from mediation.casefile.notices import rules as seats
from mediation.casefile.notices.rules import Event
from mediation.ground import trail
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.editions import changed
from mediation.ground.errors import Invalid, NotAllowed, RuleBroken, Stale, because, known
from mediation.ground.ids import new_id, new_public_id
from mediation.ground.once import once
from mediation.ground.steps import reacts_to
from mediation.registry.access.rules import Actor, Permission, Relation, Role
from mediation.registry.dutylists import queries as dutylists
from mediation.registry.settings import queries as settings
from mediation.registry.staff import queries as staff
from mediation.registry.units import queries as units
from mediation.stages.routing import advice
from mediation.stages.routing import operations as routing
from mediation.stages.routing.arbiter import queries, rules
from mediation.stages.routing.arbiter.models import Arbiter, Designation
from mediation.stages.routing.arbiter.rules import Bar, DesignationState

ANSWER = "transfer.designation"  # dated settings of the house: working days until the arbiter has ruled
MOST = "transfer.rejections"  # and after how many rejections they are called on


@once
def name(post_public_id: str | None, *, by: Actor, on: date, key: str | None = None, valid_from: date) -> str:
    """Name the post whose holder says where bounced cases go, from a day on; None: nobody any more.

    What waits goes to the new one at once. Raises NotAllowed, NotFound, RuleBroken for a post that is no supervisor's.
    """
    if by.role is not Role.SYSTEM and not by.may(Permission.SETTINGS_MANAGE):
        raise NotAllowed(Permission.SETTINGS_MANAGE)
    post = staff.held_post(post_public_id, centre_id=by.centre_id, on=max(on, valid_from)) if post_public_id else None
    bars = [because(Bar.NAMED_BACK)] if valid_from < on and by.role is not Role.SYSTEM else []
    if post is not None and post.role != Role.SUPERVISOR:
        bars.append(because(Bar.NO_SUPERVISOR))
    if bars:
        raise RuleBroken(*bars)
    row = Arbiter(
        id=new_id(), public_id=new_public_id(), centre_id=by.centre_id, post_id=post.id if post else None,
        unit_id=post.unit_id if post else None, name=post.account.name if post else "", valid_from=valid_from,
        named_by_id=by.account_id,
    )
    session.add(row)
    session.flush()
    changed(Arbiter)
    trail.record("arbiter.named", by=by, about=row, params={"name": row.name, "valid_from": valid_from})
    _hand_over(by.centre_id, on=on)
    return row.public_id


def _hand_over(centre_id: int, *, on: date) -> None:
    """Let whoever is the arbiter now see what waits for them."""
    named = queries.arbiter_on(centre_id, on=on)
    query = select(Case).join(Designation, Designation.case_id == Case.id).where(
        Designation.centre_id == centre_id, Designation.state == DesignationState.WAITING
    )
    for case in session.scalars(query):
        access.withdraw(case, Relation.ARBITER)
        if named is not None:
            access.grant(case, Relation.ARBITER, unit_id=named.unit_id)


@reacts_to("case.return")
def call(case: Case, *, by: Actor, on: date) -> None:
    """Call on the arbiter when a case has been given back often enough and somebody has been named."""
    named = queries.arbiter_on(case.centre_id, on=on)
    most = settings.number(MOST, on=on, centre_id=case.centre_id)
    if named is None or queries.waiting(case.id) or len(queries.rejections_since_ruling(case.id)) < most:
        return
    designation = Designation(
        id=new_id(), public_id=new_public_id(), centre_id=case.centre_id, case_id=case.id, opened_on=on,
        type_code=case.type_code, main_type=advice.lineage(case.type_code)[-1], area_code=case.area_code,
    )
    session.add(designation)
    session.flush()
    access.grant(case, Relation.ARBITER, unit_id=named.unit_id)
    steps.take("case.call_arbiter", case, by=by, on=on, implied=True, facts={"who": named.name})
    answer = clocks.start(case, ANSWER, on, label=ClockLabel.DESIGNATION, by=by, unit_id=named.unit_id)
    notices.tell(case, Event.TO_ARBITER, seats.ARBITER, by=by, mark=designation.id, due_on=answer.due_on)


@reacts_to("case.close", "case.refuse", "case.withdraw")
def need_no_more(case: Case, *, by: Actor, on: date) -> None:
    """A case that has ended needs no ruling; one that was merged away may come back to it."""
    designation = queries.waiting(case.id)
    if designation is not None:
        designation.state = DesignationState.DROPPED
        access.withdraw(case, Relation.ARBITER)


@once
def designate(
    case_public_id: str, *, by: Actor, on: date, key: str | None = None, track: str, unit_public_id: str, why: str,
    is_precedent: bool = True, signs: str = "", duty_item: str | None = None, why_late: str | None = None,
) -> str:
    """Rule where a bounced case goes; the unit cannot give it back. Returns the ruling's public id.

    ``signs`` say by what a similar case is known, without names; ``duty_item`` is the line of the duty list it rests
    on. Raises RuleBroken with every obstacle, NotAllowed, NotFound.
    """
    case = cases.get(case_public_id, for_=by)
    unit = units.get(unit_public_id, centre_id=by.centre_id)
    if not unit.is_valid(on):
        raise Invalid(unit_public_id=N_("这个单位当天不存在"))
    track = known(Track, track, "track")
    designation = queries.waiting(case.id)
    item = dutylists.get(duty_item, centre_id=by.centre_id) if duty_item else None
    bars = rules.why_obstacles(why, signs=signs, is_precedent=is_precedent) + routing.target_bars(case, unit, track)
    named = queries.arbiter_on(by.centre_id, on=on)
    if designation is not None and not queries.is_arbiter(by, on=on):
        bars.append(because(Bar.NOT_ARBITER, who=named.name if named else ""))
    transfer = routing.send(
        case, unit, track, step="case.designate", by=by, on=on, reason=why_late, bars=bars,
        facts={"why": why.strip() or None}, suggestion=advice.suggest_for(case, on=on), note=why.strip(),
        duty_item_id=item.id if item else None, designation_id=designation.id if designation else None,
    )
    designation.state, designation.unit_id, designation.track = DesignationState.MADE, unit.id, track
    designation.why, designation.signs, designation.is_precedent = why.strip(), signs.strip() or None, is_precedent
    designation.duty_item_id, designation.made_on = transfer.duty_item_id, on
    designation.made_by_id, designation.made_by = by.account_id, by.name
    designation.version += 1
    clocks.stop(case, ANSWER, on=on, by=by)
    access.withdraw(case, Relation.ARBITER)
    notices.tell(case, Event.DESIGNATED, seats.DISPATCHERS, by=by, mark=designation.id, who=by.name)
    return designation.public_id


def end_precedent(public_id: str, *, by: Actor, on: date, ended_on: date, reason: str, version: int) -> str:
    """Let a ruling be no precedent from a day on; the case that it was about keeps its unit."""
    if not by.may(Permission.PRECEDENTS):
        raise NotAllowed(Permission.PRECEDENTS)
    designation = queries.get(public_id, for_=by)
    if designation.version != version:
        raise Stale()
    if not reason.strip():
        raise Invalid(reason=N_("写明为什么停用"))
    bars = rules.end_obstacles(designation.made_on, designation.ended_on, on=ended_on)
    if bars:
        raise RuleBroken(*bars)
    designation.ended_on, designation.end_reason = ended_on, reason.strip()
    designation.version += 1
    trail.record("precedent.ended", by=by, about=designation, params={"ended_on": ended_on})
    return designation.public_id


def take_up_precedent(public_id: str, *, by: Actor, version: int) -> str:
    """Undo the end of a precedent."""
    if not by.may(Permission.PRECEDENTS):
        raise NotAllowed(Permission.PRECEDENTS)
    designation = queries.get(public_id, for_=by)
    if designation.version != version:
        raise Stale()
    designation.ended_on = designation.end_reason = None
    designation.version += 1
    trail.record("precedent.taken_up", by=by, about=designation)
    return designation.public_id
