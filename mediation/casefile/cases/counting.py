"""Figures counted as they arise: how many accepted cases of each month a unit sees, by body, track and result.

What a case counts as changes in the transaction that moves the case or ties a unit to it; a figure is then the sum of
a few hundred rows, however many cases there are. The rows of a unit differ by scope, the relations through which its
posts see cases: a case that two relations tie to a unit is counted once.
"""

from collections import Counter
from datetime import date

from sqlalchemy import ColumnElement, String, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from mediation.casefile.cases.models import Case, CaseAccess
from mediation.ground.columns import Long
from mediation.ground.db import Base, before_commit, session
from mediation.registry.access.rules import PASSING, PERSONAL, SIGHT, Depth, Relation, Role

_WATCHED = "cases counted otherwise"
AT_ONCE = 500


class CaseCount(Base):
    """How many cases a unit sees through a scope, of one month of acceptance, body, track and result."""

    __tablename__ = "case_counts"

    unit_id: Mapped[int] = mapped_column(Long, primary_key=True, autoincrement=False)
    scope: Mapped[str] = mapped_column(String(80), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)  # its first day
    lead_unit_id: Mapped[int] = mapped_column(Long, primary_key=True, autoincrement=False)  # 0: nobody leads it
    track: Mapped[str] = mapped_column(String(32), primary_key=True)
    result: Mapped[str] = mapped_column(String(16), primary_key=True)
    n: Mapped[int]


def _scope(relations) -> str:
    return "+".join(sorted(relations))


def _relations(role: Role) -> frozenset[Relation]:
    """Return the relations of its unit through which a role sees at least the progress of cases."""
    sight = SIGHT.get(role, {})
    lasting = sight.keys() - PERSONAL - PASSING
    return frozenset(relation for relation in lasting if sight[relation] >= Depth.PROGRESS)


SCOPES = {_scope(relations): relations for relations in map(_relations, SIGHT) if relations}


def scope_of(role: Role) -> str | None:
    """Return the scope in which a role's figures are counted; None where its post sees its own cases only."""
    return _scope(_relations(role)) or None


def surely(unit_id: int, scope: str, up_to: int) -> int:
    """Return a number of cases that a unit sees at the least: those that its newest counts hold, ``up_to`` or more.

    Less than ``up_to`` says little: a case that is not accepted yet is in no count.
    """
    return session.scalar(_SURELY, {"unit_id": unit_id, "scope": scope, "up_to": up_to})


_NEWEST = (
    select(CaseCount.n)
    .where(CaseCount.unit_id == bindparam("unit_id"), CaseCount.scope == bindparam("scope"), CaseCount.n > 0)
    .order_by(CaseCount.month.desc()).limit(bindparam("up_to"))
)
_SURELY = select(func.coalesce(func.sum(_NEWEST.subquery().c.n), 0))


# --- as cases move ---


def counts_as(case: Case) -> str | None:
    """Return what an accepted case counts as: month, body, track and result; None before it is accepted."""
    if case.accepted_on is None:
        return None
    return f"{case.accepted_on:%Y-%m}/{case.lead_unit_id or 0}/{case.track or ''}/{case.result}"


def moved(case: Case) -> None:
    """Count a case anew when the transaction ends, if it counts as something else now."""
    if counts_as(case) != case.counted_as:
        _watch(case)


def tied(case: Case) -> None:
    """Count a case anew when the transaction ends; called before a unit's tie to it begins or ends.

    A case that goes to another body or track changes its ties with that.
    """
    if case.counted_as is not None:
        _watch(case)


def _watch(case: Case) -> None:
    watched = session().info.setdefault(_WATCHED, {})
    if case.id not in watched:
        watched[case.id] = _counted(case)
        before_commit(_WATCHED, _settle)


def _counted(case: Case) -> set[tuple[int, str, str]]:
    """Return where a case is counted: units, scopes, and as what."""
    if case.counted_as is None:
        return set()
    lasting = select(CaseAccess.unit_id, CaseAccess.relation).where(CaseAccess.case_id == case.id, _lasts())
    return {
        (unit_id, scope, case.counted_as)
        for unit_id, relation in session.execute(lasting)
        for scope, relations in SCOPES.items()
        if relation in relations
    }


def _lasts() -> ColumnElement[bool]:
    """Return the condition that a unit is tied to a case without an end, and deep enough to see its progress."""
    return CaseAccess.unit_id.is_not(None) & CaseAccess.until.is_(None) & (CaseAccess.depth >= int(Depth.PROGRESS))


def _settle(this) -> None:
    """Write what the watched cases add and take away; in one order, so that two writers do not wait crosswise."""
    changes: Counter[tuple[int, str, str]] = Counter()
    for case_id, before in this.info.pop(_WATCHED, {}).items():
        case = this.get_one(Case, case_id)  # a long loading lets go of its rows in between
        case.counted_as = counts_as(case)
        changes.subtract(before)
        changes.update(_counted(case))
    this.flush()
    _add({key: n for key, n in changes.items() if n})


def _add(counts: dict[tuple[int, str, str], int]) -> None:
    table = CaseCount.__table__
    insert = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[session.get_bind().dialect.name]
    keys = sorted(counts)
    for begin in range(0, len(keys), AT_ONCE):
        adding = insert(table).values([_row(*key, counts[key]) for key in keys[begin : begin + AT_ONCE]])
        session.execute(
            adding.on_conflict_do_update(
                index_elements=list(table.primary_key), set_={"n": table.c.n + adding.excluded.n}
            )
        )


def _row(unit_id: int, scope: str, counted_as: str, n: int) -> dict:
    month, lead_unit_id, track, result = counted_as.split("/")
    return {
        "unit_id": unit_id, "scope": scope, "month": date.fromisoformat(f"{month}-01"),
        "lead_unit_id": int(lead_unit_id), "track": track, "result": result, "n": n,
    }


# --- checked and counted anew ---


def counted_from_cases() -> dict[tuple[int, str, str], int]:
    """Return what the counts should be, from the cases and their ties themselves."""
    found: Counter[tuple[int, str, str]] = Counter()
    for scope, relations in SCOPES.items():
        seen = (
            select(CaseAccess.unit_id, CaseAccess.case_id)
            .where(_lasts(), CaseAccess.relation.in_(relations)).distinct().subquery()
        )
        query = (
            select(seen.c.unit_id, Case.counted_as, func.count())
            .join(Case, Case.id == seen.c.case_id).where(Case.counted_as.is_not(None))
            .group_by(seen.c.unit_id, Case.counted_as)
        )
        found.update({(unit_id, scope, counted_as): n for unit_id, counted_as, n in session.execute(query)})
    return dict(found)


def counted() -> dict[tuple[int, str, str], int]:
    """Return the counts as they are kept."""
    return {
        (row.unit_id, row.scope, f"{row.month:%Y-%m}/{row.lead_unit_id}/{row.track}/{row.result}"): row.n
        for row in session.execute(select(CaseCount.__table__).where(CaseCount.n != 0))
    }


def count_anew() -> None:
    """Count all cases anew. What each counts as is on the case; ``flask verify`` compares that with its history."""
    session.execute(delete(CaseCount))
    _add(counted_from_cases())
