"""Telling, with the change itself; reading and forgetting what was told."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, update

from mediation.casefile.cases.models import Case
from mediation.casefile.notices import queries
from mediation.casefile.notices.models import Notice
from mediation.casefile.notices.recipients import Recipient, Seating
from mediation.casefile.notices.rules import Event, Seat
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.ids import new_id, new_public_id
from mediation.ground.once import insert_or_ignore
from mediation.registry.access.rules import Actor


def tell(case: Case, event: Event, *seats: Seat, by: Actor, mark: object, **params) -> None:
    """Tell whoever sits in these seats of a case that something happened, except the one who did it.

    ``mark`` says which happening it was (a row's id, a day): of the same event with the same mark each is told once.
    ``params`` are what the event's sentence has places for, no contents of the case (P22).
    """
    seating = Seating([case.id])
    told = dict.fromkeys(recipient for seat in seats for recipient in seating.at(case.id, seat))
    write(
        row(case.id, case.centre_id, event, recipient, mark, params)
        for recipient in told if not recipient.is_held_by(by)
    )


def tell_one(case: Case, event: Event, *to: Recipient, by: Actor, mark: object, **params) -> None:
    """Tell posts that no seat on the case names: a unit that is asked for something, a colleague."""
    write(row(case.id, case.centre_id, event, each, mark, params) for each in to if not each.is_held_by(by))


def row(case_id: int, centre_id: int, event: Event, to: Recipient, mark: object, params) -> dict[str, Any]:
    """Return the row of a notice; who it goes to, what it says and which happening it was make it unique."""
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in params.items()}
    return {
        "id": new_id(), "public_id": new_public_id(), "centre_id": centre_id, "case_id": case_id, "event": event,
        "account_id": to.account_id, "unit_id": to.unit_id, "role": to.role, "params": plain,
        "unique_key": f"{case_id}/{event}/{mark}/{to}", "recorded_at": clock.now(),
    }


def write(rows: Iterable[dict[str, Any]]) -> None:
    """Write notices; those that are written already stay as they are, whoever wrote them."""
    rows = list(rows)
    if rows:
        session.execute(insert_or_ignore(Notice.__table__), rows)


def read(public_id: str, *, by: Actor) -> None:
    """Mark one notice of the actor's as read; one that is read stays as it was. Raises NotFound."""
    if queries.get(public_id, for_=by).read_at is None:
        _mark(Notice.public_id == public_id, by=by)


def read_all(upto: str, *, by: Actor) -> int:
    """Mark everything as read up to the notice that stood first on the actor's page; return how many.

    What came in after the page was shown has not been seen, so it stays unread. Raises NotFound.
    """
    return _mark(Notice.id <= queries.get(upto, for_=by).id, by=by)


def _mark(condition, *, by: Actor) -> int:
    mark = update(Notice).where(queries.is_for(by), Notice.read_at.is_(None), condition)
    values = {"read_at": clock.now(), "read_by_id": by.account_id}
    return session.execute(mark.values(values).execution_options(synchronize_session="fetch")).rowcount


def forget(before: datetime) -> int:
    """Delete what was read before an instant; return how many. What nobody has read stays."""
    return session.execute(delete(Notice).where(Notice.read_at < before)).rowcount
