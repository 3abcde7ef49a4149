"""Closing, withdrawing, archiving and reopening cases."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from mediation.casefile.cases import access, numbers, progress, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import basis_of
from mediation.casefile.clocks import operations as clocks
from mediation.ground.db import session
from mediation.ground.errors import Obstacle, RuleBroken
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Relation
from mediation.registry.deadlines import queries as deadlines
from mediation.registry.units import queries as units
from mediation.stages.archive import queries, rules
from mediation.stages.archive.models import Closing
from mediation.stages.intake import refusal, signposts
from mediation.stages.proceedings import operations as proceedings

KEPT_FOR = {rules.Retention.SHORT: "DP-11.short", rules.Retention.LONG: "DP-11"}


@once
def close(
    case_public_id: str, *, by: Actor, on: date, outcome: str, notice_given: bool = False, note: str | None = None,
    reason: str | None = None, key: str | None = None,
) -> str:
    """Close a case with an outcome that the facts bear; every clock stops. Returns the closing's public id.

    Raises RuleBroken with everything that is still open: no case ends silently (RT-09).
    """
    case = cases.get(case_public_id, for_=by)
    bars = rules.closing_obstacles(queries.closing_facts(case, outcome=outcome, notice_given=notice_given))
    if bars:
        raise RuleBroken(*bars)
    return _close(case, "case.close", by=by, on=on, outcome=outcome, note=note, reason=reason)


@once
def withdraw(case_public_id: str, *, by: Actor, on: date, reason: str, key: str | None = None) -> str:
    """Close a case that its applicant withdraws, before an agreement binds; its mediation ends with it (JM-11).

    PM-08, MH-02, MH-06, JM-10: duties to report and the court come first. Returns the closing's public id.
    """
    case = cases.get(case_public_id, for_=by)
    outcome = rules.ClosingOutcome.WITHDRAWN
    closing = _close(case, "case.withdraw", by=by, on=on, outcome=outcome, note=reason, reason=reason)
    if progress.progress_of(case, progress.history(case.id)).proceeding in steps.STEPS["proceeding.end"].from_:
        proceedings.end_withdrawn(case, by=by, on=on, course=reason)
    return closing


@once
def refuse(
    case_public_id: str, *, ground: str | None, ways: Iterable[str], by: Actor, on: date, words: str = "",
    told: bool = False, key: str | None = None,
) -> str:
    """Do not take a registered case at the window: it is closed, and the letter says why and where to go (row 9).

    Returns the closing's public id. Raises RuleBroken with everything that is missing or still open (RT-04, PM-08).
    """
    case = cases.get(case_public_id, for_=by)
    chosen, wanted = signposts.read_ground(ground), refusal.read_ways(ways)
    bars = refusal.refusal_obstacles(chosen, wanted, words=words, told=told, basis=basis_of(case.source))
    outcome = rules.ClosingOutcome.NOT_ACCEPTED
    said = {"ground": chosen}
    closing = _close(case, "case.refuse", by=by, on=on, outcome=outcome, note=words or None, bars=bars, said=said)
    signposts.keep(case, chosen, wanted, words=words, people=max(case.people_count, 1), by=by, on=on)
    return closing


def _close(case, step, *, by, on, outcome, note, reason=None, bars=(), said=None):
    steps.take(step, case, by=by, on=on, reason=reason, bars=bars, facts={"outcome": outcome, **(said or {})})
    closing = Closing(
        case_id=case.id, outcome=outcome, note=note, feedback={}, closed_on=on, closed_by_id=by.account_id,
    )
    session.add(closing)
    case.outcome, case.closed_on = outcome, on
    session.flush()
    clocks.stop_all(case, on=on)
    return closing.public_id


def archive(
    case_public_id: str, *, by: Actor, on: date, retention: str, shelf_no: str | None = None,
    excused: Mapping[str, str] | None = None, bars: Sequence[Obstacle] = (),
) -> str:
    """File a closed case: yearly number of the body that files it, retention, the day of the next look (PM-10, DP-11).

    ``excused`` says of each item that the dossier must hold and lacks why. Returns the archive number.
    """
    case = cases.get(case_public_id, for_=by)
    steps.take("case.archive", case, by=by, on=on, facts={"retention": retention}, bars=bars)
    closing = queries.last_closing(case.id)
    kept = rules.Retention(retention)
    key = KEPT_FOR.get(kept)
    keeper_id = case.lead_unit_id or case.registered_unit_id
    number, serial = numbers.archive_no(
        units.centre(case.centre_id), units.unit(keeper_id) if keeper_id else None, on
    )
    closing.archived_on, closing.archive_year, closing.retention = on, on.year, kept
    closing.archive_no, closing.archive_serial, closing.archive_unit_id = number, serial, keeper_id
    closing.shelf_no, closing.excused = shelf_no or None, dict(excused or {})
    kept_until = deadlines.last_day(key, closing.closed_on, on=on, centre_id=case.centre_id) if key else None
    closing.review_on = kept_until.day if kept_until else None
    session.flush()
    return closing.archive_no


def reopen(case_public_id: str, *, by: Actor, on: date, reason: str) -> None:
    """Open a closed case again; it waits to be routed, its history stays."""
    case = cases.get(case_public_id, for_=by)
    steps.take("case.reopen", case, by=by, on=on, reason=reason)
    closing = queries.last_closing(case.id)
    closing.reopened_on, closing.reopen_reason = on, reason
    case.outcome = case.closed_on = None
    if case.lead_unit_id:
        access.withdraw(case, Relation.LEAD, unit_id=case.lead_unit_id)
        access.grant(case, Relation.EARLIER_LEAD, unit_id=case.lead_unit_id)
    session.flush()
