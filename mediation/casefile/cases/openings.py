"""Who opened a sealed case: noted where the case is read, written when the page is answered (P6, P28)."""

from mediation.casefile.cases.models import Case
from mediation.ground import trail
from mediation.ground.db import aside, session
from mediation.registry.access.rules import Actor

EVENT = "case.sealed_opened"
_NOTED = "sealed cases opened"


def note(case: Case, by: Actor) -> None:
    """Remember that a person opened a sealed case. A transaction forgets it: its own rows say who did what."""
    if case.is_sealed and by.account_id is not None:
        session().info.setdefault(_NOTED, {})[case.id] = case


def write(by: Actor) -> None:
    """Write one row for each sealed case that was opened for reading, in a transaction of its own."""
    opened = session().info.pop(_NOTED, {})
    if not opened:
        return
    with aside():
        for case_id in opened:
            trail.record(EVENT, by=by, about=session.get_one(Case, case_id), case_id=case_id)
