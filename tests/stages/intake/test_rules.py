from dataclasses import replace
from datetime import date

import pytest

from mediation.casefile.cases.rules import CourtNumberBar, PartyFacts, PartyFlag, Source, Trait
from mediation.casefile.duties.rules import DutyKind
from mediation.registry.people.rules import Capacity
from mediation.stages.intake.rules import (
    Bar,
    Elsewhere,
    Hint,
    Question,
    Registration,
    age_flags,
    child_obstacles,
    duties_opened,
    elsewhere_obstacles,
    hints_for,
    is_collective,
    limitation_interrupted_on,
    registration_obstacles,
    screening_obstacles,
)

TODAY = date(2026, 3, 2)
ALL_NO = dict.fromkeys(Question, False)
WHOLE = Registration(
    source=Source.PARTY,
    applicants=("张三",),
    respondents=("李四",),
    story="共用的水沟被垫高",
    type_code="neighbour",
    applied_on=TODAY,
    data_notice="3",
)


def reasons(obstacles):
    return [obstacle.reason for obstacle in obstacles]


def test_a_whole_registration_passes():
    assert registration_obstacles(WHOLE, on=TODAY) == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"source": None}, [Bar.NO_SOURCE]),
        ({"applicants": (" ",)}, [Bar.NO_PARTY]),
        ({"respondents": ()}, [Bar.NO_OTHER_SIDE]),
        ({"respondents": (), "other_side_unknown": True}, []),
        ({"story": " "}, [Bar.NO_STORY]),
        ({"type_code": ""}, [Bar.NO_TYPE]),
        ({"applied_on": None}, [Bar.NO_DAY]),
        ({"applied_on": date(2026, 3, 3)}, [Bar.APPLIED_LATER]),
        ({"applied_on": date(2026, 3, 1)}, []),
        ({"data_notice": ""}, [Bar.NO_DATA_NOTICE]),
        ({"court_no": "〔2026〕赣0121诉前调12号"}, [CourtNumberBar.FORM]),
        ({"court_no": "（2026）赣0121诉前调12号"}, []),
        ({"source": Source.COURT_COMMISSION}, [Bar.NO_COURT, Bar.NO_OUTSIDE_NO]),
        ({"source": Source.COURT_ENTRUSTMENT, "court": "南昌县人民法院"}, [Bar.NO_OUTSIDE_NO]),
        ({"source": Source.COURT_COMMISSION, "court": "南昌县人民法院", "outside_no": "诉前调12号"}, []),
    ],
)
def test_what_a_registration_lacks(changes, found):
    """RT-07, DP-05, LM-02: source, notice and day of the request are mandatory."""
    assert reasons(registration_obstacles(replace(WHOLE, **changes), on=TODAY)) == found


def test_everything_that_lacks_is_named_at_once():
    assert len(registration_obstacles(Registration(), on=TODAY)) == 7


@pytest.mark.parametrize(
    ("elsewhere", "source", "traits", "found"),
    [
        (None, Source.PARTY, {Trait.MEDICAL}, []),
        (Elsewhere.COURT, Source.PARTY, {Trait.MEDICAL}, [Bar.MEDICAL_ELSEWHERE]),
        (Elsewhere.HEALTH_AUTHORITY, Source.PARTY, {Trait.MEDICAL}, [Bar.MEDICAL_ELSEWHERE]),
        (Elsewhere.MEDICAL_COMMITTEE, Source.AGENCY, {Trait.MEDICAL}, [Bar.MEDICAL_ELSEWHERE]),
        (Elsewhere.COURT, Source.PARTY, set(), [Bar.ELSEWHERE]),
        (Elsewhere.COURT, Source.COURT_ENTRUSTMENT, set(), []),
        (Elsewhere.COURT, Source.COURT_COMMISSION, set(), []),
        (Elsewhere.COURT, Source.POLICE, set(), [Bar.ELSEWHERE]),
        (Elsewhere.POLICE, Source.POLICE, set(), []),
        (Elsewhere.ARBITRATION, Source.PARTY, set(), [Bar.ELSEWHERE]),
    ],
)
def test_a_dispute_in_other_hands(elsewhere, source, traits, found):
    """RT-05, RT-06."""
    obstacles = elsewhere_obstacles(elsewhere, since=date(2026, 3, 30), source=source, traits=traits)
    assert reasons(obstacles) == found


def test_the_refusal_of_a_medical_dispute_keeps_its_reason():
    """RT-05."""
    [found] = elsewhere_obstacles(
        Elsewhere.COURT, since=date(2026, 3, 30), source=Source.PARTY, traits={Trait.MEDICAL}
    )
    assert (found.rule, found.params) == ("RT-05", {"body": Elsewhere.COURT, "on": date(2026, 3, 30)})


def test_screening_wants_every_question_answered():
    """RT-08."""
    assert screening_obstacles(ALL_NO) == []
    assert len(screening_obstacles({})) == len(Question)
    [found] = screening_obstacles({question: False for question in Question if question != Question.HARM})
    assert found.params["question"] == Question.HARM


@pytest.mark.parametrize(
    ("question", "victim", "opened"),
    [
        (Question.CRIME, Capacity.FULL, [DutyKind.CRIME]),
        (Question.HARM, Capacity.FULL, [DutyKind.ESCALATION]),
        (Question.VIOLENCE, Capacity.FULL, []),
        (Question.VIOLENCE, Capacity.LIMITED, [DutyKind.VIOLENCE]),
        (Question.VIOLENCE, Capacity.NONE, [DutyKind.VIOLENCE]),  # the victim is 7
        (Question.MINOR_AT_RISK, Capacity.FULL, [DutyKind.MINOR]),
        (Question.COLLECTIVE, Capacity.FULL, [DutyKind.COLLECTIVE]),
    ],
)
def test_a_yes_opens_its_duty(question, victim, opened):
    """RT-08, PM-08, MH-02, MH-04, MH-06, MH-07."""
    assert duties_opened({**ALL_NO, question: True}, victim=victim, people=2, numerous_from=10) == opened
    assert duties_opened(ALL_NO, victim=victim, people=2, numerous_from=10) == []


def test_many_people_are_a_group_whatever_was_answered():
    """MH-07: nine are none, ten are."""
    assert not is_collective(9, numerous_from=10)
    assert is_collective(10, numerous_from=10)
    assert duties_opened(ALL_NO, people=10, numerous_from=10) == [DutyKind.COLLECTIVE]
    assert duties_opened({**ALL_NO, Question.COLLECTIVE: True}, people=10, numerous_from=10) == [DutyKind.COLLECTIVE]


def test_violence_brings_hints():
    """MH-01, MH-03, MH-13."""
    assert set(hints_for({**ALL_NO, Question.VIOLENCE: True})) == set(Hint)
    assert hints_for(ALL_NO) == []


@pytest.mark.parametrize(
    ("born_on", "flags"),
    [
        (None, set()),
        (date(2009, 5, 1), {PartyFlag.MINOR}),
        (date(1985, 3, 15), set()),
        (date(1966, 3, 2), set()),  # turns 60 today
        (date(1966, 3, 1), {PartyFlag.ELDERLY}),
    ],
)
def test_flags_of_age(born_on, flags):
    """MH-04, MH-05."""
    assert age_flags(born_on, on=TODAY, elderly_from=60) == flags


@pytest.mark.parametrize(
    ("born_on", "guardian", "found"),
    [
        (date(2012, 3, 2), None, [Bar.CHILD_ALONE]),  # turns 14 today
        (date(2012, 3, 1), None, []),
        (date(2015, 3, 1), None, [Bar.CHILD_ALONE]),
        (date(2015, 3, 1), "张父", []),
        (None, None, []),
    ],
)
def test_a_child_is_not_in_a_case_alone(born_on, guardian, found):
    """DP-05, MH-05."""
    party = PartyFacts("张小", born_on=born_on, guardian=guardian)
    assert reasons(child_obstacles([party], on=TODAY, under=14)) == found


@pytest.mark.parametrize(
    ("applied_on", "limitation_on", "is_limited", "interrupted_on"),
    [
        (date(2026, 8, 30), date(2026, 8, 31), True, date(2026, 8, 30)),
        (date(2026, 8, 31), date(2026, 8, 31), True, date(2026, 8, 31)),
        (date(2026, 9, 1), date(2026, 8, 31), True, None),
        (date(2026, 8, 30), None, True, date(2026, 8, 30)),
        (date(2026, 8, 30), None, False, None),  # maintenance
    ],
)
def test_the_request_interrupts_limitation(applied_on, limitation_on, is_limited, interrupted_on):
    """LM-02, LM-05; LM-06: what has run out is interrupted by nothing, and bars nothing."""
    found = limitation_interrupted_on(applied_on, limitation_on=limitation_on, is_limited=is_limited)
    assert found == interrupted_on
