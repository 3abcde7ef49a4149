"""Bundles are made and removed in the scheduler's process."""

from mediation.ground import clock
from mediation.ground.jobs import job
from mediation.stages.bundles import building, operations


@job(operations.JOB)
def build(bundle_id: int) -> None:
    """Make one bundle."""
    building.build(bundle_id)


@job("bundles.expire")
def expire() -> None:
    """Remove what has expired."""
    while operations.expire(clock.now()):
        pass
