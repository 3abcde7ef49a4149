"""How hard a case is and how much it presses: what the rule table proposes and why, confirmed or changed."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from mediation.casefile.cases import progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import Grade, GradeReason, Urgency
from mediation.doors.desk.proceedingforms import choices
from mediation.doors.shared.forms import CreatingForm, Text
from mediation.doors.shared.guard import actor, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Kind
from mediation.registry.staff import queries as staff
from mediation.stages.intake import grading

bp = Blueprint("grading", __name__)

GRADED = ("case.screen", "case.grade")


class GradeForm(CreatingForm):
    """A grade, an urgency, and why where they are not those of before."""

    grade = RadioField(_l("难易"), [InputRequired(_l("选一项"))])
    urgency = RadioField(_l("缓急"), [InputRequired(_l("选一项"))])
    reason = SelectField(_l("为什么改（没改不用选）"), [Optional()])
    words = Text(_l("说明"), longest=400)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.grade.choices = [SelectChoice(each.value, _(each.label)) for each in Grade]
        self.urgency.choices = [SelectChoice(each.value, _(each.label)) for each in Urgency]
        self.reason.choices = choices(GradeReason, _("没改"))


@bp.route("/cases/<public_id:public_id>/grade", methods=["GET", "POST"])
@step_page("case.grade")
def grade(public_id):
    """Show what the facts propose and what the case has; confirm it, or change it with a reason."""
    case = cases.get(public_id, for_=actor())
    proposed = grading.proposal(case)
    form = GradeForm(data={
        "grade": case.grade or proposed.grade.value, "urgency": case.urgency or proposed.urgency.value,
    })
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            grading.settle(
                public_id, grade=form.grade.data, urgency=form.urgency.data, reason=form.reason.data or None,
                words=form.words.data, by=actor(), on=clock.today(), key=form.key.data,
            )
        if done:
            flash(_("难易缓急已登记"))
            return redirect(url_for("desk.cases.show", public_id=public_id))
        case = cases.get(public_id, for_=actor())
    return render_template(
        "desk/grading/grade.html", form=form, case=case, proposed=proposed, ways=_ways(case), earlier=_earlier(case),
    )


def _ways(case):
    """Return how each grade is handled here, by grade."""
    found = {each: settings.value(Kind.TEXT, f"ST-02.way.{each}", on=case.law_on, centre_id=case.centre_id)
             for each in Grade}
    return {each.value: words for each, words in found.items() if words}


def _earlier(case):
    """Return what the case was graded as, the newest first: day, grade, urgency, who, why."""
    taken = [step for step in progress.history(case.id) if step.step in GRADED and step.facts.get("grade")]
    names = staff.names({step.account_id for step in taken})
    return [
        (step.on, Grade(step.facts["grade"]), Urgency(step.facts["urgency"]), names.get(step.account_id) or _("系统"),
         GradeReason(step.facts["why"]) if step.facts.get("why") else None, step.reason)
        for step in reversed(taken)
    ]
