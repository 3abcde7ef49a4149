"""Opening risk duties and recording that they were met."""

from datetime import date, datetime

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Case
from mediation.casefile.duties import rules
from mediation.casefile.duties.models import RiskDuty, RiskDutyState
from mediation.casefile.duties.rules import DutyKind, Report
from mediation.ground import clock
from mediation.ground.errors import RuleBroken
from mediation.registry.access.rules import Actor
from mediation.registry.deadlines import queries as deadlines
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Unit

TIMED = {DutyKind.FIRST_REPORT: "group.first_report"}  # what is due by a figure of its own; the others as PM-08 says


def open_duty(case: Case, kind: DutyKind, *, by: Actor, on: date, learnt_at: datetime | None = None) -> RiskDuty:
    """Open a duty on a case, due as is set here; it follows from the step that asked the question.

    ``learnt_at`` is when it was learnt of, where that was before it is written down: the time runs from then.
    """
    opened_at = learnt_at or clock.now()
    duty = RiskDuty(
        case_id=case.id, kind=kind, state=RiskDutyState.OPEN, opened_at=opened_at, opened_by_id=by.account_id,
        due_at=due_at(opened_at, on=on, centre_id=case.centre_id, key=TIMED.get(kind, "PM-08")),
    )
    steps.take("duty.open", duty, by=by, on=on, case=case, implied=True, facts={"kind": kind})
    return duty


def due_at(opened_at: datetime, *, on: date, centre_id: int, key: str = "PM-08") -> datetime:
    """Return by when a duty opened at that instant has to be reported; ``key`` names the figure. PM-08, row 20."""
    figure = settings.days(key, on=on, centre_id=centre_id)
    if figure.unit == Unit.HOURS:
        return rules.report_due_at(clock.local(opened_at), hours=figure.amount)
    last = deadlines.of_key(key, figure, clock.day_of(opened_at), on=on, centre_id=centre_id)
    return rules.report_due_at(clock.begin_of(last.day))


def report(
    duty_public_id: str, *, to: str, at: datetime | None, receipt_no: str, measures: str = "", by: Actor, on: date,
    key: str | None = None,
) -> str:
    """Record that a duty was reported: to whom, when, by whom, under which receipt. That closes it.

    Raises RuleBroken with everything the record lacks; Stale when somebody recorded it first.
    """
    duty, case = cases.child(RiskDuty, duty_public_id, for_=by)
    record = Report(to=to, at=at, by=by.name, receipt_no=receipt_no)
    lacking = rules.report_obstacles(record, now=clock.now())
    if lacking:
        raise RuleBroken(*lacking)
    duty.reported_to, duty.reported_at, duty.receipt_no = to.strip(), at, receipt_no.strip()
    duty.reported_by_id, duty.measures, duty.closed_on = by.account_id, measures.strip() or None, on
    late = rules.is_overdue(duty.due_at, now=clock.now(), reported_at=at) if duty.due_at else False
    steps.take("duty.report", duty, by=by, on=on, case=case, facts={"kind": duty.kind, "late": late})
    return duty.public_id
