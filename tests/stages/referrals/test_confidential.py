from dataclasses import replace

import pytest

from mediation.casefile.cases.rules import Exit, PartyFacts, PartyKind, PartyRole
from mediation.stages.proceedings.confidential import ConfidenceBar
from mediation.stages.referrals.confidential import (
    MAY_LEAVE,
    DataBasis,
    StayBar,
    asked_for_consent,
    bases_for,
    concession_obstacles,
    data_obstacles,
    leaving_obstacles,
    undisputed_obstacles,
)

A = PartyFacts("张三", key="a")
B = PartyFacts("李四", PartyRole.RESPONDENT, key="b")
CONCESSION = "张三说少要五千元也行。同意"


def reasons(obstacles):
    return [obstacle.reason for obstacle in obstacles]


def test_what_is_not_on_the_list_does_not_leave():
    """JM-12: an allow-list."""
    assert set(MAY_LEAVE) == set(Exit)
    for exit in Exit:
        assert leaving_obstacles(exit, MAY_LEAVE[exit]) == []
        assert reasons(leaving_obstacles(exit, ["session_record", "private_note"])) == [StayBar.MAY_NOT_LEAVE] * 2


def test_a_petition_office_does_not_get_the_undisputed_facts():
    assert reasons(leaving_obstacles(Exit.PETITION, ["termination", "undisputed_facts"])) == [StayBar.MAY_NOT_LEAVE]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("双方对借款五万元没有争议，张三同意", []),
        ("调解中张三说少要五千元也行", [ConfidenceBar.CONCESSION]),
        ("调解中，张三说：少要 五千元，也行！", [ConfidenceBar.CONCESSION]),
    ],
)
def test_a_concession_is_found_however_it_is_spaced(text, found):
    """JM-12."""
    assert reasons(concession_obstacles(["争议焦点", text], [CONCESSION])) == found


def test_without_concessions_nothing_is_held_back():
    assert concession_obstacles(["随便什么"], []) == []
    assert concession_obstacles(["随便什么"], ["", "。"]) == []


def test_what_stands_in_every_text_tells_nothing():
    assert concession_obstacles(["李四同意调解"], ["同意调解"]) == []
    assert reasons(concession_obstacles(["少要五千也行"], ["少要五千也行"])) == [ConfidenceBar.CONCESSION]


@pytest.mark.parametrize(
    ("basis", "consents", "found"),
    [
        (None, (), [StayBar.NO_DATA_BASIS]),
        (DataBasis.COURT_FILING, (), []),
        (DataBasis.STATUTORY_DUTY, (), []),
        (DataBasis.CONSENT, {"a"}, [StayBar.NO_DATA_CONSENT]),
        (DataBasis.CONSENT, {"a", "b"}, []),
    ],
)
def test_data_go_out_on_a_named_basis(basis, consents, found):
    """DP-10: an empty basis refuses."""
    exit = Exit.QUICK_TRIAL if basis == DataBasis.COURT_FILING else Exit.ARBITRATION
    assert reasons(data_obstacles(basis, [A, B], consents, exit=exit)) == found


def test_an_organisation_is_not_asked_for_personal_data_it_has_none_of():
    """DP-10."""
    company = replace(B, kind=PartyKind.ORGANISATION)
    assert data_obstacles(DataBasis.CONSENT, [A, company], {"a"}, exit=Exit.ARBITRATION) == []
    assert [party.ref for party in asked_for_consent([A, company])] == ["a"]


def test_filing_with_a_court_is_a_basis_for_courts_only():
    """DP-10."""
    found = data_obstacles(DataBasis.COURT_FILING, [A, B], (), exit=Exit.ARBITRATION)
    assert reasons(found) == [StayBar.NOT_A_COURT]
    assert DataBasis.COURT_FILING not in bases_for(Exit.POLICE) and DataBasis.COURT_FILING in bases_for(Exit.SUIT)


WHOLE = {
    "facts": ["2026年1月5日，李四向张三借款五万元"],
    "parties": (A, B),
    "consents": {"a", "b"},
    "signed": {"a", "b"},
    "mediator_signed": True,
    "concessions": [CONCESSION],
}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"facts": [" "]}, [StayBar.NO_FACT]),
        ({"consents": {"a"}}, [StayBar.NO_CONSENT]),
        ({"signed": {"a"}}, [StayBar.NOT_SIGNED]),
        ({"mediator_signed": False}, [StayBar.MEDIATOR_NOT_SIGNED]),
        ({"facts": ["张三说少要五千元也行"]}, [ConfidenceBar.CONCESSION]),
        ({"parties": (A, B, replace(B, role=PartyRole.OUTSIDER, key="c"))}, []),
    ],
)
def test_undisputed_facts_are_agreed_to_and_signed_by_all(changes, found):
    """JM-13: A signed, B did not."""
    facts = {**WHOLE, **changes}
    assert reasons(undisputed_obstacles(facts.pop("facts"), facts.pop("parties"), **facts)) == found
