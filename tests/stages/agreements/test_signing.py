from dataclasses import replace
from datetime import date

import pytest

from mediation.casefile.cases.rules import (
    AgentAuthority,
    AgentFacts,
    Basis,
    PartyBar,
    PartyFacts,
    PartyFlag,
    PartyRole,
    Representation,
    Track,
    Trait,
)
from mediation.registry.people.rules import Capacity, capacity_on
from mediation.stages.agreements.rules import SignatureKind
from mediation.stages.agreements.signing import Bar, Caution, Missing, Signing, effect_of, signing_obstacles

AGREED_ON = date(2026, 3, 1)
TODAY = date(2026, 3, 4)
A = PartyFacts("张三", key="a")
B = PartyFacts("李四", PartyRole.RESPONDENT, key="b")
SPECIAL = AgentFacts("裘志明", authority=AgentAuthority.SPECIAL, may_settle=True)
SIGNING = Signing(A, SignatureKind.SIGNATURE, date(2026, 3, 2))


def reasons(obstacles):
    return [obstacle.reason for obstacle in obstacles]


def check(signing, **changes):
    return reasons(signing_obstacles(signing, **{"agreed_on": AGREED_ON, "on": TODAY, **changes}))


@pytest.mark.parametrize(
    ("signed_on", "found"),
    [
        (date(2026, 2, 28), [Bar.BEFORE_AGREED]),
        (date(2026, 3, 1), []),
        (date(2026, 3, 4), []),
        (date(2026, 3, 5), [Bar.SIGNED_LATER]),
    ],
)
def test_a_signature_has_its_day(signed_on, found):
    assert check(replace(SIGNING, signed_on=signed_on)) == found


@pytest.mark.parametrize("kind", SignatureKind)
def test_signature_seal_and_fingerprint_are_alike(kind):
    assert check(replace(SIGNING, kind=kind)) == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"kind": SignatureKind.FINGERPRINT, "written_by": "王五", "witness": "赵六"}, []),
        ({"kind": SignatureKind.FINGERPRINT, "written_by": "王五"}, [Bar.NO_WITNESS]),
        ({"kind": SignatureKind.FINGERPRINT, "witness": "赵六"}, [Bar.NO_WRITER]),
        ({"kind": SignatureKind.SIGNATURE, "written_by": "王五", "witness": "赵六"}, [Bar.CANNOT_WRITE]),
        ({}, [Bar.CANNOT_WRITE, Bar.NO_WRITER, Bar.NO_WITNESS]),
    ],
)
def test_who_cannot_write_has_a_writer_a_finger_and_a_witness(changes, found):
    """DC-05."""
    party = replace(A, flags=frozenset({PartyFlag.CANNOT_WRITE}))
    assert check(replace(SIGNING, party=party, **changes)) == found


def test_a_guardian_who_signs_writes_for_himself():
    party = replace(A, flags=frozenset({PartyFlag.CANNOT_WRITE}), capacity=Capacity.NONE, guardian="张父")
    assert check(replace(SIGNING, party=party, by=Representation.GUARDIAN)) == []


@pytest.mark.parametrize(
    ("born_on", "by", "guardian", "found"),
    [
        (date(2019, 3, 3), None, "张父", [Bar.GUARDIAN_SIGNS]),  # aged 6
        (date(2019, 3, 3), Representation.GUARDIAN, "张父", []),
        (date(2019, 3, 3), Representation.GUARDIAN, None, [Bar.NOT_THE_GUARDIAN]),
        (date(2012, 3, 3), None, "张父", [Bar.GUARDIAN_SIGNS]),  # aged 13
        (date(1990, 3, 3), None, None, []),
    ],
)
def test_the_guardian_signs_for_who_cannot_act_alone(born_on, by, guardian, found):
    """MH-05."""
    party = replace(A, capacity=capacity_on(born_on, date(2026, 3, 2)), guardian=guardian)
    assert check(replace(SIGNING, party=party, by=by)) == found


@pytest.mark.parametrize(
    ("agent", "found"),
    [
        (SPECIAL, []),
        (replace(SPECIAL, authority=AgentAuthority.GENERAL), [PartyBar.NO_AUTHORITY]),
        (replace(SPECIAL, may_settle=False), [PartyBar.NO_POWER_TO_SETTLE]),
        (replace(SPECIAL, has_paper=False), [PartyBar.AGENT_PAPER]),
        (replace(SPECIAL, name="别人"), [Bar.NOT_AN_AGENT]),
    ],
)
def test_an_agent_signs_only_with_the_power_to_settle(agent, found):
    """QT-16."""
    party = replace(B, agents=(agent,))
    signing = Signing(party, SignatureKind.SIGNATURE, TODAY, by=Representation.AGENT, agent="裘志明")
    assert check(signing) == found


def test_an_agent_does_not_stand_in_for_a_guardian():
    party = replace(B, capacity=Capacity.NONE, agents=(SPECIAL,))
    signing = Signing(party, SignatureKind.SIGNATURE, TODAY, by=Representation.AGENT, agent="裘志明")
    assert check(signing) == [Bar.GUARDIAN_SIGNS]


@pytest.mark.parametrize(
    ("is_electronic", "by_hand", "found"),
    [(True, True, [Bar.PAPER_ONLY]), (True, False, []), (False, True, []), (False, False, [])],
)
def test_family_papers_are_signed_by_hand(is_electronic, by_hand, found):
    """JM-16."""
    assert check(replace(SIGNING, is_electronic=is_electronic), by_hand=by_hand) == found


SIGNED = {"a": date(2026, 3, 1), "b": date(2026, 3, 2)}


def effect(signed_on=SIGNED, **changes):
    facts = {
        "mediator_on": date(2026, 3, 2),
        "sealed_on": date(2026, 3, 4),
        "track": Track.PEOPLES,
        "basis": Basis.SELF_RUN,
        **changes,
    }
    return effect_of([A, B], signed_on, **facts)


def test_a_peoples_agreement_binds_when_the_last_of_all_has_signed():
    """PM-13."""
    assert effect().effective_on == date(2026, 3, 4)
    assert effect(sealed_on=date(2026, 3, 2)).effective_on == date(2026, 3, 2)
    assert effect(mediator_on=date(2026, 3, 9)).effective_on == date(2026, 3, 9)
    assert effect(basis=Basis.OWN_MOTION).effective_on == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"signed_on": {"a": date(2026, 3, 1)}}, [Missing.PARTY]),
        ({"mediator_on": None}, [Missing.MEDIATOR]),
        ({"sealed_on": None}, [Missing.SEAL]),
        ({"signed_on": {}, "mediator_on": None, "sealed_on": None},
         [Missing.PARTY, Missing.PARTY, Missing.MEDIATOR, Missing.SEAL]),
    ],
)
def test_nothing_binds_while_one_is_missing(changes, missing):
    found = effect(**changes)
    assert found.effective_on is None
    assert reasons(found.missing) == missing


@pytest.mark.parametrize("basis", [Basis.COMMISSIONED, Basis.ENTRUSTED])
def test_what_a_court_sent_binds_when_the_parties_have_signed(basis):
    """JM-09."""
    found = effect(track=Track.JUDICIAL, basis=basis)
    assert (found.effective_on, reasons(found.cautions)) == (date(2026, 3, 2), [Caution.SEAL_LATER])
    unsealed = effect(track=Track.JUDICIAL, basis=basis, sealed_on=None, mediator_on=None)
    assert (unsealed.effective_on, reasons(unsealed.cautions)) == (date(2026, 3, 2), [Caution.SEAL_MISSING])
    half = effect({"a": date(2026, 3, 1)}, track=Track.JUDICIAL, basis=basis)
    assert (half.effective_on, reasons(half.missing)) == (None, [Missing.PARTY])
    assert effect(track=Track.JUDICIAL, basis=basis, sealed_on=date(2026, 3, 2)).cautions == ()


@pytest.mark.parametrize(
    ("changes", "effective_on"),
    [
        ({"is_electronic": True}, date(2026, 3, 2)),
        ({"track": Track.ADMINISTRATIVE, "traits": {Trait.TRAFFIC}}, date(2026, 3, 2)),
        ({"track": Track.ADMINISTRATIVE}, date(2026, 3, 4)),
        ({"traits": {Trait.TRAFFIC}}, date(2026, 3, 4)),
    ],
)
def test_where_the_parties_signatures_alone_decide(changes, effective_on):
    """JM-09, JM-16, AM-05."""
    assert effect(**changes).effective_on == effective_on
