"""A plugin for pytest that takes a row of the rule table out of the program and asks whether any of its tests fails.

    python -m pytest -m "not journey" -p tests.taken_out --take-out all
    python -m pytest -p tests.taken_out --take-out JC-01 --take-out PM-18

The program is compiled anew as it is imported, so that whatever is answered, yielded or raised can be left out while
it runs. A row that gives reasons loses them all. A row that reads dated settings gets each of them one off. Of what has
neither, the functions that name the row answer wrongly: a day later, the other way round, with nothing.
"""

import ast
import functools
import re
import sys
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from importlib.machinery import PathFinder, SourceFileLoader
from types import GeneratorType

import pytest

ID = re.compile(r"\b[A-Z]{2}-\d\d\b")
GONE = object()
LISTS = (list, tuple, set, frozenset)
MAKING = ("mediation.ground.choices", "mediation.ground.errors")  # obstacles, which are not asked whether to
FIGURES = ("days", "number", "amount")
TELLERS = ("tests/registry/settings/", "tests/registry/deadlines/", "tests/registry/calendar/")
BROKEN = ("AttributeError", "TypeError", "KeyError", "IndexError", "NameError", "UnboundLocalError")


class Mutant:
    """What is taken out just now."""

    row: str | None = None
    way: str | None = None  # reasons, functions, or one setting

    def set(self, row=None, way=None):
        self.row, self.way = row, way


mutant = Mutant()


def _is_out(thing):
    """Say whether a reason, or an obstacle that gives it, belongs to the row that is taken out."""
    if mutant.way != "reasons":
        return False
    thing = getattr(thing, "reason", None) or getattr(thing, "flaw", None) or thing
    return getattr(thing, "rule", None) == mutant.row and hasattr(thing, "label")


def kept(value):
    """Return what a function answers, a list without the reasons that are taken out; so too the lists of a value."""
    if mutant.way != "reasons":
        return value
    if type(value) in LISTS:
        return type(value)(each for each in value if not _is_out(each))
    if is_dataclass(value) and not isinstance(value, type) and not hasattr(value, "reason"):
        lists = {each.name: getattr(value, each.name, None) for each in fields(value) if each.init}
        left = {name: kept(found) for name, found in lists.items() if type(found) in LISTS}
        changed = {name: found for name, found in left.items() if len(found) != len(lists[name])}
        return replace(value, **changed) if changed else value
    return value


def kept_or_none(value):
    """Return what a function answers that may also answer None."""
    return None if _is_out(value) else kept(value)


def yielded(value):
    """Return what is still to be yielded, GONE where it is taken out."""
    return GONE if _is_out(value) else value


def raised(error):
    """Return what is still to be raised: None where every obstacle is taken out."""
    obstacles = getattr(error, "obstacles", None)
    if mutant.way != "reasons" or not obstacles:
        return error
    left = [each for each in obstacles if not _is_out(each)]
    return type(error)(*left, about=error.about) if left else None


def named(rows, is_void):
    """Make a function answer wrongly while one of its rows is taken out by its functions."""

    def wrap(function):
        @functools.wraps(function)
        def asked(*args, **values):
            if mutant.way != "functions" or mutant.row not in rows:
                return function(*args, **values)
            return None if is_void else wrong(function(*args, **values))

        return asked

    return wrap


def wrong(value):
    """Return another answer of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, date):
        return value + timedelta(days=1)
    if type(value) in (int, float):
        return value + 1
    if type(value) in (str, dict, *LISTS):
        return type(value)()
    if isinstance(value, GeneratorType):
        return iter(())
    if is_dataclass(value) and not isinstance(value, type):
        shifted = {
            each.name: getattr(value, each.name) + timedelta(days=1)
            for each in fields(value) if each.init and isinstance(getattr(value, each.name), date)
        }
        return replace(value, **shifted) if shifted else None
    return None


class _Rewriting(ast.NodeTransformer):
    """Send what is answered, yielded and raised through the functions above."""

    def __init__(self):
        self._answers = []  # of the functions around: what keeps their answers

    def visit_FunctionDef(self, node):
        may_be_none = node.returns is not None and "None" in ast.unparse(node.returns)
        self._answers.append("kept_or_none" if may_be_none else "kept")
        self.generic_visit(node)
        self._answers.pop()
        rows = set(ID.findall(ast.get_docstring(node) or ""))
        if rows:
            is_void = isinstance(node.returns, ast.Constant) and node.returns.value is None
            node.decorator_list.append(_call("named", ast.Constant(tuple(sorted(rows))), ast.Constant(is_void)))
        return node

    def visit_Return(self, node):
        self.generic_visit(node)
        if node.value is not None:
            node.value = _call(self._answers[-1], node.value)
        return node

    def visit_Expr(self, node):
        self.generic_visit(node)
        if not isinstance(node.value, ast.Yield) or node.value.value is None:
            return node
        name = ast.Name("_out_", ast.Store())
        node.value.value, value = ast.Name("_out_", ast.Load()), node.value.value
        gone = ast.Attribute(ast.Name("_taken_out_", ast.Load()), "GONE", ast.Load())
        is_left = ast.Compare(ast.NamedExpr(name, _call("yielded", value)), [ast.IsNot()], [gone])
        return ast.If(is_left, [node], [])

    def visit_Raise(self, node):
        self.generic_visit(node)
        if not isinstance(node.exc, ast.Call):
            return node
        node.exc, error = ast.Name("_out_", ast.Load()), node.exc
        is_left = ast.Compare(
            ast.NamedExpr(ast.Name("_out_", ast.Store()), _call("raised", error)), [ast.IsNot()], [ast.Constant(None)]
        )
        return ast.If(is_left, [node], [])


def _call(name, *args):
    return ast.Call(ast.Attribute(ast.Name("_taken_out_", ast.Load()), name, ast.Load()), list(args), [])


class _Loader(SourceFileLoader):
    def get_code(self, fullname):
        tree = ast.parse(self.get_data(self.path), self.path)
        at = next(
            (number for number, line in enumerate(tree.body)
             if not (isinstance(line, ast.Expr) or isinstance(line, ast.ImportFrom) and line.module == "__future__")),
            len(tree.body),
        )
        tree = _Rewriting().visit(tree)
        tree.body.insert(at, ast.Import([ast.alias("tests.taken_out", "_taken_out_")]))
        return compile(ast.fix_missing_locations(tree), self.path, "exec")


class _Finder(PathFinder):
    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        if not fullname.startswith("mediation.") or fullname in MAKING:
            return None
        found = PathFinder.find_spec(fullname, path, target)
        if found is not None and type(found.loader) is SourceFileLoader:
            found.loader = _Loader(fullname, found.origin)
        return found


assert not any(name.startswith("mediation") for name in sys.modules), "take rows out before the program is imported"
sys.modules["tests.taken_out"] = sys.modules[__name__]
sys.meta_path.insert(0, _Finder)


def pytest_addoption(parser):
    parser.addoption("--take-out", action="append", default=[], metavar="ROW", help="a row of the rule table, or all")


class _Round:
    """The rows that are taken out one after another, each with the tests that are about it."""

    def __init__(self, config):
        from mediation.oversight.rulebook import queries
        from mediation.oversight.rulebook.rules import Bite, How, State
        from mediation.registry.settings import queries as settings
        from tests import standing
        from tests.conftest import MORNING

        asked = config.getoption("--take-out")
        bites = {Bite.BLOCK, Bite.DUE, Bite.WARN}
        entries = {each.row.id: each for each in queries.built_in(on=MORNING.date())}
        every = [
            row for row, each in entries.items()
            if each.row.bite in bites and each.state is State.ENFORCED or row.startswith("ST-0") and each.at(How.REASON)
        ]
        self.entries = {row: entries[row] for row in (every if "all" in asked else asked)}
        self.ways = {}
        for row, each in self.entries.items():
            figures = [key for kind, key in each.settings if kind in FIGURES]
            if each.row.bite is Bite.DUE and figures:
                self.ways[row] = [(f"setting {key}",) for key in figures]
            elif each.row.bite is Bite.DUE or not each.at(How.REASON):  # reasons beside no figure only explain a day
                self.ways[row] = [("functions",)]
            else:
                self.ways[row] = [("reasons", "functions")]  # some reasons only say why; then what they say why of
        self.lived, self.killed = [], []
        _off_by_one(settings)
        begin = standing.begin
        standing.begin = lambda copies, *what: begin(copies, *what, *self._own_walks())

    @staticmethod
    def _own_walks():
        """A road walked with other settings is another road; one that meets no obstacle is the same."""
        return () if mutant.way in (None, "reasons") else (mutant.row, mutant.way)


def _off_by_one(settings):
    """Let every dated setting of a row that is taken out be one more, the other way round, or shorter by a word."""
    ask = settings.setting

    def setting(kind, key, **whose):
        found = ask(kind, key, **whose)
        if found is None or mutant.way != f"setting {key}":
            return found
        value = found.value
        if isinstance(value, dict) and "amount" in value:
            return replace(found, value={**value, "amount": value["amount"] + 1})
        return replace(found, value=wrong(value) if isinstance(value, bool | int) else value)

    settings.setting = setting


def pytest_configure(config):
    if config.getoption("--take-out"):
        config.taken_out = _Round(config)


def pytest_collection_modifyitems(config, items):
    this = getattr(config, "taken_out", None)
    if this is None:
        return
    wanted = {test for entry in this.entries.values() for test in entry.tests}
    items[:] = [
        item for item in items
        if _id(item) in wanted and "postgresql" not in item.name and "browser" not in item.fixturenames
    ]


def _id(item):
    return item.nodeid.partition("[")[0]


def pytest_runtestloop(session):
    this = getattr(session.config, "taken_out", None)
    if this is None or session.config.option.collectonly:
        return None
    say = session.config.pluginmanager.get_plugin("terminalreporter").write_line
    for row, entry in this.entries.items():
        items = [item for item in session.items if _id(item) in set(entry.tests)]
        items.sort(key=lambda item: ("app" in item.fixturenames, "ground" in item.fixturenames))
        for ways in this.ways[row]:
            by = None
            for way in ways:
                by = _killer(session, row, way, items)
                if by:
                    break
            (this.killed if by else this.lived).append((row, way, by))
            say(f"{row} without its {way}: {by or f'NOBODY of {len(items)} NOTICED'}")
    session.testsfailed = len(this.lived)
    return True


def _killer(session, row, way, items):
    """Return the first test that fails while a row is taken out, with what it said.

    A program that breaks because something is missing is no answer while another test may give one.
    """
    from _pytest.runner import runtestprotocol

    broken = None
    for item in items:
        if way.startswith("setting") and item.nodeid.startswith(TELLERS):
            continue  # what is told about a setting shows nothing that is done with it
        item._initrequest()
        mutant.set(row, way)
        try:
            reports = runtestprotocol(item, log=False, nextitem=session)
        finally:
            mutant.set()
        failed = next((each for each in reports if each.failed), None)
        if failed:
            said = f"{item.nodeid}  {str(failed.longrepr).strip().splitlines()[-1]}"
            if not said.endswith(BROKEN):
                return said
            broken = broken or f"BROKEN {said}"
    return broken


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter, config):
    this = getattr(config, "taken_out", None)
    if this is not None:
        terminalreporter.write_line(f"taken out: {len(this.killed)} noticed, {len(this.lived)} not")
        for row, way, _by in this.lived:
            terminalreporter.write_line(f"    {row} without its {way}")
