"""Every setting that the program brings along is asked for somewhere: one that nothing reads decides nothing."""

import ast
import csv
import re
from pathlib import Path

HOUSE = Path(__file__).parents[3] / "mediation"
BESIDE = ("oversight/rulebook/", "registry/deadlines/table.py")  # name rows and periods, decide nothing with them
# What is not decided by, each with why it stands. Periods among them are told by the calculator of deadlines.
ONLY_TOLD = {
    "DP-05.keep": "impact assessments are kept by the unit, not here",
    "MH-03.decide": "a protection order is asked of the court; no case of ours waits for it",
    "MH-03.urgent": "as above",
    "MH-03.valid": "as above",
    "QT-07.defence": "the court sets it after filing; a referral proposes the period for evidence alone",
    "ST-05": "no subsidy is paid out of the system yet",
    "ST-05.excludes_officials": "as above",
}


def defaults():
    path = HOUSE / "registry/settings/defaults.csv"
    with path.open(encoding="utf-8") as file:
        return {row["key"] for row in csv.DictReader(file)}


def asked():
    """Return the strings that code says, apart from names of rows beside reasons and facts, and the beginnings."""
    said, begun = set(), set()
    for path in HOUSE.rglob("*.py"):
        if path.relative_to(HOUSE).as_posix().startswith(BESIDE):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        only_named = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                rows = (line.value for line in node.body if isinstance(line, ast.Assign))
                only_named |= {id(part) for row in rows if isinstance(row, ast.Tuple) for part in ast.walk(row)}
            elif isinstance(node, ast.keyword) and node.arg in ("rules", "rule"):
                only_named |= {id(part) for part in ast.walk(node.value)}
            elif isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
                begun.add(node.values[0].value)
                only_named.add(id(node.values[0]))
        said |= {
            node.value for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in only_named
        }
    return said, tuple(each for each in begun if re.fullmatch(r"[A-Za-z0-9.-]{3,}[.]", each))


def test_every_setting_is_read_or_says_why_not():
    said, begun = asked()
    extended = {f"{key}_extension" for key in said}
    unread = {key for key in defaults() if key not in said | extended and not key.startswith(begun)}
    assert unread == set(ONLY_TOLD), "read it, take it out, or say why it stands"
