"""How long the list of who suits a case takes, with a whole county's pool, and how many questions it asks.

    .venv/bin/python -m benchmarks.pool [--people 220] [--rounds 20]

A throw-away SQLite database gets one committee with that many mediators, each with two open cases of their own. Goal:
220 people in 100 ms, and no question per person.
"""

import argparse
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

from sqlalchemy import event
from sqlalchemy.engine import Engine

from benchmarks import serving
from mediation.casefile.cases.models import Case
from mediation.ground import clock, crypto, db, files
from mediation.ground.db import session, transaction
from mediation.registry.access.rules import Role
from mediation.stages.proceedings import candidates, queries
from mediation.stages.proceedings.models import Proceeding, ProceedingMediator
from tests import cast, makers
from tests.migrated import migrate


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=220)
    parser.add_argument("--rounds", type=int, default=20)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, serving.database("sqlite", Path(folder)) as url:
        migrate(url)
        crypto.use(bytes(range(32)))
        files.use(files.Store(Path(folder) / "files"))
        db.connect(url)
        proceeding, case = _fill(told.people)
        asked = []
        event.listen(Engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
        took = []
        for _round in range(told.rounds):
            session.rollback()
            asked.clear()
            proceeding, case = session.get_one(Proceeding, proceeding.id), session.get_one(Case, case.id)
            began = time.perf_counter()
            found = candidates.available_for(proceeding, case, on=clock.today())
            took.append(1000 * (time.perf_counter() - began))
        print(f"{len(found)} people: median {median(took):.1f} ms, worst {max(took):.1f} ms, {len(asked)} questions")


def _fill(people: int):
    county = cast.gather()
    proceeding = cast.accepted(county)
    others = [cast.accepted(county) for _each in range(2)]
    for number in range(people - 1):
        actor = makers.make_actor(county.centre, Role.MEDIATOR, county.committee, name=f"调解员{number}")
        row = makers.make_mediator(
            county.centre, county.committee, actor, name=f"调解员{number}", register_no=None, birth_on=date(1970, 1, 1),
            specialities={"types": ["neighbour"] if number % 3 else []},
        )
        with transaction():
            session.add_all(
                ProceedingMediator(
                    proceeding_id=each.id, mediator_id=row.id, mode="appointed", since=clock.now(), load_points=3
                )
                for each in others
            )
    return queries.newest(proceeding.case_id), session.get_one(Case, proceeding.case_id)


if __name__ == "__main__":
    main()
