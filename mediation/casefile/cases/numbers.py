"""Numbers of the centre, of each body and of papers: serial per year, without gaps, never used twice (CN-05, P32)."""

from datetime import date

from mediation.casefile.cases.rules import Track
from mediation.ground import counters
from mediation.registry.settings import queries as settings

WORD_OF_TRACK = {Track.PEOPLES: "民调", Track.ADMINISTRATIVE: "行调", Track.JUDICIAL: "诉调"}


def register_no(centre, on: date) -> tuple[str, int]:
    """Return the centre's next register number and its year: 南矛调登〔2026〕12号."""
    serial = counters.take("register", centre.id, on.year)
    pattern = settings.text("CN-05.register", on=on, centre_id=centre.id)
    return _written(pattern, centre.register_word, on.year, serial), on.year


def body_no(unit, track: Track, on: date) -> tuple[str, int, int]:
    """Return a body's next own number on a track with year and serial: （2026）南民调字第12号."""
    word = word_of(unit.number_word, track)
    serial = counters.take("body", unit.id, word, on.year)
    pattern = settings.text("CN-05.number", on=on, centre_id=unit.centre_id, unit_id=unit.id)
    return _written(pattern, word, on.year, serial), on.year, serial


def word_of(number_word: str, track: Track) -> str:
    """Return the word of a body's series on a track: 南民调 gives 南诉调 for what a court sent (CN-05)."""
    endings = tuple(WORD_OF_TRACK.values())
    return number_word[:-2] + WORD_OF_TRACK[track] if number_word.endswith(endings) else number_word


def paper_no(centre, word: str, on: date) -> str:
    """Return the next number of a kind of paper: 南矛调函〔2026〕12号."""
    return _paper_no(centre, word, on)[0]


def archive_no(centre, unit, on: date) -> tuple[str, int]:
    """Return the next file number of a body in a year, and its serial: 南民调卷〔2026〕12号 (DP-11).

    A body without a word of its own, or none, counts with the centre.
    """
    return _paper_no(centre, ((unit and unit.number_word) or centre.register_word) + "卷", on)


def _paper_no(centre, word: str, on: date) -> tuple[str, int]:
    serial = counters.take("paper", centre.id, word, on.year)
    return _written(settings.text("CN-05.letter", on=on, centre_id=centre.id), word, on.year, serial), serial


def _written(pattern: str, word: str, year: int, serial: int) -> str:
    """Return a number in the form that the setting gives it."""
    return pattern.replace("{word}", word).replace("{year}", str(year)).replace("{serial}", str(serial))
