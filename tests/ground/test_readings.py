"""A page reads a thing once; whoever writes reads it anew, and so does the next page."""

import pytest
from sqlalchemy import select, update

from mediation.ground.db import insert, session, transaction
from mediation.ground.editions import Edition
from mediation.ground.once import IdempotencyKey
from mediation.ground.rereading import until_written


@pytest.fixture
def names(ground):
    @until_written()
    def names(beginning=""):
        return [row.name for row in session.query(Edition).filter(Edition.name.startswith(beginning)).order_by("name")]

    return names


def add(name):
    with transaction():
        session.add(Edition(name=name, mark=1))


def test_the_same_question_is_asked_once(names):
    session.execute(session.query(Edition).statement)
    assert names() is names() and names("a") is names("a") and names("a") is not names()


def test_the_next_transaction_asks_anew(names):
    assert names() == []
    add("a")
    assert names() == ["a"]
    session.rollback()
    kept = names()
    session.rollback()
    assert names() == kept and names() is not kept


def test_whoever_writes_sees_what_was_just_written(names):
    assert names() == []
    with transaction():
        assert names() == []
        session.add(Edition(name="b", mark=1))
        session.flush()
        assert names() == ["b"]


def test_what_rests_on_one_table_sees_what_was_just_changed_in_it(ground):
    @until_written(Edition)
    def marks():
        return [row.mark for row in session.query(Edition).order_by("name")]

    with transaction():
        assert marks() == []
        row = Edition(name="b", mark=1)
        session.add(row)
        assert marks() == [1]
        row.mark = 2
        kept = marks()
        assert kept == [2] and marks() is kept
        session.delete(row)
        assert marks() == []


def test_reading_writes_nothing_of_other_tables_and_a_statement_is_a_write(ground):
    @until_written(Edition)
    def marks():
        return list(session.scalars(select(Edition.mark)))

    with transaction():
        waiting = IdempotencyKey(key="k", operation="test")
        session.add(waiting)
        assert marks() == [] and waiting in session.new
        insert(Edition(name="c", mark=3))
        assert marks() == [3] and waiting in session.new
        session.execute(update(Edition.__table__).values(mark=4))
        assert marks() == [4]
