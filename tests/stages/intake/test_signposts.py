"""Not accepted at the window: coded ground, other ways told, a letter, counted (row 9, RT-04)."""

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import Basis, Stage
from mediation.casefile.clocks import queries as clocks
from mediation.casefile.papers import operations as papers
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken
from mediation.oversight.soundness import numbers
from mediation.oversight.statistics import origins
from mediation.registry.access.rules import Role
from mediation.registry.settings import queries as settings
from mediation.stages.archive import operations as archive
from mediation.stages.intake import refusal, signposts
from mediation.stages.intake.models import Signpost
from mediation.stages.intake.refusal import Bar, Ground, Way
from tests import exits, makers
from tests.road import do

ONE_REFUSES = {"ground": Ground.ONE_REFUSES, "ways": [Way.SUIT, Way.LATER], "told": True}


@pytest.fixture
def centre(ground):
    return makers.make_centre()


@pytest.fixture
def clerk(centre):
    return makers.make_actor(centre, Role.INTAKE_CLERK)


def reasons(error):
    return {obstacle.reason for obstacle in error.value.obstacles}


@pytest.mark.parametrize(
    ("ground", "ways", "words", "told", "basis", "bars"),
    [
        (Ground.ONE_REFUSES, [Way.SUIT], "", True, Basis.SELF_RUN, set()),
        (None, [], "", False, Basis.SELF_RUN, {Bar.NO_GROUND, Bar.NO_WAY, Bar.NOT_TOLD}),
        (Ground.OTHER, [Way.SUIT], " ", True, Basis.SELF_RUN, {Bar.NO_WORDS}),
        (Ground.WITH_COURT, [Way.COURT_IN_HAND], "", True, Basis.SELF_RUN, set()),
        (Ground.WITH_COURT, [Way.COURT_IN_HAND], "", True, Basis.COMMISSIONED, {Bar.COURT_SENT_IT}),
    ],
)
def test_what_a_refusal_lacks(ground, ways, words, told, basis, bars):
    found = refusal.refusal_obstacles(ground, ways, words=words, told=told, basis=basis)
    assert {each.reason for each in found} == bars


def test_every_ground_rests_on_articles_that_are_known_and_leads_somewhere():
    assert set(refusal.RESTS_ON) == set(refusal.WAYS_OF) == set(Ground)
    assert all(refusal.WAYS_OF.values())
    for _rule, articles in refusal.RESTS_ON.values():
        assert all(settings.is_known("citation", key) for key in articles)


def test_somebody_without_a_case_is_counted_once_and_nothing_of_the_dispute_is_kept(centre, clerk):
    today = clock.today()
    with pytest.raises(RuleBroken) as error:
        do(signposts.point_the_way, ground=None, ways=["no way"], people=0, by=clerk, on=today)
    assert reasons(error) == {Bar.NO_GROUND, Bar.NO_WAY, Bar.NOT_TOLD, Bar.NOBODY}
    told = [do(signposts.point_the_way, **ONE_REFUSES, people=2, by=clerk, on=today, key="k") for _ in range(2)]
    assert told[0] == told[1]
    assert numbers.series().is_sound
    row = session.query(Signpost).one()
    assert (row.number, row.case_id, row.people) == ("南矛调不受〔2026〕1号", None, 2)
    with pytest.raises(NotAllowed):
        mediator = makers.make_actor(centre, Role.MEDIATOR)
        do(signposts.point_the_way, **ONE_REFUSES, by=mediator, on=today)
    with pytest.raises(NotFound):
        signposts.get(told[0], for_=makers.make_actor(centre, Role.INTAKE_CLERK, makers.make_unit(centre)))


def test_a_registered_case_is_closed_with_its_letter_and_may_be_opened_again(centre, clerk):
    today = clock.today()
    case = makers.make_screened(centre, clerk)
    do(archive.refuse, case.public_id, **ONE_REFUSES, by=clerk, on=today)
    case = cases.get(case.public_id, for_=clerk)
    assert (case.stage, case.outcome, case.is_open) == (Stage.CLOSED, "not_accepted", False)
    assert all(each.stopped_on for each in clocks.of_case(case.id))
    letter = papers.newest(case.id, "not_accepted")
    assert letter.number == session.query(Signpost).one().number
    [line] = origins.not_accepted(for_=clerk, since=today, until=today)
    assert (line.ground, line.times, line.with_case) == (Ground.ONE_REFUSES, 1, 1)
    assert not origins.not_accepted(for_=makers.make_actor(centre, Role.HEAD, makers.make_unit(centre)), since=today,
                                    until=today)
    do(archive.reopen, case.public_id, by=makers.make_actor(centre, Role.DISPATCHER), on=today, reason="对方同意了")
    assert cases.get(case.public_id, for_=clerk).stage == Stage.SCREENED


def test_what_a_court_sent_is_not_refused_for_being_with_the_court(centre, clerk):
    case = makers.make_screened(centre, clerk, origin=exits.COMMISSION)
    with pytest.raises(RuleBroken) as error:
        do(archive.refuse, case.public_id, ground=Ground.WITH_COURT, ways=[Way.COURT_IN_HAND], told=True, by=clerk,
           on=clock.today())
    assert reasons(error) == {Bar.COURT_SENT_IT}
    assert cases.get(case.public_id, for_=clerk).stage == Stage.SCREENED


def test_cases_are_counted_by_channel_and_point(centre, clerk):
    makers.make_case(centre, clerk)
    today = clock.today()
    [line] = origins.by_channel(for_=clerk, since=today, until=today)
    assert (line.channel, line.count, line.by_point) == ("window", 1, [])
    assert not origins.by_channel(for_=makers.make_actor(centre, Role.MEDIATOR), since=today, until=today)
