"""The built-in years are what the script makes of its source."""

import csv
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

HOUSE = Path(__file__).parents[3]


def test_special_days_are_those_of_the_package():
    spec = spec_from_file_location("fetch_calendar", HOUSE / "scripts/fetch_calendar.py")
    script = module_from_spec(spec)
    spec.loader.exec_module(script)
    with script.TARGET.open(encoding="utf-8") as file:
        written = [tuple(row.values()) for row in csv.DictReader(file)]
    assert written == [(str(day), str(worked), name) for day, worked, name in script.rows()]
