"""The initials in the county's table are what the script works out."""

import csv
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from mediation.registry.regions import queries
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


@pytest.mark.parametrize(
    ("address", "near", "county"),
    [
        ("南昌县武阳镇前进村8组", "360121", "360121"), ("江西省南昌市东湖区某路", "360121", "360102"),
        ("南京市鼓楼区中山路", "", "320106"), ("福建省福州市鼓楼区", "", "350102"), ("鼓楼区中山路1号", "", None),
        ("鼓楼区中山路1号", "320121", "320106"), ("前进村8组", "360121", None), ("", "360121", None),
    ],
)
def test_the_county_that_an_address_names(address, near, county):
    """JC-05, QT-15: nothing is guessed where several counties have the name."""
    assert queries.county_of_address(address, near) == county
