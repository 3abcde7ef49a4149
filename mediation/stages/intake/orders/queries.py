"""Reading sheets of orders: one sheet, its rows with what they say, and what waits to be completed."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import PartyRole
from mediation.ground import clock
from mediation.ground.crypto import Box, keys
from mediation.ground.db import session
from mediation.ground.errors import NotFound
from mediation.registry.access.rules import Actor
from mediation.registry.settings import queries as settings
from mediation.stages.intake.orders import reading
from mediation.stages.intake.orders.models import OrderRow, OrderSheet
from mediation.stages.intake.orders.reading import Order
from mediation.stages.intake.orders.rules import UNSETTLED, Field, SheetState, Verdict

PAGE = 50


@dataclass(frozen=True)
class Shown:
    """A row as pages list it: the row, what it says, and the case it became or looks like."""

    row: OrderRow
    order: Order | None
    case_no: str | None
    case_public_id: str | None


@dataclass(frozen=True)
class Page:
    """Some rows and the way on; ``total`` is exact: a sheet is small."""

    rows: list[Shown]
    total: int
    next: int | None


def get(public_id: str, *, for_: Actor) -> OrderSheet:
    """Return a sheet of the actor's unit. Raises NotFound: what another unit brought is not theirs to see."""
    query = select(OrderSheet).where(
        OrderSheet.public_id == public_id, OrderSheet.centre_id == for_.centre_id, OrderSheet.unit_id == for_.unit_id
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound()
    return found


def sheets(*, for_: Actor, limit: int = 50) -> list[tuple[OrderSheet, dict[Verdict, int]]]:
    """Return the newest sheets of the actor's unit, each with its rows counted by verdict."""
    query = select(OrderSheet).where(OrderSheet.unit_id == for_.unit_id).order_by(OrderSheet.id.desc()).limit(limit)
    found = list(session.scalars(query))
    counted = counts([sheet.id for sheet in found])
    return [(sheet, counted.get(sheet.id, {})) for sheet in found]


def counts(sheet_ids: Collection[int]) -> dict[int, dict[Verdict, int]]:
    """Return how many rows of each sheet have which verdict."""
    found: dict[int, dict[Verdict, int]] = {}
    query = select(OrderRow.sheet_id, OrderRow.verdict, func.count()).where(OrderRow.sheet_id.in_(sheet_ids))
    for sheet_id, verdict, count in session.execute(query.group_by(OrderRow.sheet_id, OrderRow.verdict)):
        found.setdefault(sheet_id, {})[verdict] = count
    return found


def left(sheet: OrderSheet) -> int:
    """Return how many rows the present round has not looked at yet."""
    query = select(func.count()).select_from(OrderRow).where(OrderRow.sheet_id == sheet.id)
    return session.scalar(query.where(OrderRow.checked_in < sheet.round))


def rows(sheet: OrderSheet, *, verdict: Verdict | None, after: int, on: date) -> Page:
    """Return a page of the rows of a sheet, by line; ``after`` is the last line of the page before."""
    query = select(OrderRow).where(OrderRow.sheet_id == sheet.id, OrderRow.line > after)
    counting = select(func.count()).select_from(OrderRow).where(OrderRow.sheet_id == sheet.id)
    if verdict is not None:
        query, counting = query.where(OrderRow.verdict == verdict), counting.where(OrderRow.verdict == verdict)
    found = list(session.scalars(query.order_by(OrderRow.line).limit(PAGE + 1)))
    shown = _shown(found[:PAGE], {sheet.id: sheet}, on=on)
    return Page(shown, session.scalar(counting), found[PAGE - 1].line if len(found) > PAGE else None)


def to_complete(*, for_: Actor, on: date, after: int = 0) -> Page:
    """Return a page of the rows of the actor's unit that wait to be completed, the oldest first."""
    mine = OrderRow.unit_id == for_.unit_id, OrderRow.waits
    found = list(
        session.scalars(select(OrderRow).where(*mine, OrderRow.id > after).order_by(OrderRow.id).limit(PAGE + 1))
    )
    wanted = select(OrderSheet).where(OrderSheet.id.in_({row.sheet_id for row in found}))
    shown = _shown(found[:PAGE], {sheet.id: sheet for sheet in session.scalars(wanted)}, on=on)
    return Page(shown, count_to_complete(for_=for_, up_to=1000), found[PAGE - 1].id if len(found) > PAGE else None)


def late_since(centre_id: int, *, on: date) -> date:
    """Return the day before which a row that still waits was imported too long ago: the dated days of the centre."""
    return on - timedelta(days=settings.days("order.waits", on=on, centre_id=centre_id).days)


def is_any_late(*, for_: Actor, on: date) -> bool:
    """Say whether a row of the actor's unit has waited too long; the oldest one says it."""
    query = select(OrderRow.recorded_at).where(OrderRow.unit_id == for_.unit_id, OrderRow.waits)
    oldest = session.scalar(query.order_by(OrderRow.id).limit(1))
    return oldest is not None and clock.day_of(oldest) < late_since(for_.centre_id, on=on)


def count_to_complete(*, for_: Actor, up_to: int) -> int:
    """Return how many rows of the actor's unit wait to be completed, counted up to one more than ``up_to``."""
    inner = select(OrderRow.id).where(OrderRow.unit_id == for_.unit_id, OrderRow.waits).limit(up_to + 1)
    return session.scalar(select(func.count()).select_from(inner.subquery()))


def row(public_id: str, *, for_: Actor) -> tuple[OrderRow, OrderSheet]:
    """Return a row of a sheet of the actor's unit. Raises NotFound."""
    query = select(OrderRow, OrderSheet).join(OrderSheet, OrderSheet.id == OrderRow.sheet_id)
    found = session.execute(
        query.where(OrderRow.public_id == public_id, OrderRow.unit_id == for_.unit_id)
    ).one_or_none()
    if found is None:
        raise NotFound()
    return found.OrderRow, found.OrderSheet


def order_of(row: OrderRow, sheet: OrderSheet, *, on: date, box: Box | None = None) -> Order | None:
    """Return what a row says, None once its cells are gone."""
    told = cells(row, sheet, box=box)
    if told is None:
        return None
    columns = {Field(name): place for name, place in sheet.columns.items()}
    return reading.read(told, columns, others_unknown=sheet.others_unknown, centre_id=sheet.centre_id, on=on)


def cells(row: OrderRow, sheet: OrderSheet, *, box: Box | None = None) -> list[str] | None:
    """Return the cells of a row as they stood in the sheet, None once they are gone."""
    if row.cells_sealed is None:
        return None
    box = box or keys().box(sheet.data_key)
    return json.loads(box.open(row.cells_sealed, "order_rows", "cells", row.id))


def open_rows(sheet: OrderSheet) -> list[OrderRow]:
    """Return the rows of a sheet that have become nothing yet."""
    query = select(OrderRow).where(OrderRow.sheet_id == sheet.id, OrderRow.verdict.in_(UNSETTLED))
    return list(session.scalars(query.order_by(OrderRow.line)))


def not_registered(sheet: OrderSheet) -> Iterable[OrderRow]:
    """Return the rows of a sheet that became no case, by line; for the list that is taken along."""
    wanted = (Verdict.LACKS, Verdict.LOOKS_LIKE, Verdict.FAILED, Verdict.DROPPED, Verdict.HERE, Verdict.NO_ROW)
    query = select(OrderRow).where(OrderRow.sheet_id == sheet.id, OrderRow.verdict.in_(wanted))
    return session.scalars(query.order_by(OrderRow.line))


def twins(orders: Collection[Order], *, centre_id: int, on: date) -> dict[tuple[str, str], tuple[int, str]]:
    """Return the newest case of the same two people for each pair of names, within the dated days of ``case.twin``.

    Sealed cases are none (P6).
    """
    pairs = {pair for order in orders for pair in pairs_of(order)}
    if not pairs:
        return {}
    since = on - timedelta(days=settings.days("case.twin", on=on, centre_id=centre_id).amount)
    ours, theirs = aliased(Party), aliased(Party)
    query = (
        select(ours.name, theirs.name, Case.id, Case.register_no)
        .join(theirs, theirs.case_id == ours.case_id)
        .join(Case, Case.id == ours.case_id)
        .where(ours.name.in_({name for name, _other in pairs}), theirs.name.in_({other for _name, other in pairs}))
        .where(ours.role == PartyRole.APPLICANT, theirs.role == PartyRole.RESPONDENT)
        .where(Case.centre_id == centre_id, Case.is_sealed.is_(False), Case.applied_on >= since)
        .order_by(Case.id)
    )
    found = {(name, other): (case_id, number) for name, other, case_id, number in session.execute(query)}
    return {pair: case for pair, case in found.items() if pair in pairs}


def pairs_of(order: Order) -> list[tuple[str, str]]:
    return [(ours.name, theirs.name) for ours in order.applicants for theirs in order.respondents]


def is_busy(sheet: OrderSheet) -> bool:
    return sheet.state in (SheetState.CHECKING, SheetState.RUNNING)


def to_show(row: OrderRow, sheet: OrderSheet, *, on: date) -> Shown:
    """Return one row as pages show it."""
    return _shown([row], {sheet.id: sheet}, on=on)[0]


def _shown(found, sheets_by_id, *, on):
    boxes = {sheet.id: keys().box(sheet.data_key) for sheet in sheets_by_id.values()}
    wanted = {row.case_id for row in found if row.case_id}
    known = {}
    if wanted:
        query = select(Case.id, Case.register_no, Case.public_id).where(Case.id.in_(wanted))
        known = {case_id: (number, public_id) for case_id, number, public_id in session.execute(query)}
    return [
        Shown(row, order_of(row, sheets_by_id[row.sheet_id], on=on, box=boxes[row.sheet_id]),
              *known.get(row.case_id, (None, None)))
        for row in found
    ]
