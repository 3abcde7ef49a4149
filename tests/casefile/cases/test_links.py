"""Cases that belong together: both pages say so, and nobody hears of a case whose progress they do not see."""

from datetime import date

import pytest
from sqlalchemy import select

from mediation.casefile.cases import links
from mediation.casefile.cases.linking import Bar
from mediation.casefile.cases.models import Case, CaseLink
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken
from mediation.ground.once import new_key
from mediation.ground.trail import TrailEntry
from mediation.registry.access.rules import Role
from mediation.stages.intake.rules import Question
from tests import makers, road

TODAY = date(2026, 11, 23)


@pytest.fixture
def county(ground):
    return road.make_county()


@pytest.fixture
def two(county):
    return road.registered(county), road.registered(county)


def case_of(public_id):
    return session.scalar(select(Case).where(Case.public_id == public_id))


def link(county, later, earlier, kind, *, by=None, **values):
    return road.do(links.link, later, earlier, kind, by=by or county.clerk, on=TODAY, **values)


def lines(case, by):
    return [(line.words, line.case_public_id) for line in links.of_case(case_of(case), for_=by)]


def bars(caught):
    return [bar.reason for bar in caught.value.obstacles]


def test_a_link_is_read_from_both_ends_and_ended_with_a_reason(county, two):
    earlier, later = two
    key = new_key()
    made = link(county, later, earlier, "follow_up", reason="协议没有履行", key=key)
    assert link(county, later, earlier, "follow_up", reason="协议没有履行", key=key) == made
    assert lines(later, county.clerk) == [("前案", earlier)]
    assert lines(earlier, county.clerk) == [("后续纠纷", later)]
    with pytest.raises(RuleBroken) as caught:
        road.do(links.unlink, made, by=county.clerk, on=TODAY, reason=" ")
    assert bars(caught) == [Bar.NO_LINK_REASON]
    road.do(links.unlink, made, by=county.clerk, on=TODAY, reason="不是一回事")
    assert lines(later, county.clerk) == lines(earlier, county.clerk) == []
    assert session.scalar(select(CaseLink.end_reason)) == "不是一回事"
    told = session.execute(select(TrailEntry.event, TrailEntry.case_id).where(TrailEntry.event.like("case.%linked")))
    assert set(told) == {(event, case_of(each).id) for event in ("case.linked", "case.unlinked") for each in two}
    link(county, later, earlier, "follow_up")  # ended, so it may be made again


@pytest.mark.parametrize("kind", ["series", "counter", "same_incident", "repeat"])
def test_two_cases_are_linked_once_of_a_kind_whichever_end_it_is_said_at(county, two, kind):
    link(county, *two, kind)
    with pytest.raises(RuleBroken) as caught:
        link(county, *reversed(two), kind)
    assert bars(caught) == [Bar.LINKED_ALREADY]


def test_a_merger_is_no_link_and_a_case_is_not_its_own_neighbour(county, two):
    with pytest.raises(RuleBroken) as caught:
        link(county, *two, "merged")
    assert bars(caught) == [Bar.STEP_OF_ITS_OWN]
    with pytest.raises(RuleBroken) as caught:
        link(county, two[0], two[0], "series")
    assert bars(caught) == [Bar.LINKED_TO_ITSELF]


def test_a_case_that_the_reader_does_not_see_is_not_mentioned(county, two):
    mine, _proceeding = road.mediating(county)
    link(county, mine, two[0], "series")
    assert lines(mine, county.clerk) and lines(mine, county.mediator) == []
    with pytest.raises(NotFound):
        link(county, mine, two[1], "series", by=county.mediator)
    with pytest.raises(NotAllowed):
        link(county, mine, two[1], "series", by=makers.make_actor(county.centre, Role.SUPERVISOR))


def test_a_sealed_case_is_called_by_its_type(county, two):
    sealed = road.registered(county, yes=[Question.VIOLENCE])
    link(county, two[0], sealed, "same_incident")
    supervisor = makers.make_actor(county.centre, Role.SUPERVISOR)
    (line,) = links.of_case(case_of(two[0]), for_=supervisor)
    assert line.title == "用水、排水纠纷（保密）"
