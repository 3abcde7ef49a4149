"""The database: one base for all tables, one session, one way to write.

``session`` serves a Flask application (Flask-SQLAlchemy's engines) and, after :func:`connect`, any program
without Flask. Reading needs nothing; all writing happens in ``with transaction():``.
"""

import sqlite3
import threading
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from flask_sqlalchemy.session import _app_ctx_id
from sqlalchemy import Engine, MetaData, create_engine, event, func, select
from sqlalchemy.orm import DeclarativeBase, Session, make_transient_to_detached

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

ENGINE_OPTIONS = {
    "pool_pre_ping": True,
    "hide_parameters": True,  # an error's text is logged, what was typed is not
    "query_cache_size": 2000,  # more than 500 statements are sent, and compiling one takes longer than sending it
}
PREPARED_IN_SQLITE, PREPARED_IN_POSTGRESQL = 1024, 300  # a connection's; the drivers' hundred make it parse most anew

_standalone: Engine | None = None
_is_ours = False  # opened here, and so closed here
_writing: ContextVar[bool] = ContextVar("writing", default=False)


class Base(DeclarativeBase):
    """Base of every table; constraints are named so that SQLite can drop them."""

    metadata = MetaData(naming_convention=NAMING)


class RoomSession(FlaskSession):
    """A session bound to the application's engine or, without an application, to the connected one.

    Both are asked for with every statement, and so is what follows from a written one: an event of the library's
    would prepare each reading twice.
    """

    _engine: Engine | None = None

    def get_bind(self, *args, **kwargs):
        if _standalone is not None:
            return _standalone
        if self._engine is None:
            self._engine = self._db.engine
        return self._engine

    def execute(self, statement, *args, **kwargs):
        _tell(self, statement)
        return super().execute(statement, *args, **kwargs)

    def scalars(self, statement, *args, **kwargs):
        _tell(self, statement)
        return super().scalars(statement, *args, **kwargs)

    def scalar(self, statement, *args, **kwargs):
        _tell(self, statement)
        return super().scalar(statement, *args, **kwargs)


_hearers = []


def when_written(function):
    """Register ``function(session, table)`` to run before a statement that writes into a table past the mapped rows."""
    _hearers.append(function)
    return function


def _tell(this, statement) -> None:
    if statement.is_dml:
        for hear in _hearers:
            hear(this, statement.table)


def _scope():
    if _standalone is not None:
        return threading.get_ident()
    return _app_ctx_id()


db = SQLAlchemy(
    model_class=Base,
    session_options={"class_": RoomSession, "scopefunc": _scope, "autoflush": True},
    engine_options=ENGINE_OPTIONS,
)
session = db.session


def connect(database: str | Engine) -> Engine:
    """Bind ``session`` to a database, by its URL or an engine, without any Flask application; return the engine."""
    global _standalone, _is_ours
    disconnect()
    _is_ours = isinstance(database, str)
    _standalone = create_engine(database, **ENGINE_OPTIONS) if _is_ours else database
    return _standalone


def disconnect() -> None:
    """Close what :func:`connect` opened; an engine that it was given stays its owner's."""
    global _standalone
    if _standalone is not None:
        session.remove()
        if _is_ours:
            _standalone.dispose()
        _standalone = None


@contextmanager
def transaction():
    """Write: begin as a writer, commit at the end, roll everything back on any error.

    What was read before belongs to an older snapshot: it is let go, so that check and act happen in one
    transaction. Not to be nested; an operation never opens one, its caller does.
    """
    if _writing.get():
        raise RuntimeError("a transaction is already open")
    session.rollback()
    token = _writing.set(True)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session().info.clear()
        _writing.reset(token)


@contextmanager
def aside():
    """Write something that must stay although the caller refuses or only reads (a refusal, a sealed read).

    Uses a connection of its own; call it outside :func:`transaction`, never inside.
    """
    if _writing.get():
        raise RuntimeError("would wait for its own caller")
    session.rollback()
    with transaction():
        yield session


def counts(**queries) -> dict[str, int]:
    """Return how many rows each of several queries finds, asked at once; none for a query that is None."""
    asked = {name: query for name, query in queries.items() if query is not None}
    columns = [select(func.count()).select_from(query.subquery()).scalar_subquery() for query in asked.values()]
    found = session.execute(select(*columns)).one() if columns else ()
    return dict.fromkeys(queries, 0) | dict(zip(asked, found, strict=True))


def insert(row: Base) -> None:
    """Write one new row at once, past the unit of work, which takes some times longer; it is in the session afterwards.

    For rows without children that are written with nearly every act. Nothing else that waits is written.
    """
    table, given = type(row).__table__, row.__dict__
    for column in table.columns:
        if column.name not in given:
            default = column.default
            setattr(row, column.name, default and (default.arg(None) if default.is_callable else default.arg))
    with session.no_autoflush:
        session.execute(_inserting(table), {column.name: given[column.name] for column in table.columns})
    make_transient_to_detached(row)
    session.add(row)


@cache
def _inserting(table):
    return table.insert()


def is_writing() -> bool:
    """Say whether a :func:`transaction` is open here."""
    return _writing.get()


def before_commit(key, do):
    """Run ``do(session)`` once, just before the running transaction commits; later calls replace earlier ones."""
    session.info.setdefault("before_commit", {})[key] = do


@event.listens_for(Session, "before_commit")
def _run_before_commit(this):
    pending = this.info.pop("before_commit", None)
    for do in (pending or {}).values():
        do(this)


@event.listens_for(Engine, "do_connect")
def _open(dialect, _record, _address, options):
    if dialect.name == "sqlite":
        options.setdefault("cached_statements", PREPARED_IN_SQLITE)


@event.listens_for(Engine, "connect")
def _prepare(connection, _record):
    if not isinstance(connection, sqlite3.Connection):
        connection.prepared_max = PREPARED_IN_POSTGRESQL
        connection.execute("SET lock_timeout = '20s'")  # for readers too: a page is refused rather than kept for ever
        connection.commit()
        return
    connection.isolation_level = None  # BEGIN is ours: the driver's own begins too late and as a reader
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000", "cache_size=-16000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection):
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
