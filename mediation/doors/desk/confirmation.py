"""Judicial confirmation: the liaison's board, the pack, and what the court did with it."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from mediation.casefile.cases import queries as cases
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers.forms import PAPERS
from mediation.doors.desk import confirmationforms as forms
from mediation.doors.shared.guard import actor, policy, step_page
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission
from mediation.stages.agreements import queries as agreements
from mediation.stages.confirmation import at_court, boards, preparing, queries
from mediation.stages.confirmation import operations as confirmation
from mediation.stages.referrals import queries as referrals

bp = Blueprint("confirmation", __name__)

PACK = ("confirmation_application", "agreement", "mediation_proof", "service_address")


@bp.get("/confirmation")
@policy(Permission.CONFIRMATION_BOARD)
def board():
    """Show the packs by the days left, what lies with the court, referrals out and commissions in."""
    today = clock.today()
    found = boards.board(for_=actor(), on=today)
    red = sum(1 for pack in (*found.ready, *found.lacking) if (pack.readiness.days_left or 0) <= 5)
    return render_template(
        "desk/confirmation/board.html", board=found, red=red, out=referrals.out(for_=actor()), accepted=forms.AcceptedForm(),
    )


@bp.get("/confirmation/missed")
@policy(Permission.CONFIRMATION_BOARD)
def missed():
    """List the cases that missed the thirty days this year."""
    year = clock.today().year
    return render_template("desk/confirmation/missed.html", rows=boards.missed_cases(for_=actor(), year=year), year=year)


@bp.route("/cases/<public_id:public_id>/confirmation", methods=["GET", "POST"])
@step_page("confirmation.hand_over")
def hand_over(public_id):
    """Hand an effective agreement to the liaison's desk."""
    case = cases.get(public_id, for_=actor())
    form = forms.HandOverForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            made = confirmation.hand_over(public_id, by=actor(), on=clock.today(), key=form.key.data)
        if done:
            flash(_("已移交诉调对接联络员，材料可以接着补"))
            return redirect(url_for("desk.confirmation.prepare", public_id=made))
    return render_template(
        "desk/confirmation/hand_over.html", form=form, case=case, readiness=queries.readiness(case, on=clock.today())
    )


@bp.route("/confirmations/<public_id:public_id>/prepare", methods=["GET", "POST"])
@step_page("confirmation.prepare")
def prepare(public_id):
    """Get a pack together: the court, what is looked at, the papers in one click, signatures and seal."""
    row, case = queries.get(public_id, for_=actor())
    bundle = queries.bundle(case)
    courts = queries.courts(bundle)
    form = forms.PrepareForm.of(bundle, courts)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            _save(public_id, form)
            if request.form.get("do") == "print":
                preparing.issue_pack(public_id, by=actor(), on=clock.today())
        if done:
            flash(_("材料已出好，按递交顺序排成一份") if request.form.get("do") == "print" else _("已保存"))
            return redirect(url_for("desk.confirmation.prepare", public_id=public_id))
        row, case = queries.get(public_id, for_=actor())
        bundle = queries.bundle(case)
    today = clock.today()
    return render_template(
        "desk/confirmation/prepare.html", form=form, case=case, confirmation=row, readiness=queries.readiness_of(bundle, on=today),
        courts=courts, cautions=queries.cautions(bundle, on=today), papers=_pack_papers(case), names=PAPERS,
        unconfirmable=agreements.why_not_confirmable(bundle.agreement, case),
    )


def _pack_papers(case):
    return [paper for paper in papers.of_case(case.id) if paper.kind in PACK and paper.state != "cancelled"]


def _save(public_id, form):
    """Write what was changed against what stands there now, each by its own operation."""
    by, on = actor(), clock.today()
    row, case = queries.get(public_id, for_=by)
    bundle = queries.bundle(case)
    if form.court.data and form.court.data != row.court_code:
        preparing.choose_court(public_id, form.court.data, by=by, on=on)
    unchecked = {party.public_id for party in bundle.parties if party.identity_checked_on is None}
    if unchecked & set(form.identified.data or ()):
        preparing.check_identity(public_id, unchecked & set(form.identified.data), by=by, on=on)
    if form.property_papers.data and form.property_papers.data != row.property_papers:
        preparing.note_property(public_id, form.property_papers.data, by=by, on=on)
    numbers = {int(number) for number in form.clauses.data or ()}
    if numbers != {number for number, duty in enumerate(bundle.agreement.duties, 1) if duty.is_confirmable}:
        preparing.keep_clauses(public_id, sorted(numbers), by=by, on=on)
    grounds = form.answers()
    said = (grounds or {}, sorted(form.signs.data or ()), form.suspected.data)
    if said != (row.answers.get("grounds", {}), sorted(row.answers.get("signs", ())), row.sham_suspected):
        preparing.answer(
            public_id, by=by, on=on, grounds=said[0], signs=said[1], sham_suspected=said[2],
            cleared_because=form.cleared_because.data or None,
        )
    for entry in form.signatures:
        if entry.form.signed_on.data:
            preparing.sign_application(
                public_id, entry.form.party.data, by=by, on=on, signed_on=entry.form.signed_on.data,
                kind=entry.form.kind.data, representative=entry.form.by.data or None,
                written_by=entry.form.written_by.data or None, witness=entry.form.witness.data or None,
            )
    if form.proof_sealed_on.data and form.proof_sealed_on.data != row.proof_sealed_on:
        preparing.seal_proof(public_id, by=by, on=on, sealed_on=form.proof_sealed_on.data)


@bp.get("/confirmations/<public_id:public_id>/pack.pdf")
@policy(Permission.CASES_READ)
def pack(public_id):
    """Send the pack as one PDF in the order of filing."""
    response = make_response(preparing.pack(public_id, by=actor()))
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = 'inline; filename="3-1-pack.pdf"'
    return response


@bp.route("/confirmations/<public_id:public_id>/return", methods=["GET", "POST"])
@step_page("confirmation.return_pack")
def return_pack(public_id):
    """Send a pack back to the mediator."""
    form = forms.WhyForm()
    return _small(
        public_id, form, _("退回补材料"), ("reason",), _("已退回调解员"),
        lambda: confirmation.return_pack(public_id, by=actor(), on=clock.today(), reason=form.reason.data),
    )


@bp.route("/confirmations/<public_id:public_id>/again", methods=["GET", "POST"])
@step_page("confirmation.hand_again")
def hand_again(public_id):
    """Give a mended pack to the liaison again."""
    form = forms.StepForm()
    return _small(
        public_id, form, _("再次移交"), (), _("已再次移交联络员"),
        lambda: confirmation.hand_again(public_id, by=actor(), on=clock.today()),
    )


@bp.route("/confirmations/<public_id:public_id>/drop", methods=["GET", "POST"])
@step_page("confirmation.drop")
def drop(public_id):
    """Give up an application that is being prepared."""
    form = forms.DropForm()
    return _small(
        public_id, form, _("不申请司法确认了"), ("why", "note"), _("已登记不再申请"),
        lambda: confirmation.drop(public_id, by=actor(), on=clock.today(), why=form.why.data, note=form.note.data or None),
    )


@bp.route("/confirmations/<public_id:public_id>/file", methods=["GET", "POST"])
@step_page("confirmation.file")
def file(public_id):
    """File the joint application."""
    form = forms.FileForm()
    return _small(
        public_id, form, _("申请司法确认"), ("form", "posted_on"), _("已登记递交法院"),
        lambda: confirmation.file(
            public_id, by=actor(), on=clock.today(), posted_on=form.posted_on.data, form=form.form.data
        ),
    )


@bp.route("/confirmations/<public_id:public_id>/accepted", methods=["GET", "POST"])
@step_page("confirmation.court_accepts")
def court_accepts(public_id):
    """Record the court's acceptance and its number."""
    form = forms.AcceptedForm()
    return _small(
        public_id, form, _("登记法院受理"), ("court_no", "on", "late"), _("已登记法院受理"),
        lambda: at_court.accepts(
            public_id, by=actor(), on=form.on.data, court_no=form.court_no.data, reason=form.late.data or None
        ),
    )


@bp.route("/confirmations/<public_id:public_id>/asked", methods=["GET", "POST"])
@step_page("confirmation.court_asks")
def court_asks(public_id):
    """Record what the court asks between filing and ruling, and what answers it."""
    form = forms.AskedForm()
    return _small(
        public_id, form, _("登记法院要求补材料、询问"), ("kind", "on", "due_on", "note", "late"), _("已登记"),
        lambda: at_court.act(
            public_id, form.kind.data, by=actor(), on=form.on.data, due_on=form.due_on.data, note=form.note.data or None,
            reason=form.late.data or None,
        ),
    )


@bp.route("/confirmations/<public_id:public_id>/ruled", methods=["GET", "POST"])
@step_page("confirmation.confirm")
@step_page("confirmation.dismiss")
@step_page("confirmation.court_refuses")
@step_page("confirmation.withdraw")
@step_page("confirmation.deem_withdrawn")
@step_page("confirmation.end_procedure")
def ruled(public_id):
    """Record the court's answer."""
    form = forms.RuledForm()
    return _small(
        public_id, form, _("登记裁定"), ("answer", "ground", "on", "received_on", "note", "late"), _("已登记裁定"),
        lambda: at_court.rules_on(
            public_id, form.answer.data, by=actor(), on=form.on.data, ground=form.ground.data or None,
            note=form.note.data or None, received_on=form.received_on.data, reason=form.late.data or None,
        ),
    )


@bp.route("/confirmations/<public_id:public_id>/served", methods=["GET", "POST"])
@step_page("confirmation.record_service")
def record_service(public_id):
    """Record the day on which the parties received the ruling."""
    form = forms.CourtForm()
    return _small(
        public_id, form, _("登记裁定送达"), ("on", "late"), _("已登记送达"),
        lambda: at_court.serves(public_id, by=actor(), on=form.on.data, reason=form.late.data or None),
    )


def _small(public_id, form, title, fields, said, act):
    """Show a page with a few fields, and do one act with them."""
    row, case = queries.get(public_id, for_=actor())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            act()
        if done:
            flash(said)
            return redirect(url_for("desk.cases.show", public_id=case.public_id))
    return render_template("desk/confirmation/small.html", form=form, case=case, confirmation=row, title=title, fields=fields)


def section(case):
    """Return the readiness and the court's acts for the case page, from acceptance on."""
    if case.accepted_on is None:
        return None
    today = clock.today()
    bundle = queries.bundle(case)
    if bundle.confirmation is None and bundle.agreement is not None and queries.is_for_the_court_itself(bundle.agreement):
        return None
    return {"readiness": queries.readiness(case, on=today), "confirmation": bundle.confirmation, "kinds": forms.CourtStepKind}
