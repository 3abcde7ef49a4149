"""The printer: hands jobs to a warm child process, watches it, and replaces it when it overruns or dies."""

import atexit
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from mediation.ground.pdf import wire
from mediation.ground.pdf.faults import (
    MissingCharacters,
    PressBroken,
    PressBusy,
    PressUnavailable,
    TooCostly,
    TooLong,
)

HOUSE = Path(__file__).resolve().parents[3]
PASSED_ON = (
    *("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME"),
    *("FONTCONFIG_FILE", "FONTCONFIG_PATH", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"),
)


@dataclass(frozen=True)
class Limits:
    """What one job may use, and when the child is exchanged for a fresh one."""

    cpu_seconds: int = 20
    memory_mb: int = 512
    wall_seconds: float = 60
    start_seconds: float = 180  # the first start on a machine cuts the fonts
    recycle_mb: int = 320
    longest_text: int = 20_000
    all_text: int = 50_000


class Printer:
    """One child, one job at a time; threads wait for each other, processes each have their own.

    ``workshop`` names a function ("package.module:function") that the child calls once with ``options``.
    """

    def __init__(self, workshop: str, options: Mapping[str, object], limits: Limits | None = None):
        self._order = {"workshop": workshop, "options": dict(options)}
        self._limits = limits or Limits()
        self._lock = threading.Lock()
        self._child: _Child | None = None
        self._count = 0
        atexit.register(self.close)

    @property
    def started(self) -> int:
        """How many children this printer has started."""
        return self._count

    def render(self, **job) -> bytes:
        """Return what the workshop makes of the job.

        Raises TooLong before anything starts, MissingCharacters, TooCostly when the job overran its limits,
        PressBusy after waiting for others in vain, PressBroken or PressUnavailable.
        """
        self._measure(job)
        if not self._lock.acquire(timeout=self._limits.wall_seconds):
            raise PressBusy
        try:
            return self._ask(job)
        finally:
            self._lock.release()

    def warm(self) -> None:
        """Start the child now rather than with the first job."""
        with self._lock:
            self._ready()

    def close(self) -> None:
        """Let the child go; a later job starts a new one."""
        with self._lock:
            self._drop()

    def _ask(self, job):
        child = self._ready()
        try:
            with child.watched(self._limits.wall_seconds, self._limits.memory_mb):
                wire.send(child.jobs, job)
                head, body = wire.receive(child.answers)
        except (EOFError, BrokenPipeError):
            fault = child.fault()
            self._drop()
            raise fault from None
        if "limit" in head or child.memory_mb() > self._limits.recycle_mb:
            self._drop()
        return _result(head, body)

    def _ready(self):
        if self._child and self._child.owner != os.getpid():
            self._child = None  # inherited by a fork: it belongs to the parent
        if self._child and not self._child.alive():
            self._drop()
        if not self._child:
            child = _Child()
            self._count += 1
            order = self._order | {"cpu_seconds": self._limits.cpu_seconds, "memory_mb": self._limits.memory_mb}
            try:
                with child.watched(self._limits.start_seconds, self._limits.memory_mb):
                    wire.send(child.jobs, order)
                    head, _ = wire.receive(child.answers)
                _result(head, b"")
            except (EOFError, BrokenPipeError):
                fault = child.fault()
                child.end()
                raise fault from None
            except BaseException:
                child.end()
                raise
            self._child = child
        return self._child

    def _drop(self):
        child, self._child = self._child, None
        if child and child.owner == os.getpid():
            child.end()

    def _measure(self, job):
        total = 0
        for text in _texts(job):
            if len(text) > self._limits.longest_text:
                raise TooLong(len(text), self._limits.longest_text)
            total += len(text)
        if total > self._limits.all_text:
            raise TooLong(total, self._limits.all_text)


class _Child:
    """A running child process with its pipes."""

    def __init__(self):
        env = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "mediation.ground.pdf.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what libraries complain about may quote a paper
            cwd=HOUSE,
            env=env | {"PYTHONPATH": str(HOUSE), "PYTHONUTF8": "1"},  # no secret of ours is handed on
        )
        self.jobs = cast(BinaryIO, self._process.stdin)
        self.answers = cast(BinaryIO, self._process.stdout)
        self.owner = os.getpid()
        self._breach = None

    def alive(self):
        return self._process.poll() is None

    def memory_mb(self):
        """Return the resident memory; 0 where the system does not tell."""
        try:
            pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1])
        except (OSError, IndexError):
            return 0
        return pages * os.sysconf("SC_PAGE_SIZE") >> 20

    @contextmanager
    def watched(self, seconds: float, megabytes: int) -> Iterator[None]:
        """Kill the child when it takes longer or grows larger, until the block is left."""
        over = threading.Event()
        watch = threading.Thread(target=self._watch, args=(over, seconds, megabytes), daemon=True)
        watch.start()
        try:
            yield
        finally:
            over.set()
            watch.join()

    def _watch(self, over, seconds, megabytes):
        end = time.monotonic() + seconds
        while not over.wait(0.05):
            if time.monotonic() > end:
                self._breach = "time"
            elif self.memory_mb() > megabytes:
                self._breach = "memory"
            if self._breach:
                self._process.kill()
                return

    def fault(self):
        """Return why the child has gone."""
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:  # it closed its end but lives
            self._process.kill()
            code = self._process.wait()
        if self._breach or code == -signal.SIGXCPU:
            return TooCostly(self._breach or "cpu")
        return PressBroken(f"the child ended with {code}")

    def end(self):
        self._process.kill()
        self._process.wait()
        self.answers.close()
        try:
            self.jobs.close()
        except BrokenPipeError:  # an unsent rest of a job
            pass


def _result(head, body):
    if "missing" in head:
        raise MissingCharacters(head["missing"])
    if "limit" in head:
        raise TooCostly(head["limit"])
    if "unavailable" in head:
        raise PressUnavailable(head["unavailable"])
    if "broken" in head:
        raise PressBroken(head["broken"])
    return body


def _texts(value: object) -> Iterator[str]:
    """Yield every text in JSON values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)


_printer: Printer | None = None


def use(printer: Printer) -> None:
    """Take a printer into use for this process."""
    global _printer
    _printer = printer


def printer() -> Printer:
    """Return the printer in use."""
    if _printer is None:
        raise RuntimeError("no printer in use")
    return _printer
