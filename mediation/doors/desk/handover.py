"""Handing over all open work of a mediator on one screen: looked at first, moved by the scheduler, given back."""

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from mediation.doors.shared import words
from mediation.doors.shared.forms import CreatingForm, StepForm, Text
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission
from mediation.registry.causes import queries as causes
from mediation.stages.handovers import operations, planning, queries
from mediation.stages.handovers.rules import HandoverState, RowState

bp = Blueprint("handover", __name__)


class HandoverForm(CreatingForm):
    """Why; the receivers stand in the table, one field a case."""

    why = Text(_l("为什么移交"), [InputRequired(_l("要写理由"))], longest=200)


class UndoForm(StepForm):
    """Nothing but which version was seen."""


@bp.route("/mediators/<public_id:public_id>/handover", methods=["GET", "POST"])
@policy(Permission.MEDIATORS_MANAGE)
def plan(public_id):
    """All open cases of a mediator, each with a receiver and what keeps it; nothing moves before it is ordered."""
    form, today = HandoverForm(), clock.today()
    wishes, all_to = _wishes(), request.values.get("all", "")[:22] or None
    is_order = request.method == "POST" and "look" not in request.form
    if is_order and form.validate_on_submit():
        with refused_on(form) as done, transaction():
            order = operations.begin(
                public_id, by=actor(), on=today, key=form.key.data, wishes=wishes or {}, why=form.why.data
            )
        if done:
            return redirect(url_for("desk.handover.show", public_id=order))
    given = {"all_to": all_to} if all_to and not is_order else {"wishes": wishes}
    found = planning.plan(public_id, by=actor(), on=today, **given)
    return render_template(
        "desk/handover/plan.html", form=form, plan=found, all_to=all_to, today=today,
        earlier=queries.latest_of(found.giver, by=actor()),
        types={kind.code: kind.name for kind in causes.types(on=today, centre_id=actor().centre_id)},
    )


def _wishes():
    """Return whom each case is given to on the page; None before anything was chosen."""
    found = {name[3:]: value[:22] for name, value in request.form.items() if name.startswith("to-")}
    return found if request.method == "POST" else None


@bp.route("/handovers/<public_id:public_id>", methods=["GET", "POST"])
@policy(Permission.MEDIATORS_MANAGE)
def show(public_id):
    """What became of each case, and the way back within a day."""
    order = queries.get(public_id, for_=actor())
    form = UndoForm(version=order.version)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            operations.undo(public_id, by=actor(), on=clock.today(), version=form.version.data)
        if done:
            flash(_("正在移回"))
            return redirect(url_for("desk.handover.show", public_id=public_id))
        order = queries.get(public_id, for_=actor())
    return render_template(
        "desk/handover/show.html", form=form, order=order, moved=queries.rows_of(order, by=actor()),
        words=_words(order), is_busy=_is_busy(order), states=HandoverState, reasons=_reasons,
    )


@bp.get("/handovers/<public_id:public_id>/progress")
@policy(Permission.MEDIATORS_MANAGE, polls=True)
def progress(public_id):
    """Say how far it is, for the page that waits for it."""
    order = queries.get(public_id, for_=actor())
    return jsonify(words=_words(order), over=not _is_busy(order))


def _is_busy(order):
    return order.state in (HandoverState.RUNNING, HandoverState.UNDOING)


def _words(order):
    counts = queries.counts(order)
    done = order.total - counts[RowState.WAITING]
    if order.state is HandoverState.RUNNING:
        return _("正在移交：%(done)s / %(total)s 件", done=done, total=order.total)
    if order.state is HandoverState.UNDOING:
        return _("正在移回：还有 %(left)s 件", left=counts[RowState.MOVED])
    if order.state is HandoverState.UNDONE:
        return _("移回 %(back)s 件，%(stays)s 件没有移回", back=counts[RowState.RETURNED], stays=counts[RowState.STAYS])
    return _("移交 %(moved)s 件，%(kept)s 件没有移", moved=counts[RowState.MOVED], kept=counts[RowState.REFUSED])


def _reasons(row):
    return _("；").join(said for said, _cure in words.kept(row.reasons))
