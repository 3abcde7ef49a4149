"""Who mediates: the head assigns, the mediator answers about recusal, takes on or steps back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from wtforms.fields.choices import SelectChoice

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import DISPUTING_ROLES, FROM_COURT
from mediation.doors.desk import proceedingforms as forms
from mediation.doors.shared.guard import actor, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.causes import queries as causes
from mediation.stages.proceedings import appointment, candidates, lookhere, queries
from mediation.stages.proceedings.appointing.rules import AppointmentMode, RecusalQuestion
from mediation.stages.proceedings.recommendation import PartKind

bp = Blueprint("appointments", __name__)


@bp.route("/proceedings/<public_id:public_id>/assign", methods=["GET", "POST"])
@step_page("proceeding.assign")
def assign(public_id):
    """Give a case to one or several mediators."""
    return _appoint(public_id, forms.AssignForm(), appointment.assign)


@bp.route("/proceedings/<public_id:public_id>/reassign", methods=["GET", "POST"])
@step_page("proceeding.reassign")
def reassign(public_id):
    """Give a running case to somebody else."""
    return _appoint(public_id, forms.ReassignForm(), appointment.reassign)


def _appoint(public_id, form, act):
    proceeding, case = queries.get(public_id, for_=actor())
    found = candidates.available_for(proceeding, case, on=clock.today())
    people = [SelectChoice(each.public_id, each.name) for each in found]
    form.mediators.choices = form.presider.choices = people
    form.mode.choices = forms.choices(AppointmentMode)
    if not form.is_submitted():
        _suggest(form, found)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            act(
                public_id, by=actor(), mediator_public_ids=form.mediators.data or [],
                presider_public_id=form.presider.data or None, mode=form.mode.data,
                override=form.override.data or None, **form.dated(),
            )
        if done:
            flash(_("已指派，等调解员答回避四问"))
            return redirect(url_for("desk.cases.show", public_id=case.public_id))
    proceeding, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/proceedings/assign.html", form=form, case=case, proceeding=proceeding, candidates=found,
        types={kind.code: kind.name for kind in causes.types(on=clock.today(), centre_id=case.centre_id)},
        for_court=proceeding.basis in FROM_COURT,
        now_on=[row.mediator.name for row in queries.mediators_on(proceeding.id)],
    )


def _suggest(form, found):
    """Tick whoever stands first, so that one key assigns them; the parties' own choice is named as theirs."""
    form.mode.data = AppointmentMode.APPOINTED.value
    top = next((each for each in found if not each.bars), None)
    if top is None:
        return
    form.mediators.data = [top.public_id]
    if any(part.kind is PartKind.CHOSEN_BY_ALL for part in top.parts):
        form.mode.data = AppointmentMode.CHOSEN.value


@bp.route("/proceedings/<public_id:public_id>/take-on", methods=["GET", "POST"])
@step_page("proceeding.take_on")
def take_on(public_id):
    """Answer the four questions and take the case on."""
    proceeding, case = queries.get(public_id, for_=actor())
    form = forms.TakeOnForm(waived_on=clock.today())
    parties = [party for party in cases.parties_of(case.id) if party.role in DISPUTING_ROLES]
    form.waivers.choices = [SelectChoice(party.public_id, party.name) for party in parties]
    if form.validate_on_submit():
        answers = form.answers()
        words = {question: form.words.data or "" for question, yes in answers.items() if yes}
        waivers = dict.fromkeys(form.waivers.data or (), form.waived_on.data or clock.today())
        with refused_on(form) as done, transaction():
            appointment.take_on(public_id, by=actor(), answers=answers, words=words, waivers=waivers, **form.dated())
        if done:
            flash(_("已接案。先问各方是否同意调解，再告知权利义务"))
            return redirect(url_for("desk.proceedings.record_consent", public_id=case.public_id))
        proceeding, case = queries.get(public_id, for_=actor())
        parties = cases.parties_of(case.id)
    return render_template(
        "desk/proceedings/take_on.html", form=form, case=case, proceeding=proceeding, parties=parties,
        questions=list(RecusalQuestion), signs=_signs(proceeding, case),
    )


def _signs(proceeding, case):
    """Return what the register notices about the reader and this case; it decides nothing (row 42)."""
    own = (row for row in queries.mediators_on(proceeding.id) if row.mediator.account_id == actor().account_id)
    return [sign for row in own for sign in lookhere.signs(row.mediator, case)]


@bp.route("/proceedings/<public_id:public_id>/step-back", methods=["GET", "POST"])
@step_page("proceeding.step_back")
def step_back(public_id):
    """Do not take the case on."""
    _proceeding, case = queries.get(public_id, for_=actor())
    form = forms.StepBackForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            appointment.step_back(
                public_id, by=actor(), on=clock.today(), key=form.key.data, why=form.why.data, answers=form.answers()
            )
        if done:
            flash(_("已退回单位负责人，另派调解员"))
            return redirect(url_for("desk.home.start"))
        _proceeding, case = queries.get(public_id, for_=actor())
    return render_template("desk/proceedings/step_back.html", form=form, case=case)
