"""Places made into courts that may hear a matter, each with every reason for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from mediation.ground.choices import Reason
from mediation.registry.regions.rules import Court

Ground = tuple[Reason, str]  # why, and the party or body that lives or sits there


@dataclass(frozen=True)
class CompetentCourt:
    """A court that may be chosen, with its grounds, each as (ground, who)."""

    court: Court
    grounds: tuple[Ground, ...]


def by_court(named: Iterable[tuple[Court | None, Ground]]) -> list[CompetentCourt]:
    """Return each court once, in the order in which it was first named, with all its grounds, none of them twice.

    A place whose court nobody knows (None) names none.
    """
    found: dict[str, tuple[Court, dict[Ground, None]]] = {}
    for court, ground in named:
        if court is not None:
            _first, grounds = found.setdefault(court.code, (court, {}))
            grounds[ground] = None
    return [CompetentCourt(court, tuple(grounds)) for court, grounds in found.values()]
