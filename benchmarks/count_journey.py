"""Count what journeys cost each person: fields on the forms, those filled in, signs typed, keys, clicks, pages.

    .venv/bin/python -m benchmarks.count_journey

Walks a neighbours' dispute from the counter to the archive, a clerk's morning with twenty-five visitors, a unit head's
hour and a mediator's day, in the system's Chromium, by keyboard alone. "Visible" is how many fields a form shows when
it opens, the folded ones left out; keys are Tab, arrows and those that act, and a trained person jumps where this one
presses Tab. Time does not count. Targets of a page are for all its visits.
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
from tests.journeys import first, head, mediator, morning
from tests.journeys.conftest import PASSWORD, furnish, work_off
from tests.journeys.persona import Cost, Looked, Persona
from tests.migrated import migrate

MORNING = datetime(2026, 11, 23, 10, tzinfo=clock.SHANGHAI)
TARGETS = {  # a page, the number that counts there, what it may be at most
    "/intake": ("visible", 9),
    "/cases/<id>/route": ("clicks", 0),
    "/proceedings/<id>/take-on": ("filled", 4),
    "/proceedings/<id>/assign": ("keys", 1),
    "/proceedings/<id>/attempts/new": ("keys", 2),
    "/cases/<id>/bookings/new": ("keys", 1),
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
    for name, person in _walk(lambda enter, _made, _app: first.walk(enter)).items():
        _print(name, person)
    clerk = _walk(_morning, morning.furnish)
    _print("窗口登记员，一上午", clerk)
    cost = clerk.cost
    print(f"{len(morning.MORNING)} visitors: {cost.fields} fields, target ≤ {MORNING_TARGET}; {cost.clicks} clicks")
    _print("单位负责人，一小时", _walk(_hour, head.furnish))
    _print("调解员，一天", _walk(lambda enter, made, _app: mediator.walk(enter, made), mediator.furnish))


def _morning(enter, _made, _app):
    clerk = enter("clerk")
    morning.walk(clerk)
    return clerk


def _hour(enter, made, app):
    return head.walk(enter, made, lambda: work_off(app))


def _walk(walk, furnishing=lambda county: None):
    """Let people walk through a county of their own, with ``enter``, what was made, the application."""
    clock.freeze(MORNING)
    folder = Path(tempfile.mkdtemp())
    url = f"sqlite:///{folder / 'count.db'}"
    migrate(url)
    app = create_app({"instance": folder / "instance", "database_url": url, "testing": True})
    _county, made = furnish(app, furnishing)
    try:
        with browsers.chromium() as browser, browsers.served(app) as base:

            def enter(name):
                return Persona(browser, base, name, PASSWORD, Looked(folder), with_axe=False, with_visits=True)

            return walk(enter, made, app)
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
    if column not in (None, "visible"):
        most *= line.times
    target = f"{column} ≤ {most}" if column else ""
    missed = " missed" if column and getattr(line, column) > most else ""
    print(f"{kind:36}" + "".join(f"{getattr(line, column):9}" for column in COLUMNS) + f"{target:>14}{missed}")


if __name__ == "__main__":
    main()
