"""Parties, who stands beside them, and where papers reach them."""

from dataclasses import replace
from datetime import date

import pytest

from mediation.casefile.cases import access, progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party, Representative, ServiceAddress
from mediation.casefile.cases.rules import (
    AgentAuthority,
    AgentKind,
    PartyBar,
    PartyFlag,
    PartyRole,
    Representation,
)
from mediation.casefile.papers import operations as papers
from mediation.ground import trail
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken, Stale
from mediation.ground.trail import TrailEntry
from mediation.registry.access.rules import Role
from mediation.registry.people import rules as people_rules
from mediation.registry.people.operations import Identity
from mediation.registry.people.rules import RevealReason
from mediation.stages.intake import checks, rules
from mediation.stages.intake import operations as intake
from mediation.stages.intake.operations import Helper, Service, Standing
from mediation.stages.intake.parties import Bar, version_of
from mediation.stages.intake.rules import POWERS
from tests import cast, makers

TODAY = date(2026, 11, 23)
COMPANY = Identity("南昌县顺达物业公司", is_organisation=True, uscc="91360121MA35F0001W", legal_rep_name="胡顺达")


@pytest.fixture
def centre(ground):
    return makers.make_centre()


@pytest.fixture
def clerk(centre):
    return makers.make_actor(centre, Role.INTAKE_CLERK)


@pytest.fixture
def case(centre, clerk):
    return makers.make_case(centre, clerk)


def do(operation, *args, **values):
    with transaction():
        return operation(*args, on=TODAY, **values)


def parties_of(case):
    return cases.parties_of(case.id)


def change(party, by, **values):
    return do(intake.change_party, party.public_id, by=by, **({"version": version_of(party)} | values))


def history(case):
    return [(step.step, step.reason, step.facts.get("what")) for step in progress.history(case.id)]


def test_a_party_more_changes_the_title_and_stands_in_the_history(case, clerk):
    do(intake.add_party, case.public_id, role=PartyRole.RESPONDENT, identity=COMPANY, by=clerk)
    assert session.get_one(Case, case.id).title == "万秋莲与涂国平等2人用水、排水纠纷"
    added = parties_of(case)[-1]
    assert (added.person.uscc, added.person.legal_rep_name, added.is_lead) == (COMPANY.uscc, "胡顺达", False)
    assert history(case)[-1] == ("case.supplement", None, "party_added")


def test_who_is_named_takes_the_place_of_the_unknown_side(centre, clerk):
    case = makers.make_case(centre, clerk, respondents=[], unknown_side="骑红色电动车的男子")
    unknown = parties_of(case)[1].public_id
    named = do(intake.add_party, case.public_id, role=PartyRole.RESPONDENT, identity=makers.OTHER_SIDE, by=clerk)
    assert named == unknown
    assert [party.name for party in parties_of(case)] == ["万秋莲", "涂国平"]
    assert session.get_one(Case, case.id).title == "万秋莲与涂国平用水、排水纠纷"


def test_an_unknown_side_may_also_be_filled_in(centre, clerk):
    case = makers.make_case(centre, clerk, respondents=[], unknown_side="")
    unknown = parties_of(case)[1]
    assert unknown.name == "身份不详"
    identity = {"name": "涂国平", "phone": "13870810731"}
    change(unknown, identity=identity, by=clerk)
    found = parties_of(case)[1]
    assert (found.name, found.person.phone) == ("涂国平", "13870810731")


def test_nobody_is_in_a_case_twice(case, clerk):
    with pytest.raises(RuleBroken) as error:
        do(intake.add_party, case.public_id, role=PartyRole.RESPONDENT, identity=makers.VISITOR, by=clerk)
    assert [obstacle.reason for obstacle in error.value.obstacles] == [Bar.TWICE]


def test_a_blank_is_filled_without_a_reason_a_name_is_not_changed_without_one(case, clerk):
    other = parties_of(case)[1]
    change(other, identity={"id_number": "360121197508064517"}, by=clerk)
    other = parties_of(case)[1]
    assert (other.person.birth_on, other.identity_checked_on, other.version) == (date(1975, 8, 6), TODAY, 2)
    with pytest.raises(RuleBroken) as error:
        change(other, identity={"name": "涂国萍"}, by=clerk)
    assert [obstacle.reason for obstacle in error.value.obstacles] == [Bar.NEEDS_REASON]
    change(other, identity={"name": "涂国萍"}, reason="听错了", by=clerk)
    assert session.get_one(Case, case.id).title == "万秋莲与涂国萍用水、排水纠纷"
    assert history(case)[-1] == ("case.correct", "听错了", "party_changed")


def test_a_number_that_the_register_knows_makes_the_party_that_person(centre, clerk, case):
    known = makers.make_case(
        centre, clerk, applicants=[makers.changed(makers.OTHER_SIDE, id_number="360121197508064517")],
        respondents=[makers.VISITOR],
    )
    other = parties_of(case)[1]
    change(other, identity={"id_number": "360121197508064517"}, by=clerk)
    assert parties_of(case)[1].person_id == parties_of(known)[0].person_id


def test_the_later_of_two_is_told(case, clerk):
    visitor = parties_of(case)[0]
    opened = version_of(visitor)
    change(visitor, identity={"occupation": "种田"}, by=clerk)
    with pytest.raises(Stale) as error:
        change(visitor, version=opened, identity={"occupation": "务工"}, by=clerk)
    assert error.value.theirs["version"] == version_of(parties_of(case)[0]) > opened
    assert error.value.theirs["occupation"] == "种田"
    assert error.value.by == clerk.name


def test_a_person_changed_in_another_case_makes_the_page_stale_too(case, centre, clerk):
    visitor = parties_of(case)[0]
    opened = version_of(visitor)
    elsewhere = parties_of(makers.make_case(centre, clerk))[0]
    assert elsewhere.person_id == visitor.person_id
    change(elsewhere, identity={"occupation": "种田"}, by=clerk)
    with pytest.raises(Stale):
        change(visitor, version=opened, identity={"occupation": "务工"}, by=clerk)


def test_flags_and_a_safe_way_to_call(case, clerk):
    visitor = parties_of(case)[0]
    standing = Standing(PartyRole.APPLICANT, frozenset({PartyFlag.CANNOT_WRITE, PartyFlag.VIOLENCE}))
    contact = {"do_not_call": True, "hours": "", "note": "打给女儿"}
    change(visitor, standing=standing, contact=contact, by=clerk)
    visitor = parties_of(case)[0]
    assert visitor.flags["flags"] == [PartyFlag.CANNOT_WRITE, PartyFlag.VIOLENCE]
    assert visitor.person.contact == {"do_not_call": True, "note": "打给女儿"}


def test_the_last_applicant_stays_one(case, clerk):
    visitor = parties_of(case)[0]
    with pytest.raises(RuleBroken) as error:
        change(visitor, standing=Standing(PartyRole.RESPONDENT), by=clerk)
    assert [obstacle.reason for obstacle in error.value.obstacles] == [Bar.LAST_OF_SIDE]


@pytest.mark.parametrize(
    ("changes", "bars"),
    [
        ({}, []),
        ({"kind": None}, [PartyBar.NO_AGENT_KIND]),
        ({"authority": None}, [PartyBar.AUTHORITY_UNSAID]),
        ({"authority": AgentAuthority.SPECIAL}, [PartyBar.POWERS_UNSAID]),
        ({"authority": AgentAuthority.SPECIAL, "powers": (POWERS[1],)}, []),
        ({"kind": None, "authority": None}, [PartyBar.NO_AGENT_KIND, PartyBar.AUTHORITY_UNSAID]),
    ],
)
def test_a_mandate_is_spelled_out(case, clerk, changes, bars):
    """QT-16: who the agent is, general or special, and what the special authority covers; nothing is assumed."""
    son = Helper(Representation.AGENT, "涂小军", kind=AgentKind.NEAR_RELATIVE, authority=AgentAuthority.GENERAL)
    helper = replace(son, **changes)
    if not bars:
        do(intake.add_representative, parties_of(case)[0].public_id, helper=helper, by=clerk)
        return
    with pytest.raises(RuleBroken) as error:
        do(intake.add_representative, parties_of(case)[0].public_id, helper=helper, by=clerk)
    assert [obstacle.reason for obstacle in error.value.obstacles] == bars


def test_the_mediator_of_a_case_stands_beside_nobody_in_it(ground):
    """JM-07."""
    county = cast.gather()
    proceeding = cast.mediating(county)
    party = cases.parties_of(proceeding.case_id)[0]
    himself = Helper(Representation.HELPER, " 熊桂生 ")
    with pytest.raises(RuleBroken) as error:
        do(intake.add_representative, party.public_id, helper=himself, by=county.mediator)
    assert [obstacle.reason for obstacle in error.value.obstacles] == [Bar.MEDIATES]


def test_a_unit_that_is_a_party_loses_sight_of_the_case(ground):
    """MH-12: user of X opens a case against X, and it is not there; the centre goes on with it."""
    county = cast.gather()
    case = makers.make_case(county.centre, county.head)
    assert access.depth_of(county.head, case) is not None
    committee = Identity(county.committee.name, is_organisation=True)
    do(intake.add_party, case.public_id, role=PartyRole.RESPONDENT, identity=committee, by=county.clerk)
    assert access.depth_of(county.head, case) is None
    with pytest.raises(NotFound):
        cases.get(case.public_id, for_=county.head)
    assert cases.get(case.public_id, for_=county.dispatcher).id == case.id


def test_a_registration_against_the_own_unit_goes_to_the_centre_alone(ground):
    """MH-12."""
    county = cast.gather()
    committee = Identity(county.committee.name, is_organisation=True)
    case = makers.make_case(county.centre, county.head, respondents=[committee])
    assert access.depth_of(county.head, case) is None
    assert cases.get(case.public_id, for_=county.dispatcher).id == case.id


def test_the_unit_that_leads_a_case_does_not_become_a_party_of_it(ground):
    """MH-12: first somebody else leads."""
    county = cast.gather()
    case = cast.routed(county)
    committee = Identity(county.committee.name, is_organisation=True)
    with pytest.raises(RuleBroken) as error:
        do(intake.add_party, case.public_id, role=PartyRole.RESPONDENT, identity=committee, by=county.clerk)
    assert [obstacle.reason for obstacle in error.value.obstacles] == [Bar.LEADS]


def test_two_agents_and_no_third(case, clerk):
    """QT-16."""
    visitor = parties_of(case)[0]
    lawyer = Helper(
        Representation.AGENT, "邓律", kind=AgentKind.LAWYER, authority=AgentAuthority.SPECIAL,
        powers=("进行和解、接受调解",), phone="13607910001", paper_received_on=TODAY,
    )
    son = Helper(Representation.AGENT, "涂小军", kind=AgentKind.NEAR_RELATIVE, authority=AgentAuthority.GENERAL)
    first = do(intake.add_representative, visitor.public_id, helper=lawyer, by=clerk)
    do(intake.add_representative, visitor.public_id, helper=son, by=clerk)
    with pytest.raises(RuleBroken) as error:
        do(intake.add_representative, visitor.public_id, helper=son, by=clerk)
    assert [obstacle.reason for obstacle in error.value.obstacles] == [PartyBar.THIRD_AGENT]
    do(intake.end_representative, first, reason="解除委托", by=clerk)
    do(intake.add_representative, visitor.public_id, helper=son, by=clerk)
    guardian = Helper(Representation.GUARDIAN, "万父", relation="父亲")
    do(intake.add_representative, visitor.public_id, helper=guardian, by=clerk)


def test_a_small_childs_case_waits_for_a_guardian(centre, clerk):
    """DP-05, MH-05."""
    child = Identity("涂小宝", id_number="360121201903030033")
    case = makers.make_screened(centre, clerk, applicants=[child])

    def bars():
        found = checks.children_have_guardians(session.get_one(Case, case.id), on=TODAY, by=clerk)
        return [obstacle.reason for obstacle in found]

    assert bars() == [rules.Bar.CHILD_ALONE]
    father = Helper(Representation.GUARDIAN, "涂国平", relation="父亲")
    public_id = do(intake.add_representative, parties_of(case)[0].public_id, helper=father, by=clerk)
    assert bars() == []
    do(intake.end_representative, public_id, reason="不再是监护人", by=clerk)
    assert bars() == [rules.Bar.CHILD_ALONE]


def test_an_agents_number_is_checked_and_lies_sealed(case, clerk):
    visitor = parties_of(case)[0]
    wrong = Helper(Representation.HELPER, "万冬生", id_number="360121197508064518")
    with pytest.raises(RuleBroken) as error:
        do(intake.add_representative, visitor.public_id, helper=wrong, by=clerk)
    assert [obstacle.reason for obstacle in error.value.obstacles] == [people_rules.Bar.ID_CHECK]
    right = makers.changed(wrong, id_number="360121197508064517")
    public_id = do(intake.add_representative, visitor.public_id, helper=right, by=clerk)
    row = session.query(Representative).filter_by(public_id=public_id).one()
    assert row.id_number == "360121197508064517" and b"19750806" not in row.id_number_sealed


ADDRESS = Service("万秋莲", "江西省南昌市南昌县武阳镇前进村 12 号", "330200", "13970812716")


def test_an_address_for_service_is_kept_sealed_and_printed(case, clerk):
    visitor = parties_of(case)[0]
    do(intake.record_service_address, visitor.public_id, service=ADDRESS, by=clerk)
    row = cases.service_addresses(case.id)[visitor.id]
    assert (row.address, row.phone, row.confirmed_on) == (ADDRESS.address, ADDRESS.phone, TODAY)
    form = papers.of_case(case.id)[-1]
    assert (form.kind, form.number) == ("service_address", "南矛调送〔2026〕1号")


def test_electronic_service_needs_express_consent(case, clerk):
    visitor = parties_of(case)[0]
    typed = makers.changed(ADDRESS, mobile="13970812716")
    do(intake.record_service_address, visitor.public_id, service=typed, by=clerk)
    assert cases.service_addresses(case.id)[visitor.id].electronic is None
    with pytest.raises(RuleBroken) as error:
        agreed = makers.changed(ADDRESS, agrees_to_electronic=True)
        do(intake.record_service_address, visitor.public_id, service=agreed, by=clerk)
    assert PartyBar.NO_ELECTRONIC_ADDRESS in [obstacle.reason for obstacle in error.value.obstacles]
    agreed = makers.changed(typed, agrees_to_electronic=True)
    do(intake.record_service_address, visitor.public_id, service=agreed, by=clerk)
    assert "13970812716" in cases.service_addresses(case.id)[visitor.id].electronic
    assert session.query(ServiceAddress).count() == 2


def test_an_address_without_its_postcode_is_none(case, clerk):
    visitor = parties_of(case)[0]
    with pytest.raises(RuleBroken) as error:
        do(intake.record_service_address, visitor.public_id, service=makers.changed(ADDRESS, postcode=" "), by=clerk)
    assert [obstacle.reason for obstacle in error.value.obstacles] == [PartyBar.ADDRESS_INCOMPLETE]


def reveal(case, by, **values):
    with transaction():
        visitor = parties_of(case)[0]
        values = {"of": "party", "reason": RevealReason.CALL} | values
        return intake.reveal(visitor.public_id, "phone", by=by, **values)


def test_a_reveal_leaves_exactly_one_row_with_its_reason(case, clerk):
    before = session.query(TrailEntry).count()
    assert reveal(case, clerk) == "13970812716"
    assert session.query(TrailEntry).count() == before + 1
    last = session.query(TrailEntry).order_by(TrailEntry.id.desc()).first()
    assert (last.event, last.params, last.case_id) == ("person.revealed", {"field": "phone", "reason": "call"}, case.id)
    assert trail.verify(case.centre_id) is None


def test_the_twenty_first_reveal_in_an_hour_raises_an_alert(case, clerk):
    for _ in range(20):
        reveal(case, clerk)
    alerts = session.query(TrailEntry).filter_by(event="person.revealed_often")
    assert alerts.count() == 0
    reveal(case, clerk)
    assert alerts.count() == 1


def test_another_reason_wants_words(case, clerk):
    with pytest.raises(RuleBroken) as error:
        reveal(case, clerk, reason=RevealReason.OTHER)
    assert [obstacle.reason for obstacle in error.value.obstacles] == [people_rules.Bar.REVEAL_WORDS]
    assert reveal(case, clerk, reason=RevealReason.OTHER, words="本人忘了自己的号码")


def test_who_does_not_work_on_a_case_neither_sees_nor_changes_its_parties(case, centre, clerk):
    visitor = parties_of(case)[0]
    mediator = makers.make_actor(centre, Role.MEDIATOR)
    with pytest.raises(NotFound):
        reveal(case, mediator)
    with pytest.raises(NotFound):
        change(visitor, identity={"name": "甲"}, reason="x", by=mediator)
    leader = makers.make_actor(centre, Role.LEADER)
    with pytest.raises((NotFound, NotAllowed)):
        do(intake.add_party, case.public_id, role=PartyRole.RESPONDENT, identity=COMPANY, by=leader)
    assert session.query(Party).count() == 2
