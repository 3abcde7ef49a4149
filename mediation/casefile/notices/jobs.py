"""The daily look at the clocks: who hears that a last day comes near, is here, is over."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from mediation.casefile.cases.models import Case
from mediation.casefile.clocks.models import Clock
from mediation.casefile.notices import operations, rules
from mediation.casefile.notices.recipients import Seating
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.jobs import job

AT_ONCE = 500


@job("notices.sweep")
def sweep() -> None:
    """Tell of every running last day that is two days away, today or over: once of each, however often it is run."""
    last = 0
    while last is not None:
        with transaction():
            found = _pressing(after=last)
            operations.write(_rows(found))
        last = found[-1].id if found else None


def _pressing(*, after: int) -> Sequence[Any]:
    """Return the next running clocks that press, with what is to be known of their cases."""
    columns = Clock.id, Clock.case_id, Clock.basis, Clock.label, Clock.due_on, Case.turn, Case.centre_id
    query = select(*columns).join(Case, Case.id == Clock.case_id).where(
        Clock.id > after, Clock.stopped_on.is_(None), Clock.counts_for_case, Case.is_open,
        Clock.due_on <= clock.today() + rules.SOON,
    )
    return session.execute(query.order_by(Clock.id).limit(AT_ONCE)).all()


def _rows(found: Sequence[Any]) -> Iterable[dict[str, Any]]:
    seating = Seating({each.case_id for each in found})
    for each in found:
        event = rules.of_clock(each.due_on, on=clock.today())
        params = {"clock": each.label, "due_on": each.due_on}
        seats = rules.seats_of_clock(event, each.turn)
        for to in dict.fromkeys(to for seat in seats for to in seating.at(each.case_id, seat)):
            mark = f"{each.basis}@{each.due_on}"
            yield operations.row(each.case_id, each.centre_id, event, to, mark, params)
