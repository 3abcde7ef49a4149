"""Reading the performance of an agreement."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import OPEN_PERFORMANCE, AgreementState
from mediation.ground.db import session
from mediation.ground.readings import read_once
from mediation.registry.access.rules import Actor
from mediation.stages.agreements.models import Agreement, Duty
from mediation.stages.performance.models import Performance

PARTS = (joinedload(Performance.duty), selectinload(Performance.receipts))


def get(public_id: str, *, for_: Actor) -> tuple[Performance, Case]:
    """Return one duty's performance with its receipts, and its case."""
    row, case = cases.child(Performance, public_id, for_=for_)
    query = select(Performance).where(Performance.id == row.id).options(*PARTS)
    return session.scalars(query.execution_options(populate_existing=True)).one(), case


_OF_CASE = (
    select(Performance)
    .join(Duty)
    .join(Agreement)
    .where(Performance.case_id == bindparam("case_id"), Agreement.state != AgreementState.SUPERSEDED)
    .options(*PARTS)
    .order_by(Duty.id)
)


@read_once
def of_case(case_id: int) -> list[Performance]:
    """Return the performance of every duty of a case in the order of its clauses."""
    return list(session.scalars(_OF_CASE, {"case_id": case_id}))


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
