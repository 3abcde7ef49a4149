"""What is learnt or put right while a mediation runs: another body has it, a ward, the matter, the letter's day."""

from datetime import date

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Channel, PartyBar, Representation, Track
from mediation.casefile.clocks import operations as clocks
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.errors import RuleBroken
from mediation.registry.access.rules import Role
from mediation.registry.people.operations import Identity
from mediation.registry.units.models import Centre
from mediation.stages.agreements import operations as agreements
from mediation.stages.intake import corrections, rules
from mediation.stages.intake import operations as intake
from mediation.stages.intake.operations import Helper, Origin
from mediation.stages.mending import operations as mending
from mediation.stages.proceedings import appointment, queries, sessions
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.proceedings.appointing.rules import AppointmentBar
from tests import cast, makers

TODAY = date(2026, 11, 23)
GIRL = Identity("涂小雨", id_number="360121201006010032")  # 16 in 2026


@pytest.fixture
def county(ground):
    return cast.gather()


def reasons(error):
    return [obstacle.reason for obstacle in error.value.obstacles]


def correct(proceeding, by, **changes):
    case = session.get_one(Case, proceeding.case_id)
    told = {"version": case.version, "reason": "后来知道的", "on": TODAY}
    other = makers.make_actor(session.get_one(Centre, case.centre_id), Role.SUPERVISOR)
    with transaction():
        if corrections.weighs(case, corrections.differing(case, changes)):
            asked = mending.ask_to_correct(case.public_id, changes, by=by, **told)
            mending.approve(asked, version=1, words="核对过", by=other, on=TODAY)
        else:
            intake.correct(case.public_id, changes, by=by, **told)
    return session.get_one(Case, case.id)


def hold(proceeding, by):
    with transaction():
        sessions.hold_session(
            proceeding.public_id, setting=sessions.Setting(starts_at=clock.now(), place="调解室"),
            minutes=sessions.Minutes(), result="continue", by=by, on=TODAY,
        )


def period(proceeding):
    found = queries.last_clock(queries.newest(proceeding.case_id))
    return found.basis, found.started_on, found.due_on


def medical(county):
    matter = makers.changed(makers.DRAIN, type_code="medical.treatment")
    case = cast.screened(county, matter=matter)
    cast.agree(county, case.id)
    return cast.informed(county, case, override_reason="expertise")


def test_a_medical_dispute_that_a_court_has_accepted_is_mediated_no_further(county):
    """RT-05: learnt late, it ends: no meeting, no more time, no agreement; the end itself stays open (RT-04)."""
    proceeding = medical(county)
    hold(proceeding, county.mediator)
    case = correct(proceeding, county.mediator, pending_elsewhere="court", pending_since=date(2026, 11, 20))
    with pytest.raises(RuleBroken) as error:
        hold(proceeding, county.mediator)
    assert reasons(error) == [rules.Bar.MEDICAL_ELSEWHERE]
    assert error.value.obstacles[0].params["on"] == date(2026, 11, 20)
    everybody = [party.public_id for party in cases.parties_of(case.id)]
    with pytest.raises(RuleBroken) as error, transaction():
        proceedings.extend(
            proceeding.public_id, until=date(2027, 1, 20), consenting=everybody, reason="再谈", paper="同意书",
            by=county.mediator, on=TODAY,
        )
    assert reasons(error) == [rules.Bar.MEDICAL_ELSEWHERE]
    with pytest.raises(RuleBroken) as error, transaction():
        agreements.draft(case.public_id, by=county.mediator, on=TODAY)
    assert reasons(error) == [rules.Bar.MEDICAL_ELSEWHERE]
    must = queries.must_end(queries.newest(case.id), case)
    assert (must.ground, must.party) == ("elsewhere", None)
    with transaction():
        proceedings.end(
            proceeding.public_id, ground="elsewhere", course="法院已受理", notice_given=True, by=county.mediator,
            on=TODAY,
        )


def test_another_dispute_may_still_be_settled_while_a_suit_is_pending(county):
    """RT-06 bars the taking, not the peace of parties who meanwhile sued."""
    proceeding = cast.informed(county)
    correct(proceeding, county.mediator, pending_elsewhere="court")
    hold(proceeding, county.mediator)


def test_who_cannot_act_alone_is_not_mediated_with_alone(county):
    """MH-05: of a girl of sixteen the guardian must be on record before the first meeting."""
    proceeding = cast.informed(county, cast.screened(county, applicants=[GIRL]))
    with pytest.raises(RuleBroken) as error:
        hold(proceeding, county.mediator)
    assert reasons(error) == [PartyBar.NO_GUARDIAN]
    girl = cast.party(proceeding.case_id, "涂小雨")
    with transaction():
        father = Helper(Representation.GUARDIAN, "涂国强", relation="父亲")
        intake.add_representative(girl.public_id, helper=father, by=county.mediator, on=TODAY)
    hold(proceeding, county.mediator)


def test_the_period_follows_the_matter(county):
    """PM-18, AM-06: a labour dispute mistaken for one of neighbours runs fifteen days from the application."""
    origin = Origin(applied_on=date(2026, 11, 20))
    proceeding = cast.accepted(county, cast.screened(county, origin=origin))
    assert period(proceeding)[:2] == ("PM-18", TODAY)
    correct(proceeding, county.head, type_code="labour")
    assert period(proceeding) == ("AM-06", date(2026, 11, 20), date(2026, 12, 7))  # 12-05 is a Saturday


def test_the_period_follows_the_day_of_the_courts_materials_and_keeps_its_extension(county):
    """JM-02: 30 days from signing for the materials; what the parties agreed on stands."""
    case = cast.screened(county, origin=cast.COURT)
    cast.agree(county, case.id)
    proceeding = cast.accepted(county, case, track=Track.JUDICIAL)
    assert period(proceeding) == ("JM-02.commissioned", date(2026, 11, 20), date(2026, 12, 21))
    correct(proceeding, county.head, court_received_on=date(2026, 11, 18))
    assert period(proceeding) == ("JM-02.commissioned", date(2026, 11, 18), date(2026, 12, 18))
    with transaction():
        running = queries.last_clock(queries.newest(case.id))
        clocks.extend(running, session.get_one(Case, case.id), until=date(2027, 1, 15), paper="同意书", by=county.head)
    correct(proceeding, county.head, court_received_on=date(2026, 11, 19))
    assert period(proceeding) == ("JM-02.commissioned", date(2026, 11, 19), date(2027, 1, 15))


def test_an_entrustment_mistaken_for_a_commission_runs_by_the_courts_procedure(county):
    """JM-02."""
    case = cast.screened(county, origin=cast.COURT)
    cast.agree(county, case.id)
    proceeding = cast.accepted(county, case, track=Track.JUDICIAL)
    correct(proceeding, county.head, channel="court_entrustment", court_procedure="ordinary")
    assert period(proceeding) == ("JM-02.entrusted_ordinary", date(2026, 11, 20), date(2026, 12, 7))
    assert queries.newest(case.id).basis == "entrusted"


def test_who_sent_a_case_is_not_changed_under_its_track(county):
    """JM-01: what was routed as the parties' own does not become the court's by a correction."""
    proceeding = cast.accepted(county)
    with pytest.raises(RuleBroken) as error:
        correct(
            proceeding, county.head, channel=Channel.COURT_COMMISSION, court_name="南昌县人民法院",
            outside_no="诉前调12号",
        )
    assert reasons(error) == [corrections.Bar.TRACK_STANDS]


def test_a_waiver_of_tomorrow_is_none(county):
    """PM-22, JM-06."""
    proceeding = cast.assigned(county)
    answers = {**cast.NO_CONFLICT, "relative": True}
    waivers = {party.public_id: TODAY for party in cases.parties_of(proceeding.case_id)}
    late = {**waivers, next(iter(waivers)): date(2026, 11, 24)}
    with pytest.raises(RuleBroken) as error, transaction():
        appointment.take_on(proceeding.public_id, answers=answers, waivers=late, by=county.mediator, on=TODAY)
    assert reasons(error) == [AppointmentBar.WAIVED_LATER]
    with transaction():
        appointment.take_on(proceeding.public_id, answers=answers, waivers=waivers, by=county.mediator, on=TODAY)
