"""Asking another unit for help, its answer and its report; the lead confirms, asks again, or asks no more (row 33)."""

from collections.abc import Sequence
from datetime import date

from mediation.casefile.attachments import operations as attachments
from mediation.casefile.attachments.models import Attachment
from mediation.casefile.cases import access, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import OPEN_TASK, TaskState
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks.rules import ClockLabel
from mediation.casefile.notices import operations as notices
from mediation.casefile.notices import rules as seats
from mediation.casefile.notices.recipients import Recipient
from mediation.casefile.notices.rules import Event
from mediation.ground.choices import N_
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotFound, Obstacle, RuleBroken, because, known
from mediation.ground.files import Kept
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Depth, Relation, Role
from mediation.registry.deadlines import queries as deadlines
from mediation.registry.staff import queries as staff
from mediation.registry.units import queries as units
from mediation.stages.assisting import queries, rules
from mediation.stages.assisting.models import AssistingTask
from mediation.stages.assisting.rules import Bar, DeclineTask

ANSWER, DUE = "assisting.answer", "assisting.due"  # dated settings of the house: days to answer, days to be done


def usual_day(case: Case, *, on: date) -> date:
    """Return the day by which help is usually given, by the work calendar."""
    return deadlines.last_day(DUE, on, on=on, centre_id=case.centre_id).day


@once
def convene(
    case_public_id: str, *, by: Actor, on: date, key: str | None = None, units_: Sequence[str], wanted: str,
    due_on: date | None = None, why_late: str | None = None,
) -> str:
    """Ask several units to one meeting about a case, each by a task of its own; return the case's public id. ST-02.

    None of them is asked where one cannot be. Raises as :func:`ask`, Invalid where nobody is named.
    """
    if not units_:
        raise Invalid(units=N_("勾上请哪些单位来会商"))
    for unit in dict.fromkeys(units_):
        ask(case_public_id, by=by, on=on, unit=unit, wanted=wanted, due_on=due_on, why_late=why_late)
    return case_public_id


@once
def ask(
    case_public_id: str, *, by: Actor, on: date, key: str | None = None, unit: str, wanted: str,
    is_mandatory: bool = False, due_on: date | None = None, why_late: str | None = None,
) -> str:
    """Ask a unit for help: it sees the progress of the case and this task, and answers within the dated period.

    Without ``due_on`` the usual day is taken. A case with a mandatory task that is not over does not close. Returns
    the task's public id. Raises RuleBroken with every obstacle (MH-12), Invalid, NotAllowed, NotFound.
    """
    case = cases.get(case_public_id, for_=by)
    target = units.get(unit, centre_id=by.centre_id) if unit else None
    if target is not None and not target.is_valid(on):
        raise Invalid(unit=N_("这个单位当天不存在"))
    day = due_on or usual_day(case, on=on)
    bars = rules.asking_obstacles(
        wanted=wanted, unit=target.name if target else None, due_on=day, on=on,
        open_tasks=len(queries.open_of(case.id)),
        is_lead=target is not None and target.id == case.lead_unit_id,
        is_reported=target is not None and target.id in {each.id for each in access.accused_units(case)},
    )
    task = AssistingTask(
        id=new_id(), centre_id=case.centre_id, case_id=case.id, unit_id=target.id if target else None,
        from_unit_id=by.unit_id, data_key=keys().new_data_key(), state=TaskState.ASKED, is_mandatory=is_mandatory,
        asked_on=on, asked_by=by.name, answer_due_on=on, due_on=day, papers={},
    )
    task.wanted = wanted.strip()
    facts = {"unit": target.name if target else None, "mandatory": is_mandatory, "due_on": day.isoformat()}
    steps.take("task.ask", task, by=by, on=on, case=case, reason=why_late, bars=bars, facts=facts)
    access.grant(case, Relation.ASSISTING, unit_id=target.id, depth=Depth.PROGRESS)
    quiet = {"by": by, "about": task, "counts_for_case": False}  # the lead owns the clock of the case
    answer = clocks.start(case, ANSWER, on, label=ClockLabel.ANSWER_TASK, unit_id=target.id, **quiet)
    task.answer_due_on = min(answer.due_on, day)
    clocks.start_until(case, DUE, on, day, label=ClockLabel.ASSIST, **quiet)
    _tell_helpers(Event.TASK_ASKED, task, case, by=by, answer_on=task.answer_due_on, due_on=day)
    return task.public_id


@once
def accept(public_id: str, *, by: Actor, on: date, key: str | None = None, why_late: str | None = None) -> str:
    """Agree to help, as head of the unit that was asked."""
    task, case = queries.get(public_id, for_=by)
    steps.take("task.accept", task, by=by, on=on, case=case, reason=why_late, facts=_unit(task))
    task.answered_on = on
    clocks.stop(case, ANSWER, on=on, by=by, about=task)
    _tell_lead(Event.TASK_ACCEPTED, task, case, by=by)
    return task.public_id


@once
def decline(
    public_id: str, *, by: Actor, on: date, key: str | None = None, reason: str | None = None, note: str = "",
    why_late: str | None = None,
) -> str:
    """Say that the unit cannot help, for a coded reason; what was mandatory still keeps the case from closing."""
    task, case = queries.get(public_id, for_=by)
    coded = known(DeclineTask, reason, "reason") if reason else None
    bars = [] if coded else [because(Bar.NO_DECLINE_REASON)]
    facts = {**_unit(task), "reason": coded}
    steps.take("task.decline", task, by=by, on=on, case=case, reason=why_late, bars=bars, facts=facts)
    task.answered_on, task.decline_reason, task.why = on, coded, note.strip() or None
    _end(task, case, by=by, on=on)
    _tell_lead(Event.TASK_DECLINED, task, case, by=by, decline_task=coded)
    return task.public_id


@once
def pass_on(public_id: str, *, by: Actor, on: date, key: str | None = None, account: str) -> str:
    """Give a task to one of the unit's own mediators, or to another one; that person sees it and reports."""
    task, case = queries.get(public_id, for_=by)
    person = next((each for each in people_of(task, on=on) if each.public_id == account), None)
    bars = [] if person else [because(Bar.NOT_OF_UNIT)]
    facts = {"who": person.name if person else None}
    steps.take("task.pass_on", task, by=by, on=on, case=case, bars=bars, facts=facts)
    if task.helper_id not in (None, person.account_id):
        _let_helper_go(task, case)
    task.helper_id, task.helper = person.account_id, person.name
    access.grant(case, Relation.HELPING, account_id=person.account_id, depth=Depth.PROGRESS)
    to = Recipient(Role.MEDIATOR, account_id=person.account_id)
    notices.tell_one(
        case, Event.TASK_PASSED_ON, to, by=by, mark=new_id(), due_on=task.due_on, task=task.public_id
    )
    return task.public_id


def people_of(task: AssistingTask, *, on: date) -> list[staff.Colleague]:
    """Return the mediators of the unit that helps: to whom its head may give the task."""
    return staff.colleagues([task.unit_id], (Role.MEDIATOR,), on=on)


def keep(public_id: str, content: bytes, filename: str, *, by: Actor) -> Kept:
    """Write a file that comes with the report into the store, before the transaction of :func:`report`."""
    task, case = queries.get(public_id, for_=by)
    steps.require(STEPS["task.report"], case, by=by)
    bars = [] if queries.is_helping(task, by) else [because(Bar.NOT_OURS)]
    if bars:
        raise RuleBroken(*bars)
    return attachments.put(case, content, filename)


@once
def report(
    public_id: str, *, by: Actor, on: date, key: str | None = None, result: str,
    papers: Sequence[tuple[str, Kept]] = (), why_late: str | None = None,
) -> str:
    """Tell what came of it, with ``papers`` as (title, what :func:`keep` returned); the lead confirms or sends back."""
    task, case = queries.get(public_id, for_=by)
    bars = [] if result.strip() else [because(Bar.NO_RESULT)]
    facts = {**_unit(task), "papers": len(papers)}
    steps.take("task.report", task, by=by, on=on, case=case, reason=why_late, bars=bars, facts=facts)
    task.result, task.reported_on, task.reported_by = result.strip(), on, by.name
    refs = [attachments.hand_in(case, kept, title, by=by, on=on) for title, kept in papers]
    task.papers = {"papers": [*task.papers.get("papers", ()), *refs]}
    clocks.stop(case, DUE, on=on, by=by, about=task)
    _tell_lead(Event.TASK_REPORTED, task, case, by=by)
    return task.public_id


@once
def confirm(public_id: str, *, by: Actor, on: date, key: str | None = None) -> str:
    """Take the report as done; the task is over."""
    task, case = queries.get(public_id, for_=by)
    steps.take("task.confirm", task, by=by, on=on, case=case, facts=_unit(task))
    _end(task, case, by=by, on=on)
    _tell_helpers(Event.TASK_CONFIRMED, task, case, by=by)
    return task.public_id


@once
def send_back(
    public_id: str, *, by: Actor, on: date, key: str | None = None, why: str = "", due_on: date | None = None
) -> str:
    """Ask again, with what is missing and a new last day; the usual one where none is given."""
    task, case = queries.get(public_id, for_=by)
    day = due_on or usual_day(case, on=on)
    bars = _lacks(why) + ([because(Bar.DUE_PAST)] if day < on else [])
    steps.take(
        "task.send_back", task, by=by, on=on, case=case, reason=why.strip() or None, bars=bars, facts=_unit(task)
    )
    task.why, task.due_on = why.strip(), day
    clocks.start_until(case, DUE, on, day, label=ClockLabel.ASSIST, by=by, about=task, counts_for_case=False)
    _tell_helpers(Event.TASK_SENT_BACK, task, case, by=by, due_on=day)
    return task.public_id


@once
def withdraw(public_id: str, *, by: Actor, on: date, key: str | None = None, why: str = "") -> str:
    """Ask no more, with the reason; also of what a unit declined, so that a mandatory task can end."""
    task, case = queries.get(public_id, for_=by)
    was = task.state
    steps.take(
        "task.withdraw", task, by=by, on=on, case=case, reason=why.strip() or None, bars=_lacks(why), facts=_unit(task)
    )
    task.why = why.strip()
    _end(task, case, by=by, on=on)
    if was in OPEN_TASK:
        _tell_helpers(Event.TASK_WITHDRAWN, task, case, by=by)
    return task.public_id


def lapse(case_id: int, *, by: Actor, on: date) -> None:
    """End what still runs when the case ends: nobody needs help with it any more."""
    tasks = queries.open_of(case_id)
    case = session.get_one(Case, case_id) if tasks else None
    for task in tasks:
        steps.take("task.lapse", task, by=by, on=on, case=case, implied=True, facts=_unit(task))
        _end(task, case, by=by, on=on)
        _tell_helpers(Event.TASK_WITHDRAWN, task, case, by=by)


def paper(public_id: str, paper_id: str, *, by: Actor) -> tuple[Attachment, bytes]:
    """Return a file that came with a report, for who helps with the task or works on the case. Raises NotFound."""
    task, case = queries.get(public_id, for_=by)
    row = next((each for each in queries.papers_of(task) if each.public_id == paper_id), None)
    if row is None:
        raise NotFound()
    return attachments.opened(row, case, by=by)


def _unit(task: AssistingTask) -> dict:
    return {"unit": units.unit(task.unit_id).name}


def _lacks(why: str) -> list[Obstacle]:
    return [] if why.strip() else [because(Bar.NO_WHY)]


def _end(task: AssistingTask, case: Case, *, by: Actor, on: date) -> None:
    """Stop what runs on a task. A unit that did something keeps sight of its part, another one does not."""
    task.ended_on = on
    clocks.stop(case, ANSWER, DUE, on=on, by=by, about=task)
    others = [each for each in queries.of_case(case.id) if each.unit_id == task.unit_id and each.id != task.id]
    if task.state != TaskState.DONE and not any(each.state in (*OPEN_TASK, TaskState.DONE) for each in others):
        access.withdraw(case, Relation.ASSISTING, unit_id=task.unit_id)
    if task.helper_id is not None and task.state != TaskState.DONE:
        _let_helper_go(task, case)


def _let_helper_go(task: AssistingTask, case: Case) -> None:
    theirs = [each for each in queries.of_case(case.id) if each.helper_id == task.helper_id and each.id != task.id]
    if not any(each.state in (*OPEN_TASK, TaskState.DONE) for each in theirs):
        access.withdraw(case, Relation.HELPING, account_id=task.helper_id)


def _tell_lead(event: Event, task: AssistingTask, case: Case, *, by: Actor, **params) -> None:
    params = {"unit": units.unit(task.unit_id).name, "task": task.public_id, **params}
    notices.tell(case, event, seats.MEDIATORS, by=by, mark=new_id(), **params)


def _tell_helpers(event: Event, task: AssistingTask, case: Case, *, by: Actor, **params) -> None:
    notices.tell_one(case, event, *helpers(task), by=by, mark=new_id(), task=task.public_id, **params)


def helpers(task: AssistingTask) -> list[Recipient]:
    """Return who hears of a task on the side that helps: the head of the unit, and whom it was given to."""
    found = [Recipient(Role.HEAD, unit_id=task.unit_id)]
    return found + ([Recipient(Role.MEDIATOR, account_id=task.helper_id)] if task.helper_id else [])
