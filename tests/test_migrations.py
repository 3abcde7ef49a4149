"""The migrations lead to what the models say, and back, on both engines."""

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, select

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
