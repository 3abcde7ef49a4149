"""Risk duties: the record that a report was made."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField
from wtforms.validators import InputRequired, Optional

from mediation.casefile.duties import operations as duties
from mediation.casefile.duties import queries
from mediation.doors.shared.forms import LongText, StepForm, Text
from mediation.doors.shared.guard import actor, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction

bp = Blueprint("duties", __name__)


class ReportForm(StepForm):
    """To whom, when, under which receipt; by whom is who is logged in."""

    to = Text(_l("报给谁"), [InputRequired(_l("没有写报告给谁"))])
    reported_at = DateTimeLocalField(
        _l("什么时候报的"), [InputRequired(_l("没有写什么时候报告的"))], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
    )
    receipt_no = Text(_l("对方的接收编号"), [InputRequired(_l("没有写对方的接收编号"))], longest=80)
    measures = LongText(_l("采取了什么措施"), [Optional()], longest=400)


@bp.route("/duties/<public_id:public_id>/report", methods=["GET", "POST"])
@step_page("duty.report")
def report(public_id):
    """Record the report that discharges a duty."""
    duty, case = queries.get(public_id, for_=actor())
    form = ReportForm(reported_at=clock.local(clock.now()).replace(tzinfo=None))
    if form.validate_on_submit():
        at = form.reported_at.data.replace(tzinfo=clock.SHANGHAI)
        with refused_on(form) as done, transaction():
            duties.report(
                public_id, to=form.to.data, at=at, receipt_no=form.receipt_no.data, measures=form.measures.data or "",
                by=actor(), on=clock.today(), key=form.key.data,
            )
        if done:
            flash(_("已登记报告"))
            return redirect(url_for("desk.cases.show", public_id=case.public_id))
        duty, case = queries.get(public_id, for_=actor())
    return render_template("desk/duties/report.html", form=form, duty=duty, case=case)
