"""Where the bars and lines of the figures stand: numbers for a drawing whose looks are in the style sheet."""

from dataclasses import dataclass
from datetime import date

from mediation.oversight.statistics import rules
from mediation.oversight.statistics.queries import Month
from mediation.oversight.statistics.rules import Rate

WIDTH, HEIGHT = 560, 232
LEFT, RIGHT, TOP, BASE = 40, 556, 26, 196
MOST = 24  # months that can be told apart; more than these are read in the table
WIDEST_BAR = 34
STEPS = (1, 2, 5)
HALF = 50  # per cent: above it both rates are drawn from there, and the chart says so


@dataclass(frozen=True)
class Tick:
    """A line of the scale."""

    y: float
    value: int


@dataclass(frozen=True)
class Piece:
    """A part of a bar."""

    kind: str
    y: float
    height: float


@dataclass(frozen=True)
class Bar:
    """One month: its place, what it is made of, and the figures it says."""

    month: Month
    x: float
    width: float
    middle: float
    top: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Bars:
    """What was accepted each month, by what has become of it."""

    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Point:
    """A month's rate."""

    month: date
    x: float
    y: float
    rate: Rate


@dataclass(frozen=True)
class Line:
    """A rate over the months; it is broken where a month is left out."""

    kind: str
    points: tuple[Point, ...]
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Lines:
    """Both rates on one scale. From ``open_from`` to the right most cases are still open, and nothing is drawn."""

    ticks: tuple[Tick, ...]
    begins_at: int
    lines: tuple[Line, ...]
    months: tuple[tuple[date, float], ...]
    open_from: float | None


def bars(months: list[Month]) -> Bars | None:
    """Return the bars of some months, None where there are none or too many to draw."""
    if not 0 < len(months) <= MOST:
        return None
    step = _step(max(month.counts.accepted for month in months))
    highest = step * -(-max(month.counts.accepted for month in months) // step)
    ticks = tuple(Tick(_y(value, 0, highest), value) for value in range(0, highest + 1, step))
    return Bars(ticks, tuple(_bar(month, *_place(n, months), highest) for n, month in enumerate(months)))


def _bar(month, middle, room, highest):
    width = min(WIDEST_BAR, room * 0.66)
    counts, at, pieces = month.counts, 0, []
    rest = counts.accepted - counts.mediated - counts.ruled
    for kind, n in (("mediated", counts.mediated), ("ruled", counts.ruled), ("rest", rest)):
        if n:
            top = _y(at + n, 0, highest)
            pieces.append(Piece(kind, top, round(_y(at, 0, highest) - top, 1)))
            at += n
    return Bar(month, round(middle - width / 2, 1), round(width, 1), middle, _y(at, 0, highest), tuple(pieces))


def lines(months: list[Month]) -> Lines | None:
    """Return both rates over some months, None where no month is far enough for one."""
    told = [is_told(month) for month in months]
    if not any(told) or len(months) > MOST:
        return None
    rates = {"mediated": rules.by_mediation, "resolved": rules.with_rulings}
    lowest = min(rules.by_mediation(month.counts).percent for month, is_in in zip(months, told, strict=True) if is_in)
    begins_at = HALF if lowest >= HALF else 0
    places = [_place(n, months)[0] for n in range(len(months))]
    last = max(n for n, is_in in enumerate(told) if is_in)
    return Lines(
        tuple(Tick(_y(value, begins_at, 100), value) for value in range(begins_at, 101, 10 if begins_at else 20)),
        begins_at,
        tuple(_line(kind, rate, months, told, places, begins_at) for kind, rate in rates.items()),
        tuple((month.first, place) for month, place in zip(months, places, strict=True)),
        round((places[last] + places[last + 1]) / 2, 1) if last + 1 < len(months) else None,
    )


def is_told(month: Month) -> bool:
    """Say whether a month's rates tell anything: most of what it accepted has come to an end."""
    return month.counts.accepted > 0 and month.counts.open * 2 <= month.counts.accepted


def _line(kind, rate_of, months, told, places, begins_at):
    runs: list[list[Point]] = [[]]
    for month, is_in, x in zip(months, told, places, strict=True):
        if is_in:
            rate = rate_of(month.counts)
            runs[-1].append(Point(month.first, x, _y(rate.percent, begins_at, 100), rate))
        elif runs[-1]:
            runs.append([])
    paths = (" ".join(f"{point.x},{point.y}" for point in run) for run in runs if len(run) > 1)
    return Line(kind, tuple(point for run in runs for point in run), tuple(paths))


def _place(n, months):
    """Return the middle of a month on the scale and the room that it has."""
    room = (RIGHT - LEFT) / len(months)
    return round(LEFT + room * (n + 0.5), 1), room


def _y(value, lowest, highest) -> float:
    return round(BASE - (BASE - TOP) * (value - lowest) / ((highest - lowest) or 1), 1)


def _step(most: int) -> int:
    """Return the round step that divides a scale into at most five."""
    ten = 1
    while True:
        for step in STEPS:
            if step * ten * 5 >= most:
                return step * ten
        ten *= 10
