"""The time to apply ends by itself: nobody has to apply, so a day that passed makes no case late."""

from sqlalchemy import select

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import OPEN_CONFIRMATION
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks.models import Clock
from mediation.ground import clock, trail
from mediation.ground.db import session, transaction
from mediation.ground.jobs import job
from mediation.registry.access.rules import system_actor
from mediation.stages.confirmation.models import Confirmation
from mediation.stages.confirmation.queries import TIME


@job("confirmation.lapse")
def lapse() -> None:
    """Stop the time to apply where its last day is over and nobody is preparing an application (JC-01)."""
    today = clock.today()
    in_hand = select(Confirmation.case_id).where(Confirmation.state.in_(OPEN_CONFIRMATION))
    over = select(Clock.case_id).where(
        Clock.basis == TIME, Clock.stopped_on.is_(None), Clock.due_on < today, Clock.case_id.not_in(in_hand)
    )
    for case_id in session.scalars(over).all():
        with transaction():
            case = session.get_one(Case, case_id)
            by = system_actor(case.centre_id)
            clocks.stop(case, TIME, on=today, by=by)
            trail.record("confirmation.lapsed", by=by, about=case, case_id=case.id, params={"on": today})
