"""What this room offers to the table of steps."""

from mediation.ground.steps import fact


@fact("intake.complete")
def complete(subject, *, on, by):
    return []
