"""Lending files and taking them back (DP-11): each time a line of the log, nothing is ever struck out."""

from datetime import date

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.lifecycle import STEPS
from mediation.ground.db import session
from mediation.ground.errors import RuleBroken, because
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.stages.archive import queries, rules, shelves
from mediation.stages.archive.models import Borrowing


@once
def lend(
    case_public_id: str, *, borrower: str, borrower_unit: str, purpose: str, due_on: date | None, by: Actor, on: date,
    key: str | None = None,
) -> str:
    """Lend the file of an archived case; returns the public id of the borrowing.

    Raises RuleBroken with everything missing, and where somebody has the file already.
    """
    case = cases.get(case_public_id, for_=by)
    closing, out = queries.last_closing(case.id), shelves.out(case.id)
    bars = rules.lending_obstacles(
        borrower=borrower, borrower_unit=borrower_unit, purpose=purpose, lent_on=on, due_on=due_on,
        archive_no=closing.archive_no if closing else None, out_to=(out.borrower, out.due_on) if out else None,
    )
    said = {"borrower": borrower, "due_on": due_on and due_on.isoformat()}
    steps.take("case.lend", case, by=by, on=on, facts=said, bars=bars)
    row = Borrowing(
        centre_id=case.centre_id, case_id=case.id, borrower=borrower.strip(), borrower_unit=borrower_unit.strip(),
        purpose=purpose.strip(), lent_on=on, due_on=due_on, lent_by_id=by.account_id,
    )
    session.add(row)
    session.flush()
    return row.public_id


def take_back(public_id: str, *, back_on: date | None, note: str = "", by: Actor, on: date) -> None:
    """Note that a borrowed file is back on its shelf. Raises RuleBroken for a second time or an impossible day."""
    row, case = cases.child(Borrowing, public_id, for_=by)
    steps.require(STEPS["case.lend"], case, by=by)
    bars = [because(rules.Lending.IS_BACK)] if row.back_on else []
    bars += [] if back_on is not None and row.lent_on <= back_on <= on else [because(rules.Lending.BACK_EARLIER)]
    if bars:
        raise RuleBroken(*bars, about=case.public_id)
    steps.take("case.take_back", case, by=by, on=on, facts={"borrower": row.borrower}, implied=True)
    row.back_on, row.back_note, row.taken_back_by_id = back_on, note.strip() or None, by.account_id
    session.flush()
