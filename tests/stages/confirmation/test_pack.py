from dataclasses import replace
from datetime import date

import pytest

from mediation.casefile.cases.rules import (
    AgentAuthority,
    AgentFacts,
    Basis,
    PartyBar,
    PartyFacts,
    PartyRole,
    ServiceFacts,
)
from mediation.registry.regions.competence import CompetentCourt
from mediation.registry.regions.rules import Court, CourtLevel
from mediation.stages.agreements.rules import Clause, ClauseKind
from mediation.stages.confirmation.court_steps import DismissalGround
from mediation.stages.confirmation.courts import CourtBar, CourtGround
from mediation.stages.confirmation.pack import (
    CheckKey,
    PackFacts,
    cautions,
    printing_obstacles,
    readiness,
    shared_agents,
)
from mediation.stages.confirmation.rules import (
    AgreementFacts,
    ApplicationForm,
    Bar,
    Caution,
    PropertyPapers,
    ShamSign,
)
from tests.calendars import CALENDAR_2026

NANCHANG = Court("赣0121", "南昌县人民法院", CourtLevel.BASIC, "360121")
ANYI = Court("赣0123", "安义县人民法院", CourtLevel.BASIC, "360123")
QIU = AgentFacts("裘志明", authority=AgentAuthority.SPECIAL, may_settle=True)
A = PartyFacts("李细根", key="a")
B = PartyFacts("赣腾建设", PartyRole.RESPONDENT, agents=(QIU,), key="b")
C = PartyFacts("王五", PartyRole.THIRD_PARTY, key="c")
ADDRESS = ServiceFacts("330200", "南昌县向塘镇河头村", "李细根", "13970912716", date(2026, 3, 1))
PAY = Clause(ClauseKind.PAY, ("b",), ("a",), "转账付赔偿款", 4_860_000, date(2026, 6, 30))
TITLE = Clause(ClauseKind.TERM, ("a", "b"), (), "滴水地归李细根使用")
ALL_NO = dict.fromkeys(DismissalGround, False)
AGREEMENT = AgreementFacts(
    date(2026, 3, 2), (PAY, TITLE), Basis.SELF_RUN, signed={"a", "b"}, mediator_signed=True, sealed=True
)
WHOLE = PackFacts(
    parties=(A, B),
    agreement=AGREEMENT,
    included={1},
    body="中心调委会",
    body_is_established=True,
    applied={"a", "b"},
    identified={"a", "b"},
    addresses={"a": ADDRESS, "b": ADDRESS},
    court=NANCHANG,
    courts=(CompetentCourt(NANCHANG, ((CourtGround.DOMICILE, "李细根"),)),),
    proof_sealed=True,
    grounds=ALL_NO,
)


def check(facts=WHOLE, *, on=date(2026, 4, 1), **changes):
    return readiness(replace(facts, **changes), on=on, days=30, calendar=CALENDAR_2026)


def reasons(obstacles):
    return [obstacle.reason for obstacle in obstacles]


def test_a_whole_pack_is_ready():
    found = check()
    assert [item.key for item in found.checks] == list(CheckKey)
    assert all(item.ok for item in found.checks)
    assert (found.ready, found.obstacles) == (len(CheckKey), [])
    assert (found.last_day.day, found.days_left) == (date(2026, 4, 1), 0)


def with_agreement(**changes):
    return {"agreement": replace(AGREEMENT, **changes)}


@pytest.mark.parametrize(
    ("key", "changes", "found"),
    [
        (CheckKey.AGREEMENT_SIGNED, with_agreement(signed={"a"}), [Bar.PARTY_NOT_SIGNED]),
        (CheckKey.AGREEMENT_SIGNED, with_agreement(is_oral=True), [Bar.ORAL_AGREEMENT]),
        (CheckKey.MEDIATOR_SIGNED, with_agreement(mediator_signed=False), [Bar.MEDIATOR_NOT_SIGNED]),
        (CheckKey.SEALED, with_agreement(sealed=False), [Bar.NOT_SEALED]),
        (CheckKey.APPLICATION_SIGNED, {"applied": {"a"}}, [Bar.NOT_APPLIED]),
        (CheckKey.APPLICATION_SIGNED, {"applied": ()}, [Bar.NOT_APPLIED] * 2),
        (CheckKey.IDENTITY, {"identified": {"b"}}, [Bar.IDENTITY_UNCHECKED]),
        (CheckKey.ADDRESSES, {"addresses": {"a": ADDRESS}}, [PartyBar.NO_ADDRESS]),
        (CheckKey.ADDRESSES, {"addresses": {"a": ADDRESS, "b": replace(ADDRESS, postcode="")}},
         [PartyBar.ADDRESS_INCOMPLETE]),
        (CheckKey.AGENTS, {"parties": (A, replace(B, agents=(replace(QIU, may_settle=False),)))},
         [PartyBar.NO_POWER_TO_SETTLE]),
        (CheckKey.AGENTS, {"parties": (A, replace(B, agents=(replace(QIU, authority=AgentAuthority.GENERAL),)))},
         [PartyBar.NO_AUTHORITY]),
        (CheckKey.COURT, {"court": None}, [CourtBar.NO_COURT]),
        (CheckKey.COURT, {"court": ANYI}, [CourtBar.NOT_COMPETENT]),
        (CheckKey.COURT, with_agreement(basis=Basis.ENTRUSTED), [Bar.ENTRUSTED]),
        (CheckKey.PROOF, {"proof_sealed": False}, [Bar.PROOF_NOT_SEALED]),
        (CheckKey.PROOF, {"body_is_established": False}, [Bar.BODY_NOT_ESTABLISHED]),
        (CheckKey.CLAUSES, {"included": {1, 2}}, [Bar.CLAUSE_NOT_TAKEN_OUT]),
        (CheckKey.CLAUSES, {"included": ()}, [Bar.NOTHING_TO_CONFIRM]),
        (CheckKey.SOUND, {"grounds": {**ALL_NO, DismissalGround.UNCLEAR: True}}, [Bar.GROUND_PRESENT]),
        (CheckKey.SOUND, {"grounds": {}}, [Bar.GROUNDS_UNSEEN]),
        (CheckKey.SOUND, {"grounds": dict.fromkeys(list(DismissalGround)[1:], False)}, [Bar.GROUND_UNANSWERED]),
        (CheckKey.SOUND, {"sham_suspected": True}, [Bar.SHAM_SUSPECTED]),
    ],
)
def test_each_check_tells_what_it_lacks(key, changes, found):
    """JC-01 to JC-05, JC-09, JC-13, JC-19, DC-04, DC-07, QT-16."""
    result = check(**changes)
    [lacking] = [item for item in result.checks if not item.ok]
    assert (lacking.key, reasons(lacking.obstacles)) == (key, found)
    assert all(obstacle.cure for obstacle in lacking.obstacles)
    assert result.ready == len(CheckKey) - 1


def test_three_parties_two_signatures():
    """JC-02."""
    facts = replace(
        WHOLE,
        parties=(A, B, C),
        agreement=replace(AGREEMENT, signed={"a", "b", "c"}),
        identified={"a", "b", "c"},
        addresses={"a": ADDRESS, "b": ADDRESS, "c": ADDRESS},
    )
    [found] = check(facts).obstacles
    assert (found.reason, found.params["who"]) == (Bar.NOT_APPLIED, "王五")
    assert check(facts, applied={"a", "b", "c"}).obstacles == []


def test_an_oral_application_is_signed_at_the_court():
    """JC-08."""
    assert check(applied=(), form=ApplicationForm.ORAL).obstacles == []


@pytest.mark.parametrize(
    ("papers", "found"),
    [(None, [Bar.NO_PROPERTY_PAPERS]), (PropertyPapers.SHOWN, []), (PropertyPapers.NOT_NEEDED, [])],
)
def test_a_house_has_papers(papers, found):
    """JC-09."""
    house = Clause(ClauseKind.DO, ("b",), ("a",), "配合办理房屋过户登记", due_on=date(2026, 6, 30))
    facts = replace(WHOLE, agreement=replace(AGREEMENT, clauses=(house,)), property_papers=papers)
    assert reasons(check(facts).obstacles) == found
    assert (Caution.PROPERTY in reasons(cautions(facts))) is (papers == PropertyPapers.NOT_NEEDED)


def test_nothing_is_said_of_property_where_there_is_none():
    assert cautions(replace(WHOLE, property_papers=PropertyPapers.NOT_NEEDED)) == []


def test_a_pack_is_late_the_day_after_the_last():
    """JC-01."""
    late = check(on=date(2026, 4, 2))
    assert (reasons(late.obstacles), late.days_left) == ([Bar.TOO_LATE], -1)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"applied": (), "proof_sealed": False}, []),  # signed and sealed on what is printed now
        ({"court": None}, [CourtBar.NO_COURT]),
        ({"included": {1, 2}}, [Bar.CLAUSE_NOT_TAKEN_OUT]),
        ({"body_is_established": False}, [Bar.BODY_NOT_ESTABLISHED]),
        ({"sham_suspected": True}, [Bar.SHAM_SUSPECTED]),
        ({"on": date(2026, 4, 2)}, [Bar.TOO_LATE]),
    ],
)
def test_what_forbids_printing(changes, found):
    """JC-01, JC-03, JC-05, JC-19, DC-04."""
    assert reasons(printing_obstacles(check(**changes))) == found


def test_nothing_is_counted_before_the_agreement_binds():
    found = check(**with_agreement(effective_on=None))
    assert (found.last_day, found.days_left, reasons(found.obstacles)) == (None, None, [Bar.NOT_EFFECTIVE])


def test_one_agent_on_both_sides_is_a_sign():
    """JC-19."""
    assert shared_agents([A, B]) == []
    assert shared_agents([replace(A, agents=(QIU,)), B]) == [ShamSign.SAME_AGENT]
    assert shared_agents([replace(A, agents=(QIU,)), replace(B, role=PartyRole.APPLICANT)]) == []
    both = replace(WHOLE, parties=(replace(A, agents=(QIU,)), B))
    signs = [obstacle.params["sign"] for obstacle in cautions(both, seen=[ShamSign.DEBTOR, ShamSign.SAME_AGENT])]
    assert signs == [ShamSign.SAME_AGENT, ShamSign.DEBTOR]
