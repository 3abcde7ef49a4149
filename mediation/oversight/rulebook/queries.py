"""The rule table as the page, the command and the lawyer's page show it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mediation.casefile.cases.lifecycle import STEPS
from mediation.oversight.rulebook import reading
from mediation.oversight.rulebook.rows import ROWS
from mediation.oversight.rulebook.rules import CODE, Bite, How, Place, Row, State, Trust, state_of
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Citation

UNREAD = (Trust.RECALLED, Trust.DOUBTFUL)


@dataclass(frozen=True)
class Entry:
    """One row with all that is known of it."""

    row: Row
    state: State
    places: Sequence[Place]
    steps: Sequence[str]  # labels of the steps that hang on it
    citations: Sequence[Citation]

    def at(self, *hows: How) -> list[str]:
        """Return where the row is found in one of these ways."""
        return [place.where for place in self.places if place.how in hows]

    @property
    def functions(self) -> list[str]:
        """Return the places in code that carry the row out, each once, those that give its reasons first."""
        return list(dict.fromkeys(self.at(*CODE)))

    @property
    def shown(self) -> list[str]:
        """Return the pages and papers that show it."""
        return list(dict.fromkeys(self.at(How.PAGE, How.PAPER)))

    @property
    def settings(self) -> list[tuple[str, str]]:
        """Return kind and key of each dated setting it reads."""
        return [tuple(where.split(":", 1)) for where in self.at(How.SETTING)]

    @property
    def tests(self) -> list[str]:
        return self.at(How.TEST)

    @property
    def is_unread(self) -> bool:
        """Say whether its text still has to be compared with the law."""
        return self.row.trust in UNREAD


def table(*, on: date, citations: Callable[..., Sequence[Citation]] = settings.citations_for, **whose) -> list[Entry]:
    """Return every row as it stands, with the articles of that day. ``citations``: from where those are taken."""
    places = _places()
    return [
        Entry(
            row, state_of(row, places.get(row.id, ())), places.get(row.id, ()), _steps().get(row.id, ()),
            citations(row.id, on=on, **whose),
        )
        for row in ROWS
    ]


def built_in(*, on: date) -> list[Entry]:
    """Return the table with the articles that come with the program; asks no database."""
    return table(on=on, citations=settings.built_in_citations_for)


def counts(entries: Iterable[Entry]) -> dict[State, int]:
    """Return how many rows are in each of the four states."""
    found = Counter(entry.state for entry in entries)
    return {state: found[state] for state in State}


def chosen(
    entries: Iterable[Entry], *, state: State | None = None, section: str = "", bite: Bite | None = None,
    unread: bool = False, text: str = "", said: Callable[[str], str] = str,
) -> list[Entry]:
    """Return the entries that fit a filter; ``text`` is looked for in id, title, sources, steps and places.

    ``said`` turns a title into the words of the reader's language.
    """
    wanted = text.casefold()
    return [
        entry for entry in entries
        if (state is None or entry.state is state) and (not section or entry.row.section == section)
        and (bite is None or entry.row.bite is bite) and (not unread or entry.is_unread)
        and (not wanted or wanted in _all_words(entry, said).casefold())
    ]


def _all_words(entry: Entry, said: Callable[[str], str]) -> str:
    words = [entry.row.id, entry.row.title, said(entry.row.title), entry.row.source, *map(said, entry.steps)]
    return " ".join([*words, *(each.short for each in entry.citations), *(place.where for place in entry.places)])


@lru_cache(1)
def _places() -> Mapping[str, Sequence[Place]]:
    found: dict[str, list[Place]] = {}
    for place in reading.read():
        found.setdefault(place.rule, []).append(place)
    return found


@lru_cache(1)
def _steps() -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for step in STEPS.values():
        for rule in step.rules:
            found.setdefault(rule, []).append(step.label)
    return {rule: tuple(dict.fromkeys(labels)) for rule, labels in found.items()}


def forget() -> None:
    """Read the places anew at the next question: they have just been written."""
    _places.cache_clear()
