"""Count what journey (a) costs each person: fields filled in, signs typed, keys pressed, clicks, pages.

    .venv/bin/python -m benchmarks.count_journey

Walks the same acts as the test, in the system's Chromium, by keyboard alone. Time does not count: the targets are
those of a trained person (at most 9 fields before the first save, no mouse).
"""

import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from mediation.app import create_app
from mediation.ground import clock
from tests import browser as browsers
from tests.journeys import first
from tests.journeys.conftest import PASSWORD, furnish
from tests.journeys.persona import Looked, Persona
from tests.migrated import migrate

MORNING = datetime(2026, 11, 23, 10, tzinfo=clock.SHANGHAI)


def main():
    folder = Path(tempfile.mkdtemp())
    url = f"sqlite:///{folder / 'count.db'}"
    clock.freeze(MORNING)
    migrate(url)
    app = create_app({"instance": folder / "instance", "database_url": url, "testing": True})
    furnish(url, app.extensions["yichuang"].secret("master-key"))
    try:
        with browsers.chromium() as browser, browsers.served(app) as base:
            people = first.walk(lambda name: Persona(browser, base, name, PASSWORD, Looked(), with_axe=False))
    finally:
        shutil.rmtree(folder)
    print(f"{'':10}{'fields':>8}{'typed':>8}{'keys':>8}{'clicks':>8}{'pages':>8}")
    for name, person in people.items():
        cost = person.cost
        print(f"{name:\u3000<6}{cost.fields:8}{cost.typed:8}{cost.pressed:8}{cost.clicks:8}{cost.pages:8}")


if __name__ == "__main__":
    main()
