"""Keeping the register of leaks: noted, answered, closed (DP-06)."""

from datetime import date

from mediation.ground import trail
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, RuleBroken, Stale, because
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Permission
from mediation.registry.breaches import queries, rules
from mediation.registry.breaches.models import Breach
from mediation.registry.breaches.rules import Answer, Bar
from mediation.registry.deadlines import queries as deadlines

BASIS = "DP-06"


@once
def note(
    *, what: str, found_on: date, by: Actor, on: date, people: int | None = None, key: str | None = None
) -> str:
    """Note a leak; it is to be mended and told by the last day of the dated setting, as built in the same day.

    Returns its public id. Raises NotAllowed, RuleBroken for what the note lacks.
    """
    _require(by)
    bars = rules.noting_obstacles(what, found_on=found_on, on=on)
    if bars:
        raise RuleBroken(*bars)
    due_on = deadlines.last_day(BASIS, found_on, on=found_on, centre_id=by.centre_id).day
    row = Breach(
        centre_id=by.centre_id, found_on=found_on, due_on=due_on, what=what.strip(), people=people,
        noted_by_id=by.account_id, version=1,
    )
    session.add(row)
    session.flush()
    trail.record("breach.noted", by=by, about=row, params={"found_on": found_on, "due_on": due_on})
    return row.public_id


def answer(public_id: str, given: Answer, *, by: Actor, on: date, version: int, close: bool = False) -> None:
    """Write down what was done about a leak; ``close`` takes it off the list once everything is done.

    Raises NotAllowed, NotFound, Stale, RuleBroken for impossible days, or for all that is still to be done.
    """
    _require(by)
    row = queries.get(public_id, for_=by)
    if row.version != version:
        raise Stale(theirs={"version": row.version})
    bars = [because(Bar.CLOSED)] if row.closed_on else rules.answering_obstacles(given, found_on=row.found_on, on=on)
    bars += rules.closing_obstacles(given) if close else []
    if bars:
        raise RuleBroken(*bars)
    row.remedy, row.no_harm = given.remedy.strip() or None, given.no_harm.strip() or None
    row.mended_on, row.authority_told_on = given.mended_on, given.authority_told_on
    row.persons_told_on, row.closed_on = given.persons_told_on, on if close else None
    row.version += 1
    session.flush()
    trail.record("breach.closed" if close else "breach.answered", by=by, about=row, params={"on": on})


def _require(by: Actor) -> None:
    if not by.may(Permission.BREACHES_KEEP):
        raise NotAllowed(Permission.BREACHES_KEEP)
