from dataclasses import replace
from datetime import date

import pytest

from mediation.casefile.cases.rules import (
    AgreementState,
    Basis,
    ConfirmationState,
    PerformanceState,
    ProceedingState,
    ReferralState,
)
from mediation.casefile.duties.rules import Bar as DutyBar
from mediation.casefile.duties.rules import DutyKind
from mediation.stages.archive.rules import (
    Bar,
    ClosingFacts,
    ClosingOutcome,
    FileFacts,
    archive_obstacles,
    closing_obstacles,
)
from mediation.stages.referrals.rules import Bar as ReferralBar

C, P = ClosingOutcome, PerformanceState
SUCCESS = ClosingFacts(
    C.PERFORMED,
    ("neighbour",),
    proceeding=ProceedingState.AGREED,
    agreement=AgreementState.EFFECTIVE,
    performance=(P.DONE, P.WAIVED),
)
FAILURE = ClosingFacts(C.NO_FURTHER, ("neighbour",), proceeding=ProceedingState.ENDED, notice_given=True)
REFERRED = replace(FAILURE, outcome=C.DECIDED, referral=ReferralState.DECIDED)


def reasons(obstacles):
    return [obstacle.reason for obstacle in obstacles]


@pytest.mark.parametrize(
    ("facts", "changes", "found"),
    [
        (SUCCESS, {}, []),
        (SUCCESS, {"outcome": None}, [Bar.NO_OUTCOME]),
        (SUCCESS, {"performance": (P.DONE, P.DUE, P.PART)}, [Bar.NOT_PERFORMED]),
        (SUCCESS, {"performance": (P.BREACHED,)}, [Bar.NOT_PERFORMED]),
        (SUCCESS, {"agreement": AgreementState.AGREED}, [Bar.NO_AGREEMENT]),
        (SUCCESS, {"is_oral": True, "oral_recorded": False}, [Bar.ORAL_UNRECORDED]),
        (SUCCESS, {"is_oral": True}, []),
        (SUCCESS, {"is_oral": False, "oral_recorded": False}, []),
        (SUCCESS, {"confirmation": ConfirmationState.FILED}, [Bar.CONFIRMATION_OPEN]),
        (SUCCESS, {"confirmation": ConfirmationState.CONFIRMED}, []),
        (SUCCESS, {"outcome": C.ENFORCEMENT, "performance": (P.BREACHED,)}, [Bar.NOT_CONFIRMED]),
        (
            SUCCESS,
            {"outcome": C.ENFORCEMENT, "confirmation": ConfirmationState.CONFIRMED, "performance": (P.BREACHED,)},
            [],
        ),
        (SUCCESS, {"outcome": C.ENFORCEMENT, "confirmation": ConfirmationState.CONFIRMED}, [Bar.NOTHING_OWED]),
        (SUCCESS, {"outcome": C.COURT_PAPER}, [Bar.NOT_ENTRUSTED]),
        (SUCCESS, {"outcome": C.WITHDRAWN}, [Bar.EFFECTIVE]),
        (SUCCESS, {"outcome": C.UNPERFORMED, "performance": (P.BREACHED,), "notice_given": True}, []),
        (SUCCESS, {"outcome": C.UNPERFORMED, "performance": (P.BREACHED,)}, [Bar.NO_NOTICE]),
        (SUCCESS, {"outcome": C.UNPERFORMED, "performance": (P.DUE,), "notice_given": True}, [Bar.NOT_BREACHED]),
        (FAILURE, {"outcome": C.UNPERFORMED}, [Bar.NO_AGREEMENT, Bar.NOT_BREACHED]),
        (SUCCESS, {"open_duties": (DutyKind.CRIME,)}, [DutyBar.CRIME]),
        (SUCCESS, {"open_duties": (DutyKind.ESCALATION,)}, [DutyBar.ESCALATION]),
        (FAILURE, {}, []),
        (FAILURE, {"notice_given": False}, [Bar.NO_NOTICE]),
        (FAILURE, {"proceeding": ProceedingState.MEDIATING}, [Bar.PROCEEDING_OPEN, Bar.NOT_ENDED]),
        (FAILURE, {"proceeding": None}, []),  # unsuitable from the start
        (SUCCESS, {"outcome": C.NO_FURTHER, "notice_given": True}, [Bar.NOT_ENDED]),
        (FAILURE, {"outcome": C.WITHDRAWN}, []),
        (REFERRED, {}, []),
        (REFERRED, {"referral": ReferralState.TAKEN}, [Bar.REFERRAL_OPEN, Bar.NOT_DECIDED]),
        (REFERRED, {"referral": None}, [Bar.NOT_DECIDED]),
        (FAILURE, {"outcome": C.NOT_ACCEPTED}, [Bar.NOT_REFUSED]),
        (FAILURE, {"outcome": C.NOT_ACCEPTED, "proceeding": ProceedingState.REFUSED}, []),
        (
            FAILURE,
            {"outcome": C.NOT_ACCEPTED, "proceeding": ProceedingState.REFUSED, "notice_given": False},
            [Bar.NO_NOTICE],
        ),
    ],
)
def test_a_case_never_closes_silently(facts, changes, found):
    """RT-09, PM-09, PM-11, PM-15, PM-16, JC-14, JM-09."""
    assert reasons(closing_obstacles(replace(facts, **changes))) == found


@pytest.mark.parametrize(
    ("types", "found"),
    [((), [Bar.NO_TYPE]), (("",), [Bar.NO_TYPE]), (("neighbour", "contract"), [Bar.TWO_TYPES])],
)
def test_exactly_one_main_type(types, found):
    """ST-01."""
    assert reasons(closing_obstacles(replace(SUCCESS, main_types=types))) == found


@pytest.mark.parametrize("basis", [Basis.COMMISSIONED, Basis.ENTRUSTED])
def test_the_court_is_told_before_closing(basis):
    """JM-10."""
    sent = replace(FAILURE, basis=basis)
    assert reasons(closing_obstacles(sent)) == [ReferralBar.NO_REPORT]
    assert closing_obstacles(replace(sent, reported_to_court_on=date(2026, 3, 20))) == []
    assert closing_obstacles(replace(sent, proceeding=None)) == []
    refused = replace(sent, outcome=C.NOT_ACCEPTED, proceeding=ProceedingState.REFUSED)
    assert closing_obstacles(refused) == []
    paper = replace(SUCCESS, basis=Basis.ENTRUSTED, outcome=C.COURT_PAPER, reported_to_court_on=date(2026, 3, 20))
    assert closing_obstacles(paper) == []
    assert Bar.NO_AGREEMENT in reasons(closing_obstacles(replace(paper, agreement=None)))


FILE = FileFacts(C.PERFORMED, has_register=True, has_record=True, has_agreement=True)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"has_register": False}, [Bar.NO_REGISTER]),
        ({"outcome": C.NO_FURTHER, "has_record": False, "has_termination": True}, [Bar.NO_RECORD]),
        ({"outcome": C.NO_FURTHER, "has_record": False, "has_termination": True, "was_held": False}, []),
        ({"has_record": False, "was_held": False}, [Bar.NO_RECORD]),
        ({"has_record": False}, [Bar.NO_RECORD]),
        ({"has_agreement": False}, [Bar.NO_AGREEMENT_PAPER]),
        ({"outcome": C.DECIDED, "has_agreement": False}, []),
        ({"outcome": C.NO_FURTHER, "has_agreement": False}, [Bar.NO_TERMINATION]),
        ({"outcome": C.NO_FURTHER, "has_agreement": False, "has_termination": True}, []),
        ({"outcome": C.WITHDRAWN, "has_record": False, "has_agreement": False}, []),
        ({"visit_required": True}, [Bar.NOT_VISITED]),
        ({"visit_required": True, "was_visited": True}, []),
        ({"visit_required": True, "performed_at_once": True}, []),
        ({"visit_required": True, "outcome": C.DECIDED}, []),
        ({"was_accepted": False, "has_register": False, "has_record": False}, []),
    ],
)
def test_what_a_file_holds(changes, found):
    """PM-10, PM-15."""
    assert reasons(archive_obstacles(replace(FILE, **changes))) == found
