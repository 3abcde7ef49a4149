"""Complaints about mediators: written down, decided with a reason, the bar lifted (PM-17)."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional

from mediation.doors.shared.forms import CreatingForm, DeskForm, LongText, StepForm, Text
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import NotFound
from mediation.registry.access.rules import Permission, Role
from mediation.registry.mediators import complaints, queries
from mediation.registry.mediators.rules import ComplaintState, Misconduct, Sanction
from mediation.registry.units import queries as units

bp = Blueprint("misconduct", __name__)


class ComplaintForm(CreatingForm):
    """What somebody is said to have done."""

    on = DateField(_l("哪天收到"), [InputRequired(_l("填日期"))])
    kind = SelectField(_l("什么事"), choices=[SelectChoice(each.value, _l(each.label)) for each in Misconduct])
    words = LongText(_l("怎么回事"), [InputRequired(_l("写明什么事"))], longest=400)


class DecideForm(StepForm):
    """What was found, and what follows."""

    on = DateField(_l("哪天定的"), [InputRequired(_l("填日期"))])
    upheld = RadioField(_l("查实了吗"), [InputRequired(_l("选一项"))], choices=[
        SelectChoice("yes", _l("查实")), SelectChoice("no", _l("不成立")),
    ])
    is_serious = BooleanField(_l("情节严重（从这天起不派新案）"))
    sanction = SelectField(_l("怎么处理"), [Optional()], choices=[
        SelectChoice("", "—"), *(SelectChoice(each.value, _l(each.label)) for each in Sanction),
    ])
    reason = Text(_l("理由"), [InputRequired(_l("要写理由"))], longest=400)


class LiftForm(DeskForm):
    """Why somebody may be given cases again."""

    reason = Text(_l("为什么恢复派案"), [InputRequired(_l("要写理由"))], longest=200)


def _mine(mediator):
    by = actor()
    if by.role is Role.HEAD and not mediator.unit.path.startswith(units.unit(by.unit_id).path):
        raise NotFound()
    return mediator


@bp.route("/mediators/<public_id:public_id>/complaint", methods=["GET", "POST"])
@policy(Permission.MEDIATORS_MANAGE)
def record(public_id):
    """Write a complaint down."""
    mediator = _mine(queries.get(public_id, centre_id=actor().centre_id))
    form = ComplaintForm(on=clock.today())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            complaint = complaints.record(
                public_id, by=actor(), on=form.on.data, key=form.key.data, kind=form.kind.data, words=form.words.data
            )
        if done:
            flash(_("已记下，等查清再定"))
            return redirect(url_for("desk.misconduct.decide", public_id=complaint))
    return render_template("desk/misconduct/record.html", form=form, mediator=mediator)


@bp.route("/mediator-complaints/<public_id:public_id>", methods=["GET", "POST"])
@policy(Permission.MEDIATORS_MANAGE)
def decide(public_id):
    """One complaint; what was found and decided."""
    row = complaints.get(public_id, for_=actor())
    whose = _mine(row.mediator).public_id
    form = DecideForm(version=row.version, on=clock.today())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            complaints.decide(
                public_id, by=actor(), on=form.on.data, upheld=form.upheld.data == "yes",
                is_serious=form.is_serious.data, sanction=form.sanction.data or None, reason=form.reason.data,
                version=form.version.data,
            )
        if done:
            flash(_("已定。本人的档案里有记录"))
            return redirect(url_for("desk.mediators.change", public_id=whose, _anchor="complaints"))
        row = complaints.get(public_id, for_=actor())
    return render_template(
        "desk/misconduct/decide.html", form=form, complaint=row, is_open=row.state is ComplaintState.OPEN
    )


@bp.post("/mediators/<public_id:public_id>/lift")
@policy(Permission.MEDIATORS_MANAGE)
def lift(public_id):
    """Let somebody be given cases again."""
    mediator = _mine(queries.get(public_id, centre_id=actor().centre_id))
    form = LiftForm(prefix="lift")
    if form.validate_on_submit():
        with transaction():
            complaints.lift(public_id, by=actor(), reason=form.reason.data)
        flash(_("已恢复派案"))
    else:
        flash(_("要写理由"), "error")
    return redirect(url_for("desk.mediators.change", public_id=mediator.public_id, _anchor="complaints"))
