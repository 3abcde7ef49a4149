"""What follows from a case's own words: traits, usual cause, title, interrupted limitation, the acceptance clock."""

from collections.abc import Iterable
from datetime import date

from mediation.casefile.cases import facts
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import PartyRole, Trait, title_of
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks.models import Clock
from mediation.casefile.clocks.rules import ClockLabel
from mediation.ground.errors import RuleBroken, because
from mediation.registry.access.rules import Actor
from mediation.registry.causes import queries as causes
from mediation.registry.causes.rules import main_code
from mediation.registry.points import queries as points
from mediation.registry.points.rules import Bar as PointBar
from mediation.stages.intake import rules

LONGEST_TITLE = 200


def kind_of(case: Case):
    """Return the dispute type of a case, None while it has none."""
    return causes.named(case.type_code, on=case.law_on, centre_id=case.centre_id) if case.type_code else None


def traits_of(case: Case) -> frozenset[str]:
    """Return what the type of a case means to the law."""
    return facts.traits_of(case.type_code, centre_id=case.centre_id) if case.type_code else frozenset()


def point_id(public_id: str | None, *, centre_id: int) -> int | None:
    """Return the row id of a collection point. Raises RuleBroken for one that the centre does not have."""
    if not public_id:
        return None
    found = points.by_public_id(public_id, centre_id=centre_id)
    if found is None:
        raise RuleBroken(because(PointBar.UNKNOWN))
    return found.id


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
    sides = PartyRole.APPLICANT, PartyRole.RESPONDENT
    counts = [case.group_size or 0 if case.group_side == side else 0 for side in sides]
    return title_of(*(names[side] for side in sides), kind.name if kind else "", counts=counts)[:LONGEST_TITLE]


def start_acceptance(case: Case, *, by: Actor) -> Clock:
    """Start the period in which it is decided whether the case is taken (PM-19)."""
    return _start_acceptance(case, case.applied_on, by=by)


def follow_acceptance(case: Case, *, applied_before: date, by: Actor) -> None:
    """Count the running acceptance period anew after a correction; a later round keeps its own first day."""
    running = next((each for each in clocks.running(case.id) if each.label == ClockLabel.ACCEPTANCE), None)
    if running is not None:
        start = case.applied_on if running.started_on == applied_before else running.started_on
        clocks.stop_labelled(case, ClockLabel.ACCEPTANCE, on=start)
        _start_acceptance(case, start, by=by)


def _start_acceptance(case: Case, start: date, *, by: Actor) -> Clock:
    basis = rules.acceptance_key(case.track, traits_of(case), main_type=main_code(case.type_code))
    return clocks.start(case, basis, start, label=ClockLabel.ACCEPTANCE, by=by, unit_id=case.lead_unit_id)


def interrupted_on(case: Case) -> date | None:
    """Return the last day that interrupts the limitation: of the request (LM-02), or of what was noted (LM-03)."""
    is_limited = Trait.SUPPORT not in traits_of(case)
    asked = rules.limitation_interrupted_on(
        case.applied_on, is_limited=is_limited, is_asked=case.source not in rules.UNASKED
    )
    noted = date.fromisoformat(case.limitation_note.partition(" ")[0]) if case.limitation_note else None
    return rules.latest_interruption(asked, noted) if is_limited else None
