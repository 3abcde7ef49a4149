"""The migrations lead to what the models say, and back, on both engines."""

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

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
