"""The law of agreements as the operations keep it: who signs, from when it binds, which way leads on."""

from datetime import date

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.rules import (
    AgentAuthority,
    AgentKind,
    AgreementState,
    PartyFlag,
    PartyRole,
    ProceedingState,
    Representation,
    Stage,
)
from mediation.casefile.papers import operations as issued
from mediation.ground import clock
from mediation.ground.errors import RuleBroken
from mediation.registry.access.rules import Role
from mediation.registry.people.operations import Identity
from mediation.registry.settings import operations as settings
from mediation.registry.settings.rules import Kind
from mediation.stages.agreements import operations as agreements
from mediation.stages.agreements import papers, queries
from mediation.stages.agreements.operations import ClauseValues
from mediation.stages.agreements.rules import ClauseKind, Manner
from mediation.stages.intake import beside, parties
from mediation.stages.intake.beside import Helper
from mediation.stages.performance import queries as performance
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.proceedings import queries as proceeding_queries
from tests import exits, makers, packs, road
from tests.road import do

TODAY = date(2026, 11, 23)
CHILD = Identity("涂小宝", id_number="360121201903030017", address="南昌县武阳镇前进村8组")  # aged 7


@pytest.fixture
def county(ground):
    return road.make_county()


def reasons(error) -> set[str]:
    return {str(obstacle.reason) for obstacle in error.value.obstacles}


def agreed(county, **changes):
    """A text that all agreed on and nobody signed; returns case, agreement, parties."""
    case, agreement, refs = road.drafted(county, **changes)
    do(agreements.agree, agreement, by=county.mediator, on=TODAY)
    return case, agreement, refs


def beside_party(county, party, capacity, name="邓小明", **more):
    helper = Helper(capacity, name, sex="male", relation="邻居", **more)
    return do(beside.add_representative, party, helper=helper, by=county.mediator, on=TODAY)


def sign(county, agreement, ref, **more):
    do(agreements.sign_party, agreement, ref, by=county.mediator, signed_on=clock.today(), on=clock.today(), **more)


def orally(county, case, refs, *, agreed_on=TODAY, on=TODAY):
    pay = ClauseValues(
        ClauseKind.PAY, "赔偿款", (refs[1],), (refs[0],), amount_fen=260_000, due_on=date(2026, 12, 20),
        manner=Manner.CASH,
    )
    return do(
        agreements.agree_orally, case, by=county.mediator, on=on, agreed_on=agreed_on, facts="排水沟垫高倒灌。",
        clauses=[pay], total_fen=260_000,
    )


def row_of(agreement, county):
    return queries.get(agreement, for_=county.mediator)[0]


# --- from when it binds ---


def test_before_a_court_that_sent_the_case_the_seal_may_come_after_the_effect(county):
    """JM-09: parties on 23 and 24 November bind from the 24th; mediator and seal of the 26th are still written down."""
    exits.list_mediator(county)
    case, agreement, refs = agreed(county, origin=exits.COMMISSION, track="judicial")
    assert row_of(agreement, county).copies == 4  # each party, the body, the court
    road.later(date(2026, 11, 26))
    on = date(2026, 11, 26)
    do(agreements.sign_party, agreement, refs[0], by=county.mediator, signed_on=TODAY, on=on)
    do(agreements.sign_party, agreement, refs[1], by=county.mediator, signed_on=date(2026, 11, 24), on=on)
    found = row_of(agreement, county)
    assert (found.state, found.effective_on) == (AgreementState.EFFECTIVE, date(2026, 11, 24))
    whole_case = cases.get(case, for_=county.mediator)
    assert [str(each.reason) for each in queries.effect(found, whole_case, on=on).cautions] == ["seal_missing"]
    do(agreements.sign_mediator, agreement, by=county.mediator, signed_on=on, on=on)
    do(agreements.seal, agreement, by=county.head, sealed_on=on, on=on)
    found = row_of(agreement, county)
    assert found.effective_on == date(2026, 11, 24)
    assert [str(each.reason) for each in queries.effect(found, whole_case, on=on).cautions] == ["seal_later"]
    packs.handed(county, (case, agreement, refs))


def test_where_all_have_signed_nothing_more_is_signed(county):
    """PM-13: the last of all made it bind; JM-09 leaves nothing to add."""
    case, _agreement, _refs = road.signed(county)
    offered = steps.offered(cases.get(case, for_=county.head), by=county.head, on=TODAY)
    bars = next(bars for step, _subject, bars in offered if step.name == "agreement.sign")
    assert [str(bar.reason) for bar in bars] == ["all_signed"]


def test_an_oral_agreement_ends_the_period_on_its_own_day(county):
    """PM-14: agreed on 23 November, written down on the 25th."""
    case, proceeding = road.mediating(county)
    road.met(county, proceeding)
    road.later(date(2026, 11, 25))
    agreement = orally(county, case, exits.parties(county, case), agreed_on=TODAY, on=date(2026, 11, 25))
    row, whole_case = proceeding_queries.get(proceeding, for_=county.mediator)
    assert row_of(agreement, county).effective_on == TODAY == row.agreed_on
    assert proceeding_queries.last_clock(row).stopped_on == TODAY
    assert whole_case.stage == Stage.EFFECTIVE


def test_an_oral_agreement_takes_the_place_of_a_draft(county):
    """PM-11: the parties find writing unnecessary; the draft is no dead end."""
    case, draft, refs = road.drafted(county)
    orally(county, case, refs)
    assert row_of(draft, county).state == AgreementState.ABANDONED
    assert queries.effective(cases.get(case, for_=county.mediator).id).is_oral


# --- who signs ---


def test_a_child_alone_agrees_on_nothing_orally_either(county):
    """MH-05: aged seven, joined after the meeting, no guardian on file."""
    case, proceeding = road.mediating(county)
    road.met(county, proceeding)
    child = do(parties.add_party, case, role=PartyRole.THIRD_PARTY, identity=CHILD, by=county.mediator, on=TODAY)
    refs = road.consented(county, case, by=county.mediator)
    do(proceedings.inform, proceeding, by=county.mediator, on=TODAY, told={child: "written"})
    with pytest.raises(RuleBroken) as error:
        orally(county, case, refs)
    assert reasons(error) == {"no_guardian"}
    beside_party(county, child, Representation.GUARDIAN, "涂国平")
    orally(county, case, refs)


def test_who_only_helps_does_not_sign(county):
    """QT-16, DC-05: interpreters and helpers stand beside a party, they do not bind it."""
    _case, agreement, refs = agreed(county)
    for capacity in (Representation.INTERPRETER, Representation.HELPER):
        helper = beside_party(county, refs[0], capacity, f"帮忙{capacity.value}")
        with pytest.raises(RuleBroken) as error:
            sign(county, agreement, refs[0], representative=helper)
        assert reasons(error) == {"may_not_sign"}
    chief = beside_party(county, refs[0], Representation.LEGAL_REP, "万经理")
    with pytest.raises(RuleBroken) as error:
        sign(county, agreement, refs[0], representative=chief)
    assert reasons(error) == {"not_a_body"}


def test_an_agent_with_general_authority_does_not_sign(county):
    """QT-16: 全权代理 alone gives no power to settle."""
    _case, agreement, refs = agreed(county)
    paper = {
        "kind": AgentKind.LAWYER, "paper_received_on": TODAY, "workplace": "江西某某律师事务所",
        "licence_no": "13601201010000001",
    }
    general = beside_party(county, refs[0], Representation.AGENT, "甲律师", authority=AgentAuthority.GENERAL, **paper)
    with pytest.raises(RuleBroken) as error:
        sign(county, agreement, refs[0], representative=general)
    assert reasons(error) == {"no_authority"}
    special = beside_party(
        county, refs[0], Representation.AGENT, "乙律师", authority=AgentAuthority.SPECIAL, powers=("进行和解",), **paper
    )
    sign(county, agreement, refs[0], representative=special)


def test_who_cannot_write_has_a_witness(county):
    """DC-05 by the operation: the form's fields reach the rule."""
    _case, agreement, refs = agreed(county)
    row = next(party for party in cases.parties_of(row_of(agreement, county).case_id) if party.public_id == refs[0])
    row.flags = {"flags": ["cannot_write"]}
    road.cases.session.commit()
    with pytest.raises(RuleBroken) as error:
        sign(county, agreement, refs[0], kind="fingerprint", written_by="熊桂生")
    assert reasons(error) == {"no_witness"}
    sign(county, agreement, refs[0], kind="fingerprint", written_by="熊桂生", witness="邓小明")


def test_a_group_s_representative_needs_the_written_consent_of_each_member(county):
    """MH-07: one of three villagers speaks for the others; each consents in writing, not after the signature."""
    others = [
        Identity("万大毛", id_number="36012119650101001X", address="南昌县武阳镇前进村8组", phone="13970810001"),
        Identity("万二毛", id_number="36012119670202002X", address="南昌县武阳镇前进村8组", phone="13970810002"),
    ]
    _case, agreement, refs = agreed_group(county, others)
    for ref in refs[1:3]:
        speaker = beside_party(county, ref, Representation.GROUP_REP, "万秋莲")
        with pytest.raises(RuleBroken) as error:
            sign(county, agreement, ref, representative=speaker)
        assert reasons(error) == {"no_member_consent"}
        with pytest.raises(RuleBroken) as error:
            sign(county, agreement, ref, representative=speaker, consented_on=date(2026, 11, 24))
        assert reasons(error) == {"consent_later"}
        sign(county, agreement, ref, representative=speaker, consented_on=TODAY)
    sign(county, agreement, refs[0])
    sign(county, agreement, refs[3])
    assert len(row_of(agreement, county).signatures) == 4


def agreed_group(county, others):
    case, proceeding = road.mediating(county, applicants=[road.WAN, *others])
    road.met(county, proceeding)
    agreement = do(agreements.draft, case, by=county.mediator, on=TODAY)
    refs = exits.parties(county, case)
    road.save(county, agreement, [refs[0], refs[3]])
    do(agreements.agree, agreement, by=county.mediator, on=TODAY)
    return case, agreement, refs


def test_six_speak_for_no_group(county):
    """MH-07: at most five."""
    case, agreement, refs = agreed(county)
    last = [beside_party(county, refs[0], Representation.GROUP_REP, f"代表{number}") for number in "一二三四五六"][-1]
    with pytest.raises(RuleBroken) as error:
        sign(county, agreement, refs[0], representative=last, consented_on=TODAY)
    assert reasons(error) == {"too_many_representatives"}


# --- which way leads on ---


def test_a_party_that_dies_or_turns_back_before_signing_ends_the_mediation(county):
    """RT-04, JM-11: an agreement that waits for signatures holds nobody."""
    case, agreement, _refs = agreed(county)
    row = cases.get(case, for_=county.mediator)
    public_id = proceeding_queries.newest(row.id).public_id
    do(
        proceedings.end, public_id, by=county.mediator, on=TODAY, ground="will_not_sign",
        course="涂国平签字前病故，继承人不愿签", notice_given=True,
    )
    assert row_of(agreement, county).state == AgreementState.ABANDONED
    assert proceeding_queries.newest(row.id).state == ProceedingState.ENDED
    assert cases.get(case, for_=county.mediator).stage == Stage.ENDED


def test_an_oral_agreement_is_put_in_writing_and_goes_to_the_court(county):
    """PM-11, JC-01, JC-09: what was agreed by word of mouth is written, signed, and may then be confirmed."""
    case, proceeding = road.mediating(county)
    road.met(county, proceeding)
    oral = orally(county, case, exits.parties(county, case))
    fresh = do(agreements.revise, oral, by=county.mediator, on=TODAY, reason="双方要申请司法确认，补成书面")
    assert row_of(oral, county).state == AgreementState.SUPERSEDED
    _case, written, refs = road.signed(county, (case, fresh, exits.parties(county, case)))
    row = cases.get(case, for_=county.mediator)
    assert row.stage == Stage.EFFECTIVE  # what was owed by word of mouth is not counted as performed
    assert [str(duty.state) for duty in performance.of_case(row.id)] == ["due"]
    packs.handed(county, (case, written, refs))


def test_a_writing_that_nobody_signs_goes_back_to_the_word_given(county):
    """PM-14: the parties' word of the first day stands; it is registered again and no dead end."""
    case, proceeding = road.mediating(county)
    road.met(county, proceeding)
    refs = exits.parties(county, case)
    oral = orally(county, case, refs)
    do(agreements.revise, oral, by=county.mediator, on=TODAY, reason="补成书面")
    road.later(date(2026, 11, 27))
    again = orally(county, case, refs, agreed_on=TODAY, on=date(2026, 11, 27))
    assert row_of(again, county).effective_on == TODAY
    assert cases.get(case, for_=county.mediator).stage == Stage.EFFECTIVE


@pytest.mark.rule("JM-16")
def test_which_disputes_are_signed_in_ink_is_a_dated_setting(county):
    """JM-16: inheritance since the Electronic Signature Law; a centre adds support from a day on."""
    case = cases.get(road.registered(county), for_=county.clerk)
    admin, day_before, day = makers.make_actor(county.centre, Role.SYSTEM_ADMIN), date(2026, 11, 30), date(2026, 12, 1)
    do(
        settings.set_value, Kind.WORDS, "JM-16.paper_only", ["status", "inheritance", "support"], by=admin,
        valid_from=day, source="中心规定", reason="赡养协议也签纸质",
    )

    def by_hand(type_code, on):
        case.type_code = type_code
        return queries.is_signed_by_hand(case, on=on)

    assert [by_hand("marriage_family.inheritance", on) for on in (date(2005, 3, 31), date(2005, 4, 1))] == [False, True]
    assert [by_hand("marriage_family.elders", on) for on in (day_before, day)] == [False, True]
    assert by_hand("marriage_family.inheritance", day) and not by_hand("neighbour", day)


@pytest.mark.rule("DC-05")
def test_the_agreement_says_who_reads_and_interprets_for_a_party(county):
    """DC-05: from what the case says of its parties."""
    case, agreement, refs = road.drafted(county)
    beside_party(county, refs[1], Representation.INTERPRETER, "热孜亚", language="维吾尔语")
    row = cases.get(case, for_=county.mediator)
    parties_of = {party.public_id: party for party in cases.parties_of(row.id)}
    parties_of[refs[0]].flags = {"flags": [PartyFlag.CANNOT_READ, PartyFlag.CANNOT_WRITE]}
    assert [(each.name, each.is_read, each.is_written_for, each.language) for each in papers.aids(row)] == [
        ("万秋莲", True, True, None), ("涂国平", False, False, "维吾尔语"),
    ]
    do(agreements.agree, agreement, by=county.mediator, on=TODAY)
    assert issued.newest(row.id, "agreement").template_version == 2


def test_the_police_may_accept_what_was_settled_since_2026(county):
    """AM-02: before a people's committee in a dispute of theirs, and not under the law before."""
    case, agreement, _refs = road.drafted(county)
    row = cases.get(case, for_=county.mediator)
    found, proceeding = queries.get(agreement, for_=county.mediator)[0], proceeding_queries.newest(row.id)
    assert papers.variant(row, proceeding) == "general"
    row.type_code = "damages.assault"
    said = {}
    for row.law_on in (date(2025, 12, 31), date(2026, 1, 1)):
        said[row.law_on] = papers.variant(row, proceeding)
    assert list(said.values()) == ["general", "police_case"]
    assert papers.written(found, row, proceeding).details.specials == []
    row.type_code, row.type_answers = "medical", {"就诊日期": "2026-08-04", "封存病历了没有": "是", "做过鉴定": ""}
    said = [(each.who, each.text) for each in papers.written(found, row, proceeding).details.specials]
    assert said == [("就诊日期", "2026年8月4日"), ("封存病历了没有", "是")]
