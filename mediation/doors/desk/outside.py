"""What other systems call a case and how far it is there: entered and mirrored from the case."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectChoice, SelectField
from wtforms.validators import Optional

from mediation.casefile.cases import queries as cases
from mediation.casefile.outside import operations as outside
from mediation.casefile.outside import queries
from mediation.casefile.outside.rules import LONGEST_NUMBER, Status, System
from mediation.doors.shared import conflict
from mediation.doors.shared.forms import StepForm, Text
from mediation.doors.shared.guard import actor, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import Stale

bp = Blueprint("outside", __name__)

STEP = outside.STEP


class StatusForm(StepForm):
    """What the other system says of a case."""

    number = Text(_l("那里的编号"), [Optional()], longest=LONGEST_NUMBER)
    reached = SelectField(_l("在那里办到"), choices=[SelectChoice(each.value, _l(each.label)) for each in Status])
    said_on = DateField(_l("哪天说的"), [Optional()])
    note = Text(_l("备注"), [Optional()], longest=400)

    def told(self):
        """Return the values as the operations take them."""
        return {
            "number": self.number.data or "", "status": self.reached.data, "said_on": self.said_on.data,
            "note": self.note.data or "",
        }


class NumberForm(StatusForm):
    system = SelectField(_l("哪个系统"), choices=[SelectChoice(each.value, _l(each.label)) for each in System])


@bp.route("/cases/<public_id:public_id>/outside", methods=["GET", "POST"])
@step_page(STEP)
def add(public_id):
    """Show what other systems call the case, and enter one more."""
    case = cases.get(public_id, for_=actor())
    form = NumberForm(system=System.PROVINCE, reached=Status.UNKNOWN, said_on=clock.today())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            outside.add(
                public_id, system=form.system.data, by=actor(), on=clock.today(), key=form.key.data, **form.told()
            )
        if done:
            flash(_("已记下"))
            return redirect(url_for("desk.outside.add", public_id=public_id))
    case = cases.get(public_id, for_=actor())
    return render_template("desk/outside/add.html", form=form, case=case, rows=queries.of_case(case.id))


@bp.route("/outside/<public_id:public_id>", methods=["GET", "POST"])
@step_page(STEP)
def note(public_id):
    """Write down what the other system says now."""
    row, case = queries.get(public_id, for_=actor())
    form = StatusForm(data=_shown(outside.stored(row)))
    if not form.is_submitted():
        form.said_on.data = clock.today()
    if form.validate_on_submit():
        with refused_on(form) as done:
            try:
                with transaction():
                    outside.note(public_id, version=form.version.data, by=actor(), on=clock.today(), **form.told())
            except Stale as error:
                error.theirs = _shown(error.theirs)
                return conflict.answer(form, error, title=case.title)
        if done:
            flash(_("已记下"))
            return redirect(url_for("desk.outside.add", public_id=case.public_id))
    row, case = queries.get(public_id, for_=actor())
    return render_template("desk/outside/note.html", form=form, case=case, row=row)


def _shown(stored):
    return stored | {"reached": stored["status"]}
