"""The limitation of a claim: what starts and interrupts it, the periods that run, and who is told before they end."""

from datetime import date

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.models import Case
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks import queries as clock_queries
from mediation.ground import trail
from mediation.ground.db import session
from mediation.ground.errors import Obstacle, RuleBroken, Stale, because, known
from mediation.registry.access.rules import Actor
from mediation.registry.deadlines import queries as deadlines
from mediation.registry.settings import queries as settings
from mediation.stages.intake import derived, limitationrules
from mediation.stages.intake.limitationrules import FIXED, INTERRUPTED, LABELS, Right
from mediation.stages.intake.rules import Bar, Interruption

WARNINGS = "LM-01.warnings"


def noted(case: Case) -> tuple[date, Interruption] | None:
    """Return the last interruption that was written down, beside that of the application itself (LM-02)."""
    if not case.limitation_note:
        return None
    day, _, kind = case.limitation_note.partition(" ")
    return date.fromisoformat(day), Interruption(kind)


def note_interruption(
    case_public_id: str, kind: str, *, happened_on: date, by: Actor, on: date, version: int | None = None
) -> None:
    """Write down that the limitation was interrupted; the period runs anew from the latest of all interruptions.

    Every one stays in the trail, the last is kept on the case. Raises RuleBroken for a day that has not come,
    NotAllowed, Stale.
    LM-03, LM-04: SPC Provisions on Limitation of Actions (2020), Arts. 9, 13 to 15; Civil Code (2020), Art. 195.
    """
    case = _writable(case_public_id, happened_on, Bar.INTERRUPTED_LATER, by=by, on=on, version=version)
    what = known(Interruption, kind, "kind")
    before = noted(case)
    if before is None or happened_on >= before[0]:
        case.limitation_note = f"{happened_on.isoformat()} {what.value}"
    case.limitation_interrupted_on = derived.interrupted_on(case)
    case.version += 1
    trail.record(
        "case.limitation_interrupted", by=by, about=case, case_id=case.id,
        params={"interruption": what.value, "day": happened_on},
    )
    follow(case, by=by, on=on)
    session.flush()


def note_start(
    case_public_id: str, right: str, *, since: date, by: Actor, on: date, version: int | None = None
) -> None:
    """Write down since when a right's period runs; it shows on the case until the case is closed.

    A claim's limitation runs from there, or anew from what interrupted it since; a fixed period and the longest
    protection run on whatever is asked of anybody. Said again it is put right. Raises as :func:`note_interruption`.
    LM-01: Civil Code (2020), Art. 188. LM-07: Arts. 152, 199.
    """
    case = _writable(case_public_id, since, Bar.STARTS_LATER, by=by, on=on, version=version)
    what = known(Right, right, "right")
    case.version += 1
    trail.record(
        "case.limitation_started", by=by, about=case, case_id=case.id, params={"right": what.value, "day": since}
    )
    if what == Right.CLAIM:
        case.limitation_from = since
        follow(case, by=by, on=on)
    else:
        _run(case, FIXED[what], since, by=by)
    session.flush()


def _writable(case_public_id: str, day: date, late: Bar, *, by: Actor, on: date, version: int | None) -> Case:
    case = cases.get(case_public_id, for_=by)
    steps.require(STEPS["case.correct"], case, by=by)
    if version is not None and version != case.version:
        raise Stale(theirs={"version": case.version})
    if case.state not in STEPS["case.correct"].from_:
        raise RuleBroken(because(steps.Bar.WRONG_STATE, state=case.state.label))
    if day > on:
        raise RuleBroken(because(late))
    return case


# --- the periods on a case ---


def keys_of(case: Case) -> tuple[str, ...]:
    """Return the keys of the periods that the case's claim runs by."""
    return limitationrules.keys_of(derived.traits_of(case))


def starts_on(case: Case, key: str) -> date | None:
    """Return the day from which one of these periods runs, None while nobody knows it."""
    knew_on = case.limitation_from
    whose = {"on": case.law_on, "centre_id": case.centre_id}
    lapsed_on = deadlines.last_day(key, knew_on, **whose).day if knew_on else None
    return limitationrules.runs_from(knew_on, case.limitation_interrupted_on, lapsed_on=lapsed_on)


def follow(case: Case, *, by: Actor, on: date) -> None:
    """Let the claim's periods run from the day they have now; none counts as the case's nearest day.

    LM-01, LM-02, AM-08, AM-13: whoever mediates has to see when the parties lose a way to court or arbitration.
    """
    keys = keys_of(case)
    for key in INTERRUPTED:
        since = starts_on(case, key) if key in keys else None
        if since is None:
            clocks.stop(case, key, on=on, by=by)
        else:
            _run(case, key, since, by=by)


def _run(case: Case, key: str, since: date, *, by: Actor) -> None:
    if (key, since) not in {(each.basis, each.started_on) for each in clocks.running(case.id)}:
        clocks.start(case, key, since, label=LABELS[key], by=by, counts_for_case=False)


def follow_running(case: Case, *, by: Actor, on: date) -> None:
    """Let periods that run already follow a correction of the registration."""
    if any(each.basis in INTERRUPTED for each in clocks.running(case.id)):
        follow(case, by=by, on=on)


def stand_still(case: Case, *, on: date, by: Actor) -> None:
    """Stop the claim's periods: it is before a court or an arbitrator now, or agreed. Fixed periods run on (LM-07)."""
    clocks.stop(case, *INTERRUPTED, on=on, by=by)


def running(case: Case) -> list[tuple[str, date]]:
    """Return the periods that run on a case, each as (basis, last day), as its page has them already."""
    rows = clock_queries.of_case(case.id)
    return [(each.basis, each.due_on) for each in rows if each.stopped_on is None and each.basis in LABELS]


def warning_days(case: Case, *, on: date) -> list[int]:
    """Return how many days before the last one the parties are reminded. LM-01."""
    return [int(word) for word in settings.words(WARNINGS, on=on, centre_id=case.centre_id)]


def cautions(case: Case, *, on: date) -> list[Obstacle]:
    """Return what to tell the parties of the periods that run on a case; it forbids nothing. LM-01, LM-06, LM-07."""
    found = running(case)
    return limitationrules.cautions(found, on=on, days=warning_days(case, on=on)) if found else []
