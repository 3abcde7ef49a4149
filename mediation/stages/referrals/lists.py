"""Lists of referrals, by keyset: what a court was sent, and what a house sent out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import load_only

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.court_numbers import read_court_number
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Exit, ReferralState
from mediation.casefile.clocks.models import Clock
from mediation.casefile.clocks.rules import ClockLabel
from mediation.ground import clock
from mediation.ground.db import session
from mediation.registry.access.rules import Actor, Depth
from mediation.registry.staff import queries as staff
from mediation.stages.referrals import at_court, pasting
from mediation.stages.referrals.models import Referral
from mediation.stages.referrals.pace import Day

PAGE = 50
COUNT_UP_TO = 1000
# What is still to be done runs from the day it was sent, the oldest first; what is over the other way round.
_OVER = {ReferralState.RETURNED: Referral.returned_on, ReferralState.DECIDED: Referral.decided_on}


@dataclass(frozen=True)
class Line:
    """A referral in a list, at PROGRESS depth. ``row`` is None where the reader sees the case no more.

    ``due_on``: by when the court files it (QT-08). ``days``: by when it decides what it took in (QT-06, QT-11).
    ``sent_by``: who sent it, and so answers for a return. ``is_back``: sent again, as far as the reader may know.
    """

    referral: Referral
    row: cases.Row | None
    due_on: date | None = None
    days: tuple[Day, ...] = ()
    sent_by: str = ""
    is_back: bool = False

    @property
    def public_id(self) -> str:
        return self.referral.public_id

    @property
    def kind(self) -> Exit:
        return self.referral.kind

    @property
    def state(self) -> ReferralState:
        return self.referral.state


@dataclass(frozen=True)
class Page:
    """One page of a list and the marks of its neighbours; ``total`` above COUNT_UP_TO is shown as "1000+"."""

    rows: list[Line]
    total: int
    is_capped: bool
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class Part:
    """What one list holds: the states, and how many lines to show of it."""

    states: tuple[ReferralState, ...]
    size: int = PAGE


@dataclass(frozen=True)
class _Found:
    ids: list[int]
    total: int
    has_next: bool
    has_previous: bool


def listing(
    part: Part, *, for_: Actor, own: bool, after: str | None = None, before: str | None = None
) -> Page:
    """Return a page of the referrals in those states: ``own``, those sent to the reader's unit, else all they see.

    What a court gave back it sees no more; it still finds its own answer in the list, without the case.
    """
    found = _find(part, for_, own=own, after=after, before=before)
    return _page(found, {line.referral.id: line for line in _lines(found.ids, for_)})


def board(parts: Sequence[Part], *, for_: Actor, own: bool) -> list[Page]:
    """Return the first page of each list of a board; what their lines say is asked once for all."""
    found = [_find(part, for_, own=own) for part in parts]
    lines = _lines([row_id for each in found for row_id in each.ids], for_)
    by_id = {line.referral.id: line for line in lines}
    return [_page(each, by_id) for each in found]


def _page(found: _Found, lines: Mapping[int, Line]) -> Page:
    rows = [lines[row_id] for row_id in found.ids]
    return Page(
        rows, min(found.total, COUNT_UP_TO), found.total > COUNT_UP_TO,
        next=rows[-1].public_id if rows and found.has_next else None,
        previous=rows[0].public_id if rows and found.has_previous else None,
    )


def _find(part: Part, by: Actor, *, own: bool, after: str | None = None, before: str | None = None) -> _Found:
    backwards = before is not None
    day = _OVER.get(part.states[0], Referral.sent_on)
    every = _scoped(select(Referral.id), by, part.states, own=own)
    mark = _mark(before or after, day)
    is_up = (part.states[0] not in _OVER) != backwards
    query = every if mark is None else every.where(_beyond(day, mark, up=is_up))
    order = (day.asc(), Referral.id.asc()) if is_up else (day.desc(), Referral.id.desc())
    ids = list(session.scalars(query.order_by(*order).limit(part.size + 1)))
    more, ids = len(ids) > part.size, ids[: part.size]
    if backwards:
        ids.reverse()
    total = len(ids)
    if more or mark is not None:
        total = session.scalar(select(func.count()).select_from(every.limit(COUNT_UP_TO + 1).subquery()))
    return _Found(ids, total, *((True, more) if backwards else (more, mark is not None)))


def _scoped(query, by: Actor, states: tuple[ReferralState, ...], *, own: bool):
    query = query.where(Referral.state.in_(states))
    if own:
        query = query.where(Referral.to_unit_id == by.unit_id)
        if states == (ReferralState.RETURNED,):
            return query
    return access.scoped(query.join(Case, Case.id == Referral.case_id), by, Depth.PROGRESS)


def _mark(public_id: str | None, day) -> tuple[int, date] | None:
    if not public_id:
        return None
    found = session.execute(select(Referral.id, day).where(Referral.public_id == public_id)).first()
    return None if found is None or found[1] is None else tuple(found)


def _beyond(day, mark, *, up: bool):
    row_id, on = mark
    # The first half is what the index can begin with.
    if up:
        return and_(day >= on, or_(day > on, Referral.id > row_id))
    return and_(day <= on, or_(day < on, Referral.id < row_id))


def chosen(public_ids: Iterable[str], *, for_: Actor) -> list[Line]:
    """Return those of the referrals that wait to be taken in by the reader's unit or desk, in the order of the list."""
    wanted = list(public_ids)
    if not wanted:
        return []
    query = _scoped(select(Referral.id), for_, (ReferralState.SENT,), own=False)
    query = query.where(Referral.public_id.in_(wanted)).order_by(Referral.sent_on, Referral.id)
    return _lines(list(session.scalars(query)), for_)


def out(*, for_: Actor, states: Iterable[ReferralState] = (ReferralState.SENT, ReferralState.TAKEN)) -> list[Line]:
    """Return what was sent out and is not back yet, the longest waiting first."""
    return listing(Part(tuple(states)), for_=for_, own=False).rows


def find(text: str, *, for_: Actor, own: bool) -> list[Line]:
    """Return the referrals under a court's number, the serial of one of this or last year, or our letter's number.

    ``text`` is no longer than such a number.
    """
    states = tuple(state for state in ReferralState if not (own and state == ReferralState.RETURNED))
    query = _scoped(select(Referral.id, Referral.court_no), for_, states, own=own)
    text = pasting.tidy(text)
    serial = int(text) if text.isdecimal() else None
    number = read_court_number(text)
    if number is not None:
        query = query.where(Referral.court_no == str(number))
    elif serial is not None:
        # Read through what the reader sees: no index goes by the end of a number.
        query = query.where(or_(*(Referral.court_no.like(f"（{year}）%{serial}号") for year in _years())))
    else:
        query = query.where(Referral.number == text)
    found = session.execute(query.order_by(Referral.id.desc()).limit(PAGE * 2))
    ids = [row_id for row_id, no in found if serial is None or _serial(no) == serial]
    return _lines(ids[:PAGE], for_)


def _serial(court_no: str) -> int | None:
    number = read_court_number(court_no)
    return number.serial if number else None


def _years() -> tuple[int, int]:
    year = clock.today().year
    return year, year - 1


_SHOWN = (
    Referral.id, Referral.public_id, Referral.case_id, Referral.kind, Referral.state, Referral.version, Referral.number,
    Referral.to_unit_id, Referral.to_name, Referral.sent_on, Referral.sent_by_id, Referral.amount_fen,
    Referral.procedure, Referral.court_no, Referral.taken_on, Referral.returned_on, Referral.return_reason,
    Referral.return_note, Referral.decided_on, Referral.outcome, Referral.outcome_note,
)


def _lines(ids: list[int], by: Actor) -> list[Line]:
    if not ids:
        return []
    query = select(Referral).options(load_only(*_SHOWN)).where(Referral.id.in_(ids))
    found = {referral.id: referral for referral in session.scalars(query)}
    case_ids = {referral.case_id for referral in found.values()}
    seen = access.scoped(select(Case.id), by, Depth.PROGRESS).where(Case.id.in_(case_ids))
    rows = {row.id: row for row in cases.rows_of(list(session.scalars(seen)))}
    due = _due(found.values())
    senders = staff.names({referral.sent_by_id for referral in found.values() if referral.sent_by_id})
    again = _again(found.values())
    return [_line(found[row_id], rows, due, senders, again, by) for row_id in ids]


def _line(referral: Referral, rows, due, senders, again, by: Actor) -> Line:
    row = rows.get(referral.case_id)
    is_gone = referral.state == ReferralState.RETURNED and referral.to_unit_id == by.unit_id
    return Line(
        referral, None if is_gone else row, due.get(referral.id),
        tuple(at_court.court_days(referral, by.centre_id)) if referral.state == ReferralState.TAKEN else (),
        senders.get(referral.sent_by_id, ""),
        any(
            newest > referral.id and (name == referral.to_name or not is_gone)
            for name, newest in again.get(referral.case_id, ())
        ),
    )


def _due(referrals: Iterable[Referral]) -> dict[int, date]:
    waiting = [each for each in referrals if each.state == ReferralState.SENT]
    if not waiting:
        return {}
    query = select(Clock.object_id, Clock.due_on).where(
        Clock.case_id.in_([each.case_id for each in waiting]), Clock.object_id.in_([each.id for each in waiting]),
        Clock.label == ClockLabel.FILING, Clock.stopped_on.is_(None),
    )
    return dict(session.execute(query).all())


def _again(referrals: Iterable[Referral]) -> dict[int, list[tuple[str, int]]]:
    """Return the newest referral to each receiver of the cases that came back, by case."""
    back = [each.case_id for each in referrals if each.state == ReferralState.RETURNED]
    found: dict[int, list[tuple[str, int]]] = {}
    if back:
        query = select(Referral.case_id, Referral.to_name, func.max(Referral.id)).where(Referral.case_id.in_(back))
        for case_id, name, newest in session.execute(query.group_by(Referral.case_id, Referral.to_name)):
            found.setdefault(case_id, []).append((name, newest))
    return found
