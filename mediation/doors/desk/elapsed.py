"""Where the time of cases went: how long each stage lasted, and since when nothing has happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mediation.casefile.cases import progress
from mediation.casefile.cases.queries import Row
from mediation.casefile.cases.rules import Stage
from mediation.doors.desk.casewords import FIRST_STEP_OF
from mediation.doors.shared.language import gettext as _

REACHED = (  # what begins anew is routed anew, or another unit has it
    FIRST_STEP_OF | dict.fromkeys(progress.ROUND_STARTS, Stage.SCREENED) | dict.fromkeys(progress.MOVES, Stage.ROUTED)
)
TOLD = 3  # stages: the longest ones, in the order of the road


@dataclass(frozen=True)
class Span:
    """A stage and how many days it has taken."""

    label: str
    days: int
    is_longest: bool = False


@dataclass(frozen=True)
class Elapsed:
    """The days of a case: the stages that took most of them, and how many days nothing has happened."""

    spans: tuple[Span, ...]
    still_days: int


def of(rows: Iterable[Row], *, on: date) -> dict[int, Elapsed]:
    """Return where the time of each case went until a day, asked for all of them at once."""
    return {case_id: _elapsed(dated, on) for case_id, dated in progress.dated_steps([row.id for row in rows]).items()}


def _elapsed(dated, on):
    days = _days_of_stages(dated, on)
    longest = sorted(days, key=days.get, reverse=True)[:TOLD]
    told = [stage for stage in days if stage in longest and days[stage]]
    spans = tuple(Span(_(stage.label), days[stage], stage == longest[0]) for stage in told)
    return Elapsed(spans, (on - max(day for _step, day in dated)).days)


def _days_of_stages(dated, on) -> dict[Stage, int]:
    """Return how many days each stage lasted; a stage that was come back to lasted twice."""
    reached = [(REACHED[step], day) for step, day in dated if step in REACHED]
    days: dict[Stage, int] = {}
    for (stage, since), (_next, until) in zip(reached, [*reached[1:], (None, on)], strict=True):
        days[stage] = days.get(stage, 0) + max((until - since).days, 0)
    return days
