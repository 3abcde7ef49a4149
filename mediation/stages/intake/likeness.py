"""How much an earlier case is like the one that is being told: visible grounds, each worth so many points (row 17).

Pure values. Stories are compared by pairs of neighbouring characters, for Chinese has no blanks between words. A pair
that stands in many of the compared stories says little, one that stands in few says much.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from mediation.ground.choices import Choice, N_
from mediation.ground.pinyin import initials

# What sets words apart: everything but characters, letters and digits, and the small words that stand in every story.
PAUSES = re.compile(r"(?:[^0-9A-Za-z\u3400-\u9fff\U00020000-\U0003ffff]|[的了和与在是有被把又就也都对我他她们这那])+")
SHORT = 8  # fewer pairs than that are too few to be sure of
LEANING = 0.75  # how far the shorter text decides: 1 is "all of the short one stands in the long one"
ORGANISATION_FROM = 5  # as long as that a name is no person's
ORGANISATION_ENDS = re.compile(r"(股份|有限|责任|集团)*(公司|厂|店)$")
ALIKE_FROM = 0.6
OFFERED_FROM = 48
UNLIKE_UP_TO, SAME_FROM = 0.08, 0.6  # stories share that much whatever they are about; retold by one mouth, so much


class Ground(Choice):
    """Why two cases may be about the same; the label is what the panel says."""

    NUMBER = "number", N_("来文编号相同")
    PERSON = "person", N_("同一人")
    NAME = "name", N_("来人同名")
    NAME_ALIKE = "name_alike", N_("来人姓名相近")
    OTHER = "other", N_("同一对方")
    OTHER_ALIKE = "other_alike", N_("对方姓名相近")
    SWAPPED = "swapped", N_("双方对调")
    PLACE = "place", N_("同一地点")
    TOWN = "town", N_("同一乡镇")
    ELSEWHERE = "elsewhere", N_("乡镇不同")
    STORY = "story", N_("经过相像")


POINTS = {
    Ground.NUMBER: 100, Ground.PERSON: 35, Ground.NAME: 25, Ground.NAME_ALIKE: 15, Ground.OTHER: 35,
    Ground.OTHER_ALIKE: 20, Ground.SWAPPED: 0, Ground.PLACE: 10, Ground.TOWN: 5, Ground.ELSEWHERE: -10,
    Ground.STORY: 60,
}
TOWN_DIGITS = 9


@dataclass(frozen=True)
class Compared:
    """What two cases are compared by."""

    applicants: tuple[str, ...] = ()
    respondents: tuple[str, ...] = ()
    people: frozenset[int] = frozenset()
    area_code: str = ""
    story: frozenset[str] = frozenset()  # its pairs
    channel: str = ""
    outside_no: str = ""


class Told(Compared):
    """What the clerk has typed so far; ``people`` are the persons of the register that the visitor may be."""


class Earlier(Compared):
    """An earlier case; ``people`` are all its parties, on whichever side."""


@dataclass(frozen=True)
class Part:
    """One ground with its points; ``percent`` says how like two stories are."""

    ground: Ground
    points: int
    percent: int | None = None


def total(parts: Iterable[Part]) -> int:
    """Return the score: the sum of the visible parts."""
    return sum(part.points for part in parts)


def is_offered(parts: Iterable[Part]) -> bool:
    """Say whether a case is shown at all: one ground alone never is, but for the number of the paper itself."""
    return total(parts) >= OFFERED_FROM


def is_same_pair(parts: Iterable[Part]) -> bool:
    """Say whether both sides are those of the earlier case, by name or by number, whichever came first."""
    found = {part.ground for part in parts}
    return Ground.OTHER in found and bool(found & {Ground.PERSON, Ground.NAME})


def is_relapse(closed_on: date | None, *, on: date, days: int) -> bool:
    """Say whether a case that was closed on a day comes back: the same pair again ``days`` calendar days after at most.

    ``days`` is the dated setting ``case.relapse_within`` (row 21); the day of closing itself is not counted.
    """
    return closed_on is not None and timedelta() <= on - closed_on <= timedelta(days=days)


def grounds(told: Told, earlier: Earlier, *, weights: Mapping[str, float] | None = None) -> tuple[Part, ...]:
    """Return everything that speaks for the earlier case, in the order in which the panel says it.

    ``weights`` are those of :func:`weights_of` over the stories that are compared.
    """
    found = []
    if told.outside_no and (told.outside_no, told.channel) == (earlier.outside_no, earlier.channel):
        found.append(Ground.NUMBER)
    found += _sides(told, earlier)
    place, other = sorted((told.area_code, earlier.area_code), key=len)
    if len(place) >= TOWN_DIGITS:  # a county is no place
        in_town = other[:TOWN_DIGITS] == place[:TOWN_DIGITS]
        found.append(Ground.PLACE if other.startswith(place) else Ground.TOWN if in_town else Ground.ELSEWHERE)
    parts = [Part(ground, POINTS[ground]) for ground in found]
    like = likeness(told.story, earlier.story, weights=weights)
    if like > UNLIKE_UP_TO:
        share = min(1.0, (like - UNLIKE_UP_TO) / (SAME_FROM - UNLIKE_UP_TO))
        points = round(POINTS[Ground.STORY] * share)
        parts.append(Part(Ground.STORY, points, round(like * 100)))
    return tuple(parts)


def _sides(told: Told, earlier: Earlier) -> list[Ground]:
    """Return what the sides have in common, taken straight or swapped, whichever says more."""
    person = [Ground.PERSON] if told.people & earlier.people else []
    straight = _names(told, earlier.applicants, earlier.respondents, person)
    swapped = _names(told, earlier.respondents, earlier.applicants, person)
    if _worth(swapped) > _worth(straight):
        return [*swapped, Ground.SWAPPED]
    return straight


def _names(told: Told, ours: Iterable[str], theirs: Iterable[str], person: list[Ground]) -> list[Ground]:
    found = person or _common(told.applicants, ours, Ground.NAME, Ground.NAME_ALIKE)
    return found + _common(told.respondents, theirs, Ground.OTHER, Ground.OTHER_ALIKE)


def _common(names: Iterable[str], known: Iterable[str], same: Ground, alike: Ground) -> list[Ground]:
    if set(names) & set(known):
        return [same]
    return [alike] if any(names_alike(one, other) for one in names for other in known) else []


def _worth(found: Iterable[Ground]) -> int:
    return sum(POINTS[ground] for ground in found)


def names_alike(one: str, other: str) -> bool:
    """Say whether a name may be the other one misheard or mistyped: one character apart, or sounding alike.

    Names of organisations are compared without the words of their legal form.
    """
    if one == other:
        return True
    if min(len(one), len(other)) < 2:
        return False
    if max(len(one), len(other)) >= ORGANISATION_FROM:
        return _organisations_alike(ORGANISATION_ENDS.sub("", one), ORGANISATION_ENDS.sub("", other))
    if len(one) != len(other):
        return False
    apart = sum(a != b for a, b in zip(one, other, strict=True))
    return (apart == 1 and len(one) > 2) or (apart < len(one) and initials(one) == initials(other))


def _organisations_alike(one: str, other: str) -> bool:
    ours, theirs = pairs(one), pairs(other)
    return bool(ours and theirs) and len(ours & theirs) / min(len(ours), len(theirs)) >= ALIKE_FROM


def likeness(ours: Set[str], theirs: Set[str], *, weights: Mapping[str, float] | None = None) -> float:
    """Return how like two stories are, 0 to 1, from their :func:`pairs`.

    It is the weight of the pairs in both, over that of the shorter story mostly: a long account that holds a short one
    whole is very like it, though much of it stands in the long one only. A text of fewer than eight pairs never counts
    in full.
    """
    if not ours or not theirs:
        return 0.0
    small, large = sorted((_weight(ours, weights), _weight(theirs, weights)))
    sure = min(1.0, len(ours) / SHORT, len(theirs) / SHORT)
    return sure * _weight(ours & theirs, weights) / (small**LEANING * large ** (1 - LEANING))


def pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a text, none across a stop or a small word."""
    return frozenset(run[at : at + 2] for run in PAUSES.split(text) for at in range(len(run) - 1))


def weights_of(stories: Collection[Set[str]]) -> dict[str, float]:
    """Return the weight of each pair by how few of the stories have it; a pair that is in none weighs 1."""
    counted = Counter(chain.from_iterable(stories))
    most = math.log(1 + len(stories))
    return {pair: math.log(1 + len(stories) / n) / most for pair, n in counted.items()}


def _weight(found: Set[str], weights: Mapping[str, float] | None) -> float:
    return sum(weights.get(pair, 1.0) for pair in found) if weights else float(len(found))
