"""What this room offers to the table of steps."""

from sqlalchemy import select

from mediation.ground.db import session
from mediation.ground.steps import fact, subjects
from mediation.stages.proceedings.models import Proceeding


@subjects("proceeding")
def rows(case_id):
    """Return the proceeding rows of a case, oldest first."""
    return session.scalars(select(Proceeding).where(Proceeding.case_id == case_id).order_by(Proceeding.id))


@fact("proceedings.received")
def received(subject, *, on, by):
    return []


@fact("proceedings.may_accept")
def may_accept(subject, *, on, by):
    return []


@fact("proceedings.no_refusal")
def no_refusal(subject, *, on, by):
    return []


@fact("proceedings.all_informed")
def all_informed(subject, *, on, by):
    return []


@fact("proceedings.no_conflict")
def no_conflict(subject, *, on, by):
    return []


@fact("proceedings.is_mediating")
def is_mediating(subject, *, on, by):
    return []


@fact("proceedings.is_ended")
def is_ended(subject, *, on, by):
    return []
