"""Cutting a font with HarfBuzz, the library that WeasyPrint brings along: a second where fontTools takes forty."""

import ctypes
from collections.abc import Collection
from ctypes import POINTER, byref, c_char_p, c_uint, c_void_p
from ctypes.util import find_library
from functools import cache
from pathlib import Path

DROP_TABLES = 3  # HB_SUBSET_SETS_DROP_TABLE_TAG
NOTDEF_OUTLINE = 0x40  # HB_SUBSET_FLAGS_NOTDEF_OUTLINE
NO_HINTING, RETAIN_GIDS, DESUBROUTINIZE, PASSTHROUGH = 0x1, 0x2, 0x4, 0x20  # likewise

SIGNATURES = {
    "hb_blob_create_from_file": (c_void_p, c_char_p),
    "hb_blob_get_data": (c_void_p, c_void_p, POINTER(c_uint)),
    "hb_blob_destroy": (None, c_void_p),
    "hb_face_create": (c_void_p, c_void_p, c_uint),
    "hb_face_reference_blob": (c_void_p, c_void_p),
    "hb_face_destroy": (None, c_void_p),
    "hb_set_add": (None, c_void_p, c_uint),
    "hb_subset_input_create_or_fail": (c_void_p,),
    "hb_subset_input_set_flags": (None, c_void_p, c_uint),
    "hb_subset_input_unicode_set": (c_void_p, c_void_p),
    "hb_subset_input_glyph_set": (c_void_p, c_void_p),
    "hb_subset_input_set": (c_void_p, c_void_p, c_uint),
    "hb_subset_input_destroy": (None, c_void_p),
    "hb_subset_or_fail": (c_void_p, c_void_p, c_void_p),
}


@cache
def library() -> ctypes.CDLL | None:
    """Return the library, or None where this system has none that can do all of this."""
    for name in (find_library("harfbuzz-subset"), "libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"):
        try:
            found = ctypes.CDLL(name) if name else None
            for function, (result, *arguments) in SIGNATURES.items() if found else ():
                entry = getattr(found, function)
                entry.restype, entry.argtypes = result, arguments
        except (OSError, AttributeError):
            continue
        if found:
            return found
    return None


def cut(path: Path, index: int, text: str, drop: list[str]) -> bytes | None:
    """Return the font with the glyphs of ``text`` only and without the tables ``drop``; None when it cannot be done."""
    hb = library()
    if hb is None:
        return None
    blob = hb.hb_blob_create_from_file(str(path).encode())
    face = hb.hb_face_create(blob, index)
    wanted = hb.hb_subset_input_create_or_fail()
    hb.hb_subset_input_set_flags(wanted, NOTDEF_OUTLINE)
    characters = hb.hb_subset_input_unicode_set(wanted)
    for character in set(text):
        hb.hb_set_add(characters, ord(character))
    tables = hb.hb_subset_input_set(wanted, DROP_TABLES)
    for table in drop:
        hb.hb_set_add(tables, int.from_bytes(table.encode()))
    small = hb.hb_subset_or_fail(face, wanted)
    content = _content(hb, small) if small else None
    for destroy, thing in (
        (hb.hb_face_destroy, small),
        (hb.hb_subset_input_destroy, wanted),
        (hb.hb_face_destroy, face),
        (hb.hb_blob_destroy, blob),
    ):
        destroy(thing)
    return content


class Glyphs:
    """A font file out of which glyphs are taken by their numbers, which stay; close it when done."""

    def __init__(self, path: Path):
        self._hb = library()
        self._blob = self._hb.hb_blob_create_from_file(str(path).encode()) if self._hb else None
        self._face = self._hb.hb_face_create(self._blob, 0) if self._hb else None

    def taken(self, numbers: Collection[int], drop: list[str]) -> bytes | None:
        """Return a font with these glyphs at their numbers, as WeasyPrint 70 embeds it; None when it cannot be done."""
        if not self._face or not numbers:
            return None
        small = self._subset(self._face, numbers, drop, RETAIN_GIDS | PASSTHROUGH | DESUBROUTINIZE)
        short = self._subset(small, range(max(numbers) + 1), (), PASSTHROUGH | DESUBROUTINIZE | NO_HINTING)
        content = _content(self._hb, short) if short else None
        for face in filter(None, (small, short)):
            self._hb.hb_face_destroy(face)
        return content

    def _subset(self, face, numbers, drop, flags):
        if not face:
            return None
        wanted = self._hb.hb_subset_input_create_or_fail()
        self._hb.hb_subset_input_set_flags(wanted, flags)
        for which, members in (
            (self._hb.hb_subset_input_glyph_set(wanted), numbers),
            (self._hb.hb_subset_input_set(wanted, DROP_TABLES), [int.from_bytes(table.encode()) for table in drop]),
        ):
            for member in members:
                self._hb.hb_set_add(which, member)
        found = self._hb.hb_subset_or_fail(face, wanted)
        self._hb.hb_subset_input_destroy(wanted)
        return found

    def close(self) -> None:
        if self._face:
            self._hb.hb_face_destroy(self._face)
            self._hb.hb_blob_destroy(self._blob)
        self._face = None


def _content(hb, face) -> bytes:
    blob, length = hb.hb_face_reference_blob(face), c_uint()
    content = ctypes.string_at(hb.hb_blob_get_data(blob, byref(length)), length.value)
    hb.hb_blob_destroy(blob)
    return content
