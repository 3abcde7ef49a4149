"""The press: HTML with one kept style sheet to PDF. Import it only in the child: WeasyPrint is large."""

import html
import re
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from mediation.ground.pdf import cuts, justify
from mediation.ground.pdf.faults import MissingCharacters
from mediation.ground.pdf.fonts import Fonts

VARIANT = "pdf/a-3b"  # papers are kept for decades


class FontsOnly(URLFetcher):
    """Serves the font files known by name and refuses everything else, data: included."""

    def __init__(self, files: dict[str, Path]):
        super().__init__(allowed_protocols=("font",), allow_redirects=False)
        self._files = files

    def fetch(self, url, headers=None):
        scheme, _, name = url.partition("://")
        if scheme != "font" or name not in self._files:
            raise ValueError("only fonts may be fetched")
        return URLFetcherResponse(url, self._files[name].read_bytes(), {"Content-Type": "font/otf"})


class Press:
    """Kept for the life of the process: a new font configuration per document would leak."""

    def __init__(self, fonts: Fonts, style: str, folder: Path):
        justify.install()
        declared, files = cuts.sheet(fonts, folder)
        self._fonts = fonts
        self._fetcher = FontsOnly(files)
        self._config = FontConfiguration()
        self._css = CSS(string=declared + style, font_config=self._config, url_fetcher=self._fetcher)

    def pdf(self, page: str) -> bytes:
        """Return the PDF of a whole HTML document. Raises MissingCharacters before anything is drawn."""
        missing = self._fonts.missing(text_of(page))
        if missing:
            raise MissingCharacters(missing)
        document = HTML(string=page, url_fetcher=self._fetcher)
        return document.write_pdf(stylesheets=[self._css], font_config=self._config, pdf_variant=VARIANT)


def text_of(page: str) -> str:
    """Return what an HTML document shows, roughly: tags taken out, entities resolved."""
    return html.unescape(re.sub(r"<[^>]+>", "", page))
