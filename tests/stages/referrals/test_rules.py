from dataclasses import replace
from datetime import date

import pytest

from mediation.casefile.cases.rules import (
    AgentFacts,
    Basis,
    CourtNumberBar,
    Exit,
    PartyFacts,
    PartyFlag,
    PartyRole,
    Trait,
)
from mediation.stages.proceedings.confidential import ConfidenceBar
from mediation.stages.proceedings.rules import Procedure
from mediation.stages.referrals.rules import (
    Bar,
    DataBasis,
    Exclusion,
    Item,
    LabourPrecondition,
    Origin,
    Outcome,
    ReferralFacts,
    ReturnReason,
    StayBar,
    checklist_obstacles,
    deciding_obstacles,
    exclusions_of,
    gate_obstacles,
    origin_obstacles,
    report_obstacles,
    returning_obstacles,
    sending_obstacles,
    taking_obstacles,
    unreported_obstacles,
)

A = PartyFacts("张三", key="a")
B = PartyFacts("李四", PartyRole.RESPONDENT, key="b")
WHOLE = ReferralFacts(
    Exit.QUICK_TRIAL,
    (A, B),
    claims=("判令李四还款五万元",),
    story="2026年1月5日借款五万元",
    procedure=Procedure.SMALL_CLAIMS,
    procedure_reason="标的额在限额以内",
    mediators={"熊桂生"},
    checklist=dict.fromkeys(Item, True),
    papers=("termination", "quick_trial_referral"),
    texts=("争议焦点：利息怎么算",),
    concessions=("张三说少要五千元也行",),
    data_basis=DataBasis.COURT_FILING,
)


def reasons(obstacles):
    return [obstacle.reason for obstacle in obstacles]


def send(facts=WHOLE, **changes):
    return reasons(sending_obstacles(replace(facts, **changes), numerous_from=10))


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"procedure": None}, [Bar.NO_PROCEDURE]),
        ({"procedure_reason": " "}, [Bar.NO_PROCEDURE_REASON]),
        ({"parties": (A, replace(B, flags=frozenset({PartyFlag.WHEREABOUTS_UNKNOWN})))}, [Bar.EXCLUDED]),
        ({"exclusions": (Exclusion.RETRIAL,)}, [Bar.EXCLUDED]),
        ({"parties": (A,)}, [Bar.NO_DEFENDANT]),
        ({"claims": (" ",)}, [Bar.NO_CLAIMS]),
        ({"story": ""}, [Bar.NO_FACTS]),
        ({"traits": frozenset({Trait.LABOUR})}, [Bar.ARBITRATION_FIRST]),
        ({"traits": frozenset({Trait.LABOUR}), "labour": LabourPrecondition.AWARD}, []),
        ({"traits": frozenset({Trait.TITLE})}, [Bar.GOVERNMENT_FIRST]),
        ({"named": {"熊桂生"}}, [Bar.MEDIATOR_NAMED]),
        ({"named": {"裘志明"}}, []),
        ({"papers": ("session_record",)}, [StayBar.MAY_NOT_LEAVE]),
        ({"texts": ("张三说少要五千元也行",)}, [ConfidenceBar.CONCESSION]),
        ({"data_basis": None}, [StayBar.NO_DATA_BASIS]),
        ({"checklist": dict.fromkeys(Item, True) | {Item.TERMINATION: False}}, [Bar.ITEM_MISSING]),
    ],
)
def test_what_forbids_a_quick_trial_referral(changes, found):
    """QT-01, QT-02, QT-08, QT-12, AM-07, AM-14, JM-07, JM-12, DP-10: each obstacle is named, and all at once."""
    assert send(**changes) == found


def test_a_suit_of_ones_own_needs_less():
    """QT-08."""
    suit = replace(WHOLE, exit=Exit.SUIT, procedure=None, procedure_reason="", checklist={})
    assert send(suit) == []
    assert send(suit, parties=(A, replace(B, flags=frozenset({PartyFlag.WHEREABOUTS_UNKNOWN})))) == []
    assert send(suit, claims=()) == [Bar.NO_CLAIMS]


@pytest.mark.parametrize("exit", [Exit.ARBITRATION, Exit.GOVERNMENT, Exit.POLICE, Exit.PETITION])
def test_other_exits_ask_for_no_suit(exit):
    facts = replace(WHOLE, exit=exit, claims=(), procedure=None, papers=("termination",), checklist={})
    assert send(facts, traits=frozenset({Trait.LABOUR, Trait.TITLE}), data_basis=DataBasis.STATUTORY_DUTY) == []


@pytest.mark.parametrize(("count", "found"), [(9, []), (10, [Exclusion.NUMEROUS])])
@pytest.mark.parametrize("role", [PartyRole.APPLICANT, PartyRole.RESPONDENT])
def test_ten_on_one_side_are_too_many(count, found, role):
    """QT-02, MH-07: nine pass, ten do not."""
    crowd = [replace(A, role=role, key=str(number)) for number in range(count)]
    assert exclusions_of(crowd, numerous_from=10) == found


def test_ten_on_two_sides_are_not():
    assert exclusions_of([A] * 5 + [B] * 5, numerous_from=10) == []


def test_a_plaintiff_of_unknown_whereabouts_excludes_nothing():
    assert exclusions_of([replace(A, flags=frozenset({PartyFlag.WHEREABOUTS_UNKNOWN})), B], numerous_from=10) == []


@pytest.mark.parametrize("precondition", LabourPrecondition)
@pytest.mark.parametrize("trait", [Trait.LABOUR, Trait.WAGES])
def test_arbitration_comes_before_suit(trait, precondition):
    """AM-07: no award, no refusal, no exception, no court."""
    assert reasons(gate_obstacles(Exit.QUICK_TRIAL, {trait})) == [Bar.ARBITRATION_FIRST]
    assert reasons(gate_obstacles(Exit.SUIT, {trait})) == [Bar.ARBITRATION_FIRST]
    assert gate_obstacles(Exit.QUICK_TRIAL, {trait}, labour=precondition) == []
    assert gate_obstacles(Exit.ARBITRATION, {trait}) == []


def test_the_government_decides_title_before_any_court():
    """AM-14."""
    assert reasons(gate_obstacles(Exit.QUICK_TRIAL, {Trait.TITLE})) == [Bar.GOVERNMENT_FIRST]
    assert gate_obstacles(Exit.SUIT, {Trait.TITLE}, government_decided_on=date(2026, 3, 2)) == []
    assert gate_obstacles(Exit.GOVERNMENT, {Trait.TITLE}) == []


@pytest.mark.parametrize(
    "item", [Item.LETTER, Item.COMPLAINT, Item.IDENTITY, Item.ADDRESSES, Item.EVIDENCE, Item.TERMINATION, Item.ISSUES,
             Item.LIMITATION]
)
def test_mandatory_items(item):
    """QT-12: one missing item refuses."""
    facts = replace(WHOLE, checklist={**WHOLE.checklist, item: False})
    [found] = checklist_obstacles(facts)
    assert (found.reason, found.params["item"]) == (Bar.ITEM_MISSING, item)


@pytest.mark.parametrize(
    ("item", "changes", "found"),
    [
        (Item.UNDISPUTED_FACTS, {}, []),
        (Item.RISKS, {}, []),
        (Item.SPECIAL, {}, []),
        (Item.PROCEDURE_CONSENTS, {}, []),
        (Item.PROCEDURE_CONSENTS, {"procedure_by_agreement": True}, [Bar.ITEM_MISSING]),
        (Item.AGENTS, {}, []),
        (Item.AGENTS, {"parties": (A, replace(B, agents=(AgentFacts("裘志明"),)))}, [Bar.ITEM_MISSING]),
        (Item.TERMINATION, {"was_mediated": False}, []),
    ],
)
def test_other_items_only_say_whether_they_are_there(item, changes, found):
    """QT-12: 有 or 无 is said of each."""
    facts = replace(WHOLE, checklist={**WHOLE.checklist, item: False}, **changes)
    assert reasons(checklist_obstacles(facts)) == found
    silent = {key: there for key, there in WHOLE.checklist.items() if key != item}
    expected = found or [Bar.ITEM_UNANSWERED]
    assert reasons(checklist_obstacles(replace(facts, checklist=silent))) == expected


@pytest.mark.parametrize(
    ("origin", "changes", "found"),
    [
        (Origin.FAILED, {}, []),
        (Origin.FAILED, {"is_active": True}, [Bar.NOT_FAILED]),
        (Origin.FAILED, {"notice_given": False}, [Bar.NO_NOTICE]),
        (Origin.UNSUITABLE, {}, [Bar.NO_UNSUITABLE_REASON]),
        (Origin.UNSUITABLE, {"unsuitable_reason": "对方下落不明"}, []),
        (Origin.BREACHED, {}, [Bar.NOT_BREACHED]),
        (Origin.BREACHED, {"is_breached": True}, []),
    ],
)
def test_only_what_failed_does_not_suit_or_was_breached_leaves(origin, changes, found):
    """RT-09, PM-09."""
    assert reasons(origin_obstacles(origin, **{"notice_given": True, **changes})) == found


def test_a_report_to_the_court_says_why_it_failed():
    """QT-13, JM-10."""
    ended_on = date(2026, 3, 20)
    assert report_obstacles(course="调解两次", reported_on=ended_on, ended_on=ended_on) == []
    assert reasons(report_obstacles(course=" ", reported_on=ended_on, ended_on=ended_on)) == [Bar.REPORT_NO_REASON]
    early = report_obstacles(course="调解两次", reported_on=date(2026, 3, 19), ended_on=ended_on)
    assert reasons(early) == [Bar.REPORT_BEFORE_END]


@pytest.mark.parametrize(
    ("basis", "reported_on", "found"),
    [
        (Basis.COMMISSIONED, None, [Bar.NO_REPORT]),
        (Basis.ENTRUSTED, None, [Bar.NO_REPORT]),
        (Basis.COMMISSIONED, date(2026, 3, 20), []),
        (Basis.SELF_RUN, None, []),
    ],
)
def test_the_court_that_sent_a_case_is_told(basis, reported_on, found):
    """JM-10."""
    assert reasons(unreported_obstacles(basis, reported_on=reported_on)) == found


@pytest.mark.parametrize(
    ("exit", "court_no", "taken_on", "found"),
    [
        (Exit.QUICK_TRIAL, "(2026)赣0121民初12号", date(2026, 3, 2), []),
        (Exit.QUICK_TRIAL, "〔2026〕赣0121民初12号", date(2026, 3, 2), [CourtNumberBar.FORM]),
        (Exit.SUIT, "", date(2026, 3, 2), [CourtNumberBar.FORM]),
        (Exit.ARBITRATION, "", date(2026, 3, 2), []),
        (Exit.ARBITRATION, "", date(2026, 3, 1), [Bar.BEFORE_SENT]),
    ],
)
def test_taking_in(exit, court_no, taken_on, found):
    """CN-01, CN-04."""
    obstacles = taking_obstacles(exit, taken_on=taken_on, sent_on=date(2026, 3, 2), court_no=court_no)
    assert reasons(obstacles) == found


def test_returning_and_deciding():
    day, before = date(2026, 3, 2), date(2026, 3, 1)
    assert returning_obstacles(ReturnReason.PAPERS, returned_on=day, sent_on=day) == []
    assert reasons(returning_obstacles(None, returned_on=before, sent_on=day)) == [
        Bar.NO_RETURN_REASON, Bar.BEFORE_SENT,
    ]
    assert deciding_obstacles(Outcome.JUDGMENT, decided_on=day, taken_on=day) == []
    assert reasons(deciding_obstacles(None, decided_on=before, taken_on=day)) == [Bar.NO_OUTCOME, Bar.BEFORE_TAKEN]
