"""Is a PDF fit to be kept for decades? What PDF/A-3b (ISO 19005-3) asks, as far as its structure shows it.

Our own papers come out of the press as PDF/A-3b; what people hand in is only looked at. This is no full validator.
"""

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Name

ACTIVE = ("/JavaScript", "/JS", "/Launch", "/Sound", "/Movie", "/RichMedia", "/ResetForm", "/ImportData")
EMBEDDED = ("/FontFile", "/FontFile2", "/FontFile3")
PART, CONFORMANCE = "pdfaid:part", "pdfaid:conformance"


def faults(content: bytes) -> list[str]:
    """Return what keeps a file from being PDF/A-3b; empty where nothing was found."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = list(_faults_of_document(pdf))
    return found + faults_of_pages(content)


def faults_of_pages(content: bytes) -> list[str]:
    """Return what in the pages themselves would break the conformance of a file they are bound into."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = ["encrypted"] if pdf.is_encrypted else []
        return found + sorted({fault for thing in pdf.objects for fault in _faults_of(thing)})


def _faults_of_document(pdf: pikepdf.Pdf) -> Iterator[str]:
    if Name.Metadata not in pdf.Root:
        yield "no metadata"
    else:
        with pdf.open_metadata(set_pikepdf_as_editor=False) as told:
            if (told.get(PART), told.get(CONFORMANCE)) != ("3", "B"):
                yield "not called PDF/A-3b"
    intents = pdf.Root.get(Name.OutputIntents, [])
    if not any(each.get(Name.S) == Name.GTS_PDFA1 and Name.DestOutputProfile in each for each in intents):
        yield "no output intent"
    if Name.ID not in pdf.trailer:
        yield "no file identifier"
    if Name.OpenAction in pdf.Root and isinstance(pdf.Root.OpenAction, pikepdf.Dictionary):
        yield "acts when opened"
    if Name.AA in pdf.Root:
        yield "acts by itself"


def _faults_of(thing) -> Iterator[str]:
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return
    if thing.get(Name.Type) == Name.Font and thing.get(Name.Subtype) not in (Name.Type0, Name.Type3):
        described = thing.get(Name.FontDescriptor)
        if described is None or not any(key in described for key in EMBEDDED):
            yield "a font is not embedded"
    if thing.get(Name.S) in ACTIVE or Name.JS in thing:
        yield "active content"
    if isinstance(thing, pikepdf.Stream):
        filters = thing.get(Name.Filter, [])
        filters = [filters] if isinstance(filters, Name) else list(filters)
        if Name.LZWDecode in filters:
            yield "LZW compression"
        if thing.get(Name.Subtype) == Name.Image and thing.get(Name.ColorSpace) == Name.DeviceCMYK:
            yield "colours without a profile"


def disclaim(pdf: pikepdf.Pdf) -> None:
    """Take back that a file is PDF/A: something was bound into it that is not."""
    with pdf.open_metadata(set_pikepdf_as_editor=False) as told:
        for key in (PART, CONFORMANCE):
            if key in told:
                del told[key]
