"""Drafts: sealed, one per person and form, and the count of whom they asked about."""

from threading import Thread

import pytest

from mediation.casefile.cases import drafts
from mediation.casefile.cases.models import Draft
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid
from mediation.registry.access.rules import Role
from tests import makers

FIELDS = [("name", "万秋莲"), ("id_number", "360121196803122260"), ("note", "一"), ("note", "二")]


@pytest.fixture
def clerk(ground):
    return makers.make_actor(makers.make_centre(), Role.INTAKE_CLERK)


def save(clerk, fields=FIELDS, form="intake"):
    with transaction():
        return drafts.save(form, fields, by=clerk)


def test_a_draft_comes_back_as_typed_and_lies_sealed(clerk):
    assert drafts.load("intake", by=clerk) is None
    at = save(clerk)
    assert drafts.load("intake", by=clerk) == (FIELDS, at) and at == clock.now()
    assert b"360121" not in session.query(Draft).one().content_sealed


def test_one_draft_per_person_and_form(clerk):
    save(clerk)
    save(clerk, [("name", "涂国平")])
    save(clerk, [("what", "还钱")], form="agreement/x")
    assert drafts.load("intake", by=clerk)[0] == [("name", "涂国平")]
    other = makers.changed(clerk, account_id=clerk.account_id + 1)
    assert drafts.load("intake", by=other) is None
    with transaction():
        drafts.forget("intake", by=clerk)
    assert drafts.load("intake", by=clerk) is None
    assert drafts.load("agreement/x", by=clerk)


def test_too_long_a_draft_is_refused(clerk):
    with pytest.raises(Invalid):
        save(clerk, [("story", "长" * drafts.LARGEST)])


def test_two_saves_at_once_make_one_draft(clerk):
    def post():
        save(clerk)
        session.remove()

    threads = [Thread(target=post) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert session.query(Draft).count() == 1


def test_a_draft_asks_about_so_many_people_and_no_more(clerk):
    def ask(number):
        with transaction():
            return drafts.may_look_up("intake", {"number": str(number)}, by=clerk)

    assert [ask(number) for number in range(drafts.MOST_LOOKED_UP)] == [(True, True)] * drafts.MOST_LOOKED_UP
    assert ask(99) == (False, False)
    assert ask(0) == (True, False)  # asked before: it stays on the screen while one types on
    save(clerk)
    assert ask(99) == (False, False)
    with transaction():
        drafts.forget("intake", by=clerk)
    assert ask(99) == (True, True)
