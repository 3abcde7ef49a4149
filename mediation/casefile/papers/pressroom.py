"""What the printer's child opens: fonts, press and templates. Import it nowhere else, WeasyPrint is large."""

from collections.abc import Callable, Mapping
from pathlib import Path

from mediation.casefile.papers import pages
from mediation.ground.pdf import fonts
from mediation.ground.pdf.press import Press


def open_press(cache: str, own_fonts: str | None = None) -> Callable[..., bytes]:
    """Return the work of this room: (kind, version, snapshot) to PDF."""
    found = fonts.find(Path(own_fonts) if own_fonts else None)
    press = Press(found, (pages.TEMPLATES / "paper.css").read_text("utf-8"), Path(cache))
    env = pages.environment()

    def work(kind: str, version: int, snapshot: Mapping, large: bool = False) -> bytes:
        return press.pdf(pages.html(env, kind, version, snapshot, large=large))

    return work
