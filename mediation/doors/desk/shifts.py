"""Handing over at the end of a shift, reading what the last one left, and the page of a day to print."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from mediation.doors.shared import words
from mediation.doors.shared.forms import CreatingForm, LongText
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission, Role
from mediation.registry.calendar.rules import ONE_DAY
from mediation.stages.shifts import operations, queries, rules
from mediation.stages.shifts.operations import LineValues
from mediation.stages.shifts.rules import Kind

bp = Blueprint("shifts", __name__)

FREE = 6  # lines of one's own words
ON_A_PAGE = 34  # lines of a day's lists that fit on one sheet of A4
WAITING = {  # whose page tells what waits for an answer, and whose answer that is
    **dict.fromkeys(queries.DESKS, (Kind.BACK, Kind.UNANSWERED)), Role.HEAD: (Kind.UNANSWERED,),
}
TITLES = {
    "case.register": _l("今天收的"), "case.route": _l("今天交出去的"), "transfer.receive": _l("今天接收的"),
    "proceeding.accept": _l("今天受理的"), "case.close": _l("今天结案的"), "proceeding.take_on": _l("今天接案的"),
    "proceeding.hold_session": _l("今天开过调解会的"), "proceeding.end": _l("今天终止的"),
    Kind.LATE: _l("超期的"), Kind.UNANSWERED: _l("等单位答复的"), Kind.BACK: _l("退回来、还没重新分流的"),
}


class HandoverForm(CreatingForm):
    """General words; the lines stand beside each case and are read one by one."""

    general = LongText(_l("总的情况"), [Optional()], longest=rules.LONGEST)


@dataclass
class Typed:
    """A line as it was typed: of a case, or free."""

    kind: str
    case: str | None = None
    text: str = ""
    is_in: bool = True


@bp.route("/shifts/new", methods=["GET", "POST"])
@policy(Permission.CASES_REGISTER)
def hand_over():
    """What is open at the desk, filled in; a tick says that it is handed over, a word what must be known."""
    form = HandoverForm()
    parts, kept_at = queries.open_now(actor()), queries.draft_of(actor())
    typed, free = _typed(parts)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            public_id = operations.hand_over(
                by=actor(), on=clock.today(), key=form.key.data, general=form.general.data or "",
                lines=_lines(parts, typed, free, kept_at),
            )
        if done:
            flash(_("已交班，下一班打开就看得到"))
            return redirect(url_for("desk.shifts.show", public_id=public_id))
    return render_template(
        "desk/shifts/new.html", form=form, parts=parts, typed=typed, free=free, kept_at=kept_at,
        kinds=[Kind.CALL, Kind.OTHER], draft_in=not form.is_submitted() or bool(request.form.get("draft")),
    )


def _typed(parts):
    """Return what was typed for each case, by list and public id, and the free lines."""
    sent = request.method == "POST"
    cases = {}
    for part in parts:
        for item in part.items:
            name = f"{part.kind}-{item.public_id}"  # a case may stand in two lists
            text = " ".join((request.form.get(f"text-{name}") or "").split())[: rules.LONGEST_LINE]
            cases[name] = Typed(part.kind, item.public_id, text, not sent or f"in-{name}" in request.form)
    free = []
    for number in range(FREE):
        kind = request.form.get(f"free-kind-{number}", Kind.CALL.value)
        text = " ".join((request.form.get(f"free-{number}") or "").split())[: rules.LONGEST_LINE]
        free.append(Typed(kind if kind in set(Kind) else Kind.OTHER.value, None, text))
    return cases, free


def _lines(parts, typed, free, kept_at):
    found = []
    if kept_at and request.form.get("draft"):
        found.append(LineValues(Kind.DRAFT, text=_("有一份没登记完的草稿，%(when)s存的", when=words.moment(kept_at))))
    found += [LineValues(line.kind, line.case, line.text) for line in typed.values() if line.is_in]
    return found + [LineValues(line.kind, text=line.text) for line in free if line.text]


@bp.get("/shifts")
@policy(Permission.CASES_REGISTER)
def index():
    """List what earlier shifts of the desk left."""
    rows, following = queries.newest(actor(), after=request.args.get("after"))
    unread = {row.public_id for row in queries.unread(actor())}
    return render_template("desk/shifts/index.html", rows=rows, following=following, unread=unread)


@bp.get("/shifts/<public_id:public_id>")
@policy(Permission.CASES_REGISTER)
def show(public_id):
    """Show one hand-over, to read and to print."""
    row = queries.get(public_id, for_=actor())
    is_mine = row.account_id == actor().account_id
    is_read = any(each.account_id == actor().account_id for each in row.reads)
    return render_template(
        "desk/shifts/show.html", row=row, seen=queries.seen_cases(row, actor()), may_read=not is_mine and not is_read,
    )


@bp.post("/shifts/<public_id:public_id>/read")
@policy(Permission.CASES_REGISTER)
def read(public_id):
    """Note that one has read it."""
    with transaction():
        operations.read(public_id, by=actor())
    flash(_("已记下您看过了"))
    return redirect(url_for("desk.shifts.show", public_id=public_id))


@bp.get("/day/sheet")
@policy(Permission.CASES_READ)
def sheet():
    """One page of a day to print: what came in and went out, and for today what is late and what waits."""
    on, own = _day(request.args.get("on")), request.args.get("view") == "mine"
    today = clock.today()
    parts = queries.done_on(actor(), on, own=own, each=ON_A_PAGE)
    if on == today:
        told = WAITING.get(actor().role, ())
        waits = [part for part in queries.open_now(actor(), each=ON_A_PAGE) if part.kind in told]
        parts += [*waits, queries.late(actor(), each=ON_A_PAGE)]
    room = rules.shares({part.kind: len(part.items) for part in parts}, ON_A_PAGE)
    return render_template(
        "desk/shifts/sheet.html", on=on, own=own, is_today=on == today, before=on - ONE_DAY,
        after=on + ONE_DAY if on < today else None, now=clock.now(), capped=queries.COUNT_UP_TO,
        parts=[(_title(part.kind), part, part.items[: room[part.kind]]) for part in parts],
    )


def _title(kind):
    return _("等本单位接收的") if kind == Kind.UNANSWERED and actor().role == Role.HEAD else TITLES[kind]


def _day(text) -> date:
    try:
        return min(date.fromisoformat(text or ""), clock.today())
    except ValueError:
        return clock.today()


def strip():
    """Return the entries of the window's strip: what earlier shifts left, and the way to hand over. No names."""
    left = queries.unread(actor())
    found = [{
        "label": _("上一班留的"), "href": url_for("desk.shifts.show", public_id=left[0].public_id), "count": len(left),
    }] if left else []
    return [*found, {"label": _("交班"), "href": url_for("desk.shifts.hand_over")}]
