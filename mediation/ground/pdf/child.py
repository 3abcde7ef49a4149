"""The child process: opens a workshop once, then answers jobs until its input ends.

``python -m mediation.ground.pdf.child``; the first message names the workshop ("package.module:function") and its
options. The function returns a callable that takes a job's values and returns bytes.
"""

import gc
import importlib
import math
import os
import resource
import sys
import traceback
from pathlib import Path

from mediation.ground.pdf import wire
from mediation.ground.pdf.faults import NO_PANGO, MissingCharacters

COLLECT_EVERY = 4


def main():
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not get between the answers
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the text of a paper
    try:
        order, _ = wire.receive(jobs)
        work = _open(order["workshop"], order["options"])
    except Exception as fault:
        wire.send(answers, _told(fault))
        return
    gc.collect()
    gc.freeze()
    gc.disable()  # run by hand: a collection in the middle of a paper costs a third of its time
    _limit_memory(order["memory_mb"])
    wire.send(answers, {"ready": True})
    done = 0
    while True:
        try:
            job, _ = wire.receive(jobs)
        except EOFError:
            return
        _limit_cpu(order["cpu_seconds"])
        try:
            body = work(**job)
        except Exception as fault:
            wire.send(answers, _told(fault))
        else:
            wire.send(answers, {"ok": True}, body)
        done += 1
        if done % COLLECT_EVERY == 0:
            gc.collect()


def _open(workshop, options):
    module, _, function = workshop.partition(":")
    try:
        loaded = importlib.import_module(module)
    except OSError as fault:  # what a missing system library raises when it is first called for
        raise Unavailable from fault
    return getattr(loaded, function)(**options)


class Unavailable(Exception):
    """A system library is missing."""


def _limit_cpu(seconds):
    """Let this process use so much more processor time; beyond it the system ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _limit_memory(megabytes):
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def _told(fault):
    """Say what went wrong without a word of the values: a message may hold a name or a number."""
    if isinstance(fault, MissingCharacters):
        return {"missing": fault.characters}
    if isinstance(fault, MemoryError):
        return {"limit": "memory"}
    if isinstance(fault, Unavailable):
        return {"unavailable": NO_PANGO}
    place = traceback.extract_tb(fault.__traceback__)[-1]
    return {"broken": f"{type(fault).__name__} at {Path(place.filename).name}:{place.lineno}"}


if __name__ == "__main__":
    main()
