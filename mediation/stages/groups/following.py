"""What follows when a group grows: the case's headcount, and the duties that so many people bring."""

from datetime import date, datetime

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.duties import operations as duties
from mediation.casefile.duties import queries as open_duties
from mediation.ground.db import session
from mediation.registry.access.rules import Actor
from mediation.stages.groups import queries, rules
from mediation.stages.groups.models import CaseGroup
from mediation.stages.intake import parties


def follow(group: CaseGroup, case: Case, *, by: Actor, on: date, learnt_at: datetime | None = None) -> None:
    """Bring the headcount of the case, and open each duty that is due and was never opened.

    ``learnt_at`` is since when it is known how many they are; None: since now (MH-07, row 20).
    """
    session.flush()
    found = queries.figures(group)
    case.group_side, case.group_size = group.side, found.people
    case.people_count = found.people
    parties.follow(case, cases.parties_of(case.id))
    opened = {duty.kind for duty in open_duties.of_case(case.id)}
    for kind in rules.duties_due(found.people, found.sum_fen, queries.limits(case, on=on)):
        if kind not in opened:
            duties.open_duty(case, kind, by=by, on=on, learnt_at=learnt_at)
