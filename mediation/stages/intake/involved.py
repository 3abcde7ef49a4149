"""In which cases people are: as parties, and as rooms later on the road know them besides."""

from collections.abc import Callable

from sqlalchemy import CompoundSelect, Select, select, union_all

from mediation.casefile.cases.models import Party

_besides: list[Callable] = []


def also(besides: Callable[..., Select]) -> Callable[..., Select]:
    """Register ``function(rows)``: the statement of (person_id, case_id, role) for the row ids of people."""
    _besides.append(besides)
    return besides


def inside(rows) -> CompoundSelect:
    """Return the statement of (person_id, case_id, role) for the row ids of people, or a query of them."""
    parties = select(Party.person_id, Party.case_id, Party.role).where(Party.person_id.in_(rows))
    return union_all(parties, *(besides(rows) for besides in _besides))
