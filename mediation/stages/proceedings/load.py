"""What open work weighs: points by grade, by travel and by night work, kept on each place and summed by an index."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, select

from mediation.casefile.cases.grades import Grade
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import ACTIVE_PROCEEDING
from mediation.ground import clock
from mediation.ground.db import session
from mediation.registry.calendar.queries import calendar_of
from mediation.registry.settings import queries as settings
from mediation.stages.proceedings import queries
from mediation.stages.proceedings.meeting.rules import SessionManner
from mediation.stages.proceedings.models import Proceeding, ProceedingMediator
from mediation.stages.proceedings.recommendation import work_points


@dataclass(frozen=True)
class Load:
    """What somebody has in hand: cases that run, and their points."""

    cases: int = 0
    points: int = 0


NOTHING = Load()


def grade_of(case: Case) -> Grade:
    """Return a case's grade; one that nobody graded is ordinary."""
    return case.grade or Grade.ORDINARY


def of_mediators(mediator_ids: Iterable[int]) -> dict[int, Load]:
    """Return what each mediator has in hand; who has nothing is left out. One reading of a partial index."""
    held = session.execute(_HELD, {"mediators": list(mediator_ids)})
    return {mediator_id: Load(cases, int(points)) for mediator_id, cases, points in held}


_HELD = (
    select(ProceedingMediator.mediator_id, func.count(), func.sum(ProceedingMediator.load_points))
    .where(ProceedingMediator.load_points > 0)
    .where(ProceedingMediator.mediator_id.in_(bindparam("mediators", expanding=True)))
    .group_by(ProceedingMediator.mediator_id)
)


def points_of(proceeding: Proceeding, case: Case, *, on: date | None = None) -> int:
    """Return what a proceeding weighs now; nothing once it no longer runs (row 44)."""
    if proceeding.state not in ACTIVE_PROCEEDING:
        return 0
    whose = {"on": on or clock.today(), "centre_id": case.centre_id}
    of_grade = {grade: settings.number(f"load.{grade}", **whose) for grade in Grade}
    held = [row for row in queries.sessions_of(case.id) if row.proceeding_id == proceeding.id and not row.is_attempt]
    return work_points(
        grade_of(case), of_grade=of_grade, away=sum(row.manner == SessionManner.ON_SITE for row in held),
        late=sum(is_late(row.starts_at, case.centre_id) for row in held),
        travel=settings.number("load.travel", **whose), night=settings.number("load.night", **whose),
    )


def is_late(starts_at: datetime, centre_id: int) -> bool:
    """Say whether a meeting begins in the evening or on a rest day."""
    local = clock.local(starts_at)
    night_from = settings.number("load.night_from", on=local.date(), centre_id=centre_id)
    return local.hour >= night_from or not calendar_of(centre_id).is_workday(local.date())


def reckon(proceeding: Proceeding, case: Case) -> None:
    """Write anew what each place on a proceeding weighs; called when something of it has moved."""
    points = points_of(proceeding, case)
    for row in queries.mediators_on(proceeding.id):
        if row.load_points != points:
            row.load_points = points
    session.flush()
