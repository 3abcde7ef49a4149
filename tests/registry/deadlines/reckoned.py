"""Another way to reckon, written without the program's: days are walked through one by one on numbers."""

from datetime import date

CUMULATED = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


def leap(year):
    return year % 4 == 0 and year % 100 != 0 or year % 400 == 0


def number(year, month, day):
    """Days since 1 January of the year 1, counting from 1, as ``date.toordinal`` but by hand."""
    before = year - 1
    past = 365 * before + before // 4 - before // 100 + before // 400
    return past + CUMULATED[month - 1] + (month > 2 and leap(year)) + day


def long(year, month):
    ends = (*CUMULATED[1:], 365)
    return ends[month - 1] - CUMULATED[month - 1] + (month == 2 and leap(year))


class Almanac:
    """Working days as a set of numbers, from rows of a table and plain weekends."""

    def __init__(self, rows, fixed=(), first=2006, last=2062):
        """``rows`` are (ISO day, worked); ``fixed`` are (month, day) off in the years without rows."""
        told = {self._read(day): worked for day, worked in rows}
        years = {int(day[:4]) for day, _worked in rows}
        off = {number(year, *day) for year in range(first, last) if year not in years for day in fixed}
        self.worked = {
            each for each in range(number(first, 1, 1), number(last, 1, 1))
            if told.get(each, each % 7 not in (6, 0) and each not in off)
        }

    @staticmethod
    def _read(text):
        return number(*(int(part) for part in text.split("-")))

    def rolled(self, day):
        while day not in self.worked:
            day += 1
        return day

    def days(self, start, amount, stopped=()):
        """Walk one day after another; stopped days do not use the amount up."""
        day, left = number(start.year, start.month, start.day), amount
        barred = {number(each.year, each.month, each.day) for each in stopped}
        while left:
            day += 1
            left -= day not in barred
        while day in barred:
            day += 1
        return date.fromordinal(self.rolled(day))

    def working_days(self, start, amount, stopped=()):
        day, left = number(start.year, start.month, start.day), amount
        barred = {number(each.year, each.month, each.day) for each in stopped}
        while left:
            day += 1
            left -= day in self.worked and day not in barred
        return date.fromordinal(day)

    def months(self, start, amount):
        year, month = start.year, start.month
        for _each in range(amount):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        return date.fromordinal(self.rolled(number(year, month, min(start.day, long(year, month)))))
