"""The board's rows of what lies with the court: what may be recorded in each, and recording it."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, HiddenField
from wtforms.validators import InputRequired, Optional

from mediation.casefile.cases.rules import ConfirmationState
from mediation.doors.shared.forms import ReportedForm, Text, uploaded
from mediation.doors.shared.guard import actor
from mediation.doors.shared.language import gettext as _
from mediation.ground.choices import N_
from mediation.ground.db import transaction
from mediation.ground.errors import Invalid
from mediation.stages.confirmation import at_court, preparing
from mediation.stages.confirmation.boards import AtCourt, Place
from mediation.stages.confirmation.rules import CourtStepKind as Kind
from mediation.stages.confirmation.rules import DismissalGround, RefusalGround

ANSWERS = {  # the short words of a list
    ConfirmationState.CONFIRMED: N_("裁定确认有效"), ConfirmationState.WITHDRAWN: N_("准许撤回"),
    ConfirmationState.DEEMED_WITHDRAWN: N_("按撤回处理"), ConfirmationState.PROCEDURE_ENDED: N_("终结特别程序"),
}
OVER = (ConfirmationState.WITHDRAWN, ConfirmationState.DEEMED_WITHDRAWN)
ANSWERING = {Kind.MORE_PAPERS: (Kind.PAPERS_GIVEN,), Kind.SUMMONED: (Kind.QUESTIONED, Kind.ABSENT)}


class RowForm(ReportedForm):
    """One row: what the court did, its number or the day that it set, the day, a scan of its paper."""

    what = HiddenField(validators=[InputRequired(_l("选一项"))])
    court_no = Text(_l("法院案号"), longest=60)
    due_on = DateField(_l("法院定的日期"), [Optional()])
    note = Text(_l("说明"), longest=400)
    scan = FileField(_l("扫描件"))


@dataclass(frozen=True)
class Offered:
    """What a row offers: what is expected next, and the rest in groups of (name, [(value, words)])."""

    expected: list[tuple[str, str]]
    others: list[tuple[str, list[tuple[str, str]]]]
    wants_number: bool  # what is expected comes with the court's number
    takes_number: bool  # something of the rest does


def offered(each: AtCourt) -> Offered:
    """Return what may be recorded of an application that lies with the court, what is expected first."""
    if each.place == Place.RULED:
        return Offered([(Kind.SERVED.value, _("裁定送达"))], [], False, False)
    is_filed = each.state == ConfirmationState.FILED
    accepted = (Kind.ACCEPTED.value, _(Kind.ACCEPTED.label))
    dismissed = [(f"dismissed:{ground}", _(ground.label)) for ground in (*DismissalGround, *RefusalGround)]
    confirmed = (ConfirmationState.CONFIRMED.value, _(ANSWERS[ConfirmationState.CONFIRMED]))
    asks = [Kind.MORE_PAPERS, Kind.SUMMONED, *(() if is_filed else (Kind.EXTENDED,))]
    over = [*OVER, *(() if is_filed else (ConfirmationState.PROCEDURE_ENDED,))]
    others = [
        (_("法院要求"), [(kind.value, _(kind.label)) for kind in asks]),
        (_("结束了"), [(state.value, _(ANSWERS[state])) for state in over]),
    ]
    if is_filed:
        refused = [(f"refused:{ground}", _(ground.label)) for ground in RefusalGround]
        others.append((_("不予受理"), refused))
    else:
        others.append((_("裁定驳回"), dismissed))
    if each.place == Place.ASKED:
        expected = [(kind.value, _(kind.label)) for kind in ANSWERING[each.day.what]]
        return Offered(expected, [(_("照常"), [accepted if is_filed else confirmed]), *others], False, is_filed)
    return Offered([accepted] if is_filed else [confirmed], others, is_filed, False)


def record(public_id: str, form: RowForm) -> None:
    """Record what a row says, its scan first; raises what the operations raise, Stale when the row was older."""
    by = actor()
    sent = form.scan.data
    kept = None
    if sent and sent.filename:
        kept = at_court.keep_scan(public_id, uploaded(form.scan), sent.filename, by=by)
    with transaction():
        preparing.expect(public_id, by=by, version=form.version.data)
        _act(public_id, form, by=by, kept=kept)


def _act(public_id, form, *, by, kept):
    what, _colon, ground = form.what.data.partition(":")
    said = {"by": by, "on": form.on.data, "reason": form.late.data or None, "scan": kept}
    note = form.note.data or None
    if what == Kind.ACCEPTED:
        at_court.accepts(public_id, court_no=form.court_no.data or "", **said)
    elif what == Kind.SERVED:
        at_court.serves(public_id, **said)
    elif what in set(ConfirmationState):
        if what not in at_court.STEP_OF:
            raise Invalid(what=N_("没有这个选项"))
        at_court.rules_on(public_id, what, ground=ground or None, note=note, **said)
    else:
        at_court.act(public_id, what, due_on=form.due_on.data, note=note, **said)
