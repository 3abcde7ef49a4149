"""What this room offers to the table of steps."""

from sqlalchemy import select

from mediation.ground.db import session
from mediation.ground.steps import fact, subjects
from mediation.casefile.duties.models import RiskDuty


@subjects("duty")
def rows(case_id):
    """Return the duty rows of a case, oldest first."""
    return session.scalars(select(RiskDuty).where(RiskDuty.case_id == case_id).order_by(RiskDuty.id))


@fact("duties.none_bars_routing")
def none_bars_routing(subject, *, on, by):
    return []


@fact("duties.none_bars_session")
def none_bars_session(subject, *, on, by):
    return []


@fact("duties.none_bars_agreement")
def none_bars_agreement(subject, *, on, by):
    return []


@fact("duties.none_open")
def none_open(subject, *, on, by):
    return []
