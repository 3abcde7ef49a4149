"""Numbers of the centre, of each body and of papers: serial per year, without gaps, never used twice (CN-05, P32)."""

from datetime import date

from mediation.ground import counters


def register_no(centre, on: date) -> tuple[str, int]:
    """Return the centre's next register number and its year: 南矛调登〔2026〕12号."""
    serial = counters.take("register", centre.id, on.year)
    return f"{centre.register_word}〔{on.year}〕{serial}号", on.year


def body_no(unit, on: date) -> tuple[str, int, int]:
    """Return a body's next own number with year and serial: （2026）南民调字第12号."""
    serial = counters.take("body", unit.id, unit.number_word, on.year)
    return f"（{on.year}）{unit.number_word}字第{serial}号", on.year, serial


def paper_no(centre, word: str, on: date) -> str:
    """Return the next number of a kind of paper: 南矛调函〔2026〕12号."""
    serial = counters.take("paper", centre.id, word, on.year)
    return f"{word}〔{on.year}〕{serial}号"
