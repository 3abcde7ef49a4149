"""One store for files: sealed, hashed, written before the row that names them is committed (B17).

The place is any fsspec file system; names are random, nothing tells whose file it is.
"""

import hashlib
import io
import os
import zipfile
from dataclasses import dataclass
from datetime import datetime

import puremagic
from fsspec.implementations.dirfs import DirFileSystem
from fsspec.implementations.local import LocalFileSystem

from mediation.ground.choices import N_
from mediation.ground.crypto import Box
from mediation.ground.errors import Invalid
from mediation.ground.ids import new_public_id

ALLOWED = {
    "pdf": ("application/pdf", (".pdf",)),
    "jpg": ("image/jpeg", (".jpg", ".jpeg", ".jfif")),
    "png": ("image/png", (".png",)),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",)),
}
PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True)
class Kept:
    """Where a file lies and what it is: ``size`` in bytes and ``sha256`` of the plain content."""

    name: str
    size: int
    sha256: bytes
    media_type: str


class Store:
    """Keeps sealed files below one folder or bucket."""

    def __init__(self, path, filesystem=None):
        self._files = DirFileSystem(path=str(path), fs=filesystem or LocalFileSystem(auto_mkdir=True))

    def put(self, plain: bytes, box: Box, media_type: str) -> Kept:
        """Seal and keep ``plain``; return where. Write it before the transaction that records it."""
        name = new_public_id()
        place = f"{name[:2]}/{name}"
        with self._files.open(place + ".part", "wb") as file:
            file.write(box.seal(plain, "file", name))
            _to_disk(file)
        self._files.mv(place + ".part", place)
        return Kept(name, len(plain), hashlib.sha256(plain).digest(), media_type)

    def get(self, name: str, box: Box, sha256: bytes) -> bytes:
        """Return the plain content; a changed or moved file raises (P19)."""
        with self._files.open(f"{name[:2]}/{name}", "rb") as file:
            plain = box.open(file.read(), "file", name)
        if hashlib.sha256(plain).digest() != sha256:
            raise ValueError("file and record differ")
        return plain

    def drop(self, name: str) -> None:
        """Remove a file that no row names."""
        self._files.rm(f"{name[:2]}/{name}")

    def folders(self) -> list[str]:
        """Return the folders that the files lie in, by the first two letters of their names."""
        if not self._files.exists(""):
            return []  # nothing was ever stored
        paths = (path.rstrip("/").rsplit("/", 1)[-1] for path in self._files.ls("", detail=False))
        return sorted(path for path in paths if len(path) == 2)

    def names(self, folder: str = "") -> list[str]:
        """Return the names of what lies in a folder, or in all; what a killed process half wrote is among it."""
        paths = self._files.ls(folder, detail=False) if folder else self._files.find("")
        return [path.rsplit("/", 1)[-1] for path in paths]

    def changed_at(self, name: str) -> datetime:
        """Return when a file was written."""
        return self._files.modified(f"{name[:2]}/{name}")


def _to_disk(file) -> None:
    """Let a local file reach the disk before a row names it; a bucket does so by itself (B17)."""
    file.flush()
    if hasattr(file, "fileno"):
        os.fsync(file.fileno())


def type_of(plain: bytes, filename: str) -> str:
    """Return the media type that content and ending agree on. Raises Invalid for anything else (P20)."""
    if len(plain) > LARGEST:
        raise Invalid(file=N_("文件超过 20 MB，请压缩或分开上传"))
    if not plain:
        raise Invalid(file=N_("文件是空的，请重新选择"))
    ending = "." + filename.rsplit(".", 1)[-1].lower() if "." in filename else ""
    try:
        found = {match.extension.lower() for match in puremagic.magic_stream(io.BytesIO(plain), filename)}
    except (puremagic.PureError, ValueError):
        found = set()
    for media_type, endings in ALLOWED.values():
        if ending in endings and found & set(endings) and _holds_what_it_must(plain, ending):
            return media_type
    raise Invalid(file=N_("只收 PDF、JPG、PNG、DOCX、XLSX，且内容要与扩展名一致"))


def _holds_what_it_must(plain: bytes, ending: str) -> bool:
    """Say whether an office file names the parts of its kind and no program; nothing is unpacked."""
    if ending not in PARTS:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(plain)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    has_program = any(name.endswith("vbaProject.bin") for name in names)
    return {"[Content_Types].xml", PARTS[ending]} <= names and not has_program


_store: Store | None = None


def use(store: Store) -> None:
    """Take a store into use for this process."""
    global _store
    _store = store


def store() -> Store:
    """Return the store in use."""
    if _store is None:
        raise RuntimeError("no file store in use")
    return _store
