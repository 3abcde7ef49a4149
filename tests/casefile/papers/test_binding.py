"""Many papers in one file: the same pages with the same letters, the fonts saved once."""

import io

import pikepdf

from mediation.casefile.papers import binding, contract, printing
from mediation.casefile.papers.binding import Piece
from tests.casefile.papers import specimens
from tests.casefile.papers.reading import Reader
from tests.packs import blank_pdf

KINDS = ("agreement", "mediation_proof", "agreement", "termination")


def test_bound_papers_share_their_fonts_and_say_the_same(printer):
    parts = [printing.pdf(kind, 1, contract.snapshot(specimens.FULL[kind])) for kind in KINDS]
    whole, pages = binding.bound(
        (Piece(part, kind) for part, kind in zip(parts, KINDS, strict=True)), front=blank_pdf(2)
    )
    apart = [Reader(part) for part in parts]
    assert pages == 2 + sum(each.pages for each in apart)
    with pikepdf.open(io.BytesIO(whole)) as opened:
        files = {
            font.DescendantFonts[0].FontDescriptor.FontFile3.objgen
            for page in list(opened.pages)[2:] for font in page.Resources.Font.values()
        }
        assert len(files) == 3  # song, hei, title
        del opened.pages[:2]
        opened.save(rest := io.BytesIO())
        with opened.open_outline() as outline:
            assert [each.title for each in outline.root] == list(KINDS)
    together = Reader(rest.getvalue())
    assert together.text() == "".join(each.text() for each in apart)
    assert len(whole) < 0.5 * sum(map(len, parts))
    again, _pages = binding.bound([Piece(whole), Piece(whole)])  # slices are bound once more
    assert len(again) < 1.5 * len(whole)


def test_fonts_that_are_not_ours_any_more_are_kept_as_they_are(printer, tmp_path, monkeypatch):
    part = printing.pdf("termination", 1, contract.snapshot(specimens.FULL["termination"]))
    monkeypatch.setattr(printing, "cuts", lambda: tmp_path)
    whole, _pages = binding.bound([Piece(part)] * 3)
    assert len(whole) < 1.5 * len(part)
    assert Reader(whole).text() == Reader(part).text() * 3
