"""A calendar for the sets: 2026 and 2027 with their weekends and a Spring Festival."""

from datetime import date, timedelta

from mediation.registry.calendar.rules import SpecialDay, WorkCalendar

SPRING = {date(2027, 2, 5) + timedelta(days=each): SpecialDay(False, "春节") for each in range(7)}
CALENDAR = WorkCalendar(SPRING, frozenset({2026, 2027}))
