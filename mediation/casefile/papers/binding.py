"""Prints of many parts: each part kept sealed as it is made, all bound into one file at the end.

A worker that dies loses one part. The fonts that the parts embed are saved once, so that a long file stays small.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import chain

import pikepdf

from mediation.casefile.papers import printing
from mediation.ground import files
from mediation.ground.crypto import Box
from mediation.ground.pdf.sharing import SharedFonts

PDF = "application/pdf"
LANGUAGE = "zh-CN"


@dataclass(frozen=True)
class Piece:
    """A PDF that is bound in; ``name`` is its line in the outline, None for none."""

    content: bytes
    name: str | None = None


def bound(
    pieces: Iterable[Piece], *, front: bytes | None = None, numbers: bytes | None = None, end: Piece | None = None,
    finish: Callable[[pikepdf.Pdf], None] | None = None,
) -> tuple[bytes, int]:
    """Return pieces as one PDF between ``front`` and ``end``, and how many pages it has.

    ``numbers`` has one page for each page of the pieces, which is laid over it. A piece is let go once it is bound in.
    ``finish`` sees the whole before it is saved.
    """
    fonts = SharedFonts(printing.cuts())
    with _opened(front, fonts) as whole, _opened(numbers, fonts) as numbered:
        marks = iter(numbered.pages)
        with whole.open_outline() as outline:
            for piece in chain(pieces, [end] if end else []):
                first = len(whole.pages)
                with _opened(piece.content, fonts) as one:
                    whole.pages.extend(one.pages)
                if piece.name:
                    outline.root.append(pikepdf.OutlineItem(piece.name, first))
                for page in list(whole.pages)[first:] if numbers and piece is not end else ():
                    page.add_overlay(next(marks))
        fonts.put_in(whole)
        whole.Root.Lang = LANGUAGE
        if finish:
            finish(whole)
        out = BytesIO()
        whole.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue(), len(whole.pages)


def _opened(content: bytes | None, fonts: SharedFonts) -> pikepdf.Pdf:
    """Return a PDF without its fonts, held as the few bytes that are left."""
    if content is None:
        return pikepdf.Pdf.new()
    slim = BytesIO()
    with pikepdf.open(BytesIO(content)) as opened:
        fonts.take_out(opened)
        opened.save(slim)
    return pikepdf.open(slim)


def keep(content: bytes, box: Box) -> list[str]:
    """Keep a part until all are bound; return where it lies, as a row may write it down."""
    kept = files.store().put(content, box, PDF)
    return [kept.name, kept.sha256.hex()]


def kept(parts: Iterable[Sequence[str]], box: Box) -> Iterator[bytes]:
    """Yield the bytes of parts, one at a time."""
    for name, sha256 in parts:
        yield files.store().get(name, box, bytes.fromhex(sha256))


def drop(parts: Iterable[Sequence[str]]) -> None:
    """Let parts go."""
    for name, _sha256 in parts:
        files.store().drop(name)
