"""Small tables that everybody reads: what was made from them is kept in the process while they stay as they are.

Each change gives its table a new mark. One statement a transaction reads the marks of all of them; a value that was
made under another mark is made anew.
"""

import functools

from sqlalchemy import String, event, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from mediation.ground.columns import Long
from mediation.ground.db import Base, session
from mediation.ground.ids import new_id
from mediation.ground.once import insert_or_ignore

_MARKS = "editions"
_tables: set[str] = set()  # from which something is kept


class Edition(Base):
    """The mark of a small table's present state."""

    __tablename__ = "editions"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    mark: Mapped[int] = mapped_column(Long)


_ALL = select(Edition.__table__)  # asked under every page, so past the ORM


def kept(*tables):
    """Keep what a function makes of tables or their models, per arguments, in this process, for one edition of them."""
    names = [getattr(table, "__tablename__", None) or table.name for table in tables]
    _tables.update(names)

    def decorate(make):
        values: dict[tuple, tuple] = {}

        @functools.wraps(make)
        def look_up(*key):
            marks = _marks()
            current = [marks.get(name) for name in names]
            found = values.get(key)
            if found is None or found[0] != current:
                found = values[key] = (current, make(*key))
            return found[1]

        return look_up

    return decorate


def changed(table) -> None:
    """Say that rows of the table were written past the session, which notes by itself what goes through it."""
    session.flush()
    _renew(session(), {table.__tablename__})


@event.listens_for(Session, "after_flush")
def _note(this, _context):
    written = {row.__tablename__ for rows in (this.new, this.dirty, this.deleted) for row in rows}
    _renew(this, written & _tables)


def _renew(this, names) -> None:
    """Give the tables new marks: never one that another transaction had and took back."""
    table = Edition.__table__
    for name in sorted(names):
        mark = new_id()
        renewed = insert_or_ignore(table).values(name=name, mark=mark).returning(table.c.name)
        connection = this.connection()
        if connection.scalar(renewed) is None:
            connection.execute(table.update().where(table.c.name == name).values(mark=mark))
    if names:
        this.info.pop(_MARKS, None)


def _marks() -> dict[str, int]:
    this = session()
    now, known = this.get_transaction(), this.info.get(_MARKS)
    if known is None or known[0] is not now:
        this.flush()  # as a query by the session would have done
        found = dict(this.connection().execute(_ALL).all())
        known = this.info[_MARKS] = (this.get_transaction(), found)
    return known[1]
