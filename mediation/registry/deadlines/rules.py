"""How a period of the rule table is reckoned, and which of a row's periods is meant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import RuleBroken, because
from mediation.registry.calendar.rules import LastDay, WorkCalendar, end_of_hours
from mediation.registry.settings.rules import Figure, Unit

ONE_DAY = timedelta(days=1)
EARLIEST, FURTHEST = date(1900, 1, 1), date(2200, 12, 31)  # no period of the law begins or reaches further


class Stage(Choice):
    """Where on the road a deadline is met, for the page that lists them."""

    MEDIATION = "mediation", N_("受理和调解")
    COURT_MEDIATION = "court_mediation", N_("委派、委托和在线调解")
    AGREEMENT = "agreement", N_("协议和履行")
    CONFIRMATION = "confirmation", N_("司法确认")
    REFERRAL = "referral", N_("移送、立案、审理")
    SECTORS = "sectors", N_("行政调解和各行业")
    PROTECTION = "protection", N_("保护、报告、信访")
    LIMITATION = "limitation", N_("诉讼时效")
    RECKONING = "reckoning", N_("期间怎么算")
    RECORDS = "records", N_("人员、信息和档案")
    CENTRE = "centre", N_("中心自己定的期限")


class Ends(Choice):
    """What becomes of a calendar period whose last day is a rest day."""

    ROLLS = "rolls", N_("遇休息日顺延")
    STAYS = "stays", N_("遇休息日不顺延")
    AS_SET = "as_set", N_("信访期限：按当地设置")
    YEAR_END = "year_end", N_("按当地设置算到年底")


class Flaw(Reason):
    """Why the calculator cannot answer."""

    NO_RULE = "no_rule", N_("没有“%(rule)s”这一条会产生期限的规则")
    NO_PERIOD = "no_period", N_("%(rule)s没有写期限，不产生最后一天")
    NO_KEY = "no_key", N_("%(rule)s没有“%(key)s”这个选项，可以用：%(known)s")
    NO_VALUE = "no_value", N_("“%(key)s”不能是“%(value)s”，可以是：%(known)s")
    NO_DATE = "no_date", N_("看不懂日期“%(given)s”，请写成2026-03-02，按小时算的可以写2026-03-02T10:20")
    NOT_EXTENDED = "not_extended", N_("%(rule)s的“%(words)s”没有规定延长")
    OTHER_UNIT = "other_unit", N_("延长的单位和期限本身不同，请分两次算：先算期限，再从最后一天算延长")
    TOO_FAR = "too_far", N_("算出来的日子太远，或者日期早于1900年")


@dataclass(frozen=True)
class Period:
    """One period of a row: whose figure, for what, from which event."""

    key: str  # of the dated settings; empty where the row itself only shows how to reckon
    words: str
    start: str
    when: str = ""  # the value of the row's choice that picks it
    extension: str | None = None  # key of the figure that is added when more time was given
    ends: Ends = Ends.ROLLS
    shown: Figure | None = None  # the figure of the row's own example, where there is no setting
    from_next_hour: bool = False


@dataclass(frozen=True)
class Deadline:
    """A row of the rule table that creates last days, its periods in the order in which the row names them."""

    rule: str
    stage: Stage
    periods: tuple[Period, ...]
    asks: str = ""  # the option by which one of several periods is picked
    also: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # other words for the same choice

    @property
    def words(self) -> str:
        return self.periods[0].words

    def period(self, when: str = "") -> Period:
        """Return the period of that choice, the first one without it."""
        return next((each for each in self.periods if each.when == when), self.periods[0])


@dataclass(frozen=True)
class Options:
    """What was said beside rule and date."""

    when: str = ""
    extended: bool = False
    figure: Figure | None = None
    pauses: tuple[tuple[date, date], ...] = ()
    paused_days: int = 0
    rolls: bool | None = None
    from_next_hour: bool | None = None


YES_NO = {"yes": True, "no": False}
UNITS = {unit.value: unit for unit in Unit} | {"workdays": Unit.WORKING_DAYS}
READINGS = {"next_hour": True, "moment": False}
DATES = "2026-03-10..2026-03-20"


def allowed(deadline: Deadline) -> dict[str, list[str]]:
    """Return the options of a deadline by their key, each with its values; one written in <> is typed."""
    found: dict[str, list[str]] = {}
    if deadline.asks:
        found[deadline.asks] = [period.when for period in deadline.periods]
    for key, values in deadline.also.items():
        found[key] = list(dict.fromkeys([*found.get(key, []), *values]))
    if any(period.extension for period in deadline.periods):
        found["extended"] = list(YES_NO)
    found["pause"] = [f"<{DATES}>", "<10>"]
    found["reading"] = list(READINGS)
    found["rolls"] = list(YES_NO)
    found |= {unit: ["<30>"] for unit in UNITS}
    return found


def read_options(deadline: Deadline, given: Mapping[str, str]) -> Options:
    """Return the options of a deadline from words. Raises RuleBroken naming what is allowed."""
    known = allowed(deadline)
    when, values = "", {}
    for key, value in given.items():
        if key not in known:
            raise RuleBroken(because(Flaw.NO_KEY, rule=deadline.rule, key=key, known=list(known)))
        if key in deadline.also and value in deadline.also[key]:
            when = when or deadline.also[key][value]
        elif key == deadline.asks or not known[key][0].startswith("<"):
            if value not in known[key]:
                raise RuleBroken(because(Flaw.NO_VALUE, key=key, value=value, known=known[key]))
            if key == deadline.asks:
                when = value
        values[key] = value
    if values.get(deadline.asks) in {period.when for period in deadline.periods if period.when}:
        when = values[deadline.asks]
    is_extended = YES_NO[values.get("extended", "no")]
    if is_extended and not when:
        when = next((period.when for period in deadline.periods if period.extension), "")
    pauses, paused_days = _pauses(values["pause"]) if "pause" in values else ((), 0)
    return Options(
        when=when, extended=is_extended, figure=_figure(values), pauses=pauses, paused_days=paused_days,
        rolls=YES_NO[values["rolls"]] if "rolls" in values else None,
        from_next_hour=READINGS[values["reading"]] if "reading" in values else None,
    )


def _figure(values: Mapping[str, str]) -> Figure | None:
    for key, unit in UNITS.items():
        if key in values:
            if not values[key].isdecimal() or len(values[key]) > 5:
                raise RuleBroken(because(Flaw.NO_VALUE, key=key, value=values[key], known=["<30>"]))
            return Figure(int(values[key]), unit)
    return None


def _pauses(text: str) -> tuple[tuple[tuple[date, date], ...], int]:
    if text.isdecimal() and len(text) <= 4:
        return (), int(text)
    try:
        found = tuple(
            (date.fromisoformat(first), date.fromisoformat(resumed))
            for first, resumed in (part.split("..") for part in text.split(","))
        )
    except ValueError:
        found = ()
    if not found or any(first > resumed for first, resumed in found):
        raise RuleBroken(because(Flaw.NO_VALUE, key="pause", value=text, known=[DATES, "10"]))
    return found, 0


def prolonged(figure: Figure, more: Figure) -> Figure:
    """Return a figure with its extension. Raises RuleBroken where the two are counted in different units."""
    if figure.unit != more.unit:
        raise RuleBroken(because(Flaw.OTHER_UNIT))
    return Figure(figure.amount + more.amount, figure.unit)


def reckon(
    figure: Figure, start: date, calendar: WorkCalendar, *, rolls: bool = True, to_year_end: bool = False,
    suspended: Sequence[tuple[date, date]] = (), at: time | None = None, from_next_hour: bool = False,
) -> LastDay:
    """Return the last day of a period that begins on ``start``: the one reckoning of clocks, pages and commands.

    A period of hours runs from ``at``, from the beginning of the day where the hour is not known: the earliest last
    moment, so that nobody is told too late. Raises RuleBroken where the day lies out of the calendar.
    PT-01 to PT-05, PT-07, JM-03: Civil Procedure Law (2023), Art. 85; Civil Code (2020), Arts. 201 to 203.
    """
    try:
        if figure.unit is Unit.HOURS:
            return _hours(figure, datetime.combine(start, at or time()), from_next_hour)
        last = calendar.end_of_period(start, **figure.period, roll=rolls and not to_year_end, suspended=suspended)
    except (OverflowError, ValueError):
        raise RuleBroken(because(Flaw.TOO_FAR)) from None
    if last.day > FURTHEST:
        raise RuleBroken(because(Flaw.TOO_FAR))
    if to_year_end:
        last = replace(last, day=date(last.day.year, 12, 31), to_year_end=True, rest_that_counts=None, made_up=None)
    return last


def _hours(figure: Figure, began: datetime, from_next_hour: bool) -> LastDay:
    ends = end_of_hours(began, figure.amount, from_next_hour=from_next_hour)
    day = ends.date()
    return LastDay(
        day=day, provisional=False, start=began.date(), amount=figure.amount, unit=figure.unit.value, nominal=day,
        began_at=began.time(), ends_at=ends.time(), from_next_hour=from_next_hour,
    )


def rolls_over(period: Period, *, petitions_roll: bool) -> bool:
    """Say whether a period moves past rest days. PT-03; petitions as the region has it (MH-08)."""
    return petitions_roll if period.ends is Ends.AS_SET else period.ends is Ends.ROLLS
