"""What a correction made of last days and of papers that are out: told to who made it, kept with who asked for it."""

from dataclasses import dataclass
from datetime import date

from mediation.casefile.cases.models import Case
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.papers import outdated
from mediation.casefile.papers.outdated import Printed
from mediation.ground.db import session


@dataclass(frozen=True)
class Before:
    """Last days by what they measure, and what papers print, as they were."""

    days: dict[tuple[str, int | None], date]
    printed: Printed


def before(case: Case) -> Before:
    """Return what a correction may move; asked before it."""
    return Before(_days(case), outdated.printed(case))


def after(case: Case, was: Before) -> dict:
    """Return what moved: ``clocks`` as [label, before, after] in ISO days, ``papers`` as {public id: [fields]}."""
    session.flush()
    now = _days(case)
    moved = [
        [label, day.isoformat(), now[label, about].isoformat()]
        for (label, about), day in was.days.items() if (label, about) in now and now[label, about] != day
    ]
    return {"clocks": moved, "papers": outdated.told(case, was.printed).get("outdated", {})}


def _days(case):
    return {(clock.label, clock.object_id): clock.due_on for clock in clocks.running(case.id)}
