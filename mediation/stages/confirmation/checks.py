"""What this room offers to the table of steps."""

from sqlalchemy import select

from mediation.ground.db import session
from mediation.ground.steps import fact, subjects
from mediation.stages.confirmation.models import Confirmation


@subjects("confirmation")
def rows(case_id):
    """Return the confirmation rows of a case, oldest first."""
    return session.scalars(select(Confirmation).where(Confirmation.case_id == case_id).order_by(Confirmation.id))


@fact("confirmation.may_start")
def may_start(subject, *, on, by):
    return []


@fact("confirmation.ready")
def ready(subject, *, on, by):
    return []


@fact("confirmation.lets_revise")
def lets_revise(subject, *, on, by):
    return []
