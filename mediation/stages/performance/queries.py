"""Reading the performance of an agreement."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from mediation.casefile.cases import progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.facts import traits_of
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import (
    OPEN_PERFORMANCE,
    AgreementState,
    ConfirmationState,
    PerformanceState,
    Track,
    Trait,
)
from mediation.ground.db import session
from mediation.ground.errors import Obstacle
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import Actor
from mediation.registry.deadlines import queries as deadlines
from mediation.stages.agreements.models import Agreement, Duty
from mediation.stages.confirmation import queries as confirmation
from mediation.stages.confirmation.rules import AfterRuling, after_ruling
from mediation.stages.performance import rules
from mediation.stages.performance.models import Performance, PerformanceReceipt
from mediation.stages.performance.rules import AfterBreach, ReceiptKind
from mediation.stages.referrals import queries as referrals
from mediation.stages.referrals.rules import Outcome

PARTS = (joinedload(Performance.duty), joinedload(Performance.receipts))


def get(public_id: str, *, for_: Actor) -> tuple[Performance, Case]:
    """Return one duty's performance with its receipts, and its case."""
    return cases.child(Performance, public_id, for_=for_, parts=PARTS)


_OF_CASE = (
    select(Performance)
    .join(Duty)
    .join(Agreement)
    .where(Performance.case_id == bindparam("case_id"), Agreement.state != AgreementState.SUPERSEDED)
    .options(*PARTS)
    .order_by(Duty.id)
)


@until_written(Performance, PerformanceReceipt, Duty, Agreement)
def of_case(case_id: int) -> list[Performance]:
    """Return the performance of every duty of a case in the order of its clauses."""
    if not progress.had(case_id, "performance"):
        return []
    return list(session.scalars(_OF_CASE, {"case_id": case_id}).unique())


def to_urge(rows: list[Performance], case: Case, *, on: date) -> set[int]:
    """Return the rows whose obligor is to be urged by now: late, and not urged since (PM-15)."""
    found = set()
    for row in rows:
        urged = max((each.on for each in row.receipts if each.kind == ReceiptKind.URGE), default=None)
        since = rules.urged_since(rules.DutyFacts(row.amount_fen, row.due_on), last_urged_on=urged)
        if row.state not in OPEN_PERFORMANCE or since is None or since > on:
            continue
        if deadlines.last_day("PM-15.urge", since, on=case.law_on, centre_id=case.centre_id).day <= on:
            found.add(row.id)
    return found


def ways_after_breach(rows: list[Performance], case: Case, *, on: date) -> tuple[AfterBreach, ...]:
    """Return what is open to who is owed something late or broken; nothing while nothing is (PM-16, JC-14)."""
    facts = [(rules.DutyFacts(row.amount_fen, row.due_on), row.state) for row in rows]
    broken = PerformanceState.BREACHED in [row.state for row in rows]
    if not broken and not any(rules.is_late(duty, state, on=on) for duty, state in facts):
        return ()
    state = progress.progress_of(case, progress.history(case.id)).confirmation
    agreement = session.get_one(Agreement, rows[0].duty.agreement_id)
    is_open = state in (None, ConfirmationState.DROPPED) or AfterRuling.APPLY_AGAIN in after_ruling(state)
    may_apply = (
        is_open
        and not confirmation.is_for_the_court_itself(agreement)
        and on <= confirmation.last_day_to_apply(case, agreement).day
    )
    return rules.after_breach(
        traits_of(case.type_code, centre_id=case.centre_id), is_confirmed=state == ConfirmationState.CONFIRMED,
        may_still_apply=may_apply,
    )


def police_waiver(rows: list[Performance], case: Case, *, on: date) -> Obstacle | None:
    """Return how it stands with the application to be spared a punishment; None where the matter is none of it. AM-02.

    Only what people's mediation settled counts, and what the police decided is known where the case went to them.
    """
    if Trait.POLICE not in traits_of(case.type_code, centre_id=case.centre_id) or case.track != Track.PEOPLES:
        return None
    is_done = all(row.state not in OPEN_PERFORMANCE and row.state != PerformanceState.BREACHED for row in rows)
    performed_on = max((row.done_on for row in rows if row.done_on), default=None) if is_done else None
    decided = [each.decided_on for each in referrals.of_case(case.id) if each.outcome == Outcome.POLICE_DECISION]
    return rules.police_waiver(performed_on=performed_on, decided_on=min(decided, default=None), on=on)


@dataclass(frozen=True)
class Balance:
    """What is owed and paid in a case, in fen, and how many duties are still open or late."""

    owed_fen: int
    paid_fen: int
    open: int
    late: int


def balance(rows: list[Performance], *, on: date) -> Balance:
    """Return the sums over the duties of a case; late is what is open after its last day."""
    open_rows = [row for row in rows if row.state in OPEN_PERFORMANCE]
    return Balance(
        owed_fen=sum(row.amount_fen or 0 for row in rows),
        paid_fen=sum(row.paid_fen for row in rows),
        open=len(open_rows),
        late=sum(1 for row in open_rows if row.due_on and row.due_on < on),
    )
