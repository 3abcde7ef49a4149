"""Reading what other systems call cases."""

from collections.abc import Collection

from sqlalchemy import bindparam, select

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.outside.models import OutsideNumber
from mediation.casefile.outside.rules import System
from mediation.ground.db import session
from mediation.registry.access.rules import Actor

AT_ONCE = 500


def of_case(case_id: int) -> list[OutsideNumber]:
    """Return the outside numbers of a case, that of its channel first."""
    return list(session.scalars(_OF_CASE, {"case_id": case_id}))


_OF_CASE = (
    select(OutsideNumber).where(OutsideNumber.case_id == bindparam("case_id"))
    .order_by(OutsideNumber.is_origin.desc(), OutsideNumber.id)
)


def get(public_id: str, *, for_: Actor) -> tuple[OutsideNumber, Case]:
    """Return one outside number with its case, both scoped. Raises NotFound."""
    return cases.child(OutsideNumber, public_id, for_=for_)


def origin_of(case_id: int) -> OutsideNumber | None:
    """Return the number under which the channel sent the case."""
    query = select(OutsideNumber).where(OutsideNumber.case_id == case_id, OutsideNumber.is_origin)
    return session.scalar(query)


def known(system: System, numbers: Collection[str], *, centre_id: int) -> dict[str, tuple[int, str]]:
    """Return which numbers of a system cases of a centre bear already: the first case, row id and register number."""
    found: dict[str, tuple[int, str]] = {}
    wanted = sorted({number for number in numbers if number})
    for begin in range(0, len(wanted), AT_ONCE):
        query = (
            select(OutsideNumber.number, Case.id, Case.register_no)
            .join(Case, Case.id == OutsideNumber.case_id)
            .where(OutsideNumber.number.in_(wanted[begin : begin + AT_ONCE]), OutsideNumber.system == system)
            .where(OutsideNumber.centre_id == centre_id)
            .order_by(Case.id)
        )
        for number, case_id, register_no in session.execute(query):
            found.setdefault(number, (case_id, register_no))
    return found


def matching(number: str, *, centre_id: int):
    """Return the query of the cases that bear a number in any system, for searches."""
    mine = OutsideNumber.centre_id == centre_id
    return select(OutsideNumber.case_id).where(OutsideNumber.number == number, mine)
