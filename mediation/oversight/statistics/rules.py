"""The metric dictionary of the first figures: what is counted, over what, and the rates that follow."""

from dataclasses import dataclass
from datetime import date, timedelta

from mediation.ground.choices import Choice, N_


class Measure(Choice):
    """Something that is counted. The label is what people read beside the figure."""

    ACCEPTED = "accepted", N_("受理")
    MEDIATED = "mediated", N_("调解成功")
    RULED = "ruled", N_("速裁等程序了结")
    FAILED = "failed", N_("没有调成")
    NEVER_REACHED = "never_reached", N_("没联系上")
    OPEN = "open", N_("还在办")


class Sum(Choice):
    """What a rate sets in proportion where it is no single measure; it opens its cases all the same."""

    RESOLVED = "resolved", N_("调解成功和裁判了结")
    NOT_RULED = "not_ruled", N_("受理，去掉裁判了结的")
    REACHED = "reached", N_("受理，去掉没联系上的")
    FINISHED = "finished", N_("调成的和没调成的，裁判了结的也没调成")
    UNRESOLVED = "unresolved", N_("没化解")


class Beside(Choice):
    """What is counted of the accepted cases beside their results; it opens its cases like a measure."""

    REPEATED = "repeated", N_("重复来访")


# Of what is counted: the results that a case may have; of ACCEPTED every one.
RESULTS: dict[Measure | Sum, tuple[Measure, ...]] = {
    **{measure: (measure,) for measure in Measure if measure != Measure.ACCEPTED},
    Measure.ACCEPTED: tuple(measure for measure in Measure if measure != Measure.ACCEPTED),
    Sum.RESOLVED: (Measure.MEDIATED, Measure.RULED),
    Sum.NOT_RULED: (Measure.MEDIATED, Measure.FAILED, Measure.NEVER_REACHED, Measure.OPEN),
    Sum.REACHED: (Measure.MEDIATED, Measure.RULED, Measure.FAILED, Measure.OPEN),
    Sum.FINISHED: (Measure.MEDIATED, Measure.FAILED, Measure.RULED),  # who came before a judge was not reconciled here
    Sum.UNRESOLVED: (Measure.OPEN, Measure.FAILED, Measure.NEVER_REACHED),
}


@dataclass(frozen=True)
class Counts:
    """What was counted for one cohort: cases accepted in a period."""

    accepted: int = 0
    mediated: int = 0
    ruled: int = 0
    failed: int = 0
    never_reached: int = 0
    open: int = 0

    def of(self, what: Measure | Sum) -> int:
        """Return how many cases are counted by a measure or a sum of them."""
        return sum([getattr(self, result) for result in RESULTS[what]])  # a measure is the name of its field

    def values(self) -> tuple[int, ...]:
        return self.accepted, self.mediated, self.ruled, self.failed, self.never_reached, self.open

    def by_measure(self) -> list[tuple[Measure, int]]:
        return list(zip(Measure, self.values(), strict=True))


@dataclass(frozen=True)
class Months:
    """Whole months: the first day of the first, the last day of the last."""

    first: date
    last: date


def whole_months(since: date, until: date, *, today: date) -> Months | None:
    """Return the whole months of a period, None where there is none; the present month is whole up to today."""
    first = since if since.day == 1 else month_after(since)
    end = until + timedelta(days=1)
    if until >= today:
        end = month_after(max(until, today))
    last = end.replace(day=1) - timedelta(days=1)
    return Months(first, last) if first <= last else None


def months_between(first: date, last: date) -> list[date]:
    """Return the first days of the months from one to another, both included."""
    found = [first]
    while found[-1] < last:
        found.append(month_after(found[-1]))
    return found


def month_after(day: date) -> date:
    """Return the first day of the month after a day's."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


@dataclass(frozen=True)
class Rate:
    """A rate with what it is made of; ``percent`` is None where nothing was counted. Small n are not ranked.

    ``above`` and ``below`` name what was counted, so that both figures open their cases (idea 11).
    """

    numerator: int
    denominator: int
    above: Measure | Sum
    below: Measure | Sum

    @classmethod
    def of(cls, counts: Counts, above: Measure | Sum, below: Measure | Sum) -> "Rate":
        return cls(counts.of(above), counts.of(below), above, below)

    @property
    def percent(self) -> float | None:
        return round(100 * self.numerator / self.denominator, 1) if self.denominator else None

    @property
    def is_small(self) -> bool:
        return self.denominator < 10


@dataclass(frozen=True)
class Repeats:
    """Accepted cases that are a repeated visit: 批次, the persons who came with them, and all that were accepted."""

    visits: int
    people: int
    accepted: int

    @property
    def percent(self) -> float | None:
        """Return the repeat rate, None where nothing was accepted (row 21)."""
        return round(100 * self.visits / self.accepted, 1) if self.accepted else None


def by_mediation(counts: Counts) -> Rate:
    """Return settled by mediation over accepted (ST-04): rulings do not count, cases never reached stay below."""
    return Rate.of(counts, Measure.MEDIATED, Measure.ACCEPTED)


def with_rulings(counts: Counts) -> Rate:
    """Return resolved incl. quick trial over accepted (ST-04), the figure that reports like to print."""
    return Rate.of(counts, Sum.RESOLVED, Measure.ACCEPTED)


def without_rulings_below(counts: Counts) -> Rate:
    """Return settled by mediation over accepted less rulings: what is left when both are taken out."""
    return Rate.of(counts, Measure.MEDIATED, Sum.NOT_RULED)


def without_never_reached_below(counts: Counts) -> Rate:
    """Return settled by mediation over those whose parties were reached (idea 11, 14)."""
    return Rate.of(counts, Measure.MEDIATED, Sum.REACHED)


def of_finished(counts: Counts) -> Rate:
    """Return success over success plus failure (ST-03); a case that had to be ruled on is a failure of mediation.

    Open cases and those whose parties were never reached are in neither.
    """
    return Rate.of(counts, Measure.MEDIATED, Sum.FINISHED)
