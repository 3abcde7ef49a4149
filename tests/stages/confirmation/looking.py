"""What tests of confirmation look at: reasons, the application, what a pack lacks; clauses of an agreement."""

from datetime import date

from mediation.casefile.cases import queries as cases
from mediation.stages.agreements.operations import ClauseValues
from mediation.stages.agreements.rules import ClauseKind, Manner
from mediation.stages.confirmation import queries
from tests import road

TODAY = date(2026, 11, 23)
LAST_DAY = date(2026, 12, 23)



def reasons(error) -> set[str]:
    return {str(obstacle.reason) for obstacle in error.value.obstacles}


def read(application, county):
    return queries.get(application, for_=county.liaison)[0]


def lacks(case, county, on=TODAY) -> dict:
    found = queries.readiness(cases.get(case, for_=county.mediator), on=on)
    return {check.key: [str(each.reason) for each in check.obstacles] for check in found.checks if not check.ok}


def with_clauses(county, *clauses):
    """An agreement in effect with these clauses instead of the instalments."""
    case, agreement, refs = road.drafted(county)
    made = [clause(refs) for clause in clauses]
    road.save(county, agreement, refs, total_fen=sum(clause.amount_fen or 0 for clause in made) or None, clauses=made)
    return road.signed(county, (case, agreement, refs))


def pays(refs):
    return ClauseValues(
        ClauseKind.PAY, "支付赔偿款", (refs[1],), (refs[0],), amount_fen=260_000, due_on=LAST_DAY, manner=Manner.CASH
    )


def owns(refs):
    return ClauseValues(ClauseKind.TERM, "东侧滴水地的所有权归万秋莲", tuple(refs), (), subject="title")
