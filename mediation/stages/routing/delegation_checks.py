"""What going up and down offers to the table of steps, and what it hears of others."""

from mediation.casefile.cases import progress
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import ProceedingState, TransferState
from mediation.ground.db import session
from mediation.ground.errors import because
from mediation.ground.steps import fact, reacts_to
from mediation.registry.units import queries as units
from mediation.stages.routing import delegation, queries
from mediation.stages.routing.levels import Bar, HopKind
from mediation.stages.routing.models import Transfer

OVER = (None, ProceedingState.ENDED, ProceedingState.REFUSED)


@fact("delegation.between_attempts", rules=("RT-01",), cure="proceeding.end")
def between_attempts(case: Case, *, on, by):
    """Nobody mediates: the unit has the case in hand and has not accepted it, or its attempt is over."""
    now = progress.progress_of(case, progress.taken(case.id))
    if now.proceeding not in OVER or now.agreement is not None:
        return [because(Bar.IN_ATTEMPT)]
    newest = queries.newest(case.id)
    is_here = newest is not None and newest.state == TransferState.RECEIVED
    return [] if is_here else [because(Bar.NOT_RECEIVED, cure="transfer.receive")]


@fact("delegation.none_asked", cure="transfer.take_back")
def none_asked(case: Case, *, on, by):
    """While a unit below is asked whether it takes the case, nobody goes on without its answer."""
    asked = [each for each in queries.transfers_of(case.id) if each.state == TransferState.OFFERED]
    return [because(Bar.ASKING, unit=units.unit(each.to_unit_id).name) for each in asked]


@fact("delegation.is_asked")
def is_asked(transfer: Transfer, *, on, by):
    return [] if transfer.to_unit_id == by.unit_id else [because(Bar.NOT_ASKED)]


@fact("delegation.not_ordered", cure="transfer.receive")
def not_ordered(transfer: Transfer, *, on, by):
    return [because(Bar.ORDERED)] if transfer.kind == HopKind.ORDER else []


@reacts_to("case.close", "case.withdraw", "case.change_track", "case.merge", "referral.send")
def let_go(subject, *, by, on):
    """What a unit was asked about ends, or goes another way: it need not answer any more."""
    case = subject if isinstance(subject, Case) else session.get_one(Case, subject.case_id)
    delegation.drop_offers(case, by=by, on=on)
