"""Reads a PDF back: what each page shows, where, and in which fonts."""

import io
import re
from dataclasses import dataclass

import pikepdf


@dataclass(frozen=True)
class Run:
    """One stretch of text as it was drawn; ``y`` is measured from the top of the page, in points."""

    page: int
    x: float
    y: float
    text: str
    glyphs: tuple[int, ...]
    size: float = 0.0  # of the letters as they are seen, in points

    @property
    def right(self) -> float:
        """Return where a run of Chinese letters ends; narrower ones end before it."""
        return self.x + self.size * len(self.text)


class Reader:
    def __init__(self, content: bytes):
        self.pdf = pikepdf.open(io.BytesIO(content))
        self.runs = [run for number, page in enumerate(self.pdf.pages, 1) for run in _runs(number, page)]

    @property
    def pages(self) -> int:
        return len(self.pdf.pages)

    def text(self, page: int | None = None) -> str:
        """Return the text in the order in which it was drawn."""
        return "".join(run.text for run in self.runs if page in (None, run.page))

    def fonts(self) -> dict[str, pikepdf.Dictionary]:
        return {str(font.BaseFont): font for page in self.pdf.pages for font in page.Resources.Font.values()}


def _runs(number, page):
    height, fonts = float(page.mediabox[3]), {}
    for name, font in page.Resources.Font.items():
        fonts[name] = _unicode(font.ToUnicode.read_bytes().decode())
    stack, at, table, text_at, size = [], pikepdf.Matrix(), {}, pikepdf.Matrix(), 0.0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                stack.append(at)
            case "Q":
                at = stack.pop()
            case "cm":
                at = pikepdf.Matrix(*map(float, operands)) @ at
            case "Tf":
                table, size = fonts[str(operands[0])], float(operands[1])
            case "Tm":
                text_at = pikepdf.Matrix(*map(float, operands)) @ at
            case "Tj" | "TJ":
                parts = operands[0] if str(operator) == "TJ" else operands
                codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
                glyphs = tuple(int.from_bytes(codes[place : place + 2]) for place in range(0, len(codes), 2))
                shown = "".join(table.get(glyph, "\ufffd") for glyph in glyphs)
                yield Run(number, text_at.e, height - text_at.f, shown, glyphs, round(abs(size * text_at.d), 1))


def _unicode(cmap):
    pairs = re.findall(r"<([0-9a-f]+)> <([0-9a-f]+)>", cmap.partition("begincodespacerange")[2].partition("begin")[2])
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
