"""Periods: which day is the last, which days are rest days, and what nobody knows yet."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mediation.ground.choices import N_, Reason

ONE_DAY = timedelta(days=1)
WEEKEND = {5: N_("星期六"), 6: N_("星期日")}
FESTIVALS = (N_("元旦"), N_("春节"), N_("清明节"), N_("劳动节"), N_("端午节"), N_("中秋节"), N_("国庆节"))

# Fixed by the Regulation on Public Holidays as changed in 2024, Art. 2; the lunar ones need a table.
FIXED_HOLIDAYS = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (5, 2): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}


class Fact(Reason):
    """One line of the explanation of a last day. ``why`` among its values is itself a word to translate."""

    STARTED = "started", N_("%(start)s当天不计入，从次日起算"), "PT-01"
    FROM_MOMENT = "from_moment", N_("从%(start)s%(at)s起算，按小时连续计算"), "PT-07"
    FROM_NEXT_HOUR = "from_next_hour", N_("%(start)s%(at)s所在的这一小时不计入，从下一小时起算"), "PT-07"
    SKIPPED = "skipped", N_("%(day)s是%(why)s，不计入工作日"), "PT-05"
    COUNTED = "counted", N_("%(day)s是第%(amount)d个工作日"), "PT-05"
    COUNTED_MADE_UP = "counted_made_up", N_("%(day)s是第%(amount)d个工作日（周末，因%(why)s调休上班）"), "PT-04"
    PAUSED = "paused", N_("%(first)s至%(until)s中止，这%(amount)d天不计入"), "JM-03"
    SUSPENDED = "suspended", N_("中止的%(amount)d天不计入"), "JM-03"
    DAYS = "days", N_("第%(amount)d天是%(day)s"), "PT-01"
    WORKING_DAYS = "working_days", N_("第%(amount)d个工作日是%(day)s"), "PT-05"
    MONTHS = "months", N_("满%(amount)d个月是%(day)s"), "PT-02"
    YEARS = "years", N_("满%(amount)d年是%(day)s"), "PT-02"
    HOURS = "hours", N_("满%(amount)d小时是%(day)s%(at)s"), "PT-07"
    REST_COUNTS = "rest_counts", N_("%(day)s是%(why)s，这一期限不顺延"), "PT-03"
    TO_YEAR_END = "to_year_end", N_("算到当年年底"), "DP-11"
    ROLLED = "rolled", N_("%(day)s是%(why)s，顺延"), "PT-03"
    MAKE_UP = "make_up", N_("%(day)s虽是周末，因%(why)s调休上班，按工作日计算"), "PT-04"
    LAST = "last", N_("最后一天是%(day)s")
    UNKNOWN = "unknown", N_("%(year)d年的放假安排尚未公布，最后一天为暂定"), "PT-10"


@dataclass(frozen=True)
class SpecialDay:
    """A day that the notice sets apart: off on a weekday, at work on a weekend, or a weekend inside a holiday."""

    is_workday: bool
    name: str


@dataclass(frozen=True)
class RestDay:
    day: date
    why: str


@dataclass(frozen=True)
class LastDay:
    """The last day of a period, and how it came about."""

    day: date
    provisional: bool  # a day that mattered lies in a year without an official calendar
    start: date
    amount: int
    unit: str
    nominal: date  # before rest days moved it
    rolled_over: tuple[RestDay, ...] = ()
    skipped: tuple[RestDay, ...] = ()
    suspended_days: int = 0
    made_up: str | None = None  # the holiday for which this weekend is worked
    unknown_years: tuple[int, ...] = ()
    counted: tuple["WorkedDay", ...] = ()  # of a period of working days
    suspensions: tuple[tuple[date, date], ...] = ()
    rest_that_counts: str | None = None  # why the last day is a rest day, where the period does not move past it
    began_at: time | None = None  # of a period of hours
    ends_at: time | None = None
    from_next_hour: bool = False
    to_year_end: bool = False

    def explain(self, *, daily: bool = False) -> list[tuple[Fact, dict]]:
        """Return the reckoning, line by line, with the values of each sentence.

        ``daily`` tells every working day that counts and every pause, not only what is unusual.
        """
        if self.ends_at is not None:
            return self._explain_hours()
        lines: list[tuple[Fact, dict]] = [(Fact.STARTED, {"start": self.start})]
        lines += self._each_day() if daily else [
            (Fact.SKIPPED, {"day": rest.day, "why": rest.why}) for rest in self.skipped
        ]
        if self.suspended_days and not (daily and self.suspensions):
            lines.append((Fact.SUSPENDED, {"amount": self.suspended_days}))
        lines.append((Fact[self.unit.upper()], {"amount": self.amount, "day": self.nominal}))
        if self.to_year_end:
            lines.append((Fact.TO_YEAR_END, {}))
        if self.rest_that_counts:
            lines.append((Fact.REST_COUNTS, {"day": self.day, "why": self.rest_that_counts}))
        lines += [(Fact.ROLLED, {"day": rest.day, "why": rest.why}) for rest in self.rolled_over]
        if self.made_up:
            lines.append((Fact.MAKE_UP, {"day": self.day, "why": self.made_up}))
        lines.append((Fact.LAST, {"day": self.day}))
        lines += [(Fact.UNKNOWN, {"year": year}) for year in self.unknown_years]
        return lines

    def _each_day(self) -> list[tuple[Fact, dict]]:
        told = [(rest.day, Fact.SKIPPED, {"day": rest.day, "why": rest.why}) for rest in self.skipped]
        for count, worked in enumerate(self.counted, 1):
            values = {"day": worked.day, "amount": count}
            told.append(
                (worked.day, Fact.COUNTED_MADE_UP, {**values, "why": worked.made_up_for})
                if worked.made_up_for else (worked.day, Fact.COUNTED, values)
            )
        told += [
            (first, Fact.PAUSED, {"first": first, "until": resumed - ONE_DAY, "amount": (resumed - first).days})
            for first, resumed in self.suspensions
        ]
        return [(fact, values) for _day, fact, values in sorted(told, key=lambda line: line[0])]

    def _explain_hours(self) -> list[tuple[Fact, dict]]:
        begins = Fact.FROM_NEXT_HOUR if self.from_next_hour else Fact.FROM_MOMENT
        return [
            (begins, {"start": self.start, "at": self.began_at}),
            (Fact.HOURS, {"amount": self.amount, "day": self.day, "at": self.ends_at}),
            (Fact.LAST, {"day": self.day}),
        ]


@dataclass(frozen=True)
class WorkedDay:
    """A working day that counted; ``made_up_for`` is the holiday for which this weekend is worked."""

    day: date
    made_up_for: str | None = None


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked. A year that is not official has weekends and the holidays known without a notice."""

    special: Mapping[date, SpecialDay]
    official_years: frozenset[int]

    def is_official(self, day: date) -> bool:
        return day.year in self.official_years

    def is_workday(self, day: date) -> bool:
        return self.why_rest(day) is None

    def why_rest(self, day: date) -> str | None:
        """Return the holiday or the day of the weekend that makes it a rest day; None on a working day."""
        special = self.special.get(day)
        if special:
            return None if special.is_workday else special.name
        if not self.is_official(day) and (day.month, day.day) in FIXED_HOLIDAYS:
            return FIXED_HOLIDAYS[day.month, day.day]
        return WEEKEND.get(day.weekday())

    def next_workday(self, day: date) -> date:
        """Return the day itself when it is worked, else the first working day after it."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def end_of_period(
        self,
        start: date,
        *,
        days: int | None = None,
        working_days: int | None = None,
        months: int | None = None,
        years: int | None = None,
        roll: bool = True,
        suspended: Sequence[tuple[date, date]] = (),
    ) -> LastDay:
        """Return the last day of a period that begins by an event on ``start``.

        Exactly one of the four amounts is given. ``suspended`` holds (from, to): the days from the first up to, not
        including, the second do not count, as on ``to`` the period runs again. While a suspension is still open,
        pass the day asked about as its end; the answer is then the earliest possible last day.
        A last day that is a rest day moves to the first working day after it, unless ``roll`` is False.
        PT-01, PT-02, PT-03, PT-04, PT-05, JM-03: Civil Procedure Law (2023), Art. 85; Civil Code (2020), Arts. 200 to
        203.
        """
        amounts = {"days": days, "working_days": working_days, "months": months, "years": years}
        given = [(unit, amount) for unit, amount in amounts.items() if amount is not None]
        if len(given) != 1 or given[0][1] < 0:
            raise ValueError("a period has exactly one amount, not negative")
        [(unit, amount)] = given
        stopped = {day for first, resumed in suspended for day in each_day(first, resumed)}

        if unit == "working_days":
            day = nominal = self._count_working_days(start, amount, stopped)
            mattering = [day for day in each_day(start + ONE_DAY, nominal + ONE_DAY) if day not in stopped]
            rolled_over: tuple[RestDay, ...] = ()
            skipped = self._rest_days(mattering)
        else:
            nominal = _past(stopped, start, _nominal_end(start, unit, amount))
            day = self.next_workday(nominal) if roll else nominal
            mattering = list(each_day(nominal, day + ONE_DAY)) if roll else []
            rolled_over = self._rest_days(mattering)
            skipped = ()

        special = self.special.get(day)
        unknown = tuple(sorted({day.year for day in mattering} - self.official_years))
        return LastDay(
            day=day,
            provisional=bool(unknown),
            start=start,
            amount=amount,
            unit=unit,
            nominal=nominal,
            rolled_over=rolled_over,
            skipped=skipped,
            suspended_days=sum(start < day <= nominal for day in stopped),
            made_up=special.name if special and special.is_workday else None,
            unknown_years=unknown,
            counted=self._worked_days(mattering) if unit == "working_days" else (),
            suspensions=tuple((first, resumed) for first, resumed in suspended if start < resumed and first <= nominal),
            rest_that_counts=self.why_rest(day) if unit != "working_days" and not roll else None,
        )

    def _count_working_days(self, start: date, amount: int, stopped: set[date]) -> date:
        day, counted = start, 0
        while counted < amount:
            day += ONE_DAY
            counted += day not in stopped and self.is_workday(day)
        return day

    def _worked_days(self, days: Iterable[date]) -> tuple[WorkedDay, ...]:
        worked = [day for day in days if self.is_workday(day)]
        return tuple(WorkedDay(day, self.special[day].name if day in self.special else None) for day in worked)

    def _rest_days(self, days: Iterable[date]) -> tuple[RestDay, ...]:
        return tuple(RestDay(day, why) for day in days if (why := self.why_rest(day)))


def build(
    announced: Mapping[date, SpecialDay], official_years: Iterable[int], lunar: Mapping[date, str]
) -> WorkCalendar:
    """Return the calendar of announced days; ``lunar`` festivals fill the years that have no notice yet."""
    official = frozenset(official_years)
    expected = {day: SpecialDay(False, name) for day, name in lunar.items() if day.year not in official}
    return WorkCalendar({**expected, **announced}, official)


def add_months(day: date, months: int) -> date:
    """Return the corresponding day; the month's last where there is none. PT-02: Civil Code (2020), Art. 202."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_of_hours(moment: datetime, hours: int, *, from_next_hour: bool = False) -> datetime:
    """Return when a period of hours ends; rest days do not move it.

    Civil procedure does not count the hour in which the period begins (``from_next_hour``), the Civil Code counts
    from the moment itself. PT-07: SPC Interpretation of the Civil Procedure Law (2022), Art. 125; Civil Code, Art. 201.
    """
    if from_next_hour:
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return moment + timedelta(hours=hours)


def each_day(first: date, end: date) -> Iterable[date]:
    """Yield the days from the first up to, not including, ``end``."""
    return (first + timedelta(days=step) for step in range((end - first).days))


def _nominal_end(start: date, unit: str, amount: int) -> date:
    if unit == "days":
        return start + timedelta(days=amount)
    return add_months(start, amount if unit == "months" else 12 * amount)


def _past(stopped: set[date], start: date, end: date) -> date:
    """Return the end after every stopped day between has been made good by one more."""
    day = start + ONE_DAY
    while day <= end:
        if day in stopped:
            end += ONE_DAY
        day += ONE_DAY
    return end
