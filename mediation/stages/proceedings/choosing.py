"""The parties and their mediator: chosen from the list, or named and then taken or refused (row 40, PM-04)."""

from collections.abc import Mapping
from datetime import date

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import DISPUTING_ROLES
from mediation.ground import trail
from mediation.ground.db import session
from mediation.ground.errors import NotFound, Obstacle, because
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.registry.settings import queries as settings
from mediation.stages.proceedings import candidates, facts, online, queries
from mediation.stages.proceedings.appointing.rules import AppointmentBar, declining_ends, refusal_limits, side_of
from mediation.stages.proceedings.candidates import Candidate
from mediation.stages.proceedings.models import Proceeding, ProceedingMediator


def choices_for(proceeding: Proceeding, case: Case, *, on: date) -> list[Candidate]:
    """Return whom the parties may choose, by name: who could be given the case today. No order of merit."""
    found = [each for each in candidates.available_for(proceeding, case, on=on) if not each.bars]
    return sorted(found, key=lambda each: each.name)


@once
def choose(
    proceeding_public_id: str, *, by: Actor, on: date, key: str | None = None, wishes: Mapping[str, str | None],
    why_late: str | None = None,
) -> str:
    """Write down whom each party chose: party → mediator, both by public id; None leaves it to the unit (PM-04, JM-04).

    Nobody is assigned by it; the head sees it first in the list. Raises RuleBroken for somebody who cannot be chosen,
    and on a court's platform after the time for it (JM-15).
    """
    proceeding, case = queries.get(proceeding_public_id, for_=by)
    parties = {party.public_id: party for party in cases.parties_of(case.id) if party.role in DISPUTING_ROLES}
    if not set(wishes) <= set(parties):
        raise NotFound()
    known = {each.public_id: each.name for each in choices_for(proceeding, case, on=on)}
    kept = proceeding.choices or {}
    standing = {wish.get("mediator") for wish in kept.values()}  # chosen before, and away now: the wish may stand
    bars = [
        because(AppointmentBar.NOT_IN_POOL, who=parties[ref].name) for ref, wish in wishes.items()
        if wish and wish not in known and wish not in standing
    ] + online.choosing_obstacles(proceeding, on=on)
    told = [f"{parties[ref].name}：{known.get(wish, '')}" for ref, wish in wishes.items() if wish in known]
    steps.take(
        "proceeding.choose_mediator", proceeding, by=by, on=on, case=case, reason=why_late, bars=bars,
        facts={"chosen": told},
    )
    new = {ref: {"mediator": wish, "on": on.isoformat()} for ref, wish in wishes.items()}
    same = {ref for ref in new if kept.get(ref, {}).get("mediator") == new[ref]["mediator"] and ref in kept}
    proceeding.choices = kept | {ref: wish for ref, wish in new.items() if ref not in same}
    proceeding.version += 1
    session.flush()
    return proceeding.public_id


# --- taking and refusing the one who was named ---


def refusal_bars(case: Case, replies: Mapping[str, bool | None], *, on: date) -> list[Obstacle]:
    """Return what forbids refusing the mediator once more; on a court's case a refusal ends it instead (JM-04)."""
    proceeding = queries.current(case.id)
    rows = queries.mediators_on(proceeding.id) if proceeding else ()
    refusing = {ref for ref, reply in replies.items() if reply is False and _is_new(ref, rows)}
    if not refusing or any(declining_ends(proceeding.basis, row.mode) for row in rows):
        return []
    parties = facts.parties_of(case, on=on)
    most = settings.number("PM-04.refusals", on=on, centre_id=case.centre_id)
    return refusal_limits(parties, refusing, made_by_side(case, on=on), most=most)


def made_by_side(case: Case, *, on: date) -> dict[str, int]:
    """Return how many mediators each side has refused in the present attempt."""
    proceeding = queries.current(case.id)
    sides = {party.ref: side_of(party) for party in facts.parties_of(case, on=on)}
    made: dict[str, int] = {}
    for row in queries.everybody_on(proceeding.id) if proceeding else ():
        refusing = {sides[ref] for ref, reply in row.party_replies.items() if _refuses(reply) and ref in sides}
        for side in refusing:
            made[side] = made.get(side, 0) + 1
    return made


def write_replies(replies: Mapping[str, bool | None], case: Case, *, by: Actor, on: date) -> None:
    """Keep what the parties said to their mediators; each refusal is logged with how many their side has made."""
    proceeding = queries.current(case.id)
    told = {ref: reply for ref, reply in replies.items() if reply is not None}
    if proceeding is None or not told:
        return
    words = {ref: facts.TAKEN_MEDIATOR if takes else facts.REFUSED_MEDIATOR for ref, takes in told.items()}
    rows = queries.mediators_on(proceeding.id)
    new = {ref for ref, word in words.items() if _refuses(word) and _is_new(ref, rows)}
    for row in rows:
        row.party_replies = {**row.party_replies, **words}
    if not new:
        return
    session.flush()
    made = made_by_side(case, on=on)
    names = "、".join(row.mediator.name for row in rows)
    sides = {party.ref: side_of(party) for party in facts.parties_of(case, on=on)}
    for party in cases.parties_of(case.id):
        if party.public_id in new:
            params = {"mediator": names, "made": made.get(sides[party.public_id], 0)}
            trail.record("party.refused_mediator", by=by, about=party, case_id=case.id, params=params)


def _is_new(ref: str, rows: tuple[ProceedingMediator, ...]) -> bool:
    return bool(rows) and not any(_refuses(row.party_replies.get(ref)) for row in rows)


def _refuses(reply: str | None) -> bool:
    return reply == facts.REFUSED_MEDIATOR
