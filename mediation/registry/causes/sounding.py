"""Which dispute type a story sounds like: weighed words, each of which can be shown to whoever asks why.

A word speaks for a type, a longer one silences the shorter ones inside it (劳动合同 is no 合同), a denied one is not
heard (不是离婚), and some count only beside others (撞 beside 车). The words of a type speak for those above it too.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mediation.registry.causes.rules import DisputeType, Suggestion, line_of, main_code

DENIED = re.compile(r"(?:不是|并非|并不是|不属于|不涉及|不关|不谈|无关|不存在)[^，。；！？,;!?]{0,4}$")
LONGEST_DENIAL = 8
AGAIN, MOST_AGAIN = 0.2, 3  # what each further time adds to a word, and how many of them do
HEARD = 0.9  # below this a story says too little to suggest anything
OWN_SHARE = 0.2  # of the words for its main type that a type below it must have itself to be named
DEEPER_SHARE = 0.6  # the same for a type of the third level, of the words of the second
MOST_WORDS = 4


@dataclass(frozen=True)
class Word:
    """A word that speaks for a type with a weight; ``beside`` must stand in the story, ``without`` must not."""

    text: str
    code: str
    weight: float
    beside: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def is_heard(self, story: str) -> bool:
        beside = not self.beside or any(each in story for each in self.beside)
        return beside and not any(each in story for each in self.without)


@dataclass
class _Heard:
    """What was heard for one type: each word with its weight."""

    own: dict[str, float] = field(default_factory=dict)
    total: dict[str, float] = field(default_factory=dict)  # its own words and those of the types below it


def usual_weight(word: str) -> float:
    """Return what a keyword weighs that nobody has weighed: a longer word says more."""
    return {1: 0.6, 2: 2.0, 3: 2.6}.get(len(word), 3.2)


def weigh(types: Iterable[DisputeType], table: Iterable[Word]) -> list[Word]:
    """Return the words to listen for: those of the table whose types are in use, and every other keyword of a type."""
    types = list(types)
    in_use = {each.code for each in types}
    weighed = [word for word in table if word.code in in_use]
    known = {(word.text, word.code) for word in weighed}
    own = [
        Word(keyword, each.code, usual_weight(keyword))
        for each in types for keyword in each.keywords if (keyword, each.code) not in known
    ]
    return weighed + own


def suggest(story: str, types: Iterable[DisputeType], words: Sequence[Word], limit: int = 3) -> list[Suggestion]:
    """Return the types that a story sounds like, the likeliest first, at most one of each main type.

    Each has the words that it was heard by, the weightiest first, and its share of all that was heard. Empty when the
    story says too little.
    """
    story = "".join(story.split())
    by_code = {each.code: each for each in types}
    heard = _listen(story, words)
    mains = sorted(
        ((sum(heard[code].total.values()), code) for code in heard if code == main_code(code) and code in by_code),
        key=lambda pair: (-pair[0], pair[1]),
    )
    everything = sum(weight for weight, _code in mains)
    found = []
    for weight, code in mains[:limit]:
        if weight < HEARD:
            break
        named = _most_exact(code, weight, heard, by_code)
        words_of_it = heard[code].own | heard[named].total  # not those that speak for a sister of the type
        told = sorted(words_of_it, key=lambda word: (-heard[named].own.get(word, 0), -words_of_it[word], word))
        found.append(Suggestion(by_code[named], tuple(told[:MOST_WORDS]), round(weight / everything, 3)))
    return found


def _listen(story: str, words: Sequence[Word]) -> dict[str, _Heard]:
    """Return what was heard for each type, its words' weights added up along the line of types above it."""
    counted = _places(story, {word.text for word in words})
    heard: dict[str, _Heard] = defaultdict(_Heard)
    for word in words:
        times = counted.get(word.text, 0)
        if not times or not word.is_heard(story):
            continue
        weight = word.weight * (1 + AGAIN * min(times - 1, MOST_AGAIN))
        own = heard[word.code].own
        own[word.text] = max(own.get(word.text, 0), weight)
        for code in line_of(word.code):
            total = heard[code].total
            total[word.text] = max(total.get(word.text, 0), weight)
    return heard


def _places(story: str, words: set[str]) -> dict[str, int]:
    """Return how often each word stands in a story for itself: not inside a longer one, not denied."""
    taken = [0] * len(story)
    counted: dict[str, int] = {}
    for word in sorted((each for each in words if each and each in story), key=len, reverse=True):
        start = story.find(word)
        while start >= 0:
            span = slice(start, start + len(word))
            if min(taken[span]) <= len(word) and not (all(taken[span]) and max(taken[span]) > len(word)):
                taken[span] = [max(each, len(word)) for each in taken[span]]
                if not DENIED.search(story[max(0, start - LONGEST_DENIAL):start]):
                    counted[word] = counted.get(word, 0) + 1
            start = story.find(word, start + 1)
    return counted


def _most_exact(main: str, weight: float, heard: dict[str, _Heard], by_code: dict[str, DisputeType]) -> str:
    """Return the type below a main one that has enough of its words for itself, step by step down; else the main one.

    At equal words the deeper step is taken as long as most of what speaks for the type speaks for it.
    """
    code, share = main, OWN_SHARE
    while True:
        below = [
            (sum(each.total.values()), lower) for lower, each in heard.items()
            if lower in by_code and lower.rpartition(".")[0] == code
        ]
        most, best = max(below, key=lambda pair: (pair[0], pair[1]), default=(0, code))
        if best == code or most < share * weight:
            return code
        code, weight, share = best, most, DEEPER_SHARE
