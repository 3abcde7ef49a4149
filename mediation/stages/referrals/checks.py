"""What this room offers to the table of steps."""

from sqlalchemy import select

from mediation.ground.db import session
from mediation.ground.steps import fact, subjects
from mediation.stages.referrals.models import Referral


@subjects("referral")
def rows(case_id):
    """Return the referral rows of a case, oldest first."""
    return session.scalars(select(Referral).where(Referral.case_id == case_id).order_by(Referral.id))


@fact("referrals.court_sent_it")
def court_sent_it(subject, *, on, by):
    return []


@fact("referrals.failed_or_unsuitable")
def failed_or_unsuitable(subject, *, on, by):
    return []
