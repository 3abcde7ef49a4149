"""Courts that do not follow the division: which one an area has, from when to when, on what ground. JC-04 to JC-07."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectChoice, SelectField
from wtforms.validators import InputRequired, ValidationError

from mediation.doors.shared.forms import CreatingForm, DeskForm, Text
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.doors.shared.words import day_words
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.oversight.rulebook import queries as rulebook
from mediation.registry.access.rules import Permission
from mediation.registry.regions import operations as regions
from mediation.registry.regions import queries
from mediation.registry.regions.rules import CourtLevel
from mediation.registry.staff import queries as staff
from mediation.registry.units import queries as units

bp = Blueprint("courts", __name__)

RULES = ("JC-04", "JC-05", "JC-06", "JC-07")


class CourtForm(CreatingForm):
    """A place, the court it has, from when, on what ground."""

    area = Text(_l("哪个地方：代码，或者县、乡镇的名称"), [InputRequired(_l("写地方的代码或者名称"))], longest=60)
    level = SelectField(_l("哪一级"), choices=[SelectChoice(each.value, _l(each.label)) for each in CourtLevel])
    name = Text(_l("法院全称"), [InputRequired(_l("请填写"))], longest=60)
    court_code = Text(_l("法院代字"), [InputRequired(_l("请填写"))], longest=12)
    on = DateField(_l("从哪天起"), [InputRequired()])
    source = Text(_l("依据"), [InputRequired(_l("请填写"))], longest=400)

    def validate_area(self, field):
        self.place = queries.area_named(field.data, centre_id=actor().centre_id)
        if self.place is None:
            raise ValidationError(_l("没有这个地方，或者不止一个，请写代码"))


class EndForm(DeskForm):
    on = DateField(_l("最后一天"), [InputRequired()])


@bp.route("/courts", methods=["GET", "POST"])
@policy(Permission.SETTINGS_MANAGE)
def index():
    """List the courts that do not follow the division, and add one."""
    form = CourtForm(on=clock.today())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            regions.set_court(
                form.place.code, form.court_code.data, form.name.data, by=actor(), source=form.source.data,
                on=form.on.data, level=form.level.data,
            )
        if done:
            flash(_("从 %(day)s 起用这个法院，以前的留档", day=day_words(form.on.data)))
            return redirect(url_for("desk.courts.index"))
    return _page(form)


@bp.route("/courts/<public_id:public_id>/end", methods=["GET", "POST"])
@policy(Permission.SETTINGS_MANAGE)
def end(public_id):
    """Say which day is the last of a court that did not follow the division."""
    row = queries.exception(public_id, centre_id=actor().centre_id)
    form = EndForm(on=clock.today())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            regions.end_court(public_id, by=actor(), on=form.on.data)
        if done:
            flash(_("用到 %(day)s，第二天起又按区划算", day=day_words(form.on.data)))
            return redirect(url_for("desk.courts.index"))
    return render_template("desk/courts/end.html", form=form, row=row, place=_place_name, usual=_usual(row))


def _page(form):
    by, today = actor(), clock.today()
    found = queries.exceptions_of(by.centre_id)
    table = rulebook.table(on=today, centre_id=by.centre_id)
    return render_template(
        "desk/courts/index.html", form=form, found=found, place=_place_name, today=today,
        holds=[row for row in found if row.valid_from <= today and (row.valid_to or date.max) >= today],
        rules=[entry for entry in table if entry.row.id in RULES], example=_example(),
        authors=staff.names(row.set_by_id for row in found),
    )


def _example():
    """Return the centre's own county with its court's code, as an example of what is typed."""
    code = units.centre(actor().centre_id).area_code
    court = queries.court_of(code)
    return {"code": code, "name": queries.place(code).name, "court": court.code if court else ""}


def _place_name(code):
    return queries.full_name(code, centre_id=actor().centre_id)


def _usual(row):
    """Return the court that the division gives to the area of an exception, None where it gives none."""
    ask = queries.court_of if row.level == CourtLevel.BASIC else queries.intermediate_court_of
    return ask(row.area_code)
