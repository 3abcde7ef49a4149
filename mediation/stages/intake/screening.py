"""The five questions: asked before a case goes anywhere, and answered anew when somebody learns more."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import select

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import PartyFlag
from mediation.casefile.duties import operations as duties
from mediation.casefile.duties import queries as open_duties
from mediation.casefile.duties.rules import DutyKind
from mediation.ground.db import session
from mediation.ground.errors import RuleBroken, because, known
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.registry.people.rules import Capacity, capacity_on
from mediation.registry.settings import queries as settings
from mediation.stages.intake import derived, grading, rules
from mediation.stages.intake.rules import Bar, Question


@once
def screen(
    case_public_id: str, *, answers: Mapping[Question, bool], victim: str | None = None,
    capacity: Capacity | None = None,
    by: Actor, on: date, key: str | None = None,
) -> str:
    """Write down the answers of the five questions, open the duties that they bring, seal what must be (RT-08, P6).

    ``victim`` is the party who suffers violence; where somebody else does, ``capacity`` says what that person may do
    alone. Raises RuleBroken while a question has no answer.
    """
    case = cases.get(case_public_id, for_=by)
    missing = rules.screening_obstacles(answers)
    if missing:
        raise RuleBroken(*missing)
    parties = cases.parties_of(case.id)
    answers = {question: bool(answers[question]) for question in Question}
    flagged = {party.public_id: party.flags.get("flags", []) for party in parties if party.public_id == victim}
    was = {"sealed": case.is_sealed, "flags": flagged}  # for an undo
    suffering = _flag_victim(parties, victim, answers)
    case.screening = {**answers, "victim": victim, "capacity": capacity}
    case.screened_on = on
    graded = grading.grade(case)
    steps.take(
        "case.screen", case, by=by, on=on,
        facts={**_told(answers), "grade": graded.grade, "urgency": graded.urgency, "was": was},
    )
    _seal(case, parties, answers)
    for kind in _duties(case, answers, capacity or _capacity(suffering, parties, on), people=case.people_count):
        duties.open_duty(case, kind, by=by, on=on)
    return case.public_id


@once
def learn_risk(
    case_public_id: str, *, yes: Collection[str], words: str, victim: str | None = None,
    capacity: Capacity | None = None, by: Actor, on: date, key: str | None = None,
) -> str:
    """Answer questions of the screening with yes that were answered with no before, at any time of the road.

    A mediator sees a knife or hears of a blow long after the window asked (PM-08). Duties open as at the screening;
    one of the same kind that is still open is not doubled. ``words`` say what was seen or heard. Raises RuleBroken.
    """
    case = cases.get(case_public_id, for_=by)
    answers = {known(Question, question, "yes"): True for question in yes}
    bars = [] if answers else [because(Bar.NOTHING_LEARNT)]
    bars += [] if words.strip() else [because(Bar.NO_WORDS_LEARNT)]
    steps.take("case.learn_risk", case, by=by, on=on, reason=words.strip() or None, bars=bars, facts=_told(answers))
    parties = cases.parties_of(case.id)
    suffering = _flag_victim(parties, victim, answers)
    case.screening = {**case.screening, **answers, **({"victim": victim, "capacity": capacity} if victim else {})}
    _seal(case, parties, answers)
    running = {duty.kind for duty in open_duties.of_case(case.id) if duty.is_open}
    for kind in _duties(case, answers, capacity or _capacity(suffering, parties, on)):
        if kind not in running:
            duties.open_duty(case, kind, by=by, on=on)
    return case.public_id


def _told(answers: Mapping[Question, bool]) -> dict:
    """Return what the history keeps: the questions answered with yes, and what the visitor was told because of them."""
    return {"yes": [question for question in Question if answers.get(question)], "hints": rules.hints_for(answers)}


def _flag_victim(parties: Sequence[Party], victim: str | None, answers: Mapping[Question, bool]) -> Party | None:
    suffering = next((party for party in parties if party.public_id == victim), None)
    if suffering is not None and answers.get(Question.VIOLENCE):
        suffering.flags = {"flags": sorted({*suffering.flags.get("flags", ()), PartyFlag.VIOLENCE})}
    return suffering


def _seal(case: Case, parties: Sequence[Party], answers: Mapping[Question, bool]) -> None:
    reason = rules.seal_reason(answers)
    if reason is not None and not case.is_sealed:
        case.is_sealed, case.seal_reason = True, reason
        case.title = derived.title(case, parties)
        for merged in session.scalars(select(Case).where(Case.merged_into_id == case.id)):
            _seal(merged, cases.parties_of(merged.id), answers)


def _duties(
    case: Case, answers: Mapping[Question, bool], victim: Capacity, *, people: int = 0
) -> list[DutyKind]:
    numerous_from = settings.number("MH-07.numerous", on=case.law_on, centre_id=case.centre_id)
    return rules.duties_opened(answers, victim=victim, people=people, numerous_from=numerous_from)


def _capacity(suffering: Party | None, parties: Sequence[Party], on: date) -> Capacity:
    """Return what the victim may do alone; where nobody said who it is, the weakest person in the case counts."""
    people_in_it = [suffering.person] if suffering else [party.person for party in parties]
    reached = [capacity_on(person.birth_on, on) for person in people_in_it if person is not None]
    return min(reached, key=list(Capacity).index, default=Capacity.FULL)
