"""Days, money and names as people read them; the filters of every page.

A pattern of a date is a word like any other: ``M月d日`` goes through gettext and is ``d MMM`` in English.
"""

import re
from datetime import date, datetime
from functools import lru_cache

from babel import Locale, dates

from mediation.casefile.clocks.rules import ClockLabel
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.language import page_locale
from mediation.ground import clock, tries
from mediation.ground.choices import Choice, N_
from mediation.registry.people.rules import age_on

# House custom, not law: when a day left turns bold, and when a statutory one turns red.
SOON_DAYS = 2
STATUTORY_SOON_DAYS = 10
STATUTORY_RED_DAYS = 5


def day_words(day: date | None, today: date | None = None) -> str:
    """Return ``12月9日``, with the year only when it is not this one."""
    return _dated(day, today, N_("M月d日"), N_("yyyy年M月d日"))


def last_day(day: date | None, today: date | None = None) -> str:
    """Return ``12-09 周三`` for a column; ``2027-01-15`` when the year is another."""
    return _dated(day, today, N_("MM-dd EEE"), N_("yyyy-MM-dd"))


def day_long(day: date | None, today: date | None = None) -> str:
    """Return ``11月23日 星期一`` for the head of a page."""
    return _dated(day, today, N_("M月d日 EEEE"), N_("yyyy年M月d日 EEEE"))


def month_words(day: date) -> str:
    """Return ``2026年11月`` for a month by any day of it."""
    return _written(day, _(N_("yyyy年M月")), page_locale())


def month_short(day: date) -> str:
    """Return ``11月`` for the axis of a chart."""
    return _written(day, _(N_("M月")), page_locale())


def moment(instant: datetime | None, today: date | None = None) -> str:
    """Return ``11-18 10:05`` in Shanghai's time for an aware instant."""
    if instant is None:
        return ""
    pattern = _("MM-dd HH:mm") if _is_this_year(clock.day_of(instant), today) else _("yyyy-MM-dd HH:mm")
    return _written_instant(clock.local(instant), pattern, page_locale())


def clock_time(instant: datetime | None) -> str:
    """Return ``10:42`` in Shanghai's time for an aware instant."""
    return "" if instant is None else f"{clock.local(instant):%H:%M}"


def days_left_words(due_on: date | None, today: date | None = None) -> str:
    """Return ``剩 6 天``, ``今天`` or ``超 3 天``."""
    if due_on is None:
        return ""
    days = _days_between(due_on, today)
    if days == 0:
        return _("今天")
    return _("剩 %(days)s 天", days=days) if days > 0 else _("超 %(days)s 天", days=-days)


def days_left_until(due_on: date | None, today: date | None = None) -> str:
    """Return ``还剩 16 天，至 12月9日`` for the head of a page."""
    if due_on is None:
        return ""
    days, day = _days_between(due_on, today), day_words(due_on, today)
    if days == 0:
        return _("今天到期")
    if days < 0:
        return _("超 %(days)s 天，%(day)s到期", days=-days, day=day)
    return _("还剩 %(days)s 天，至 %(day)s", days=days, day=day)


def days_left_class(due_on: date | None, today: date | None = None, statutory: bool = False) -> str:
    """Return ``late`` for red, ``soon`` for bold, or nothing; a statutory period turns earlier."""
    if due_on is None:
        return ""
    days = _days_between(due_on, today)
    if days < 0 or (statutory and days <= STATUTORY_RED_DAYS):
        return "late"
    return "soon" if days <= (STATUTORY_SOON_DAYS if statutory else SOON_DAYS) else ""


def money(fen: int | None) -> str:
    """Return an amount in yuan: ``72,000.00``."""
    if fen is None:
        return ""
    yuan, cents = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{cents:02}"


def masked_phone(phone: str | None) -> str:
    """Cover the middle of a phone: ``139****2716``, ``0791-****3308``."""
    if not phone:
        return ""
    area, line = re.fullmatch(r"(0\d{2,3}-|)(.*)", phone, re.DOTALL).groups()
    if area:
        return f"{area}****{line[4:]}" if len(line) > 4 else f"{area}****"
    return f"{line[:3]}****{line[-4:]}" if len(line) > 7 else "*" * len(line)


def masked_id(number: str | None) -> str:
    """Cover the birth date of an ID number, or the middle of any other: ``360121********2264``."""
    if not number:
        return ""
    head, tail = (6, 4) if len(number) == 18 else (len(number) // 4, len(number) // 4)
    return number[:head] + "*" * (len(number) - head - tail) + number[len(number) - tail :]


def masked_name(name: str | None) -> str:
    """Cover a name as the public page shows it to its bearer: ``李*根``, ``王*``."""
    if not name:
        return ""
    return f"{name[0]}*" if len(name) < 3 else f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"


def label(choice: Choice | None) -> str:
    """Return the translated label of a stored word."""
    return "" if choice is None else _(choice.label)


def labelled(choices: type[Choice]) -> list[tuple[str, str]]:
    """Return every word that may be stored, with its translated label."""
    return [(choice.value, _(choice.label)) for choice in choices]


def age_words(birth_on: date | None) -> str:
    """Return a person's age in full years: ``58 岁``."""
    if birth_on is None:
        return ""
    return _("%(years)s 岁", years=age_on(birth_on, clock.today(), birthday_counts=True))


def local_day(instant: datetime) -> date:
    """Return the day in Shanghai on which an instant falls."""
    return clock.day_of(instant)


def clock_label(key: str | None) -> str:
    """Return what a clock measures, by its stored key."""
    return _(ClockLabel(key).label) if key else ""


def sentence(obstacle) -> str:
    """Return an obstacle's reason as a sentence, its values put in as people read them; ``sum_fen`` is money."""
    return _(
        obstacle.reason.label,
        **{
            name: money(value) if name.endswith("_fen") else value_words(value)
            for name, value in obstacle.params.items()
        },
    )


def kept(reasons: dict) -> list[tuple[str, str | None]]:
    """Return what ``tries.kept`` wrote as (sentence, name of the cure), in the language of the page."""
    return [
        (_(label, **{name: _kept_value(name, value) for name, value in values.items()}), cure)
        for label, values, cure in tries.told(reasons)
    ]


def _kept_value(name, value):
    if name.endswith("_fen"):
        return money(value)
    try:
        return day_words(date.fromisoformat(value))
    except (TypeError, ValueError):
        return _(value) if isinstance(value, str) and value else value


_sayers = {}


def say_by(kind: type, words) -> None:
    """Let values of a kind in a sentence be said by ``words(value)``, of the page that knows them."""
    _sayers[kind] = words


def value_words(value):
    """Return a value of a sentence as people read it."""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, Choice):
        return label(value)
    if type(value) in _sayers:
        return _sayers[type(value)](value)
    if isinstance(value, list | tuple | set | frozenset):
        return _("、").join(str(value_words(each)) for each in value)
    return value


def _dated(day, today, this_year, other_year):
    if day is None:
        return ""
    return _written(day, _(this_year if _is_this_year(day, today) else other_year), page_locale())


@lru_cache(4096)  # a list says the same few days over and over
def _written(day: date, pattern: str, locale: Locale) -> str:
    return dates.format_date(day, pattern, locale)


def _written_instant(instant: datetime, pattern: str, locale: Locale) -> str:
    return dates.format_datetime(instant, pattern, locale=locale)


def _is_this_year(day, today):
    return day.year == (today or clock.today()).year


def _days_between(due_on, today):
    return (due_on - (today or clock.today())).days


FILTERS = {
    "date_cn": day_words,
    "last_day": last_day,
    "day_long": day_long,
    "month_words": month_words,
    "month_short": month_short,
    "moment": moment,
    "clock_time": clock_time,
    "days_left": days_left_words,
    "days_left_until": days_left_until,
    "days_left_class": days_left_class,
    "money_yuan": money,
    "masked_phone": masked_phone,
    "masked_id": masked_id,
    "masked_name": masked_name,
    "label": label,
    "sentence": sentence,
    "age_words": age_words,
    "local_day": local_day,
    "clock_label": clock_label,
}


def register(app):
    """Give the filters, and the present day, to the templates of ``app``."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals["today"] = clock.today
