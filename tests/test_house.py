"""The floor plan, kept true: an import goes to its own room or to one named earlier."""

import ast
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "mediation"
PLAN = (
    {"ground"},
    {"registry.access", "registry.calendar", "registry.causes", "registry.regions", "registry.settings"},
    {"registry.units", "registry.people", "registry.deadlines"},
    {"registry.staff", "registry.mediators", "registry.points", "registry.dutylists", "registry.breaches"},
    {"registry.phrases", "registry.platforms", "registry.wordings"},
    {"casefile.cases"},
    {
        "casefile.clocks", "casefile.papers", "casefile.attachments", "casefile.duties", "casefile.outside",
        "casefile.batches",
    },
    {"casefile.notices", "casefile.deliveries"},
    {"casefile.notes"},
    {"stages.intake"},
    {"stages.routing"},
    {"stages.assisting"},
    {"stages.proceedings"},
    {"stages.bookings", "stages.groups"},
    {"stages.handovers"},
    {"stages.agreements", "stages.referrals"},
    {"stages.confirmation"},
    {"stages.performance"},
    {"stages.contacts"},
    {"stages.archive"},
    {"stages.copyout"},
    {"stages.shifts"},
    {"stages.bundles"},
    {"stages.mending"},
    {"stages.companions"},
    {"support.risk", "support.meetings", "support.psychology", "support.complaints"},
    {"grid"},
    {
        "oversight.supervision", "oversight.statistics", "oversight.search", "oversight.soundness",
        "oversight.rehearsal", "oversight.rulebook",
    },
    {"rooms"},
    {"demonstration"},
    {"doors.shared"},
    {"doors.desk", "doors.portal", "doors.api", "doors.commands", "doors.jobs"},
    {"config"},
    {"app"},
)
STEP = {room: step for step, rooms in enumerate(PLAN) for room in rooms}
WEB = {"apscheduler", "flask", "flask_babel", "flask_bootstrap", "flask_login", "flask_migrate", "flask_smorest",
       "flask_wtf", "marshmallow", "werkzeug", "wtforms"}
PURE = {"lifecycle.py", "rules.py"}
PURE_MAY_KNOW = {"ground.choices", "ground.errors"}
READERS = {"cn2an"}  # libraries that turn one value into another and touch nothing else
MODULES = sorted(
    path for path in HOUSE.rglob("*.py") if path.name != "__init__.py" or ast.parse(path.read_text()).body[1:]
)


def room_of(name):
    """Return the room of a dotted name below ``mediation``, or None for the house or a floor itself."""
    parts = name.split(".")[1:]
    return next((room for room in (".".join(parts[:2]), ".".join(parts[:1])) if room in STEP), None)


def imports(path, name):
    """Yield the dotted names that a module imports, relative ones resolved."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            start = ".".join(parts[: len(parts) - node.level + 1]) if node.level else ""
            source = ".".join(filter(None, [start, node.module]))
            yield from (f"{source}.{alias.name}" for alias in node.names)


def name_of(path):
    return ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_imports_go_down(path):
    name = name_of(path)
    here = room_of(name)
    assert here, f"{name} is in no room of the plan"
    for target in imports(path, name):
        top = target.split(".")[0]
        if top == "mediation":
            there = room_of(target)
            assert there, f"{here} imports {target}, which is no room"
            assert there == here or STEP[there] < STEP[here], f"{here} may not know {there}"
            if here.startswith("doors."):
                assert ".models" not in target, "doors ask operations and queries, not models"
            if path.name in PURE:
                own = there == here and ".models" not in target and ".operations" not in target
                known = any(target.startswith(f"mediation.{room}") for room in PURE_MAY_KNOW)
                assert own or known or ".rules" in target, f"{path.name} may not know {target}"
        elif top in WEB:
            assert here == "app" or here.startswith("doors."), f"{here} may not know {top}"
        if path.name in PURE:
            assert top == "mediation" or top in sys.stdlib_module_names, f"{path.name} may not know {top}"


def test_rules_rest_on_nothing_but_values():
    """What a ``rules.py`` is made of, however far down, is as free of databases and frameworks as itself."""
    modules = {name_of(path): path for path in MODULES}
    reached, ahead = set(), [name for name, path in modules.items() if path.name in PURE]
    while ahead:
        name = ahead.pop()
        reached.add(name)
        for target in imports(modules[name], name):
            top = target.split(".")[0]
            assert top == "mediation" or top in sys.stdlib_module_names or top in READERS, f"{name} may not know {top}"
            ahead += {target, target.rpartition(".")[0]} & modules.keys() - reached
    assert {"mediation.ground.choices", "mediation.stages.intake.rules"} <= reached


def test_the_readme_names_every_room():
    text = (HOUSE.parent / "README.md").read_text(encoding="utf-8")
    plan = text.partition("## The house")[2].partition("## ")[0]
    rooms = {room_of(name_of(path)).rpartition(".")[2] for path in MODULES if path.parent != HOUSE}
    assert not sorted(room for room in rooms if room not in plan)
