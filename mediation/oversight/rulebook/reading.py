"""Read the program's source, its templates and its tests for the rows of the rule table that they name.

A row is named where a reason that bears it is given, in the decorator of a fact, or by its id in a function's words.
Reasons are known by their class, so a place that only says ``Bar.TOO_LATE`` is found too.
"""

import ast
import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mediation.oversight.rulebook.rows import BY_ID
from mediation.oversight.rulebook.rules import How, Place

HOUSE = Path(__file__).parents[3]
KEPT = Path(__file__).with_name("places.csv")
ID = re.compile(r"\b[A-Z]{2}-\d\d\b")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DEFINITIONS = (*FUNCTIONS, ast.ClassDef)
REASON = "mediation.ground.choices.Reason"
TABLE = "mediation/casefile/cases/lifecycle.py"  # says what steps hang on, does nothing about it
# The table itself with its tests, and what only plays the program.
NOT_READ = (
    "mediation/oversight/rulebook/", "mediation/demonstration/", "mediation/ground/choices.py",
    "tests/oversight/test_rulebook.py", "tests/oversight/test_taken_out.py", "tests/doors/desk/test_lawbook.py",
)


@dataclass
class Module:
    """One file: its tree, its lines, and what the names in it stand for."""

    path: str
    file: Path
    tree: ast.Module
    lines: list[str]
    names: dict[str, str] = field(default_factory=dict)

    @property
    def dotted(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def everything(house: Path = HOUSE) -> list[Place]:
    """Return every place where a row of the table is found, in order. Reads some thousand files: a few seconds."""
    package = [_module(path, house) for path in _files(house, "mediation/**/*.py")]
    reasons = _reasons(package)
    found = set(_settings(house))
    for module in package:
        found |= set(_code(module, reasons))
    for path in _files(house, "templates/**/*.html"):
        how = How.PAPER if path.parts[len(house.parts) + 1] == "papers" else How.PAGE
        ids = ID.findall(path.read_text(encoding="utf-8"))
        found |= {Place(rule, how, path.relative_to(house).as_posix()) for rule in ids}
    for path in _files(house, "tests/**/test_*.py"):
        found |= set(_tests(_module(path, house), reasons))
    order = list(How)
    known = (place for place in found if place.rule in BY_ID)
    return sorted(known, key=lambda place: (place.rule, order.index(place.how), place.where))


def write(places: Iterable[Place], path: Path = KEPT) -> None:
    """Write the places down for installations that have no tests."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("rule", "how", "where"))
        out.writerows((place.rule, place.how.value, place.where) for place in places)


def read(path: Path = KEPT) -> list[Place]:
    """Return the places that were written down."""
    with path.open(encoding="utf-8") as file:
        return [Place(row["rule"], How(row["how"]), row["where"]) for row in csv.DictReader(file)]


def _files(house: Path, pattern: str) -> list[Path]:
    found = sorted(house.glob(pattern))
    return [path for path in found if not path.relative_to(house).as_posix().startswith(NOT_READ)]


def _module(path: Path, house: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    found = Module(path.relative_to(house).as_posix(), path, ast.parse(text), text.splitlines())
    for node in found.tree.body:
        if isinstance(node, ast.ImportFrom) and not node.level:
            found.names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        if isinstance(node, ast.ClassDef):
            found.names[node.name] = f"{found.dotted}.{node.name}"
    return found


def _reasons(package: Iterable[Module]) -> dict[str, str]:
    """Return the row of each reason by its full name: ``mediation.stages.agreements.rules.Bar.TOO_LATE``."""
    classes = {
        f"{module.dotted}.{node.name}": (module, node)
        for module in package for node in module.tree.body if isinstance(node, ast.ClassDef)
    }
    kinds = {REASON}
    while more := {
        name for name, (module, node) in classes.items()
        if name not in kinds and any(_full(base, module.names) in kinds for base in node.bases)
    }:
        kinds |= more
    return {
        f"{name}.{line.targets[0].id}": rule
        for name in kinds - {REASON} for line in classes[name][1].body if (rule := _rule_of(line))
    }


def _rule_of(line: ast.stmt) -> str | None:
    """Return the row that a reason is declared with: ``TOO_LATE = "too_late", N_("…"), "JC-01"``."""
    if not isinstance(line, ast.Assign) or not isinstance(line.value, ast.Tuple):
        return None
    parts = [part.value for part in line.value.elts[2:] if isinstance(part, ast.Constant)]
    return next((part for part in parts if isinstance(part, str) and ID.fullmatch(part)), None)


def _full(node: ast.expr, names: dict[str, str]) -> str:
    """Return the full dotted name that an expression stands for, empty where it is none."""
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    if isinstance(node, ast.Attribute):
        before = _full(node.value, names)
        return f"{before}.{node.attr}" if before else ""
    return ""


def _given(tree: ast.AST, module: Module, reasons: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Yield the row and the line of each reason that is named there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr.isupper():
            rule = reasons.get(_full(node, module.names))
            if rule:
                yield rule, node.lineno


def _code(module: Module, reasons: dict[str, str]) -> Iterator[Place]:
    owners = _owners(module)
    for rule, line in _given(module.tree, module, reasons):
        yield Place(rule, How.REASON, _where(module, owners, line))
    if module.path == TABLE:
        return
    is_door = module.path.startswith("mediation/doors/")
    told = How.PAGE if is_door else How.PAPER if "/papers/" in module.path else How.FUNCTION
    facts = _fact_lines(module)
    declared = _declared(module)
    for number, line in enumerate(module.lines, 1):
        if number not in declared:
            how = How.FACT if number in facts else told
            for rule in ID.findall(line):
                yield Place(rule, how, _where(module, owners, number))


def _owners(module: Module) -> dict[int, str]:
    """Return, for each line, the innermost definition or the name at the top that it stands in."""
    found: dict[int, str] = {}

    def go(body, before):
        for node in body:
            name = None
            if isinstance(node, DEFINITIONS):
                name = f"{before}{node.name}"
            elif isinstance(node, ast.Assign | ast.AnnAssign) and not before:
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                name = getattr(target, "id", None)
            if name:
                first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])
                found.update(dict.fromkeys(range(first, node.end_lineno + 1), name))
            if isinstance(node, ast.ClassDef):
                go(node.body, f"{name}.")

    go(module.tree.body, "")
    return found


def _where(module: Module, owners: dict[int, str], line: int) -> str:
    name = owners.get(line)
    return f"{module.path}::{name}" if name else module.path


def _fact_lines(module: Module) -> set[int]:
    found: set[int] = set()
    for node in module.tree.body:
        for each in getattr(node, "decorator_list", ()):
            if isinstance(each, ast.Call) and getattr(each.func, "id", "") == "fact":
                found |= set(range(each.lineno, each.end_lineno + 1))
    return found


def _declared(module: Module) -> set[int]:
    """Return the lines on which reasons only get their names."""
    found: set[int] = set()
    for node in module.tree.body:
        if isinstance(node, ast.ClassDef):
            for line in node.body:
                if _rule_of(line):
                    found |= set(range(line.lineno, line.end_lineno + 1))
    return found


def _settings(house: Path) -> Iterator[Place]:
    with (house / "mediation/registry/settings/defaults.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for rule in ID.findall(row["key"][:5]):
                yield Place(rule, How.SETTING, f"{row['kind']}:{row['key']}")


def _tests(module: Module, reasons: dict[str, str]) -> Iterator[Place]:
    """Yield the tests about a row: marked with it, naming it in words, or asking for a reason that bears it.

    What a file says at its head is said of each of its tests.
    """
    tables = {
        node.targets[0].id: _named(node, module, reasons) | _in_files(node, module)
        for node in module.tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    about = set(ID.findall(ast.get_docstring(module.tree) or ""))
    for test, before in _test_functions(module.tree.body):
        found = about | _named(test, module, reasons)
        for node in ast.walk(test):
            if isinstance(node, ast.Name):
                found |= tables.get(node.id, set())
        for rule in found:
            yield Place(rule, How.TEST, f"{module.path}::{before}{test.name}")


def _in_files(node: ast.stmt, module: Module) -> set[str]:
    """Return the rows named in tables beside a test that are read there: ``EXAMPLES = … "examples.csv"``."""
    names = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    files = [module.file.with_name(name) for name in names if name.endswith(".csv") and "/" not in name]
    return {rule for file in files if file.is_file() for rule in ID.findall(file.read_text(encoding="utf-8"))}


def _test_functions(body: list[ast.stmt], before: str = "") -> Iterator[tuple[ast.FunctionDef, str]]:
    for node in body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node, before
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield from _test_functions(node.body, f"{node.name}::")


def _named(node: ast.stmt, module: Module, reasons: dict[str, str]) -> set[str]:
    first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])
    while first > 1 and module.lines[first - 2].startswith("#"):  # the words above it
        first -= 1
    text = "\n".join(module.lines[first - 1 : node.end_lineno])
    return set(ID.findall(text)) | {rule for rule, _line in _given(node, module, reasons)}
