"""Roads that many tests begin with are walked once: afterwards what they wrote is put back in place of walking again.

A walk is kept by what stood in the database before, its arguments and the program's time. Only walks that begin in a
database which holds nothing but other kept walks are kept; any other commit ends that until the next test. A long walk
that begins with a shorter one takes that from here too.
"""

import functools
import io
import pickle
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, event, inspect

from mediation.ground import clock, ids
from mediation.ground.db import Base, session

MOST = 200  # walks kept at a time
PAGE = 4096


@dataclass(frozen=True)
class Walked:
    """What a walk left behind: the database, the files, the time, the last key it gave, what it returned."""

    data: object
    files: dict[Path, bytes]
    now: datetime
    last_id: int
    result: bytes


class Files:
    """Copies of a SQLite database: the pages in which it differs from the template that it was copied from."""

    def __init__(self, file: Path, template: Path):
        self.file, self.template = file, template

    def save(self) -> tuple[int, dict[int, bytes]]:
        self._close()
        now, first = self.file.read_bytes(), _template(self.template)
        places = range(0, len(now), PAGE)
        return len(now), {at: now[at : at + PAGE] for at in places if now[at : at + PAGE] != first[at : at + PAGE]}

    def restore(self, data: tuple[int, dict[int, bytes]], _there) -> None:
        self._close()
        for path in self.file.parent.glob(f"{self.file.name}-*"):
            path.unlink()
        size, pages = data
        whole = bytearray(_template(self.template).ljust(size, b"\0"))
        for at, page in pages.items():
            whole[at : at + PAGE] = page
        self.file.write_bytes(whole[:size])

    @staticmethod
    def _close():
        session.get_bind().dispose()


@functools.lru_cache(4)
def _template(file: Path) -> bytes:
    return file.read_bytes()


class Rows:
    """Copies of what stands in the tables of a PostgreSQL database."""

    def __init__(self, server, name: str):
        self.server, self.name = server, name

    def save(self) -> dict[str, bytes]:
        return self.server.copy_out(self.name)

    def restore(self, data: dict[str, bytes], there: dict[str, bytes] | None) -> None:
        self.server.copy_in(self.name, data, there)


_copies: Files | Rows | None = None
_folder: Path | None = None
_at: tuple | None = None  # the walks that the database holds; None: other things too
_fresh: tuple = ()
_kept: OrderedDict[tuple, Walked] = OrderedDict()


def begin(copies: Files | Rows, folder: Path, *what) -> None:
    """Say that the database is fresh, how to copy it, and where the store of files is."""
    global _copies, _folder, _at, _fresh
    _copies, _folder, _at, _fresh = copies, folder, what, what


def end() -> None:
    """Keep nothing from here on."""
    global _copies, _at
    _copies = _at = None


@event.listens_for(Engine, "commit")
def _written(_connection):
    global _at
    _at = None


def kept(walk):
    """Keep what a walk does to an otherwise untouched database."""

    @functools.wraps(walk)
    def again(*args, **named):
        global _at
        if _at is None:
            return walk(*args, **named)
        key = (*_at, walk.__module__, walk.__qualname__, clock.now(), _pickled((args, named)))
        if key in _kept:
            _kept.move_to_end(key)
            _put_back(_kept[key])
        else:
            _kept[key] = _walked(walk, args, named)
            if len(_kept) > MOST:
                _kept.popitem(last=False)
        _at = key
        return _Unpickler(io.BytesIO(_kept[key].result)).load()

    return again


def _walked(walk, args, named) -> Walked:
    result = walk(*args, **named)
    session.rollback()
    stored = {path: path.read_bytes() for path in _folder.rglob("*") if path.is_file()}
    files = {path.relative_to(_folder): content for path, content in stored.items()}
    return Walked(_copies.save(), files, clock.now(), ids._last, _pickled(result))


def _put_back(found: Walked) -> None:
    session.rollback()
    session().info.clear()
    _copies.restore(found.data, _there())
    for name, content in found.files.items():
        (_folder / name).parent.mkdir(parents=True, exist_ok=True)
        (_folder / name).write_bytes(content)
    if found.now != clock.now():
        clock.freeze(found.now)
    ids._last = found.last_id


def _there():
    """Return the copy of what the database holds now; None where that is not kept any more."""
    if _at == _fresh:
        return {}
    return _kept[_at].data if _at in _kept else None


class _Pickler(pickle.Pickler):
    def persistent_id(self, thing):
        if isinstance(thing, Base):
            return type(thing), inspect(thing).identity
        return None


class _Unpickler(pickle.Unpickler):
    def persistent_load(self, name):
        model, identity = name
        return session.get_one(model, identity)


def _pickled(thing) -> bytes:
    buffer = io.BytesIO()
    _Pickler(buffer).dump(thing)
    return buffer.getvalue()
