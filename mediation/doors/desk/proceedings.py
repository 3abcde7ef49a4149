"""Proceedings: a unit accepts, assigns; a mediator takes on; parties consent and are told; more time; the end."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import DISPUTING_ROLES, FROM_COURT, Consent, basis_of
from mediation.casefile.papers import operations as papers
from mediation.doors.desk import proceedingforms as forms
from mediation.doors.shared.guard import actor, step_page
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.stages.proceedings import appointment, queries, rules
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.proceedings.periods import Procedure
from mediation.stages.proceedings.rules import AppointmentMode, RecusalQuestion, RefusalGround, TerminationGround

bp = Blueprint("proceedings", __name__)


def _disputing(case):
    return [party for party in cases.parties_of(case.id) if party.role in DISPUTING_ROLES]


def _names(case):
    return [SelectChoice(party.public_id, party.name) for party in _disputing(case)]


def _to_case(case, said):
    flash(said)
    return redirect(url_for("desk.cases.show", public_id=case.public_id))


@bp.route("/cases/<public_id:public_id>/accept", methods=["GET", "POST"])
@step_page("proceeding.accept")
def accept(public_id):
    """Accept a case: the body's number is given and the time for mediating starts."""
    case = cases.get(public_id, for_=actor())
    from_court = basis_of(case.source) in FROM_COURT
    form = forms.AcceptForm(court_received_on=case.court_received_on, procedure=case.court_procedure)
    form.procedure.choices = forms.choices(Procedure, "—")
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            proceeding = proceedings.accept(
                public_id, by=actor(), on=clock.today(), key=form.key.data,
                court_received_on=form.court_received_on.data if from_court else None,
                procedure=(form.procedure.data or None) if from_court else None,
            )
        if done:
            flash(_("已受理，请指派调解员"))
            return redirect(url_for("desk.proceedings.assign", public_id=proceeding))
    return render_template("desk/proceedings/accept.html", form=form, case=case, from_court=from_court)


@bp.route("/cases/<public_id:public_id>/refuse", methods=["GET", "POST"])
@step_page("proceeding.refuse")
def refuse(public_id):
    """Do not accept a case, and say what else is open."""
    case = cases.get(public_id, for_=actor())
    form = forms.RefuseForm()
    form.ground.choices = forms.choices(RefusalGround)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            proceedings.refuse(
                public_id, by=actor(), on=clock.today(), key=form.key.data, ground=form.ground.data,
                words=form.words.data or "", notice_given=form.notice_given.data,
            )
        if done:
            return _to_case(case, _("已登记不予受理"))
    return render_template("desk/proceedings/refuse.html", form=form, case=case)


@bp.route("/proceedings/<public_id:public_id>/assign", methods=["GET", "POST"])
@step_page("proceeding.assign")
def assign(public_id):
    """Give a case to one or several mediators."""
    return _appoint(public_id, forms.AssignForm, appointment.assign, _("指派调解员"), _("已指派，等调解员答回避四问"))


@bp.route("/proceedings/<public_id:public_id>/reassign", methods=["GET", "POST"])
@step_page("proceeding.reassign")
def reassign(public_id):
    """Give a case to somebody else."""
    return _appoint(public_id, forms.ReassignForm, appointment.reassign, _("改派调解员"), _("已改派"))


def _appoint(public_id, form_class, act, title, said):
    proceeding, case = queries.get(public_id, for_=actor())
    candidates = queries.available_for(proceeding, case, on=clock.today())
    form = form_class(mode=AppointmentMode.APPOINTED.value)
    people = [SelectChoice(each.public_id, each.name) for each in candidates]
    form.mediators.choices = people
    form.presider.choices = [SelectChoice("", "—"), *people]
    form.mode.choices = forms.choices(AppointmentMode)
    if form.validate_on_submit():
        more = {"why": form.why.data} if form_class is forms.ReassignForm else {}
        with refused_on(form) as done, transaction():
            act(
                public_id, by=actor(), on=clock.today(), key=form.key.data, mediator_public_ids=form.mediators.data or [],
                presider_public_id=form.presider.data or None, mode=form.mode.data, **more,
            )
        if done:
            return _to_case(case, said)
    return render_template("desk/proceedings/assign.html", form=form, case=case, candidates=candidates, title=title)


@bp.route("/proceedings/<public_id:public_id>/take-on", methods=["GET", "POST"])
@step_page("proceeding.take_on")
def take_on(public_id):
    """Answer the four questions and take the case on."""
    proceeding, case = queries.get(public_id, for_=actor())
    form = forms.TakeOnForm(waived_on=clock.today())
    form.waivers.choices = _names(case)
    if form.validate_on_submit():
        answers = {question: form[question.value].data == forms.YES for question in RecusalQuestion}
        words = {question: form.words.data or "" for question, yes in answers.items() if yes}
        waivers = dict.fromkeys(form.waivers.data or (), form.waived_on.data or clock.today())
        with refused_on(form) as done, transaction():
            appointment.take_on(
                public_id, by=actor(), on=clock.today(), key=form.key.data, answers=answers, words=words, waivers=waivers
            )
        if done:
            flash(_("已接案。先问各方是否同意调解，再告知权利义务"))
            return redirect(url_for("desk.proceedings.record_consent", public_id=case.public_id))
    return render_template(
        "desk/proceedings/take_on.html", form=form, case=case, proceeding=proceeding, questions=list(RecusalQuestion)
    )


@bp.route("/proceedings/<public_id:public_id>/step-back", methods=["GET", "POST"])
@step_page("proceeding.step_back")
def step_back(public_id):
    """Do not take the case on."""
    _proceeding, case = queries.get(public_id, for_=actor())
    form = forms.WhyForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            appointment.step_back(public_id, by=actor(), on=clock.today(), key=form.key.data, why=form.why.data)
        if done:
            flash(_("已退回单位负责人，另派调解员"))
            return redirect(url_for("desk.home.start"))
    return render_template("desk/proceedings/step_back.html", form=form, case=case)


@bp.route("/cases/<public_id:public_id>/consent", methods=["GET", "POST"])
@step_page("case.record_consent")
def record_consent(public_id):
    """Record what each party says to mediation; a clear refusal leads to the end (RT-02)."""
    case = cases.get(public_id, for_=actor())
    parties = _disputing(case)
    form = forms.ConsentsForm(
        parties=[
            {"party": party.public_id, "consent": party.consent.value, "form": party.consent_form or "", "on": party.consent_on}
            for party in parties
        ]
    )
    if form.validate_on_submit():
        answers = {
            entry.form.party.data: proceedings.Answer(
                entry.form.consent.data, entry.form.form.data or None, entry.form.on.data or clock.today(),
                {forms.YES: True, forms.NO: False}.get(entry.form.takes_mediator.data),
            )
            for entry in form.parties
            if entry.form.consent.data != Consent.PENDING
        }
        with refused_on(form) as done, transaction():
            proceedings.record_consent(public_id, by=actor(), on=clock.today(), key=form.key.data, answers=answers)
        if done:
            return _after_consent(case)
    names = {party.public_id: party.name for party in parties}
    return render_template("desk/proceedings/consent.html", form=form, case=case, names=names)


def _after_consent(case):
    proceeding = queries.current(case.id)
    must = queries.must_end(proceeding, case) if proceeding else None
    if must is not None:
        flash(_("有一方明确拒绝，调解不能再进行，请终止并引导"))
        return redirect(url_for("desk.proceedings.end", public_id=proceeding.public_id, ground=must.ground, party=must.party))
    return _to_case(case, _("已登记"))


@bp.route("/proceedings/<public_id:public_id>/inform", methods=["GET", "POST"])
@step_page("proceeding.inform")
def inform(public_id):
    """Record that each party was told its rights and duties; print the notice."""
    proceeding, case = queries.get(public_id, for_=actor())
    parties = _disputing(case)
    form = forms.NoticesForm(
        parties=[{"party": party.public_id, "form": party.rights_notice_form or ""} for party in parties]
    )
    if form.validate_on_submit():
        if request.form.get("do") == "print":
            with refused_on(form) as done, transaction():
                paper = proceedings.issue_rights_notice(public_id, by=actor(), on=clock.today())
            if done:
                return redirect(url_for("desk.papers.download", public_id=paper))
        else:
            told = {entry.form.party.data: entry.form.form.data for entry in form.parties if entry.form.form.data}
            with refused_on(form) as done, transaction():
                proceedings.inform(public_id, by=actor(), on=clock.today(), key=form.key.data, told=told)
            if done:
                return _to_case(case, _("已登记告知"))
    return render_template(
        "desk/proceedings/inform.html", form=form, case=case, names={party.public_id: party.name for party in parties},
        paper=papers.newest(case.id, "rights_notice"), proceeding=proceeding,
    )


@bp.route("/proceedings/<public_id:public_id>/extend", methods=["GET", "POST"])
@step_page("proceeding.extend")
def extend(public_id):
    """Give more time, with the consent of all."""
    proceeding, case = queries.get(public_id, for_=actor())
    form = forms.ExtendForm()
    form.consenting.choices = _names(case)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            proceedings.extend(
                public_id, by=actor(), on=clock.today(), key=form.key.data, until=form.until.data,
                consenting=form.consenting.data or [], reason=form.reason.data, paper=form.paper.data,
            )
        if done:
            return _to_case(case, _("期限已延长"))
    return render_template("desk/proceedings/extend.html", form=form, case=case, clock=queries.last_clock(proceeding))


@bp.route("/proceedings/<public_id:public_id>/end", methods=["GET", "POST"])
@step_page("proceeding.end")
def end(public_id):
    """End without an agreement, at anybody's wish, and say what else is open (RT-04, PM-09)."""
    proceeding, case = queries.get(public_id, for_=actor())
    form = forms.EndForm(ground=request.args.get("ground"), requested_by=request.args.get("party"))
    form.ground.choices = forms.choices(TerminationGround)
    form.requested_by.choices = [SelectChoice("", _("不是哪一方要求的")), *_names(case)]
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            proceedings.end(
                public_id, by=actor(), on=clock.today(), key=form.key.data, ground=form.ground.data,
                words=form.words.data or "", course=form.course.data or "", notice_given=form.notice_given.data,
                requested_by=form.requested_by.data or None, cost_conduct=form.cost_conduct.data or "",
                court_points=form.court_points.data or "", issues=form.issues.data or "",
            )
        if done:
            return _to_case(case, _("已终止。可以移送，也可以换一种调解"))
    return render_template("desk/proceedings/end.html", form=form, case=case, proceeding=proceeding)


def section(case):
    """Return the attempts of a case for its page: number, unit, mediators, sessions."""
    found = queries.of_case(case.id)
    if not found:
        return None
    return {
        "proceedings": [(each, queries.mediators_on(each.id)) for each in found],
        "sessions": queries.sessions_of(case.id),
        "results": {result.value: result for result in rules.SessionResult},
        "grounds": {ground.value: ground for ground in TerminationGround},
    }
