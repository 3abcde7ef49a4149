"""Assigning mediators and their answers about recusal, on both databases, without Flask."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import PartyBar, ProceedingState, Representation, Stage, Track, Turn
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotFound, RuleBroken
from mediation.ground.steps import StepTaken
from mediation.ground.trail import TrailEntry
from mediation.registry.access.rules import Depth, Role, system_actor
from mediation.registry.mediators import leave
from mediation.registry.mediators.models import Mediator
from mediation.registry.mediators.rules import Bar as MediatorBar
from mediation.registry.mediators.rules import Caution
from mediation.registry.settings import operations as settings
from mediation.registry.units.rules import UnitKind
from mediation.stages.intake import operations as intake
from mediation.stages.intake.operations import Helper
from mediation.stages.proceedings import (
    appointment,
    candidates,
    choosing,
    guests,
    load,
    lookhere,
    operations,
    queries,
    sessions,
)
from mediation.stages.proceedings.models import MediatorOutcome, ProceedingMediator
from mediation.stages.proceedings.operations import Answer
from mediation.stages.proceedings.rules import Bar, RecusalQuestion
from mediation.stages.proceedings.sessions import Minutes, Setting
from tests import cast, makers

TODAY = date(2026, 11, 23)
COUSIN = cast.NO_CONFLICT | {RecusalQuestion.RELATIVE: True}


@pytest.fixture
def county(ground):
    return cast.gather()


def reasons(error):
    return [obstacle.reason for obstacle in error.value.obstacles]


def assign(county, proceeding, *mediators, **values):
    chosen = [each.public_id for each in mediators]
    with transaction():
        return appointment.assign(
            proceeding.public_id, by=county.head, on=TODAY, mediator_public_ids=chosen, **values
        )


def take_on(county, proceeding, answers=cast.NO_CONFLICT, **values):
    with transaction():
        return appointment.take_on(
            proceeding.public_id, by=values.pop("by", county.mediator), on=TODAY, answers=answers, **values
        )


def second_mediator(county, *, name="揭爱兰", **changes):
    actor = makers.make_actor(county.centre, Role.MEDIATOR, county.committee, name=name)
    return actor, makers.make_mediator(county.centre, county.committee, actor, name=name, **changes)


def test_an_assigned_mediator_sees_the_case(county):
    proceeding = cast.assigned(county)
    case = session.get_one(Case, proceeding.case_id)
    row = queries.mediators_on(proceeding.id)[0]
    assert (row.mediator_id, row.presides, row.mode) == (county.pool.id, True, "appointed")
    assert (proceeding.state, case.mediator_id, case.turn) == (ProceedingState.ASSIGNED, county.pool.id, Turn.MEDIATOR)
    assert access.depth_of(county.mediator, case) == Depth.CONTENTS
    assert access.depth_of(makers.make_actor(county.centre, Role.MEDIATOR, county.committee), case) is None


@pytest.mark.parametrize(("changes", "bar"), [
    ({"birth_on": date(2009, 1, 1)}, MediatorBar.NOT_ADULT),
    ({"term_from": TODAY + timedelta(days=1)}, MediatorBar.NOT_YET),
    ({"term_to": TODAY - timedelta(days=1)}, MediatorBar.TERM_OVER),
    ({"removed_on": TODAY}, MediatorBar.REMOVED),
])
def test_who_may_not_mediate_is_not_assigned(county, changes, bar):
    """PM-01, PM-02, PM-17."""
    _actor, unfit = second_mediator(county, **changes)
    proceeding = cast.accepted(county)
    with pytest.raises(RuleBroken) as error:
        assign(county, proceeding, unfit)
    assert reasons(error) == [bar]
    assign(county, proceeding, county.pool)


def has(row, kind):
    return kind in [part.kind for part in row.parts]


def names(county, proceeding):
    case = session.get_one(Case, proceeding.case_id)
    return [each.name for each in candidates.available_for(proceeding, case, on=TODAY)]


def test_a_courts_case_needs_a_listed_mediator(county):
    """JM-01."""
    _actor, unlisted = second_mediator(county)
    proceeding = cast.accepted(county, cast.commissioned(county), track=Track.JUDICIAL)
    with pytest.raises(RuleBroken) as error:
        assign(county, proceeding, unlisted)
    assert reasons(error) == [MediatorBar.NOT_LISTED]
    assert names(county, proceeding) == ["熊桂生"]
    assign(county, proceeding, county.pool)


def test_two_mediators_need_one_who_presides(county):
    """JM-05."""
    _actor, second = second_mediator(county)
    proceeding = cast.accepted(county)
    with pytest.raises(RuleBroken) as error:
        assign(county, proceeding, county.pool, second)
    assert reasons(error) == [Bar.NO_PRESIDER]
    assign(county, proceeding, county.pool, second, presider_public_id=second.public_id)
    assert [row.mediator.name for row in queries.mediators_on(proceeding.id)] == ["揭爱兰", "熊桂生"]
    assert session.get_one(Case, proceeding.case_id).mediator_id == second.id


def test_nobody_or_somebody_who_cannot_log_in_is_not_enough(county):
    proceeding = cast.accepted(county)
    with pytest.raises(RuleBroken) as error:
        assign(county, proceeding)
    assert reasons(error) == [Bar.NO_MEDIATOR]
    helper = makers.make_mediator(county.centre, county.committee, name="没有账号的人")
    with pytest.raises(RuleBroken) as error:
        assign(county, proceeding, county.pool, helper, presider_public_id=county.pool.public_id)
    assert reasons(error) == [Bar.NO_ACCOUNT]
    assign(county, proceeding, county.pool)


def test_a_mediator_of_another_centre_is_not_there(county):
    other = makers.make_centre(name="另一个中心", register_word="他矛调登")
    foreign = makers.make_mediator(other, makers.root_of(other))
    with pytest.raises(NotFound):
        assign(county, cast.accepted(county), foreign)


def test_old_training_is_a_caution_that_is_kept(county):
    """PM-21."""
    _actor, rusty = second_mediator(county, trained_on=date(2025, 11, 21))
    proceeding = cast.accepted(county)
    case = session.get_one(Case, proceeding.case_id)
    row = next(each for each in candidates.available_for(proceeding, case, on=TODAY) if each.name == "揭爱兰")
    assert [caution.reason for caution in row.cautions] == [Caution.TRAINING]
    with pytest.raises(RuleBroken) as error:
        assign(county, proceeding, rusty)
    assert reasons(error) == [Bar.NO_OVERRIDE]
    assign(county, proceeding, rusty, override="knows")
    row = queries.mediators_on(proceeding.id)[0]
    assert (row.override, row.suggested["place"], row.suggested["of"]) == ("knows", 2, 2)
    assert row.suggested["top"] == county.pool.public_id and ["load", 0] in row.suggested["parts"]
    step = session.scalars(select(StepTaken).where(StepTaken.step == "proceeding.assign")).one()
    assert step.facts["cautions"] == ["training"]


def test_the_list_puts_who_knows_the_matter_and_has_time_first(county):
    second_mediator(county, specialities={"types": ["neighbour"]})
    busy = cast.assigned(county)
    proceeding = cast.accepted(county)
    case = session.get_one(Case, proceeding.case_id)
    rows = candidates.available_for(proceeding, case, on=TODAY)
    assert [(row.name, has(row, "type"), row.load.cases) for row in rows] == [("揭爱兰", True, 0), ("熊桂生", False, 1)]
    assert load.of_mediators([county.pool.id]) == {county.pool.id: load.Load(1, 1)}
    assert busy.state == ProceedingState.ASSIGNED


# --- recusal ---


def test_four_answers_and_the_mediation_begins(county):
    proceeding = cast.assigned(county)
    with pytest.raises(RuleBroken) as error:
        take_on(county, proceeding, {RecusalQuestion.RELATIVE: False})
    assert reasons(error) == [Bar.RECUSAL_UNANSWERED]
    take_on(county, proceeding)
    proceeding = queries.newest(proceeding.case_id)
    assert proceeding.state == ProceedingState.MEDIATING
    assert session.get_one(Case, proceeding.case_id).stage == Stage.MEDIATING
    with pytest.raises(Invalid):
        take_on(county, proceeding, {"mood": True})


def test_a_conflict_bars_unless_every_party_waives_in_writing(county):
    """PM-22, JM-06."""
    proceeding = cast.assigned(county)
    visitor, other = cases.parties_of(proceeding.case_id)
    with pytest.raises(RuleBroken) as error:
        take_on(county, proceeding, COUSIN, waivers={visitor.public_id: TODAY})
    assert reasons(error) == [Bar.CONFLICT]
    assert error.value.obstacles[0].params["missing"] == ("涂国平",)
    take_on(county, proceeding, COUSIN, words={"relative": "是万秋莲的表弟"},
            waivers={visitor.public_id: TODAY, other.public_id: TODAY})
    row = queries.mediators_on(proceeding.id)[0]
    assert (row.has_conflict, row.recusal_answers["words"]) == (True, {"relative": "是万秋莲的表弟"})


def test_nobody_takes_on_over_a_clear_refusal(county):
    """RT-02."""
    proceeding = cast.assigned(county)
    cast.agree(county, proceeding.case_id, 涂国平=Answer("refused", "oral"))
    with pytest.raises(RuleBroken) as error:
        take_on(county, proceeding)
    assert reasons(error) == [PartyBar.PARTY_REFUSES]


def test_somebody_elses_case_is_not_taken_on(county):
    proceeding = cast.assigned(county)
    stranger, _row = second_mediator(county)
    with pytest.raises(NotFound):
        take_on(county, proceeding, by=stranger)


def test_of_several_the_last_answer_begins_the_mediation(county):
    second, row = second_mediator(county)
    proceeding = cast.accepted(county)
    assign(county, proceeding, county.pool, row, presider_public_id=county.pool.public_id, override="knows")
    take_on(county, proceeding)
    assert queries.newest(proceeding.case_id).state == ProceedingState.ASSIGNED
    take_on(county, proceeding, by=second)
    assert queries.newest(proceeding.case_id).state == ProceedingState.MEDIATING


def test_stepping_back_needs_a_reason_and_ends_the_sight(county):
    proceeding = cast.assigned(county)
    case = session.get_one(Case, proceeding.case_id)
    with pytest.raises(RuleBroken) as error, transaction():
        appointment.step_back(proceeding.public_id, by=county.mediator, on=TODAY, why=" ")
    assert reasons(error) == [Bar.NO_WHY_STEPPED_BACK]
    with transaction():
        appointment.step_back(proceeding.public_id, by=county.mediator, on=TODAY, why="一方是我表弟", answers=COUSIN)
    case = cast.again(case)
    assert (queries.newest(case.id).state, case.turn, case.mediator_id) == (ProceedingState.ACCEPTED, Turn.UNIT, None)
    assert access.depth_of(county.mediator, case) is None
    assert session.scalars(select(ProceedingMediator)).one().has_conflict is True
    _actor, second = second_mediator(county)
    assign(county, proceeding, second)
    assert cast.again(case).turn == Turn.MEDIATOR


def test_reassigning_hands_the_case_over(county):
    proceeding = cast.mediating(county)
    case = session.get_one(Case, proceeding.case_id)
    successor, row = second_mediator(county)
    values = {"by": county.head, "on": TODAY, "mediator_public_ids": [row.public_id]}
    with pytest.raises(RuleBroken) as error, transaction():
        appointment.reassign(proceeding.public_id, why="", **values)
    assert reasons(error) == [Bar.NO_WHY_REASSIGNED]
    with transaction():
        appointment.reassign(proceeding.public_id, why="生病住院", **values)
    assert access.depth_of(county.mediator, cast.again(case)) is None
    assert access.depth_of(successor, case) == Depth.CONTENTS
    assert queries.newest(case.id).state == ProceedingState.ASSIGNED
    take_on(county, proceeding, by=successor)


def test_the_same_mediator_may_be_kept_beside_a_new_one(county):
    proceeding = cast.mediating(county)
    _actor, second = second_mediator(county)
    with transaction():
        appointment.reassign(
            proceeding.public_id, by=county.head, on=TODAY, why="案情复杂，加一名",
            mediator_public_ids=[county.pool.public_id, second.public_id], presider_public_id=county.pool.public_id,
        )
    assert [each.answered_on for each in queries.mediators_on(proceeding.id)] == [None, None]


# --- a party rejects the mediator ---


def rejects(county, case_id, takes=False):
    cast.agree(county, case_id, 涂国平=Answer("agreed", "oral", takes_mediator=takes))


def test_on_the_courts_track_rejecting_the_appointee_ends_it(county):
    """JM-04."""
    proceeding = cast.assigned(county, cast.commissioned(county), track=Track.JUDICIAL)
    rejects(county, proceeding.case_id)
    case = session.get_one(Case, proceeding.case_id)
    assert queries.must_end(queries.newest(case.id), case).ground == "mediator_rejected"
    with transaction():
        operations.end(
            proceeding.public_id, by=county.head, on=TODAY, ground="mediator_rejected",
            course="涂国平不接受指定的调解员", notice_given=True,
        )
    assert cast.again(case).stage == Stage.ENDED


def test_a_mediator_whom_the_parties_chose_is_only_replaced(county):
    proceeding = cast.assigned(county, cast.commissioned(county), track=Track.JUDICIAL, mode="chosen")
    rejects(county, proceeding.case_id)
    assert queries.must_end(queries.newest(proceeding.case_id), session.get_one(Case, proceeding.case_id)) is None


def test_elsewhere_another_one_is_assigned(county):
    """PM-04."""
    proceeding = cast.assigned(county)
    rejects(county, proceeding.case_id)
    assert queries.must_end(queries.newest(proceeding.case_id), session.get_one(Case, proceeding.case_id)) is None
    assert queries.mediators_on(proceeding.id)[0].party_replies != {}


def test_a_unit_without_mediators_sees_the_whole_pool(county):
    empty = makers.make_unit(county.centre, UnitKind.COMMITTEE, "向塘镇人民调解委员会", number_word="南向民调")
    proceeding = cast.accepted(county)
    with transaction():
        queries.newest(proceeding.case_id).unit_id = empty.id
    assert names(county, queries.newest(proceeding.case_id)) == ["熊桂生"]


# --- the pool: load, leave, choice, refusal ---


def test_each_reason_is_said_and_weighed(county):
    """Row 39: parts in words; a village and a surname in common are pointed at (row 42), the load counts against."""
    village = "360121106001"
    _actor, aunt = second_mediator(
        county, name="万秀英", specialities={"types": ["neighbour"]}, home_area_code=village, languages="赣语"
    )
    proceeding = cast.accepted(county)
    case = session.get_one(Case, proceeding.case_id)
    with transaction():
        person = cast.party(case.id, "万秋莲").person
        person.area_code = village
    row = next(each for each in candidates.available_for(proceeding, case, on=TODAY) if each.name == "万秀英")
    parts = {part.kind.value: part.points for part in row.parts}
    assert parts == {"type": 30, "area": 10, "trained": 5, "namesake": -15, "load": 0}
    assert row.score == 30 and not row.bars


def test_who_is_away_is_given_nothing_on_these_days(county):
    """Row 41: the last day and the day after."""
    _actor, second = second_mediator(county)
    admin = makers.make_actor(county.centre, Role.SYSTEM_ADMIN)
    with transaction():
        leave.take(
            second.public_id, by=admin, on=TODAY, first=TODAY, last=TODAY + timedelta(days=2),
            deputy_public_id=county.pool.public_id,
        )
    rows = [(TODAY + timedelta(days=2), [MediatorBar.ON_LEAVE]), (TODAY + timedelta(days=3), [])]
    for day, bars in rows:
        found, _cautions = candidates.given([second], cast.accepted(county), on=day)
        assert [each.reason for each in found] == bars


def test_open_work_is_counted_in_points_and_stops_at_the_cap(county):
    """Row 44: a simple case weighs 1, a meeting on the spot adds 1, what has ended weighs nothing."""
    proceeding = cast.informed(county)
    begun, over = (clock.now() - timedelta(hours=hours) for hours in (2, 1))
    present = [party.public_id for party in cases.parties_of(proceeding.case_id)]
    setting = Setting(begun, over, place="前进村", manner="on_site", present=present)
    with transaction():
        sessions.hold_session(
            proceeding.public_id, by=county.mediator, on=TODAY, setting=setting, minutes=Minutes(outcome="再谈"),
            result="continue", with_paper=False,
        )
    assert load.of_mediators([county.pool.id]) == {county.pool.id: load.Load(1, 2)}
    with transaction():
        told = {"valid_from": TODAY, "source": "中心定", "reason": "试行"}
        settings.set_value("number", "load.most", 2, by=system_actor(county.centre.id), **told)
    with pytest.raises(RuleBroken) as error:
        assign(county, cast.accepted(county), county.pool)
    assert reasons(error) == [MediatorBar.LOAD_FULL]
    with transaction():
        operations.end(
            proceeding.public_id, by=county.mediator, on=TODAY, ground="too_far_apart", course="谈不拢",
            notice_given=True, with_paper=False,
        )
    assert load.of_mediators([county.pool.id]) == {}
    counted = session.execute(select(MediatorOutcome.type_code, MediatorOutcome.grade, MediatorOutcome.result,
                                     MediatorOutcome.n)).all()
    assert counted == [("neighbour", "simple", "failed", 1)]


def test_a_party_chooses_and_the_head_sees_it_first(county):
    """PM-04: chosen from the list; somebody who could not be assigned cannot be chosen."""
    _actor, second = second_mediator(county)
    gone = makers.make_mediator(county.centre, county.committee, name="没有账号的人")
    proceeding = cast.accepted(county)
    parties = {party.name: party.public_id for party in cases.parties_of(proceeding.case_id)}
    with pytest.raises(RuleBroken) as error, transaction():
        choosing.choose(
            proceeding.public_id, by=county.head, on=TODAY, wishes={parties["万秋莲"]: gone.public_id}
        )
    assert reasons(error) == [Bar.NOT_IN_POOL]
    with transaction():
        choosing.choose(
            proceeding.public_id, by=county.clerk, on=TODAY, wishes=dict.fromkeys(parties.values(), second.public_id)
        )
    case = session.get_one(Case, proceeding.case_id)
    first = candidates.available_for(queries.newest(case.id), case, on=TODAY)[0]
    assert first.name == "揭爱兰" and has(first, "chosen_by_all")
    assign(county, proceeding, second, mode="chosen")


def test_each_side_may_refuse_twice_and_then_the_unit_decides(county):
    """Row 40, PM-04: two refusals a side, by a dated setting."""
    proceeding = cast.assigned(county)
    people = [second_mediator(county, name=name)[1] for name in ("揭爱兰", "揭爱竹")]
    refuses = Answer("agreed", "written", takes_mediator=False)
    for each in people:
        cast.agree(county, proceeding.case_id, 涂国平=refuses)
        with transaction():
            chosen = {"mediator_public_ids": [each.public_id], "why": "被申请人不接受"}
            appointment.reassign(proceeding.public_id, by=county.head, on=TODAY, **chosen)
    with pytest.raises(RuleBroken) as error:
        cast.agree(county, proceeding.case_id, 涂国平=refuses)
    assert reasons(error) == [Bar.REFUSED_TOO_OFTEN]
    cast.agree(county, proceeding.case_id, 万秋莲=refuses)
    refusals = select(TrailEntry).where(TrailEntry.event == "party.refused_mediator").order_by(TrailEntry.id)
    told = session.scalars(refusals).all()
    assert [entry.params["made"] for entry in told] == [1, 2, 1]


def test_an_expert_is_invited_with_everybodys_consent_and_sees_their_own_part(county):
    """PM-05, row 43: without one party's consent nobody is invited; the guest reads the progress and what is asked."""
    expert, row = second_mediator(county, name="揭工")
    proceeding = cast.mediating(county)
    case = session.get_one(Case, proceeding.case_id)
    parties = {party.name: party.public_id for party in cases.parties_of(case.id)}
    asked = {"by": county.mediator, "on": TODAY, "role": "expert", "task": "看渗水"}
    asked["mediator_public_id"] = row.public_id
    with pytest.raises(RuleBroken) as error, transaction():
        guests.invite(proceeding.public_id, consenting=[parties["万秋莲"]], **asked)
    assert reasons(error) == [Bar.NO_CONSENT_TO_INVITE]
    with transaction():
        public_id = guests.invite(proceeding.public_id, consenting=list(parties.values()), **asked)
    assert access.depth_of(expert, case) == Depth.PROGRESS and not access.acts_on(expert, case)
    with transaction():
        guests.write_opinion(public_id, by=expert, text="是沟面垫高引起的")
    with pytest.raises(NotFound):
        guests.own(public_id, for_=county.mediator)
    assert [guest.opinion for guest in guests.of_case(case.id)] == ["是沟面垫高引起的"]
    with transaction():
        guests.end(public_id, by=county.mediator, on=TODAY)
    assert access.depth_of(expert, session.get_one(Case, case.id)) is None


def test_the_register_says_look_here_and_decides_nothing(county):
    """Row 42: village and surname, an earlier matter, somebody of the same name beside a party."""
    earlier = cast.mediating(county)
    proceeding = cast.assigned(county)
    case = session.get_one(Case, proceeding.case_id)
    assert [(sign.reason, sign.params.get("count")) for sign in lookhere.signs(county.pool, case)] == [
        (lookhere.Sign.MET, 1)  # who has a number is the same person in both
    ]
    with transaction():
        helper = Helper(Representation.HELPER, "涂桂生")
        intake.add_representative(cast.party(case.id, "万秋莲").public_id, helper=helper, by=county.clerk, on=TODAY)
    with transaction():
        pool = session.get_one(Mediator, county.pool.id)
        pool.home_area_code, pool.name = "360121106201", "涂桂生"
        cast.party(case.id, "涂国平").person.area_code = "360121106201"
    session.expire_all()
    found = {sign.reason: sign.params["who"] for sign in lookhere.signs(pool, session.get_one(Case, case.id))}
    assert found[lookhere.Sign.NAMESAKE] == "涂国平" and found[lookhere.Sign.ROLE] == "万秋莲"
    take_on(county, proceeding)
    assert earlier.state == ProceedingState.MEDIATING


def test_a_larger_pool_asks_no_more_questions(county):
    """Row 39: the questions are a handful, however many people there are."""
    proceeding = cast.accepted(county)
    case = session.get_one(Case, proceeding.case_id)
    asked = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    counts = []
    for _round in range(2):
        session.rollback()
        candidates.available_for(proceeding, case, on=TODAY)
        asked.clear()
        session.rollback()
        candidates.available_for(proceeding, case, on=TODAY)
        counts.append(len(asked))
        for number in range(5):
            second_mediator(county, name=f"揭爱{number}", register_no=None)
    assert counts[0] == counts[1] <= 16, asked
