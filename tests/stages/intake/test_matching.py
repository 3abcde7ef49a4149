"""Earlier cases that a visit may belong to, what it becomes by the clerk's answer, and the chain of its visits."""

from datetime import date, timedelta

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.grades import GradeSign, Urgency
from mediation.casefile.cases.linking import LinkKind
from mediation.casefile.cases.models import CaseLink
from mediation.casefile.cases.rules import Channel
from mediation.ground.db import session, transaction
from mediation.ground.errors import RuleBroken
from mediation.ground.trail import TrailEntry
from mediation.registry.access.rules import Role
from mediation.registry.people.models import Person
from mediation.registry.people.operations import Identity
from mediation.stages.intake import chains, grading, matching, relating
from mediation.stages.intake.likeness import Ground, Told, pairs
from mediation.stages.intake.operations import Belonging, Belongs, Origin
from mediation.stages.intake.rules import Question
from tests import makers

TODAY = date(2026, 11, 23)
VILLAGE = "360121106203"
AGAIN = Told(
    ("万秋莲",), ("涂国平",), area_code=VILLAGE,
    story=pairs("隔壁又用水泥把屋后排水沟垫高，下雨水倒灌进厨房，上次说好恢复原状没有做。"),
)
ANONYMOUS = Told(area_code=VILLAGE, story=pairs(makers.DRAIN.story))


@pytest.fixture
def centre(ground):
    return makers.make_centre()


@pytest.fixture
def clerk(centre):
    return makers.make_actor(centre, Role.INTAKE_CLERK)


def offers(by, told=AGAIN):
    with transaction():
        told = matching.asked_about(told, by=by)
    return matching.candidates(told, by=by, on=TODAY)


def grounds(offer):
    return {part.ground for part in offer.parts}


def test_the_pair_of_names_is_found_straight_swapped_and_misheard(centre, clerk):
    case = makers.make_case(centre, clerk)
    [offer] = offers(clerk)
    assert (offer.public_id, offer.visit, offer.may_join) == (case.public_id, 2, True)
    assert grounds(offer) == {Ground.NAME, Ground.OTHER, Ground.PLACE, Ground.STORY}
    [swapped] = offers(clerk, Told(("涂国平",), ("万秋莲",)))
    assert Ground.SWAPPED in grounds(swapped)
    [misheard] = offers(clerk, makers.changed(AGAIN, applicants=("万秋连",)))
    assert Ground.NAME_ALIKE in grounds(misheard)


def test_found_by_the_place_with_the_same_story_for_180_days(centre, clerk):
    makers.make_case(centre, clerk, matter=makers.changed(makers.DRAIN, area_code=VILLAGE))
    assert grounds(offers(clerk, ANONYMOUS)[0]) == {Ground.PLACE, Ground.STORY}
    assert offers(clerk, makers.changed(ANONYMOUS, area_code=VILLAGE[:9])), "the village lies in the town"
    for days, found in ((180, 1), (181, 0)):
        told = matching.candidates(ANONYMOUS, by=clerk, on=TODAY + timedelta(days=days))
        assert len(told) == found


def test_found_by_the_number_of_its_channel(centre, clerk):
    makers.make_case(centre, clerk, origin=Origin(Channel.HOTLINE_12345, outside_no="XF-77"))
    assert offers(clerk, Told(channel=Channel.HOTLINE_12345, outside_no="XF-77"))
    assert not offers(clerk, Told(channel=Channel.POLICE_110, outside_no="XF-77"))


def test_a_sealed_case_a_foreign_area_and_another_centre_show_nothing(centre, clerk):
    """P6, P25: not even by the pair of names."""
    case = makers.make_case(centre, clerk)
    far = makers.make_unit(centre, name="向塘镇窗口", area_code="360121101")
    near = makers.make_unit(centre, name="武阳镇窗口", area_code="360121106")
    stranger = makers.make_actor(makers.make_centre(short_name="进贤中心"), Role.INTAKE_CLERK)
    assert not offers(makers.make_actor(centre, Role.INTAKE_CLERK, far)) and not offers(stranger)
    [told] = offers(makers.make_actor(centre, Role.INTAKE_CLERK, near))
    assert told.public_id is None and not told.may_join
    with transaction():
        session.merge(case).is_sealed = True
    assert not offers(clerk)


def test_pairs_are_counted_for_each_draft_and_written_down_without_names(centre, clerk):
    makers.make_case(centre, clerk)
    for number in range(23):
        offers(clerk, Told(("万秋莲",), (f"涂国{chr(0x5E73 + number + 1)}",)))
    assert offers(clerk) and offers(clerk)
    assert not offers(clerk, Told(("涂国平",), ("万秋莲",))), "the twenty-fifth pair"
    asked = session.query(TrailEntry).filter_by(event="intake.seen_before").all()
    assert [entry.params for entry in asked] == [{"by": "pair"}] * 24


def again(centre, clerk, to, kind=Belonging.REPEAT, **changes):
    return makers.make_case(centre, clerk, belongs=Belongs(kind, to.public_id), **changes)


def test_a_repeat_points_at_the_head_of_its_chain(centre, clerk):
    first = makers.make_case(centre, clerk)
    second = again(centre, clerk, first)
    third = again(centre, clerk, second, applicants=[makers.VISITOR, Identity("万秋生")])
    links = session.query(CaseLink).order_by(CaseLink.id).all()
    assert [(link.case_id, link.other_id, link.kind) for link in links] == [
        (second.id, first.id, LinkKind.REPEAT), (third.id, first.id, LinkKind.REPEAT)
    ]
    chain = chains.of(second.id)
    assert (chain.visits, chain.people, chain.head.case_id) == (3, 4, first.id)
    assert chain.before(second.id).case_id == first.id and chain.before(first.id) is None
    assert offers(clerk)[0].visit == 4
    told = [entry.case_id for entry in session.query(TrailEntry).filter_by(event="case.linked")]
    assert sorted(told) == sorted([first.id, second.id, first.id, third.id])


def test_a_link_that_was_ended_leaves_the_chain(centre, clerk):
    first = makers.make_case(centre, clerk)
    second, third = again(centre, clerk, first), again(centre, clerk, first)
    with transaction():
        session.query(CaseLink).filter_by(case_id=second.id).one().ended_on = TODAY
    assert chains.of(second.id).visits == 1
    assert [visit.case_id for visit in chains.of(first.id).members] == [first.id, third.id]


def test_a_case_that_is_not_seen_or_is_over_bars_the_registration(centre, clerk):
    case = makers.make_case(centre, clerk)
    stranger = makers.make_actor(makers.make_centre(short_name="进贤中心"), Role.INTAKE_CLERK)
    with pytest.raises(RuleBroken) as refused:
        again(centre, stranger, case)
    assert [bar.reason for bar in refused.value.obstacles] == [relating.Bar.NO_SUCH_CASE]
    close(case, TODAY)
    with pytest.raises(RuleBroken) as refused:
        again(centre, clerk, case, Belonging.JOIN)
    assert [bar.reason for bar in refused.value.obstacles] == [relating.Bar.JOIN_OVER]


def close(case, on):
    with transaction():
        row = session.merge(case)
        row.state, row.is_open, row.closed_on = "closed", False, on


def test_the_same_pair_soon_after_the_closing_is_a_relapse(centre, clerk):
    first = makers.make_case(centre, clerk)
    close(first, TODAY - timedelta(days=180))
    assert offers(clerk)[0].is_relapse
    other_way = makers.make_case(
        centre, clerk, on=TODAY, applicants=[makers.OTHER_SIDE], respondents=[makers.VISITOR]
    )
    assert chains.relapse_of(other_way, for_=clerk).id == first.id
    assert [each.reason for each in grading.proposal(other_way).why_urgent] == [GradeSign.RELAPSE]
    close(first, TODAY - timedelta(days=181))
    assert not offers(clerk)[0].is_relapse
    assert chains.relapse_of(other_way, for_=clerk) is None
    assert grading.proposal(other_way).urgency == Urgency.NORMAL


def test_one_person_with_another_matter_is_not_offered(centre, clerk):
    makers.make_case(centre, clerk)
    people = frozenset(session.scalars(session.query(Person.id).statement))
    told = Told(("万秋莲",), ("张三",), people, VILLAGE, pairs("借款三万元到期没有还，要求归还本金和利息。"))
    assert not offers(clerk, told)


def test_what_joins_keeps_its_number_and_is_merged_at_once(centre, clerk):
    running = makers.make_screened(centre, clerk)
    with pytest.raises(RuleBroken):
        again(centre, clerk, running, Belonging.JOIN)
    joined = again(
        centre, clerk, running, Belonging.JOIN, answers=makers.NOTHING_TO_REPORT,
        applicants=[makers.VISITOR, Identity("万秋生")],
    )
    assert (joined.state, joined.merged_into_id) == ("merged", running.id)
    assert joined.register_no != running.register_no
    assert {party.name for party in cases.parties_of(running.id)} == {"万秋莲", "万秋生", "涂国平"}
    assert [offer.public_id for offer in offers(clerk)] == [running.public_id], "who comes again meets the running case"
    third = again(centre, clerk, joined)
    assert chains.of(third.id).head.case_id == running.id


def test_a_duty_to_report_comes_before_the_merger(centre, clerk):
    running = makers.make_screened(centre, clerk)
    answers = makers.NOTHING_TO_REPORT | {Question.HARM: True}
    joined = again(centre, clerk, running, Belonging.JOIN, answers=answers)
    assert (joined.state, joined.merged_into_id) == ("screened", None)
