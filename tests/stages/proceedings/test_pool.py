"""Who suits a case: reasons, leave, load, and how much is asked, on both databases, without Flask."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import ProceedingState
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.errors import RuleBroken
from mediation.registry.access.rules import Role, system_actor
from mediation.registry.mediators import leave
from mediation.registry.mediators.rules import Bar as MediatorBar
from mediation.registry.settings import operations as settings
from mediation.registry.units.rules import UnitKind
from mediation.stages.proceedings import (
    candidates,
    load,
    operations,
    queries,
    sessions,
)
from mediation.stages.proceedings.models import MediatorOutcome
from mediation.stages.proceedings.sessions import Minutes, Setting
from tests import cast, makers
from tests.stages.proceedings.hands import TODAY, assign, reasons, second_mediator


@pytest.fixture
def county(ground):
    return cast.gather()


def has(row, kind):
    return kind in [part.kind for part in row.parts]


def names(county, proceeding):
    case = session.get_one(Case, proceeding.case_id)
    return [each.name for each in candidates.available_for(proceeding, case, on=TODAY)]


def test_the_list_puts_who_knows_the_matter_and_has_time_first(county):
    second_mediator(county, specialities={"types": ["neighbour"]})
    busy = cast.assigned(county)
    proceeding = cast.accepted(county)
    case = session.get_one(Case, proceeding.case_id)
    rows = candidates.available_for(proceeding, case, on=TODAY)
    assert [(row.name, has(row, "type"), row.load.cases) for row in rows] == [("揭爱兰", True, 0), ("熊桂生", False, 1)]
    assert load.of_mediators([county.pool.id]) == {county.pool.id: load.Load(1, 1)}
    assert busy.state == ProceedingState.ASSIGNED


def test_a_unit_without_mediators_sees_the_whole_pool(county):
    empty = makers.make_unit(county.centre, UnitKind.COMMITTEE, "向塘镇人民调解委员会", number_word="南向民调")
    proceeding = cast.accepted(county)
    with transaction():
        queries.newest(proceeding.case_id).unit_id = empty.id
    assert names(county, queries.newest(proceeding.case_id)) == ["熊桂生"]


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
