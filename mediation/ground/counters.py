"""Serial numbers without gaps: one counter row per series, moved in the transaction that uses the number (P32, B12)."""

from sqlalchemy import Integer, String, bindparam, select, update
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground.db import Base, session
from mediation.ground.once import insert_or_ignore


class Counter(Base):
    """The last number given out in a series; a series is named by its owner, kind and year."""

    __tablename__ = "counters"

    series: Mapped[str] = mapped_column(String(120), primary_key=True)
    last: Mapped[int] = mapped_column(Integer, default=0)


_COUNTERS = Counter.__table__
_MOVED = (
    update(_COUNTERS)
    .where(_COUNTERS.c.series == bindparam("name"))
    .values(last=_COUNTERS.c.last + 1)
    .returning(_COUNTERS.c.last)
)


def take(*series) -> int:
    """Return the next number of a series, 1 for its first; it is given back only by a rollback."""
    name = "/".join(map(str, series))
    with session.no_autoflush:  # a counter rests on no other row
        number = session.scalar(_MOVED, {"name": name})
    if number is None:
        session.execute(insert_or_ignore(_COUNTERS), {"series": name, "last": 0})
        number = session.scalar(_MOVED, {"name": name})
    return number


def last(*series) -> int:
    """Return the last number given out in a series, 0 when there is none."""
    return session.scalar(select(Counter.last).where(Counter.series == "/".join(map(str, series)))) or 0
