"""What every test may ask for: stopped time, keys, a fresh migrated database on either engine, an application."""

import shutil
from datetime import UTC, datetime
from itertools import count

import pytest

from mediation.ground import clock, crypto, db, files
from mediation.rooms import open_rooms
from tests import browser as browsers
from tests import postgres, scratch
from tests.migrated import migrate

MORNING = datetime(2026, 11, 23, 10, tzinfo=clock.SHANGHAI)
MASTER_KEY = bytes(range(32))

_numbers = count(1)


@pytest.fixture(autouse=True)
def now():
    """The program's time stands still on a Monday morning; a test may travel on with ``clock.freeze``."""
    clock.freeze(MORNING.astimezone(UTC))
    yield MORNING
    clock.freeze(None)
    clock.travel(None)


@pytest.fixture(scope="session")
def scratch_folder():
    with scratch.folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def sqlite_template(scratch_folder):
    """A migrated database that nobody writes to."""
    file = scratch_folder / "template.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_server():
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed here")
    with postgres.server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server):
    migrate(postgres_server.create("template"))
    return "template"


@pytest.fixture
def sqlite_database(sqlite_template, scratch_folder):
    """The URL of a fresh SQLite database, for a test that needs only one engine."""
    file = scratch_folder / f"{next(_numbers)}.db"
    shutil.copyfile(sqlite_template, file)
    yield f"sqlite:///{file}"
    for leftover in scratch_folder.glob(f"{file.name}*"):
        leftover.unlink()


@pytest.fixture
def postgres_database(postgres_template, postgres_server):
    name = f"test_{next(_numbers)}"
    yield postgres_server.create(name, postgres_template)
    postgres_server.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_name(request):
    return request.param


@pytest.fixture
def database(engine_name, request):
    """The URL of a fresh database; a test that asks for it runs once on each engine."""
    return request.getfixturevalue({"sqlite": "sqlite_database", "postgresql": "postgres_database"}[engine_name])


@pytest.fixture
def ground(database, tmp_path):
    """The rooms without Flask: keys, a file store, a connected session. Returns the engine."""
    crypto.use(MASTER_KEY)
    files.use(files.Store(tmp_path / "files"))
    open_rooms()
    yield db.connect(database)
    db.disconnect()


@pytest.fixture
def app(sqlite_database, tmp_path):
    """The application on a fresh SQLite database, with an instance folder of its own."""
    from mediation.app import create_app  # here, so that tests of rooms run without the doors

    app = create_app({"instance": tmp_path / "instance", "database_url": sqlite_database, "testing": True})
    yield app
    with app.app_context():
        db.db.engine.dispose()


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium, started once; a test opens a context of its own."""
    if browsers.program() is None:
        pytest.skip("Chromium is not installed here")
    with browsers.chromium() as started:
        yield started
