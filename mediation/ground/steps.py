"""Steps taken and the facts that bar them. Which steps there are is the business of the rooms above.

A *fact* is a key with a function that names obstacles; *subjects* are the rows of one kind that a step can be
taken on. Rooms register both; :func:`require_complete` refuses to start while one side is missing.
"""

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Index, String, bindparam, update
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.attributes import set_committed_value

from mediation.ground.columns import BigId, Facts, Long, RecordedAt
from mediation.ground.db import Base, session
from mediation.ground.errors import Obstacle, Stale


class StepTaken(Base):
    """One step in the history of an object: when it happened (``on``), when it was written, by whom, for which unit."""

    __tablename__ = "steps_taken"
    __table_args__ = (Index("ix_steps_taken_object", "object_kind", "object_id", "id"),)

    id: Mapped[BigId]
    case_id: Mapped[int] = mapped_column(Long, index=True)
    object_kind: Mapped[str] = mapped_column(String(32))
    object_id: Mapped[int] = mapped_column(Long)
    step: Mapped[str] = mapped_column(String(64), index=True)
    from_state: Mapped[str | None] = mapped_column(String(32))
    to_state: Mapped[str | None] = mapped_column(String(32))
    on: Mapped[date] = mapped_column(index=True)
    recorded_at: Mapped[RecordedAt]
    account_id: Mapped[int | None] = mapped_column(Long)
    unit_id: Mapped[int | None] = mapped_column(Long)
    post_id: Mapped[int | None] = mapped_column(Long)  # in which post; a deputy's says for whom
    reason: Mapped[str | None] = mapped_column(String(400))
    facts: Mapped[Facts]


@dataclass(frozen=True)
class Fact:
    """A registered check: its rows of the rule table, where its obstacles are cured, and the function."""

    key: str
    check: Callable[..., Iterable[Obstacle]]
    rules: tuple[str, ...] = ()
    cure: str | None = None


_facts: dict[str, Fact] = {}
_subjects: dict[str, Callable] = {}


def fact(key, *, rules=(), cure=None):
    """Register ``function(subject, *, on, by) -> obstacles`` under a key of the table of steps."""

    def register(function):
        _facts[key] = Fact(key, function, tuple(rules), cure)
        return function

    return register


def subjects(kind):
    """Register ``function(case_id) -> rows`` that lists the objects of one kind in a case, oldest first."""

    def register(function):
        _subjects[kind] = function
        return function

    return register


def registered_facts() -> dict[str, Fact]:
    """Return the registered facts by key."""
    return dict(_facts)


def subjects_of(kind, case_id):
    """Return the objects of one kind in a case."""
    return list(_subjects[kind](case_id))


def require_complete(keys, kinds) -> None:
    """Raise RuntimeError when the table names an unknown fact or kind, or a registered fact is never used."""
    faults = [f"no function for fact {key!r}" for key in sorted(set(keys) - set(_facts))]
    faults += [f"fact {key!r} is used by no step" for key in sorted(set(_facts) - set(keys))]
    faults += [f"nothing lists objects of kind {kind!r}" for kind in sorted(set(kinds) - set(_subjects))]
    if faults:
        raise RuntimeError("; ".join(faults))


def obstacles(keys, subject, *, on, by) -> list[Obstacle]:
    """Return everything that the named facts hold against a step on ``subject``."""
    found = []
    for key in keys:
        fact_ = _facts[key]
        found += [obstacle.curable_at(fact_.cure) for obstacle in fact_.check(subject, on=on, by=by)]
    return found


def move(row, *, to) -> None:
    """Set a row's state if it is still the one that was read; one of two racing callers gets Stale (P33)."""
    table = type(row)
    was, version = row.state, row.version
    session.flush()
    values = {"row": row.id, "was": was, "read": version, "to": to, "next": version + 1}
    if session.execute(_moving(table.__table__), values).rowcount != 1:
        raise Stale()
    set_committed_value(row, "state", to)
    set_committed_value(row, "version", version + 1)


@functools.cache
def _moving(table):
    columns = table.c
    unmoved = (columns.id == bindparam("row"), columns.state == bindparam("was"), columns.version == bindparam("read"))
    return update(table).where(*unmoved).values(state=bindparam("to"), version=bindparam("next"))


_reactions: dict[str, list[Callable]] = {}


def reacts_to(*names):
    """Register ``function(subject, *, by, on)`` to run in the transaction of the named steps, after them."""

    def register(function):
        for name in names:
            _reactions.setdefault(name, []).append(function)
        return function

    return register


def reactions_to(name) -> list[Callable]:
    """Return what follows a step, in the order in which the rooms were opened."""
    return _reactions.get(name, [])
