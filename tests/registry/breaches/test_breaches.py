"""The register of leaks: what has to be done at once, and what is still to be done (DP-06)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken, Stale
from mediation.registry.access.rules import Role
from mediation.registry.breaches import operations, queries
from mediation.registry.breaches.rules import Answer, Bar, closing_obstacles
from tests import makers

TODAY = date(2026, 11, 23)
DONE = Answer("群里撤回，名册作废重编", TODAY, TODAY, TODAY)


@pytest.fixture
def centre(ground):
    return makers.make_centre()


@pytest.fixture
def guard(centre):
    return makers.make_actor(centre, Role.SECURITY_ADMIN)


def note(by, **changes):
    with transaction():
        return operations.note(**({"what": "一份名册发错了群", "found_on": TODAY, "by": by, "on": TODAY} | changes))


def reasons(error):
    return [each.reason for each in error.value.obstacles]


@pytest.mark.parametrize(
    ("answer", "bars"),
    [
        (DONE, []),
        (Answer(), [Bar.NOT_MENDED, Bar.AUTHORITY_NOT_TOLD, Bar.PERSONS_NOT_TOLD]),
        (replace(DONE, mended_on=None), [Bar.NOT_MENDED]),
        (replace(DONE, authority_told_on=None), [Bar.AUTHORITY_NOT_TOLD]),
        (replace(DONE, persons_told_on=None), [Bar.PERSONS_NOT_TOLD]),
        (replace(DONE, persons_told_on=None, no_harm="文件加了密，打不开"), []),
    ],
)
def test_what_follows_a_leak(answer, bars):
    """DP-06: Art. 57: mended, the authority and the persons told; the persons not where no harm can come of it."""
    assert [each.reason for each in closing_obstacles(answer)] == bars


def test_it_is_due_on_the_day_it_was_found(guard):
    """DP-06: on that day it is in time, a day of rest too; on the day after it is late until it is closed."""
    row = queries.get(note(guard, found_on=date(2026, 11, 22)), for_=guard)
    assert row.due_on == date(2026, 11, 22), "a Sunday"
    assert [queries.is_late(row, on=day) for day in (date(2026, 11, 22), TODAY)] == [False, True]
    given = replace(DONE, persons_told_on=None)
    with pytest.raises(RuleBroken) as refused, transaction():
        operations.answer(row.public_id, given, by=guard, on=TODAY, version=1, close=True)
    assert reasons(refused) == [Bar.PERSONS_NOT_TOLD]
    with transaction():
        operations.answer(row.public_id, given, by=guard, on=TODAY, version=1)
    with pytest.raises(Stale), transaction():
        operations.answer(row.public_id, DONE, by=guard, on=TODAY, version=1, close=True)
    with transaction():
        operations.answer(row.public_id, DONE, by=guard, on=TODAY, version=2, close=True)
    row = queries.get(row.public_id, for_=guard)
    assert (row.closed_on, queries.is_late(row, on=TODAY)) == (TODAY, False)
    with pytest.raises(RuleBroken) as refused, transaction():
        operations.answer(row.public_id, DONE, by=guard, on=TODAY, version=3)
    assert reasons(refused) == [Bar.CLOSED]


def test_days_that_cannot_be(guard):
    with pytest.raises(RuleBroken) as refused:
        note(guard, what=" ", found_on=TODAY + timedelta(days=1))
    assert reasons(refused) == [Bar.NO_WORDS, Bar.FOUND_LATER]
    made = note(guard)
    wrong = replace(DONE, mended_on=TODAY + timedelta(days=1), authority_told_on=TODAY - timedelta(days=1))
    with pytest.raises(RuleBroken) as refused, transaction():
        operations.answer(made, wrong, by=guard, on=clock.today(), version=1)
    assert reasons(refused) == [Bar.DONE_LATER, Bar.DONE_BEFORE]


def test_only_the_security_administrator_of_the_centre_keeps_it(centre, guard):
    made = note(guard)
    other = makers.make_actor(makers.make_centre(name="他县中心", register_word="他矛调登"), Role.SECURITY_ADMIN)
    with pytest.raises(NotFound):
        queries.get(made, for_=other)
    assert [row.public_id for row in queries.newest(for_=guard)] == [made] and not queries.newest(for_=other)
    with pytest.raises(NotAllowed):
        note(makers.make_actor(centre, Role.HEAD))
