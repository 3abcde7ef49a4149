"""Words and decisions of help between units: who may be asked, what a task needs, what it holds a case up with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mediation.casefile.cases.rules import OPEN_TASK, TaskState
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because

MOST_OPEN = 20  # of one case


class DeclineTask(Choice):
    """Why a unit does not help."""

    NOT_COMPETENT = "not_competent", N_("不属于本单位职责")
    NO_PEOPLE = "no_people", N_("现在没有人手")
    TOO_SHORT = "too_short", N_("时间来不及")
    CONFLICT = "conflict", N_("本单位应当回避")
    NOT_LAWFUL = "not_lawful", N_("依法不能提供")


class Bar(Reason):
    NOTHING_WANTED = "nothing_wanted", N_("写明请它办什么")
    NO_UNIT = "task_no_unit", N_("选请哪个单位协助")
    IS_LEAD = "task_is_lead", N_("%(unit)s就是承办单位，不用请它协助")
    IS_REPORTED = "task_is_reported", N_("%(unit)s是被检举控告的单位，不能请它协助"), "MH-12"
    DUE_PAST = "task_due_past", N_("办好的日期不能早于今天")
    TOO_MANY = "task_too_many", N_("本案已有 %(most)s 件协助没办完，先办完或者撤回")
    LEAD_ASKS = "task_lead_asks", N_("承办单位已经受理，由承办单位请别的单位协助")
    NO_DECLINE_REASON = "task_no_decline_reason", N_("不能协助要选理由")
    NO_RESULT = "task_no_result", N_("写明办得怎么样")
    NO_WHY = "task_no_why", N_("要写理由")
    NOT_OURS = "task_not_ours", N_("没有请本单位办")
    NOT_OF_UNIT = "task_not_of_unit", N_("只能交本单位在岗的人办")
    MANDATORY_OPEN = "task_mandatory_open", N_("必办的协助没办完：%(unit)s，%(state)s"), "RT-09"
    MANDATORY_DECLINED = (
        "task_mandatory_declined", N_("必办的协助%(unit)s不能办：另请一家，或者写明理由撤回"), "RT-09",
    )


@dataclass(frozen=True)
class TaskFacts:
    """A task as the end of the case sees it."""

    unit: str
    state: TaskState
    is_mandatory: bool


def asking_obstacles(
    *, wanted: str, unit: str | None, is_lead: bool, is_reported: bool, due_on: date, on: date, open_tasks: int
) -> list[Obstacle]:
    """Return what stands against asking a unit for help. MH-12: Regulation on Petition Work (2022), Art. 30."""
    found = [] if wanted.strip() else [because(Bar.NOTHING_WANTED)]
    found += [] if unit else [because(Bar.NO_UNIT)]
    found += [because(Bar.IS_LEAD, unit=unit)] if is_lead else []
    found += [because(Bar.IS_REPORTED, unit=unit)] if is_reported else []
    found += [because(Bar.DUE_PAST)] if due_on < on else []
    return found + ([because(Bar.TOO_MANY, most=MOST_OPEN)] if open_tasks >= MOST_OPEN else [])


def closing_obstacles(tasks: Iterable[TaskFacts]) -> list[Obstacle]:
    """Return the mandatory tasks that keep a case from closing: those that run, and those declined (row 33, RT-09)."""
    found = []
    for task in tasks:
        if task.is_mandatory and task.state in OPEN_TASK:
            found.append(because(Bar.MANDATORY_OPEN, unit=task.unit, state=task.state))
        elif task.is_mandatory and task.state == TaskState.DECLINED:
            found.append(because(Bar.MANDATORY_DECLINED, unit=task.unit))
    return found
