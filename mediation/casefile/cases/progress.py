"""The case's stage and whose turn it is, worked out from its history; and the biography that people read."""

from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import bindparam, select

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
from mediation.ground.readings import read_once
from mediation.ground.steps import StepTaken

KIND_OF_TABLE = {
    "cases": "case", "transfers": "transfer", "proceedings": "proceeding", "agreements": "agreement",
    "confirmations": "confirmation", "performances": "performance", "referrals": "referral", "risk_duties": "duty",
}
STATES = {
    "transfer": TransferState, "proceeding": ProceedingState, "agreement": AgreementState,
    "confirmation": ConfirmationState, "referral": ReferralState,
}
ROUND_STARTS = ("case.change_track", "case.return", "case.reopen")


_HISTORY = select(StepTaken).where(StepTaken.case_id == bindparam("case_id")).order_by(StepTaken.id)


@read_once
def history(case_id: int) -> list[StepTaken]:
    """Return every step taken in a case, oldest first."""
    return list(session.scalars(_HISTORY, {"case_id": case_id}))


def progress_of(case: Case, taken: list[StepTaken]) -> Progress:
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
        elif step.object_kind == "performance" and step.to_state:
            duties[step.object_id] = PerformanceState(step.to_state)
    states = {kind: STATES[kind](state) for kind, state in newest.items()}
    last_referral = next((step for step in reversed(taken) if step.step == "referral.send"), None)
    to_court = last_referral is None or last_referral.facts.get("kind") in ("quick_trial", "suit")
    return Progress(
        case=CaseState(case.state), performance=tuple(duties.values()), referral_to_court=to_court, **states
    )


def result_of(state: Progress, taken: list[StepTaken]) -> str:
    """Return what became of a case, as figures count it: a ruling is never an agreement, silence is never a failure."""
    if state.agreement == AgreementState.EFFECTIVE:
        return "mediated"
    if state.referral == ReferralState.DECIDED and state.referral_to_court:
        return "ruled"
    if state.proceeding == ProceedingState.ENDED:
        end = next(step for step in reversed(taken) if step.step == "proceeding.end")
        return "never_reached" if end.facts.get("ground") == "unreachable" else "failed"
    return "open"


@dataclass(frozen=True)
class Derived:
    """What lists sort and filter by and nobody sets by hand."""

    stage: Stage
    turn: Turn
    accepted_on: date | None
    result: str
    is_open: bool


def derived(case: Case, taken: list[StepTaken]) -> Derived:
    """Return what follows from a case's history."""
    state = progress_of(case, taken)
    stage, turn = stage_of(state), turn_of(state)
    if turn == Turn.MEDIATOR and case.mediator_id is None:
        turn = Turn.UNIT  # nobody has been assigned, so the body itself goes on
    accepted_on = next((step.on for step in taken if step.step == "proceeding.accept"), None)
    return Derived(stage, turn, accepted_on, result_of(state, taken), stage not in (Stage.CLOSED, Stage.ARCHIVED))


def refresh(case: Case, *, on: date) -> None:
    """Write what is derived from the history onto the case."""
    now = derived(case, history(case.id))
    if now.turn != case.turn:
        case.turn_since = on
    for field in fields(Derived):
        setattr(case, field.name, getattr(now, field.name))
    counting.moved(case)
    session.flush()
