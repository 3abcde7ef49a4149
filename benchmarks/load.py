"""Eight plain connections that ask again and again, and what came of it."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from statistics import quantiles
from urllib.parse import urlencode

CONNECTIONS = 8
PATIENCE = 60


@dataclass(frozen=True)
class Ask:
    """One request: a form is posted, everything else is fetched."""

    path: str
    form: dict | None = None


@dataclass
class Task:
    """Something to measure: ``ask`` gives the n-th request, ``status`` is the answer that counts."""

    name: str
    port: int
    ask: Callable[[int], Ask]
    cookie: str = ""
    status: int = 200
    floor: str | None = None  # the task that it is compared with
    took: list[float] = field(default_factory=list)
    seconds: float = 0
    numbers: Iterator[int] = field(default_factory=count)

    @property
    def rate(self) -> float:
        return len(self.took) / self.seconds

    @property
    def p50(self) -> float:
        return quantiles(self.took, n=20)[9] * 1000

    @property
    def p95(self) -> float:
        return quantiles(self.took, n=20)[18] * 1000


def run(task: Task, seconds: float) -> None:
    """Ask for so many seconds on all connections and add what was measured to the task."""
    begin = time.monotonic()
    lanes = [_Lane(task, number, begin + seconds) for number in range(CONNECTIONS)]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    failed = next((lane.fault for lane in lanes if lane.fault), None)
    if failed:
        raise RuntimeError(f"{task.name}: {failed}")
    task.seconds += time.monotonic() - begin
    task.took += [took for lane in lanes for took in lane.took]


class _Lane(threading.Thread):
    """One connection."""

    def __init__(self, task: Task, number: int, until: float):
        super().__init__(daemon=True)
        self.task, self.until = task, until
        self.took: list[float] = []
        self.fault: str | None = None

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.task.port, timeout=PATIENCE)
        try:
            while time.monotonic() < self.until and not self.fault:
                asked = self.task.ask(next(self.task.numbers))
                began = time.perf_counter()
                status = send(connection, asked, self.task.cookie)[0]
                self.took.append(time.perf_counter() - began)
                if status != self.task.status:
                    self.fault = f"{asked.path} answered {status}"
        except OSError as error:
            self.fault = repr(error)
        finally:
            connection.close()


def send(connection: http.client.HTTPConnection, asked: Ask, cookie: str = "") -> tuple[int, str, list[str]]:
    """Send one request; return status, body and the cookies that were set."""
    headers = {"Cookie": cookie} if cookie else {}
    if asked.form is None:
        connection.request("GET", asked.path, headers=headers)
    else:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("POST", asked.path, urlencode(asked.form).encode(), headers)
    answer = connection.getresponse()
    body = answer.read().decode("utf-8", "replace")
    return answer.status, body, [value.partition(";")[0] for value in answer.headers.get_all("Set-Cookie", [])]
