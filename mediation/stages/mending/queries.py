"""Reading corrections: what waits for a decision, what is asked for, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import MendingState
from mediation.casefile.papers.models import Paper
from mediation.ground.db import session
from mediation.registry.access.rules import Actor, Depth, Permission, Role
from mediation.registry.staff import queries as staff
from mediation.stages.mending.identity import reach
from mediation.stages.mending.models import MendingRequest
from mediation.stages.mending.notice import shown as notice_lines
from mediation.stages.mending.requests import content_of, decision_bars, get, of_case, open_of
from mediation.stages.mending.undoing import preview
from mediation.stages.mending.wrongparty import of_party, off, standing_of, taken_off

__all__ = [  # what is told on from the modules beside
    "content_of", "decision_bars", "get", "notice_lines", "of_case", "of_party", "off", "open_of", "preview", "reach",
    "standing_of", "taken_off",
]

PAGE = 30


@dataclass(frozen=True)
class Line:
    """A request in a list: itself, its case, and who asked."""

    request: MendingRequest
    case: Case
    who: str
    is_mine: bool
    may_decide: bool


def waiting(*, for_: Actor, after: str | None = None) -> tuple[list[Line], str | None]:
    """Return a page of the requests that wait, oldest first, of cases the actor sees; and the mark of the next page.

    A supervisor sees those of the cases that are not sealed.
    """
    query = _waiting(select(MendingRequest, Case), for_).order_by(MendingRequest.id).limit(PAGE + 1)
    if after and after.isdigit():
        query = query.where(MendingRequest.id > int(after))
    rows = [tuple(row) for row in session.execute(query)]
    more, rows = len(rows) > PAGE, rows[:PAGE]
    return lines(rows, for_=for_), str(rows[-1][0].id) if more else None


def _waiting(query, by: Actor):
    depth = Depth.PROGRESS if by.role is Role.SUPERVISOR else Depth.CONTENTS
    query = query.select_from(MendingRequest).join(Case, Case.id == MendingRequest.case_id)
    query = query.where(MendingRequest.centre_id == by.centre_id, MendingRequest.state == MendingState.ASKED)
    query = access.scoped(query, by, depth, narrow=False)  # few wait: they are found before their ties
    return query.where(Case.is_sealed.is_(False)) if by.role is Role.SUPERVISOR else query


def to_decide(by: Actor):
    """Return the query, up to one page, of what waits that others asked for; None for who may not allow it."""
    if not by.may(Permission.MENDS_DECIDE):
        return None
    return _waiting(select(MendingRequest.id), by).where(MendingRequest.asked_by_id != by.account_id).limit(PAGE)


def lines(rows: Sequence[tuple[MendingRequest, Case]], *, for_: Actor) -> list[Line]:
    """Return requests as lists show them."""
    names = staff.names(request.asked_by_id for request, _case in rows)
    return [
        Line(
            request, case, names.get(request.asked_by_id, ""), request.asked_by_id == for_.account_id,
            not decision_bars(request, by=for_),
        )
        for request, case in rows
    ]


def papers_of(request: MendingRequest) -> list[tuple[Paper, list[str]]]:
    """Return the papers that a request made out of date, each with what it still says, in the order of issue."""
    told = request.effect.get("papers") or {}
    query = select(Paper).where(Paper.public_id.in_(list(told))).order_by(Paper.id)
    return [(paper, told[paper.public_id]) for paper in session.scalars(query)] if told else []


def shows_contents(case: Case, by: Actor) -> bool:
    """Say whether the actor may go on to the case's own page."""
    return cases.sees(case, by, Depth.CONTENTS)
