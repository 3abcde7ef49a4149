"""The cases that are shown, each made to stand where it can be tried on the day of reference."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from mediation.demonstration import agenda
from mediation.demonstration.affair import Affair
from mediation.demonstration.plans import Plan
from mediation.demonstration.scenes import ENDING, Stage
from mediation.demonstration.stories import Story, stories
from mediation.registry.calendar.rules import WorkCalendar
from mediation.registry.regions.rules import Place
from mediation.registry.settings import queries as settings
from mediation.stages.confirmation.rules import last_day_to_apply
from mediation.stages.intake.rules import Question

DATA = tomllib.loads((Path(__file__).parent / "shows.toml").read_text("utf-8"))


@cache
def told() -> Mapping[str, Story]:
    """Return the stories by their key, and by the first of a type."""
    found = {f"shown.{number}": Story(key=f"shown.{number}", **row) for number, row in enumerate(DATA["story"], 1)}
    for story in reversed(stories()):
        found[story.type] = story
    return found | {story.key: story for story in stories()}


def count() -> int:
    """Return how many cases are shown."""
    return len(DATA["show"])


def scenes(stage: Stage) -> Iterator[tuple[datetime, Affair]]:
    """Yield the shown cases; those with a name are the first ones."""
    for number, row in enumerate(DATA["show"], 1):
        plan = Plan(extra=frozenset(row.get("extra", ())), archive=True, **_with_days(row, stage))
        starts_on = agenda.earlier(stage.calendar, stage.reference, row["starts"])
        starts_at, affair = stage.scene(
            number, told()[row["story"]], plan, starts_on, place=_place(row, number, stage),
            channel=row.get("channel", "window"), yes=frozenset(Question(each) for each in row.get("yes", ())),
            people=row.get("people", 0),
        )
        affair.is_shown = "name" in row
        yield starts_at, affair


def names() -> list[str]:
    """Return the names of the shown cases, in the order of their numbers."""
    return [row["name"] for row in DATA["show"] if "name" in row]


def _with_days(row: Mapping, stage: Stage) -> dict:
    plan = {"pace": 0.8, **row["plan"]}
    for wanted, field in (("due", "due_on"), ("next", "next_on")):
        if wanted in row:
            plan[field] = stage.reference + timedelta(days=row[wanted])
    if "left" in row:
        plan["effective_on"] = day_with_time_left(
            row["left"], reference=stage.reference, calendar=stage.calendar, centre_id=stage.county.centre_id
        )
    return plan


def day_with_time_left(left: int, *, reference: date, calendar: WorkCalendar, centre_id: int) -> date:
    """Return the working day from whose effect so many days are left for applying, or as few more as there can be."""
    days = settings.days("JC-01", on=reference, centre_id=centre_id).amount
    candidates = [reference - timedelta(days=each) for each in range(1, days + 10)]
    working = [day for day in candidates if calendar.is_workday(day)]

    def surplus(day: date) -> int:
        spare = (last_day_to_apply(day, days=days, calendar=calendar).day - reference).days - left
        return spare if spare >= 0 else 1000 - spare

    return min(working, key=surplus)


def _place(row: Mapping, number: int, stage: Stage) -> Place | None:
    """Return the place that is named, or one in the town whose own committee is to have the case."""
    if "town" in row:
        villages = [place for place in stage.county.villages[row["town"]] if place not in stage.county.with_committee]
        fitting = [place for place in villages if place.name.endswith(ENDING[told()[row["story"]].where])]
        return fitting[number % len(fitting)]
    return next((place for place in stage.county.with_committee if place.name == row.get("place")), None)
