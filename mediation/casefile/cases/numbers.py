"""Numbers of the centre, of each body and of papers: serial per year, without gaps, never used twice (CN-05, P32)."""

from datetime import date

from mediation.casefile.cases.rules import Track
from mediation.ground import counters

WORD_OF_TRACK = {Track.PEOPLES: "民调", Track.ADMINISTRATIVE: "行调", Track.JUDICIAL: "诉调"}


def register_no(centre, on: date) -> tuple[str, int]:
    """Return the centre's next register number and its year: 南矛调登〔2026〕12号."""
    serial = counters.take("register", centre.id, on.year)
    return f"{centre.register_word}〔{on.year}〕{serial}号", on.year


def body_no(unit, track: Track, on: date) -> tuple[str, int, int]:
    """Return a body's next own number on a track with year and serial: （2026）南民调字第12号."""
    word = word_of(unit.number_word, track)
    serial = counters.take("body", unit.id, word, on.year)
    return f"（{on.year}）{word}字第{serial}号", on.year, serial


def word_of(number_word: str, track: Track) -> str:
    """Return the word of a body's series on a track: 南民调 gives 南诉调 for what a court sent (CN-05)."""
    endings = tuple(WORD_OF_TRACK.values())
    return number_word[:-2] + WORD_OF_TRACK[track] if number_word.endswith(endings) else number_word


def paper_no(centre, word: str, on: date) -> str:
    """Return the next number of a kind of paper: 南矛调函〔2026〕12号."""
    serial = counters.take("paper", centre.id, word, on.year)
    return f"{word}〔{on.year}〕{serial}号"
