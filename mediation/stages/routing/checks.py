"""What this room offers to the table of steps."""

from sqlalchemy import select

from mediation.ground.db import session
from mediation.ground.steps import fact, subjects
from mediation.stages.routing.models import Transfer


@subjects("transfer")
def rows(case_id):
    """Return the transfer rows of a case, oldest first."""
    return session.scalars(select(Transfer).where(Transfer.case_id == case_id).order_by(Transfer.id))


@fact("routing.no_open_track")
def no_open_track(subject, *, on, by):
    return []


@fact("routing.admissible")
def admissible(subject, *, on, by):
    return []
