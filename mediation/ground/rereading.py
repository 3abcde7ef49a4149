"""What an act has read it does not ask for again until it is written.

An act asks many small questions, and most of them about the same few rows: who is in the case, who mediates, which
unit it is. A reading marked with :func:`until_written` keeps its answers in the session, for one transaction and only
until a row of the tables it reads from is written in it. Nothing is kept from one transaction to the next.
"""

import functools
from collections import defaultdict
from contextlib import nullcontext

from sqlalchemy import event
from sqlalchemy.orm import Session

from mediation.ground.db import session, when_written

_READ = "read"


def until_written(*tables):
    """Keep what a reading answered, per arguments, until a row of these tables is written; of any, where none is named.

    The answers are shared: whoever changes one, copies it first.
    """
    names = frozenset(table.__tablename__ for table in tables)

    def decorate(read):
        @functools.wraps(read)
        def look_up(*args, **named):
            this = session()
            if not names or _is_changed(this, names):
                this.flush()  # as a query would have done: what was changed is what is asked for
            answers = _answers(this, names)
            key = (read, args, *named.items())
            if key not in answers:
                with this.no_autoflush if names else nullcontext():  # what waits to be written is of other tables
                    found = read(*args, **named)
                answers = _answers(this, names)  # the transaction may have begun with this reading
                answers[key] = found
            return answers[key]

        def keep(found, *args):
            """Take an answer that the writer knows in place of asking again."""
            _answers(session(), names)[read, args] = found

        look_up.keep = keep
        return look_up

    return decorate


def forget(but=()) -> None:
    """Ask anew from now on, but for what rests on these tables alone."""
    lasting = {table.__tablename__ for table in but}
    _transaction, kept = session().info.get(_READ, (None, {}))
    for names in [names for names in kept if not names or not names <= lasting]:
        del kept[names]


def _is_changed(this, names) -> bool:
    return any(row.__tablename__ in names for rows in (this.new, this.dirty, this.deleted) for row in rows)


def _answers(this, names) -> dict:
    """Return the answers of the present transaction that rest on these tables."""
    now, kept = this.get_transaction(), this.info.get(_READ)
    if kept is None or kept[0] is not now:
        kept = this.info[_READ] = (now, defaultdict(dict))
    return kept[1][names]


def _drop(this, written: set[str]) -> None:
    if _READ in this.info:
        _transaction, kept = this.info[_READ]
        for names in [names for names in kept if not names or not names.isdisjoint(written)]:
            del kept[names]


@event.listens_for(Session, "after_flush")
def _flushed(this, _context):
    if _READ in this.info:
        _drop(this, {row.__tablename__ for rows in (this.new, this.dirty, this.deleted) for row in rows})


@when_written
def _executed(this, table):
    _drop(this, {table.name})
