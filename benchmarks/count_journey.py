"""Count what journeys cost each person: fields on the forms, those filled in, signs typed, keys, clicks, pages.

    .venv/bin/python -m benchmarks.count_journey

Walks a neighbours' dispute from the counter to the archive, and a clerk's morning with twenty-five visitors, in the
system's Chromium, by keyboard alone. "Visible" is how many fields a form shows when it opens, the folded ones left
out; keys are Tab, arrows and those that act, and a trained person jumps where this one presses Tab. Time does not
count.
"""

import logging
import shutil
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mediation.app import create_app
from mediation.ground import clock
from tests import browser as browsers
from tests.journeys import first, morning
from tests.journeys.conftest import PASSWORD, furnish
from tests.journeys.persona import Cost, Looked, Persona
from tests.migrated import migrate

MORNING = datetime(2026, 11, 23, 10, tzinfo=clock.SHANGHAI)
TARGETS = {  # a page, the number that counts there, what it may be at most
    "/intake": ("visible", 9),
    "/cases/<id>/route": ("clicks", 0),
    "/proceedings/<id>/take-on": ("filled", 4),
    "/agreements/<id>/edit": ("filled", 12),
    "/confirmations/<id>/file": ("filled", 0),
    "/confirmations/<id>/accepted": ("filled", 2),
    "/confirmations/<id>/answer/confirmed": ("filled", 3),
}
MORNING_TARGET = 275  # fields filled in for 25 visitors: features 4.1
COLUMNS = ("visible", "filled", "typed", "keys", "clicks", "times")


@dataclass
class Line:
    """What one kind of page cost a person, all its visits together."""

    visible: int = 0
    filled: int = 0
    typed: int = 0
    keys: int = 0
    clicks: int = 0
    times: int = 0

    def add(self, visible: int, cost: Cost) -> None:
        """Add one visit."""
        self.visible = max(self.visible, visible)
        self.filled += cost.fields
        self.typed += cost.typed
        self.keys += cost.pressed
        self.clicks += cost.clicks
        self.times += 1


def main():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # the figures alone
    clock.freeze(MORNING)
    for name, person in _walk(first.walk).items():
        _print(name, person)
    clock.freeze(MORNING)
    clerk = _walk(lambda enter: {"clerk": _morning(enter)}, morning.furnish)["clerk"]
    _print("窗口登记员，一上午", clerk)
    visits = len(morning.MORNING)
    print(f"{visits} visitors: {clerk.cost.fields} fields filled in, target ≤ {MORNING_TARGET}; {clerk.cost.clicks} clicks")


def _morning(enter):
    clerk = enter("clerk")
    morning.walk(clerk)
    return clerk


def _walk(walk, furnishing=lambda county: None):
    """Let people walk through a county of their own; return them by post."""
    folder = Path(tempfile.mkdtemp())
    url = f"sqlite:///{folder / 'count.db'}"
    migrate(url)
    app = create_app({"instance": folder / "instance", "database_url": url, "testing": True})
    furnish(url, app.extensions["yichuang"].secret("master-key"), furnishing)
    try:
        with browsers.chromium() as browser, browsers.served(app) as base:
            return walk(lambda name: Persona(browser, base, name, PASSWORD, Looked(), with_axe=False, with_visits=True))
    finally:
        shutil.rmtree(folder)


def _print(name: str, person: Persona) -> None:
    """Print what somebody's work cost, page by page and together, beside the targets."""
    print(f"\n{name:\u3000<18}" + "".join(f"{column:>9}" for column in COLUMNS) + f"{'target':>14}")
    lines, whole = defaultdict(Line), Line()
    ends = [visit.before for visit in person.visits[1:]] + [person.cost]
    for visit, end in zip(person.visits, ends, strict=True):
        for line in (lines[visit.kind], whole):
            line.add(visit.visible, end - visit.before)
    for kind, line in lines.items():
        if line.filled or kind in TARGETS:
            _print_line(kind, line)
    _print_line("together", whole)


def _print_line(kind: str, line: Line) -> None:
    column, most = TARGETS.get(kind, (None, None))
    target = f"{column} ≤ {most}" if column else ""
    missed = " missed" if column and getattr(line, column) > most else ""
    print(f"{kind:36}" + "".join(f"{getattr(line, column):9}" for column in COLUMNS) + f"{target:>14}{missed}")


if __name__ == "__main__":
    main()
