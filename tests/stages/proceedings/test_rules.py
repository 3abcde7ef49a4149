from dataclasses import replace
from datetime import date

import pytest

from mediation.casefile.cases.rules import Bar as CaseBar
from mediation.casefile.cases.rules import Basis, Consent, PartyBar, PartyFacts, PartyRole, Track, Trait
from mediation.registry.units.rules import UnitKind
from mediation.stages.proceedings.appointing.rules import (
    AppointedMediator,
    AppointmentBar,
    AppointmentMode,
    RecusalQuestion,
    assignment_obstacles,
    declining_ends,
    recusal_obstacles,
)
from mediation.stages.proceedings.meeting.rules import SessionBar, SessionFacts, session_obstacles
from mediation.stages.proceedings.periods import Procedure
from mediation.stages.proceedings.rules import (
    AcceptanceFacts,
    Bar,
    RefusalGround,
    TerminationGround,
    acceptance_obstacles,
    end_obstacles,
    extension_obstacles,
    not_accepting_obstacles,
)

A = PartyFacts("张三", consent=Consent.AGREED)
B = PartyFacts("李四", PartyRole.RESPONDENT, consent=Consent.AGREED)
SILENT = replace(B, consent=Consent.PENDING)
REFUSING = replace(B, consent=Consent.REFUSED)
NO_TO_ALL = dict.fromkeys(RecusalQuestion, False)
XIONG = AppointedMediator("熊桂生", answers=NO_TO_ALL)
ACCEPTANCE = AcceptanceFacts(Track.PEOPLES, Basis.SELF_RUN, (A, SILENT))
SESSION = SessionFacts((A, SILENT), (XIONG,), Basis.SELF_RUN, informed={"张三", "李四"})


def reasons(obstacles):
    return [obstacle.reason for obstacle in obstacles]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"is_received": False}, [Bar.NOT_RECEIVED]),
        ({"open_tracks": (Track.ADMINISTRATIVE,)}, [CaseBar.OTHER_TRACK_OPEN]),
        ({"open_tracks": (Track.PEOPLES,)}, [CaseBar.OTHER_TRACK_OPEN]),
        ({"parties": (A, REFUSING)}, [PartyBar.PARTY_REFUSES]),
        ({"basis": Basis.OWN_MOTION}, []),
        ({"traits": frozenset({Trait.MEDICAL})}, [PartyBar.PARTY_SILENT]),
        ({"traits": frozenset({Trait.MEDICAL}), "track": Track.ADMINISTRATIVE}, []),
        ({"unit_kind": UnitKind.PETITION_OFFICE}, [PartyBar.PARTY_SILENT]),
        ({"unit_kind": UnitKind.PETITION_OFFICE, "parties": (A, B)}, []),
    ],
)
def test_acceptance(changes, found):
    """RT-01, RT-02, RT-03, AM-10, MH-11."""
    assert reasons(acceptance_obstacles(replace(ACCEPTANCE, **changes))) == found


@pytest.mark.parametrize(
    ("basis", "parties", "listed", "procedure", "found"),
    [
        (Basis.COMMISSIONED, (A, B), True, None, []),
        (Basis.COMMISSIONED, (A, SILENT), True, None, [PartyBar.PARTY_SILENT]),
        (Basis.COMMISSIONED, (A, B), False, None, [Bar.UNIT_NOT_LISTED]),
        (Basis.ENTRUSTED, (A, SILENT), True, Procedure.SIMPLE, []),
        (Basis.ENTRUSTED, (A, B), True, None, [Bar.NO_PROCEDURE]),
        (Basis.ENTRUSTED, (A, B), False, Procedure.SIMPLE, [Bar.UNIT_NOT_LISTED]),
    ],
)
def test_what_a_court_sends_goes_to_listed_bodies(basis, parties, listed, procedure, found):
    """JM-01, JM-02."""
    facts = AcceptanceFacts(Track.JUDICIAL, basis, parties, is_court_listed=listed, procedure=procedure)
    assert reasons(acceptance_obstacles(facts)) == found


@pytest.mark.parametrize(
    ("ground", "words", "notice_given", "found"),
    [
        (RefusalGround.NOT_MEDIABLE, "", True, []),
        (None, "", True, [Bar.NO_GROUND]),
        ("whatever", "", True, [Bar.UNKNOWN_GROUND]),
        (RefusalGround.OTHER, " ", True, [Bar.NO_WORDS]),
        (RefusalGround.NOT_COMPETENT, "", False, [Bar.NO_NOTICE]),
    ],
)
def test_not_accepting_needs_a_ground_and_the_other_ways(ground, words, notice_given, found):
    """RT-04."""
    assert reasons(not_accepting_obstacles(ground, words=words, notice_given=notice_given)) == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"consenting": {"张三"}}, [Bar.NO_CONSENT_TO_EXTEND]),
        ({"until": date(2026, 4, 1)}, [Bar.EXTENDS_NOTHING]),
        ({"until": date(2026, 4, 2)}, []),
        ({"latest": date(2026, 4, 30)}, [Bar.EXTENDS_TOO_FAR]),
        ({"latest": date(2026, 5, 1)}, []),
        ({"made": 1, "most": 1}, [Bar.EXTENDED_TOO_OFTEN]),
        ({"made": 1, "most": 2}, []),
    ],
)
def test_an_extension_needs_the_consent_of_all(changes, found):
    """PM-18, JM-02."""
    facts = {"consenting": {"张三", "李四"}, "until": date(2026, 5, 1), "due_on": date(2026, 4, 1), **changes}
    assert reasons(extension_obstacles([A, B], **facts)) == found


@pytest.mark.parametrize(
    ("mediators", "found"),
    [
        ((), [AppointmentBar.NO_MEDIATOR]),
        ((XIONG,), []),
        ((XIONG, AppointedMediator("罗金水")), [AppointmentBar.NO_PRESIDER]),
        ((replace(XIONG, presides=True), AppointedMediator("罗金水")), []),
        ((replace(XIONG, presides=True), AppointedMediator("罗金水", presides=True)), [AppointmentBar.TWO_PRESIDERS]),
        ((replace(XIONG, declined_by=("张三",)),), [AppointmentBar.MEDIATOR_DECLINED]),
    ],
)
def test_mediators_of_a_case(mediators, found):
    """PM-04, JM-05."""
    assert reasons(assignment_obstacles(mediators, basis=Basis.SELF_RUN)) == found


@pytest.mark.parametrize(
    ("basis", "mode", "ends", "found"),
    [
        (Basis.COMMISSIONED, AppointmentMode.APPOINTED, True, AppointmentBar.MEDIATOR_REJECTED),
        (Basis.ENTRUSTED, AppointmentMode.APPOINTED, True, AppointmentBar.MEDIATOR_REJECTED),
        (Basis.COMMISSIONED, AppointmentMode.CHOSEN, False, AppointmentBar.MEDIATOR_DECLINED),
        (Basis.SELF_RUN, AppointmentMode.APPOINTED, False, AppointmentBar.MEDIATOR_DECLINED),
    ],
)
def test_declining_the_appointee_ends_what_a_court_sent(basis, mode, ends, found):
    """JM-04, PM-04."""
    assert declining_ends(basis, mode) is ends
    declined = replace(XIONG, mode=mode, declined_by=("张三",))
    assert reasons(assignment_obstacles([declined], basis=basis)) == [found]


@pytest.mark.parametrize("question", RecusalQuestion)
def test_a_conflict_bars_until_all_waive_it_in_writing(question):
    """PM-22, JM-06."""
    cousin = replace(XIONG, answers={**NO_TO_ALL, question: True})
    [found] = recusal_obstacles(cousin, [A, B])
    assert (found.reason, found.params["missing"]) == (AppointmentBar.CONFLICT, ("张三", "李四"))
    [found] = recusal_obstacles(replace(cousin, waived_by=("张三",)), [A, B])
    assert found.params["missing"] == ("李四",)
    assert recusal_obstacles(replace(cousin, waived_by=("张三", "李四")), [A, B]) == []


def test_namesakes_are_told_apart_by_their_keys():
    elder, younger = replace(A, key="a1"), replace(B, name="张三", key="b1")
    cousin = replace(XIONG, answers={**NO_TO_ALL, RecusalQuestion.RELATIVE: True}, waived_by=("a1",))
    assert reasons(recusal_obstacles(cousin, [elder, younger])) == [AppointmentBar.CONFLICT]
    assert recusal_obstacles(replace(cousin, waived_by=("a1", "b1")), [elder, younger]) == []


def test_all_four_questions_are_answered():
    """PM-22, JM-06."""
    assert recusal_obstacles(XIONG, [A, B]) == []
    assert reasons(recusal_obstacles(replace(XIONG, answers=None), [A, B])) == [AppointmentBar.RECUSAL_UNANSWERED]
    three = {question: False for question in RecusalQuestion if question != RecusalQuestion.EARLIER_ROLE}
    assert reasons(recusal_obstacles(replace(XIONG, answers=three), [A, B])) == [AppointmentBar.RECUSAL_UNANSWERED]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"parties": (A, REFUSING)}, [PartyBar.PARTY_REFUSES]),
        ({"informed": {"张三"}}, [SessionBar.NO_RIGHTS_NOTICE]),
        ({"mediators": ()}, [AppointmentBar.NO_MEDIATOR]),
        ({"mediators": (replace(XIONG, answers=None),)}, [AppointmentBar.RECUSAL_UNANSWERED]),
        ({"mediators": (replace(XIONG, declined_by=("李四",)),)}, [AppointmentBar.MEDIATOR_DECLINED]),
        ({"is_public": True}, []),
        ({"is_public": False, "privacy_asked": {"李四"}}, []),
        ({"is_public": True, "privacy_asked": {"李四"}}, [SessionBar.PRIVATE_ASKED]),
        ({"is_public": True, "traits": frozenset({Trait.MEDICAL})}, [SessionBar.PUBLIC_MEDICAL] * 2),
        (
            {"is_public": True, "traits": frozenset({Trait.MEDICAL}), "publicity_agreed": {"张三"}},
            [SessionBar.PUBLIC_MEDICAL],
        ),
        (
            {"is_public": True, "traits": frozenset({Trait.MEDICAL}), "publicity_agreed": {"张三", "李四"}},
            [],
        ),
        ({"is_public": True, "basis": Basis.COMMISSIONED}, [SessionBar.PUBLIC_COURT] * 2),
        ({"guests": {"村支书": {"张三"}}}, [SessionBar.NO_CONSENT_TO_INVITE]),
        ({"guests": {"村支书": {"张三", "李四"}}}, []),
        ({"victims": {"张三"}}, [SessionBar.JOINT_AFTER_VIOLENCE]),
        ({"victims": {"张三"}, "meeting": {"张三"}}, []),
        ({"victims": {"张三"}, "is_joint": False}, []),
    ],
)
def test_what_a_session_needs(changes, found):
    """RT-02, PM-04, PM-05, PM-06, PM-07, JM-06, JM-08, MH-01."""
    assert reasons(session_obstacles(replace(SESSION, **changes))) == found


ENDING = {
    "ground": TerminationGround.TOO_FAR_APART,
    "course": "调解三次，对修缮费用分歧大",
    "notice_given": True,
    "on": date(2026, 3, 20),
    "due_on": date(2026, 4, 1),
    "attempts_needed": 3,
}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"ground": None}, [Bar.NO_GROUND]),
        ({"ground": "no such ground"}, [Bar.UNKNOWN_GROUND]),
        ({"ground": TerminationGround.OTHER}, [Bar.NO_WORDS]),
        ({"ground": TerminationGround.OTHER, "words": "当事人死亡"}, []),
        ({"notice_given": False}, [Bar.NO_NOTICE]),
        ({"course": " "}, [Bar.NO_FAILURE_REASON]),
        ({"ground": TerminationGround.TIME_OVER, "on": date(2026, 4, 1)}, [Bar.TIME_NOT_OVER]),
        ({"ground": TerminationGround.TIME_OVER, "on": date(2026, 4, 2)}, []),
        ({"ground": TerminationGround.TIME_OVER, "due_on": None}, []),
        ({"ground": TerminationGround.UNREACHABLE, "attempts": 2}, [Bar.TOO_FEW_ATTEMPTS]),
        ({"ground": TerminationGround.UNREACHABLE, "attempts": 3}, []),
        ({"ground": TerminationGround.PARTY_REFUSES, "on": date(2026, 3, 2)}, []),
    ],
)
def test_an_ending_has_a_ground_a_reason_and_the_notice(changes, found):
    """PM-09, RT-04, JM-11, QT-13."""
    assert reasons(end_obstacles(**{**ENDING, **changes})) == found
