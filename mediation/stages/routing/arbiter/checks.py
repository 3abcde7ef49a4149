"""What the arbiter's room offers to the table of steps."""

from mediation.casefile.cases.models import Case
from mediation.ground.errors import because
from mediation.ground.steps import fact
from mediation.stages.routing.arbiter import (
    operations,  # noqa: F401 - reacts to rejections
    queries,
)
from mediation.stages.routing.arbiter.rules import Bar
from mediation.stages.routing.models import Transfer


@fact("routing.not_before_arbiter", cure="case.designate")
def not_before_arbiter(case: Case, *, on, by):
    """What waits for the arbiter is not sent on by the dispatcher; where nobody is named any more, it is."""
    named = queries.arbiter_on(case.centre_id, on=on)
    return [because(Bar.WAITS, who=named.name)] if named and queries.waiting(case.id) else []


@fact("routing.waits_for_arbiter")
def waits_for_arbiter(case: Case, *, on, by):
    """Only what was given back is ruled on, and by the one who was named."""
    if queries.waiting(case.id) is None:
        return [because(Bar.NOT_WAITING)]
    named = queries.arbiter_on(case.centre_id, on=on)
    return [] if queries.is_arbiter(by, on=on) else [because(Bar.NOT_ARBITER, who=named.name if named else "")]


@fact("routing.not_designated")
def not_designated(transfer: Transfer, *, on, by):
    """What was ruled binds the unit: it cannot give the case back."""
    made = queries.made(transfer.designation_id)
    return [because(Bar.DESIGNATED, who=made.made_by, day=made.made_on)] if made else []
