"""What this room offers to the table of steps."""

from sqlalchemy import select

from mediation.ground.db import session
from mediation.ground.steps import subjects
from mediation.stages.performance.models import Performance


@subjects("performance")
def rows(case_id):
    """Return the performance rows of a case, oldest first."""
    return session.scalars(select(Performance).where(Performance.case_id == case_id).order_by(Performance.id))
