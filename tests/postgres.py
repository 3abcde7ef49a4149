"""A throw-away PostgreSQL: a folder of its own, a socket in it, no port, gone when the tests end."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests import scratch

LOCALE = ("--encoding=UTF8", "--locale=C.UTF-8")
# Nothing here outlives the run, so nothing needs to reach the disk.
SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "jit": "off",
    "listen_addresses": "",
    "max_wal_senders": "0",
    "synchronous_commit": "off",
    "wal_level": "minimal",
}
# What a test wrote is deleted, past triggers and references; what changed the tables themselves is not put right.
ENDS_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = %s AND pid <> pg_backend_pid() AND state <> 'idle'
"""
SHAPE = """
SELECT (SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
       (SELECT count(*) FROM pg_statistic WHERE starelid >= 16384)
"""
# A table that nobody ever wrote to has no page.
TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'
      AND pg_relation_size(oid) > 0
"""
EMPTIES = f"""
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN {TABLES} LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
END $$
"""
USES = 25  # then what was deleted has left so much behind that a new copy is cheaper
# The server ends when this shell's input does, so it also ends when the tests are killed.
WATCH = '"$@" & read _; kill -QUIT $!; wait $!; rm -rf "$FOLDER"'


class Server:
    """A running server. Databases are made as copies of a template and dropped by name."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._used: dict[str, int] = {}
        self._open: dict[str, psycopg.Connection] = {}  # one to each renewed database: it knows all tables by then
        self._shape = None

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def create(self, name: str, template: str = "template1") -> str:
        """Make a database and return its URL. Nobody may be connected to the template."""
        self._run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.url(name)

    def drop(self, name: str) -> None:
        if name in self._open:
            self._open.pop(name).close()
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def renew(self, name: str, template: str) -> bool:
        """Have an empty copy of a template under that name: the one that is there, emptied, while that is cheaper.

        Return whether it is a new one, to which nobody is connected any more.
        """
        is_new = not (0 < self._used.get(name, 0) < USES and self._empty(name))
        if is_new:
            self.drop(name)
            self.create(name, template)
            self._used[name] = 0
            self._shape = self._to(name).execute(SHAPE).fetchone()
        self._used[name] += 1
        return is_new

    def _empty(self, name: str) -> bool:
        """Delete what was written; return False where tables or what is known of them changed too."""
        connection = self._to(name)
        connection.execute(ENDS_OTHERS, [name])
        if connection.execute(SHAPE).fetchone() != self._shape:
            return False
        connection.execute(EMPTIES)
        return True

    def copy_out(self, name: str) -> dict[str, bytes]:
        """Return what stands in each table that holds something."""
        connection = self._to(name)
        tables = [table for (table,) in connection.execute(TABLES)]
        filled = [table for table in tables if connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()]
        return {table: _copied(connection, table) for table in filled}

    def copy_in(self, name: str, rows: dict[str, bytes], there: dict[str, bytes] | None) -> None:
        """Put back what :meth:`copy_out` returned in place of what stands there, None where nobody knows what."""
        known = there or {}
        leave = [f"DELETE FROM {table}" for table, data in known.items() if rows.get(table) != data]
        enter = {table: data for table, data in rows.items() if known.get(table) != data}
        connection = self._to(name)
        with connection.transaction(), connection.cursor() as cursor:
            cursor.execute(EMPTIES if there is None else "; ".join(leave))
            for table, data in enter.items():
                with cursor.copy(f"COPY {table} FROM STDIN (FORMAT binary)") as copy:
                    copy.write(data)

    def _run(self, statement: str) -> None:
        with self._connect() as connection:
            connection.execute(statement)

    def _to(self, name: str) -> psycopg.Connection:
        """Return the connection that stays open, past triggers and references."""
        if name not in self._open:
            self._open[name] = self._connect(name)
            self._open[name].execute("SET session_replication_role = replica")
        return self._open[name]

    def _connect(self, name: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(host=str(self.folder), user="postgres", dbname=name, autocommit=True)

    def close(self) -> None:
        """Close what was kept open."""
        while self._open:
            self._open.popitem()[1].close()

    def wait(self, seconds: float = 30) -> None:
        """Return as soon as the server answers; raise with its log when that takes too long."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                return self._connect().close()
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise RuntimeError((self.folder / "log").read_text()) from None
                time.sleep(0.05)


def _copied(connection: psycopg.Connection, table: str) -> bytes:
    with connection.cursor().copy(f"COPY {table} TO STDOUT (FORMAT binary)") as copy:
        return b"".join(copy)


def programs() -> Path | None:
    """Return the folder with ``initdb`` and ``postgres``, the newest one, or None."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    found = installed[-1] if installed else shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def server() -> Iterator[Server]:
    """Start a server and stop it at the end. As root it runs as the user ``postgres``, who owns its folder."""
    binaries = programs()
    if binaries is None:
        raise FileNotFoundError("PostgreSQL is not installed")
    with scratch.folder() as folder:
        other_user: list[str] = []
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
            other_user = ["runuser", "-u", "postgres", "--"]
        data = folder / "data"
        initialise = [f"{binaries}/initdb", f"-D{data}", "--username=postgres", "--auth=trust", "--no-sync", *LOCALE]
        subprocess.run([*other_user, *initialise], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        settings = [f"-c{key}={value}" for key, value in SETTINGS.items()]
        serve = [f"{binaries}/postgres", f"-D{data}", f"-k{folder}", *settings]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [*other_user, "sh", "-c", WATCH, "watch", *serve],
                cwd=folder,
                env=os.environ | {"FOLDER": str(folder)},
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        with process:  # its end closes the input and waits
            running = Server(folder)
            running.wait()
            yield running
            running.close()
