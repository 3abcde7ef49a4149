"""One process at a time: who holds the lease of a database works, the others wait (B14).

It ends with its holder, however that one ends: PostgreSQL frees an advisory lock when the connection goes, the system
a file lock when the process goes.
"""

import fcntl
import zlib
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

# A holder whose machine vanished without a word is noticed within 20 + 2 * 10 seconds.
KEEPALIVES = {"tcp_keepalives_idle": 20, "tcp_keepalives_interval": 10, "tcp_keepalives_count": 2}


def lease(engine: Engine, name: str) -> "FileLease | AdvisoryLease":
    """Return the lease of that name on a database; nobody holds it yet."""
    if engine.dialect.name == "postgresql":
        return AdvisoryLease(engine, name)
    return FileLease(Path(f"{engine.url.database}.{name}"))


class FileLease:
    """A lock on a file beside an SQLite database."""

    def __init__(self, path: Path):
        self._path = path
        self._file = None

    def take(self) -> bool:
        """Try to get the lease; say whether this process holds it now."""
        if self._file is None:
            file = self._path.open("w")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                file.close()
                return False
            self._file = file
        return True

    def is_held(self) -> bool:
        """Say whether this process still holds the lease."""
        return self._file is not None

    def release(self) -> None:
        """Give the lease up."""
        if self._file is not None:
            self._file.close()
            self._file = None


class AdvisoryLease:
    """An advisory lock of PostgreSQL, held by a connection of its own."""

    def __init__(self, engine: Engine, name: str):
        self._engine = engine
        self._key = zlib.crc32(name.encode())
        self._connection = None

    def take(self) -> bool:
        """Try to get the lease; say whether this process holds it now."""
        if self.is_held():
            return True
        try:
            self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            for name, seconds in KEEPALIVES.items():
                self._connection.execute(text(f"SET {name} = {seconds}"))
            if self._connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": self._key}):
                return True
        except DBAPIError:  # the server is away; its coming back is waited for
            pass
        self.release()
        return False

    def is_held(self) -> bool:
        """Say whether this process still holds the lease: it does as long as the connection lives."""
        if self._connection is None:
            return False
        try:
            self._connection.execute(text("SELECT 1"))
        except DBAPIError:
            self.release()
            return False
        return True

    def release(self) -> None:
        """Give the lease up; the connection is not used again."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None
