"""What this room offers to the table of steps: an open duty holds steps up until its report is recorded."""

from mediation.casefile.cases.models import Case
from mediation.casefile.duties import queries
from mediation.casefile.duties.rules import Barred
from mediation.ground.steps import fact, subjects


@subjects("duty")
def rows(case_id):
    """Return the duties of a case, oldest first."""
    return queries.of_case(case_id)


@fact("duties.none_bars_routing", rules=("MH-02", "MH-04"), cure="duty.report")
def none_bars_routing(subject, *, on, by):
    return queries.obstacles(_case_id(subject), Barred.ROUTE)


@fact("duties.none_bars_session", rules=("MH-02", "MH-04", "MH-06"), cure="duty.report")
def none_bars_session(subject, *, on, by):
    return queries.obstacles(_case_id(subject), Barred.SESSION)


@fact("duties.none_bars_agreement", rules=("MH-02", "MH-04", "MH-06"), cure="duty.report")
def none_bars_agreement(subject, *, on, by):
    return queries.obstacles(_case_id(subject), Barred.AGREE)


@fact("duties.none_open", rules=("PM-08", "MH-02", "MH-04", "MH-06", "MH-07"), cure="duty.report")
def none_open(subject, *, on, by):
    return queries.obstacles(_case_id(subject), Barred.CLOSE)


def _case_id(subject):
    return subject.id if isinstance(subject, Case) else subject.case_id
