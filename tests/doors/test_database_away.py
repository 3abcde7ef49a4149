"""A database that is locked, full, read-only or absent: 503 with words, nothing half done (P36, B25)."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event

from mediation.app import create_app
from mediation.ground import clock
from mediation.ground.db import session
from mediation.registry.access.rules import Role
from mediation.registry.units.models import Room
from tests import makers
from tests.doors.visitor import Visitor


@pytest.fixture
def app(database, tmp_path):
    """The application on either engine; on SQLite it does not wait for a lock as long as it would."""
    app = create_app({"instance": tmp_path / "instance", "database_url": database, "testing": True})
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        engine = session.get_bind()
    event.listen(engine, "connect", hurry)
    yield app
    with app.app_context():
        engine.dispose()


def hurry(connection, _record):
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA busy_timeout = 50")
    else:
        connection.execute("SET lock_timeout = '50ms'")
        connection.commit()


@pytest.fixture
def admin(app):
    with app.app_context():
        by = makers.make_actor(makers.make_centre(), Role.SYSTEM_ADMIN)
    return Visitor(app, by)


@pytest.fixture
def room(admin):
    """The fields of a new room, ready to be sent."""
    form = next(form for form in admin.get("/rooms").forms if "name" in form["fields"])
    return form["fields"] | {"name": "5 号调解室"}


def rooms(app):
    with app.app_context():
        return session.query(Room).count()


def is_told(answer):
    assert answer.status_code == 503, answer.text[-1500:]
    assert answer.headers["Retry-After"] == "60" and answer.headers["X-Request-No"] in answer.text
    assert "没有保存" in answer.text and "OperationalError" not in answer.text and "default-src" in str(answer.headers)
    return True


def lock(database, table="rooms", mode="ACCESS EXCLUSIVE"):
    """Return a connection that keeps every other writer waiting."""
    if database.startswith("sqlite"):
        held = sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None)
        held.execute("BEGIN IMMEDIATE")
    else:
        held = psycopg.connect(database.replace("+psycopg", ""))
        held.execute(f"LOCK TABLE {table} IN {mode} MODE")
    return held


def test_a_locked_database_refuses_clearly_and_works_again(app, admin, room, database):
    held = lock(database)
    assert is_told(admin.client.post("/rooms", data=room))
    held.rollback()
    held.close()
    assert rooms(app) == 0
    assert admin.client.post("/rooms", data=room).status_code == 302 and rooms(app) == 1


def test_a_locked_database_takes_no_page_from_readers(app, admin, database):
    """Although the session's last sign of life cannot be moved."""
    clock.freeze(clock.now() + timedelta(minutes=3))
    held = lock(database, "login_sessions", "SHARE")
    answer = admin.client.get("/rooms")
    held.rollback()
    held.close()
    assert answer.status_code == 200


def test_readers_do_not_wait_for_ever(app, admin, database):
    """Somebody holds a table; a page that reads it is refused in time (B13)."""
    held = lock(database)
    answer = admin.client.get("/rooms")
    held.rollback()
    held.close()
    assert answer.status_code == 200 if database.startswith("sqlite") else is_told(answer)


def test_a_database_that_goes_away_and_comes_back(app, admin, room, request, engine_name, database):
    """The application need not be started again."""
    if engine_name == "sqlite":
        file = Path(database.removeprefix("sqlite:///"))
        away = file.with_suffix(".away")
        with app.app_context():
            session.get_bind().dispose()
        file.rename(away)
        file.mkdir()  # so that it cannot simply be made anew
    else:
        server = request.getfixturevalue("postgres_server")
        name = database.split("@/")[1].split("?")[0]
        server._run(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
        server._run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    try:
        answers = [admin.client.get("/rooms"), admin.client.post("/rooms", data=room), admin.client.get("/healthz")]
        answers += [app.test_client().get("/login"), app.test_client().get("/")]
    finally:
        if engine_name == "sqlite":
            file.rmdir()
            away.rename(file)
        else:
            server._run(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")
    assert all(is_told(answer) for answer in answers[:4]) and answers[4].status_code in (302, 503)
    assert admin.client.post("/rooms", data=room).status_code == 302 and rooms(app) == 1


@pytest.mark.parametrize("how", ["full", "read-only"])
def test_a_full_or_read_only_database_keeps_what_it_has(how, sqlite_database, tmp_path):
    app = create_app({"instance": tmp_path / "instance", "database_url": sqlite_database, "testing": True})
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        by = makers.make_actor(makers.make_centre(), Role.SYSTEM_ADMIN)
        engine = session.get_bind()
    admin = Visitor(app, by)
    form = next(form for form in admin.get("/rooms").forms if "name" in form["fields"])

    with app.app_context():
        engine.dispose()
    shrunk = sqlite3.connect(sqlite_database.removeprefix("sqlite:///"))
    shrunk.execute("VACUUM")  # else pages that the migrations left behind would take it all
    room_left = shrunk.execute("PRAGMA page_count").fetchone()[0] + 2
    shrunk.close()

    def cramp(connection, *_more):
        connection.execute("PRAGMA query_only = ON" if how == "read-only" else f"PRAGMA max_page_count = {room_left}")

    event.listen(engine, "checkout", cramp)
    answers = [
        admin.client.post("/rooms", data=form["fields"] | {"key": f"form {number}", "name": f"{number} 号调解室"})
        for number in range(40)
    ]
    assert 503 in {answer.status_code for answer in answers}
    assert all(answer.status_code == 302 or is_told(answer) for answer in answers)
    assert admin.client.get("/rooms").status_code == 200, "reading goes on"
    kept = sum(answer.status_code == 302 for answer in answers)
    assert rooms(app) == kept, "what was acknowledged is there, and nothing else"
    event.remove(engine, "checkout", cramp)
    with app.app_context():
        engine.dispose()
