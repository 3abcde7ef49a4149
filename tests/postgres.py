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
ENDS_OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
SHAPE = """
SELECT (SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
       (SELECT count(*) FROM pg_statistic WHERE starelid >= 16384)
"""
EMPTIES = """
DO $$
DECLARE
    name text;
    filled boolean;
BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', name) INTO filled;
        IF filled THEN
            EXECUTE format('DELETE FROM %I', name);
        END IF;
    END LOOP;
END $$
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
USES = 25  # then what was deleted has left so much behind that a new copy is cheaper
# The server ends when this shell's input does, so it also ends when the tests are killed.
WATCH = '"$@" & read _; kill -QUIT $!; wait $!; rm -rf "$FOLDER"'


class Server:
    """A running server. Databases are made as copies of a template and dropped by name."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._used: dict[str, int] = {}
        self._shape = None

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def create(self, name: str, template: str = "template1") -> str:
        """Make a database and return its URL. Nobody may be connected to the template."""
        self._run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.url(name)

    def drop(self, name: str) -> None:
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def renew(self, name: str, template: str) -> None:
        """Have an empty copy of a template under that name: the one that is there, emptied, while that is cheaper."""
        if not (0 < self._used.get(name, 0) < USES and self._empty(name)):
            self.drop(name)
            self.create(name, template)
            self._used[name] = 0
            with self._connect(name) as connection:
                self._shape = connection.execute(SHAPE).fetchone()
        self._used[name] += 1

    def _empty(self, name: str) -> bool:
        """Delete what was written; return False where tables or what is known of them changed too."""
        with self._connect(name) as connection:
            connection.execute(ENDS_OTHERS, [name])
            if connection.execute(SHAPE).fetchone() != self._shape:
                return False
            connection.execute("SET session_replication_role = replica")
            connection.execute(EMPTIES)
        return True

    def copy_out(self, name: str) -> dict[str, bytes]:
        """Return what stands in each table that holds something."""
        with self._connect(name) as connection:
            tables = [table for (table,) in connection.execute(TABLES)]
            filled = [table for table in tables if connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()]
            return {table: _copied(connection, table) for table in filled}

    def copy_in(self, name: str, rows: dict[str, bytes], there: dict[str, bytes] | None) -> None:
        """Put back what :meth:`copy_out` returned in place of what stands there, None where nobody knows what."""
        known = there or {}
        leave = [f"DELETE FROM {table}" for table, data in known.items() if rows.get(table) != data]
        enter = {table: data for table, data in rows.items() if known.get(table) != data}
        with self._connect(name) as connection, connection.transaction(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(EMPTIES if there is None else "; ".join(leave))
            for table, data in enter.items():
                with cursor.copy(f"COPY {table} FROM STDIN (FORMAT binary)") as copy:
                    copy.write(data)

    def _run(self, statement: str) -> None:
        with self._connect() as connection:
            connection.execute(statement)

    def _connect(self, name: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(host=str(self.folder), user="postgres", dbname=name, autocommit=True)

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
