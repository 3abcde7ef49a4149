"""What happened: the stories of the demonstration, ours from the first word to the last.

Each table of the files beside is one dispute as a clerk hears it, with what both sides say at the table, what is
proved, the terms on which it is settled (``deal``) and why it fails where it fails. Names, days and sums are filled
in for each case, so that a story that is told twice is told about other people:

- ``{a}``, ``{b}``: the first applicant and respondent; ``{town}``, ``{village}``: where it happened
- ``{d12}``: the day twelve days before the application (``{d-20}``: after it); ``{m300}``: the month 300 days before
- ``{yuan}``: the sum in dispute; ``{30%}``: that part of it
- ``{3..9}``: a number; ``{水泥|砖头}``: one of these; ``{room:厨房|灶间}``: the same one wherever it comes again
"""

import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
BLANK = re.compile(r"\{([^{}]+)\}")
DAY = re.compile(r"([dm])(-?\d+)")
RANGE = re.compile(r"(\d+)\.\.(\d+)")
SHARE = re.compile(r"(\d+)%")


@dataclass(frozen=True)
class Story:
    """One dispute with its blanks. ``against`` is the kind of firm on the other side, None a person.

    ``cause`` is the cause of action where the type has no usual one. ``reversed``: the firm is the one who asks.
    ``court``: it came to us from the court. ``monthly``: the sum is one month's. ``guardian`` names the side that
    cannot act alone. ``sexes`` are those of the first applicant, then of the respondents; ``kin`` names the sides
    that bear one surname.
    """

    key: str
    type: str
    where: str
    yuan: tuple[int, int]
    story: str
    claims: str
    a: str
    b: str
    facts: str
    deal: Sequence[Mapping]
    fail: str
    against: str | None = None
    cause: str | None = None
    reversed: bool = False
    court: bool = False
    monthly: bool = False
    guardian: str | None = None
    applicants: int = 1
    respondents: int = 1
    ages: tuple = ((28, 66), (26, 62))
    sexes: Sequence[str] = ()
    kin: str = ""
    season: Sequence[int] = ()
    channels: Sequence[str] = ()
    undisputed: Sequence[str] = ()


@cache
def stories() -> tuple[Story, ...]:
    """Return every story, in the order of the files."""
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        for number, row in enumerate(tomllib.loads(path.read_text("utf-8"))["story"], 1):
            found.append(Story(key=f"{path.stem}.{number}", **row))
    return tuple(found)


def pick_yuan(chance: random.Random, story: Story) -> int | None:
    """Return a sum as people name it, None where the story is not about money."""
    low, high = story.yuan
    if not high:
        return None
    sum_ = chance.randint(low, high)
    step = 100 if sum_ < 10_000 else 500 if sum_ < 50_000 else 1000
    return max(sum_ // step, 1) * step


def in_words(yuan: int) -> str:
    """Return a sum as it is said: 3600元, 1.2万元."""
    return f"{yuan / 10_000:g}万元" if yuan >= 10_000 and yuan % 1000 == 0 else f"{yuan}元"


@dataclass
class Telling:
    """A story told about somebody: fills blanks, the same ones always alike."""

    told_on: date
    yuan: int | None
    names: dict[str, str]
    chance: random.Random
    _chosen: dict[str, str] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)

    def fill(self, text: str) -> str:
        """Return a text without blanks; the same text is always filled alike."""
        if text not in self._texts:
            self._texts[text] = BLANK.sub(self._blank, text)
        return self._texts[text]

    def _blank(self, found) -> str:
        word = found[1]
        if word in self.names:
            return self.names[word]
        if word == "yuan":
            return in_words(self.yuan or 0)
        if day := DAY.fullmatch(word):
            return self._day(day[1], int(day[2]))
        if share := SHARE.fullmatch(word):
            return in_words(max((self.yuan or 0) * int(share[1]) // 10_000 * 100, 100))
        if numbers := RANGE.fullmatch(word):
            return self._number(int(numbers[1]), int(numbers[2]))
        key, colon, rest = word.rpartition(":")
        if colon:
            return self._chosen.setdefault(key, self.chance.choice(rest.split("|")))
        return self._chosen[word] if word in self._chosen else self.chance.choice(word.split("|"))

    def _day(self, kind: str, before: int) -> str:
        day = self.told_on - timedelta(days=before)
        year = f"{day.year}年" if day.year != self.told_on.year else ""
        return f"{year}{day.month}月" + (f"{day.day}日" if kind == "d" else "")

    def _number(self, low: int, high: int) -> str:
        number = self.chance.randint(low, high)
        step = 100 if high >= 1000 else 10 if high >= 150 else 1
        return str(max(number // step * step, low))
