"""Where a case goes: the suggestion with its reasons, the unit's answer, another kind of mediation."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import Track
from mediation.doors.shared.forms import CreatingForm, Text
from mediation.doors.shared.guard import actor, step_page
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.stages.routing import operations as routing
from mediation.stages.routing import queries, rules

bp = Blueprint("routing", __name__)


def choices(enum, first=None):
    """Return the members of an enum as choices, after an empty one where ``first`` is given."""
    found = [SelectChoice(member.value, _(member.label)) for member in enum]
    return ([SelectChoice("", first)] if first is not None else []) + found


class RouteForm(CreatingForm):
    """Track and unit; both are filled in with the suggestion."""

    track = RadioField(_l("调解种类"), [InputRequired(_l("选一种"))])
    unit = SelectField(_l("承办单位"), [InputRequired(_l("选一个单位"))])
    override_reason = SelectField(_l("不按建议的理由"), [Optional()])
    note = Text(_l("给承办单位的话"), longest=400)
    guards = SelectMultipleField(
        _l("不归调解的，勾出来"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), validators=[Optional()]
    )


class RejectForm(CreatingForm):
    """Why a unit gives a case back."""

    reason = RadioField(_l("为什么退回"), [InputRequired(_l("选一项"))])
    note = Text(_l("说明"), longest=400)


class WhyForm(CreatingForm):
    """A reason in words."""

    why = Text(_l("为什么换"), [InputRequired(_l("要写理由"))], longest=400)


@bp.route("/cases/<public_id:public_id>/route", methods=["GET", "POST"])
@step_page("case.route")
def route(public_id):
    """Take the suggestion, or go elsewhere with a coded reason."""
    case = cases.get(public_id, for_=actor())
    today = clock.today()
    advice = queries.suggest_for(case, on=today)
    units = queries.targets(case, on=today)
    form = RouteForm(
        track=advice.way.track.value if advice else None, unit=advice.way.unit.public_id if advice else None
    )
    form.track.choices = choices(Track)
    form.unit.choices = [SelectChoice("", "—"), *(SelectChoice(unit.public_id, unit.name) for unit in units)]
    form.override_reason.choices = choices(rules.OverrideReason, _("按建议，不用填"))
    form.guards.choices = choices(rules.Guard)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            routing.route(
                public_id, by=actor(), on=today, key=form.key.data, track=form.track.data, unit_public_id=form.unit.data,
                override_reason=form.override_reason.data or None, note=form.note.data or None, guards=form.guards.data or (),
            )
        if done:
            flash(_("已移送，等承办单位接收"))
            return redirect(url_for("desk.home.start"))
    return render_template(
        "desk/routing/route.html", form=form, case=case, advice=advice, transfers=queries.transfers_of(case.id)
    )


@bp.route("/transfers/<public_id:public_id>/receive", methods=["GET", "POST"])
@step_page("transfer.receive")
def receive(public_id):
    """Take a case in."""
    transfer, case = queries.get(public_id, for_=actor())
    form = CreatingForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            routing.receive(public_id, by=actor(), on=clock.today(), key=form.key.data)
        if done:
            flash(_("已接收，请决定是否受理"))
            return redirect(url_for("desk.proceedings.accept", public_id=case.public_id))
    return render_template("desk/routing/receive.html", form=form, case=case, transfer=transfer)


@bp.route("/transfers/<public_id:public_id>/reject", methods=["GET", "POST"])
@step_page("transfer.reject")
def reject(public_id):
    """Give a case back."""
    transfer, case = queries.get(public_id, for_=actor())
    form = RejectForm()
    form.reason.choices = choices(rules.RejectReason)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            routing.reject(
                public_id, by=actor(), on=clock.today(), key=form.key.data, reason=form.reason.data, note=form.note.data or None
            )
        if done:
            flash(_("已退回分流员"))
            return redirect(url_for("desk.home.start"))
    return render_template("desk/routing/reject.html", form=form, case=case, transfer=transfer)


@bp.route("/cases/<public_id:public_id>/change-track", methods=["GET", "POST"])
@step_page("case.change_track")
def change_track(public_id):
    """Try another kind of mediation after an attempt has ended (RT-01)."""
    case = cases.get(public_id, for_=actor())
    form = WhyForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            routing.change_track(public_id, by=actor(), on=clock.today(), key=form.key.data, why=form.why.data)
        if done:
            flash(_("已回到待分流"))
            return redirect(url_for("desk.home.start"))
    return render_template("desk/routing/change_track.html", form=form, case=case)
