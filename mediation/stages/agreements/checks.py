"""What this room offers to the table of steps."""

from sqlalchemy import select

from mediation.ground.db import session
from mediation.ground.steps import fact, subjects
from mediation.stages.agreements.models import Agreement


@subjects("agreement")
def rows(case_id):
    """Return the agreement rows of a case, oldest first."""
    return session.scalars(select(Agreement).where(Agreement.case_id == case_id).order_by(Agreement.id))


@fact("agreements.none_effective")
def none_effective(subject, *, on, by):
    return []


@fact("agreements.none_open")
def none_open(subject, *, on, by):
    return []


@fact("agreements.all_consent")
def all_consent(subject, *, on, by):
    return []


@fact("agreements.complete")
def complete(subject, *, on, by):
    return []


@fact("agreements.capacity")
def capacity(subject, *, on, by):
    return []


@fact("agreements.court_wants_it")
def court_wants_it(subject, *, on, by):
    return []
