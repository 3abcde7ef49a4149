#!/usr/bin/env python3
"""Write mediation/registry/calendar/special_days.csv from the Python package chinesecalendar (MIT).

Run it from the checkout: ``.venv/bin/python scripts/fetch_calendar.py``. Years that the package does not know yet
are imported on a page of the program.
"""

import csv
from pathlib import Path

from chinese_calendar.constants import Holiday, holidays, workdays

TARGET = Path(__file__).parent.parent / "mediation/registry/calendar/special_days.csv"
FIRST_YEAR = 2011
FULL_NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}


def rows():
    """Return (date, is_workday, name) for each day that a notice set apart, oldest first."""
    chinese = {holiday.value: FULL_NAMES.get(holiday.chinese, holiday.chinese) for holiday in Holiday}
    days = [(day, 0, chinese[name]) for day, name in holidays.items()]
    days += [(day, 1, chinese[name]) for day, name in workdays.items()]
    return sorted(row for row in days if row[0].year >= FIRST_YEAR)


def main():
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["date", "is_workday", "name"])
        table.writerows(rows())
    print(f"{TARGET.name}: {sum(1 for _ in TARGET.open()) - 1} days")


if __name__ == "__main__":
    main()
