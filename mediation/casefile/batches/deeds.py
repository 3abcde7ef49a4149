"""What can be done with many cases at once: each stage registers its own, this room knows none of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mediation.casefile.batches.rules import BatchKind
from mediation.casefile.cases.models import Case
from mediation.ground.errors import Obstacle
from mediation.registry.access.rules import Actor


@dataclass(frozen=True)
class Look:
    """What would be done with a case, in words and as its operation takes it; ``bars`` says why nothing would."""

    does: Mapping[str, Any] = field(default_factory=dict)
    where: str = ""
    bars: tuple[Obstacle, ...] = ()


@dataclass(frozen=True)
class Deed:
    """``look(case, target, by, on)`` reads and changes nothing; ``do(case_public_id, does, by, on, key)`` does it.

    ``on`` is the day of doing or, with ``on_asking``, the day on which somebody let it be done.
    """

    step: str
    look: Callable[[Case, Mapping[str, Any], Actor, date], Look]
    do: Callable[[str, Mapping[str, Any], Actor, date, str], object]
    on_asking: bool = False


_deeds: dict[BatchKind, Deed] = {}


def register(kind: BatchKind, deed: Deed) -> None:
    """Offer something that can be done with many cases."""
    _deeds[kind] = deed


def of(kind: BatchKind) -> Deed:
    return _deeds[kind]
