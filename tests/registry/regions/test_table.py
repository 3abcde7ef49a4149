"""The initials in the county's table are what the script works out."""

import csv
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from mediation.registry.regions.rules import parent_of, short_name

HOUSE = Path(__file__).parents[3]


def rows():
    with (HOUSE / "mediation/registry/regions/areas_360121.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_initials():
    spec = spec_from_file_location("fetch_divisions", HOUSE / "scripts/fetch_divisions.py")
    script = module_from_spec(spec)
    spec.loader.exec_module(script)
    for row in rows():
        assert row["initials"] == script.initials(short_name(row["name"])), row["name"]


def test_the_tree_is_whole():
    codes = [row["code"] for row in rows()]
    assert len(codes) == len(set(codes)) == 495
    assert all(parent_of(code) in {*codes, "360121"} for code in codes)
