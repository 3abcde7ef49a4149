"""How hard a case is and how much it presses: proposed of its facts, settled by people (row 27, ST-02)."""

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import GradeFacts, Proposal, Risk, Trait, propose
from mediation.registry.settings import queries as settings
from mediation.stages.intake import chains, derived

CRITERIA = "ST-02"


def proposal(case: Case) -> Proposal:
    """Return what the rule table of the case's day proposes for it, with the facts that say so."""
    criteria = settings.rule_table(CRITERIA, on=case.law_on, centre_id=case.centre_id)
    return propose(facts_of(case), criteria)


def facts_of(case: Case) -> GradeFacts:
    """Return what the rule table may ask of a case."""
    return GradeFacts(
        people=max(case.people_count, len(cases.parties_of(case.id))), amount_fen=case.amount_fen,
        flags=frozenset(risk for risk in Risk if case.screening.get(risk) is True),
        traits=frozenset(trait for trait in Trait if trait in derived.traits_of(case)),
        visits=chains.of(case.id).place(case.id),
    )


def grade(case: Case) -> Proposal:
    """Give a case the grade and the urgency that its facts propose; return them with their reasons."""
    found = proposal(case)
    case.grade, case.urgency = found.grade, found.urgency
    return found
