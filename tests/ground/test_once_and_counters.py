"""Keys that work once, numbers without gaps, work that is done once: also when many ask at the same time."""

import threading
from types import SimpleNamespace

import pytest

from mediation.ground import counters, jobs
from mediation.ground.db import session, transaction
from mediation.ground.once import IdempotencyKey, once

BY = SimpleNamespace(account_id=1)


def in_parallel(count, do):
    """Run ``do(number)`` in as many threads and return what they gave or raised."""
    found = [None] * count
    gate = threading.Barrier(count)

    def run(number):
        gate.wait()
        try:
            found[number] = do(number)
        except Exception as error:
            found[number] = error
        finally:
            session.remove()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_an_operation_with_a_key_runs_once(ground):
    runs = []

    @once
    def create(*, by, key=None):
        runs.append(1)
        return f"result {len(runs)}"

    with transaction():
        first = create(by=BY, key="k")
    with transaction():
        again = create(by=BY, key="k")
        other = create(by=BY, key="other")
        without = create(by=BY)
    assert (first, again, other, without) == ("result 1", "result 1", "result 2", "result 3")


def test_a_key_of_a_failed_operation_can_be_used_again(ground):
    @once
    def create(*, by, fails, key=None):
        if fails:
            raise ValueError
        return "made"

    with pytest.raises(ValueError), transaction():
        create(by=BY, key="k", fails=True)
    with transaction():
        assert create(by=BY, key="k", fails=False) == "made"


def test_twenty_parallel_sends_of_one_form_run_once(ground):
    runs = []

    @once
    def create(*, by, number, key=None):
        runs.append(number)
        return f"result {number}"

    def send(number):
        with transaction():
            return create(by=BY, number=number, key="the form")

    found = in_parallel(20, send)
    assert len(runs) == 1
    assert set(found) == {f"result {runs[0]}"}
    assert session.query(IdempotencyKey).count() == 1


def test_numbers_have_no_gap_though_writers_give_up(ground):
    def send(number):
        with transaction():
            taken = counters.take("register", 1, 2026)
            if number % 4 == 3:
                raise ValueError
            return taken

    found = in_parallel(16, send)
    taken = sorted(number for number in found if isinstance(number, int))
    assert taken == list(range(1, 13))
    assert counters.last("register", 1, 2026) == 12


def test_each_series_begins_at_one(ground):
    with transaction():
        assert counters.take("body", 5, 2026) == 1
        assert counters.take("body", 5, 2027) == 1
        assert counters.take("body", 5, 2026) == 2


def test_a_job_is_done_once_by_many_workers(ground):
    done = []
    jobs.job("test.count")(lambda number: done.append(number))
    with transaction():
        for number in range(12):
            jobs.enqueue("test.count", f"count/{number}", number=number)
            jobs.enqueue("test.count", f"count/{number}", number=number)

    def work(_number):
        while jobs.run_next():
            pass

    in_parallel(4, work)
    assert sorted(done) == list(range(12))


def test_a_failing_job_is_tried_again_and_given_up(ground):
    tried = []

    @jobs.job("test.fails")
    def fail():
        tried.append(1)
        raise ValueError

    with transaction():
        jobs.enqueue("test.fails", "once")
    assert jobs.run_next()
    assert session.query(jobs.Job.state).scalar() == jobs.JobState.WAITING
    assert not jobs.run_next()  # the pause has begun
    assert len(tried) == 1
