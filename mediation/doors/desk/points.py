"""Collection points: the dictionary of places and groups where disputes come in."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional

from mediation.casefile.cases.rules import Channel
from mediation.doors.desk import pickers
from mediation.doors.desk.units import area_choices
from mediation.doors.shared import conflict, words
from mediation.doors.shared.forms import DeskForm, StepForm, Text
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock, trail
from mediation.ground.db import transaction
from mediation.ground.errors import Stale
from mediation.registry.access.rules import Permission
from mediation.registry.points import operations as points
from mediation.registry.points import queries
from mediation.registry.points.rules import PointKind
from mediation.registry.staff import queries as staff
from mediation.registry.units import queries as units

bp = Blueprint("points", __name__)

TOLD = ("point.added", "point.changed", "point.ended", "point.taken_up")


class PointForm(StepForm):
    """What may be changed of a point; field names are those of the operation."""

    name = Text(_l("名称"), [InputRequired()])
    kind = SelectField(_l("类别"), choices=[SelectChoice(each.value, _l(each.label)) for each in PointKind])
    channel = SelectField(_l("算哪个渠道"), choices=[SelectChoice(each.value, _l(each.label)) for each in Channel])
    area_code = SelectField(_l("在哪里"), validators=[Optional()])
    unit = SelectField(_l("归哪个单位管"), validators=[Optional()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        centre_id = actor().centre_id
        areas = area_choices(centre_id, self.area_code.data)
        bodies = units.units(centre_id, on=clock.today())
        self.area_code.choices = [SelectChoice("", _("不限地方")), *areas]
        self.unit.choices = [
            SelectChoice("", _("中心自己")), *(SelectChoice(each.public_id, each.name) for each in bodies)
        ]

    def details(self) -> dict:
        return {name: self[name].data for name in points.CHANGEABLE}


class NewPointForm(PointForm):
    code = Text(_l("代码"), [InputRequired()], longest=20)
    on = DateField(_l("从哪天起"), [InputRequired()])


class EndForm(DeskForm):
    on = DateField(_l("最后一天"), [InputRequired()])


@bp.get("/points")
@policy(Permission.SETTINGS_MANAGE)
def index():
    """List the points by channel; those that have ended on request."""
    centre_id, today = actor().centre_id, clock.today()
    channel, with_ended = request.args.get("channel", ""), "ended" in request.args
    known = queries.points(centre_id)
    found = [
        each for each in known
        if (with_ended or each.valid_to is None or each.valid_to >= today) and channel in ("", each.channel)
    ]
    bodies = {unit_id: name for unit_id, (_public_id, name) in units.names(centre_id).items()}
    used = {point.channel for point in known}
    channels = [(value, label) for value, label in words.labelled(Channel) if value in used]
    return render_template(
        "desk/points/index.html", points=found, channels=channels, chosen=channel, ended=with_ended, today=today,
        bodies=bodies, area_name=lambda code: pickers.place_label(code, centre_id=centre_id), channel_of=Channel,
    )


@bp.route("/points/new", methods=["GET", "POST"])
@policy(Permission.SETTINGS_MANAGE)
def add():
    """Add a point."""
    form = NewPointForm(on=clock.today(), channel=Channel.WINDOW)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            points.add(code=form.code.data, by=actor(), on=form.on.data, key=form.key.data, **form.details())
        if done:
            flash(_("“%(name)s”已加上，登记时可以选", name=form.name.data))
            return redirect(url_for("desk.points.index"))
    return render_template("desk/points/add.html", form=form)


@bp.route("/points/<public_id:public_id>", methods=["GET", "POST"])
@policy(Permission.SETTINGS_MANAGE)
def change(public_id):
    """What is said of a point; change it."""
    point = queries.get(public_id, centre_id=actor().centre_id)
    form = PointForm(data=points.stored(point))
    if form.validate_on_submit():
        with refused_on(form) as done:
            try:
                with transaction():
                    points.change(public_id, version=form.version.data, by=actor(), **form.details())
            except Stale as error:
                return conflict.answer(form, error, title=point.name)
        if done:
            flash(_("已改好"))
            return redirect(url_for("desk.points.index"))
    entries = trail.about(point, TOLD)
    return render_template(
        "desk/points/change.html", form=form, point=point, entries=entries,
        authors=staff.names(entry.account_id for entry in entries),
    )


@bp.route("/points/<public_id:public_id>/end", methods=["GET", "POST"])
@policy(Permission.SETTINGS_MANAGE)
def end(public_id):
    """Let a point collect for the last time; the cases that came through it keep it."""
    point = queries.get(public_id, centre_id=actor().centre_id)
    form = EndForm(on=clock.today())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            points.end(public_id, by=actor(), on=form.on.data)
        if done:
            flash(_("“%(name)s”已停用，以后登记时不再列出", name=point.name))
            return redirect(url_for("desk.points.index"))
    return render_template("desk/points/end.html", form=form, point=point)


@bp.post("/points/<public_id:public_id>/take-up")
@policy(Permission.SETTINGS_MANAGE)
def take_up(public_id):
    """Undo an end."""
    with transaction():
        points.take_up(public_id, by=actor())
    flash(_("已恢复"))
    return redirect(url_for("desk.points.index"))
