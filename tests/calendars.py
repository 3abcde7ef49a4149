"""The official calendar of 2026, typed from the State Council's notice, for tables of dates."""

from datetime import date

from mediation.registry.calendar.rules import SpecialDay, WorkCalendar, each_day

OFF = {
    "元旦": (date(2026, 1, 1), date(2026, 1, 4)),
    "春节": (date(2026, 2, 15), date(2026, 2, 24)),
    "清明节": (date(2026, 4, 4), date(2026, 4, 7)),
    "劳动节": (date(2026, 5, 1), date(2026, 5, 6)),
    "端午节": (date(2026, 6, 19), date(2026, 6, 22)),
    "中秋节": (date(2026, 9, 25), date(2026, 9, 28)),
    "国庆节": (date(2026, 10, 1), date(2026, 10, 8)),
}
MADE_UP = {
    date(2026, 1, 4): "元旦",
    date(2026, 2, 14): "春节",
    date(2026, 2, 28): "春节",
    date(2026, 5, 9): "劳动节",
    date(2026, 9, 20): "中秋节",
    date(2026, 10, 10): "国庆节",
}
CALENDAR_2026 = WorkCalendar(
    {
        **{day: SpecialDay(False, name) for name, (first, end) in OFF.items() for day in each_day(first, end)},
        **{day: SpecialDay(True, name) for day, name in MADE_UP.items()},
    },
    frozenset({2026}),
)
