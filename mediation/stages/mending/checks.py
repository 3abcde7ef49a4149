"""What this room offers to the table of steps."""

from mediation.ground.steps import fact, subjects
from mediation.stages.mending import requests


@subjects("mending")
def rows(case_id):
    """Return the corrections that were asked for in a case, oldest first."""
    return requests.of_case(case_id)


@fact("mending.may_decide")
def may_decide(request, *, on, by):
    """Who asked does not decide, nor whoever stands in for them, nor for whom they stand in."""
    return requests.decision_bars(request, by=by)
