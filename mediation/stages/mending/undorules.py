"""Which steps can be undone, by whom, with whose word, and what of the same act goes with them.

An undo is a step of its own: the history keeps both. Only the newest act of a case is undone, and only while nothing
has been built on it; what came before is put right by a correction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.registry.access.rules import Role

CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON = (
    Role.INTAKE_CLERK, Role.DISPATCHER, Role.MEDIATOR, Role.HEAD, Role.LIAISON
)


@dataclass(frozen=True)
class Undo:
    """One row: the step, who may undo it, whether somebody else must allow it, what follows it in the same act."""

    step: str
    who: tuple[Role, ...]
    by_two: bool = False
    follows: tuple[str, ...] = ()


PERFORMED = ("performance.part", "performance.complete", "performance.waive", "performance.breach")
TABLE = (
    Undo("case.screen", (CLERK, DISPATCHER, LIAISON), follows=("duty.open",)),
    Undo("case.record_consent", (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON)),
    Undo("case.close", (HEAD, DISPATCHER), by_two=True),
    Undo("proceeding.assign", (HEAD,)),
    Undo("proceeding.reassign", (HEAD,)),
    Undo("proceeding.hold_session", (MEDIATOR,), by_two=True, follows=("booking.hold",)),
    Undo("performance.record", (MEDIATOR, HEAD), by_two=True, follows=PERFORMED),
    Undo("confirmation.court_accepts", (LIAISON,)),
    Undo("confirmation.court_asks", (LIAISON,)),
    Undo("confirmation.confirm", (LIAISON,), by_two=True),
    Undo("confirmation.dismiss", (LIAISON,), by_two=True),
    Undo("confirmation.court_refuses", (LIAISON,), by_two=True),
    Undo("confirmation.withdraw", (LIAISON,), by_two=True),
    Undo("confirmation.deem_withdrawn", (LIAISON,), by_two=True),
    Undo("confirmation.end_procedure", (LIAISON,), by_two=True),
    Undo("confirmation.record_service", (LIAISON,)),
    Undo("confirmation.note_outsider", (LIAISON,)),
    Undo("confirmation.record_objection", (LIAISON,)),
    Undo("confirmation.revoke", (LIAISON,), by_two=True),
)
UNDOS = {row.step: row for row in TABLE}
# Steps that say something beside the road: what was done before them is still the last thing that happened.
BESIDE = frozenset({
    "identity_put_right",  # a correction begun from another case of the same person
    "case.note_outside", "mending.ask", "mending.approve", "mending.refuse", "mending.withdraw",
})


class Bar(Reason):
    NOTHING = "nothing_to_undo", N_("上一步不能撤销；要改请用“更正”")
    NO_STEP = "no_step_to_undo", N_("还没有可以撤销的一步")
    UNDONE = "undone_already", N_("上一步已经是撤销；要再往前改，请用“更正”")
    TOO_LATE = "undo_too_late", N_("过了%(last)s就不能撤销了，请用“更正”，或者由负责人另行处理")
    NOT_YOURS = "undo_not_yours", N_("这一步由%(who)s撤销")
    PAPER_OUT = "undo_paper_out", N_("这一步以后已经出具了 %(count)s 份文书，不能撤销")
    BUILT_ON = "undo_built_on", N_("这一步开出的“%(what)s”已经报告，不能撤销")
    NO_MEMORY = "undo_no_memory", N_("这一步记下的时候没有留住原来的样子，不能撤销，请用“更正”")
    NEEDS_APPROVAL = "undo_needs_approval", N_("撤销这一步要别人批准，请先申请")


class Changed(Choice):
    """What an undo changes, as its page says it."""

    STATE = "state", N_("办到哪一步")
    CLOCK_ON = "clock_on", N_("期限接着走")
    CLOCK_OFF = "clock_off", N_("期限不走了")
    CONSENT = "consent", N_("是否同意调解")
    MEDIATORS = "mediators", N_("调解员")
    SESSION = "session", N_("调解记录")
    RECEIPT = "receipt", N_("履行记录")
    COURT_ACT = "court_act", N_("法院的一步")
    ANSWERS = "answers", N_("五问")
    DUTY = "duty", N_("报告责任")
    SEAL = "seal", N_("保密")
    OUTCOME = "outcome", N_("结案结果")
    PAPER = "paper", N_("文书")


@dataclass(frozen=True)
class Change:
    """One thing that would be different: what, of whom or which, before and after; None is nothing."""

    what: Changed
    of: object = None
    before: object = None
    after: object = None


class Row(Protocol):
    """What is asked of a step taken."""

    id: int
    step: str
    facts: dict


def newest_act(history: Sequence[Row]) -> tuple[Row | None, Undo | None]:
    """Return the newest act of a case and its row of the table; the row is None where it cannot be undone."""
    follows: list[str] = []
    for row in reversed(history):
        if row.step in BESIDE or row.facts.get("what") in BESIDE:
            continue
        undo = UNDOS.get(row.step)
        if undo is not None and all(name in undo.follows for name in follows):
            return row, undo
        if undo is not None or not any(row.step in each.follows for each in TABLE):
            return row, None
        follows.append(row.step)
    return None, None


def undo_obstacles(
    undo: Undo, *, role: Role, recorded_on: date, today: date, days: int, papers: int
) -> list[Obstacle]:
    """Return what forbids an undo whatever the step was: too late, somebody else's, a paper that is out."""
    last = recorded_on + timedelta(days=days)
    found = [because(Bar.TOO_LATE, last=last)] if today > last else []
    if role not in undo.who:
        found.append(because(Bar.NOT_YOURS, who=list(undo.who)))
    if papers:
        found.append(because(Bar.PAPER_OUT, count=papers))
    return found
