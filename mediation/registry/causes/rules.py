"""Causes of action and dispute types: finding them from the keyboard; the type of a story is in ``sounding.py``."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from mediation.registry.causes.asking import TypeQuestion

CONFIRMATION = "申请司法确认调解协议"  # the cause of an application for judicial confirmation (JC-22)
ECOLOGICAL_CONFIRMATION = "申请司法确认生态环境损害赔偿协议"
ECOLOGICAL = "生态环境损害"
ANNULMENT = "申请撤销确认调解协议裁定"


@dataclass(frozen=True)
class Cause:
    """A cause of action of the official list. Levels 1 and 2 are headings, 3 and 4 can be chosen."""

    code: str
    number: str  # as the list prints it: 108（3）
    name: str
    level: int
    parent_code: str | None
    initials: str

    @property
    def is_heading(self) -> bool:
        return self.level < 3


@dataclass(frozen=True)
class CauseList:
    """An edition of the official list, or of a part of it."""

    valid_from: date
    causes: tuple[Cause, ...]
    source: str
    is_whole: bool  # imported, not the part that comes with the program

    @cached_property
    def by_code(self) -> dict[str, Cause]:
        return {cause.code: cause for cause in self.causes}


@dataclass(frozen=True)
class DisputeType:
    """A type of dispute: of the justice statistics (ST-01), or a local one below it, up to three levels.

    ``causes`` are codes of the causes it usually has; ``traits`` say what it means to the law, its parents' included.
    ``papers`` are what the parties bring, ``questions`` what is asked after the first save; one that has neither asks
    and wants what the type above it does. ``successor`` is the code of the type that follows one that has ended.
    """

    code: str
    name: str
    initials: str
    causes: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    traits: frozenset[str] = frozenset()
    valid_from: date = date.min
    valid_to: date | None = None
    papers: tuple[str, ...] = ()
    questions: tuple[TypeQuestion, ...] = ()
    successor: str | None = None

    @property
    def level(self) -> int:
        return self.code.count(".") + 1

    @property
    def parent_code(self) -> str | None:
        return self.code.rpartition(".")[0] or None

    def is_valid(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Suggestion:
    """A type that a story sounds like, the words that made it sound so, and its share of all that was heard."""

    type: DisputeType
    words: tuple[str, ...]
    share: float = 1.0


def confirmation_name(about: str) -> str:
    """Return the name of the cause under which an agreement about ``about`` is put to the court. JC-22."""
    return ECOLOGICAL_CONFIRMATION if ECOLOGICAL in about else CONFIRMATION


def main_code(code: str) -> str:
    """Return the code of the level-1 type, the one that the statistics count. ST-01."""
    return code.partition(".")[0]


def line_of(code: str) -> list[str]:
    """Return the codes from the level-1 type down to the type itself."""
    parts = code.split(".")
    return [".".join(parts[: level + 1]) for level in range(len(parts))]


def list_on(lists: Iterable[CauseList], on: date) -> CauseList | None:
    """Return the edition in force on a day: the one that began last, a whole list before a part of it. JC-22."""
    begun = [each for each in lists if each.valid_from <= on]
    return max(begun, key=lambda each: (each.valid_from, each.is_whole), default=None)


Named = TypeVar("Named", Cause, DisputeType)


def matching(text: str, entries: Iterable[Named], limit: int) -> list[Named]:
    """Return the entries that a few typed letters or characters mean, the likeliest first, equals in their order."""
    word = "".join(text.lower().split())
    if not word:
        return []
    ranked = [(rank, entry) for entry in entries if (rank := _rank(word, entry.name, entry.initials)) is not None]
    return [entry for _, entry in sorted(ranked, key=lambda pair: pair[0])[:limit]]


def _rank(word: str, name: str, initials: str) -> int | None:
    if name == word:
        return 0
    if name.startswith(word):
        return 1
    if initials.startswith(word):
        return 2
    if word in name:
        return 3
    return 4 if len(word) > 1 and word in initials else None
