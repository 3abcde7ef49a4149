"""The tree of dispute types: what each is from a day on, added, renamed or ended after a look at what that does."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from mediation.casefile.cases import queries as cases
from mediation.doors.desk import typewords
from mediation.doors.desk.typeforms import AddTypeForm, ChangeTypeForm, EndTypeForm
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission
from mediation.registry.causes import operations, queries
from mediation.registry.causes.rules import line_of

bp = Blueprint("types", __name__)

MANAGE = Permission.SETTINGS_MANAGE


@bp.get("/settings/types")
@policy(MANAGE)
def index():
    """The tree as it stands on a day, each type below the one above it; ended ones on request."""
    by, day = actor(), typewords.day(request.args.get("on"))
    text, with_ended = request.args.get("q", "").strip()[:60], request.args.get("ended") == "1"
    found = queries.every_type(on=day, centre_id=by.centre_id) if with_ended else queries.types(
        on=day, centre_id=by.centre_id
    )
    if text:
        hit = {each.code for each in found if text in each.name or text.lower() in (each.initials, each.code)}
        above = {code for each in hit for code in line_of(each)}
        found = [each for each in found if each.code in above or hit.intersection(line_of(each.code))]
    return render_template(
        "desk/types/index.html", types=found, day=day, text=text, with_ended=with_ended,
        own=queries.own_codes(by.centre_id), traits=typewords.traits_of,
    )


@bp.get("/settings/types/<string(maxlength=40):type_code>")
@policy(MANAGE)
def show(type_code):
    """One type: what it is today, what it leads to, everything it has been and who made it so."""
    by, kind = actor(), _kind(type_code)
    today = clock.today()
    return render_template(
        "desk/types/show.html", kind=kind, line=typewords.line(type_code, by),
        look=typewords.look(kind, on=today, by=by),
        below=queries.types_below(type_code, on=today, centre_id=by.centre_id), log=typewords.log(type_code, by),
        is_main=kind.parent_code is None, may_add=kind.level < operations.DEEPEST and kind.is_valid(today),
        open_cases=cases.open_of_type(type_code, centre_id=by.centre_id), most=cases.COUNT_UP_TO,
    )


@bp.route("/settings/types/<string(maxlength=40):type_code>/add", methods=["GET", "POST"])
@policy(MANAGE)
def add(type_code):
    """A local type below this one."""
    by, above = actor(), _kind(type_code)
    form = AddTypeForm(data={"valid_from": clock.today()})
    new = operations.free_code(type_code, by=by)

    def make():
        return operations.added(new, form.name.data, by=by, on=form.valid_from.data, **form.parts())

    def publish():
        operations.add_type(new, form.name.data, by=by, on=form.valid_from.data, why=form.why.data, **form.parts())

    return _published(form, above, make, publish, title=_("“%(name)s”下面加一个类型", name=above.name))


@bp.route("/settings/types/<string(maxlength=40):type_code>/change", methods=["GET", "POST"])
@policy(MANAGE)
def change(type_code):
    """Another name, other words, papers or questions from a day on."""
    by, kind = actor(), _kind(type_code)
    own = operations.own_part(type_code, by=by)
    form = ChangeTypeForm(data=ChangeTypeForm.data_of(own) | {"valid_from": clock.today()})

    def parts():
        return {"name": form.name.data} | form.parts()

    def make():
        return operations.changed_type(type_code, by=by, on=form.valid_from.data, **parts())

    def publish():
        operations.change_type(type_code, by=by, on=form.valid_from.data, why=form.why.data, **parts())

    return _published(form, kind, make, publish, title=_("改“%(name)s”", name=kind.name), before=own)


@bp.route("/settings/types/<string(maxlength=40):type_code>/end", methods=["GET", "POST"])
@policy(MANAGE)
def end(type_code):
    """The last day of a type, and which one to choose afterwards."""
    by, kind = actor(), _kind(type_code)
    form = EndTypeForm(data={"valid_to": clock.today()})
    form.successor.choices = typewords.successors(kind, by)

    def make():
        return operations.closed_type(type_code, by=by, on=form.valid_to.data, successor=form.successor.data or None)

    def publish():
        operations.close_type(
            type_code, by=by, on=form.valid_to.data, successor=form.successor.data or None, why=form.why.data
        )

    own = operations.own_part(type_code, by=by)
    return _published(form, kind, make, publish, title=_("停用“%(name)s”", name=kind.name), before=own)


def _published(form, kind, make, publish, *, title, before=None):
    """Show what a change does first; the second button makes it so."""
    by, shown = actor(), None
    if form.validate_on_submit():
        if request.form.get("do") == "publish":
            with refused_on(form) as done, transaction():
                publish()
            if done:
                flash(_("已发布，旧案件保留原来的类型和名称"))
                return redirect(url_for("desk.types.show", type_code=kind.code))
        else:
            with refused_on(form) as done:
                after = make()
            if done:
                shown = typewords.preview(after, before=before, on=form.effective_on(), by=by)
    return render_template("desk/types/form.html", form=form, kind=kind, title=title, shown=shown)


def _kind(code):
    found = queries.dispute_type(code, centre_id=actor().centre_id)
    if found is None:
        abort(404)
    return found
