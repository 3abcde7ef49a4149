"""What was read once is not asked for again: a page's facts, rules and sections share what lies in the case.

A function marked with :func:`read_once` keeps its answers in the session for as long as the transaction lasts in
which they were read. Where something is written nothing is kept, so that an operation sees what it has just done.
"""

import functools

from mediation.ground.db import is_writing, session

_READ = "read"


def read_once(read):
    """Keep what ``read`` answered, per arguments, until the reading transaction ends. The answers are shared: no caller
    changes them.
    """

    @functools.wraps(read)
    def look_up(*args, **named):
        if is_writing():
            return read(*args, **named)
        key = (read, args, *named.items())
        known = _known()
        if key not in known:
            found = read(*args, **named)
            known = _known()  # the transaction may have begun with this reading
            known[key] = found
        return known[key]

    return look_up


def _known() -> dict:
    """Return the answers of the present transaction; before it has begun nothing is known and nothing kept."""
    this = session()
    now, kept = this.get_transaction(), this.info.get(_READ)
    if now is None:
        return {}
    if kept is None or kept[0] is not now:
        kept = this.info[_READ] = (now, {})
    return kept[1]
