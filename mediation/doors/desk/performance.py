"""Performance: what was paid or done, what is late."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from mediation.doors.desk.caseindex import Entry
from mediation.doors.shared.forms import CreatingForm, Money, Text
from mediation.doors.shared.guard import actor, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.stages.agreements import operations as agreements
from mediation.stages.performance import operations as performance
from mediation.stages.performance import queries
from mediation.stages.performance.rules import ReceiptKind

bp = Blueprint("performance", __name__)


class RecordForm(CreatingForm):
    """One thing that happened to a duty."""

    kind = RadioField(_l("发生了什么"), [InputRequired(_l("选一项"))])
    happened_on = DateField(_l("哪一天"), [InputRequired()])
    amount_fen = Money(_l("付了多少（元）"))
    proof = Text(_l("凭证"), longest=400)
    note = Text(_l("说明"), longest=400)


@bp.route("/performances/<public_id:public_id>/record", methods=["GET", "POST"])
@step_page("performance.record")
def record(public_id):
    """Record a payment, an act, an urging, a waiver or a breach."""
    row, case = queries.get(public_id, for_=actor())
    form = RecordForm(happened_on=clock.today(), kind=_likely(row))
    form.kind.choices = [SelectChoice(kind.value, _(kind.label)) for kind in ReceiptKind if kind != _unfit(row)]
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            performance.record(
                public_id, by=actor(), on=clock.today(), kind=form.kind.data, happened_on=form.happened_on.data,
                amount_fen=form.amount_fen.data, proof=form.proof.data or None, note=form.note.data or None,
                key=form.key.data,
            )
        if done:
            flash(_("已登记履行情况"))
            return redirect(url_for("desk.cases.show", public_id=case.public_id, _anchor="performance"))
    kinds = {kind.value: kind for kind in ReceiptKind}
    return render_template("desk/performance/record.html", form=form, row=row, case=case, kinds=kinds)


def _likely(row):
    return ReceiptKind.PAYMENT.value if row.amount_fen is not None else ReceiptKind.ACT.value


def _unfit(row):
    return ReceiptKind.ACT if row.amount_fen is not None else ReceiptKind.PAYMENT


def section(case):
    """Return the ledger of a case for its page."""
    rows, today = queries.of_case(case.id), clock.today()
    if not rows:
        return None
    balance = queries.balance(rows, on=today)
    done = f"{len(rows) - balance.open}/{len(rows)}"
    return {
        "index": [Entry("performance", _("履行"), done, late=balance.late > 0)],
        "rows": rows, "balance": balance, "today": today,
        "to_urge": queries.to_urge(rows, case, on=today), "ways": queries.ways_after_breach(rows, case, on=today),
        "waiver": queries.police_waiver(rows, case, on=today),
        "names": dict(agreements.party_choices(case.id)), "may_record": actor().role in ("mediator", "head"),
    }
