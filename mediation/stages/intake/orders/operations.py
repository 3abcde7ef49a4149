"""Bringing sheets of orders in: reading, checking, registering row by row, completing what lacked (row 6)."""

import json
from collections.abc import Iterable, Mapping
from datetime import date

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import Channel
from mediation.casefile.outside import operations as outside
from mediation.casefile.outside.rules import system_of, tidy
from mediation.ground import jobs, sheets, trail, tries
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, RuleBroken, Stale, because, known
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Permission
from mediation.registry.people.rules import half_width
from mediation.stages.intake.orders import queries, rules
from mediation.stages.intake.orders.models import OrderRow, OrderSheet
from mediation.stages.intake.orders.rules import Fault, Field, SheetState, Verdict

LONGEST_CELL = 4000
JOB = "intake.orders"
XLSX_TITLE = "没有登记的"


@once
def take_in(data: bytes, name: str, *, channel: str, by: Actor, on: date, key: str | None = None) -> str:
    """Keep the rows of a file, sealed, and guess what its columns mean; nothing is registered yet.

    Each sheet of a workbook with headings of ours is kept by itself. Returns the public id of the first. Raises
    NotAllowed, RuleBroken for a file that is none, or in which no headings are found.
    """
    _require(by)
    of = known(Channel, channel, "channel")
    found = []
    for title, rows in sheets.read_all(data, longest=LONGEST_CELL):
        heads = rules.heading_rows(rows)
        columns = rules.guess(heads[2]) if heads else {}
        if heads and not rules.mapping_faults(columns):
            found.append(_keep(f"{name} {title}".strip()[:200], rows, heads, columns, of, by=by))
    if not found:
        raise RuleBroken(because(Fault.NO_HEADINGS))
    for sheet in found:
        _start(sheet, SheetState.CHECKING)
        trail.record("orders.read", by=by, about=sheet, params={"name": sheet.name, "rows": sheet.total})
    return found[0].public_id


def _keep(name, rows, heads, columns, channel, *, by):
    _top, first, titles = heads
    sheet = OrderSheet(
        id=new_id(), centre_id=by.centre_id, unit_id=by.unit_id, account_id=by.account_id, post_id=by.post_id,
        data_key=keys().new_data_key(), name=name, channel=channel, headings={"titles": titles},
        columns={str(field): column for field, column in columns.items()}, total=0,
    )
    box = keys().box(sheet.data_key)
    told = [(line, row) for line, row in enumerate(rows[first:], start=first + 1) if any(row)]
    sheet.total = len(told)
    session.add(sheet)
    session.flush()
    for line, row in told:
        row_id = new_id()
        sealed = box.seal(json.dumps(row, ensure_ascii=False), "order_rows", "cells", row_id)
        session.add(
            OrderRow(
                id=row_id, centre_id=by.centre_id, unit_id=by.unit_id, sheet_id=sheet.id, line=line, why={},
                cells_sealed=sealed, mark=_mark(channel, row, columns),
            )
        )
    session.flush()
    return sheet


def _mark(channel, row, columns):
    """Return by what a row is known again: system and number, else all of its cells."""
    place = columns.get(Field.NUMBER)
    number = tidy(half_width(row[place])) if place is not None and place < len(row) else ""
    said = ["number", str(system_of(channel)), number] if number else ["row", *row]
    return keys().blind(json.dumps(said, ensure_ascii=False), "order_rows.mark")


def take_columns(
    public_id: str, columns: Mapping[str, int | None], *, channel: str, others_unknown: bool, version: int, by: Actor
) -> None:
    """Say what the columns of a sheet mean, and whether an empty other side is one that nobody knows; check it anew.

    Raises NotFound, NotAllowed, Stale, RuleBroken for a mapping without a needed column or with one taken twice.
    """
    sheet = _own(public_id, version, by)
    wanted = {known(Field, name, name): place for name, place in columns.items() if place is not None}
    faults = [because(fault, column=field) for fault, field in rules.mapping_faults(wanted)]
    places = list(wanted.values())
    faults += [because(Fault.TWO_COLUMNS, column=field) for field, place in wanted.items() if places.count(place) > 1]
    if any(not 0 <= place < len(sheet.headings["titles"]) for place in places):
        raise Stale()
    if faults:
        raise RuleBroken(*faults)
    sheet.columns = {str(field): place for field, place in wanted.items()}
    sheet.channel, sheet.others_unknown = known(Channel, channel, "channel"), others_unknown
    for row in queries.open_rows(sheet):
        told = queries.cells(row, sheet)
        row.mark = _mark(sheet.channel, told, wanted)
    sheet.version += 1
    _start(sheet, SheetState.CHECKING)


def run(public_id: str, *, version: int, by: Actor) -> None:
    """Let the scheduler register the rows of a sheet as the actor; what was registered before is not again.

    Raises NotFound, NotAllowed, Stale.
    """
    sheet = _own(public_id, version, by)
    sheet.account_id, sheet.post_id, sheet.why_stopped = by.account_id, by.post_id, None
    sheet.version += 1
    _start(sheet, SheetState.RUNNING)
    trail.record("orders.run", by=by, about=sheet, params={"name": sheet.name, "rows": sheet.total})


def stop(public_id: str, *, by: Actor) -> None:
    """Stop a sheet that is being registered after the row in hand; it can be run on."""
    _require(by)
    sheet = queries.get(public_id, for_=by)
    if queries.is_busy(sheet):
        sheet.state = SheetState.STOPPED
        sheet.version += 1
        session.flush()
        trail.record("orders.stopped", by=by, about=sheet, params={"name": sheet.name})


def _start(sheet, state):
    sheet.state, sheet.round, sheet.ended_at = state, sheet.round + 1, None
    session.flush()
    ask_for_next(sheet, 0)


def ask_for_next(sheet: OrderSheet, line: int) -> None:
    """Ask for the slice of a sheet's present round that begins after a line."""
    jobs.enqueue(JOB, f"orders/{sheet.id}/{sheet.round}/{line}", sheet_id=sheet.id, round_=sheet.round)


# --- what waited to be completed ---


def completed(public_id: str, case_public_id: str, *, by: Actor) -> None:
    """Say that a row that lacked something was registered by hand as a case.

    Raises NotFound, NotAllowed, Stale when it waits no more.
    """
    row, _sheet = _waiting(public_id, by)
    case = cases.get(case_public_id, for_=by)
    _settle(row, Verdict.REGISTERED, case_id=case.id)
    trail.record("order.completed", by=by, about=row, case_id=case.id, params={"number": row.number or ""})


def completed_by_job(row: OrderRow, case_public_id: str, *, by: Actor) -> None:
    """Say that a row has become a case; its cells are dropped with that."""
    _settle(row, Verdict.REGISTERED, case_id=cases.get(case_public_id, for_=by).id)


def belongs_to(public_id: str, case_public_id: str, *, by: Actor, on: date) -> None:
    """Say that a row is a case that is here already; the case bears its number from now on (row 36).

    Raises NotFound, NotAllowed, Stale, RuleBroken.
    """
    row, sheet = _waiting(public_id, by)
    case = cases.get(case_public_id, for_=by)
    if row.number:
        outside.add(case.public_id, system=system_of(sheet.channel), number=row.number, by=by, on=on)
    _settle(row, Verdict.JOINED, case_id=case.id)
    trail.record("order.joined", by=by, about=row, case_id=case.id, params={"number": row.number or ""})


def drop_all(public_ids: Iterable[str], *, reason: str, by: Actor) -> int:
    """Leave several rows unregistered for one reason; return how many. What waits no more is passed over.

    Raises NotFound, NotAllowed, RuleBroken without a row or a reason.
    """
    if not reason.strip():
        raise RuleBroken(because(Fault.NO_REASON))
    done = 0
    for public_id in public_ids:
        try:
            drop(public_id, reason=reason, by=by)
        except Stale:
            continue
        done += 1
    if not done:
        raise RuleBroken(because(Fault.NONE_CHOSEN))
    return done


def drop(public_id: str, *, reason: str, by: Actor) -> None:
    """Leave a row unregistered, with the reason; it stays in the list that is taken along."""
    row, _sheet = _waiting(public_id, by)
    row.why = {"reasons": [["%(reason)s", {"reason": reason.strip()[:400]}, None]]}
    _settle(row, Verdict.DROPPED, keep=True)
    trail.record("order.dropped", by=by, about=row, params={"number": row.number or "", "reason": reason.strip()[:400]})


def _settle(row, verdict, *, case_id=None, keep=False):
    row.verdict, row.waits, row.case_id = verdict, False, case_id or row.case_id
    if not keep:
        row.why, row.cells_sealed = {}, None
    session.flush()


def _waiting(public_id, by):
    _require(by)
    row, sheet = queries.row(public_id, for_=by)
    session.refresh(row, with_for_update=True)
    if not row.waits:
        raise Stale()
    return row, sheet


def taken_along(public_id: str, *, by: Actor) -> bytes:
    """Return the rows that became no case as a sheet with its own headings and the reason in the last column.

    That it was taken along is recorded (P26).
    """
    _require(by)
    sheet = queries.get(public_id, for_=by)
    titles = sheet.headings["titles"]
    lines = []
    for row in queries.not_registered(sheet):
        told = queries.cells(row, sheet) or []
        said = "；".join(label % values for label, values, _cure in tries.told(row.why)) or row.verdict.label
        lines.append([*told, *[""] * (len(titles) - len(told)), f"{row.verdict.label}：{said}"])
    trail.record("orders.taken_along", by=by, about=sheet, params={"name": sheet.name, "rows": len(lines)})
    return sheets.write(XLSX_TITLE, [*titles, "原因"], lines)


def _own(public_id, version, by):
    """Return a sheet that may be worked on: nothing runs, nobody was faster."""
    _require(by)
    sheet = queries.get(public_id, for_=by)
    if sheet.version != version or queries.is_busy(sheet):
        raise Stale()
    return sheet


def _require(by: Actor) -> None:
    if not by.may(Permission.CASES_REGISTER):
        raise NotAllowed(Permission.CASES_REGISTER)

