"""Undoing the newest act of a case: told before, barred with reasons, a step of its own afterwards."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mediation.casefile.cases import progress, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.notices import operations as notices
from mediation.casefile.notices import rules as seats
from mediation.casefile.notices.rules import Event
from mediation.casefile.papers.models import Paper, PaperState
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import Obstacle, RuleBroken, because
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.registry.settings import queries as settings
from mediation.stages.mending import requests
from mediation.stages.mending.restoring import RESTORERS, SUBJECTS
from mediation.stages.mending.rules import Bar as MendBar
from mediation.stages.mending.rules import Mend
from mediation.stages.mending.undorules import Bar, Change, Changed, Undo, newest_act, undo_obstacles

UNTIL = "mending.undo"  # dated setting of the house: calendar days after it was recorded
OWN_PAPERS = frozenset({"session_record"})  # issued with the act itself, and cancelled with it


@dataclass(frozen=True)
class Preview:
    """The newest act of a case, what its undo would change, what bars it, whether somebody else must allow it."""

    row: object
    undo: Undo | None
    changes: tuple[Change, ...] = ()
    bars: tuple[Obstacle, ...] = ()

    @property
    def asks(self) -> bool:
        return self.undo is not None and self.undo.by_two


def preview(case: Case, *, by: Actor, on: date) -> Preview:
    """Return what undoing the newest act of a case would do, and everything that forbids it."""
    row, undo = newest_act(progress.history(case.id))
    if row is None:
        return Preview(None, None, bars=(because(Bar.NO_STEP),))
    if undo is None:
        is_undo = row.step.endswith(".undo")
        bar = because(Bar.UNDONE if is_undo else Bar.NOTHING)
        return Preview(row, None, bars=(bar,))
    restorer = RESTORERS[undo.step]
    bars = undo_obstacles(
        undo, role=by.role, recorded_on=clock.day_of(row.recorded_at), today=on,
        days=settings.days(UNTIL, on=on, centre_id=case.centre_id).amount, papers=_papers_since(case, row),
    )
    barred = list(restorer.bars(case, row))
    changes = [] if any(each.reason == Bar.NO_MEMORY for each in barred) else [
        *_state(row, case), *restorer.tell(case, row), *_clocks(case, row),
    ]
    return Preview(row, undo, tuple(changes), (*bars, *barred))


def _state(row, case: Case) -> list[Change]:
    subject = _subject(row, case)
    kind = type(subject.state)
    return [Change(Changed.STATE, before=subject.state, after=kind(row.from_state))] if (
        subject.state != row.from_state
    ) else []


def _subject(row, case: Case):
    return case if row.object_kind == "case" else session.get_one(SUBJECTS[row.object_kind], row.object_id)


def _clocks(case: Case, row) -> list[Change]:
    started, stopped = clocks.moved_since(case.id, row.id)
    return [Change(Changed.CLOCK_ON, of=each.label, after=each.due_on) for each in stopped] + [
        Change(Changed.CLOCK_OFF, of=each.label, before=each.due_on) for each in started
    ]


def _papers_since(case: Case, row) -> int:
    query = select(Paper.kind).where(
        Paper.case_id == case.id, Paper.id > row.id, Paper.state != PaperState.CANCELLED, Paper.is_draft.is_(False)
    )
    own = OWN_PAPERS if row.step == "proceeding.hold_session" else frozenset()
    return sum(kind not in own for kind in session.scalars(query))


@once
def undo(case_public_id: str, *, step_id: str, by: Actor, on: date, reason: str, key: str | None = None) -> str:
    """Undo the newest act of a case; ``step_id`` is the one that the page showed. Return the case's public id.

    Former state, what the act wrote, and last days are given back; whoever has the case in hand is told. Raises
    RuleBroken with everything that forbids it, also when another act came in between or somebody else must allow it.
    """
    case = cases.get(case_public_id, for_=by)
    shown = _shown(case, step_id, by=by, on=on)
    bars = [*shown.bars, *([because(Bar.NEEDS_APPROVAL)] if shown.asks else [])]
    _undo(case, shown, bars=bars, by=by, on=on, reason=reason)
    return case.public_id


@once
def ask_to_undo(case_public_id: str, *, step_id: str, by: Actor, on: date, reason: str, key: str | None = None) -> str:
    """Ask for an undo that somebody else must allow; return the request's public id. Raises as :func:`undo`."""
    case = cases.get(case_public_id, for_=by)
    shown = _shown(case, step_id, by=by, on=on)
    bars = [*shown.bars, *([] if shown.asks else [because(MendBar.NOTHING_WEIGHTY)])]
    content = {"step": shown.row.step if shown.row else "", "step_id": step_id}
    return requests.ask(case, Mend.UNDO, content, reason=reason, bars=bars, by=by, on=on)


@requests.carries_out(Mend.UNDO)
def carry_out(case: Case, content: dict, *, by: Actor, on: date, reason: str) -> None:
    """Undo what was asked for, now that it is allowed; whoever allows it acts for who asked."""
    shown = _shown(case, content["step_id"], by=by, on=on)
    _undo(case, shown, bars=[bar for bar in shown.bars if bar.reason != Bar.NOT_YOURS], by=by, on=on, reason=reason)


def _shown(case: Case, step_id: str, *, by: Actor, on: date) -> Preview:
    shown = preview(case, by=by, on=on)
    if shown.row is not None and str(shown.row.id) != step_id:
        return Preview(shown.row, shown.undo, bars=(because(MendBar.OVERTAKEN),))
    return shown


def _undo(case: Case, shown: Preview, *, bars, by: Actor, on: date, reason: str) -> None:
    reason = reason.strip()
    bars = [*bars, *([] if reason else [because(MendBar.NO_REASON)])]
    if bars:
        raise RuleBroken(*bars, about=case.public_id)
    row, subject = shown.row, _subject(shown.row, case)
    RESTORERS[row.step].restore(case, row, by=by, on=on, reason=reason)
    clocks.undo_since(case, row.id, on=on)
    session.flush()
    steps.take(
        f"{row.object_kind}.undo", subject, by=by, on=on, case=case, reason=reason, implied=True,
        facts={"undone": row.step, "undone_id": str(row.id)}, back_to=row.from_state,
    )
    notices.tell(case, Event.UNDONE, seats.MEDIATORS, seats.HEAD, by=by, mark=row.id, who=by.signed)
