"""Fonts that papers bound together share.

Each paper embeds its own small subset of the same fonts, and a hundred papers of one page are ten megabytes of letters.
A part gives its subsets away before it is bound; at the end one subset with the glyphs of all goes in. It keeps every
glyph's number, so the pages stay as they are. A subset whose font is not among ours any more (proved by cutting it
again) is kept as it is, once for all parts that have the same.
"""

import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf

from mediation.ground.pdf.harfbuzz import Glyphs

# What WeasyPrint 70 leaves out of an embedded font; another list only means that nothing is recognised as ours.
LEFT_OUT = ["BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG "]
LARGEST = 8_000_000  # bytes of a font; what is longer is none of ours


class SharedFonts:
    """The fonts of one binding. ``folder`` holds the small cuts that papers are printed with."""

    def __init__(self, folder: Path | None):
        self._folder = folder
        self._sources: dict[Path, Glyphs] = {}
        self._seen: dict[bytes, bytes] = {}  # a subset's hash: the mark that stands in its place
        self._glyphs: dict[bytes, set[int]] = {}  # of a mark that stands for one of our fonts
        self._paths: dict[bytes, Path] = {}
        self._kept: dict[bytes, bytes] = {}  # a mark: the subset itself, deflated

    def take_out(self, part: pikepdf.Pdf) -> None:
        """Put a mark in the place of every font of a part."""
        users: dict[tuple[int, int], list] = {}
        for font, descriptor in _fonts(part):
            users.setdefault(descriptor.FontFile3.objgen, []).append((font, descriptor))
        for found in users.values():
            descriptor = found[0][1]
            numbers = set().union(*(_numbers(font) for font, _descriptor in found))
            mark, kind = self._mark(descriptor, numbers), descriptor.FontFile3.get("/Subtype")
            stood_for = part.make_stream(mark)
            if kind is not None:
                stood_for.Subtype = kind
            for _font, each in found:
                each.FontFile3 = stood_for

    def _mark(self, descriptor, numbers: set[int]) -> bytes:
        packed = zlib.compress(descriptor.FontFile3.read_bytes()) if "/Filter" not in descriptor.FontFile3 else (
            descriptor.FontFile3.read_raw_bytes()
        )
        sha256 = hashlib.sha256(packed).digest()
        mark = self._seen.get(sha256)
        if mark is None:
            source = self._source(descriptor, packed, numbers)
            mark = self._seen[sha256] = sha256 if source is None else str(source.name).encode()
            if source is None:
                self._kept[mark] = packed
            else:
                self._paths[mark] = source
        if mark in self._paths:
            self._glyphs.setdefault(mark, set()).update(numbers)
        return mark

    def _source(self, descriptor, packed: bytes, numbers: set[int]) -> Path | None:
        """Return the cut that a subset was made of: made again, it is the same to the byte."""
        family = str(descriptor.get("/FontFamily", ""))
        if self._folder is None or not family.endswith("-small") or not numbers:
            return None
        plain = zlib.decompressobj().decompress(packed, LARGEST)
        for path in sorted(self._folder.glob(f"{family.partition('-')[0]}-*.otf")):
            if self._opened(path).taken(sorted(numbers), LEFT_OUT) == plain:
                return path
        return None

    def _opened(self, path: Path) -> Glyphs:
        if path not in self._sources:
            self._sources[path] = Glyphs(path)
        return self._sources[path]

    def put_in(self, whole: pikepdf.Pdf) -> None:
        """Put the shared fonts in the place of the marks."""
        made: dict[bytes, pikepdf.Stream] = {}
        for _font, descriptor in _fonts(whole):
            mark = descriptor.FontFile3.read_bytes()
            if mark not in self._kept and mark not in self._paths:
                continue
            if mark not in made:
                made[mark] = self._stream(whole, mark, descriptor.FontFile3.get("/Subtype"))
            descriptor.FontFile3 = made[mark]
        for source in self._sources.values():
            source.close()

    def _stream(self, whole, mark: bytes, kind) -> pikepdf.Stream:
        if mark in self._kept:
            packed = self._kept[mark]
        else:
            taken = self._sources[self._paths[mark]].taken(sorted(self._glyphs[mark]), LEFT_OUT)
            packed = zlib.compress(taken)
        stream = pikepdf.Stream(whole, packed, Filter=pikepdf.Name.FlateDecode)
        if kind is not None:
            stream.Subtype = kind
        return whole.make_indirect(stream)


def _fonts(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, pikepdf.Object]]:
    """Yield each font with its descriptor where that embeds a compact font of its own."""
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and "/CIDToGIDMap" in each and "/FontDescriptor" in each:
            file = each.FontDescriptor.get("/FontFile3")
            if file is not None and "/DecodeParms" not in file and file.get("/Filter") in (None, "/FlateDecode"):
                yield each, each.FontDescriptor


def _numbers(font) -> set[int]:
    """Return the numbers of the glyphs that a font has widths for: those that are used."""
    found: set[int] = set()
    widths = list(font.get("/W", ()))
    while widths:
        first, second = int(widths.pop(0)), widths.pop(0)
        if isinstance(second, pikepdf.Array):
            found |= set(range(first, first + len(second)))
        else:
            found |= set(range(first, int(second) + 1))
            widths.pop(0)
    return found
