"""After a mediation: the facts that nobody disputes, and the report to the court that sent the case."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms.fields.choices import SelectChoice

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import DISPUTING_ROLES, FROM_COURT
from mediation.casefile.papers import operations as papers
from mediation.doors.desk import referralforms as forms
from mediation.doors.shared.guard import actor, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import NotFound
from mediation.stages.proceedings import queries as proceedings
from mediation.stages.referrals import queries, reporting

bp = Blueprint("courtreports", __name__)


@bp.route("/proceedings/<public_id:public_id>/undisputed", methods=["GET", "POST"])
@step_page("proceeding.note_undisputed")
def note_undisputed(public_id):
    """Write the facts that nobody disputes, then record who has signed them (JM-13)."""
    proceeding, case = proceedings.get(public_id, for_=actor())
    people = [
        SelectChoice(each.public_id, each.name) for each in cases.parties_of(case.id) if each.role in DISPUTING_ROLES
    ]
    record = queries.undisputed(proceeding.id)
    form = forms.UndisputedForm.of(record, proceeding)
    signing = forms.SignUndisputedForm(
        prefix="sign-", signed_on=clock.today(), signed=list(record.signatures) if record else None,
        mediator_signed=bool(record and record.mediator_signed_on),
    )
    form.consenting.choices = signing.signed.choices = people
    if request.form.get("do") == "sign" and signing.validate_on_submit() and _sign(public_id, signing):
        return redirect(url_for("desk.cases.show", public_id=case.public_id, _anchor="referral"))
    if request.form.get("do") == "note" and form.validate_on_submit() and _note(public_id, form):
        return redirect(url_for("desk.courtreports.note_undisputed", public_id=public_id))
    proceeding, case = proceedings.get(public_id, for_=actor())
    record = queries.undisputed(proceeding.id)
    return render_template(
        "desk/referrals/undisputed.html", form=form, signing=signing, case=case, record=record,
        paper=papers.newest(case.id, "undisputed_facts") if record else None,
    )


def _note(public_id, form):
    today = clock.today()
    with refused_on(form) as done, transaction():
        reporting.note_undisputed(
            public_id, by=actor(), on=today, key=form.key.data, facts=form.lines(),
            disputed=(form.disputed.data or "").splitlines(),
            consents=dict.fromkeys(form.consenting.data or (), today),
        )
    if done:
        flash(_("已记载，打印出来请各方签名"))
    return done


def _sign(public_id, signing):
    day = signing.signed_on.data
    with refused_on(signing) as done, transaction():
        reporting.sign_undisputed(
            public_id, by=actor(), on=clock.today(), signed=dict.fromkeys(signing.signed.data or (), day),
            mediator_signed_on=day if signing.mediator_signed.data else None,
        )
    if done:
        flash(_("已登记签名"))
    return done


@bp.route("/proceedings/<public_id:public_id>/report", methods=["GET", "POST"])
@step_page("proceeding.report_to_court")
def report(public_id):
    """Tell the court that sent the case how its mediation ended (JM-10); there is no such page for other cases."""
    proceeding, case = proceedings.get(public_id, for_=actor())
    if proceeding.basis not in FROM_COURT:
        raise NotFound()
    form = forms.ReportForm(course=proceeding.end_reason)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            reporting.report_to_court(
                public_id, by=actor(), on=clock.today(), key=form.key.data, course=form.course.data or "",
                asks_confirmation=form.asks_confirmation.data,
            )
        if done:
            flash(_("已登记向法院报告，报告在“文书”里"))
            return redirect(url_for("desk.cases.show", public_id=case.public_id, _anchor="papers"))
        proceeding, case = proceedings.get(public_id, for_=actor())
    return render_template(
        "desk/referrals/report.html", form=form, case=case, proceeding=proceeding,
        told=[row for row in queries.reports_of(case.id) if row.proceeding_id == proceeding.id],
    )
