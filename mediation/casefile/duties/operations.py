"""Opening risk duties and recording that they were met."""

from datetime import date, datetime, timedelta

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Case
from mediation.casefile.duties import rules
from mediation.casefile.duties.models import RiskDuty, RiskDutyState
from mediation.casefile.duties.rules import DutyKind, Report
from mediation.ground import clock
from mediation.ground.errors import RuleBroken
from mediation.registry.access.rules import Actor
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Unit


def open_duty(case: Case, kind: DutyKind, *, by: Actor, on: date) -> RiskDuty:
    """Open a duty on a case, due as PM-08 is set here; it follows from the step that asked the question."""
    opened_at = clock.now()
    duty = RiskDuty(
        case_id=case.id, kind=kind, state=RiskDutyState.OPEN, opened_at=opened_at, opened_by_id=by.account_id,
        due_at=due_at(opened_at, on=on, centre_id=case.centre_id),
    )
    steps.take("duty.open", duty, by=by, on=on, case=case, implied=True, facts={"kind": kind})
    return duty


def due_at(opened_at: datetime, *, on: date, centre_id: int) -> datetime:
    """Return by when a duty opened at that instant has to be reported. PM-08."""
    figure = settings.days("PM-08", on=on, centre_id=centre_id)
    if figure.unit == Unit.HOURS:
        return rules.report_due_at(clock.local(opened_at), hours=figure.amount)
    return rules.report_due_at(clock.local(opened_at) + timedelta(days=figure.amount))


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
