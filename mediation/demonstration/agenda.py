"""Time in the demonstration: the courses of all cases go on side by side, each act at its own instant.

A course is a generator. What it does between two ``yield`` happens at one instant of the program's time; what it
yields is the instant at which it goes on. Where nobody does anything any more it ends, or raises :class:`StandsStill`.
"""

import gc
import heapq
import random
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta

from mediation.ground import clock, rereading
from mediation.ground.db import session
from mediation.registry.calendar.rules import WorkCalendar
from mediation.registry.units.models import Centre, Unit

Course = Generator[datetime, None, None]
LASTING = (Centre, Unit)
MORNING, NOON, EVENING = time(8, 40), time(14, 10), time(17, 20)


class StandsStill(Exception):
    """Nobody goes on with the case; it stays as it is."""


class Agenda:
    """What happens next, by instant; the first that was entered goes first."""

    def __init__(self, until: datetime):
        self.until = until
        self.acts = 0
        self._entries: list[tuple[datetime, int, Course]] = []
        self._entered = 0

    def enter(self, at: datetime, course: Course) -> None:
        """Let a course begin at that instant."""
        self._entered += 1
        heapq.heappush(self._entries, (at, self._entered, course))

    def run(self, each_day: Callable[[date], None]) -> None:
        """Let everything happen up to the end; ``each_day`` is told every new day before its first act."""
        day = None
        while self._entries and self._entries[0][0] <= self.until:
            at, number, course = heapq.heappop(self._entries)
            clock.freeze(at)
            if clock.day_of(at) != day:
                day = clock.day_of(at)
                each_day(day)
                gc.collect(1)
            session.flush()
            _leave_the_desk()
            try:
                then = next(course)
            except (StopIteration, StandsStill):
                continue
            finally:
                self.acts += 1
            heapq.heappush(self._entries, (max(then, at + timedelta(seconds=20)), number, course))


@contextmanager
def without_cycles():
    """Look for no cycles in the block but where it says so: among thousands of short-lived rows that takes a tenth."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _leave_the_desk() -> None:
    """Let each act read its case afresh, as each request does; the bodies stay as they were met."""
    met = session.identity_map
    for key in [key for key in met.keys() if key[0] not in LASTING]:
        if (row := met.get(key)) is not None:  # some go with the one that they belong to
            session.expunge(row)
    rereading.forget(but=LASTING)


def moment(day: date, at: time) -> datetime:
    """Return an instant of local time, in UTC."""
    return datetime.combine(day, at, clock.SHANGHAI).astimezone(UTC)


def at_work(day: date, chance: random.Random) -> datetime:
    """Return an instant of that day at which offices are open."""
    begin, end = chance.choice(((MORNING, time(11, 20)), (NOON, time(16, 50))))
    minutes = (end.hour - begin.hour) * 60 + end.minute - begin.minute
    return moment(day, begin) + timedelta(minutes=chance.randint(0, minutes), seconds=chance.randint(0, 59))


def later(calendar: WorkCalendar, day: date, working_days: int) -> date:
    """Return the working day so many working days after a day; 0 is the day itself or the next working day."""
    day = calendar.next_workday(day)
    for _ in range(working_days):
        day = calendar.next_workday(day + timedelta(days=1))
    return day


def earlier(calendar: WorkCalendar, day: date, working_days: int) -> date:
    """Return the working day that lies so many working days before a day."""
    for _ in range(working_days):
        day -= timedelta(days=1)
        while not calendar.is_workday(day):
            day -= timedelta(days=1)
    return day
