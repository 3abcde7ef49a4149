"""Where a case goes on: quick trial and the other exits, and the receiver's answer."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.rules import Exit, ReferralState
from mediation.casefile.papers.forms import PAPERS
from mediation.doors.desk import referralforms as forms
from mediation.doors.desk.caseindex import Entry
from mediation.doors.shared import headers
from mediation.doors.shared.guard import LOGGED_IN, actor, policy, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.choices import N_
from mediation.ground.db import transaction
from mediation.ground.errors import NotAllowed
from mediation.oversight.statistics import courts as statistics
from mediation.registry.access.rules import Permission, Role
from mediation.stages.proceedings.periods import Procedure
from mediation.stages.referrals import at_court, lists, queries
from mediation.stages.referrals import operations as referrals
from mediation.stages.referrals.fees import FeeKind
from mediation.stages.referrals.rules import TO_COURT, LabourPrecondition, Outcome, ReturnReason

bp = Blueprint("referrals", __name__)

ANSWERERS = STEPS["referral.take"].who
R = ReferralState
COMING_IN = (
    ("sent", N_("待收案"), (R.SENT,)), ("taken", N_("已收案，等结果"), (R.TAKEN,)),
    ("returned", N_("退回的"), (R.RETURNED,)), ("decided", N_("已有结果"), (R.DECIDED,)),
)
GOING_OUT = (
    ("returned", N_("退回来的"), (R.RETURNED,)), ("sent", N_("送出，等收案"), (R.SENT,)),
    ("taken", N_("已收案，等结果"), (R.TAKEN,)), ("decided", N_("已有结果"), (R.DECIDED,)),
)
MEND = {  # what to do about a return
    ReturnReason.PAPERS: N_("缺的补进案件，在下面勾上再送。"),
    ReturnReason.JURISDICTION: N_("换有管辖权的法院、机构再送。"),
    ReturnReason.NO_DEFENDANT: N_("补上被告的姓名、住址再送。"),
    ReturnReason.PRECONDITION: N_("先走仲裁或者政府处理，在右边换去处。"),
    ReturnReason.NOT_SUITABLE: N_("改走普通立案，或者换去处。"),
    ReturnReason.OTHER: N_("照说明改好再送；上次填的都在下面。"),
}
LONGEST = 60  # of a number
AT_FIRST = {"returned": 10, "decided": 10}  # of what is over the newest will do; the rest is a page away


@bp.get("/referrals")
@policy(LOGGED_IN)
def board():
    """List what came in, for a court's clerk; for the liaison, what was sent out; one part alone page by page."""
    by, own = actor(), desk_of(actor())
    title, parts = (_("移送收案"), COMING_IN) if own else (_("移送"), GOING_OUT)
    text, only = request.args.get("q", "").strip()[:LONGEST], request.args.get("part")
    shown = [part for part in parts if part[0] == only] or parts
    is_one = len(shown) == 1
    if text:
        pages = []
    elif is_one:
        marks = {"after": request.args.get("after"), "before": request.args.get("before")}
        pages = [lists.listing(lists.Part(shown[0][2]), for_=by, own=own, **marks)]
    else:
        wanted = [lists.Part(states, AT_FIRST.get(key, lists.PAGE)) for key, _name, states in shown]
        pages = lists.board(wanted, for_=by, own=own)
    pages = [(key, _(name), page) for (key, name, _states), page in zip(shown, pages, strict=not text)]
    return render_template(
        "desk/referrals/board.html", title=title, parts=pages, text=text, own=own, is_one=is_one,
        found=lists.find(text, for_=by, own=own) if text else [], may_answer=by.role in ANSWERERS,
        may_send=by.role in STEPS["referral.send"].who, reasons=ReturnReason, outcomes=Outcome,
        back=[] if own else statistics.returned_by_reason(
            for_=by, since=clock.today().replace(month=1, day=1), until=clock.today(), own=False
        ),
    )


def desk_of(by) -> bool:
    """Say whether somebody sits at the court's own desk, not at the one that sends; nobody else has such a page."""
    if not (by.may(Permission.TRIBUNAL_BOARD) or by.may(Permission.CONFIRMATION_BOARD)):
        raise NotAllowed(Permission.TRIBUNAL_BOARD)
    return by.may(Permission.TRIBUNAL_BOARD)


# --- sending ---


@bp.route("/cases/<public_id:public_id>/refer", methods=["GET", "POST"])
@step_page("referral.send")
def send(public_id):
    """Send a case that failed, does not suit or was breached; what leaves is built by an allow-list."""
    case = cases.get(public_id, for_=actor())
    today = clock.today()
    found = queries.leaving(case, on=today)
    ways = queries.ways(found, on=today)
    back = queries.come_back(case.id)
    kind = request.args.get("kind") or (back.kind if back else None)
    way = next((way for way in ways if way.exit == kind), ways[0])
    form = forms.SendForm.of(found, way, back)
    if request.form.get("do") != "recount" and form.validate_on_submit():
        with refused_on(form) as done, transaction():
            referral = referrals.send(
                public_id, by=actor(), on=today, key=form.key.data, values=form.values(way.exit)
            )
        if done:
            flash(_("已移送%(where)s", where=_(way.exit.label)))
            return redirect(url_for("desk.referrals.show", public_id=referral))
        case = cases.get(public_id, for_=actor())
        found = queries.leaving(case, on=today)
    is_trial, to_court = way.exit == Exit.QUICK_TRIAL, way.exit in TO_COURT
    receiver = form.receiver(way)
    area = None if isinstance(receiver, str) else receiver.area_code
    proposal = queries.proposal(found, on=today, court_area=area, **form.suit()) if is_trial else None
    return render_template(
        "desk/referrals/send.html", form=form, case=case, ways=ways, way=way, found=found, is_trial=is_trial, back=back,
        mend=MEND,
        to_court=to_court, papers=queries.papers_for(found, way.exit), names=PAPERS,
        proposal=proposal, cautions=_cautions(form, case, proposal, area) if is_trial else [],
        where=at_court.where(found, to=receiver, is_money_claim=form.is_money_claim.data) if to_court else None,
        complaint=at_court.complaint_of(found) if to_court else None,
        fees=_fees(form, found) if to_court else None, limitation=queries.limitation(case, on=today),
        kept=[(item, there) for item, there in queries.checklist(found).items() if item in queries.KEPT_HERE],
    )


def _cautions(form, case, proposal, area):
    """Return what to look at before the case is proposed for a quick trial: the wage, the evidence, what is unusual."""
    today = clock.today()
    chosen = Procedure(form.procedure.data) if form.procedure.data in set(Procedure) else proposal.procedure
    return queries.wage_cautions(case, on=today, court_area=area) + at_court.pace_cautions(
        case, on=today, procedure=chosen, evidence_days=form.evidence_days.data, unusual=form.unusual.data or (),
    )


def _fees(form, found):
    """Return how the suit is counted, and its fee in the ordinary procedure and halved; no fees without a sum."""
    labour = LabourPrecondition(form.labour.data) if form.labour.data in set(LabourPrecondition) else found.labour
    amount = form.amount_fen.data
    kind = at_court.fee_kind(
        found.case, amount_fen=amount, is_money_claim=form.is_money_claim.data, labour=labour
    )
    if kind == FeeKind.PROPERTY and not amount:
        return {"kind": kind, "whole": None}
    whole, half = (
        at_court.fee_of(kind, amount, on=clock.today(), centre_id=found.case.centre_id, procedure=procedure)
        for procedure in (Procedure.ORDINARY, Procedure.SIMPLE)
    )
    return {"kind": kind, "whole": whole, "half": half, "amount": amount}


@bp.get("/referrals/<public_id:public_id>")
@policy(Permission.CASES_READ)
def show(public_id):
    """Show a referral with what was submitted, and nothing else of its case."""
    referral, case = queries.submission(public_id, for_=actor())
    papers = queries.submitted_papers(referral)
    read = next((n for n, each in enumerate(papers) if each.public_id == request.args.get("paper")), None)
    response = make_response(render_template(
        "desk/referrals/show.html", referral=referral, case=case, papers=papers, read=read,
        days_after=at_court.days_after(
            referral, case, answered_before=queries.petitions_answered(case.id, before=referral) > 0
        ), fee=_fee(referral, case),
        names=PAPERS, is_court=actor().role == Role.COURT_CLERK, may_answer=actor().role in ANSWERERS,
    ))
    if read is not None:
        response.headers["Content-Security-Policy"] = headers.policy(frame_src="'self'")  # the paper, beside
    return response


def _fee(referral, case):
    """Return what the court takes for a suit that was sent, as it stands now; None where no sum is known."""
    if referral.kind not in TO_COURT or not referral.amount_fen:
        return None
    kind = at_court.fee_kind(case, amount_fen=referral.amount_fen, labour=referral.labour_precondition)
    return at_court.fee_of(
        kind, referral.amount_fen, on=referral.taken_on or referral.sent_on, centre_id=case.centre_id,
        procedure=referral.procedure, outcome=referral.outcome,
    )


@bp.get("/referrals/<public_id:public_id>/papers/<public_id:paper_id>.pdf")
@policy(Permission.CASES_READ)
def paper(public_id, paper_id):
    """Send a paper that was submitted with a referral; any other is not found (JM-12)."""
    found, content = referrals.paper(public_id, paper_id, by=actor())
    response = make_response(content)
    response.headers["Content-Type"] = "application/pdf"
    form = PAPERS[found.kind].number.replace(".", "-") or found.kind
    response.headers["Content-Disposition"] = f'inline; filename="{form}-{found.short_hash}.pdf"'
    response.headers["Content-Security-Policy"] = headers.policy(frame_ancestors="'self'")  # it is read beside
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


# --- the answer ---


@bp.route("/referrals/<public_id:public_id>/take", methods=["GET", "POST"])
@step_page("referral.take")
def take(public_id):
    """Take a case in; a court under its own number, typed from its paper (CN-04)."""
    form = forms.TakeForm()
    referral, _case = queries.get(public_id, for_=actor())
    fields = ("court_no", *form.shown) if referral.kind in TO_COURT else form.shown
    return _answer(
        public_id, form, "referral.take", fields,
        lambda said: referrals.take(public_id, by=actor(), court_no=form.court_no.data or "", **said),
    )


@bp.route("/referrals/<public_id:public_id>/return", methods=["GET", "POST"])
@step_page("referral.return")
def return_(public_id):
    """Give a case back with a coded reason."""
    form = forms.ReturnForm()
    return _answer(
        public_id, form, "referral.return", form.shown,
        lambda said: referrals.return_(
            public_id, by=actor(), why=form.why.data, note=form.note.data or None, **said
        ),
    )


@bp.route("/referrals/<public_id:public_id>/decide", methods=["GET", "POST"])
@step_page("referral.decide")
def decide(public_id):
    """Record what came of a case."""
    form = forms.DecideForm()
    return _answer(
        public_id, form, "referral.decide", form.shown,
        lambda said: referrals.decide(
            public_id, by=actor(), outcome=form.outcome.data, note=form.note.data or None, **said
        ),
    )


def _answer(public_id, form, step, fields, act):
    referral, case = queries.get(public_id, for_=actor())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            act({"on": form.on.data, "reason": form.late.data or None})
        if done:
            flash(_("已登记：%(what)s", what=_(STEPS[step].label)))
            part = None if request.args.get("from") != "board" else "sent" if step != "referral.decide" else "taken"
            return redirect(url_for("desk.referrals.board", _anchor=part))
        referral, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/referrals/answer.html", form=form, case=case, referral=referral, title=_(STEPS[step].label), fields=fields
    )


def section(case):
    """Return the referrals, undisputed facts and reports of a case for its page; None while there is none."""
    found, reports = queries.of_case(case.id), queries.reports_of(case.id)
    records = queries.undisputed_of(case.id)
    untold = not queries.court_was_told(case.id)
    if not (found or reports or records or untold):
        return None
    entry = Entry("referral", _("移送和报告"), len(found) + len(reports) + len(records))
    return {"index": [entry], "referrals": found, "reports": reports, "records": records, "untold": untold}
