"""Workshops for a printer under test: what its child opens instead of a press."""

import json
import mmap
import os
import time

from mediation.ground.pdf.faults import MissingCharacters


def open_bench(**options):
    """Return work that does as it is told."""
    return lambda **job: TASKS[job["do"]](job)


def _spin(job):
    while True:
        pass


def _map(job):
    shared = mmap.mmap(-1, 300 << 20)  # shared pages: only the watch outside counts them
    shared.write(b"x" * (300 << 20))
    time.sleep(10)
    return b""


def _fail(job):
    raise ValueError(f"cannot print {job['name']}")


def _missing(job):
    raise MissingCharacters(["\ue000"])


def _say(job):
    print("a stray line")
    return job["text"].encode()


def _grow(job):
    KEPT.append(b"x" * (150 << 20))
    return b""


KEPT = []
TASKS = {
    "say": _say,
    "spin": _spin,
    "swell": lambda job: bytes(bytearray(600 << 20)),
    "map": _map,
    "sleep": lambda job: time.sleep(30),
    "die": lambda job: os._exit(3),
    "fail": _fail,
    "missing": _missing,
    "grow": _grow,
    "pid": lambda job: str(os.getpid()).encode(),
    "environment": lambda job: json.dumps(dict(os.environ)).encode(),
}
