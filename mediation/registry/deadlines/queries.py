"""Asking for a last day: the figure in force for somebody, reckoned by the calendar in force there."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from mediation.ground import clock
from mediation.ground.errors import RuleBroken, because
from mediation.registry.calendar.queries import calendar_of
from mediation.registry.calendar.rules import Fact, LastDay, WorkCalendar
from mediation.registry.deadlines import rules
from mediation.registry.deadlines.rules import Deadline, Ends, Flaw, Options, Period, Stage
from mediation.registry.deadlines.table import BY_KEY, BY_RULE, DEADLINES
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Citation, Figure, Kind, Setting, Unit

DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
PETITIONS_ROLL, TO_YEAR_END = "MH-08.rolls", "DP-11.to_year_end"
CLOSES, MIDNIGHT = "PT-06.closes_at", "24:00"


@dataclass(frozen=True)
class Answer:
    """A last day with everything that it stands on."""

    deadline: Deadline
    period: Period
    figure: Figure
    last: LastDay
    lines: Sequence[tuple[Fact, dict]]
    citations: Sequence[Citation]
    source: str  # of the figure
    is_checked: bool  # the text of the source was read
    is_extended: bool
    others: Sequence[tuple[Period, Figure, LastDay]]  # what else the row names, from the same day
    closes_at: str | None = None  # when business stops on the last day; None at midnight (PT-06)

    @property
    def day(self) -> date:
        return self.last.day


def deadline_of(rule: str) -> Deadline:
    """Return the row of that id, or the period of the settings with that key. Raises RuleBroken when there is none."""
    word = rule.strip()
    found = BY_RULE.get(word.upper())
    if found is not None:
        return found
    if settings.is_known(Kind.PERIOD, word):
        return _of_key(word)
    key = next((each for each in settings.keys(Kind.PERIOD) if each.lower() == word.lower()), None)
    if key:
        return _of_key(key)
    known = word.upper() in settings.cited_rows()
    raise RuleBroken(because(Flaw.NO_PERIOD if known else Flaw.NO_RULE, rule=word))


def _of_key(key: str) -> Deadline:
    row = key.partition(".")[0]
    known = BY_KEY.get(key)
    stage = BY_RULE[row].stage if row in BY_RULE else Stage.CENTRE
    period = known or Period(key, settings.name_of(Kind.PERIOD, key), "")
    return Deadline(key, stage, (period,))


def question(key: str) -> tuple[str, dict[str, str]]:
    """Return rule and options that ask for the period of a key, as a clock keeps it; a row may name others first."""
    row = BY_RULE.get(key)
    if row is None or row.periods[0].key == key:
        return key, {}
    period = next((each for each in row.periods if each.key == key), None)
    return key, {row.asks: period.when} if period else {}


def listing() -> list[Deadline]:
    """Return every deadline: the rows of the rule table, then the periods that a centre sets for itself."""
    named = set(BY_KEY) | {each.extension for row in DEADLINES for each in row.periods if each.extension}
    return [*DEADLINES, *(_of_key(key) for key in sorted(settings.keys(Kind.PERIOD)) if key not in named)]


def answer(
    rule: str, start: date, given: Mapping[str, str] | None = None, *, at: time | None = None, **whose,
) -> Answer:
    """Return the last day of a rule from a day that is not counted, with the reason and what else the row names.

    ``given`` holds options as typed (``{"procedure": "simple"}``); ``whose`` is centre, unit or area as for settings.
    Raises RuleBroken for an unknown rule, option or value, and where no figure was in force that day.
    """
    deadline = deadline_of(rule)
    options = rules.read_options(deadline, given or {})
    period = deadline.period(options.when)
    figure, setting = _figure(deadline, period, options, start, whose)
    last = of_period(
        period, figure, start, on=start, suspended=options.pauses, at=at, rolls=options.rolls,
        from_next_hour=options.from_next_hour, paused_days=options.paused_days, **whose,
    )
    row = deadline.rule.partition(".")[0]
    return Answer(
        deadline, period, figure, last, tuple(last.explain(daily=True)),
        tuple(settings.citations_for(row, on=start, **whose)),
        source=setting.source if setting else "", is_checked=setting is None or setting.checked,
        is_extended=options.extended, others=() if given else tuple(_others(deadline, period, start, whose)),
        closes_at=_closing(last, whose),
    )


def _closing(last: LastDay, whose) -> str | None:
    """Return when business stops on a last day where it does before midnight. PT-06: Civil Code (2020), Art. 203."""
    hour = settings.text(CLOSES, on=last.day, **whose)
    return None if hour == MIDNIGHT or last.ends_at else hour


def _others(deadline: Deadline, chosen: Period, start: date, whose) -> Iterable[tuple[Period, Figure, LastDay]]:
    for period in deadline.periods:
        setting = settings.setting(Kind.PERIOD, period.key, on=start, **whose) if period.key else None
        if period is not chosen and setting is not None:
            figure = settings.days(period.key, on=start, **whose)
            yield period, figure, of_period(period, figure, start, on=start, **whose)


def _figure(deadline, period, options: Options, start, whose) -> tuple[Figure, Setting | None]:
    if options.figure is not None or period.shown is not None:
        return options.figure or period.shown, None
    figure = settings.days(period.key, on=start, **whose)
    if options.extended:
        if period.extension is None:
            raise RuleBroken(because(Flaw.NOT_EXTENDED, rule=deadline.rule, words=period.words))
        figure = rules.prolonged(figure, settings.days(period.extension, on=start, **whose))
    return figure, settings.setting(Kind.PERIOD, period.key, on=start, **whose)


def last_day(key: str, start: date, *, on: date, **whose) -> LastDay:
    """Return the last day of the figure that a key of the settings has on a day. Raises RuleBroken when it has none."""
    return of_key(key, settings.days(key, on=on, **whose), start, on=on, **whose)


def of_key(key: str, figure: Figure, start: date, *, on: date, suspended=(), **whose) -> LastDay:
    """Return the last day of a clock: its key says how the period ends, its figure was fixed when it began.

    ``calendar`` among ``whose`` is taken for that in force.
    """
    period = BY_KEY.get(key) or Period(key, "", "")
    return of_period(period, figure, start, on=on, suspended=suspended, **whose)


def of_period(
    period: Period, figure: Figure, start: date, *, on: date, suspended: Sequence[tuple[date, date]] = (),
    at: time | None = None, rolls: bool | None = None, from_next_hour: bool | None = None, paused_days: int = 0,
    calendar: WorkCalendar | None = None, **whose,
) -> LastDay:
    """Return the last day of a period of the table as it ends there on that day. Raises RuleBroken out of the calendar.

    ``paused_days`` are days that did not count, where it is not said which.
    """
    if paused_days and figure.unit is not Unit.HOURS:
        first = start + rules.ONE_DAY
        suspended = [*suspended, (first, first + rules.ONE_DAY * paused_days)]
    if rolls is None:
        petitions_roll = period.ends is Ends.AS_SET and settings.flag(PETITIONS_ROLL, on=on, **whose)
        rolls = rules.rolls_over(period, petitions_roll=petitions_roll)
    return rules.reckon(
        figure, start, calendar or calendar_of(whose.get("centre_id")), rolls=rolls, suspended=suspended, at=at,
        to_year_end=period.ends is Ends.YEAR_END and settings.flag(TO_YEAR_END, on=on, **whose),
        from_next_hour=period.from_next_hour if from_next_hour is None else from_next_hour,
    )


def read_start(text: str) -> tuple[date, time | None]:
    """Return day and hour of 2026-03-02, 2026-03-02T10:20 or 2026-03-02T02:20Z. Raises RuleBroken.

    An instant with a zone is brought to Shanghai (PT-09), whatever the zone of the machine.
    """
    words = text.strip()
    try:
        if plain := DAY.fullmatch(words):
            return _sane(date(*map(int, plain.groups()))), None
        moment = datetime.fromisoformat(words.replace(" ", "T", 1))
        moment = clock.local(moment) if moment.tzinfo else moment
        return _sane(moment.date()), moment.time()
    except (ValueError, OverflowError):
        raise RuleBroken(because(Flaw.NO_DATE, given=words)) from None


def _sane(day: date) -> date:
    if not rules.EARLIEST <= day <= rules.FURTHEST:
        raise RuleBroken(because(Flaw.TOO_FAR))
    return day
