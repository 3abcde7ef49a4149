"""Once and no more: a creating form carries a random key, a repeat returns the first result (P30, B9)."""

import functools
import secrets

from sqlalchemy import String, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground import clock
from mediation.ground.columns import RecordedAt
from mediation.ground.db import Base, session


class IdempotencyKey(Base):
    """A key that was used, by which operation, and what came of it."""

    __tablename__ = "idempotency_keys"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    operation: Mapped[str] = mapped_column(String(80))
    result: Mapped[str | None] = mapped_column(String(80))
    recorded_at: Mapped[RecordedAt] = mapped_column(index=True)


def new_key() -> str:
    """Return a key for one form."""
    return secrets.token_urlsafe(16)


def insert_or_ignore(table):
    """Return an INSERT that does nothing where a unique key is taken; a parallel writer is waited for."""
    return _ignoring(table, session.get_bind().dialect.name)


@functools.cache
def _ignoring(table, dialect: str):
    written = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}.get(dialect, insert)
    return written(table).on_conflict_do_nothing()


def once(operation):
    """Make an operation with a ``key`` argument run once per key and account; a repeat returns the first public id."""
    name = f"{operation.__module__.removeprefix('mediation.')}.{operation.__name__}"

    @functools.wraps(operation)
    def wrapper(*args, by, key=None, **values):
        if not key:
            return operation(*args, by=by, key=key, **values)
        own = f"{by.account_id}:{key}"[:80]
        row = {"key": own, "operation": name, "recorded_at": clock.now()}
        mine = insert_or_ignore(IdempotencyKey.__table__).values(row).returning(IdempotencyKey.key)
        if session.scalar(mine) is None:
            return session.scalar(select(IdempotencyKey.result).where(IdempotencyKey.key == own))
        result = operation(*args, by=by, key=key, **values)
        session.execute(update(IdempotencyKey).where(IdempotencyKey.key == own).values(result=result))
        return result

    return wrapper


def forget(before) -> int:
    """Delete keys used before an instant, when no form of that time can come again; return how many."""
    return session.execute(delete(IdempotencyKey).where(IdempotencyKey.recorded_at < before)).rowcount
