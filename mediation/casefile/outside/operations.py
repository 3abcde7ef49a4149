"""Writing down what other systems call a case, and what they last said of it."""

from datetime import date

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Case
from mediation.casefile.outside import queries, rules
from mediation.casefile.outside.models import OutsideNumber
from mediation.casefile.outside.rules import Bar, Status, System
from mediation.ground.db import session
from mediation.ground.errors import Stale, because, known
from mediation.ground.once import once
from mediation.registry.access.rules import Actor

STEP = "case.note_outside"


def keep_origin(case: Case, *, by: Actor) -> None:
    """Let the channel's own number be the first outside number of a case; called when it comes or is corrected."""
    session.flush()
    row, number = queries.origin_of(case.id), rules.tidy(case.outside_no)
    system = rules.system_of(case.channel)
    if not number:
        if row is not None:
            session.delete(row)
            session.flush()
        return
    twin = next((each for each in queries.of_case(case.id) if (each.system, each.number) == (system, number)), None)
    if twin is not None and twin is not row:  # it was entered by hand before
        if row is not None:
            session.delete(row)
            session.flush()
        row = twin
    if row is None:
        row = OutsideNumber(centre_id=case.centre_id, case_id=case.id, recorded_by_id=by.account_id)
        session.add(row)
    row.system, row.number, row.is_origin = system, number, True
    session.flush()


@once
def add(
    case_public_id: str, *, system: str, number: str, by: Actor, on: date, status: str = Status.UNKNOWN,
    said_on: date | None = None, note: str = "", key: str | None = None,
) -> str:
    """Enter the number of a case in another system, or that it is not entered there yet. Returns its public id.

    Raises NotFound, NotAllowed, Invalid, RuleBroken without a number or where the case has it already (row 36).
    """
    case = cases.get(case_public_id, for_=by)
    told = {"system": known(System, system, "system"), "number": rules.tidy(number)}
    told["status"] = known(Status, status, "status")
    steps.take(STEP, case, by=by, on=on, bars=_bars(case, None, said_on, on, **told), facts=told)
    row = OutsideNumber(
        centre_id=case.centre_id, case_id=case.id, said_on=said_on, note=note.strip() or None,
        recorded_by_id=by.account_id, **told,
    )
    session.add(row)
    session.flush()
    return row.public_id


def note(
    public_id: str, *, version: int, number: str, status: str, said_on: date | None, by: Actor, on: date,
    note: str = "",
) -> None:
    """Write down what the other system says of the case now, and on which day.

    The number of the channel itself is corrected with the case, not here. Raises NotFound, NotAllowed, Invalid,
    RuleBroken, Stale.
    """
    row, case = cases.child(OutsideNumber, public_id, for_=by)
    if row.version != version:
        raise Stale(stored(row))
    number = row.number if row.is_origin else rules.tidy(number)
    told = {"system": row.system, "number": number, "status": known(Status, status, "status")}
    steps.take(STEP, case, by=by, on=on, bars=_bars(case, row, said_on, on, **told), facts=told)
    row.number, row.status, row.said_on, row.note = number, told["status"], said_on, note.strip() or None
    row.version += 1
    session.flush()


def stored(row: OutsideNumber) -> dict:
    """Return an outside number as its form shows it."""
    found = {name: getattr(row, name) for name in ("number", "status", "said_on", "version")}
    return found | {"note": row.note or "", "system": row.system}


def _bars(case, row, said_on, today, *, system, number, status):
    found = [] if number or status == Status.NOT_ENTERED else [because(Bar.NO_NUMBER)]
    if said_on is not None and said_on > today:
        found.append(because(Bar.SAID_LATER))
    others = [each for each in queries.of_case(case.id) if row is None or each.id != row.id]
    if any((each.system, each.number) == (system, number) for each in others):
        found.append(because(Bar.TWICE, number=number))
    return found
