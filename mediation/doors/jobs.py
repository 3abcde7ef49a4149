"""The scheduler's process: one timetable, worked by one process at a time (B14).

What is due is found in the database, so a run that was missed heals itself; here stands only when to look.
"""

import logging
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import click
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from flask import current_app
from flask.cli import with_appcontext

from mediation.casefile.cases import drafts
from mediation.casefile.notices import operations as notices
from mediation.doors.shared import heads
from mediation.ground import clock, jobs, once
from mediation.ground import orphans as _orphans  # noqa: F401 - offers its job
from mediation.ground.db import db, transaction
from mediation.ground.lease import lease
from mediation.registry.staff import operations as staff
from mediation.stages.confirmation import packruns
from mediation.stages.groups import prints
from mediation.stages.groups.rules import KEPT_DAYS

log = logging.getLogger(__name__)

LEASE = "scheduler"
TRY_EVERY = 10  # seconds; a dead holder is followed within a minute (P34)
LOOK_EVERY = 2
YIELDS = 10  # pages that somebody waits for go before what is printed in the background

# In this order: what is told of last days rests on the newest calendar, and not on time that is over.
NIGHTLY = (
    "clocks.recompute_provisional", "confirmation.lapse", "notices.sweep", "limitation.sweep", "assisting.sweep",
    "cases.count", "bundles.expire", "files.sweep",
)

# How long what is of no use any more is kept.
KEYS_AND_JOBS = timedelta(days=30)
ATTEMPTS_AND_SESSIONS = timedelta(days=30)
DRAFTS = timedelta(days=90)
READ_NOTICES = timedelta(days=90)
GROUP_PRINTS = timedelta(days=KEPT_DAYS)
PACK_RUNS = timedelta(days=packruns.KEPT_DAYS)


def work(stop: threading.Event) -> None:
    """Run what is due until nothing is."""
    while not stop.is_set() and jobs.run_next():
        pass


def sweep(stop: threading.Event) -> None:
    """Ask for the nightly looks at clocks and counts; once a day, whoever asks."""
    with transaction():
        for name in NIGHTLY:
            jobs.enqueue(name, f"{name}/{clock.today()}")


def forget(stop: threading.Event) -> None:
    """Delete used keys, done jobs, old attempts, dead sessions, abandoned drafts and notices read long ago."""
    now = clock.now()
    for old, before in (
        (once.forget, now - KEYS_AND_JOBS),
        (jobs.forget, now - KEYS_AND_JOBS),
        (staff.forget, now - ATTEMPTS_AND_SESSIONS),
        (drafts.forget_old, now - DRAFTS),
        (notices.forget, now - READ_NOTICES),
        (prints.forget, now - GROUP_PRINTS),
        (packruns.forget, now - PACK_RUNS),
    ):
        with transaction():
            old(before)


def keep_heads(stop: threading.Event) -> None:
    """Write the ends of the trail's chains to the file that is kept outside the database."""
    heads.keep(current_app.extensions["yichuang"].instance)


@dataclass(frozen=True)
class Entry:
    """One line of the timetable; ``at_start`` also runs it when this process gets the lease."""

    do: Callable[[threading.Event], None]
    when: BaseTrigger
    at_start: bool = True


def _nightly(hour, minute):
    return CronTrigger(hour=hour, minute=minute, timezone=clock.SHANGHAI)


TIMETABLE = (
    Entry(work, IntervalTrigger(seconds=LOOK_EVERY, timezone=clock.SHANGHAI), at_start=False),
    Entry(sweep, _nightly(0, 10)),
    Entry(keep_heads, _nightly(1, 0), at_start=False),
    Entry(forget, _nightly(3, 0)),
)


def register(app) -> None:
    """Add the scheduler's command."""
    app.cli.add_command(run_scheduler)


@click.command("run-scheduler")
@with_appcontext
def run_scheduler():
    """运行计划任务（另开一个进程；同时开几个，只有一个干活）。"""
    os.nice(YIELDS)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        # from another thread: the handler runs in the one that may just hold the event's own lock
        signal.signal(number, lambda *_: threading.Thread(target=stop.set).start())
    serve(current_app._get_current_object(), stop)


def serve(app, stop: threading.Event) -> None:
    """Work the timetable whenever this process holds the lease, until told to stop."""
    with app.app_context():
        mine = lease(db.engine, LEASE)
    waiting = False
    while not stop.is_set():
        if mine.take():
            log.info("scheduler works")
            waiting = False
            _work_while_held(app, mine, stop)
        elif not waiting:
            log.info("another scheduler works, this one waits")
            waiting = True
        stop.wait(TRY_EVERY)
    mine.release()


def _work_while_held(app, mine, stop):
    ending = threading.Event()
    scheduler = BackgroundScheduler(
        timezone=clock.SHANGHAI, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600}
    )
    for entry in TIMETABLE:
        scheduler.add_job(_inside(app, entry.do, ending), entry.when, name=entry.do.__name__)
        if entry.at_start:
            scheduler.add_job(_inside(app, entry.do, ending), name=f"{entry.do.__name__} at start")
    scheduler.start()
    while mine.is_held() and not stop.wait(LOOK_EVERY):
        pass
    ending.set()
    scheduler.shutdown()


def _inside(app, do, stop):
    """Return the work of an entry as the scheduler calls it: inside the application, its failure logged."""

    def run():
        with app.app_context():
            try:
                do(stop)
            except Exception:
                log.exception("%s failed", do.__name__)

    return run
