"""What follows from a case's own words: traits, usual cause, title, the acceptance clock."""

from collections.abc import Iterable

from mediation.casefile.cases import facts
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import PartyRole, Trait, title_of
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks.models import Clock
from mediation.casefile.clocks.rules import ClockLabel
from mediation.registry.access.rules import Actor
from mediation.registry.causes import queries as causes

LONGEST_TITLE = 200
ACCEPTANCE = ("PM-19", "AM-11.accept")


def kind_of(case: Case):
    """Return the dispute type of a case, None while it has none."""
    return causes.dispute_type(case.type_code, centre_id=case.centre_id) if case.type_code else None


def traits_of(case: Case) -> frozenset[str]:
    """Return what the type of a case means to the law."""
    return facts.traits_of(case.type_code, centre_id=case.centre_id) if case.type_code else frozenset()


def usual_cause(case: Case) -> str | None:
    """Return the cause that cases of this type usually have; the clerk may choose another."""
    kind = kind_of(case)
    return kind.causes[0] if kind and kind.causes else None


def title(case: Case, parties: Iterable[Party]) -> str:
    """Return what people call the case, from its parties and its type; somebody unknown has no name in it.

    A sealed case is called by its type alone: a title stands in lists that more people see than the case (P6).
    """
    names = {role: [] for role in PartyRole}
    for party in parties:
        if party.person_id or party.person:
            names[party.role].append(party.name)
    kind = kind_of(case)
    if case.is_sealed:
        return f"{title_of([], [], kind.name if kind else '')}（保密）"
    return title_of(names[PartyRole.APPLICANT], names[PartyRole.RESPONDENT], kind.name if kind else "")[:LONGEST_TITLE]


def start_acceptance(case: Case, *, by: Actor) -> Clock:
    """Start the period in which it is decided whether the case is taken. PM-19; AM-11 for medical disputes."""
    clocks.stop(case, *ACCEPTANCE, on=case.applied_on, by=by)
    basis = "AM-11.accept" if Trait.MEDICAL in traits_of(case) else "PM-19"
    return clocks.start(case, basis, case.applied_on, label=ClockLabel.ACCEPTANCE, by=by)
