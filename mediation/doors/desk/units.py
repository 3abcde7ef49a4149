"""Units and rooms: the bodies that act in the program, as a dated tree."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from mediation.doors.shared import conflict
from mediation.doors.shared.forms import DeskForm, StepForm, Text
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.choices import N_
from mediation.ground.db import transaction
from mediation.ground.errors import Stale
from mediation.registry.access.rules import Permission
from mediation.registry.causes import queries as causes
from mediation.registry.mediators import committees, studios
from mediation.registry.mediators import queries as roster
from mediation.registry.people.rules import Sex
from mediation.registry.regions import queries as regions
from mediation.registry.staff import queries as staff
from mediation.registry.units import operations as units
from mediation.registry.units import queries
from mediation.registry.units.rules import UnitKind

bp = Blueprint("units", __name__)

# What pages call the details of a unit, for the list of its changes.
DETAILS = {
    "name": N_("名称"), "short_name": N_("简称"), "brand": N_("品牌"), "parent": N_("上级"),
    "area_code": N_("服务区域"), "number_word": N_("案号字"), "sector_types": N_("专门受理"),
    "established_record": N_("设立依据"),
    "is_court_listed": N_("法院特邀名册"), "court_code": N_("法院代码"), "address": N_("地址"), "phone": N_("电话"),
}


class UnitForm(StepForm):
    """What may be changed of a unit; field names are those of the operation."""

    name = Text(_l("名称"), [InputRequired()])
    short_name = Text(_l("简称"), longest=40)
    brand = Text(_l("品牌"))
    parent = SelectField(_l("上级"), [Optional()], validate_choice=True)
    area_code = SelectField(_l("服务区域"))
    number_word = Text(_l("案号字"), longest=12)
    types = SelectMultipleField(
        _l("专门受理（不选就是都受理）"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    established_record = Text(_l("设立依据（备案文号）"), longest=400)
    is_court_listed = BooleanField(_l("在法院特邀调解组织名册上"))
    court_code = Text(_l("法院代码（只有法院填）"), longest=12)
    address = Text(_l("地址"), longest=400)
    phone = Text(_l("电话"), longest=40)
    on = DateField(_l("从哪天起"), [InputRequired()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        centre_id, today = actor().centre_id, clock.today()
        self.parent.choices = [
            SelectChoice(each.public_id, indented(each)) for each in queries.units(centre_id, on=today)
        ]
        self.area_code.choices = area_choices(centre_id, self.area_code.data)
        main_types = [each for each in causes.types(on=today, centre_id=centre_id) if each.level == 1]
        self.types.choices = [SelectChoice(each.code, each.name) for each in main_types]
        if not self.on.data:
            self.on.data = today

    def details(self) -> dict:
        """Return the details as the operation takes them."""
        return {name: self[name].data for name in units.CHANGEABLE if name in self}


class NewUnitForm(UnitForm):
    kind = SelectField(_l("类别"), choices=[
        SelectChoice(kind.value, _l(kind.label)) for kind in UnitKind if kind is not UnitKind.CENTRE
    ])


class EndForm(DeskForm):
    on = DateField(_l("最后一天"), [InputRequired()])


class StudioForm(DeskForm):
    """Who joins a studio."""

    mediator = SelectField(_l("调解员"), [InputRequired(_l("选一个人"))])
    is_namesake = BooleanField(_l("工作室以他的名字命名"))

    def __init__(self, unit, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.mediator.choices = [
            SelectChoice(each.public_id, f"{each.name}　{each.unit.short_name}")
            for each in roster.pool(unit.centre_id, on=clock.today())
        ]


def area_choices(centre_id: int, chosen: str | None = None) -> list[SelectChoice]:
    """Return the county, its towns and their villages, in the order of their codes; ``chosen`` even when closed."""
    centre = queries.centre(centre_id)
    found = [regions.place(centre.area_code), *regions.places(centre_id)]
    valid = [place for place in found if place.code == chosen or place.is_valid(clock.today())]
    ordered = sorted(valid, key=lambda place: place.code)
    return [SelectChoice(place.code, f"{place.town} {place.short}".strip()) for place in ordered]


def _depth(unit):
    return unit.path.count("/") - 2


def indented(unit):
    return "　" * _depth(unit) + unit.name


@bp.get("/units")
@policy(Permission.UNITS_MANAGE)
def index():
    """The tree of units, by name and kind."""
    text, kind, ended = request.args.get("q", "").strip(), request.args.get("kind"), request.args.get("ended")
    found = queries.units(actor().centre_id, on=None if ended else clock.today())
    if text:
        found = [unit for unit in found if text in unit.name or text in unit.short_name]
    if kind in set(UnitKind):
        found = [unit for unit in found if unit.kind == kind]
    centre = queries.centre(actor().centre_id)
    names = {place.code: place.short for place in regions.places(centre.id)} | {centre.area_code: _("全部")}
    return render_template(
        "desk/units/index.html", units=found, kinds=UnitKind, depth=_depth, is_tree=not (text or kind), text=text,
        kind=kind, ended=ended, today=clock.today(), area_name=lambda unit: names.get(unit.area_code, ""),
    )


@bp.route("/units/new", methods=["GET", "POST"])
@policy(Permission.UNITS_MANAGE)
def create():
    """Create a unit below another one."""
    form = NewUnitForm(parent=request.args.get("parent"))
    if request.method == "GET" and form.parent.data:
        form.area_code.data = queries.get(form.parent.data, centre_id=actor().centre_id).area_code
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            public_id = units.create_unit(
                by=actor(), on=form.on.data, kind=form.kind.data, key=form.key.data, **form.details()
            )
        if done:
            flash(_("单位已建好"))
            return redirect(url_for("desk.units.show", public_id=public_id))
    return render_template("desk/units/create.html", form=form)


@bp.get("/units/<public_id:public_id>")
@policy(Permission.UNITS_MANAGE)
def show(public_id):
    """A unit: what it is, who holds posts in it, what stands below it, what it was before."""
    unit = queries.get(public_id, centre_id=actor().centre_id)
    names = {each.code: each.name for each in causes.types(on=clock.today(), centre_id=unit.centre_id)}
    below = [each for each in queries.branch(unit, on=clock.today()) if each.parent_id == unit.id]
    pasts = [
        (past, [_past_words(field, was, names) for field, was in past.was.items()]) for past in queries.pasts(unit.id)
    ]
    return render_template(
        "desk/units/show.html", unit=unit, above=queries.unit(unit.parent_id) if unit.parent_id else None, below=below,
        types=[names.get(code, code) for code in queries.types_of(unit)], posts=staff.posts_in(unit.id), pasts=pasts,
        area=regions.full_name(unit.area_code, centre_id=unit.centre_id), is_over=not unit.is_valid(clock.today()),
        **_people(unit),
    )


def _people(unit):
    """Return a body's mediators, what its composition lacks (PM-02), and who works in a studio."""
    people = committees.people_of(unit, on=clock.today())
    is_studio = unit.kind is UnitKind.STUDIO
    form = StudioForm(unit) if is_studio else None
    return {
        "people": people, "notes": committees.notes_on(unit, people, on=clock.today()), "is_studio": is_studio,
        "is_member": committees.is_member, "studio": studios.members(unit.id, on=clock.today()) if is_studio else [],
        "studio_form": form, "sexes": {sex.value: _(sex.label) for sex in Sex},
    }


@bp.post("/units/<public_id:public_id>/people")
@policy(Permission.UNITS_MANAGE)
def join_studio(public_id):
    """Take a mediator into a studio, or let one go."""
    unit = queries.get(public_id, centre_id=actor().centre_id)
    form = StudioForm(unit)
    if request.form.get("leave"):
        with transaction():
            studios.leave(public_id, request.form["leave"][:22], by=actor(), on=clock.today())
        flash(_("已从工作室移出"))
    elif form.validate_on_submit():
        with refused_on(form) as done, transaction():
            studios.join(
                public_id, form.mediator.data, by=actor(), on=clock.today(), is_namesake=form.is_namesake.data
            )
        flash(_("已加入工作室") if done else _("没有加上：已经是这个工作室的人"))
    return redirect(url_for("desk.units.show", public_id=public_id, _anchor="people"))


def _past_words(field, was, type_names):
    if field == "sector_types":
        was = _("、").join(type_names.get(code, code) for code in was.get("types", ())) or _("各类纠纷")
    elif field == "area_code":
        was = regions.full_name(was, centre_id=actor().centre_id)
    elif isinstance(was, bool):
        was = _("是") if was else _("否")
    return f"{_(DETAILS[field])} {was or _('没有填')}"


@bp.route("/units/<public_id:public_id>/change", methods=["GET", "POST"])
@policy(Permission.UNITS_MANAGE)
def change(public_id):
    """Change a unit from a day on."""
    unit = queries.get(public_id, centre_id=actor().centre_id)
    above = queries.unit(unit.parent_id) if unit.parent_id else None
    form = UnitForm(
        obj=unit, types=queries.types_of(unit), parent=above.public_id if above else None, version=unit.version
    )
    if above is None:
        del form.parent
    if form.validate_on_submit():
        with refused_on(form) as done:
            try:
                with transaction():
                    units.change_unit(
                        public_id, by=actor(), on=form.on.data, version=form.version.data, **form.details()
                    )
            except Stale as error:
                return conflict.answer(form, error, title=unit.name)
        if done:
            flash(_("变更已记下"))
            return redirect(url_for("desk.units.show", public_id=public_id))
    return render_template("desk/units/change.html", form=form, unit=unit)


@bp.route("/units/<public_id:public_id>/end", methods=["GET", "POST"])
@policy(Permission.UNITS_MANAGE)
def end(public_id):
    """End a unit with a day."""
    unit = queries.get(public_id, centre_id=actor().centre_id)
    form = EndForm(on=clock.today())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            units.end_unit(public_id, by=actor(), on=form.on.data)
        if done:
            flash(_("单位已撤销"))
            return redirect(url_for("desk.units.show", public_id=public_id))
    return render_template("desk/units/end.html", form=form, unit=unit)
