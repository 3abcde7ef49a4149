"""What every test may ask for: stopped time, keys, a fresh migrated database on either engine, an application."""

import gc
import os
import shutil
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import hypothesis
import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import create_engine

from mediation.casefile.papers import printing
from mediation.ground import clock, crypto, db, files
from mediation.ground.db import ENGINE_OPTIONS
from mediation.oversight.rulebook import queries as rulebook
from mediation.registry.staff import passwords
from mediation.rooms import open_rooms
from tests import browser as browsers
from tests import pages, postgres, scratch, standing
from tests.migrated import migrate

MORNING = datetime(2026, 11, 23, 10, tzinfo=clock.SHANGHAI)
MASTER_KEY = bytes(range(32))

# How long a machine takes says nothing about what is right.
hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")

# Where the workplace forbids it, every process would compile the house and its tests anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # nobody guesses here

HERE = Path(__file__).parent
LONGEST = (
    "journeys", "doors/test_access.py", "demonstration/test_bulk.py", "demonstration/test_alive.py",
    "casefile/cases/test_plans.py", "demonstration/test_loading.py",
    "doors/test_malformed.py", "doors/test_commands.py",
    "stages/test_dead_ends.py", "stages/confirmation", "stages/referrals", "doors/desk",
)

_numbers = count(1)


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """What is read in here stays to the end: nobody looks for garbage in it, and seldom in what comes after it."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()
        gc.set_threshold(20_000, 20, 20)


def pytest_collection_modifyitems(items):
    """The longest files first: one that begins last keeps one process waiting for the other."""
    places = {HERE / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: min(places.get(item.path, len(places)), places.get(item.path.parent, len(places))))


def pytest_terminal_summary(terminalreporter, config):
    """How much of the rule table is in the program; once, where the processes come together."""
    if not hasattr(config, "workerinput"):
        counts = rulebook.counts(rulebook.built_in(on=MORNING.date()))
        told = "，".join(f"{state.label} {count}" for state, count in counts.items())
        terminalreporter.write_line(f"法律规则 {sum(counts.values())} 条：{told}")


@pytest.fixture(autouse=True)
def now():
    """The program's time stands still on a Monday morning; a test may travel on with ``clock.freeze``."""
    clock.freeze(MORNING.astimezone(UTC))
    yield MORNING
    clock.freeze(None)
    clock.travel(None)


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory):
    """A folder that all processes of this run share."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session", autouse=True)
def compiled_pages(run_folder):
    """A page is compiled once in a run, whatever applications are made."""
    folder = run_folder / "compiled-pages"
    folder.mkdir(exist_ok=True)
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(folder))}


@pytest.fixture(scope="session")
def cut_fonts(run_folder):
    """The folder of the fonts that papers are printed with, cut once in a run."""
    folder = run_folder / "cut-fonts"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def printer(cut_fonts):
    """One warm printer for all tests of a process that print without an application."""
    made = printing.set_up(cut_fonts)
    yield made
    made.close()


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
    """The URL of a fresh SQLite database of its own name."""
    file = scratch_folder / f"{next(_numbers)}.db"
    shutil.copyfile(sqlite_template, file)
    yield f"sqlite:///{file}"
    _remove(file)


@pytest.fixture
def postgres_database(postgres_template, postgres_server):
    """The URL of a fresh PostgreSQL database of its own name."""
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


@pytest.fixture(scope="session")
def engines(scratch_folder, request):
    """One engine for each kind of database: it keeps the statements it has compiled; the data are new for each test."""
    found = {"sqlite": create_engine(f"sqlite:///{scratch_folder / 'ground.db'}", **ENGINE_OPTIONS)}
    if postgres.programs() is not None:
        server = request.getfixturevalue("postgres_server")
        found["postgresql"] = create_engine(server.url("ground"), **ENGINE_OPTIONS)
    yield found
    for engine in found.values():
        engine.dispose()


@pytest.fixture
def sqlite_engine(engines, sqlite_template):
    file = Path(engines["sqlite"].url.database)
    shutil.copyfile(sqlite_template, file)
    yield engines["sqlite"]
    engines["sqlite"].dispose()
    _remove(file)


@pytest.fixture
def postgresql_engine(engines, postgres_template, postgres_server):
    if postgres_server.renew("ground", postgres_template):
        engines["postgresql"].dispose()
    yield engines["postgresql"]


@pytest.fixture
def ground(engine_name, request, tmp_path):
    """The rooms without Flask: keys, a file store, a session on a fresh database of either kind. Returns the engine."""
    crypto.use(MASTER_KEY)
    files.use(files.Store(tmp_path / "files"))
    open_rooms()
    engine = db.connect(request.getfixturevalue(f"{engine_name}_engine"))
    standing.begin(_copies(engine, request), tmp_path / "files", engine_name)
    yield engine
    standing.end()
    db.disconnect()


def _copies(engine, request):
    """Return how the database behind an engine is copied."""
    if engine.dialect.name == "sqlite":
        return standing.Files(Path(engine.url.database), request.getfixturevalue("sqlite_template"))
    return standing.Rows(request.getfixturevalue("postgres_server"), engine.url.database)


@pytest.fixture(scope="session")
def standing_app(sqlite_template, scratch_folder, cut_fonts):
    """The application with its pages compiled; ``app`` empties its database and its folder for each test."""
    from mediation.app import create_app  # here, so that tests of rooms run without the doors

    file = scratch_folder / "app.db"
    shutil.copyfile(sqlite_template, file)
    instance = scratch_folder / "instance"
    instance.mkdir()
    (instance / "fonts").symlink_to(cut_fonts)
    app = create_app({"instance": instance, "database_url": f"sqlite:///{file}", "testing": True})
    pages.add(app)
    return app


@pytest.fixture
def app(standing_app, sqlite_template, scratch_folder):
    """The application on a fresh SQLite database, with an empty instance folder but for its keys and cut fonts."""
    from mediation.app import equip

    config = standing_app.extensions["yichuang"]
    _remove(scratch_folder / "app.db")
    shutil.copyfile(sqlite_template, scratch_folder / "app.db")
    for path in config.instance.iterdir():
        if path.name.endswith("-key"):
            path.chmod(0o600)
        elif not path.is_symlink():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    equip(config)
    settings = dict(standing_app.config)
    standing.begin(standing.Files(scratch_folder / "app.db", sqlite_template), config.instance / "files", "app")
    yield standing_app
    standing.end()
    standing_app.config.update(settings)
    with standing_app.app_context():
        db.session.remove()
        db.db.engine.dispose()


@pytest.fixture
def client(app):
    return app.test_client()


def _remove(file):
    for path in file.parent.glob(f"{file.name}*"):
        path.unlink()


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium, started once; a test opens a context of its own."""
    if browsers.program() is None:
        pytest.skip("Chromium is not installed here")
    with browsers.chromium() as started:
        yield started
