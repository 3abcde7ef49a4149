"""Towns and villages of the centre: brought along, imported, renamed, closed."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileRequired
from wtforms import DateField, FileField
from wtforms.validators import InputRequired

from mediation.doors.shared.forms import DeskForm, Text, uploaded
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission
from mediation.registry.regions import operations as regions
from mediation.registry.regions import queries
from mediation.registry.regions.rules import AreaLevel
from mediation.registry.units import queries as units

bp = Blueprint("areas", __name__)


class ImportForm(DeskForm):
    file = FileField(_l("名单（CSV，两栏：code、name）"), [FileRequired(_l("请选择文件"))])
    on = DateField(_l("从哪天起"), [InputRequired()])


class RenameForm(DeskForm):
    name = Text(_l("新名称"), [InputRequired()])
    on = DateField(_l("从哪天起"), [InputRequired()])


class CloseForm(DeskForm):
    last_day = DateField(_l("最后一天"), [InputRequired()])


@bp.route("/areas", methods=["GET", "POST"])
@policy(Permission.SETTINGS_MANAGE)
def index():
    """The towns, the villages of one of them, and a list to import."""
    centre = units.centre(actor().centre_id)
    form = ImportForm(on=clock.today())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            count = regions.import_areas(centre.area_code, uploaded(form.file), by=actor(), on=form.on.data)
        if done:
            flash(_("导入了 %(count)s 个新的乡镇、村，原有的不动", count=count))
            return redirect(url_for("desk.areas.index"))
    today = clock.today()
    places = [place for place in queries.places(centre.id) if place.is_valid(today)]
    towns = [place for place in places if place.level is AreaLevel.TOWN]
    town = next((each for each in towns if each.code == request.args.get("town")), None)
    villages = [each for each in places if each.level is not AreaLevel.TOWN]
    return render_template(
        "desk/areas/index.html", form=form, towns=towns, town=town, count=len(villages),
        villages=[each for each in villages if town and each.code.startswith(town.code)],
        counts={each.code: sum(village.code.startswith(each.code) for village in villages) for each in towns},
        may_load=not places and queries.has_built_in(centre.area_code), county=queries.full_name(centre.area_code),
    )


@bp.post("/areas/load")
@policy(Permission.SETTINGS_MANAGE)
def load():
    """Take over the towns and villages that come with the program."""
    centre = units.centre(actor().centre_id)
    with transaction():
        count = regions.load_areas(centre.id, centre.area_code, by=actor(), on=clock.today())
    flash(_("装入了 %(count)s 个乡镇、村", count=count))
    return redirect(url_for("desk.areas.index"))


@bp.route("/areas/<string(maxlength=20):code>", methods=["GET", "POST"])
@policy(Permission.SETTINGS_MANAGE)
def change(code):
    """Rename a place from a day on, or close it."""
    today = clock.today()
    found = [each for each in queries.places(actor().centre_id) if each.code == code and each.is_valid(today)]
    if not found:
        abort(404)
    place = found[0]
    rename, close = RenameForm(on=today, prefix="rename-"), CloseForm(last_day=today, prefix="close-")
    if "rename-name" in request.form and rename.validate_on_submit():
        with refused_on(rename) as done, transaction():
            regions.rename_area(code, rename.name.data, by=actor(), on=rename.on.data)
        if done:
            flash(_("新名称已记下，旧名称留档"))
            return redirect(url_for("desk.areas.index", town=code[:9]))
    if "close-last_day" in request.form and close.validate_on_submit():
        with refused_on(close) as done, transaction():
            regions.close_area(code, by=actor(), on=close.last_day.data)
        if done:
            flash(_("%(place)s已撤，以后不再列出", place=place.short))
            return redirect(url_for("desk.areas.index", town=code[:9]))
    name = queries.full_name(code, centre_id=actor().centre_id)
    return render_template("desk/areas/change.html", place=place, rename=rename, close=close, full_name=name)
