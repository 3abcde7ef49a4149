"""Where bulk cases are registered and who takes them; the numbers given out so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from mediation.casefile.cases.rules import Grade
from mediation.ground import clock
from mediation.ground.ids import first_id_of
from mediation.registry.calendar.queries import calendar_of
from mediation.registry.settings import queries as settings

ROOM = 64  # ids that one case may take


@dataclass(frozen=True)
class Seat:
    """A body that takes bulk cases, with its mediator."""

    unit_id: int
    name: str
    number_word: str
    area_code: str
    mediator_id: int
    account_id: int


@dataclass
class Office:
    """Who and what bulk cases are registered with, and the numbers given out so far."""

    centre_id: int
    register_word: str
    window_id: int
    root_id: int
    clerk_id: int
    seats: Sequence[Seat]
    areas: Sequence[str]
    shift: int  # where in its millisecond a case's ids begin: another place for each filling
    serials: dict[str, int] = field(default_factory=dict)
    periods: dict[tuple[str, date], tuple[int, str, date, bool]] = field(default_factory=dict)
    weights: dict[Grade, int] = field(default_factory=dict)

    def next(self, *series) -> int:
        """Return the next number of a series; the counters are written with the batch."""
        name = "/".join(map(str, series))
        self.serials[name] = self.serials.get(name, 0) + 1
        return self.serials[name]

    def first_id(self, at: datetime) -> int:
        """Return the first of the ids that belong to what is registered at an instant."""
        return first_id_of(at) + self.shift

    def due(self, basis: str, start: date) -> tuple[int, str, date, bool]:
        """Return a period from a day: amount, unit, last day, whether it is provisional."""
        if (basis, start) not in self.periods:
            figure = settings.days(basis, on=start, centre_id=self.centre_id)
            last = calendar_of(self.centre_id).end_of_period(start, **figure.period)
            self.periods[basis, start] = figure.amount, figure.unit, last.day, last.provisional
        return self.periods[basis, start]

    def points(self, grade: Grade) -> int:
        """Return what a running proceeding of that grade weighs for its mediator."""
        if grade not in self.weights:
            self.weights[grade] = settings.number(f"load.{grade}", on=clock.today(), centre_id=self.centre_id)
        return self.weights[grade]
