"""The pack for the court: handed over, got together, printed, sent back, given up, filed."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for

from mediation.casefile.cases import queries as cases
from mediation.doors.desk import confirmationforms as forms
from mediation.doors.desk.confirmation import pdf
from mediation.doors.shared import headers
from mediation.doors.shared.guard import actor, policy, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission
from mediation.registry.causes import queries as causes
from mediation.stages.agreements import queries as agreements
from mediation.stages.confirmation import operations as confirmation
from mediation.stages.confirmation import preparing, queries, records
from mediation.stages.confirmation.rules import ApplicationForm, Bar

bp = Blueprint("packs", __name__)


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
            flash(_("已移交诉调对接联络员，缺的材料可以接着补"))
            return redirect(url_for("desk.packs.prepare", public_id=made))
        case = cases.get(public_id, for_=actor())
    return render_template(
        "desk/confirmation/hand_over.html", form=form, case=case, readiness=queries.readiness(case, on=clock.today())
    )


@bp.route("/agreements/<public_id:public_id>/restore", methods=["GET", "POST"])
@step_page("agreement.restore_time")
def restore(public_id):
    """Ask for the time to apply back, where the parties missed it for a good reason (PT-08)."""
    agreement, case = agreements.get(public_id, for_=actor())
    form = forms.RestoreForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            confirmation.restore_time(
                public_id, by=actor(), on=clock.today(), ended_on=form.ended_on.data, why=form.why.data,
                key=form.key.data,
            )
        if done:
            flash(_("已记下，可以移交司法确认了"))
            return redirect(url_for("desk.cases.show", public_id=case.public_id))
        agreement, case = agreements.get(public_id, for_=actor())
    return render_template(
        "desk/confirmation/restore.html", form=form, case=case, last_day=queries.last_day_to_apply(case, agreement)
    )


COURT_RULES = ("JC-06", "JC-07", "JC-24")  # what is to be known of the court stands beside its choice


@bp.route("/confirmations/<public_id:public_id>/prepare", methods=["GET", "POST"])
@step_page("confirmation.prepare")
def prepare(public_id):
    """Get a pack together: what is looked at, the papers in one click, signatures and seal; saved with one key."""
    row, case = queries.get(public_id, for_=actor())
    bundle = queries.bundle_to_prepare(case)
    form = forms.PrepareForm.of(bundle, queries.courts(bundle))
    wants_print = request.form.get("do") == "print"
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            preparing.expect(public_id, by=actor(), version=form.version.data)
            _save(public_id, form)
            if wants_print:
                preparing.issue_pack(
                    public_id, by=actor(), on=clock.today(), late=form.late.data, by_hand=form.by_hand.data
                )
        if done:
            flash(_("材料已出好，按递交顺序排成一份，可以打印") if wants_print else _("已保存"))
            return redirect(url_for("desk.packs.prepare", public_id=public_id))
        row, case = queries.get(public_id, for_=actor())
        bundle = queries.bundle_to_prepare(case)
    form.version.data, form.version.raw_data = row.version, None  # what is shown now is what is saved next
    today = clock.today()
    readiness = queries.readiness_of(bundle, on=today)
    return render_template(
        "desk/confirmation/prepare.html", form=form, case=case, confirmation=row, readiness=readiness,
        checks=queries.checks_by_key(readiness), courts=queries.courts(bundle), sheets=queries.sheets(bundle),
        cautions=queries.cautions(bundle, on=today), court_rules=COURT_RULES,
        records=records.records(for_=actor(), on=today, codes=[each.court.code for each in queries.courts(bundle)]),
        opens_records=actor().may(Permission.CONFIRMATION_BOARD),
        cause=causes.confirmation_cause(on=today, centre_id=case.centre_id, case_cause=case.cause_code),
        unconfirmable=agreements.why_not_confirmable(bundle.agreement, case),
        is_late=any(bar.reason == Bar.TOO_LATE for bar in readiness.obstacles),
    )


def _save(public_id, form):
    """Write what differs from what stands there now, each by its own operation."""
    by, on = actor(), clock.today()
    row, case = queries.get(public_id, for_=by)
    bundle = queries.bundle_to_prepare(case)
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
    said = form.answers() or {}, sorted(form.signs.data or ()), form.suspected.data
    if said != (row.answers.get("grounds", {}), sorted(row.answers.get("signs", ())), row.sham_suspected):
        preparing.answer(
            public_id, by=by, on=on, grounds=said[0], signs=said[1], sham_suspected=said[2],
            cleared_because=form.cleared_because.data or None,
        )
    known = forms.signed(bundle)
    for entry in form.signatures:
        values = entry.form.values()
        if values["signed_on"] and values != known.get(entry.form.party.data):
            preparing.sign_application(public_id, entry.form.party.data, by=by, on=on, **values)
    if form.proof_sealed_on.data and form.proof_sealed_on.data != row.proof_sealed_on:
        preparing.seal_proof(public_id, by=by, on=on, sealed_on=form.proof_sealed_on.data)


@bp.get("/confirmations/<public_id:public_id>/pack.pdf")
@policy(Permission.CASES_READ)
def pack(public_id):
    """Send the pack as one PDF in the order of filing."""
    return pdf(preparing.pack(public_id, by=actor()), "3-1-pack.pdf")


@bp.route("/confirmations/<public_id:public_id>/file", methods=["GET", "POST"])
@step_page("confirmation.file")
def file(public_id):
    """File the joint application; every check stands on the page, its paper beside it."""
    row, case = queries.get(public_id, for_=actor())
    form = forms.FileForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            confirmation.file(
                public_id, by=actor(), on=form.on.data, posted_on=form.posted_on.data, form=form.form.data,
                reason=form.late.data or None,
            )
        if done:
            flash(_("已登记递交%(court)s", court=row.court_name))
            return redirect(url_for("desk.confirmation.board"))
        row, case = queries.get(public_id, for_=actor())
    bundle, today = queries.bundle_to_prepare(case), clock.today()
    sheets = queries.sheets(bundle)
    page = make_response(render_template(
        "desk/confirmation/file.html", form=form, case=case, confirmation=row, sheets=sheets,
        readiness=queries.readiness_of(bundle, on=today), cautions=queries.cautions(bundle, on=today),
        written=ApplicationForm.WRITTEN, proofs=queries.proofs(sheets),
        first=next((sheet.paper for sheet in sheets if sheet.paper), None),
    ))
    page.headers["Content-Security-Policy"] = headers.policy(frame_src="'self'")  # the paper beside the checks
    return page


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
    return _small(
        public_id, forms.StepForm(), _("再次移交"), (), _("已再次移交联络员"),
        lambda: confirmation.hand_again(public_id, by=actor(), on=clock.today()),
    )


@bp.route("/confirmations/<public_id:public_id>/drop", methods=["GET", "POST"])
@step_page("confirmation.drop")
def drop(public_id):
    """Give up an application that is being prepared."""
    form = forms.DropForm()
    return _small(
        public_id, form, _("不申请司法确认了"), ("why", "note"), _("已登记不再申请"),
        lambda: confirmation.drop(
            public_id, by=actor(), on=clock.today(), why=form.why.data, note=form.note.data or None
        ),
    )


def _small(public_id, form, title, fields, said, act):
    """Show a page with a few fields, and do one act with them."""
    row, case = queries.get(public_id, for_=actor())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            act()
        if done:
            flash(said)
            return redirect(url_for("desk.cases.show", public_id=case.public_id, _anchor="confirmation"))
        row, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/confirmation/small.html", form=form, case=case, confirmation=row, title=title, fields=fields
    )
