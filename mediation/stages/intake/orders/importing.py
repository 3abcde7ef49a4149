"""The work behind a sheet of orders: slices of rows, checked or registered, each row in a transaction of its own."""

import hashlib
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mediation.casefile.outside import queries as outside
from mediation.casefile.outside.rules import system_of
from mediation.ground import clock, tries
from mediation.ground.db import session, transaction
from mediation.ground.errors import because
from mediation.ground.jobs import job
from mediation.registry.access.rules import Actor
from mediation.registry.staff import queries as staff
from mediation.stages.intake import operations as intake
from mediation.stages.intake import rules as intake_rules
from mediation.stages.intake.operations import Matter, Origin
from mediation.stages.intake.orders import operations, queries, rules
from mediation.stages.intake.orders.models import OrderRow, OrderSheet
from mediation.stages.intake.orders.reading import Order
from mediation.stages.intake.orders.rules import TO_COMPLETE, UNSETTLED, Fault, SheetState, Verdict

CHECKED_AT_ONCE = 200


@dataclass(frozen=True)
class Found:
    """What is known of a row before it is registered: its verdict, why, and the case it is or looks like."""

    verdict: Verdict
    reasons: tuple = ()
    case_id: int | None = None


@job(operations.JOB)
def work(sheet_id: int, round_: int) -> None:
    """Check or register the next slice of a sheet and ask for the one after it. Opens transactions of its own."""
    sheet = session.get(OrderSheet, sheet_id)
    if sheet is None or sheet.round != round_ or not queries.is_busy(sheet):
        return
    if sheet.state == SheetState.CHECKING:
        last = _check_slice(sheet_id)
    else:
        last = _register_slice(sheet_id, round_)
    with transaction():
        sheet = session.get_one(OrderSheet, sheet_id)
        if sheet.round != round_ or not queries.is_busy(sheet):
            return
        if last is not None:
            operations.ask_for_next(sheet, last)
        else:
            sheet.state = SheetState.CHECKED if sheet.state == SheetState.CHECKING else SheetState.DONE
            sheet.ended_at = clock.now()
            sheet.version += 1


def _next_rows(sheet, size):
    query = select(OrderRow).where(OrderRow.sheet_id == sheet.id, OrderRow.checked_in < sheet.round)
    return list(session.scalars(query.order_by(OrderRow.line).limit(size)))


# --- checking ---


def _check_slice(sheet_id) -> int | None:
    """Give the next rows a verdict; return the last line, None when there was none left."""
    with transaction():
        sheet = session.get_one(OrderSheet, sheet_id)
        rows = _next_rows(sheet, CHECKED_AT_ONCE)
        unsettled = [row for row in rows if row.verdict in UNSETTLED]
        for row, order, found in _look_at(sheet, unsettled, on=clock.today()):
            row.number = order.number or None
            _write(row, found)
        for row in rows:
            row.checked_in = sheet.round
        return rows[-1].line if rows else None


def _look_at(sheet: OrderSheet, rows: list[OrderRow], *, on: date):
    """Yield each row with what it says and what is known of it; few questions, however many rows."""
    told = [(row, queries.order_of(row, sheet, on=on)) for row in rows]
    orders = [order for _row, order in told]
    numbers = [order.number for order in orders]
    here = outside.known(system_of(sheet.channel), numbers, centre_id=sheet.centre_id)
    alike = queries.twins(orders, centre_id=sheet.centre_id, on=on)
    before = _before(sheet, rows)
    for row, order in told:
        yield row, order, _verdict(row, order, sheet, here, alike, before)


def _verdict(row, order: Order, sheet, here, alike, before) -> Found:
    if rules.is_footer(queries.cells(row, sheet)):
        return Found(Verdict.NO_ROW)
    if order.number in here:
        case_id, register_no = here[order.number]
        return Found(Verdict.HERE, (because(Fault.IS_CASE, case=register_no),), case_id)
    if row.mark in before:
        return Found(Verdict.HERE, (before[row.mark],)) if _is_after(row, before[row.mark]) else _of_order(order, alike)
    return _of_order(order, alike)


def _of_order(order: Order, alike) -> Found:
    twin = next((alike[pair] for pair in queries.pairs_of(order) if pair in alike), None)
    reasons = tuple(order.faults)
    if twin is not None:
        return Found(Verdict.LOOKS_LIKE, (because(Fault.LOOKS_LIKE, case=twin[1]), *reasons), twin[0])
    return Found(Verdict.LACKS, reasons) if reasons else Found(Verdict.WILL_REGISTER)


def _before(sheet, rows) -> dict[bytes, object]:
    """Return the marks that an earlier row bears: of this sheet, or of another one where it waits to be completed."""
    marks = {row.mark for row in rows}
    query = select(OrderRow.mark, OrderRow.sheet_id, OrderRow.line, OrderRow.waits).where(
        OrderRow.mark.in_(marks), OrderRow.centre_id == sheet.centre_id
    )
    found: dict[bytes, object] = {}
    for mark, sheet_id, line, waits in session.execute(query.order_by(OrderRow.id)):
        if sheet_id == sheet.id:
            found.setdefault(mark, because(Fault.IN_SHEET, line=line))
        elif waits:
            found[mark] = because(Fault.IN_OTHER_SHEET)
    return found


def _is_after(row, obstacle) -> bool:
    """Say whether an earlier row stands before this one; of a sheet's own the first is no repetition."""
    return obstacle.reason == Fault.IN_OTHER_SHEET or row.line > obstacle.params["line"]


def _write(row, found: Found, *, ran=False):
    row.verdict, row.case_id = found.verdict, found.case_id
    row.why = tries.kept(found.reasons)
    row.waits = (ran or row.waits) and found.verdict in TO_COMPLETE


# --- registering ---


def _register_slice(sheet_id, round_) -> int | None:
    sheet = session.get_one(OrderSheet, sheet_id)
    by = staff.actor_of(sheet.post_id, account_id=sheet.account_id, on=clock.today())
    if by is None or by.unit_id != sheet.unit_id:
        _stop(sheet_id)
        return None
    wanted = [row.id for row in _next_rows(sheet, tries.SLICE)]
    last = None
    for row_id in wanted:
        last = _register(row_id, round_, by)
        if last is None:  # stopped by hand
            return None
    return last


def _stop(sheet_id):
    with transaction():
        sheet = session.get_one(OrderSheet, sheet_id)
        sheet.state, sheet.why_stopped = SheetState.STOPPED, Fault.POST_ENDED.label
        sheet.version += 1


def _register(row_id: int, round_: int, by: Actor) -> int | None:
    """Register one row; what bars it is written on the row. Return its line, None when the sheet was stopped."""

    def put_down(bars, is_fault):
        row = session.get_one(OrderRow, row_id)
        _write(row, Found(Verdict.FAILED if is_fault else Verdict.LACKS, tuple(bars)), ran=True)
        row.checked_in = round_
        return row.line

    not_saved = because(Fault.NOT_SAVED)
    return tries.attempt(lambda: _register_row(row_id, round_, by), put_down, unsaid=not_saved, broke=not_saved)


def _register_row(row_id, round_, by):
    sheet_id = session.scalar(select(OrderRow.sheet_id).where(OrderRow.id == row_id))
    sheet = session.get_one(OrderSheet, sheet_id)
    if sheet.round != round_ or sheet.state != SheetState.RUNNING:
        return None
    row = session.get_one(OrderRow, row_id, populate_existing=True)
    row.checked_in = round_
    if row.verdict not in UNSETTLED:
        return row.line
    today = clock.today()
    _row, order, found = next(_look_at(sheet, [row], on=today))
    row.number = order.number or None
    _write(row, found, ran=True)
    if found.verdict == Verdict.WILL_REGISTER:
        case_public_id = intake.register(by=by, on=today, key=key_of(sheet, order), **values_of(sheet, order))
        operations.completed_by_job(row, case_public_id, by=by)
    return row.line


def key_of(sheet: OrderSheet, order: Order) -> str:
    """Return the idempotency key of an order: its system and number."""
    said = f"{system_of(sheet.channel)}|{order.number}"
    return "order." + hashlib.sha256(said.encode()).hexdigest()[:32]


def values_of(sheet: OrderSheet, order: Order) -> dict:
    """Return what ``intake.register`` takes of an order. DP-05: the notice is given at the first contact."""
    return {
        "applicants": order.applicants, "respondents": order.respondents, "unknown_side": order.unknown_side,
        "matter": Matter(
            story=order.story, type_code=order.type_code, claims=order.claims, amount_fen=order.amount_fen,
            area_code=order.area_code, place=order.place or None, people=order.people,
        ),
        "origin": Origin(sheet.channel, outside_no=order.number, applied_on=order.applied_on),
        "data_notice": intake_rules.NOTICE_LATER, "by_hand": True,
    }
