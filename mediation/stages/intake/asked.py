"""What a type of dispute asks besides the registration: answered after the first save, kept with the case (row 22)."""

from collections.abc import Mapping
from datetime import date

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Case
from mediation.ground import trail
from mediation.ground.errors import RuleBroken
from mediation.registry.access.rules import Actor
from mediation.registry.causes import asking
from mediation.registry.causes import queries as causes
from mediation.registry.causes.asking import TypeQuestion
from mediation.stages.intake import versions


def questions(case: Case) -> tuple[TypeQuestion, ...]:
    """Return what the type of a case asks, as it was on the case's day."""
    kind = causes.effective(case.type_code, on=case.law_on, centre_id=case.centre_id)
    return kind.questions if kind else ()


def papers(case: Case) -> tuple[str, ...]:
    """Return what the parties of such a case bring, as it was on the case's day."""
    kind = causes.effective(case.type_code, on=case.law_on, centre_id=case.centre_id)
    return kind.papers if kind else ()


def answered(case: Case) -> list[tuple[str, str]]:
    """Return what was asked and answered: the questions of the type in order, then those asked under another type."""
    kept = case.type_answers or {}
    labels = [each.label for each in questions(case) if each.label in kept]
    return [(label, kept[label]) for label in (*labels, *(each for each in kept if each not in labels))]


def stored(case: Case) -> dict:
    """Return the answers by question and the version of the case."""
    return {**(case.type_answers or {}), "version": case.version}


def answer(case_public_id: str, given: Mapping[str, str], *, version: int, by: Actor, on: date) -> str:
    """Write down the answers to the questions of the case's type; an empty one is taken out. Return its public id.

    Answers to questions of another type stay. Raises RuleBroken for an answer of the wrong form, Stale, NotFound.
    """
    case = cases.get(case_public_id, for_=by)
    asked = questions(case)
    kept, faults = asking.answers(asked, given)
    versions.take(case, version, case_id=case.id, stored=lambda: stored(case))
    if faults:
        raise RuleBroken(*faults)
    before = dict(case.type_answers or {})
    labels = {each.label for each in asked}
    after = kept | {label: value for label, value in before.items() if label not in labels}
    changed = {label: (before.get(label), after.get(label)) for label in {*before, *after}
               if before.get(label) != after.get(label)}
    if not changed:
        return case.public_id
    case.type_answers = after
    steps.take("case.supplement", case, by=by, on=on, facts={"what": "type_answers"})
    trail.record("case.type_answered", by=by, about=case, case_id=case.id, params={"count": len(kept)},
                 changed=changed, box=case.box())
    return case.public_id
