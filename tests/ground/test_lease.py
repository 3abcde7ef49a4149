"""One process holds the lease; it passes on when its holder ends, however that one ends (B14)."""

import signal
import subprocess
import sys

import pytest
from sqlalchemy import create_engine, text

from mediation.ground.lease import lease

HOLDER = """
import sys, time
from sqlalchemy import create_engine
from mediation.ground.lease import lease
mine = lease(create_engine(sys.argv[1]), "work")
print(mine.take(), flush=True)
time.sleep(60)
"""


@pytest.fixture
def engine(database):
    engine = create_engine(database)
    yield engine
    engine.dispose()


def test_one_holds_it_until_given_up(engine):
    first, second, other = lease(engine, "work"), lease(engine, "work"), lease(engine, "other")
    assert first.take() and first.take() and first.is_held()
    assert not second.take() and not second.is_held()
    assert other.take()
    first.release()
    assert not first.is_held()
    assert second.take()
    for each in (second, other):
        each.release()


def test_it_passes_on_when_the_holder_is_killed(engine, database):
    with subprocess.Popen([sys.executable, "-c", HOLDER, database], stdout=subprocess.PIPE, text=True) as holder:
        try:
            assert holder.stdout.readline() == "True\n"
            mine = lease(engine, "work")
            assert not mine.take()
        finally:
            holder.send_signal(signal.SIGKILL)
    while not mine.take():  # the server needs a moment to see that the other end is gone
        pass
    mine.release()


def test_a_lost_connection_is_a_lost_lease(postgres_database):
    engine = create_engine(postgres_database)
    mine = lease(engine, "work")
    assert mine.take()
    with engine.begin() as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = "
        connection.execute(text(others + "current_database()"))
    assert not mine.is_held()
    assert mine.take()
    mine.release()
    engine.dispose()


def test_a_server_that_is_away_is_waited_for(postgres_server):
    engine = create_engine(postgres_server.url("no_such_database"))
    assert not lease(engine, "work").take()
    engine.dispose()
