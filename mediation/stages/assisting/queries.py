"""Reading tasks: of a case, of the unit that helps, of those who asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, bindparam, false, literal, or_, select, tuple_, union_all
from sqlalchemy.orm import joinedload

from mediation.casefile.attachments.models import Attachment
from mediation.casefile.cases import access, progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import OPEN_TASK, TaskState
from mediation.ground.columns import among
from mediation.ground.db import session
from mediation.ground.errors import NotFound
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import Actor, Depth, Role
from mediation.registry.units.models import Unit
from mediation.registry.units.rules import MEDIATION_BODIES
from mediation.stages.assisting.models import AssistingTask

PAGE = 25
TOOK_PART = (TaskState.REPORTED, TaskState.DONE)
CAME_BACK = (TaskState.REPORTED, TaskState.DECLINED)
OVER = (TaskState.DONE, TaskState.DECLINED, TaskState.WITHDRAWN)

_UNITS = (joinedload(AssistingTask.unit), joinedload(AssistingTask.from_unit))
_OF_CASE = (
    select(AssistingTask).where(AssistingTask.case_id == bindparam("case_id")).order_by(AssistingTask.id)
    .options(*_UNITS)
)


@until_written(AssistingTask, Unit)
def of_case(case_id: int) -> list[AssistingTask]:
    """Return every task of a case with its units, oldest first."""
    return list(session.scalars(_OF_CASE, {"case_id": case_id})) if progress.had(case_id, "task") else []


def mediating_beside(case_id: int) -> list[Unit]:
    """Return the bodies that took part in mediating a case at the unit's asking, as far as they have reported. JC-07.

    An agency that helps with what it knows, or a service that appraises, is no mediation organisation.
    """
    return _bodies(task for task in of_case(case_id) if task.state in TOOK_PART)


def mediating_with(case_ids: Iterable[int]) -> dict[int, list[Unit]]:
    """Return the same of many cases, by row id, in one query; cases without are left out."""
    query = select(AssistingTask).where(
        AssistingTask.case_id.in_(list(case_ids)), AssistingTask.state.in_(TOOK_PART)
    )
    found: dict[int, list[AssistingTask]] = {}
    for task in session.scalars(query.order_by(AssistingTask.id).options(*_UNITS)):
        found.setdefault(task.case_id, []).append(task)
    return {case_id: units for case_id, tasks in found.items() if (units := _bodies(tasks))}


def _bodies(tasks: Iterable[AssistingTask]) -> list[Unit]:
    return list({task.unit_id: task.unit for task in tasks if task.unit.kind in MEDIATION_BODIES}.values())


def get(public_id: str, *, for_: Actor) -> tuple[AssistingTask, Case]:
    """Return a task with its units, and its case: for who works on the case, and for who helps with this very task.

    Raises NotFound for everybody else, other units that help with the same case included.
    """
    row, case = cases.child(AssistingTask, public_id, for_=for_, depth=Depth.PROGRESS, parts=_UNITS)
    if not is_helping(row, for_) and not cases.sees(case, for_, Depth.CONTENTS):
        raise NotFound()
    return row, case


def is_helping(task: AssistingTask, by: Actor) -> bool:
    """Say whether the actor answers for a task: as head of the unit, or as the one it was given to."""
    if by.role == Role.HEAD:
        return task.unit_id == by.unit_id
    return by.role == Role.MEDIATOR and task.helper_id is not None and task.helper_id == by.account_id


def papers_of(task: AssistingTask) -> list[Attachment]:
    """Return the files that came with the report of a task."""
    refs = task.papers.get("papers", ())
    query = select(Attachment).where(Attachment.public_id.in_(refs), Attachment.removed_on.is_(None))
    return list(session.scalars(query.order_by(Attachment.id))) if refs else []


def open_of(case_id: int) -> list[AssistingTask]:
    """Return the tasks of a case that are not over."""
    return [task for task in of_case(case_id) if task.state in OPEN_TASK]


class Line(NamedTuple):
    """A task in a list, with its case at PROGRESS."""

    id: int
    public_id: str
    state: TaskState
    is_mandatory: bool
    asked_on: date
    answer_due_on: date
    due_on: date
    helper: str | None
    unit: str
    from_unit: str
    case_public_id: str
    title: str
    number: str

    @property
    def day(self) -> date:
        """Return the next last day: of the answer, then of the task."""
        return self.answer_due_on if self.state == TaskState.ASKED else self.due_on


@dataclass(frozen=True)
class Page:
    """A page of tasks and the mark of the next one."""

    lines: list[Line]
    next: str | None


def listing(
    *, for_: Actor, asked: bool = False, done: bool = False, after: str | None = None, size: int = PAGE,
) -> Page:
    """Return a page of tasks by last day: those the actor helps with, or with ``asked`` those of their own cases.

    ``done`` are those that are over. ``after`` is the last task of the page before.
    """
    task = AssistingTask
    query = _lines(for_, asked=asked, states=OVER if done else OPEN_TASK)
    mark = session.execute(select(task.due_on, task.id).where(task.public_id == after)).first() if after else None
    place, way = tuple_(task.due_on, task.id), (task.due_on, task.id)
    if mark is not None:
        query = query.where(place < tuple(mark) if done else place > tuple(mark))
    query = query.order_by(*(each.desc() if done else each for each in way)).limit(size + 1)
    return _page([_line(row) for row in session.execute(query)], size)


def home(*, for_: Actor, size: int) -> tuple[Page, Page]:
    """Return what the actor is to help with next, and what waits for whoever asked: reported, or not taken on.

    Of what was not taken on only what had to be. Both come with one question.
    """
    came_back = or_(AssistingTask.state == TaskState.REPORTED, AssistingTask.is_mandatory), Case.is_open
    parts = (
        _lines(for_, asked=False, states=OPEN_TASK),
        _lines(for_, asked=True, states=CAME_BACK).where(*came_back),
    )
    nearest = (AssistingTask.due_on, AssistingTask.id)
    each = [
        select(literal(place).label("part"), *part.order_by(*nearest).limit(size + 1).subquery().c)
        for place, part in enumerate(parts)
    ]
    rows = sorted(session.execute(union_all(*each)), key=lambda row: (row.part, row.due_on, row.id))
    helped, back = ([_line(row[1:]) for row in rows if row.part == place] for place in range(len(parts)))
    return _page(helped, size), _page(back, size)


def _lines(by: Actor, *, asked: bool, states) -> Select:
    lead, helper = Unit.__table__.alias("lead"), Unit.__table__.alias("helper")
    task, columns = AssistingTask, (
        AssistingTask.id, AssistingTask.public_id, AssistingTask.state, AssistingTask.is_mandatory,
        AssistingTask.asked_on, AssistingTask.answer_due_on, AssistingTask.due_on, AssistingTask.helper,
        helper.c.short_name.label("unit"), lead.c.short_name.label("from_unit"), Case.public_id.label("case_public_id"),
        Case.title, Case.body_no, Case.register_no,
    )
    query = select(*columns).join(Case, Case.id == task.case_id)
    query = query.join(helper, helper.c.id == task.unit_id).join(lead, lead.c.id == task.from_unit_id)
    query = query.where(task.centre_id == by.centre_id, among(task.state, states))
    query = query.where(*([] if asked else [_helps(by)]))
    return access.scoped(query, by, Depth.CONTENTS if asked else Depth.PROGRESS, narrow=False, acting=asked)


def _line(row) -> Line:
    return Line(*row[:-2], row[-2] or row[-1])


def _page(found: list[Line], size: int) -> Page:
    return Page(found[:size], found[size - 1].public_id if len(found) > size else None)


def _helps(by: Actor):
    """Return the condition that the actor answers for a task; the two have an index each."""
    if by.role == Role.HEAD:
        return AssistingTask.unit_id == by.unit_id
    return AssistingTask.helper_id == by.account_id if by.role == Role.MEDIATOR else false()
