"""Who suits a case: every reason with its points, said in words; it puts people in an order and decides nothing.

Only values, as in the rules (row 39). The weights are a dated setting of the house.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from mediation.ground.choices import N_, Reason
from mediation.ground.errors import Obstacle, because


class PartKind(Reason):
    """One reason for or against somebody; its label is what the page says."""

    CHOSEN_BY_ALL = "chosen_by_all", N_("各方都选他"), "PM-04"
    CHOSEN_BY_ONE = "chosen_by_one", N_("%(who)s选他"), "PM-04"
    REFUSED = "refused", N_("%(who)s不接受过他"), "PM-04"
    TYPE = "type", N_("擅长%(type)s"), None
    STUDIO = "studio", N_("%(studio)s的人"), None
    AREA = "area", N_("管%(place)s这一片"), None
    PAIR = "pair", N_("办过这两方的事"), None
    LANGUAGE = "language", N_("有一方要翻译，他会%(languages)s"), None
    TRAINED = "trained", N_("培训没过期"), None
    SAME_VILLAGE = "same_village", N_("和%(who)s同村，看一下这里"), "PM-22"
    NAMESAKE = "namesake", N_("和%(who)s同姓又同村，看一下这里"), "PM-22"
    LOAD = "load", N_("手上%(cases)s件、%(points)s分"), None


class Near(IntEnum):
    """How near the place of a case lies to what somebody looks after."""

    ELSEWHERE = 0
    TOWN = 1
    VILLAGE = 2


@dataclass(frozen=True)
class Suitability:
    """What is known of a mediator in view of a case; empty words mean no."""

    type: str = ""
    studio: str = ""
    place: str = ""
    near: Near = Near.ELSEWHERE
    met_before: bool = False
    languages: str = ""
    is_trained: bool = False
    neighbours: tuple[str, ...] = ()  # parties of the same village
    namesakes: tuple[str, ...] = ()  # parties of the same village and surname
    chosen_by: tuple[str, ...] = ()
    chosen_by_all: bool = False
    refused_by: tuple[str, ...] = ()
    cases: int = 0
    points: int = 0


@dataclass(frozen=True)
class Part:
    """One reason in words, and what it adds or takes."""

    said: Obstacle
    points: int

    @property
    def kind(self) -> PartKind:
        return self.said.reason


WEIGHED = frozenset({
    "chosen_by_all", "chosen_by_one", "refused", "type", "studio", "area", "pair", "language", "trained",
    "same_village", "namesake", "load",
})


def parts(known: Suitability, weights: Mapping[str, int]) -> tuple[Part, ...]:
    """Return every reason that applies, for and against; what has no weight is said and counts nothing.

    ``load`` weighs each point of open work. A relation to a party is only pointed at: the four questions and the head
    decide (PM-22: "look here").
    """
    told: list[tuple[PartKind, dict, int]] = []
    if known.chosen_by_all:
        told.append((PartKind.CHOSEN_BY_ALL, {}, 1))
    elif known.chosen_by:
        told.append((PartKind.CHOSEN_BY_ONE, {"who": known.chosen_by}, 1))
    if known.refused_by:
        told.append((PartKind.REFUSED, {"who": known.refused_by}, 1))
    if known.type:
        told.append((PartKind.TYPE, {"type": known.type}, 1))
    if known.studio:
        told.append((PartKind.STUDIO, {"studio": known.studio}, 1))
    if known.near:
        told.append((PartKind.AREA, {"place": known.place}, int(known.near)))
    if known.met_before:
        told.append((PartKind.PAIR, {}, 1))
    if known.languages:
        told.append((PartKind.LANGUAGE, {"languages": known.languages}, 1))
    if known.is_trained:
        told.append((PartKind.TRAINED, {}, 1))
    if known.namesakes:
        told.append((PartKind.NAMESAKE, {"who": known.namesakes}, 1))
    elif known.neighbours:
        told.append((PartKind.SAME_VILLAGE, {"who": known.neighbours}, 1))
    told.append((PartKind.LOAD, {"cases": known.cases, "points": known.points}, known.points))
    return tuple(Part(because(kind, **params), weights.get(kind.value, 0) * times) for kind, params, times in told)


def score(found: tuple[Part, ...]) -> int:
    """Return the sum of the parts."""
    return sum(part.points for part in found)


def work_points(
    grade: str, *, of_grade: Mapping[str, int], away: int = 0, late: int = 0, travel: int = 0, night: int = 0
) -> int:
    """Return what a case weighs while it runs: its grade, and what its meetings took (row 44, idea 12).

    ``away`` counts meetings held on the spot, ``late`` those in the evening or on a rest day; ``travel`` and ``night``
    are what each of them adds.
    """
    return of_grade[grade] + away * travel + late * night
