"""Where papers meet the printer: set up once per process, asked for PDFs and for characters without a glyph."""

import functools
import io
from collections.abc import Mapping
from pathlib import Path

import pikepdf

from mediation.casefile.papers import words
from mediation.casefile.papers.contract import texts
from mediation.ground.pdf import fonts, printer
from mediation.ground.pdf.printer import Limits, Printer

_own_fonts: Path | None = None
_cuts: Path | None = None


def set_up(cache: Path, own_fonts: Path | None = None, limits: Limits | None = None) -> Printer:
    """Take a printer of papers into use. ``cache`` keeps cut fonts, ``own_fonts`` holds those the centre has bought."""
    global _cuts, _own_fonts
    _cuts, _own_fonts = cache, own_fonts
    made = _printer_of(cache.resolve(), own_fonts, limits)
    printer.use(made)
    return made


@functools.cache
def _printer_of(cache: Path, own_fonts: Path | None, limits: Limits | None) -> Printer:
    """Return the one printer of these fonts: taken into use again, it is still warm."""
    options = {"cache": str(cache), "own_fonts": str(own_fonts) if own_fonts else None}
    return Printer("mediation.casefile.papers.pressroom:open_press", options, limits)


def pdf(kind: str, version: int, snapshot: Mapping, *, large: bool = False) -> bytes:
    """Return the PDF of a snapshot, ``large`` in 18 pt. Raises what `Printer.render` raises."""
    more = {"large": True} if large else {}
    return printer.printer().render(kind=kind, version=version, snapshot=snapshot, **more)


def page_count(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as opened:
        return len(opened.pages)


def cuts() -> Path | None:
    """Return the folder of the cut fonts that papers are printed with; None before the printer is set up."""
    return _cuts


def missing_characters(snapshot: Mapping) -> list[str]:
    """Return the characters of a snapshot that no font draws, but those it leaves for the pen."""
    text = words.clean("".join(set("".join(texts(snapshot)))))
    return [
        character
        for character in fonts.missing_characters(text, _own_fonts)
        if character not in snapshot["handwritten"]
    ]
