"""The daily look at limitations: who mediates tells the parties before they lose their way to court."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from mediation.casefile.cases.models import Case
from mediation.casefile.clocks.models import Clock
from mediation.casefile.notices import operations as notices
from mediation.casefile.notices import rules as seats
from mediation.casefile.notices.recipients import Seating
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.jobs import job
from mediation.registry.settings import queries as settings
from mediation.registry.units import queries as units
from mediation.stages.intake.limitation import WARNINGS
from mediation.stages.intake.limitationrules import LABELS, reached

AT_ONCE = 500


@job("limitation.sweep")
def sweep() -> None:
    """Tell of every limitation that comes near, once at each of the centre's marks, however often it is run (LM-01)."""
    for centre in units.centres():
        marks = [int(word) for word in settings.words(WARNINGS, on=clock.today(), centre_id=centre.id)]
        last: int | None = 0
        while marks and last is not None:
            with transaction():
                found = _pressing(centre.id, max(marks), after=last)
                _tell(found, marks)
            last = found[-1].id if found else None


def _pressing(centre_id: int, days: int, *, after: int) -> Sequence[Any]:
    """Return the next running limitations that end within so many days, of cases that are open."""
    today = clock.today()
    columns = Clock.id, Clock.case_id, Clock.basis, Clock.label, Clock.due_on, Case.centre_id
    query = select(*columns).join(Case, Case.id == Clock.case_id).where(
        Clock.id > after, Clock.stopped_on.is_(None), Clock.label.in_(LABELS.values()), Case.is_open,
        Case.centre_id == centre_id, Clock.due_on.between(today, today + timedelta(days=days)),
    )
    return session.execute(query.order_by(Clock.id).limit(AT_ONCE)).all()


def _tell(found: Sequence[Any], marks: Sequence[int]) -> None:
    seating = Seating({each.case_id for each in found})
    today = clock.today()
    rows = []
    for each in found:
        mark = reached(each.due_on, on=today, days=marks)
        told = {"clock": each.label, "due_on": each.due_on}
        to = [*seating.at(each.case_id, seats.HEAD), *seating.at(each.case_id, seats.MEDIATORS)]
        rows += [
            notices.row(
                each.case_id, each.centre_id, seats.Event.LAPSES, one, f"{each.basis}@{each.due_on}-{mark}", told
            )
            for one in dict.fromkeys(to)
        ]
    notices.write(rows)
