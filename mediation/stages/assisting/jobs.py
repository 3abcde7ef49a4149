"""The daily look at tasks: who hears that a last day comes near, is here, is over. The case's clocks are others'."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import joinedload

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import TaskState
from mediation.casefile.clocks.rules import ClockLabel
from mediation.casefile.notices import operations as notices
from mediation.casefile.notices import rules as events
from mediation.casefile.notices.recipients import Seating
from mediation.casefile.notices.rules import Event
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.jobs import job
from mediation.registry.units import queries as units
from mediation.stages.assisting.models import AssistingTask
from mediation.stages.assisting.operations import helpers

AT_ONCE = 500
WAITS = (TaskState.ASKED, TaskState.ACCEPTED)


@job("assisting.sweep")
def sweep() -> None:
    """Tell of every task whose last day is two days away, today or over: once of each, however often it is run."""
    for centre in units.centres():
        mark = None
        while (found := _pressing(centre.id, mark)):
            mark = found[-1].due_on, found[-1].id
            with transaction():
                notices.write(_rows(found))


def _pressing(centre_id: int, after: tuple[date, int] | None) -> list[AssistingTask]:
    """Return the next open tasks by last day; an answer is due before its task, so one that is late comes along."""
    query = select(AssistingTask).join(Case, Case.id == AssistingTask.case_id).where(
        AssistingTask.centre_id == centre_id, AssistingTask.state.in_(WAITS), Case.is_open,
    )
    if after is not None:
        query = query.where(tuple_(AssistingTask.due_on, AssistingTask.id) > after)
    query = query.order_by(AssistingTask.due_on, AssistingTask.id).limit(AT_ONCE)
    return list(session.scalars(query.options(joinedload(AssistingTask.case))))


def _rows(tasks: Iterable[AssistingTask]) -> Iterable[dict[str, Any]]:
    tasks = list(tasks)
    seating = Seating({task.case_id for task in tasks})
    for task in tasks:
        asked = task.state == TaskState.ASKED
        day, label = (task.answer_due_on, ClockLabel.ANSWER_TASK) if asked else (task.due_on, ClockLabel.ASSIST)
        event = events.of_clock(day, on=clock.today())
        if event is None:
            continue
        told = helpers(task) + (seating.at(task.case_id, events.MEDIATORS) if event == Event.LATE else [])
        params = {"clock": label, "due_on": day, "task": task.public_id}
        for to in dict.fromkeys(told):
            yield notices.row(task.case_id, task.centre_id, event, to, f"{task.id}@{day}/{label}", params)
