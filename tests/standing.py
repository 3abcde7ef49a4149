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
from threading import RLock

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
        self.close()
        now, first = self.file.read_bytes(), _template(self.template)
        places = range(0, len(now), PAGE)
        return len(now), {at: now[at : at + PAGE] for at in places if now[at : at + PAGE] != first[at : at + PAGE]}

    def restore(self, data: tuple[int, dict[int, bytes]], _there) -> None:
        for path in self.file.parent.glob(f"{self.file.name}-*"):
            path.unlink()
        size, pages = data
        whole = bytearray(_template(self.template).ljust(size, b"\0"))
        for at, page in pages.items():
            whole[at : at + PAGE] = page
        self.file.write_bytes(whole[:size])

    def close(self) -> None:
        """Let nobody have the file open: it is written anew."""
        session.get_bind().dispose()


@functools.lru_cache(4)
def _template(file: Path) -> bytes:
    return file.read_bytes()


class Rows:
    """Copies of what stands in the tables of a PostgreSQL database."""

    def __init__(self, server, name: str):
        self.server, self.name = server, name

    def close(self) -> None:
        """A connection may stay open, its next transaction sees what was put back."""

    def save(self) -> dict[str, bytes]:
        return self.server.copy_out(self.name)

    def restore(self, data: dict[str, bytes], there: dict[str, bytes] | None) -> None:
        self.server.copy_in(self.name, data, there)


_copies: Files | Rows | None = None
_folder: Path | None = None
_fresh: tuple = ()
_at: tuple | None = None  # the walks that the database holds for who looks; None: other things too
_held: tuple | None = None  # those that it holds really
_owed: Walked | None = None  # what is put back as soon as somebody looks
_kept: OrderedDict[tuple, Walked] = OrderedDict()
_one_at_a_time = RLock()


def begin(copies: Files | Rows, folder: Path, *what) -> None:
    """Say that the database is fresh, how to copy it, and where the store of files is."""
    global _copies, _folder, _fresh, _at, _held, _owed
    _copies, _folder, _owed = copies, folder, None
    _fresh = _at = _held = what


def end() -> None:
    """Keep nothing from here on."""
    global _copies, _at
    _put_back()
    _copies = _at = None


@event.listens_for(Engine, "commit")
def _written(_connection):
    global _at, _held
    _at = _held = None


@event.listens_for(Engine, "do_connect")
def _connects(*_about):
    _put_back()


@event.listens_for(Engine, "engine_connect")
def _looks(_connection):
    _put_back()


def kept(walk):
    """Keep what a walk does to an otherwise untouched database."""

    @functools.wraps(walk)
    def again(*args, **named):
        global _at, _held, _owed
        if _at is None:
            return walk(*args, **named)
        key = (*_at, walk.__module__, walk.__qualname__, clock.now(), _pickled((args, named)))
        if key in _kept:
            _kept.move_to_end(key)
            _take(_kept[key])
        else:
            _kept[key] = _walked(walk, args, named)
            _held = key
            if len(_kept) > MOST:
                _kept.popitem(last=False)
        _at = key
        return _Unpickler(io.BytesIO(_kept[key].result)).load()

    return again


def _walked(walk, args, named) -> Walked:
    result = walk(*args, **named)
    session.rollback()
    _put_back()
    stored = {path: path.read_bytes() for path in _folder.rglob("*") if path.is_file()}
    files = {path.relative_to(_folder): content for path, content in stored.items()}
    return Walked(_copies.save(), files, clock.now(), ids._last, _pickled(result))


def _take(found: Walked) -> None:
    """Stand where a walk ended; of several in a row only the last one's database is put back."""
    global _owed
    session.rollback()
    session().info.clear()
    _copies.close()
    _owed = found
    for name, content in found.files.items():
        (_folder / name).parent.mkdir(parents=True, exist_ok=True)
        (_folder / name).write_bytes(content)
    if found.now != clock.now():
        clock.freeze(found.now)
    ids._last = found.last_id


def _put_back() -> None:
    global _held, _owed
    if _owed is None:
        return
    with _one_at_a_time:  # of threads that begin together the others wait
        if _owed is not None:
            _copies.restore(_owed.data, _there())
            _held, _owed = _at, None


def _there():
    """Return the copy of what the database really holds; None where that is not kept any more."""
    if _held == _fresh:
        return {}
    return _kept[_held].data if _held in _kept else None


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
