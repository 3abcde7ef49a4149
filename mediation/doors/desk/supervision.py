"""Looking into a case from above, with a reason."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from mediation.casefile.cases import queries as cases
from mediation.doors.shared.forms import CreatingForm, Text
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground.db import transaction
from mediation.oversight.supervision import operations as supervision
from mediation.oversight.supervision.rules import LONGEST_REASON
from mediation.registry.access.rules import Depth, Permission

bp = Blueprint("supervision", __name__)


class LookForm(CreatingForm):
    """Why the contents are looked at."""

    reason = Text(_l("理由"), [InputRequired(_l("看内容要写理由"))], longest=LONGEST_REASON)


@bp.route("/cases/<public_id:public_id>/look", methods=["GET", "POST"])
@policy(Permission.CASES_LOOK_INTO)
def look(public_id):
    """Ask for the contents of a case; its unit is told who looked."""
    case = cases.get(public_id, for_=actor(), depth=Depth.PROGRESS)
    form = LookForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            supervision.look_into(public_id, reason=form.reason.data, by=actor(), key=form.key.data)
        if done:
            flash(_("30 分钟内可以看本案内容，已告诉承办单位"))
            return redirect(url_for("desk.cases.show", public_id=public_id))
    return render_template("desk/supervision/look.html", form=form, case=case)
