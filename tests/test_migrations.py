"""The migrations lead to what the models say, and back, on both engines."""

from datetime import UTC, date, datetime

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, create_engine, inspect, select

from mediation.casefile.cases.models import Case
from mediation.ground import crypto, db, files
from mediation.oversight.soundness import queries as soundness
from mediation.rooms import open_rooms
from tests import migrated, road


@pytest.fixture
def empty_database(engine_name, request, tmp_path):
    if engine_name == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        server = request.getfixturevalue("postgres_server")
        yield server.create("empty")
        server.drop("empty")


def tables(url):
    engine = create_engine(url)
    try:
        return set(inspect(engine).get_table_names()) - {"alembic_version"}
    finally:
        engine.dispose()


def test_models_match_the_migrated_database(database):
    command.check(migrated.settings(database))


def test_every_migration_can_be_taken_back(empty_database):
    settings = migrated.settings(empty_database)
    command.upgrade(settings, "head")
    assert tables(empty_database)
    command.downgrade(settings, "base")
    assert not tables(empty_database)
    command.upgrade(settings, "head")


def test_the_history_has_one_end():
    assert len(ScriptDirectory.from_config(migrated.settings("")).get_heads()) == 1


def test_filled_tables_go_down_and_up(database, tmp_path):
    """Cases outlive a step back to the first whole revision and the way up again; what verifies them finds no fault."""
    crypto.use(bytes(range(32)))
    files.use(files.Store(tmp_path))
    open_rooms()
    db.connect(database)
    try:
        county = road.make_county()
        for _ in range(3):
            road.registered(county)
        before = db.session.scalars(select(Case.register_no).order_by(Case.id)).all()
    finally:
        db.disconnect()
    command.downgrade(migrated.settings(database), "0004")
    command.upgrade(migrated.settings(database), "head")
    db.connect(database)
    try:
        assert db.session.scalars(select(Case.register_no).order_by(Case.id)).all() == before
        assert len(before) == 3
        assert [finding for finding in soundness.everything() if not finding.is_sound] == []
    finally:
        db.disconnect()
def test_the_number_that_a_case_came_with_becomes_its_first_outside_number(empty_database):
    settings = migrated.settings(empty_database)
    command.upgrade(settings, ScriptDirectory.from_config(settings).get_revision("0011").down_revision)
    engine = create_engine(empty_database)
    try:
        with engine.begin() as connection:
            centres, cases = (Table(name, MetaData(), autoload_with=connection) for name in ("centres", "cases"))
            connection.execute(centres.insert(), filled(centres, id=1, public_id="c"))
            told = ((7, "petition", " XF-7 "), (8, "window", None), (9, "leader", "LD-9"))
            for row_id, channel, number in told:
                given = {"public_id": str(row_id), "register_no": str(row_id), "channel": channel, "outside_no": number}
                connection.execute(cases.insert(), filled(cases, id=row_id, centre_id=1, **given))
        command.upgrade(settings, "head")
        with engine.connect() as connection:
            numbers = Table("outside_numbers", MetaData(), autoload_with=connection)
            wanted = select(numbers.c.case_id, numbers.c.system, numbers.c.number, numbers.c.is_origin)
            found = connection.execute(wanted.order_by(numbers.c.case_id)).all()
        assert [tuple(row) for row in found] == [(7, "petition", "XF-7", True), (9, "other", "LD-9", True)]
    finally:
        engine.dispose()


def filled(table, **given):
    """Return a row in which every column that must be filled has something."""
    some = {int: 1, str: "x", bytes: b"x", bool: False, object: {}, date: date(2026, 1, 1)}
    some[datetime] = datetime(2026, 1, 1, tzinfo=UTC)
    needed = [column for column in table.columns if not column.nullable and column.name not in given]
    return given | {column.name: some[column.type.python_type] for column in needed}
