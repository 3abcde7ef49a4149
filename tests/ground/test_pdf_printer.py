"""The printer and its watched child (P18, B16)."""

import os
import signal
import threading

import pytest

from mediation.ground.pdf.faults import (
    MissingCharacters,
    PressBroken,
    PressBusy,
    PressUnavailable,
    TooCostly,
    TooLong,
)
from mediation.ground.pdf.printer import Limits, Printer

TIGHT = Limits(cpu_seconds=1, memory_mb=200, wall_seconds=30, start_seconds=30, recycle_mb=120)


@pytest.fixture
def printer():
    made = Printer("tests.ground.workshops:open_bench", {}, TIGHT)
    yield made
    made.close()


def pid(printer):
    return int(printer.render(do="pid"))


def test_one_warm_child_serves_many_jobs(printer):
    assert printer.started == 0
    assert pid(printer) == pid(printer) != os.getpid()
    assert printer.started == 1


def test_a_stray_print_does_not_get_between_the_answers(printer):
    assert printer.render(do="say", text="甲乙").decode() == "甲乙"
    assert printer.render(do="say", text="丙").decode() == "丙"


@pytest.mark.parametrize(
    ("task", "limit"),
    [
        ("spin", "cpu"),
        ("swell", "memory"),
        ("map", "memory"),
    ],
)
def test_a_job_beyond_its_limits_is_stopped_and_the_child_replaced(printer, task, limit):
    first = pid(printer)
    with pytest.raises(TooCostly) as refused:
        printer.render(do=task)
    assert refused.value.limit == limit
    assert pid(printer) != first
    assert printer.started == 2


def test_a_job_that_takes_too_long_is_stopped():
    printer = Printer("tests.ground.workshops:open_bench", {}, Limits(wall_seconds=0.3))
    with pytest.raises(TooCostly) as refused:
        printer.render(do="sleep")
    assert refused.value.limit == "time"


def test_a_dead_child_is_replaced(printer):
    first = pid(printer)
    with pytest.raises(PressBroken):
        printer.render(do="die")
    assert pid(printer) != first


def test_a_child_killed_between_jobs_is_replaced(printer):
    first = pid(printer)
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    assert printer.render(do="say", text="甲") == "甲".encode()
    assert printer.started == 2


def test_a_child_that_has_grown_is_exchanged_after_its_job(printer):
    first = pid(printer)
    printer.render(do="grow")
    assert pid(printer) != first


def test_a_fault_says_where_and_not_with_what(printer):
    with pytest.raises(PressBroken, match=r"^ValueError at workshops.py:\d+$"):
        printer.render(do="fail", name="张三")
    assert printer.started == 1


def test_missing_characters_come_back_by_name_and_code_point(printer):
    with pytest.raises(MissingCharacters, match=r"U\+E000") as refused:
        printer.render(do="missing")
    assert refused.value.params == {"characters": "\ue000（U+E000）"}


@pytest.mark.parametrize(
    ("job", "limit"),
    [
        ({"text": "字" * 20_001}, 20_000),
        ({"text": ["字" * 20_000] * 2 + ["字" * 10_001]}, 50_000),
        ({"text": "字" * 1_000_000}, 20_000),
    ],
)
def test_long_texts_are_refused_before_anything_starts(printer, job, limit):
    with pytest.raises(TooLong) as refused:
        printer.render(do="say", **job)
    assert refused.value.limit == limit
    assert printer.started == 0


def test_no_secret_of_ours_reaches_the_child(printer, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hush")
    assert b"hush" not in printer.render(do="environment")


def test_threads_share_the_child_in_turn(printer):
    found = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(printer.render(do="say", text=f"第{n}份").decode()))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [f"第{n}份" for n in range(8)]
    assert printer.started == 1


def test_who_waits_too_long_is_told_so():
    printer = Printer("tests.ground.workshops:open_bench", {}, Limits(wall_seconds=0.5))
    busy = threading.Event()

    def hold():
        with printer._lock:
            busy.set()
            finished.wait()

    finished = threading.Event()
    holder = threading.Thread(target=hold)
    holder.start()
    busy.wait()
    try:
        with pytest.raises(PressBusy):
            printer.render(do="pid")
    finally:
        finished.set()
        holder.join()
    assert printer.started == 0


def test_a_forked_worker_starts_a_child_of_its_own(printer):
    mine = pid(printer)
    reader, writer = os.pipe()
    worker = os.fork()
    if worker == 0:
        os.write(writer, str(pid(printer)).encode())
        printer.close()
        os._exit(0)
    os.waitpid(worker, 0)
    os.close(writer)
    with os.fdopen(reader) as told:
        assert int(told.read()) != mine
    assert pid(printer) == mine


def test_closing_ends_the_child_and_a_later_job_starts_another(printer):
    first = pid(printer)
    printer.close()
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
    assert pid(printer) != first


def test_without_pango_one_sentence_names_the_packages():
    printer = Printer("tests.ground.no_pango:open_bench", {}, TIGHT)
    with pytest.raises(PressUnavailable) as refused:
        printer.render(do="pid")
    for words in ("缺少系统库 Pango", "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0", "brew install pango"):
        assert words in str(refused.value)


def test_a_workshop_that_does_not_open_is_told_and_leaves_nobody_behind():
    printer = Printer("tests.ground.workshops:nothing", {}, TIGHT)
    with pytest.raises(PressBroken, match="AttributeError"):
        printer.render(do="pid")
    assert printer._child is None
