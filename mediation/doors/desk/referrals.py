"""Where a case goes on: quick trial and the other exits, undisputed facts, reports to the court, the court's answer."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import DISPUTING_ROLES, Exit, ReferralState
from mediation.casefile.papers.forms import PAPERS
from mediation.doors.desk import referralforms as forms
from mediation.doors.shared.guard import actor, policy, step_page
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission, Role
from mediation.stages.proceedings import queries as proceedings
from mediation.stages.referrals import operations as referrals
from mediation.stages.referrals import queries, reporting

bp = Blueprint("referrals", __name__)

OPEN = (ReferralState.SENT, ReferralState.TAKEN)


@bp.get("/referrals")
@policy(Permission.CASES_READ)
def board():
    """List what was sent out; for a court's clerk, what came in."""
    by = actor()
    if by.role == Role.COURT_CLERK:
        parts = (
            ("sent", _("待收案"), queries.incoming(for_=by, states=(ReferralState.SENT,))),
            ("taken", _("已收案，等结果"), queries.incoming(for_=by, states=(ReferralState.TAKEN,))),
            ("decided", _("已有结果"), queries.incoming(for_=by, states=(ReferralState.DECIDED,))),
        )
    else:
        parts = (
            ("out", _("移送在外"), queries.out(for_=by, states=OPEN)),
            ("returned", _("退回来的"), queries.out(for_=by, states=(ReferralState.RETURNED,))),
            ("decided", _("已有结果"), queries.out(for_=by, states=(ReferralState.DECIDED,))),
        )
    return render_template("desk/referrals/board.html", parts=parts)


@bp.route("/cases/<public_id:public_id>/refer", methods=["GET", "POST"])
@step_page("referral.send")
def send(public_id):
    """Send a case that failed or is unsuitable; what leaves is built by an allow-list."""
    case = cases.get(public_id, for_=actor())
    today = clock.today()
    found = queries.leaving(case, on=today)
    ways = queries.ways(found, on=today)
    way = next((way for way in ways if way.exit.value == request.args.get("kind")), ways[0])
    form = forms.SendForm.of(found, way)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            referral = referrals.send(
                public_id, by=actor(), on=today, key=form.key.data, values=form.values(way.exit, found.parties)
            )
        if done:
            flash(_("已移送"))
            return redirect(url_for("desk.referrals.show", public_id=referral))
    is_trial = way.exit == Exit.QUICK_TRIAL
    proposal = queries.proposal(found, on=today, amount_fen=case.amount_fen) if is_trial else None
    return render_template(
        "desk/referrals/send.html", form=form, case=case, ways=ways, way=way, found=found, proposal=proposal,
        papers=queries.papers_for(found, way.exit), names=PAPERS, is_trial=is_trial,
    )


@bp.get("/referrals/<public_id:public_id>")
@policy(Permission.CASES_READ)
def show(public_id):
    """Show a referral with what was submitted, and nothing else of its case."""
    referral, case = queries.submission(public_id, for_=actor())
    return render_template(
        "desk/referrals/show.html", referral=referral, case=case, papers=queries.submitted_papers(referral), names=PAPERS,
        is_court=actor().role == Role.COURT_CLERK, may_answer=actor().role in (Role.COURT_CLERK, Role.LIAISON),
    )


@bp.get("/referrals/<public_id:public_id>/papers/<public_id:paper_id>.pdf")
@policy(Permission.CASES_READ)
def paper(public_id, paper_id):
    """Send a paper that was submitted with a referral; any other is not found."""
    found, content = referrals.paper(public_id, paper_id, by=actor())
    response = make_response(content)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{found.short_hash}.pdf"'
    return response


@bp.route("/referrals/<public_id:public_id>/take", methods=["GET", "POST"])
@step_page("referral.take")
def take(public_id):
    """Take a case in, under the receiver's own number."""
    form = forms.TakeForm()
    return _answer(
        public_id, form, _("登记收案"), ("court_no",), _("已登记收案"),
        lambda: referrals.take(public_id, by=actor(), on=clock.today(), court_no=form.court_no.data or ""),
    )


@bp.route("/referrals/<public_id:public_id>/return", methods=["GET", "POST"])
@step_page("referral.return")
def return_(public_id):
    """Give a case back with a coded reason."""
    form = forms.ReturnForm()
    return _answer(
        public_id, form, _("退回移送"), ("why", "note"), _("已登记退回"),
        lambda: referrals.return_(public_id, by=actor(), on=clock.today(), why=form.why.data, note=form.note.data or None),
    )


@bp.route("/referrals/<public_id:public_id>/decide", methods=["GET", "POST"])
@step_page("referral.decide")
def decide(public_id):
    """Record what came of a case."""
    form = forms.DecideForm()
    return _answer(
        public_id, form, _("登记处理结果"), ("outcome", "note"), _("已登记结果"),
        lambda: referrals.decide(
            public_id, by=actor(), on=clock.today(), outcome=form.outcome.data, note=form.note.data or None
        ),
    )


def _answer(public_id, form, title, fields, said, act):
    referral, case = queries.get(public_id, for_=actor())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            act()
        if done:
            flash(said)
            return redirect(url_for("desk.referrals.board"))
    return render_template(
        "desk/referrals/answer.html", form=form, case=case, referral=referral, title=title, fields=fields
    )


@bp.route("/proceedings/<public_id:public_id>/undisputed", methods=["GET", "POST"])
@step_page("proceeding.note_undisputed")
def note_undisputed(public_id):
    """Write the facts that nobody disputes, then record who has signed them (JM-13)."""
    proceeding, case = proceedings.get(public_id, for_=actor())
    people = [SelectChoice(each.public_id, each.name) for each in cases.parties_of(case.id) if each.role in DISPUTING_ROLES]
    record = queries.undisputed(proceeding.id)
    form, signing = forms.UndisputedForm(prefix="note-"), forms.SignUndisputedForm(prefix="sign-", signed_on=clock.today())
    form.consenting.choices = signing.signed.choices = people
    today = clock.today()
    if request.form.get("do") == "sign" and signing.validate_on_submit():
        with refused_on(signing) as done, transaction():
            reporting.sign_undisputed(
                public_id, by=actor(), on=today, signed=dict.fromkeys(signing.signed.data or (), signing.signed_on.data),
                mediator_signed_on=signing.signed_on.data if signing.mediator_signed.data else None,
            )
        if done:
            flash(_("已登记签名"))
            return redirect(url_for("desk.cases.show", public_id=case.public_id))
    elif request.form.get("do") == "note" and form.validate_on_submit():
        with refused_on(form) as done, transaction():
            reporting.note_undisputed(
                public_id, by=actor(), on=today, key=form.key.data, facts=form.lines(),
                disputed=(form.disputed.data or "").splitlines(), consents=dict.fromkeys(form.consenting.data or (), today),
            )
        if done:
            flash(_("已记载，打印出来请各方签名"))
            return redirect(url_for("desk.referrals.note_undisputed", public_id=public_id))
    return render_template("desk/referrals/undisputed.html", form=form, signing=signing, case=case, record=record)


@bp.route("/proceedings/<public_id:public_id>/report", methods=["GET", "POST"])
@step_page("proceeding.report_to_court")
def report_to_court(public_id):
    """Tell the court that sent the case how its mediation ended (JM-10)."""
    proceeding, case = proceedings.get(public_id, for_=actor())
    form = forms.ReportForm(course=proceeding.end_reason)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            reporting.report_to_court(
                public_id, by=actor(), on=clock.today(), key=form.key.data, course=form.course.data or "",
                asks_confirmation=form.asks_confirmation.data,
            )
        if done:
            flash(_("已向法院报告，报告在“文书”里"))
            return redirect(url_for("desk.cases.show", public_id=case.public_id))
    return render_template("desk/referrals/report.html", form=form, case=case, proceeding=proceeding)


def section(case):
    """Return the referrals and reports of a case for its page."""
    found, reports = queries.of_case(case.id), queries.reports_of(case.id)
    return {"referrals": found, "reports": reports} if found or reports else None
