"""The platforms above: which there are, their fields in order, tried on running cases before they hold."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField
from wtforms.validators import InputRequired, Regexp

from mediation.doors.desk.platformforms import BLANK, DefinitionForm, FieldRow, data_of
from mediation.doors.shared.forms import StepForm, Text
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import RuleBroken
from mediation.registry.access.rules import Permission
from mediation.registry.platforms import operations as platforms
from mediation.registry.platforms import queries, rules
from mediation.registry.staff import queries as staff
from mediation.stages.copyout import trying

bp = Blueprint("platforms", __name__)


class NewForm(DefinitionForm):
    code = Text(_l("代码"), [InputRequired(), Regexp(rules.CODE, message=_l("用小写字母、数字、下划线"))], longest=30)


class EndForm(StepForm):
    on = DateField(_l("最后一天"), [InputRequired()])


@bp.get("/platforms")
@policy(Permission.SETTINGS_MANAGE)
def index():
    """List the platforms of the centre, and those that come with the program and may be taken up."""
    centre_id, today = actor().centre_id, clock.today()
    newest = queries.newest(centre_id)
    codes = {each.code for each in newest}
    ready = [(code, each) for code, each in queries.built_in().items() if code not in codes]
    return render_template("desk/platforms/index.html", platforms=newest, ready=ready, today=today)


@bp.route("/platforms/new", methods=["GET", "POST"])
@policy(Permission.SETTINGS_MANAGE)
def add():
    """Take up a platform: one that comes with the program, or one's own."""
    code = request.args.get("from", "")
    start = queries.built_in().get(code)
    form = NewForm(**(data_of(start) | {"code": code} if start else {"fields": [{}]}), valid_from=clock.today())
    if not start and not form.is_submitted():
        form.who.data = []

    def act(definition):
        with refused_on(form) as done, transaction():
            platforms.add(
                code=form.code.data, definition=definition, by=actor(), on=form.valid_from.data,
                reason=form.reason.data or "", key=form.key.data,
            )
        return done, _("“%(name)s”已启用，在办的案件正在排进来", name=definition.name)

    return _page(form, act, title=_("启用一个平台"))


@bp.route("/platforms/<public_id:public_id>", methods=["GET", "POST"])
@policy(Permission.SETTINGS_MANAGE)
def change(public_id):
    """One platform: its fields now, another definition from a day on, what it was before."""
    edition = queries.get(public_id, centre_id=actor().centre_id)
    form = DefinitionForm(
        **data_of(edition.definition), version=edition.version, valid_from=max(clock.today(), edition.valid_from)
    )

    def act(definition):
        with refused_on(form) as done, transaction():
            platforms.change(
                public_id, version=form.version.data or 0, definition=definition, valid_from=form.valid_from.data,
                reason=form.reason.data or "", by=actor(),
            )
        return done, _("已改，从%(day)s起照新的", day=form.valid_from.data)

    return _page(form, act, title=edition.name, edition=edition)


@bp.route("/platforms/<public_id:public_id>/end", methods=["GET", "POST"])
@policy(Permission.SETTINGS_MANAGE)
def end(public_id):
    """Let a platform be filled for the last time; what was entered stays on record."""
    edition = queries.get(public_id, centre_id=actor().centre_id)
    form = EndForm(on=clock.today(), version=edition.version)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            platforms.end(public_id, version=form.version.data or 0, by=actor(), on=form.on.data)
        if done:
            flash(_("“%(name)s”停用了", name=edition.name))
            return redirect(url_for("desk.platforms.index"))
    return render_template("desk/platforms/end.html", form=form, edition=edition)


@bp.post("/platforms/<public_id:public_id>/resume")
@policy(Permission.SETTINGS_MANAGE)
def resume(public_id):
    """Take back an end."""
    with transaction():
        platforms.resume(public_id, by=actor())
    flash(_("已恢复"))
    return redirect(url_for("desk.platforms.change", public_id=public_id))


def _page(form, act, *, title, edition=None):
    tried = definition = None
    if request.method == "POST" and "more" in request.form:
        form.one_more()
    elif form.validate_on_submit():
        definition = form.definition()
        if request.form.get("do") == "set":
            done, said = act(definition)
            if done:
                flash(said)
                return redirect(url_for("desk.platforms.index"))
        else:
            with refused_on(form):
                if bars := rules.obstacles(definition):
                    raise RuleBroken(*bars)
                tried = trying.tried(definition, centre_id=actor().centre_id)
    history = queries.history(edition.code, centre_id=actor().centre_id) if edition else []
    blank = FieldRow(prefix=f"fields-{BLANK}-")
    return render_template(
        "desk/platforms/definition.html", form=form, title=title, edition=edition, tried=tried, definition=definition,
        history=history, authors=staff.names(each.made_by_id for each in history), blank=blank, today=clock.today(),
    )
