"""What performance offers to the table of steps; it begins when an agreement takes effect."""

from mediation.ground.choices import N_, Reason
from mediation.ground.errors import because
from mediation.ground.steps import fact, reacts_to, subjects
from mediation.stages.agreements import queries as agreements
from mediation.stages.performance import operations, queries


@subjects("performance")
def rows(case_id):
    """Return the duties of a case on their way to being performed."""
    return queries.of_case(case_id)


class Bar(Reason):
    NO_AGREEMENT = "no_agreement_to_visit", N_("还没有生效的协议，没有可以回访的"), "PM-15"


@fact("performance.has_agreement", rules=("PM-15",))
def has_agreement(case, *, on, by):
    """A return visit asks how an agreement is kept."""
    return [] if agreements.effective(case.id) else [because(Bar.NO_AGREEMENT)]


@reacts_to("agreement.take_effect", "agreement.agree_orally")
def begin(agreement, *, by, on):
    """An agreement in effect is to be performed, also while a court is confirming it."""
    operations.open_duties(agreement, by=by, on=on)


@reacts_to("confirmation.confirm")
def may_enforce(confirmation, *, by, on):
    """What a court confirmed can be enforced; by when is counted from the last day for performance (JC-18)."""
    operations.open_enforcement(confirmation, by=by, on=on)


@reacts_to("performance.breach")
def may_sue(performance, *, by, on):
    """What no court confirmed can only be sued on; by when is counted from the last day for performance (LM-01)."""
    operations.open_limitation(performance, by=by, on=on)


@reacts_to("agreement.revise")
def let_go(agreement, *, by, on):
    """What a court did not confirm may be agreed anew; then nothing is owed under the old text any more (JC-14)."""
    operations.let_go(agreement, by=by, on=on)
