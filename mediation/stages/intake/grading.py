"""How hard a case is and how much it presses: proposed of its facts, settled by people (row 27, ST-02)."""

from datetime import date

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import (
    Grade,
    GradeFacts,
    GradeReason,
    Proposal,
    Risk,
    Trait,
    Urgency,
    grading_obstacles,
    propose,
)
from mediation.ground.errors import known
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Kind
from mediation.stages.intake import chains, derived

CRITERIA = "ST-02"


def proposal(case: Case) -> Proposal:
    """Return what the rule table of the case's day proposes for it, with the facts that say so."""
    criteria = settings.rule_table(CRITERIA, on=case.law_on, centre_id=case.centre_id)
    asks_relapse = any(group.get("relapse") for group in criteria.values())
    return propose(facts_of(case, asks_relapse=asks_relapse), criteria)


def facts_of(case: Case, *, asks_relapse: bool = True) -> GradeFacts:
    """Return what the rule table may ask of a case; whether it is a relapse is looked up only where that is asked."""
    return GradeFacts(
        people=max(case.people_count, len(cases.parties_of(case.id))), amount_fen=case.amount_fen,
        flags=frozenset(risk for risk in Risk if case.screening.get(risk) is True),
        traits=frozenset(trait for trait in Trait if trait in derived.traits_of(case)),
        visits=chains.of(case.id).place(case.id),
        is_relapse=asks_relapse and chains.relapse_of(case, for_=None) is not None,
    )


def grade(case: Case) -> Proposal:
    """Give a case the grade and the urgency that its facts propose; return them with their reasons."""
    found = proposal(case)
    case.grade, case.urgency = found.grade, found.urgency
    return found


@once
def settle(
    case_public_id: str, *, grade: str, urgency: str, reason: str | None = None, words: str = "", by: Actor, on: date,
    key: str | None = None,
) -> str:
    """Confirm or change how hard a case is and how much it presses; return its public id. A change needs a reason.

    Raises RuleBroken, NotFound, NotAllowed, Invalid for a word that is no grade, urgency or reason. ST-02.
    """
    case = cases.get(case_public_id, for_=by)
    after = known(Grade, grade, "grade"), known(Urgency, urgency, "urgency")
    coded = known(GradeReason, reason, "reason") if reason else None
    before = case.grade, case.urgency
    bars = grading_obstacles(before, after, reason=coded, words=words)
    case.grade, case.urgency = after
    steps.take(
        "case.grade", case, by=by, on=on, bars=bars, reason=words.strip() or None,
        facts={"grade": after[0], "urgency": after[1], "was": list(before), "why": coded},
    )
    return case.public_id


def way_of(case: Case) -> str | None:
    """Return how cases of that grade are handled here, as the dated setting says; None for one without a grade."""
    if case.grade is None:
        return None
    return settings.value(Kind.TEXT, f"ST-02.way.{case.grade}", on=case.law_on, centre_id=case.centre_id)
