"""Agreements: one row per duty, the linter beside it, signing, oral agreements."""

from flask import Blueprint, flash, redirect, render_template, request, url_for

from mediation.casefile.cases import needs
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.doors.desk import agreementforms as forms
from mediation.doors.desk import linted
from mediation.doors.desk.caseindex import Entry
from mediation.doors.shared import conflict
from mediation.doors.shared.guard import actor, policy, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import Stale
from mediation.registry.access.rules import Permission
from mediation.stages.agreements import operations as agreements
from mediation.stages.agreements import queries, rules

bp = Blueprint("agreements", __name__)



@bp.route("/cases/<public_id:public_id>/agreement", methods=["GET", "POST"])
@step_page("agreement.draft")
def draft(public_id):
    """Begin a written agreement."""
    case = cases.get(public_id, for_=actor())
    form = forms.BeginForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            agreement = agreements.draft(public_id, by=actor(), on=clock.today(), key=form.key.data)
        if done:
            return redirect(url_for("desk.agreements.edit", public_id=agreement))
    return render_template("desk/agreements/draft.html", form=form, case=case)


@bp.route("/agreements/<public_id:public_id>/edit", methods=["GET", "POST"])
@step_page("agreement.edit")
@step_page("agreement.agree")
def edit(public_id):
    """Write the text; "agree" saves it and fixes it in one go."""
    agreement, case = queries.get(public_id, for_=actor())
    parties = agreements.party_choices(case.id)
    form = forms.TextForm.of(agreement, parties)
    if form.validate_on_submit():
        values = form.values()
        if request.form.get(forms.CLAUSES) == "theirs":
            values["clauses"] = forms.TextForm.of(agreement, parties, formdata=None).values()["clauses"]
        with refused_on(form) as done:
            try:
                with transaction():
                    agreements.save(
                        public_id, by=actor(), version=form.version.data, seen=request.form.getlist("seen"), **values
                    )
            except Stale as faster:
                return _overtaken(form, faster, public_id)
        agreement, case = queries.get(public_id, for_=actor())
        form.version.data = agreement.version
        if done and request.form.get("do") == "agree":
            with refused_on(form) as done, transaction():
                on, why_late = form.agreed_on.data or clock.today(), form.reason.data or None
                agreements.agree(public_id, by=actor(), on=on, reason=why_late)
            if done:
                flash(_("协议已定稿，打印出来请各方签字"))
                return redirect(url_for("desk.agreements.sign", public_id=public_id))
        elif done:
            flash(_("协议已保存"))
            return redirect(url_for("desk.agreements.edit", public_id=public_id))
    ticked = request.form.getlist("seen") if request.method == "POST" else agreement.seen_warnings
    panel = linted.written(agreement, case, form, seen=set(ticked))
    said = {duty.position for duty in agreement.duties if duty.subject}  # by the mediator; the rest the linter tells
    why_not = queries.why_not_confirmable(agreement, case)
    return render_template(
        "desk/agreements/edit.html", form=form, case=case, agreement=agreement, panel=panel,
        unconfirmable={position: why for position, why in why_not.items() if position in said},
    )


@bp.post("/agreements/<public_id:public_id>/lint")
@policy(STEPS["agreement.edit"])
def lint(public_id):
    """Answer the panel for what is typed so far; nothing is written."""
    agreement, case = queries.get(public_id, for_=actor())
    form = forms.TextForm.of(agreement, agreements.party_choices(case.id))
    panel = linted.written(agreement, case, form, seen=set(request.form.getlist("seen")))
    return render_template("desk/agreements/_lint.html", panel=panel, form=form, is_answer=True)


def _overtaken(form, faster, public_id):
    """Let the later of two people choose between both texts; the clauses are chosen as a whole (P31)."""
    agreement, case = queries.get(public_id, for_=actor())
    stored = forms.TextForm.of(agreement, agreements.party_choices(case.id), formdata=None)
    faster.theirs = stored.texts()
    clauses = conflict.Side(forms.CLAUSES, _("条款"), "theirs", "mine", stored.clause_words(), form.clause_words())
    ticked = {"seen": list(agreement.seen_warnings or ())}  # whoever looked has looked; mine are in the form
    return conflict.answer(form, faster, title=case.title, latest_url=request.path, more=[clauses], add=ticked)


@bp.route("/cases/<public_id:public_id>/oral-agreement", methods=["GET", "POST"])
@step_page("agreement.agree_orally")
def oral(public_id):
    """Record an oral agreement (PM-11, PM-14)."""
    case = cases.get(public_id, for_=actor())
    form = forms.OralForm.of_case(case, agreements.party_choices(case.id))
    if form.validate_on_submit():
        values = form.values()
        with refused_on(form) as done, transaction():
            agreements.agree_orally(
                public_id, by=actor(), on=clock.today(), agreed_on=form.agreed_on.data, key=form.key.data,
                facts=values["facts"], clauses=values["clauses"], total_fen=values["total_fen"], place=values["place"],
                breach_clause=values["breach_clause"], seen=request.form.getlist("seen"),
            )
        if done:
            flash(_("口头协议已登记，自达成之日起生效"))
            return redirect(url_for("desk.cases.show", public_id=public_id))
    panel = linted.oral(case, form, seen=set(request.form.getlist("seen")))
    return render_template("desk/agreements/oral.html", form=form, case=case, panel=panel)


@bp.post("/cases/<public_id:public_id>/oral-agreement/lint")
@policy(STEPS["agreement.agree_orally"])
def lint_oral(public_id):
    """Answer the panel for what is typed so far of an oral agreement; nothing is written."""
    case = cases.get(public_id, for_=actor())
    form = forms.OralForm.of_case(case, agreements.party_choices(case.id))
    panel = linted.oral(case, form, seen=set(request.form.getlist("seen")))
    return render_template("desk/agreements/_lint.html", panel=panel, form=form, is_answer=True, is_oral=True)


@bp.route("/agreements/<public_id:public_id>/sign", methods=["GET", "POST"])
@step_page("agreement.sign")
def sign(public_id):
    """Record signatures and seal, each with its day; the last one makes the agreement effective."""
    agreement, case = queries.get(public_id, for_=actor())
    bound_on = agreement.effective_on
    parties = cases.parties_of(case.id)
    form = forms.SignForm.of(agreement, parties, queries.signed_days(agreement))
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            for act in form.acts():
                act(public_id, by=actor(), on=clock.today())
        if done:
            agreement, case = queries.get(public_id, for_=actor())
            if agreement.effective_on:
                flash(_("已登记") if bound_on else _("协议已生效"))
                return redirect(url_for("desk.cases.show", public_id=case.public_id))
            flash(_("已登记"))
            return redirect(url_for("desk.agreements.sign", public_id=public_id))
    return render_template(
        "desk/agreements/sign.html", form=form, case=case, agreement=agreement,
        effect=queries.effect(agreement, case, on=clock.today()),
        paper=agreements.papers.papers.newest(case.id, "agreement"),
    )


@bp.get("/agreements/<public_id:public_id>/read-aloud")
@policy(Permission.CASES_READ)
def read_aloud(public_id):
    """Print what is read to a party before it signs: large, plain, with the line that it was read. Chinese."""
    agreement, case = queries.get(public_id, for_=actor())
    parties = cases.parties_of(case.id)
    listening = [party for party in parties if needs.READ_ALOUD.intersection((party.flags or {}).get("flags", ()))]
    return render_template(
        "notices/read_aloud.html", agreement=agreement, case=case, parties=listening or parties,
        names={party.public_id: party.name for party in parties}, beside=needs.BESIDE,
    )


@bp.route("/agreements/<public_id:public_id>/revise", methods=["GET", "POST"])
@step_page("agreement.revise")
def revise(public_id):
    """Replace a text that is not fully signed."""
    agreement, case = queries.get(public_id, for_=actor())
    form = forms.ReasonForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            said = {"reason": form.reason.data, "key": form.key.data}
            fresh = agreements.revise(public_id, by=actor(), on=clock.today(), **said)
        if done:
            return redirect(url_for("desk.agreements.edit", public_id=fresh))
    return render_template("desk/agreements/revise.html", form=form, case=case, agreement=agreement)


@bp.route("/agreements/<public_id:public_id>/court", methods=["GET", "POST"])
@step_page("agreement.file_with_court")
def file_with_court(public_id):
    """Record that the court has the agreement of a case it sent (JM-09)."""
    agreement, case = queries.get(public_id, for_=actor())
    form = forms.FiledForm(filed_on=clock.today())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            agreements.file_with_court(public_id, by=actor(), on=clock.today(), filed_on=form.filed_on.data)
        if done:
            flash(_("已登记报法院备案"))
            return redirect(url_for("desk.cases.show", public_id=case.public_id))
    return render_template("desk/agreements/court.html", form=form, case=case, agreement=agreement)


@bp.get("/agreements/<public_id:public_id>")
@policy(Permission.CASES_READ)
def show(public_id):
    """Go to the agreement's place on its case's page."""
    _agreement, case = queries.get(public_id, for_=actor())
    return redirect(url_for("desk.cases.show", public_id=case.public_id, _anchor="agreement"))


def section(case):
    """Return the agreement for the case page: clauses by name, what is signed, from when it binds."""
    agreement = queries.current(case.id)
    if agreement is None:
        return None
    clauses = len(agreement.duties)
    is_signed_on_paper = agreement.agreed_on and not agreement.is_oral
    return {
        "agreement": agreement,
        "index": [Entry("agreement", _("协议"), _("%(count)s 条", count=clauses) if clauses else None)],
        "names": dict(agreements.party_choices(case.id)),
        "unconfirmable": queries.why_not_confirmable(agreement, case),
        "effect": queries.effect(agreement, case, on=clock.today()) if is_signed_on_paper else None,
        "total": sum(duty.amount_fen or 0 for duty in agreement.duties if duty.kind == rules.ClauseKind.PAY),
    }
