"""What this room offers to the table of steps."""

from mediation.casefile.cases import progress
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import ACTIVE_PROCEEDING
from mediation.ground.errors import because
from mediation.ground.steps import fact, subjects
from mediation.stages.intake.rules import Elsewhere, known_elsewhere
from mediation.stages.routing import advice, queries, rules


@subjects("transfer")
def rows(case_id):
    """Return the transfer rows of a case, oldest first."""
    return queries.transfers_of(case_id)


@fact("routing.no_open_track", rules=("RT-01",), cure="proceeding.end")
def no_open_track(case: Case, *, on, by):
    """A case is on one track at a time. What later rooms opened is read from the history, not from their rows."""
    states = {step.object_id: step.to_state for step in progress.history(case.id) if step.object_kind == "proceeding"}
    return [because(rules.Bar.STILL_OPEN) for state in states.values() if state in ACTIVE_PROCEEDING]


@fact("routing.admissible", rules=("RT-05", "RT-06"), cure="case.correct")
def admissible(case: Case, *, on, by):
    """Nothing that another body has in hand is mediated, unless that body sent it."""
    return rules.admission_obstacles(
        advice.facts_of(case), elsewhere=elsewhere_of(case), elsewhere_since=case.pending_since
    )


def elsewhere_of(case: Case) -> Elsewhere | None:
    """Return who has the matter in hand besides us."""
    return known_elsewhere(case.pending_elsewhere, court_no=case.court_no, source=case.source)
