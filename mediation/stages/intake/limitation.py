"""What else interrupts the limitation while a case is with us, written down when somebody learns of it."""

from datetime import date

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.models import Case
from mediation.ground import trail
from mediation.ground.db import session
from mediation.ground.errors import RuleBroken, Stale, because, known
from mediation.registry.access.rules import Actor
from mediation.stages.intake import derived
from mediation.stages.intake.rules import Bar, Interruption


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
    case = cases.get(case_public_id, for_=by)
    steps.require(STEPS["case.correct"], case, by=by)
    if version is not None and version != case.version:
        raise Stale(theirs={"version": case.version})
    what = known(Interruption, kind, "kind")
    if case.state not in STEPS["case.correct"].from_:
        raise RuleBroken(because(steps.Bar.WRONG_STATE, state=case.state.label))
    if happened_on > on:
        raise RuleBroken(because(Bar.INTERRUPTED_LATER))
    before = noted(case)
    if before is None or happened_on >= before[0]:
        case.limitation_note = f"{happened_on.isoformat()} {what.value}"
    case.limitation_interrupted_on = derived.interrupted_on(case)
    case.version += 1
    trail.record(
        "case.limitation_interrupted", by=by, about=case, case_id=case.id,
        params={"interruption": what.value, "day": happened_on},
    )
    session.flush()
