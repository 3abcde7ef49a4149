"""The case's stage and whose turn it is, worked out from its history; and the biography that people read."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import NamedTuple

from sqlalchemy import Row, bindparam, select

from mediation.casefile.cases import counting
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import (
    AgreementState,
    CaseState,
    ConfirmationState,
    PerformanceState,
    ProceedingState,
    Progress,
    ReferralState,
    Stage,
    TransferState,
    Turn,
    stage_of,
    turn_of,
)
from mediation.ground.db import session
from mediation.ground.rereading import until_written
from mediation.ground.steps import StepTaken

KIND_OF_TABLE = {
    "cases": "case", "transfers": "transfer", "proceedings": "proceeding", "agreements": "agreement",
    "confirmations": "confirmation", "performances": "performance", "referrals": "referral", "risk_duties": "duty",
    "bookings": "booking", "deliveries": "delivery", "assisting_tasks": "task",
    "mending_requests": "mending",
}
STATES = {
    "transfer": TransferState, "proceeding": ProceedingState, "agreement": AgreementState,
    "confirmation": ConfirmationState, "referral": ReferralState,
}
MOVES = ("transfer.send_up", "transfer.consent", "transfer.order_down")  # another unit leads from now on
ROUND_STARTS = ("case.change_track", "case.return", "case.reopen", *MOVES)
ARBITER_STEPS = ("case.call_arbiter", "case.designate", "case.route", "case.reopen")  # asked for, or over
RESOLVING = ("judgment", "court_mediation")  # a suit that was withdrawn or dismissed settles nothing
AGREEMENT_STARTS = ("agreement.take_effect", "agreement.agree_orally")  # what was owed before is owed no more


class Taken(NamedTuple):
    """A step taken, without who took it and why."""

    step: str
    object_kind: str
    object_id: int
    to_state: str | None
    on: date
    facts: dict


_HISTORY = (
    select(*StepTaken.__table__.columns).where(StepTaken.case_id == bindparam("case_id")).order_by(StepTaken.id)
)


@until_written(StepTaken)
def history(case_id: int) -> Sequence[Row]:
    """Return every step taken in a case as a row with the names of :class:`StepTaken`, oldest first."""
    rows = session.execute(_HISTORY, {"case_id": case_id}).all()
    taken.keep(tuple(Taken(*(getattr(row, name) for name in Taken._fields)) for row in rows), case_id)
    return rows


def dated_steps(case_ids: Sequence[int]) -> dict[int, list[tuple[str, date]]]:
    """Return the steps of several cases with their days, oldest first, by case; cases without one are left out."""
    query = select(StepTaken.case_id, StepTaken.step, StepTaken.on).where(StepTaken.case_id.in_(case_ids))
    found: dict[int, list[tuple[str, date]]] = {}
    for case_id, step, on in session.execute(query.order_by(StepTaken.id)) if case_ids else ():
        found.setdefault(case_id, []).append((step, on))
    return found


def progress_of(case: Case, taken: Sequence[Row | Taken]) -> Progress:
    """Return the newest state of each object of the present round: nothing from before a change of track."""
    newest: dict[str, str] = {}
    duties: dict[int, PerformanceState] = {}
    for step in taken:
        if step.step in ROUND_STARTS:
            newest, duties = {}, {}
        if step.object_kind in STATES and step.to_state:
            newest[step.object_kind] = step.to_state
            if step.step == "proceeding.end" and newest.get("agreement") != AgreementState.EFFECTIVE:
                newest.pop("agreement", None)
            if step.step == "agreement.revise":
                newest.pop("confirmation", None)  # the court's answer was about the old text
            if step.step in AGREEMENT_STARTS:
                duties = {}
        elif step.object_kind == "performance" and step.to_state:
            duties[step.object_id] = PerformanceState(step.to_state)
    states = {kind: STATES[kind](state) for kind, state in newest.items()}
    last_referral = next((step for step in reversed(taken) if step.step == "referral.send"), None)
    to_court = last_referral is None or last_referral.facts.get("kind") in ("quick_trial", "suit")
    asked = next((step.step for step in reversed(taken) if step.step in ARBITER_STEPS), None)
    return Progress(
        case=CaseState(case.state), performance=tuple(duties.values()), referral_to_court=to_court,
        waits_for_arbiter=asked == ARBITER_STEPS[0], **states,
    )


def result_of(state: Progress, taken: Sequence[Row | Taken]) -> str:
    """Return what became of a case, as figures count it: a ruling is never an agreement, silence is never a failure.

    A suit that was withdrawn, or dismissed without a word on the matter, leaves what came before it: no agreement.
    """
    if state.agreement == AgreementState.EFFECTIVE:
        return "mediated"
    if state.referral == ReferralState.DECIDED and state.referral_to_court and _is_resolved(taken):
        return "ruled"
    if state.proceeding == ProceedingState.ENDED:
        end = next(step for step in reversed(taken) if step.step == "proceeding.end")
        return "never_reached" if end.facts.get("ground") == "unreachable" else "failed"
    return "open"


def _is_resolved(taken: Sequence[Row | Taken]) -> bool:
    decided = next(step for step in reversed(taken) if step.step == "referral.decide")
    return decided.facts.get("outcome") in RESOLVING


def state_before(step: str, taken: Sequence[Taken]) -> str:
    """Return the state in which a step's object was before the newest of the named steps."""
    newest = max(place for place, each in enumerate(taken) if each.step == step)
    kind, row = taken[newest].object_kind, taken[newest].object_id
    states = [each.to_state for each in taken[:newest] if (each.object_kind, each.object_id) == (kind, row)]
    before = [state for state in states if state][-1]
    return CaseState(before) if kind == "case" else STATES[kind](before)


@dataclass(frozen=True)
class Derived:
    """What lists sort and filter by and nobody sets by hand."""

    stage: Stage
    turn: Turn
    accepted_on: date | None
    result: str
    is_open: bool


def derived(case: Case, taken: Sequence[Row | Taken]) -> Derived:
    """Return what follows from a case's history."""
    state = progress_of(case, taken)
    stage, turn = stage_of(state), turn_of(state)
    if turn == Turn.MEDIATOR and case.mediator_id is None:
        turn = Turn.UNIT  # nobody has been assigned, so the body itself goes on
    accepted_on = next((step.on for step in taken if step.step == "proceeding.accept"), None)
    if state.case == CaseState.MERGED:
        accepted_on = None  # the case that goes on is counted, and only that one
    return Derived(stage, turn, accepted_on, result_of(state, taken), stage not in (Stage.CLOSED, Stage.ARCHIVED))


_STEPS = StepTaken.__table__.c  # no rows are made of them: asked at every step, past the ORM
_TAKEN = (
    select(*(_STEPS[name] for name in Taken._fields))
    .where(_STEPS.case_id == bindparam("case_id"))
    .order_by(_STEPS.id)
)


@until_written(StepTaken)
def taken(case_id: int) -> tuple[Taken, ...]:
    """Return of every step taken in a case what its stage follows from, oldest first."""
    return tuple(Taken(*row) for row in session.execute(_TAKEN, {"case_id": case_id}))


def had(case_id: int, kind: str) -> bool:
    """Say whether a case has ever had an object of a kind: each begins with a step, so its table need not be asked."""
    return any(step.object_kind == kind for step in taken(case_id))


def took(case_id: int, *names: str) -> bool:
    """Say whether one of these steps was ever taken in a case."""
    return any(step.step in names for step in taken(case_id))


def refresh(case: Case, *, on: date) -> None:
    """Write what is derived from the history onto the case."""
    now = derived(case, taken(case.id))
    if now.turn != case.turn:
        case.turn_since = on
    for field in fields(Derived):
        setattr(case, field.name, getattr(now, field.name))
    counting.moved(case)
