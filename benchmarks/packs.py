"""Do the other pages stay quick while 200 packs are printed in the background, and how long does that take?

    .venv/bin/python -m benchmarks.packs [--packs 200] [--cases 10000] [--engine sqlite]

A throw-away database with bulk cases and so many packs is served by gunicorn, the scheduler works beside it. Somebody
opens the list of cases and a case by turns, ten times a second: first while nothing is printed, then while the packs
are, whose papers are all new. Everything runs on one machine; the load beside it is told.
"""

import argparse
import http.client
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import quantiles

from sqlalchemy import delete

from benchmarks import serving
from benchmarks.load import Ask, send
from benchmarks.pages import _known, _log_in, _say
from mediation.demonstration.bulk import fill
from mediation.ground import crypto, db, files
from mediation.ground.jobs import Job
from mediation.registry.access.rules import Role
from mediation.rooms import open_rooms
from mediation.stages.confirmation import packruns
from mediation.stages.confirmation.models import PackRun
from mediation.stages.confirmation.rules import RunState
from tests import packs, road
from tests.migrated import migrate
from tests.road import do

PAUSE = 0.1  # seconds between two pages
IDLE_PAGES = 200
PATIENCE = 1800


def main() -> None:
    """Print the two rows of pages, and what the print took."""
    given = _arguments()
    with serving.folder() as folder, serving.database(given.engine, folder) as url:
        known, county, chosen = _prepare(url, folder, given)
        with serving.served("wsgi:app", url, folder) as port, _scheduler(url, folder) as worker:
            visitor = _Visitor(known, port)
            visitor.look(50)
            idle = visitor.look(IDLE_PAGES)
            began = time.monotonic()
            public_id = do(packruns.ask, chosen, by=county.liaison)
            busy, peak = [[], []], 0
            while (row := _row(public_id)).state == RunState.RUNNING and time.monotonic() - began < PATIENCE:
                for found, more in zip(busy, visitor.look(20), strict=True):
                    found += more
                peak = max(peak, *_peaks(worker.pid))
            took = time.monotonic() - began
            size = sum(each.stat().st_size for each in (folder / "files").glob(f"*/{row.file_name}"))
        db.disconnect()
    print(f"{'':32}{'p50 ms':>9}{'p95 ms':>9}{'pages':>8}")
    for name, place in (("list of cases", 0), ("a case", 1)):
        for when, found in (("nothing printed", idle), ("packs printed", busy)):
            cuts = quantiles(found[place], n=20)
            print(f"{name + ', ' + when:32}{1000 * cuts[9]:9.1f}{1000 * cuts[18]:9.1f}{len(found[place]):8}")
    print(
        f"{row.done} packs, {row.pages} pages, {size / 1e6:.1f} MB in {took:.0f} s ({row.state}); the largest process "
        f"{peak} MB; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--packs", type=int, default=packruns.MOST)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite")
    return parser.parse_args()


def _prepare(url: str, folder: Path, given: argparse.Namespace):
    """Fill a database; return who asks, the county of the packs and their public ids."""
    migrate(url)
    crypto.use(crypto.read_or_make_key(folder / "master-key"))
    files.use(files.Store(folder / "files"))
    open_rooms()
    db.connect(url)
    fill(given.cases, say=_say)
    known, county, chosen = _known(), road.make_county(), []
    for number in range(given.packs):
        _case, application, refs = packs.handed(county)
        for ref in refs:
            packs.address(county, ref)
        chosen.append(application)
        if number % 50 == 49:
            _say(f"{number + 1} packs handed over")
    with db.transaction():
        db.session.execute(delete(Job))  # the papers are printed with the packs, not before
    return known, county, chosen


class _scheduler:
    """The scheduler's process."""

    def __init__(self, url: str, instance: Path):
        self._env = os.environ | {"YICHUANG_DATABASE_URL": url, "YICHUANG_INSTANCE": str(instance)}

    def __enter__(self) -> subprocess.Popen:
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "run-scheduler"]
        self._process = subprocess.Popen(
            command, cwd=serving.HOUSE, env=self._env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(15)  # it takes its lease, and looks after the clocks once
        return self._process

    def __exit__(self, *_error) -> None:
        self._process.terminate()
        self._process.wait()


class _Visitor:
    """Somebody who opens pages."""

    def __init__(self, known, port: int):
        self._cases, self._number = known.cases, 0
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies = [
            _log_in(port, known.logins[role], known.password) for role in (Role.SUPERVISOR, Role.INTAKE_CLERK)
        ]

    def look(self, pages: int) -> tuple[list[float], list[float]]:
        """Open the list and a case by turns; return the seconds of each."""
        found: tuple[list[float], list[float]] = ([], [])
        for _ in range(pages):
            self._number += 1
            which = self._number % 2
            path = f"/cases/{self._cases[self._number % len(self._cases)]}" if which else "/cases"
            began = time.perf_counter()
            status = send(self._connection, Ask(path), self._cookies[which])[0]
            found[which].append(time.perf_counter() - began)
            if status != 200:
                sys.exit(f"{path} answered {status}")
            time.sleep(PAUSE)
        return found


def _row(public_id: str) -> PackRun:
    db.session.rollback()
    return db.session.query(PackRun).filter_by(public_id=public_id).one()


def _peaks(process: int) -> list[int]:
    """Return the peak memory of a process and its children in MB; 0 where the system does not tell."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        told = [Path(f"/proc/{each}/status").read_text() for each in (process, *children)]
        return [int(text.partition("VmHWM:")[2].split()[0]) >> 10 for text in told]
    except (OSError, IndexError):
        return [0]


if __name__ == "__main__":
    main()
