"""Drafted settings: nothing holds before it is published, and what was tried against another value is tried again."""

from datetime import date

import pytest

from mediation.ground.db import transaction
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken, Stale
from mediation.registry.access.rules import Role
from mediation.registry.settings import drafts, operations, queries
from mediation.registry.settings.draftrules import DraftBar
from mediation.registry.settings.rules import Gap, Kind
from tests.registry.founding import acting, found

TODAY, ADVENT = date(2026, 11, 23), date(2026, 12, 1)
WHY = {"source": "中心办公会纪要", "reason": "按新规定"}
NOTHING = {"looked_at": 0, "meant": [], "differences": [], "count": 0}


@pytest.fixture
def admin(ground):
    with transaction():
        return found()


def drafted(by, amount=45, valid_from=ADVENT):
    values = {"valid_from": valid_from, "rehearsal": NOTHING, **WHY}
    with transaction():
        return drafts.begin(Kind.PERIOD, "PM-18", {"amount": amount, "unit": "days"}, by=by, on=TODAY, **values)


def bars(public_id, by, on):
    return [each.reason for each in drafts.bars_of(drafts.get(public_id, for_=by), on=on)]


def days(by):
    return queries.days("PM-18", on=ADVENT, centre_id=by.centre_id).amount


def test_a_draft_holds_once_it_is_published_and_no_second_time(admin):
    draft = drafted(admin)
    assert days(admin) == 30
    with pytest.raises(Stale), transaction():
        drafts.publish(draft, by=admin, on=TODAY, version=2)
    with transaction():
        drafts.publish(draft, by=admin, on=TODAY, version=1)
    row = drafts.get(draft, for_=admin)
    assert (days(admin), row.decided_by_id, row.decided_on) == (45, admin.account_id, TODAY)
    for act in (drafts.publish, drafts.drop):
        with pytest.raises(RuleBroken) as error, transaction():
            act(draft, by=admin, on=TODAY, version=row.version)
        assert [bar.reason for bar in error.value.obstacles] == [DraftBar.OVER]
    assert not drafts.waiting(for_=admin)


def test_its_day_is_the_last_on_which_it_can_be_published(admin):
    draft = drafted(admin)
    assert bars(draft, admin, ADVENT) == []
    assert bars(draft, admin, date(2026, 12, 2)) == [DraftBar.DAY_PAST]
    entered_late = drafted(admin, valid_from=date(2026, 6, 1))  # what has held since summer may be entered now
    assert bars(entered_late, admin, TODAY) == []


def test_another_value_meanwhile_asks_for_another_trial(admin):
    draft = drafted(admin)
    with transaction():
        operations.set_value(Kind.PERIOD, "PM-18", {"amount": 40, "unit": "days"}, by=admin, valid_from=TODAY, **WHY)
    with pytest.raises(RuleBroken) as error, transaction():
        drafts.publish(draft, by=admin, on=TODAY, version=1)
    assert [bar.reason for bar in error.value.obstacles] == [DraftBar.MOVED]
    with transaction():
        drafts.tried_again(draft, by=admin, version=1, rehearsal=NOTHING)
    assert bars(draft, admin, TODAY) == []
    with pytest.raises(RuleBroken) as error:
        drafted(admin, valid_from=date(2026, 11, 22))
    assert [bar.reason for bar in error.value.obstacles] == [Gap.TOO_EARLY]


def test_drafts_are_the_administrator_s_of_the_centre(admin):
    draft = drafted(admin)
    with transaction():
        other = found()
    with pytest.raises(NotFound):
        drafts.get(draft, for_=other)
    with pytest.raises(NotAllowed), transaction():
        drafts.publish(draft, by=acting(Role.MEDIATOR, admin.centre_id), on=TODAY, version=1)
