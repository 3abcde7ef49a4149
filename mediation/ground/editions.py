"""Small tables that everybody reads: what was made from them is kept until rows are added.

Rows of such a table are added or closed (``valid_to``), never changed otherwise: two counts and the newest id tell
its edition.
"""

import functools

from sqlalchemy import func, select

from mediation.ground.db import session

EDITIONS = "editions"


def edition(table) -> tuple:
    """Return the mark of a table's present state; asked once per session, as one page looks up many values."""
    known = session().info.setdefault(EDITIONS, {})
    if table not in known:
        marks = [func.count(), func.max(table.id)]
        if hasattr(table, "valid_to"):
            marks.append(func.count(table.valid_to))
        known[table] = tuple(session.execute(select(*marks).select_from(table)).one())
    return known[table]


def changed(table) -> None:
    """Say that this session added or closed rows of the table; flushes them."""
    session.flush()
    session().info.get(EDITIONS, {}).pop(table, None)


def kept(table):
    """Keep what a function makes of a table, per arguments, in this process and for one edition."""

    def decorate(make):
        values: dict[tuple, tuple] = {}

        @functools.wraps(make)
        def look_up(*key):
            current = edition(table)
            found = values.get(key)
            if found is None or found[0] != current:
                found = values[key] = (current, make(*key))
            return found[1]

        return look_up

    return decorate
