"""The migrations lead to what the models say, and back, on both engines."""

from datetime import UTC, date, datetime

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, create_engine, inspect, select

from tests import migrated


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
    some = {int: 1, str: "x", bytes: b"x", bool: False, dict: {}, object: {}, date: date(2026, 1, 1)}
    some[datetime] = datetime(2026, 1, 1, tzinfo=UTC)
    needed = [column for column in table.columns if not column.nullable and column.name not in given]
    return given | {column.name: some[column.type.python_type] for column in needed}
