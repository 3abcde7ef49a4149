"""The official list of causes of action: which editions there are, and taking over a new one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField
from wtforms.validators import InputRequired

from mediation.doors.shared.filed import FileForm
from mediation.doors.shared.forms import Text
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission
from mediation.registry.causes import operations as causes
from mediation.registry.causes import queries
from mediation.registry.settings.rules import Kind

bp = Blueprint("causes", __name__)

FOUND = 60


class ListForm(FileForm):
    valid_from = DateField(_l("从哪天起施行"), [InputRequired()])
    source = Text(_l("文号"), [InputRequired()], longest=400)


@bp.route("/causes", methods=["GET", "POST"])
@policy(Permission.SETTINGS_MANAGE)
def index():
    """The editions, a look-up in the present one, and a new edition: shown first, then taken over."""
    by, preview = actor(), None
    form = ListForm(valid_from=clock.today())
    if form.validate_on_submit():
        data = form.content()
        with refused_on(form) as done:
            preview = causes.preview_causes(data, valid_from=form.valid_from.data, centre_id=by.centre_id)
        if done and request.form.get("do") == "import":
            with refused_on(form) as done, transaction():
                causes.import_causes(data, by=by, valid_from=form.valid_from.data, source=form.source.data)
            if done:
                flash(_("案由表已导入，旧案件保留旧案由"))
                return redirect(url_for("desk.causes.index"))
    text = request.args.get("q", "").strip()
    found = queries.search(text, on=clock.today(), centre_id=by.centre_id, limit=FOUND) if text else []
    return render_template(
        "desk/settings/causes.html", form=form, preview=preview, lists=queries.cause_lists(by.centre_id), text=text,
        found=found, kinds=Kind,
    )
