"""Files that no row names: a process was killed between writing one and committing its row. They go after a day.

A room says which of its rows name files, by column or by a function; what nobody is asked about is never removed.
"""

import logging
from collections.abc import Callable, Collection
from datetime import timedelta

from sqlalchemy import select

from mediation.ground import clock, files
from mediation.ground.db import session, transaction
from mediation.ground.jobs import job

SAFE = timedelta(days=1)  # longer than any act takes between the file and its row
NIGHTS = 7  # in which the whole store is looked through
HALF = ".part"  # ends what was being written

log = logging.getLogger(__name__)
_askers: list[Callable[[Collection[str]], Collection[str]]] = []


def named_by(ask: Callable[[Collection[str]], Collection[str]]):
    """Register a function that returns which of some names rows of its room point to."""
    _askers.append(ask)
    return ask


def named_in(*columns) -> None:
    """Register indexed columns that hold names of files."""
    for column in columns:
        named_by(lambda names, column=column: session.scalars(select(column).where(column.in_(names))).all())


@job("files.sweep")
def sweep() -> None:
    """Remove what no row names and is older than a day, in a seventh of the folders each night."""
    store, tonight = files.store(), clock.today().toordinal() % NIGHTS
    removed = sum(
        _sweep(store, folder) for folder in store.folders() if int.from_bytes(folder.encode()) % NIGHTS == tonight
    )
    if removed:
        log.warning("removed %s files that no row names", removed)


def _sweep(store: files.Store, folder: str) -> int:
    names = store.names(folder)
    with transaction():
        pointed_to = {name for ask in _askers for name in ask(names)} if names else set()
    before = clock.now() - SAFE
    orphans = [
        name for name in names if name.removesuffix(HALF) not in pointed_to and store.changed_at(name) < before
    ]
    for name in orphans:
        store.drop(name)
    return len(orphans)
