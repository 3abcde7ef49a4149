"""Reading risk duties."""

from sqlalchemy import bindparam, select

from mediation.casefile.cases import progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.duties import rules
from mediation.casefile.duties.models import RiskDuty, RiskDutyState
from mediation.casefile.duties.rules import Barred, DutyKind
from mediation.ground.db import session
from mediation.ground.errors import Obstacle
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import Actor

_OF_CASE = select(RiskDuty).where(RiskDuty.case_id == bindparam("case_id")).order_by(RiskDuty.id)


@until_written(RiskDuty)
def of_case(case_id: int) -> list[RiskDuty]:
    """Return every duty of a case, oldest first."""
    return list(session.scalars(_OF_CASE, {"case_id": case_id})) if progress.had(case_id, "duty") else []


def get(public_id: str, *, for_: Actor) -> tuple[RiskDuty, Case]:
    """Return a duty and its case. Raises NotFound."""
    return cases.child(RiskDuty, public_id, for_=for_)


def open_kinds(case_id: int) -> tuple[DutyKind, ...]:
    """Return the kinds of duties that are open in a case, oldest first."""
    return tuple(DutyKind(duty.kind) for duty in of_case(case_id) if duty.state == RiskDutyState.OPEN)


def obstacles(case_id: int, step: Barred) -> list[Obstacle]:
    """Return what the open duties of a case hold against a step."""
    return rules.open_duty_obstacles(step, open_kinds(case_id))
