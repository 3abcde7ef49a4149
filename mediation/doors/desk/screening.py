"""What is asked and put right after a registration: the five questions, a danger learnt of later, a correction."""

from flask import Blueprint, flash, redirect, render_template, url_for

from mediation.casefile.cases import queries as cases
from mediation.doors.desk.intakeforms import CorrectForm, LearnForm, ScreenForm
from mediation.doors.shared import conflict
from mediation.doors.shared.guard import actor, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import Stale
from mediation.stages.intake import corrections, rules
from mediation.stages.intake import operations as intake
from mediation.stages.mending import operations as mending
from mediation.stages.mending import queries as waiting_corrections

bp = Blueprint("screening", __name__)


@bp.route("/cases/<public_id:public_id>/screen", methods=["GET", "POST"])
@step_page("case.screen")
def screen(public_id):
    """Ask the five questions of a case that came in without them."""
    case = cases.get(public_id, for_=actor())
    parties = cases.parties_of(case.id)
    form = ScreenForm(parties=parties)
    if form.validate_on_submit():
        if form.answers() is None:
            form.form_errors.append(_("五问还没答：有就勾，都没有就勾“都没有”"))
        else:
            with refused_on(form) as done, transaction():
                intake.screen(
                    public_id, answers=form.answers(), victim=form.victim.data or None, capacity=form.victim_capacity(),
                    by=actor(), on=clock.today(), key=form.key.data,
                )
            if done:
                _tell_hints(form.answers(), _("筛查已登记"))
                return redirect(url_for("desk.cases.show", public_id=public_id))
    return render_template(
        "desk/intake/screen.html", form=form, case=cases.get(public_id, for_=actor()), clues=rules.clues(case.story),
        questions=list(rules.Question),
    )


@bp.route("/cases/<public_id:public_id>/learn-risk", methods=["GET", "POST"])
@step_page("case.learn_risk")
def learn_risk(public_id):
    """Record a danger that was seen or heard of after the screening."""
    case = cases.get(public_id, for_=actor())
    form = LearnForm(parties=cases.parties_of(case.id))
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            intake.learn_risk(
                public_id, yes=form.ticked(), words=form.words.data, victim=form.victim.data or None,
                capacity=form.victim_capacity(), by=actor(), on=clock.today(), key=form.key.data,
            )
        if done:
            _tell_hints(dict.fromkeys(form.ticked(), True), _("已登记，要报告的见“责任”"))
            return redirect(url_for("desk.cases.show", public_id=public_id))
    return render_template(
        "desk/intake/learn_risk.html", form=form, case=cases.get(public_id, for_=actor()),
        known=[question for question in rules.Question if case.screening.get(question)], questions=list(rules.Question),
    )


def _tell_hints(answers, said):
    """Say what is to be told to the visitor because of the answers (MH-01, MH-03, MH-13)."""
    hints = [_(hint.label) for hint in rules.hints_for(answers)]
    flash(_("。").join([said, *hints]))


@bp.route("/cases/<public_id:public_id>/correct", methods=["GET", "POST"])
@step_page("case.correct")
def correct(public_id):
    """Put a registration right; the later of two people chooses between both versions."""
    case = cases.get(public_id, for_=actor())
    stored = CorrectForm.words_of(corrections.stored(case))
    form = CorrectForm(data=stored)
    if form.validate_on_submit():
        there = url_for("desk.cases.show", public_id=public_id)
        changed = corrections.differing(case, form.changes())
        if not changed and conflict.is_settled():
            flash(_("留下的是对方存的，您的改动没有存"))
            return redirect(there)
        asks = corrections.weighs(case, changed)
        said = {
            "version": form.version.data, "reason": form.reason.data, "by": actor(), "on": clock.today(),
        }
        with refused_on(form) as done:
            try:
                with transaction():
                    if asks:
                        asked = mending.ask_to_correct(public_id, form.changes(), key=form.key.data, **said)
                    else:
                        intake.correct(public_id, form.changes(), **said)
            except Stale as faster:
                faster.theirs = CorrectForm.words_of(faster.theirs)
                return conflict.answer(form, faster, title=case.title, latest_url=there)
        if done and asks:
            flash(_("已申请，批准以前什么都没有变"))
            return redirect(url_for("desk.mending.decide", public_id=asked))
        if done:
            flash(_("已更正，改前改后都留着"))
            return redirect(there)
    case = cases.get(public_id, for_=actor())
    return render_template(
        "desk/intake/correct.html", form=form, case=case, waiting=waiting_corrections.open_of(case.id),
        weighty=[_(corrections.Field(name).label) for name in corrections.FIELDS if name in corrections.WEIGHTY],
    )
