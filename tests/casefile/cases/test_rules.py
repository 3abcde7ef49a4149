from dataclasses import replace
from datetime import date

import pytest

from mediation.casefile.cases.rules import (
    SOURCE_OF,
    AgentAuthority,
    AgentFacts,
    AgreementState,
    Bar,
    Basis,
    CaseState,
    Channel,
    ConfirmationState,
    Consent,
    CourtNumberBar,
    CourtNumberCaution,
    PartyBar,
    PartyFacts,
    PartyRole,
    PerformanceState,
    ProceedingState,
    Progress,
    ReferralState,
    ServiceFacts,
    Source,
    Stage,
    Track,
    TransferState,
    Turn,
    address_obstacles,
    agent_obstacles,
    agent_settles_obstacles,
    basis_of,
    consent_obstacles,
    court_number_cautions,
    court_number_obstacles,
    guardian_obstacles,
    may_serve_electronically,
    other_track_obstacles,
    read_court_number,
    refusal_obstacles,
    source_of,
    stage_of,
    title_of,
    turn_of,
)
from mediation.registry.people.rules import Capacity

A = PartyFacts("张三", consent=Consent.AGREED)
B = PartyFacts("李四", PartyRole.RESPONDENT, consent=Consent.AGREED)
ROUTED = CaseState.ROUTED
EFFECTIVE = {"case": ROUTED, "proceeding": ProceedingState.AGREED, "agreement": AgreementState.EFFECTIVE}


def reasons(obstacles):
    return [obstacle.reason for obstacle in obstacles]


@pytest.mark.parametrize(
    ("progress", "stage", "turn"),
    [
        (Progress(CaseState.REGISTERED), Stage.REGISTERED, Turn.CLERK),
        (Progress(CaseState.REGISTERED, waits_for_party=True), Stage.REGISTERED, Turn.PARTY),
        (Progress(CaseState.SCREENED), Stage.SCREENED, Turn.DISPATCHER),
        (Progress(ROUTED, TransferState.SENT), Stage.ROUTED, Turn.UNIT),
        (Progress(ROUTED, TransferState.RECEIVED), Stage.ROUTED, Turn.UNIT),
        (Progress(ROUTED, TransferState.REJECTED), Stage.ROUTED, Turn.DISPATCHER),
        (Progress(ROUTED), Stage.ROUTED, Turn.NOBODY),
        (Progress(ROUTED, TransferState.RECEIVED, ProceedingState.ACCEPTED), Stage.ACCEPTED, Turn.UNIT),
        (Progress(ROUTED, TransferState.RECEIVED, ProceedingState.ASSIGNED), Stage.ACCEPTED, Turn.MEDIATOR),
        (Progress(ROUTED, TransferState.RECEIVED, ProceedingState.MEDIATING), Stage.MEDIATING, Turn.MEDIATOR),
        (Progress(ROUTED, proceeding=ProceedingState.SUSPENDED), Stage.MEDIATING, Turn.MEDIATOR),
        (Progress(ROUTED, proceeding=ProceedingState.MEDIATING, waits_for_party=True), Stage.MEDIATING, Turn.PARTY),
        (Progress(ROUTED, proceeding=ProceedingState.ENDED), Stage.ENDED, Turn.MEDIATOR),
        (Progress(ROUTED, proceeding=ProceedingState.REFUSED), Stage.ENDED, Turn.DISPATCHER),
        (
            Progress(ROUTED, proceeding=ProceedingState.MEDIATING, agreement=AgreementState.DRAFT),
            Stage.MEDIATING,
            Turn.MEDIATOR,
        ),
        (
            Progress(ROUTED, proceeding=ProceedingState.MEDIATING, agreement=AgreementState.AGREED),
            Stage.AGREED,
            Turn.MEDIATOR,
        ),
        (Progress(**EFFECTIVE, performance=(PerformanceState.DUE,) * 2), Stage.EFFECTIVE, Turn.MEDIATOR),
        (Progress(**EFFECTIVE), Stage.EFFECTIVE, Turn.MEDIATOR),  # only terms, nothing to perform
        (Progress(**EFFECTIVE, confirmation=ConfirmationState.PREPARING), Stage.CONFIRMING, Turn.LIAISON),
        (Progress(**EFFECTIVE, confirmation=ConfirmationState.RETURNED), Stage.CONFIRMING, Turn.MEDIATOR),
        (Progress(**EFFECTIVE, confirmation=ConfirmationState.FILED), Stage.CONFIRMING, Turn.COURT),
        (
            Progress(**EFFECTIVE, confirmation=ConfirmationState.CONFIRMED, performance=(PerformanceState.DUE,)),
            Stage.PERFORMING,
            Turn.MEDIATOR,
        ),
        (
            Progress(**EFFECTIVE, performance=(PerformanceState.DONE, PerformanceState.DUE)),
            Stage.PERFORMING,
            Turn.MEDIATOR,
        ),
        (
            Progress(**EFFECTIVE, performance=(PerformanceState.DONE, PerformanceState.BREACHED)),
            Stage.PERFORMING,
            Turn.MEDIATOR,
        ),
        (
            Progress(**EFFECTIVE, performance=(PerformanceState.DONE, PerformanceState.WAIVED)),
            Stage.PERFORMED,
            Turn.UNIT,
        ),
        (
            Progress(ROUTED, proceeding=ProceedingState.ENDED, referral=ReferralState.SENT),
            Stage.REFERRED,
            Turn.COURT,
        ),
        (
            Progress(ROUTED, referral=ReferralState.TAKEN, referral_to_court=False),
            Stage.REFERRED,
            Turn.OUTSIDE,
        ),
        (Progress(ROUTED, referral=ReferralState.DECIDED), Stage.REFERRED, Turn.UNIT),
        (
            Progress(ROUTED, proceeding=ProceedingState.ENDED, referral=ReferralState.RETURNED),
            Stage.ENDED,
            Turn.MEDIATOR,
        ),
        (Progress(CaseState.CLOSED, proceeding=ProceedingState.ENDED), Stage.CLOSED, Turn.UNIT),
        (Progress(CaseState.ARCHIVED), Stage.ARCHIVED, Turn.DONE),
        (Progress(CaseState.MERGED), Stage.CLOSED, Turn.DONE),
    ],
)
def test_stage_and_turn_follow_from_the_objects(progress, stage, turn):
    assert (stage_of(progress), turn_of(progress)) == (stage, turn)


@pytest.mark.parametrize("confirmation", [None, *ConfirmationState])
@pytest.mark.parametrize("proceeding", [None, *ProceedingState])
@pytest.mark.parametrize("agreement", [None, *AgreementState])
def test_every_mixture_has_a_stage_and_a_turn(confirmation, proceeding, agreement):
    for case in CaseState:
        progress = Progress(case, proceeding=proceeding, agreement=agreement, confirmation=confirmation)
        assert isinstance(turn_of(progress), Turn)


def test_every_channel_has_a_source():
    assert set(SOURCE_OF) == set(Channel)
    assert len(Channel) >= 12
    assert source_of(Channel.POLICE_110) == Source.HOTLINE


@pytest.mark.parametrize(
    ("source", "basis"),
    [
        (Source.PARTY, Basis.SELF_RUN),
        (Source.OWN_MOTION, Basis.OWN_MOTION),
        (Source.COURT_COMMISSION, Basis.COMMISSIONED),
        (Source.COURT_ENTRUSTMENT, Basis.ENTRUSTED),
        (Source.POLICE, Basis.SELF_RUN),
    ],
)
def test_the_source_decides_the_basis(source, basis):
    assert basis_of(source) == basis


def test_one_track_at_a_time():
    assert other_track_obstacles(Track.ADMINISTRATIVE, []) == []
    [found] = other_track_obstacles(Track.ADMINISTRATIVE, [Track.PEOPLES])
    assert (found.reason, found.params["track"], found.rule) == (Bar.OTHER_TRACK_OPEN, Track.PEOPLES, "RT-01")


def test_silence_is_neither_consent_nor_refusal():
    silent = PartyFacts("李四", PartyRole.RESPONDENT)
    assert refusal_obstacles([A, silent]) == []
    assert reasons(consent_obstacles([A, silent])) == [PartyBar.PARTY_SILENT]
    assert consent_obstacles([A, B]) == []


def test_a_party_is_known_by_its_key_or_else_by_its_name():
    assert PartyFacts("张三", key="a1").ref == "a1"
    assert PartyFacts("张三").ref == "张三"


def test_a_refusal_bars_everything():
    refusing = PartyFacts("李四", PartyRole.RESPONDENT, consent=Consent.REFUSED)
    assert reasons(refusal_obstacles([A, refusing])) == [PartyBar.PARTY_REFUSES]
    assert reasons(consent_obstacles([A, refusing])) == [PartyBar.PARTY_REFUSES]


def test_an_interested_outsider_is_asked_for_nothing():
    outsider = PartyFacts("王五", PartyRole.OUTSIDER, capacity=Capacity.NONE)
    assert consent_obstacles([A, B, outsider]) == []
    assert guardian_obstacles([A, B, outsider]) == []


def test_a_third_agent_is_one_too_many():
    """QT-16."""
    two = PartyFacts("张三", agents=(AgentFacts("甲"), AgentFacts("乙")))
    three = PartyFacts("张三", agents=(*two.agents, AgentFacts("丙", has_paper=False)))
    assert agent_obstacles(two, most=2) == []
    assert reasons(agent_obstacles(three, most=2)) == [PartyBar.THIRD_AGENT, PartyBar.AGENT_PAPER]


@pytest.mark.parametrize(
    ("capacity", "guardian", "found"),
    [
        (Capacity.FULL, None, []),
        (Capacity.LIMITED, None, [PartyBar.NO_GUARDIAN]),
        (Capacity.NONE, None, [PartyBar.NO_GUARDIAN]),
        (Capacity.NONE, "张父", []),
    ],
)
def test_who_cannot_act_alone_needs_a_guardian(capacity, guardian, found):
    """MH-05."""
    assert reasons(guardian_obstacles([PartyFacts("张小", capacity=capacity, guardian=guardian)])) == found


SPECIAL = AgentFacts("裘志明", authority=AgentAuthority.SPECIAL, may_settle=True)


@pytest.mark.parametrize(
    ("agent", "found"),
    [
        (SPECIAL, []),
        (replace(SPECIAL, authority=AgentAuthority.GENERAL), [PartyBar.NO_AUTHORITY]),
        (replace(SPECIAL, may_settle=False), [PartyBar.NO_POWER_TO_SETTLE]),
        (replace(SPECIAL, has_paper=False), [PartyBar.AGENT_PAPER]),
    ],
)
def test_an_agent_settles_only_with_special_authority_spelled_out(agent, found):
    """QT-16: 一般授权 and a bare 全权代理 do not settle."""
    assert reasons(agent_settles_obstacles(agent)) == found


ADDRESS = ServiceFacts("330200", "南昌县莲塘镇向阳路1号", "张三", "13970912716", date(2026, 3, 2))


@pytest.mark.parametrize(
    ("service", "found", "electronic"),
    [
        (None, [PartyBar.NO_ADDRESS], False),
        (replace(ADDRESS, confirmed_on=None), [PartyBar.NO_ADDRESS], False),
        (ADDRESS, [], False),
        (replace(ADDRESS, postcode=""), [PartyBar.ADDRESS_INCOMPLETE], False),
        (replace(ADDRESS, phone=" "), [PartyBar.ADDRESS_INCOMPLETE], False),
        (replace(ADDRESS, has_electronic=True), [], False),  # an e-mail without consent is not used
        (replace(ADDRESS, agrees_to_electronic=True), [PartyBar.NO_ELECTRONIC_ADDRESS], False),
        (replace(ADDRESS, agrees_to_electronic=True, has_electronic=True), [], True),
        (
            replace(ADDRESS, agrees_to_electronic=True, has_electronic=True, confirmed_on=None),
            [PartyBar.NO_ADDRESS],
            False,
        ),
    ],
)
def test_an_address_for_service_is_confirmed_and_whole(service, found, electronic):
    """DC-07: without express consent no e-mail is used."""
    assert reasons(address_obstacles("张三", service)) == found
    assert may_serve_electronically(service) is electronic


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("（2026）赣0121诉前调确12号", "（2026）赣0121诉前调确12号"),
        ("(2026)赣0121民初1号", "（2026）赣0121民初1号"),
        (" （2026） 赣0121 民特 3 号", "（2026）赣0121民特3号"),
        ("（2026）赣民终7号", "（2026）赣民终7号"),  # a high court
        ("（2026）鲁1392民初5号", "（2026）鲁1392民初5号"),
        ("（2026）赣0121执12号之二", "（2026）赣0121执12号之二"),
        ("〔2026〕赣0121民初1号", None),
        ("（2026）赣0121民初字第1号", None),
        ("（2026）赣0121民初01号", None),
        ("（26）赣0121民初1号", None),
        ("（2026）赣0121民初号", None),
        ("（2026）南民调字第12号", None),
        ("", None),
    ],
)
def test_court_numbers(text, number):
    """CN-01: half-width brackets are set right, six-angled ones refused."""
    found = read_court_number(text)
    assert (found and str(found)) == number
    assert reasons(court_number_obstacles(text)) == ([] if number else [CourtNumberBar.FORM])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("（2026）赣0121民特3号", []),
        ("（2026）赣0121诉前调确3号", []),
        ("（2026）赣0121调确3号", [CourtNumberCaution.OBSOLETE]),
        ("（2026）赣0121民初3号", [CourtNumberCaution.KIND]),
        ("（2026）赣0124民特3号", [CourtNumberCaution.COURT]),
        ("no number", []),
    ],
)
def test_odd_court_numbers_are_pointed_out(text, found):
    """CN-02, CN-03."""
    found_odd = court_number_cautions(text, kinds=("诉前调确", "民特"), obsolete=("调确",), court_code="赣0121")
    assert reasons(found_odd) == found


def test_a_number_of_any_court_will_do_where_none_is_chosen():
    assert court_number_cautions("（2026）赣0124民特3号", kinds=("民特",)) == []


@pytest.mark.parametrize(
    ("applicants", "respondents", "title"),
    [
        (["张三"], ["李四"], "张三与李四邻里纠纷"),
        (["淦志强", "甲", "乙", "丙"], ["宏泰劳务"], "淦志强等4人与宏泰劳务邻里纠纷"),
        (["张三"], [], "张三邻里纠纷"),
    ],
)
def test_title(applicants, respondents, title):
    assert title_of(applicants, respondents, "邻里") == title
    assert title_of(applicants, respondents, "邻里纠纷") == title


def test_title_of_a_group():
    assert title_of(["张三", "李四"], ["宏泰劳务"], "工资", counts=(37, 0)) == "张三等37人与宏泰劳务工资纠纷"
