"""One way to write: a transaction commits whole or not at all, begins as a writer, and is not nested (B10, B11)."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from mediation.ground import db
from mediation.ground.counters import take
from mediation.ground.db import aside, is_writing, session, transaction
from mediation.ground.once import IdempotencyKey


def add(key):
    session.add(IdempotencyKey(key=key, operation="test"))
    session.flush()


def kept():
    session.rollback()
    return sorted(session.scalars(text("SELECT key FROM idempotency_keys")))


def test_a_transaction_keeps_all_or_nothing(ground):
    with transaction():
        assert is_writing()
        add("a")
    assert not is_writing()
    with pytest.raises(ZeroDivisionError), transaction():
        add("b")
        raise ZeroDivisionError
    with pytest.raises(IntegrityError), transaction():
        add("c")
        add("a")
    assert kept() == ["a"]


def test_what_was_read_before_is_read_again_inside(ground, engine_name):
    """Check and act happen in one transaction: an older snapshot is let go."""
    with transaction():
        add("a")
    row = session.get(IdempotencyKey, "a")
    with ground.connect() as other, other.begin():
        other.execute(text("UPDATE idempotency_keys SET operation = 'changed'"))
    with transaction():
        assert row.operation == "changed"


def test_transactions_are_not_nested(ground):
    with transaction(), pytest.raises(RuntimeError), transaction():
        pass
    with transaction(), pytest.raises(RuntimeError), aside():
        pass


def test_what_is_written_aside_stays_though_the_caller_refuses(ground):
    with pytest.raises(ZeroDivisionError):
        with aside():
            add("refused")
        raise ZeroDivisionError
    assert kept() == ["refused"]


def test_what_must_be_done_before_the_commit_is_done_once_and_never_after_a_failure(ground):
    done = []
    with transaction():
        db.before_commit("k", lambda _session: done.append(1))
        db.before_commit("k", lambda _session: done.append(2))
    with pytest.raises(ZeroDivisionError), transaction():
        db.before_commit("k", lambda _session: done.append(3))
        raise ZeroDivisionError
    with transaction():
        add("x")
    assert done == [2]


def test_a_row_written_at_once_is_like_any_other(ground):
    with transaction():
        row = IdempotencyKey(key="at once", operation="test")
        db.insert(row)
        assert row in session and row not in session.new and row.recorded_at is not None and row.result is None
        row.result = "changed"
    session.expunge_all()
    assert session.get(IdempotencyKey, "at once").result == "changed"


def test_writers_wait_for_each_other_instead_of_failing(ground):
    barrier, failed = Barrier(6), []

    def write(name):
        barrier.wait()
        try:
            with transaction():
                take("test", 1, 2026)
                add(name)
        except Exception as error:
            failed.append(error)
        finally:
            session.remove()

    threads = [Thread(target=write, args=(f"writer {number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed and len(kept()) == 6


def test_sqlite_is_set_up_to_lose_nothing(sqlite_database):
    engine = db.connect(sqlite_database)
    try:
        with engine.connect() as connection:
            found = {
                name: connection.execute(text(f"PRAGMA {name}")).scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            }
        assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}
    finally:
        db.disconnect()
