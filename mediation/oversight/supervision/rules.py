"""Supervision: how long a look into a case lasts, and that it says why."""

from datetime import timedelta

from mediation.ground.choices import N_, Reason
from mediation.ground.errors import Obstacle, because

LOOK_LASTS = timedelta(minutes=30)
LONGEST_REASON = 400


class Bar(Reason):
    NO_LOOK_REASON = "no_look_reason", N_("看内容要写理由")


def look_obstacles(reason: str) -> list[Obstacle]:
    """Return what forbids a look into a case."""
    return [] if reason.strip() else [because(Bar.NO_LOOK_REASON)]
