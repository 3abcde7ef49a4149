"""An imported order, or a court's letter, on the registration page: its fields filled in, and its own draft."""

from types import SimpleNamespace

from flask import url_for

from mediation.doors.desk import pickers
from mediation.doors.shared import words
from mediation.doors.shared.guard import actor
from mediation.doors.shared.language import gettext as _
from mediation.ground import clock
from mediation.ground.errors import NotFound
from mediation.registry.access.rules import Permission
from mediation.stages.copyout import queries as copyout
from mediation.stages.intake import queries as intake
from mediation.stages.intake.orders import queries
from mediation.stages.referrals import letters
from mediation.stages.referrals.rules import LetterState


def draft_of(order: str | None) -> str:
    """Return the name of the draft: an order's or letter's own, so that the visitor half typed stays in theirs."""
    return f"{intake.DRAFT}/{order}" if order else intake.DRAFT


def fields_of(order: str) -> list[tuple[str, str]]:
    """Return the fields of the registration as an imported row tells them, none without such a row."""
    found = _waiting(order)
    if found is None:
        return []
    row, sheet = found
    told = queries.order_of(row, sheet, on=clock.today())
    whose = {"centre_id": actor().centre_id}
    first = told.applicants[0] if told.applicants else None
    place = pickers.place_label(told.area_code, **whose)
    fields = {
        "order": order, "channel": sheet.channel.value, "outside_no": told.number,
        "name": _("、").join(each.name for each in told.applicants), "phone": (first.phone if first else "") or "无",
        "id_number": first.id_number if first else "", "other": _others(told), "story": told.story,
        "claims": told.claims, "place": place or told.place, "area_code": told.area_code or "",
        "kind": pickers.type_label(told.type_code, **whose), "type_code": told.type_code,
        "amount": f"{told.amount_fen / 100:.2f}" if told.amount_fen is not None else "",
        "applied_on": (told.applied_on or clock.today()).isoformat(),
    }
    return list(fields.items())


def fields_of_letter(letter: str) -> list[tuple[str, str]]:
    """Return the fields of the registration as a court's letter tells them, none without such a letter."""
    row = letter_of(letter)
    if row is None:
        return []
    return [
        ("letter", letter), ("channel", row.channel.value), ("outside_no", row.letter_no),
        ("court_name", row.court_name), ("court_no", row.court_no or ""), ("court_procedure", row.procedure or ""),
        ("court_received_on", row.signed_on.isoformat() if row.signed_on else ""), ("name", row.applicants or ""),
        ("other", row.respondents or ""), ("applied_on", row.received_on.isoformat()),
    ]


def letter_of(letter: str | None):
    """Return the court's letter of the address that still waits to be registered, None for none."""
    if not letter or not actor().may(Permission.CONFIRMATION_BOARD):
        return None
    try:
        row = letters.get(letter, for_=actor())
    except NotFound:
        return None
    return row if row.state == LetterState.WAITING else None


def _others(told):
    if told.respondents:
        return "、".join(each.name for each in told.respondents)
    return "不详" if told.unknown_side is not None else ""


def shown(order: str | None):
    """Return what the page says of the order that is completed: number, sheet, what it lacks; None for no order."""
    found = _waiting(order)
    if found is None:
        return None
    row, sheet = found
    number = row.number or _("第 %(line)s 行", line=row.line)
    return SimpleNamespace(number=number, sheet=sheet.name, reasons=reasons(row))


def strip(by) -> list[dict]:
    """Return the entries of the window's strip: orders that wait, and bringing more."""
    if not by.may(Permission.CASES_REGISTER):
        return []
    count = queries.count_to_complete(for_=by, up_to=99)
    some = "99+" if count > 99 else count
    waiting = {"label": _("工单待补齐"), "href": url_for("desk.orders.waiting"), "count": some}
    waiting["late"] = bool(count) and queries.is_any_late(for_=by, on=clock.today())
    return [
        *([waiting] if count else []), {"label": _("批量导入工单"), "href": url_for("desk.orders.index")},
        {"label": _("不予受理、指引"), "href": url_for("desk.signposts.index")}, *_letters(by), *_above(by),
    ]


def _above(by):
    """Return the platforms that the window has to fill, with how many cases wait for it."""
    return [
        {
            "label": edition.name, "href": url_for("desk.copyout.index", platform=edition.code),
            "count": f"{copyout.COUNT_UP_TO}+" if count > copyout.COUNT_UP_TO else count, "quiet": True,
        }
        for edition, count in copyout.waiting(by) if count
    ]


def _letters(by):
    if not by.may(Permission.CONFIRMATION_BOARD):
        return []
    return [{"label": _("法院来函"), "href": url_for("desk.letters.index"), "count": len(letters.waiting(for_=by))}]


def reasons(row) -> list[str]:
    """Return why a row is where it is, in words."""
    return [said for said, _cure in words.kept(row.why)]


def _waiting(order):
    if not order or not actor().may(Permission.CASES_REGISTER):
        return None
    try:
        row, sheet = queries.row(order, for_=actor())
    except NotFound:
        return None
    return (row, sheet) if row.waits else None
