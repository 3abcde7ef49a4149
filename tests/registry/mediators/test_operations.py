"""The pool of mediators, on both databases, without Flask."""

from datetime import date

import pytest

from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken
from mediation.ground.once import new_key
from mediation.registry.access.rules import Role
from mediation.registry.mediators import operations as mediators
from mediation.registry.mediators import queries
from mediation.registry.mediators.rules import Bar
from mediation.registry.staff.models import Account
from mediation.registry.units.rules import UnitKind
from tests import makers

TODAY = date(2026, 11, 22)


@pytest.fixture
def centre(ground):
    return makers.make_centre()


@pytest.fixture
def committee(centre):
    return makers.make_unit(centre, UnitKind.COMMITTEE, "武阳镇人民调解委员会")


@pytest.fixture
def head(centre, committee):
    return makers.make_actor(centre, Role.HEAD, committee)


def enrol(by, unit, **values):
    values = {"name": "罗金水", "birth_on": date(1971, 3, 2), "term_from": date(2026, 1, 1)} | values
    with transaction():
        return mediators.enrol(by=by, on=TODAY, unit_public_id=unit.public_id, **values)


def test_an_enrolled_mediator_is_in_the_pool(centre, committee, head):
    more = {"types": ["neighbour"], "source": "retired_judge", "is_court_listed": True, "phone": "0791-85000012"}
    public_id = enrol(head, committee, **more)
    found = queries.get(public_id, centre_id=centre.id)
    assert (found.name, found.initials, found.unit.name) == ("罗金水", "ljs", "武阳镇人民调解委员会")
    assert found.specialities == {"types": ["neighbour"]}
    assert [each.id for each in queries.pool(centre.id, on=TODAY, unit_ids=[committee.id])] == [found.id]
    assert queries.pool(centre.id, on=TODAY, is_court_listed=False) == []


@pytest.mark.parametrize(("born_on", "is_refused"), [
    (date(2009, 1, 1), True), (date(2008, 1, 1), False), (date(2008, 11, 22), True),  # on the birthday: not yet
])
def test_only_adults_are_enrolled(committee, head, born_on, is_refused):
    """PM-01."""
    if not is_refused:
        assert enrol(head, committee, birth_on=born_on)
        return
    with pytest.raises(RuleBroken) as error:
        enrol(head, committee, birth_on=born_on)
    assert [obstacle.reason for obstacle in error.value.obstacles] == [Bar.NOT_ADULT]


@pytest.mark.parametrize("wrong", [
    {"name": " "}, {"term_to": date(2025, 12, 31)}, {"source": "volunteer"}, {"account_public_id": "x" * 22},
])
def test_what_cannot_be_is_named(committee, head, wrong):
    with pytest.raises(Invalid):
        enrol(head, committee, **wrong)


def test_a_roster_sent_twice_enrols_once(centre, committee, head):
    key = new_key()
    assert enrol(head, committee, key=key) == enrol(head, committee, key=key)
    assert len(queries.pool(centre.id, on=TODAY)) == 1


def test_a_head_keeps_the_own_pool_only(centre, committee, head):
    other = makers.make_unit(centre, UnitKind.COMMITTEE, "向塘镇人民调解委员会")
    with pytest.raises(NotAllowed):
        enrol(head, other)
    with pytest.raises(NotAllowed):
        enrol(makers.make_actor(centre, Role.MEDIATOR, committee), committee)
    enrol(makers.make_actor(centre, Role.SYSTEM_ADMIN), other)
    foreign = makers.make_centre(name="另一个中心", register_word="他矛调登")
    with pytest.raises(NotFound):
        enrol(head, makers.root_of(foreign))


def test_training_and_accounts_are_kept(centre, committee, head):
    """PM-21."""
    public_id = enrol(head, committee, trained_on=date(2026, 3, 1))
    actor = makers.make_actor(centre, Role.MEDIATOR, committee)
    account = session.get_one(Account, actor.account_id).public_id
    with transaction():
        mediators.train(public_id, by=head, on=date(2026, 9, 1))
        mediators.train(public_id, by=head, on=date(2026, 5, 1))
        mediators.link_account(public_id, account, by=head)
    found = queries.get(public_id, centre_id=centre.id)
    assert (found.trained_on, found.account_id) == (date(2026, 9, 1), actor.account_id)


def test_who_is_removed_or_out_of_term_is_out_of_the_pool(centre, committee, head):
    """PM-02, PM-17."""
    removed = enrol(head, committee)
    enrol(head, committee, name="任期满的人", term_to=date(2026, 11, 21))
    enrol(head, committee, name="明年来的人", term_from=date(2027, 1, 1))
    assert [each.public_id for each in queries.pool(centre.id, on=TODAY)] == [removed]
    with pytest.raises(Invalid), transaction():
        mediators.remove(removed, by=head, on=TODAY, reason=" ")
    with transaction():
        mediators.remove(removed, by=head, on=TODAY, reason="收受财物，查证属实")
    assert queries.pool(centre.id, on=TODAY) == []
    with pytest.raises(RuleBroken), transaction():
        mediators.remove(removed, by=head, on=TODAY, reason="再来一次")
