"""What help between units offers to the table of steps, and what it hears of others."""

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Stage
from mediation.ground.errors import because
from mediation.ground.steps import fact, reacts_to, subjects
from mediation.registry.access.rules import Role
from mediation.stages.assisting import operations, queries, rules
from mediation.stages.assisting.models import AssistingTask
from mediation.stages.assisting.rules import Bar, TaskFacts


@subjects("task")
def rows(case_id):
    """Return the tasks of a case, oldest first."""
    return queries.of_case(case_id)


@fact("assisting.may_ask")
def may_ask(case: Case, *, on, by):
    """The lead asks; before a unit has accepted the case, the dispatcher does, too."""
    return [because(Bar.LEAD_ASKS)] if by.role == Role.DISPATCHER and case.stage != Stage.ROUTED else []


@fact("assisting.is_ours")
def is_ours(task: AssistingTask, *, on, by):
    return [] if queries.is_helping(task, by) else [because(Bar.NOT_OURS)]


@fact("assisting.none_mandatory_open", rules=("RT-09",), cure="assisting")
def none_mandatory_open(case: Case, *, on, by):
    """A case cannot close with an open mandatory task (row 33)."""
    return rules.closing_obstacles(
        TaskFacts(task.unit.name, task.state, task.is_mandatory) for task in queries.of_case(case.id)
    )


@reacts_to("case.close", "case.withdraw", "case.refuse", "case.merge")
def let_go(case: Case, *, by, on):
    """Where a case ends nobody needs help with it any more."""
    operations.lapse(case.id, by=by, on=on)
