"""The period of mediation stands still while an appraisal is made: paused and run on, each with its paper (JM-03)."""

from datetime import date

from mediation.casefile.cases import steps
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks import queries as clock_queries
from mediation.casefile.clocks.models import Clock
from mediation.casefile.clocks.rules import ClockLabel
from mediation.ground.errors import Obstacle, because
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.stages.proceedings import queries
from mediation.stages.proceedings.models import Proceeding
from mediation.stages.proceedings.rules import Bar

EXCLUDES_APPRAISAL = ("PM-18", "JM-02", "AM-10", "AM-11", "AM-12", "AM-17", "AM-19")  # AM-05, AM-06 know no pause


def period(proceeding: Proceeding) -> Clock | None:
    """Return the running period of mediation, as the case page has it already."""
    rows = clock_queries.of_case(proceeding.case_id)
    return next(
        (row for row in rows if row.stopped_on is None and row.label == ClockLabel.MEDIATION
         and row.object_id == proceeding.id), None,
    )


def obstacles_to_pause(proceeding: Proceeding) -> list[Obstacle]:
    """Return why no days can be left out: no such period runs, or it stands still already. JM-03."""
    clock = period(proceeding)
    if clock is None or not clock.basis.startswith(EXCLUDES_APPRAISAL):
        return [because(Bar.NO_PAUSE)]
    return [because(Bar.PAUSED)] if clock_queries.open_pause(clock) else []


def obstacles_to_run_on(proceeding: Proceeding) -> list[Obstacle]:
    """Return why nothing can run on: nothing stands still."""
    clock = period(proceeding)
    return [] if clock is not None and clock_queries.open_pause(clock) else [because(Bar.NOT_PAUSED)]


@once
def pause(
    proceeding_public_id: str, *, by: Actor, on: date, key: str | None = None, paper: str, why_late: str | None = None,
) -> str:
    """Let the period stand still from the day an appraisal is asked for; ``paper`` names what shows it.

    That day and the following do not count until :func:`run_on`. JM-03: SPC Rules on Online Mediation (2022), Art. 26;
    Regulation on the Prevention and Handling of Medical Disputes (2018), Art. 38.
    """
    proceeding, case = queries.get(proceeding_public_id, for_=by)
    clock = queries.last_clock(proceeding)
    bars = [because(Bar.PAUSED_BEFORE_START, start=clock.started_on)] if clock and on < clock.started_on else []
    steps.take("proceeding.pause", proceeding, by=by, on=on, case=case, reason=why_late, bars=bars)
    clocks.suspend(clock, case, from_=on, reason=paper, by=by)
    return proceeding.public_id


@once
def run_on(
    proceeding_public_id: str, *, by: Actor, on: date, key: str | None = None, why_late: str | None = None,
) -> str:
    """Let the period run again from the day on which the result came; that day counts."""
    proceeding, case = queries.get(proceeding_public_id, for_=by)
    clock = queries.last_clock(proceeding)
    paused = clock_queries.open_pause(clock) if clock else None
    bars = [because(Bar.RUNS_BEFORE_PAUSE, start=paused.from_on)] if paused and on < paused.from_on else []
    steps.take("proceeding.run_on", proceeding, by=by, on=on, case=case, reason=why_late, bars=bars)
    clocks.resume(clock, case, on=on, by=by)
    return proceeding.public_id
