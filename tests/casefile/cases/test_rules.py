import pytest

from mediation.casefile.cases.rules import (
    SOURCE_OF,
    AgentFacts,
    AgreementState,
    Bar,
    Basis,
    CaseState,
    Channel,
    ConfirmationState,
    Consent,
    PartyFacts,
    PartyRole,
    PerformanceState,
    ProceedingState,
    Progress,
    ReferralState,
    Source,
    Stage,
    Track,
    TransferState,
    Turn,
    agent_obstacles,
    basis_of,
    consent_obstacles,
    guardian_obstacles,
    other_track_obstacles,
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
        (Progress(ROUTED, proceeding=ProceedingState.REFUSED), Stage.ENDED, Turn.MEDIATOR),
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
    assert reasons(consent_obstacles([A, silent])) == [Bar.PARTY_SILENT]
    assert consent_obstacles([A, B]) == []


def test_a_refusal_bars_everything():
    refusing = PartyFacts("李四", PartyRole.RESPONDENT, consent=Consent.REFUSED)
    assert reasons(refusal_obstacles([A, refusing])) == [Bar.PARTY_REFUSES]
    assert reasons(consent_obstacles([A, refusing])) == [Bar.PARTY_REFUSES]


def test_an_interested_outsider_is_asked_for_nothing():
    outsider = PartyFacts("王五", PartyRole.OUTSIDER, capacity=Capacity.NONE)
    assert consent_obstacles([A, B, outsider]) == []
    assert guardian_obstacles([A, B, outsider]) == []


def test_a_third_agent_is_one_too_many():
    two = PartyFacts("张三", agents=(AgentFacts("甲"), AgentFacts("乙")))
    three = PartyFacts("张三", agents=(*two.agents, AgentFacts("丙", has_paper=False)))
    assert agent_obstacles(two, most=2) == []
    assert reasons(agent_obstacles(three, most=2)) == [Bar.THIRD_AGENT, Bar.AGENT_PAPER]


@pytest.mark.parametrize(
    ("capacity", "guardian", "found"),
    [
        (Capacity.FULL, None, []),
        (Capacity.LIMITED, None, [Bar.NO_GUARDIAN]),
        (Capacity.NONE, None, [Bar.NO_GUARDIAN]),
        (Capacity.NONE, "张父", []),
    ],
)
def test_who_cannot_act_alone_needs_a_guardian(capacity, guardian, found):
    assert reasons(guardian_obstacles([PartyFacts("张小", capacity=capacity, guardian=guardian)])) == found


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
