"""The scheduler: one works, the other waits; what is due is done once; what is of no use any more goes."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from apscheduler.triggers.interval import IntervalTrigger

from mediation.doors import jobs as scheduler
from mediation.doors.shared import heads
from mediation.ground import clock, jobs, once, trail
from mediation.ground.db import db, session, transaction
from mediation.ground.jobs import Job, JobState
from mediation.ground.lease import lease
from mediation.registry.staff import operations as staff
from mediation.registry.staff.models import Attempt
from tests.makers import make_centre

HOUSE = Path(__file__).parent.parent.parent
OFTEN = IntervalTrigger(seconds=0.1, timezone=clock.SHANGHAI)


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(scheduler, "TRY_EVERY", 0.05)
    monkeypatch.setattr(scheduler, "LOOK_EVERY", 0.05)
    monkeypatch.setattr(scheduler, "TIMETABLE", (scheduler.Entry(scheduler.work, OFTEN, at_start=False),))


@contextmanager
def serving(app):
    stop = threading.Event()
    thread = threading.Thread(target=scheduler.serve, args=(app, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def until(true, seconds=90):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


def ask_for(app, count):
    with app.app_context(), transaction():
        for number in range(count):
            jobs.enqueue("clocks.recompute", f"test/{number}", centre_id=1)


def states(app):
    with app.app_context():
        return {(job.state, job.tries) for job in session.query(Job)}


def test_two_schedulers_do_each_job_once(app, quick):
    ask_for(app, 20)
    with serving(app), serving(app):
        until(lambda: states(app) == {(JobState.DONE, 1)})


def test_the_second_takes_over(app, quick):
    with serving(app):
        with serving(app):
            pass  # whoever held it, one of the two is gone now
        ask_for(app, 1)
        until(lambda: states(app) == {(JobState.DONE, 1)})


def test_a_process_that_is_killed_leaves_the_lease(app):
    """P34: two processes; the waiting one tries every ten seconds, so it takes over within a minute."""
    ask_for(app, 3)
    config = app.extensions["yichuang"]
    given = {"YICHUANG_INSTANCE": str(config.instance), "YICHUANG_DATABASE_URL": config.database_url}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "run-scheduler"]
    with subprocess.Popen(command, cwd=HOUSE, env=os.environ | given, stderr=subprocess.DEVNULL) as process:
        try:
            until(lambda: states(app) == {(JobState.DONE, 1)} or process.poll())
            with app.app_context():
                mine = lease(db.engine, scheduler.LEASE)
            assert not mine.take()
        finally:
            process.send_signal(signal.SIGKILL)
    assert mine.take()
    mine.release()
    assert scheduler.TRY_EVERY <= 60


def test_it_ends_when_told_to(sqlite_database, tmp_path):
    given = {"YICHUANG_INSTANCE": str(tmp_path), "YICHUANG_DATABASE_URL": sqlite_database}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "run-scheduler"]
    with subprocess.Popen(
        command, cwd=HOUSE, env=os.environ | given, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as process:
        assert any("scheduler works" in line for line in iter(process.stderr.readline, ""))
        process.send_signal(signal.SIGTERM)
        process.stderr.read()
        assert process.wait(60) == 0


def test_a_job_that_fails_does_not_stop_the_others(app, quick, caplog):
    with app.app_context(), transaction():
        jobs.enqueue("clocks.recompute", "bad", nonsense=1)
        jobs.enqueue("clocks.recompute", "good", centre_id=1)
    with serving(app):
        until(lambda: (JobState.DONE, 1) in states(app) and (JobState.WAITING, 1) in states(app))


def test_the_nightly_look_is_asked_for_once_a_day(app):
    never = threading.Event()
    with app.app_context():
        scheduler.sweep(never)
        scheduler.sweep(never)
        assert [job.name for job in session.query(Job).order_by(Job.id)] == list(scheduler.NIGHTLY)
        clock.freeze(clock.now() + timedelta(days=1))
        scheduler.sweep(never)
        assert session.query(Job).count() == 2 * len(scheduler.NIGHTLY)
        while jobs.run_next():
            pass
        assert {job.state for job in session.query(Job)} == {JobState.DONE}


def test_what_is_of_no_use_goes_and_the_rest_stays(app):
    with app.app_context():
        with transaction():
            staff.note_attempt("login", "old")
            session.add(once.IdempotencyKey(key="old", operation="x"))
            jobs.enqueue("clocks.recompute", "old", centre_id=1)
        while jobs.run_next():
            pass
        clock.freeze(clock.now() + timedelta(days=31))
        with transaction():
            staff.note_attempt("login", "new")
            session.add(once.IdempotencyKey(key="new", operation="x"))
            jobs.enqueue("clocks.recompute", "new", centre_id=1)
        scheduler.forget(threading.Event())
        assert [row.subject for row in session.query(Attempt)] == ["new"]
        assert [row.key for row in session.query(once.IdempotencyKey)] == ["new"]
        assert [row.unique_key for row in session.query(Job)] == ["new"]


def test_the_heads_of_the_chains_are_kept_outside(app):
    instance = app.extensions["yichuang"].instance
    with app.app_context():
        make_centre()
        with transaction():
            trail.record("test.first")
        scheduler.keep_heads(threading.Event())
        with transaction():
            trail.record("test.second")
        scheduler.keep_heads(threading.Event())
        kept = heads.read(instance / heads.FILE)
        assert kept[0][0] == 2
        assert (instance / heads.FILE).stat().st_mode & 0o077 == 0
    runner = app.test_cli_runner()
    assert runner.invoke(args=["verify-trail"]).exit_code == 0
    with (instance / heads.FILE).open("a") as file:
        file.write(f"2026-11-24T00:00:00+00:00 0 7 {'00' * 32}\n")
    result = runner.invoke(args=["verify-trail"])
    assert result.exit_code == 1 and "末尾被截去" in result.output
    heads.begin_anew(instance)
    assert runner.invoke(args=["verify-trail"]).exit_code == 0 and list(instance.glob("trail-heads.*.log"))
