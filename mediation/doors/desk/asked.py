"""The few more questions of a case's type, asked while the visitor is still here or later."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from wtforms import DateField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.doors.shared import conflict
from mediation.doors.shared.forms import StepForm, Text
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import Stale
from mediation.registry.causes.asking import LONGEST_ANSWER, QuestionKind
from mediation.stages.intake import asked

bp = Blueprint("asked", __name__)

YES_NO = ("是", "否")


def _form(questions):
    """Return a form class with one field for each question."""
    fields = {f"answer{at}": _field(each) for at, each in enumerate(questions)}
    return type("AskedForm", (StepForm,), fields)


def _field(question):
    if question.kind == QuestionKind.DAY:
        return DateField(question.label, [Optional()])
    options = question.options or (YES_NO if question.kind == QuestionKind.YES_NO else ())
    if options:
        words = [SelectChoice(each, _(each)) for each in YES_NO] if options == YES_NO else [
            SelectChoice(each, each) for each in options
        ]
        return RadioField(question.label, [Optional()], choices=[*words, SelectChoice("", _("没有问"))])
    if question.kind in (QuestionKind.NUMBER, QuestionKind.MONEY):
        return StringField(question.label, [Optional()], render_kw={"inputmode": "decimal", "maxlength": 20})
    return Text(question.label, [Optional()], longest=LONGEST_ANSWER)


@bp.route("/cases/<public_id:public_id>/asked", methods=["GET", "POST"])
@policy(STEPS["case.supplement"])
def answer(public_id):
    """Ask what the type of the case asks; each may stay open."""
    case = cases.get(public_id, for_=actor())
    questions = asked.questions(case)
    kept = case.type_answers or {}
    form = _form(questions)(data={
        "version": case.version, **{f"answer{at}": _shown(each, kept) for at, each in enumerate(questions)}
    })
    if form.validate_on_submit():
        given = {each.label: str(form[f"answer{at}"].data or "") for at, each in enumerate(questions)}
        there = url_for("desk.cases.show", public_id=public_id)
        with refused_on(form) as done:
            try:
                with transaction():
                    asked.answer(public_id, given, version=form.version.data or 0, by=actor(), on=clock.today())
            except Stale as faster:
                faster.theirs = {
                    f"answer{at}": faster.theirs.get(each.label, "") for at, each in enumerate(questions)
                } | {"version": faster.theirs["version"]}
                return conflict.answer(form, faster, title=case.title, latest_url=there)
        if done:
            flash(_("已记下"))
            return redirect(there)
        case = cases.get(public_id, for_=actor())
    return render_template(
        "desk/asked/answer.html", form=form, case=case, questions=questions, papers=asked.papers(case),
    )


def _shown(question, kept):
    """Return an answer as its field takes it; one that was given when the question asked otherwise stays out."""
    value = kept.get(question.label, "")
    if question.kind != QuestionKind.DAY:
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
