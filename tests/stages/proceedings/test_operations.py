"""Acceptance, refusal, consent and notice, on both databases, without Flask."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from mediation.casefile.cases import numbers
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import (
    Basis,
    CaseState,
    Channel,
    Consent,
    PartyBar,
    ProceedingState,
    Stage,
    Track,
    Turn,
)
from mediation.casefile.clocks import queries as clocks
from mediation.casefile.papers import operations as papers
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken, Stale
from mediation.ground.once import new_key
from mediation.registry.access.rules import Role
from mediation.registry.settings import operations as settings
from mediation.registry.settings.rules import Kind
from mediation.registry.units.models import Unit
from mediation.registry.units.rules import UnitKind
from mediation.stages.intake.operations import Origin
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.proceedings import queries
from mediation.stages.proceedings.meeting.rules import SessionBar
from mediation.stages.proceedings.models import Proceeding
from mediation.stages.proceedings.operations import Answer
from mediation.stages.proceedings.rules import Bar
from mediation.stages.routing import operations as routing
from tests import cast, makers

TODAY = date(2026, 11, 23)


@pytest.fixture
def county(ground):
    return cast.gather()


def reasons(error):
    return [obstacle.reason for obstacle in error.value.obstacles]


def case_of(proceeding):
    return session.get_one(Case, proceeding.case_id)


def running(case):
    return {each.basis: each for each in clocks.of_case(case.id) if each.stopped_on is None}


def accept(county, case, **values):
    with transaction():
        return proceedings.accept(case.public_id, by=values.pop("by", county.head), on=TODAY, **values)


# --- acceptance ---


def test_acceptance_numbers_the_case_and_turns_the_clocks(county):
    proceeding = cast.accepted(county)
    case = case_of(proceeding)
    assert (proceeding.track, proceeding.basis) == (Track.PEOPLES, Basis.SELF_RUN)
    assert (proceeding.number, case.body_no) == ("（2026）南武民调字第1号", "（2026）南武民调字第1号")
    assert (case.stage, case.turn, case.accepted_on) == (Stage.ACCEPTED, Turn.UNIT, TODAY)
    period = running(case)
    assert list(period) == ["PM-18"]
    assert (period["PM-18"].started_on, period["PM-18"].due_on) == (TODAY, date(2026, 12, 23))


def test_the_register_is_issued_and_an_application_that_lacks_an_address_is_not(county):
    proceeding = cast.accepted(county)
    assert [paper.kind for paper in papers.of_case(proceeding.case_id)] == ["receipt", "register"]


def test_nobody_accepts_what_was_not_received(county):
    case = cast.routed(county)
    with pytest.raises(RuleBroken) as error:
        accept(county, case)
    assert reasons(error) == [Bar.NOT_RECEIVED]


def test_a_clear_refusal_bars_acceptance_and_silence_does_not(county):
    """RT-02, RT-03."""
    case = cast.received(county)
    cast.agree(county, case.id, 涂国平=Answer("refused", "oral"))
    with pytest.raises(RuleBroken) as error:
        accept(county, case)
    assert reasons(error) == [PartyBar.PARTY_REFUSES]
    cast.agree(county, case.id, 涂国平=Answer("pending"))
    accept(county, case)
    assert cast.again(case).stage == Stage.ACCEPTED


def test_a_unit_without_a_word_for_its_numbers_cannot_accept(ground):
    county = cast.gather(number_word=None)
    case = cast.received(county)
    with pytest.raises(RuleBroken) as error:
        accept(county, case)
    assert reasons(error) == [Bar.NO_NUMBER_WORD]


def test_a_unit_answers_a_transfer_once(county):
    """RT-01."""
    case = cast.received(county)
    accept(county, case)
    with pytest.raises(RuleBroken) as error:
        accept(county, case)
    assert Bar.ALREADY_ANSWERED in reasons(error)


def test_only_the_head_of_the_lead_unit_accepts(county):
    case = cast.received(county)
    with pytest.raises(NotAllowed):
        accept(county, case, by=county.dispatcher)
    other = makers.make_unit(county.centre, UnitKind.COMMITTEE, "向塘镇人民调解委员会")
    with pytest.raises(NotFound):
        accept(county, case, by=makers.make_actor(county.centre, Role.HEAD, other))


def test_of_two_heads_at_once_one_wins(county):
    case, barrier, won, lost = cast.received(county), Barrier(2), [], []
    second = makers.make_actor(county.centre, Role.HEAD, county.committee, name="副主任")
    public_id = case.public_id
    session.remove()

    def race(by):
        barrier.wait()
        try:
            with transaction():
                won.append(proceedings.accept(public_id, by=by, on=TODAY, key=new_key()))
        except (RuleBroken, Stale) as error:
            lost.append(error)
        finally:
            session.remove()

    threads = [Thread(target=race, args=(by,)) for by in (county.head, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 1)
    assert session.scalars(select(Proceeding.number)).all() == ["（2026）南武民调字第1号"]


def test_a_form_sent_twice_accepts_once(county):
    case, key = cast.received(county), new_key()
    assert accept(county, case, key=key) == accept(county, case, key=key)
    assert session.scalar(select(func.count()).select_from(Proceeding)) == 1


def test_the_database_lets_no_second_attempt_run(county):
    """RT-01."""
    proceeding = cast.accepted(county)
    twin = Proceeding(
        case_id=proceeding.case_id, unit_id=proceeding.unit_id, track=Track.PEOPLES, basis=Basis.SELF_RUN,
        state=ProceedingState.ACCEPTED,
    )
    with pytest.raises(Exception, match=r"(?i)unique"), transaction():
        session.add(twin)


def test_numbers_run_by_body_and_track(county):
    """CN-05."""
    first = cast.accepted(county)
    second = cast.accepted(county)
    court = cast.accepted(county, cast.commissioned(county), track=Track.JUDICIAL)
    assert [each.number for each in (first, second, court)] == [
        "（2026）南武民调字第1号", "（2026）南武民调字第2号", "（2026）南武诉调字第1号",
    ]
    assert numbers.word_of("南住行调", Track.ADMINISTRATIVE) == "南住行调"
    assert numbers.word_of("县联调", Track.JUDICIAL) == "县联调"


def test_numbers_begin_anew_with_the_year_in_the_form_that_is_set(county):
    """CN-05: the first number of 2027 is 1; a place may write its numbers otherwise, from a day on."""
    cast.accepted(county)
    admin = makers.make_actor(county.centre, Role.SYSTEM_ADMIN)
    with transaction():
        settings.set_text(
            Kind.TEXT, "CN-05.number", "{word}〔{year}〕第{serial}号", by=admin, valid_from=date(2027, 1, 1),
            source="县司法局〔2026〕9号", reason="沿用老样式",
        )
    assert cast.accepted(county).number == "（2026）南武民调字第2号"
    clock.freeze(datetime(2027, 1, 1, 9, tzinfo=clock.SHANGHAI))
    assert cast.accepted(county).number == "南武民调〔2027〕第1号"


# --- periods by track ---


def test_the_courts_period_runs_from_its_receipt(county):
    """JM-02."""
    proceeding = cast.accepted(county, cast.commissioned(county), track=Track.JUDICIAL)
    period = running(case_of(proceeding))["JM-02.commissioned"]
    assert proceeding.basis == Basis.COMMISSIONED
    assert (period.started_on, period.due_on) == (date(2026, 11, 20), date(2026, 12, 21))


@pytest.mark.parametrize(("procedure", "basis", "due_on"), [
    ("ordinary", "JM-02.entrusted_ordinary", date(2026, 12, 4)),
    ("simple", "JM-02.entrusted_simple", date(2026, 11, 26)),
])
def test_an_entrusted_case_runs_by_the_courts_procedure(county, procedure, basis, due_on):
    """JM-02."""
    case = cast.screened(county, origin=replace(cast.COURT, channel=Channel.COURT_ENTRUSTMENT, court_received_on=None))
    case = cast.received(county, case, track=Track.JUDICIAL)
    with pytest.raises(RuleBroken) as error:
        accept(county, case)
    assert reasons(error) == [Bar.NO_PROCEDURE]
    accept(county, case, procedure=procedure, court_received_on=date(2026, 11, 19))
    assert {key: clock.due_on for key, clock in running(case).items()} == {basis: due_on}


def test_the_courts_papers_are_not_received_after_acceptance(county):
    case = cast.received(county, cast.commissioned(county), track=Track.JUDICIAL)
    with pytest.raises(RuleBroken) as error:
        accept(county, case, court_received_on=TODAY + timedelta(days=1))
    assert reasons(error) == [Bar.RECEIVED_LATER]


def test_a_commission_needs_the_consent_of_all_beforehand(county):
    """JM-01."""
    case = cast.received(county, cast.screened(county, origin=cast.COURT), track=Track.JUDICIAL)
    with pytest.raises(RuleBroken) as error:
        accept(county, case)
    assert reasons(error) == [PartyBar.PARTY_SILENT, PartyBar.PARTY_SILENT]
    cast.agree(county, case.id)
    accept(county, case)
    assert cast.again(case).stage == Stage.ACCEPTED


def test_a_body_struck_off_the_roster_cannot_accept_a_commission(county):
    """JM-01."""
    case = cast.received(county, cast.commissioned(county), track=Track.JUDICIAL)
    with transaction():
        session.get_one(Unit, county.committee.id).is_court_listed = False
    with pytest.raises(RuleBroken) as error:
        accept(county, case)
    assert reasons(error) == [Bar.UNIT_NOT_LISTED]


@pytest.mark.parametrize(("type_code", "basis", "started_on", "due_on"), [
    ("labour.dismissal", "AM-06", date(2026, 11, 18), date(2026, 12, 3)),  # from the application
    ("medical.treatment", "AM-10", TODAY, date(2027, 1, 5)),  # thirty working days, New Year's Day is none
    ("neighbour.water", "PM-18", TODAY, date(2026, 12, 23)),
])
def test_the_matter_decides_the_period(county, type_code, basis, started_on, due_on):
    matter = makers.changed(makers.DRAIN, type_code=type_code)
    case = cast.screened(county, matter=matter, origin=Origin(applied_on=date(2026, 11, 18)))
    cast.agree(county, case.id)
    proceeding = cast.accepted(county, case, override_reason="expertise")
    [(key, clock)] = running(case_of(proceeding)).items()
    assert (key, clock.started_on, clock.due_on) == (basis, started_on, due_on)


def test_an_agencys_period_is_its_own_setting(county):
    agency = makers.make_unit(county.centre, UnitKind.AGENCY, "南昌县市场监督管理局", number_word="南市行调")
    head = makers.make_actor(county.centre, Role.HEAD, agency)
    matter = makers.changed(makers.DRAIN, type_code="tourism")
    case = cast.routed(county, cast.screened(county, matter=matter), track=Track.ADMINISTRATIVE, unit=agency)
    with transaction():
        routing.receive(cast.waiting(case).public_id, by=head, on=TODAY)
    accept(county, case, by=head)
    assert list(running(case)) == ["AM-17"]
    assert cast.again(case).body_no == "（2026）南市行调字第1号"


def test_medical_needs_consent_beforehand(county):
    """AM-10."""
    case = cast.screened(county, matter=makers.changed(makers.DRAIN, type_code="medical.treatment"))
    case = cast.received(county, case, override_reason="expertise")
    with pytest.raises(RuleBroken) as error:
        accept(county, case)
    assert reasons(error) == [PartyBar.PARTY_SILENT, PartyBar.PARTY_SILENT]


# --- refusing ---


def test_a_refusal_needs_its_ground_and_the_notice(county):
    """RT-04."""
    case = cast.received(county)
    with pytest.raises(RuleBroken) as error, transaction():
        proceedings.refuse(case.public_id, by=county.head, on=TODAY)
    assert reasons(error) == [Bar.NO_GROUND, Bar.NO_NOTICE]
    with transaction():
        proceedings.refuse(case.public_id, by=county.head, on=TODAY, ground="not_competent", notice_given=True)
    case = cast.again(case)
    assert queries.newest(case.id).state == ProceedingState.REFUSED
    assert (case.stage, case.turn) == (Stage.ENDED, Turn.DISPATCHER)
    assert list(running(case)) == ["LM-01"]  # nobody mediates: by when to sue
    with transaction():
        routing.change_track(case.public_id, by=county.dispatcher, on=TODAY, why="本镇不办，改送县里")
    assert cast.again(case).state == CaseState.SCREENED


# --- consent ---


def test_consent_is_kept_with_day_form_and_recorder(county):
    """RT-03."""
    case = cast.received(county)
    visitor, other = cases.parties_of(case.id)
    answers = {other.public_id: Answer("agreed", "oral", date(2026, 11, 22))}
    with transaction():
        proceedings.record_consent(case.public_id, by=county.head, on=TODAY, answers=answers)
    other = cast.party(case.id, "涂国平")
    assert (other.consent, other.consent_form, other.consent_on) == (Consent.AGREED, "oral", date(2026, 11, 22))
    assert other.consent_recorded_by == county.head.account_id
    assert cast.party(case.id, "万秋莲").consent == Consent.PENDING


def test_an_answer_that_stands_keeps_who_recorded_it(county):
    case = cast.received(county)
    cast.agree(county, case.id, by=county.clerk)
    first = cast.party(case.id, "涂国平").version
    cast.agree(county, case.id, by=county.head)
    party = cast.party(case.id, "涂国平")
    assert (party.version, party.consent_recorded_by) == (first, county.clerk.account_id)


def test_an_answer_needs_its_form_and_a_day_that_has_come(county):
    case = cast.received(county)
    ref = cast.party(case.id, "涂国平").public_id
    with pytest.raises(RuleBroken) as error, transaction():
        answer = Answer("agreed", on=TODAY + timedelta(days=1))
        proceedings.record_consent(case.public_id, by=county.head, on=TODAY, answers={ref: answer})
    assert reasons(error) == [Bar.NO_CONSENT_FORM, Bar.ANSWERED_LATER]


def test_nobody_answers_for_a_party_of_another_case(county):
    case, other = cast.received(county), cast.screened(county)
    with pytest.raises(NotFound), transaction():
        ref = cases.parties_of(other.id)[0].public_id
        proceedings.record_consent(case.public_id, by=county.head, on=TODAY, answers={ref: cast.AGREES})


def test_a_refusal_while_mediating_says_that_it_must_end(county):
    """RT-02."""
    proceeding = cast.mediating(county)
    case = case_of(proceeding)
    assert queries.must_end(proceeding, case) is None
    cast.agree(county, case.id, 涂国平=Answer("refused", "oral"))
    found = queries.must_end(queries.newest(case.id), case)
    assert (found.ground, found.party) == ("party_refuses", cast.party(case.id, "涂国平").public_id)


# --- the notice of rights ---


def test_the_notice_is_ticked_per_party_and_printed_for_each_or_all(county):
    """PM-06, JM-08."""
    proceeding = cast.mediating(county)
    case = case_of(proceeding)
    ref = cast.party(case.id, "涂国平").public_id
    with transaction():
        proceedings.inform(proceeding.public_id, by=county.mediator, on=TODAY, told={ref: "written"})
        proceedings.issue_rights_notice(proceeding.public_id, by=county.mediator, on=TODAY)
        proceedings.issue_rights_notice(proceeding.public_id, ref, by=county.mediator, on=TODAY)
    assert cast.party(case.id, "涂国平").rights_notice_on == TODAY
    assert cast.party(case.id, "万秋莲").rights_notice_on is None
    assert [paper.kind for paper in papers.of_case(case.id)].count("rights_notice") == 2
    with pytest.raises(RuleBroken) as error, transaction():
        proceedings.inform(proceeding.public_id, by=county.mediator, on=TODAY, told={})
    assert reasons(error) == [SessionBar.NO_NOTICE_FORM]
    with pytest.raises(NotFound), transaction():
        proceedings.issue_rights_notice(proceeding.public_id, "x" * 22, by=county.mediator, on=TODAY)
