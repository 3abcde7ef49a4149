"""The chain: whole as written, and every tampering found with its place (P28, P29)."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from mediation.ground import counters, trail
from mediation.ground.crypto import keys
from mediation.ground.db import session, transaction
from mediation.ground.trail import TrailEntry, TrailHead
from tests.conftest import MORNING


class By:
    centre_id, account_id, post_id, unit_id, address, request = 7, 1, 2, 3, "10.0.0.9", "ab12"


def write(count):
    for number in range(count):
        with transaction():
            trail.record("case.opened", by=By, params={"number": number})


def free_the_rows(engine):
    """Take the guards off, as somebody with the database file would."""
    with transaction():
        if engine.dialect.name == "sqlite":
            names = session.scalars(text("SELECT name FROM sqlite_master WHERE type='trigger'")).all()
            for name in names:
                session.execute(text(f"DROP TRIGGER {name}"))
        else:
            session.execute(text("ALTER TABLE trail DISABLE TRIGGER ALL"))


def test_a_chain_is_whole_as_it_was_written(ground):
    write(5)
    assert trail.verify(7) is None


def test_rows_of_one_transaction_stand_in_the_order_of_writing(ground):
    with transaction():
        for name in ("first", "second", "third"):
            trail.record(name, by=By)
    events = session.query(TrailEntry.event).order_by(TrailEntry.seq).all()
    assert [event for (event,) in events] == ["first", "second", "third"]
    assert trail.verify(7) is None


def test_a_rolled_back_change_leaves_no_row(ground):
    with pytest.raises(ZeroDivisionError), transaction():
        trail.record("never", by=By)
        1 / 0  # noqa: B018
    write(1)
    assert session.query(TrailEntry).count() == 1
    assert trail.verify(7) is None


def test_if_the_row_fails_the_change_fails(ground, monkeypatch):
    """P28: nothing happens that is not written down."""

    def fail(_row):
        raise OSError("no room for proof")

    with transaction():
        counters.take("register", 1, 2026)
    monkeypatch.setattr(trail, "digest_of", fail)
    with pytest.raises(OSError), transaction():
        counters.take("register", 1, 2026)
        trail.record("case.registered", by=By)
    assert counters.last("register", 1, 2026) == 1 and session.query(TrailEntry).count() == 0


@pytest.mark.parametrize("table", ["trail", "trail_values"])
@pytest.mark.parametrize("act", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_database_itself_refuses_to_change_what_was_written(ground, engine_name, table, act):
    """P29: whatever route or command tries."""
    if "TRUNCATE" in act and engine_name == "sqlite":
        pytest.skip("SQLite has no such statement")
    box = keys().box(keys().new_data_key())
    with transaction():
        trail.record("case.corrected", by=By, changed={"story": ("a", "b")}, box=box)
    column = {"trail": "seq", "trail_values": "sealed"}[table]
    with pytest.raises(DBAPIError, match="only grows"), transaction():
        session.execute(text(act.format(table, column, column)))
    assert session.query(TrailEntry).count() == 1 and trail.verify(7) is None


@pytest.mark.long
def test_each_of_two_hundred_tamperings_is_found_and_named(ground):
    """P29."""
    write(40)
    free_the_rows(ground)
    rows = session.query(TrailEntry.seq, TrailEntry.id).order_by(TrailEntry.seq).all()
    session.rollback()
    chance = random.Random(29)
    strange = {
        "event": "case.closed", "account_id": 99, "post_id": 99, "unit_id": 99, "address": "10.9.9.9", "request": "ff",
        "object_kind": "papers", "object_id": 99, "case_id": 99, "params": {"number": -1}, "result": "refused",
        "at": MORNING + timedelta(seconds=1), "values_hash": b"x" * 32, "previous": b"x" * 32, "digest": b"x" * 32,
    }
    for _round in range(200):
        seq, row_id = chance.choice(rows)
        column = chance.choice(list(strange))
        with transaction():
            before = session.scalar(select(getattr(TrailEntry, column)).where(TrailEntry.id == row_id))
            _set(row_id, column, strange[column])
        assert trail.verify(7).seq == seq, column
        with transaction():
            _set(row_id, column, before)
    assert trail.verify(7) is None


def _set(row_id, column, value):
    session.execute(update(TrailEntry).where(TrailEntry.id == row_id).values({column: value}))


@pytest.mark.parametrize("column", ["event", "account_id", "params", "at", "result", "case_id"])
def test_a_changed_value_is_found_at_its_row(ground, column):
    write(9)
    free_the_rows(ground)
    seq = random.Random(column).randint(1, 9)
    values = {"event": "other", "account_id": 99, "params": {"number": -1}, "result": "x", "case_id": 5}
    with transaction():
        if column == "at":
            moved = session.query(TrailEntry.at).filter_by(seq=1).scalar().replace(year=2020)
            session.execute(update(TrailEntry).where(TrailEntry.seq == seq).values(at=moved))
        else:
            session.execute(update(TrailEntry).where(TrailEntry.seq == seq).values({column: values[column]}))
    assert trail.verify(7) == trail.Fault(7, seq, "changed")


def test_a_missing_row_is_found(ground):
    write(6)
    free_the_rows(ground)
    with transaction():
        session.execute(delete(TrailEntry).where(TrailEntry.seq == 4))
    assert trail.verify(7) == trail.Fault(7, 4, "missing")


def test_a_cut_tail_is_found_by_the_head(ground):
    write(6)
    free_the_rows(ground)
    with transaction():
        session.execute(delete(TrailEntry).where(TrailEntry.seq > 4))
    assert trail.verify(7).why == "cut"


def test_a_cut_tail_with_a_new_head_is_found_by_the_exported_head(ground):
    write(6)
    exported = session.query(TrailHead.seq, TrailHead.digest).filter_by(chain=7).one()
    free_the_rows(ground)
    with transaction():
        session.execute(delete(TrailEntry).where(TrailEntry.seq > 4))
        digest = session.query(TrailEntry.digest).filter_by(seq=4).scalar()
        session.execute(update(TrailHead).values(seq=4, digest=digest))
    assert trail.verify(7) is None
    assert trail.verify(7, exported_head=tuple(exported)).why == "cut"


def test_values_before_and_after_lie_sealed(ground):
    box = keys().box(keys().new_data_key())
    with transaction():
        trail.record("person.changed", by=By, changed={"name": ("张三", "李四")}, box=box)
    entry = session.query(TrailEntry).one()
    sealed = session.query(trail.TrailValues.sealed).scalar()
    assert "张三".encode() not in sealed
    assert '["张三", "李四"]' in box.open(sealed, "trail_values", entry.id).decode()


def test_chains_of_centres_are_apart(ground):
    class Other(By):
        centre_id = 8

    with transaction():
        trail.record("here", by=By)
        trail.record("there", by=Other)
        trail.record("here", by=By)
    assert trail.verify(7) is None
    assert trail.verify(8) is None
    assert session.query(TrailHead.seq).filter_by(chain=7).scalar() == 2
