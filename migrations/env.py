"""Alembic's way in: the same files for SQLite and PostgreSQL, by ``flask db`` or by a plain URL."""

from contextlib import contextmanager

from alembic import context
from flask import current_app, has_app_context
from sqlalchemy import NullPool, TypeDecorator, create_engine

from mediation.ground.db import Base
from mediation.rooms import open_rooms


def engine():
    """Return the engine to migrate: the application's, or one for the URL that was given."""
    url = context.config.get_main_option("sqlalchemy.url")
    if not url and has_app_context():
        return current_app.extensions["migrate"].db.engine
    return create_engine(url, poolclass=NullPool)


def plain_type(kind, item, _context):
    """Write our own column types as what they are in the database: a migration outlives the class."""
    return f"sa.{item.impl_instance!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


@contextmanager
def keys_unchecked(connection):
    """SQLite changes a table by writing another one: while the old one is dropped, what refers to it must wait."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
        broken = driver.execute("PRAGMA foreign_key_check").fetchall()
        assert not broken, f"rows refer to what is gone: {broken[:10]}"
    finally:
        driver.rollback()
        driver.execute("PRAGMA foreign_keys = ON")


def migrate():
    """Bring the database to the revision asked for, each revision in a transaction of its own."""
    open_rooms()
    with engine().connect() as connection, keys_unchecked(connection):
        context.configure(
            connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True,
            transaction_per_migration=True, render_item=plain_type,
        )
        with context.begin_transaction():
            context.run_migrations()


migrate()
