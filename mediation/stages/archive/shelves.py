"""The archive as a list: files by body and year in the order of their numbers, found again, out on loan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, union

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import CaseState
from mediation.ground.db import session
from mediation.registry.access.rules import Actor, Depth
from mediation.registry.settings import queries as settings
from mediation.stages.archive import rules
from mediation.stages.archive.models import Borrowing, Closing

PAGE = 50
MOST_FOUND = 50
MOST_OUT = 200
MOST_IN_REGISTER = 5000  # lines of a printed register; more than any body files in a year


@dataclass(frozen=True)
class Line:
    """One file: how it was filed, its case, who has it out, None where it lies on its shelf."""

    closing: Closing
    case: Case
    out: Borrowing | None


@dataclass(frozen=True)
class Page:
    """One page of a year's files, and the serials from which its neighbours go on."""

    rows: Sequence[Line]
    total: int | None = None
    is_capped: bool = False
    next: int | None = None
    previous: int | None = None


def years(unit_id: int) -> list[int]:
    """Return the years in which a body filed, the newest first; each is one probe of the index."""
    found, newest = [], None
    while True:
        query = select(func.max(Closing.archive_year)).where(Closing.archive_unit_id == unit_id)
        newest = session.scalar(query if newest is None else query.where(Closing.archive_year < newest))
        if newest is None:
            return found
        found.append(newest)


def listing(
    unit_id: int, year: int, *, for_: Actor, after: int | None = None, before: int | None = None, size: int = PAGE
) -> Page:
    """Return files of a body and year that the reader sees, in the order of their numbers, by keyset."""
    query = _seen(for_).where(Closing.archive_unit_id == unit_id, Closing.archive_year == year)
    if before is not None:
        query = query.where(Closing.archive_serial < before).order_by(Closing.archive_serial.desc())
    else:
        query = query.where(Closing.archive_serial > (after or 0)).order_by(Closing.archive_serial)
    found = list(session.execute(query.limit(size + 1)))
    more, found = len(found) > size, found[:size]
    if before is not None:
        found.reverse()
    has_next, has_previous = (True, more) if before is not None else (more, after is not None)
    return Page(
        _lines(found),
        next=found[-1][0].archive_serial if found and has_next else None,
        previous=found[0][0].archive_serial if found and has_previous else None,
    )


def register(unit_id: int, year: int, *, for_: Actor) -> list[Line]:
    """Return all files of a body and year that the reader sees, as the printed register lists them."""
    return list(listing(unit_id, year, for_=for_, size=MOST_IN_REGISTER).rows)


def find(text: str, *, for_: Actor) -> list[Line]:
    """Return files by the beginning of their number, a number of their case or a name in it; at most fifty.

    Each way has an index of its own. Only files whose contents the reader sees are found, so no sealed case by a name.
    """
    text = text.strip()
    if len(text) < 2:
        return []
    last = text[:-1] + chr(ord(text[-1]) + 1)
    matching = union(
        select(Closing.case_id).where(Closing.archive_no >= text, Closing.archive_no < last),
        select(Case.id).where(Case.centre_id == for_.centre_id, Case.register_no == text),
        select(Case.id).where(Case.body_no == text),
        select(Party.case_id).where(Party.name >= text, Party.name < last),
    )
    query = _seen(for_, narrow=False).where(Case.id.in_(matching), Closing.archive_no.is_not(None))
    return _lines(list(session.execute(query.order_by(Closing.id.desc()).limit(MOST_FOUND))))


def _seen(for_: Actor, *, narrow=None):
    both = select(Closing, Case).join(Case, Case.id == Closing.case_id)
    return access.scoped(both, for_, Depth.CONTENTS, narrow=narrow)


def _lines(found) -> list[Line]:
    out = {row.case_id: row for row in _out_of([case.id for _closing, case in found])}
    return [
        Line(closing, case, out.get(case.id) if closing.reopened_on is None else None) for closing, case in found
    ]


def _out_of(case_ids):
    if not case_ids:
        return []
    return session.scalars(select(Borrowing).where(Borrowing.case_id.in_(case_ids), Borrowing.back_on.is_(None)))


def lent(*, for_: Actor) -> list[tuple[Borrowing, Case]]:
    """Return the files that are out and that the reader sees, the longest due first; at most two hundred."""
    query = select(Borrowing, Case).join(Case, Case.id == Borrowing.case_id).where(
        Borrowing.centre_id == for_.centre_id, Borrowing.back_on.is_(None)
    )
    query = access.scoped(query, for_, Depth.CONTENTS, narrow=False)  # few files are out; each is probed
    query = query.order_by(Borrowing.due_on, Borrowing.id).limit(MOST_OUT)
    return [(row, case) for row, case in session.execute(query)]


def loans_of(case_id: int) -> list[Borrowing]:
    """Return the borrow log of a file, the newest first."""
    return list(session.scalars(select(Borrowing).where(Borrowing.case_id == case_id).order_by(Borrowing.id.desc())))


def get(public_id: str, *, for_: Actor) -> tuple[Borrowing, Case]:
    """Return a borrowing and its case, whose contents the reader must see. Raises NotFound."""
    return cases.child(Borrowing, public_id, for_=for_)


def out(case_id: int) -> Borrowing | None:
    """Return the borrowing of a file that is not back, None where it lies on its shelf."""
    return next(iter(_out_of([case_id])), None)


def loan_days(case: Case, on: date) -> int:
    """Return after how many days a file commonly is to be back (DP-11, the archive bureau's)."""
    return settings.number("DP-11.loan_days", on=on, centre_id=case.centre_id)


def retention_of(case: Case, *, on: date) -> rules.Retention:
    """Return how long the file of a closed case is kept by the centre's dated lists (DP-11)."""
    whose = {"on": on, "centre_id": case.centre_id}
    return rules.retention_of(
        case.outcome or "", case.type_code, short=settings.words("DP-11.kept_short", **whose),
        permanent=settings.words("DP-11.kept_permanent", **whose),
    )


def is_filed(case: Case) -> bool:
    """Say whether the file lies in the archive now."""
    return case.state == CaseState.ARCHIVED
