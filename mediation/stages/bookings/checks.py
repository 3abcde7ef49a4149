"""What this room offers to the table of steps, and what it hears of others."""

from mediation.casefile.cases.models import Case
from mediation.ground.steps import reacts_to, subjects
from mediation.stages.bookings import operations, queries


@subjects("booking")
def rows(case_id):
    """Return the bookings of a case, oldest first."""
    return queries.of_case(case_id)


@reacts_to("proceeding.hold_session")
def keep(proceeding, *, by, on):
    """A meeting that was recorded is the one that was booked for that day."""
    operations.note_held(proceeding, by=by, on=on)


@reacts_to("proceeding.end", "case.withdraw", "case.close")
def let_go(subject, *, by, on):
    """Where mediation has ended nobody is asked to come any more, and the room is free."""
    operations.lapse(subject.id if isinstance(subject, Case) else subject.case_id, by=by, on=on)
