"""Making two cases one, and two again (row 18): both numbers stay, the earliest clock counts, seven days to undo it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mediation.casefile.cases import access, linking, links, progress, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.linking import Bar, LinkKind
from mediation.casefile.cases.models import Case, CaseLink, Party
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks.rules import ClockLabel
from mediation.casefile.notices import operations as notices
from mediation.casefile.notices import rules as seats
from mediation.casefile.notices.rules import Event
from mediation.ground.db import session
from mediation.ground.errors import NotFound, Obstacle, because
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Depth, Relation
from mediation.registry.mediators.models import Mediator
from mediation.registry.settings import queries as settings
from mediation.registry.units import queries as units
from mediation.stages.intake import carried, derived, inherited, rules
from mediation.stages.intake.carried import Arrival
from mediation.stages.intake.parties import Bar as PartyBar
from mediation.stages.intake.parties import keep_out_the_accused

UNDO = "case.merge_undo"
WHO = steps.STEPS["case.merge"].who


@dataclass(frozen=True)
class Preview:
    """What a merger would do, before it is done; ``bars`` is everything that forbids it."""

    parties: list[str]  # who comes into the leading case
    units: list[str]  # who sees it from then on
    counts_from: date
    undo_until: date
    bars: list[Obstacle]


@once
def merge(case_id: str, into_id: str, *, by: Actor, on: date, reason: str, key: str | None = None) -> str:
    """Merge a case into another of the same centre, which goes on for both; return the public id of the link.

    Parties whom the leading case does not have come into it, who registered the merged case sees the leading one, and
    the earlier day of application counts. Attachments, papers and numbers stay where they are. Raises RuleBroken with
    everything that forbids it, NotFound where ``by`` does not see the contents of both, NotAllowed where they may not
    act on both.
    """
    merged, leading = links.hold(case_id, into_id, by=by)
    steps.require(steps.STEPS["case.merge"], leading, by=by)
    reason = reason.strip()
    coming = carried.arrivals(merged, leading)
    steps.take(
        "case.merge", merged, by=by, on=on, reason=reason or None, facts={"into": leading.register_no},
        bars=_merge_bars(merged, leading, coming, on=on, reason=reason),
    )
    told = {"number": merged.register_no, "parties": len(coming)}
    absorbed = steps.take("case.absorb", leading, by=by, on=on, reason=reason, facts=told, implied=True)
    merged.merged_into_id = leading.id
    people_before = leading.people_count
    link = CaseLink(
        id=new_id(), centre_id=merged.centre_id, case_id=merged.id, other_id=leading.id, kind=LinkKind.MERGED,
        reason=reason, since=on, made_by_id=by.account_id,
        moved={
            "step": absorbed,
            "clocks": clocks.stop_all(merged, on=on),
            "ties": _let_in(merged, leading),
            "brought": carried.bring(merged, leading, coming),
            "own_day": _count_from_earliest(merged, leading, by=by),
        },
    )
    kept_out = _without(leading, lambda: keep_out_the_accused(leading))
    link.moved = link.moved | {"kept_out": kept_out, "people_count": [people_before, leading.people_count]}
    leading.version += 1
    session.add(link)
    session.flush()
    _tell(leading, Event.MERGED_IN, link, by=by)
    _tell(merged, Event.MERGED_AWAY, link, by=by)
    return link.public_id


def _tell(case: Case, event: Event, link: CaseLink, *, by: Actor) -> None:
    """Tell those in whose hands a case is; where it is in nobody's yet, there is nobody to surprise."""
    if case.lead_unit_id:
        notices.tell(case, event, seats.MEDIATORS, by=by, mark=link.id)


def preview(case_id: str, into_id: str, *, by: Actor, on: date) -> Preview:
    """Return what merging would do and what forbids it. Raises NotFound as :func:`merge` does."""
    merged, leading = (cases.get(each, for_=by) for each in (case_id, into_id))
    coming = carried.arrivals(merged, leading)
    bars = steps.bars_of(steps.STEPS["case.merge"], merged, by=by, on=on)
    bars += _merge_bars(merged, leading, coming, on=on, reason="?")
    tied = {tie[2] for tie in access.ties_of([leading.id]) if tie[1] == Relation.REGISTERED}
    new = [tie[2] for tie in access.ties_of([merged.id]) if tie[1] == Relation.REGISTERED and tie[2] not in tied]
    return Preview(
        [each.party.name for each in coming], [units.unit(each).name for each in new],
        min(merged.applied_on, leading.applied_on),
        linking.last_day_of_undo(on, days_to_undo(merged.centre_id, on)), bars,
    )


def _merge_bars(
    merged: Case, leading: Case, coming: list[Arrival], *, on: date, reason: str
) -> list[Obstacle]:
    """Return everything that lies between two cases and forbids making them one."""
    if merged.id == leading.id:
        return [because(Bar.SAME_CASE)]
    found = [] if reason else [because(Bar.NO_MERGE_REASON)]
    if leading.state not in linking.OPEN_STATES:
        found.append(because(Bar.LEADING_OVER, number=leading.register_no, state=leading.state.label))
    else:
        found += steps.day_obstacles(leading, leading, progress.taken(leading.id), on=on, reason=reason)
    if merged.is_sealed != leading.is_sealed:
        found.append(because(Bar.ONE_SEALED))
    if merged.source in rules.FROM_A_COURT and merged.court_no != leading.court_no:
        found.append(because(Bar.FROM_COURT))
    if leading.screened_on and not merged.screened_on:
        found.append(because(Bar.NOT_ASKED, cure="case.screen"))
    state = progress.progress_of(leading, progress.taken(leading.id))
    if coming and not linking.lets_parties_in(state):
        names = [each.party.name for each in coming]
        found.append(because(Bar.TOO_LATE_FOR_PARTIES, number=leading.register_no, who=names))
    return found + _bars_of_the_mediator(leading, coming)


def _bars_of_the_mediator(leading: Case, coming: list[Arrival]) -> list[Obstacle]:
    """Who mediates stands beside nobody in the same case (JM-07: SPC Provisions on Invited Mediation, Art. 16)."""
    mediator = session.get(Mediator, leading.mediator_id) if leading.mediator_id else None
    beside = {row.name for each in coming for row in each.party.representatives}
    return [because(PartyBar.MEDIATES, who=mediator.name)] if mediator and mediator.name in beside else []


def _let_in(merged: Case, leading: Case) -> list[list]:
    """Let the units that registered the merged case see the leading one; return the ties that are new."""
    before = set(access.ties_of([leading.id]))
    for _case_id, relation, unit_id, _account_id in access.ties_of([merged.id]):
        if relation == Relation.REGISTERED and unit_id:
            access.grant(leading, Relation.REGISTERED, unit_id=unit_id)
    return [[relation, unit_id] for _case, relation, unit_id, _account in set(access.ties_of([leading.id])) - before]


def _without(leading: Case, act) -> list[list]:
    """Return the ties that an act ended."""
    before = set(access.ties_of([leading.id]))
    act()
    return [[relation, unit_id] for _case, relation, unit_id, _account in before - set(access.ties_of([leading.id]))]


def _count_from_earliest(merged: Case, leading: Case, *, by: Actor) -> str:
    """Let the leading case count from the earliest application; return its own day, from before any merger."""
    before = leading.applied_on
    earlier = [link.moved["own_day"] for link, _case in inherited.standing(leading.id)]
    if merged.applied_on < before:
        leading.applied_on = merged.applied_on
        _follow_application(leading, before, by=by)
    return min(earlier, default=before.isoformat())


def _count_without(merged: Case, leading: Case, own_day: str, *, by: Actor) -> None:
    """Let the leading case count from its own day or the other mergers', unless somebody has corrected it since."""
    before, others = leading.applied_on, [case.applied_on for _link, case in inherited.standing(leading.id)]
    days = [date.fromisoformat(own_day), *(day for day in others)]
    if before == min(*days, merged.applied_on) != min(days):
        leading.applied_on = min(days)
        _follow_application(leading, before, by=by)


def _follow_application(case: Case, before: date, *, by: Actor) -> None:
    """Bring limitation and acceptance clock after the day of application; a later round keeps its own first day."""
    case.limitation_interrupted_on = derived.interrupted_on(case)
    running = next((each for each in clocks.running(case.id) if each.label == ClockLabel.ACCEPTANCE), None)
    if running is not None and running.started_on == before:
        clocks.restart(running, case, running.basis, case.applied_on, by=by, unit_id=case.lead_unit_id)


@once
def unmerge(case_id: str, *, by: Actor, on: date, reason: str, key: str | None = None) -> str:
    """Undo a merger: the case stands as it stood, the other gives back what it got. Return the link's public id.

    A party of the other case on whom something has been built since stays there; ``stayed`` names it. Raises RuleBroken
    after the last day of ``case.merge_undo``, or while the other case is not open.
    """
    link = merger_of(cases.get(case_id, for_=by))
    if link is None:
        raise NotFound()
    leading_id = session.scalar(select(Case.public_id).where(Case.id == link.other_id))
    merged, leading = links.hold(case_id, leading_id, by=by)
    session.refresh(link)
    reason = reason.strip()
    bars = [] if reason else [because(Bar.NO_UNMERGE_REASON)]
    steps.take(
        "case.unmerge", merged, by=by, on=on, reason=reason or None, bars=bars, facts={"from": leading.register_no}
    )
    moved = inherited.hand_on(link)
    people_before, people_after = moved["people_count"]
    if leading.people_count == people_after:
        leading.people_count = people_before
    stay = carried.take_back(leading, moved["brought"], since=moved["step"])
    told = {"number": merged.register_no, "stay": len(stay)}
    steps.take("case.give_back", leading, by=by, on=on, reason=reason, facts=told, implied=True)
    for relation, unit_id in moved["ties"]:
        access.withdraw(leading, Relation(relation), unit_id=unit_id)
    for relation, unit_id in moved["kept_out"]:
        access.grant(leading, Relation(relation), unit_id=unit_id)
    keep_out_the_accused(leading)
    merged.merged_into_id = None
    clocks.set_going(merged, moved["clocks"])
    link.moved = moved | {"stayed": stay}
    link.ended_on, link.ended_by_id, link.end_reason = on, by.account_id, reason
    leading.version += 1
    session.flush()
    _count_without(merged, leading, moved["own_day"], by=by)
    session.flush()
    for case in (leading, merged):
        _tell(case, Event.PARTED, link, by=by)
    return link.public_id


def undo_bars(case: Case, *, on: date, by: Actor) -> list[Obstacle]:
    """Return what forbids undoing the merger of a case."""
    link = merger_of(case)
    if link is None:
        return []
    leading = session.get_one(Case, link.other_id)
    if not cases.sees(leading, by, Depth.CONTENTS):
        return [because(Bar.LEADING_NOT_SEEN)]
    found = linking.undo_obstacles(link.since, days_to_undo(case.centre_id, link.since), on=on)
    if leading.state not in linking.OPEN_STATES:
        found.append(because(Bar.LEADING_MOVED_ON, number=leading.register_no, state=leading.state.label))
    return found


def merger_of(case: Case) -> CaseLink | None:
    """Return the standing link by which a case was merged into another, None where it was not."""
    query = select(CaseLink).where(
        CaseLink.case_id == case.id, CaseLink.kind == LinkKind.MERGED, CaseLink.ended_on.is_(None)
    )
    return session.scalar(query)


def last_day_of_undo(merger: CaseLink) -> date:
    """Return the last day on which a merger is undone."""
    return linking.last_day_of_undo(merger.since, days_to_undo(merger.centre_id, merger.since))


def stayed(case_id: str, *, for_: Actor) -> list[str]:
    """Return the names of the parties who stayed in the other case when the last merger of this one was undone."""
    case = cases.get(case_id, for_=for_)
    query = select(CaseLink).where(CaseLink.case_id == case.id, CaseLink.kind == LinkKind.MERGED)
    link = session.scalar(query.order_by(CaseLink.id.desc()).limit(1))
    ids = link.moved.get("stayed", []) if link is not None else []
    return list(session.scalars(select(Party.name).where(Party.id.in_(ids)).order_by(Party.position))) if ids else []


def days_to_undo(centre_id: int, since: date) -> int:
    """Return in how many calendar days a merger of that day is undone (the dated setting of the centre)."""
    return settings.days(UNDO, on=since, centre_id=centre_id).days
