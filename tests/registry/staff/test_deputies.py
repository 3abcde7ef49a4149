"""Deputies: who may name one, for which days, what they do under whose name, and who sees that nobody stands in."""

from datetime import date, timedelta

import pytest

from mediation.casefile.cases import progress
from mediation.casefile.notices import operations as notices
from mediation.casefile.notices import queries as told
from mediation.casefile.notices.recipients import Recipient
from mediation.casefile.notices.rules import Event
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, RuleBroken
from mediation.registry.access.rules import Role
from mediation.registry.staff import operations as staff
from mediation.registry.staff import queries
from mediation.registry.staff.models import Account, Post
from mediation.registry.staff.rules import Bar, away_obstacles, uncovered
from mediation.stages.mending import operations as mending
from mediation.stages.mending.rules import Bar as MendBar
from tests import makers, road
from tests.road import do

TODAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
WEEK = {"from_": TODAY, "to": FRIDAY, "reason": "到省里培训", "on": TODAY}


@pytest.fixture
def county(ground):
    county = road.make_county()
    county.more["deputy"] = makers.make_actor(county.centre, Role.MEDIATOR, county.committee, name="李副")
    county.more["supervisor"] = makers.make_actor(county.centre, Role.SUPERVISOR, name="傅督")
    return county


def post_of(actor):
    return session.get_one(Post, actor.post_id).public_id


def account_of(actor):
    return session.get_one(Account, actor.account_id).public_id


def reasons(caught):
    return {obstacle.reason for obstacle in caught.value.obstacles}


def acting(actor, on=TODAY):
    """Return the actor as the deputy they are on a day, None when they are none then."""
    posts = session.query(Post).filter(Post.account_id == actor.account_id, Post.deputy_for_id.is_not(None))
    found = [queries.actor_of(post.id, account_id=actor.account_id, on=on) for post in posts]
    return next(filter(None, found), None)


def test_what_forbids_saying_that_somebody_is_away():
    def bars(role=Role.HEAD, from_=TODAY, to=FRIDAY, reason="培训", as_deputy=False):
        return [bar.reason for bar in away_obstacles(role, from_, to, today=TODAY, reason=reason, as_deputy=as_deputy)]

    assert bars() == []
    assert bars(role=Role.MEDIATOR) == bars(role=Role.AUDITOR) == [Bar.NO_DEPUTY_ROLE]
    assert bars(to=TODAY - timedelta(days=1)) == [Bar.AWAY_BACKWARDS]
    assert bars(from_=TODAY - timedelta(days=1), reason=" ", as_deputy=True) == [
        Bar.DEPUTY_APPOINTS, Bar.AWAY_PAST, Bar.AWAY_REASON,
    ]


def test_the_first_day_on_which_nobody_stands_in():
    day = [TODAY + timedelta(days=number) for number in range(5)]
    assert uncovered(day[0], day[4], []) == day[0]
    assert uncovered(day[0], day[4], [(day[2], day[4]), (day[0], day[1])]) is None
    assert uncovered(day[0], day[4], [(day[0], day[1]), (day[3], day[4])]) == day[2]
    assert uncovered(day[0], day[4], [(day[0], day[3])]) == day[4]


def test_a_deputy_acts_for_these_days_and_as_whom(county):
    case, _proceeding = road.accepted(county)
    do(staff.be_away, post_of(county.head), deputy=account_of(county.more["deputy"]), by=county.head, **WEEK)
    deputy = acting(county.more["deputy"])
    assert (deputy.role, deputy.unit_id, deputy.signed) == (Role.HEAD, county.committee.id, "李副（代罗金水）")
    assert acting(county.more["deputy"], FRIDAY + timedelta(days=1)) is None
    road.consented(county, case, by=deputy)
    last = progress.history(road.cases.get(case, for_=deputy).id)[-1]
    assert (last.account_id, last.post_id) == (deputy.account_id, deputy.post_id)
    assert queries.stood_in_for([deputy.post_id, county.head.post_id]) == {deputy.post_id: "罗金水"}


def test_a_deputy_names_no_deputy_and_decides_on_nothing_of_the_one_away(county):
    case, _proceeding = road.accepted(county)
    row = road.cases.get(case, for_=county.head)
    asked = do(
        mending.ask_to_correct, case, {"amount_fen": 1}, version=row.version, reason="错", by=county.head, on=TODAY
    )
    do(staff.be_away, post_of(county.head), deputy=account_of(county.more["deputy"]), by=county.head, **WEEK)
    deputy = acting(county.more["deputy"])
    with pytest.raises(RuleBroken) as caught:
        do(mending.approve, asked, version=1, words="好", by=deputy, on=TODAY)
    assert reasons(caught) == {MendBar.OWN_REQUEST}
    with pytest.raises(NotAllowed):
        do(staff.be_away, post_of(county.head), by=deputy, **WEEK)
    assert queries.charges(for_=deputy) == []


def test_one_deputy_at_a_time_a_colleague_and_only_by_the_holder_or_above(county):
    head, deputy = county.head, account_of(county.more["deputy"])
    with pytest.raises(NotAllowed):
        do(staff.be_away, post_of(head), by=county.clerk, **WEEK)
    with pytest.raises(RuleBroken) as caught:
        do(staff.be_away, post_of(head), deputy=account_of(county.court), by=head, **WEEK)
    assert reasons(caught) == {Bar.DEPUTY_STRANGER}
    away = do(staff.be_away, post_of(head), deputy=deputy, by=head, **WEEK)
    later = {**WEEK, "from_": FRIDAY, "to": FRIDAY + timedelta(days=3)}
    with pytest.raises(RuleBroken) as caught:
        do(staff.be_away, post_of(head), deputy=deputy, by=head, **later)
    assert {Bar.AWAY_OVERLAPS, Bar.DEPUTY_OVERLAPS} <= reasons(caught)
    do(staff.be_back, away, by=head, on=TODAY)
    assert acting(county.more["deputy"], TODAY + timedelta(days=1)) is None
    root = makers.make_actor(county.centre, Role.HEAD, name="中心主任")
    assert [charge.holder for charge in queries.charges(for_=root) if charge.role is Role.HEAD and not charge.is_own]
    do(staff.be_away, post_of(head), deputy=deputy, by=root, **later)


def test_that_nobody_stands_in_is_seen_above_until_somebody_does(county):
    head, supervisor = county.head, county.more["supervisor"]
    away = do(staff.be_away, post_of(head), by=head, **WEEK)
    assert [each.holder for each in queries.unattended(for_=supervisor)] == ["罗金水"]
    assert queries.unattended(for_=head) == [] and queries.unattended(for_=county.clerk) == []
    do(staff.stand_in, away, account_of(county.more["deputy"]), from_=TODAY, to=FRIDAY, by=head, on=TODAY)
    assert queries.unattended(for_=supervisor) == []
    stand, = queries.charges(for_=head)[0].stands
    do(staff.end_deputy, stand.public_id, by=county.more["deputy"], on=TODAY)
    assert [each.holder for each in queries.unattended(for_=supervisor)] == ["罗金水"]


def test_what_the_post_is_told_the_deputy_reads_from_the_first_day_on(county):
    case, _proceeding = road.accepted(county)
    row = road.cases.get(case, for_=county.head)
    own = Recipient(Role.HEAD, account_id=county.head.account_id)

    def tell(mark):
        do(lambda: notices.write([notices.row(row.id, row.centre_id, Event.MEND_APPROVED, own, mark, {"who": "傅督"})]))

    clock.freeze(clock.now() - timedelta(days=1))
    tell("before")
    clock.freeze(clock.now() + timedelta(days=1))
    do(staff.be_away, post_of(county.head), deputy=account_of(county.more["deputy"]), by=county.head, **WEEK)
    tell("within")
    deputy = acting(county.more["deputy"])
    mine = [line.event for line in told.listing(for_=deputy).lines]
    assert mine.count(Event.MEND_APPROVED) == 1
    assert told.unread_count(deputy) == len(mine)
    assert told.unread_count(county.head) == len(mine) + 1
