"""A meeting on a hard case: several units asked at once, each by a task of its own."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.lifecycle import STEPS
from mediation.doors.desk import assisting
from mediation.doors.desk.proceedingforms import DatedForm, ticks
from mediation.doors.shared import cures
from mediation.doors.shared.forms import LongText
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.dutylists import queries as dutylists
from mediation.stages.assisting import operations

bp = Blueprint("meetings", __name__)


class MeetingForm(DatedForm):
    """Who comes to a meeting about a case, what it is about, until when they answer."""

    units = ticks(_l("请哪些单位"))
    other = SelectField(_l("另请一家"), [Optional()])
    wanted = LongText(_l("时间、地点、要商量什么"), [InputRequired(_l("写明几时在哪里、商量什么"))], longest=2000)
    due_on = DateField(_l("几号前会商"), [Optional()])


@bp.route("/cases/<public_id:public_id>/meeting", methods=["GET", "POST"])
@policy(STEPS["task.ask"])
def meeting(public_id):
    """Ask the units that the list of duties names, and others, to one meeting about a hard case (ST-02)."""
    case = cases.get(public_id, for_=actor())
    steps.require(STEPS["task.ask"], case, by=actor())
    today, others = clock.today(), assisting.others(case)
    likely = {each.lead_unit_id for each in dutylists.likely(case.story, centre_id=case.centre_id, on=today)}
    proposed = [each for each in others if each.id in likely]
    form = MeetingForm(data={
        "due_on": operations.usual_day(case, on=today), "units": [each.public_id for each in proposed],
        "wanted": "本案评为疑难复杂，请派人参加会商，一起定办法、定分工。\n时间：\n地点：\n要商量的：",
    })
    form.units.choices = [SelectChoice(each.public_id, each.name) for each in proposed]
    form.other.choices = [SelectChoice("", "—")]
    form.other.choices += [SelectChoice(each.public_id, each.name) for each in others if each not in proposed]
    if form.validate_on_submit():
        asked = [*(form.units.data or ()), *([form.other.data] if form.other.data else [])]
        with refused_on(form) as done, transaction():
            operations.convene(
                public_id, by=actor(), units_=asked, wanted=form.wanted.data, due_on=form.due_on.data, **form.dated()
            )
        if done:
            flash(_("已请 %(count)s 家会商，等它们答复", count=len(set(asked))))
            return redirect(url_for("desk.cases.show", public_id=public_id, _anchor="assisting"))
        case = cases.get(public_id, for_=actor())
    return render_template(
        "desk/meetings/ask.html", form=form, case=case, standing=cures.standing("task.ask", case)
    )
