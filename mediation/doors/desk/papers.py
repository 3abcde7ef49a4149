"""Issued papers: opened as PDF, the same bytes each time."""

from flask import Blueprint, flash, make_response, redirect, render_template, url_for

from mediation.casefile.papers import operations as papers
from mediation.casefile.papers.forms import PAPERS
from mediation.doors.shared import headers
from mediation.doors.shared.errors import answer
from mediation.doors.shared.forms import DeskForm
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.doors.shared.words import sentence
from mediation.ground import clock
from mediation.ground.files import ALLOWED
from mediation.ground.pdf.faults import PressFault
from mediation.registry.access.rules import Permission
from mediation.stages.agreements import esigning

bp = Blueprint("papers", __name__)
WORD = ALLOWED["docx"][0]


@bp.get("/papers/<public_id:public_id>.pdf")
@policy(Permission.CASES_READ)
def download(public_id):
    """Send a paper so that a browser shows it; its name holds number and form, no person (forms part 5)."""
    try:
        paper, content = papers.content(public_id, by=actor())
    except PressFault as fault:
        return answer(503, _("文书还没排好"), _(fault.label, **fault.params), retry_after=60)
    form = PAPERS[paper.kind].number.replace(".", "-") or paper.kind
    return _shown(paper, content, f"{form}-{paper.short_hash}.pdf")


def _shown(paper, content, name):
    response = make_response(content)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Content-Security-Policy"] = headers.policy(frame_ancestors="'self'")  # printed from our own page
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@bp.get("/papers/<public_id:public_id>/large.pdf")
@policy(Permission.CASES_READ)
def large(public_id):
    """Send a paper in 18 pt, for people with weak eyes (row 125)."""
    try:
        paper, content = papers.large(public_id, by=actor())
    except PressFault as fault:
        return answer(503, _("文书还没排好"), _(fault.label, **fault.params), retry_after=60)
    return _shown(paper, content, f"large-{paper.short_hash}.pdf")


@bp.get("/papers/<public_id:public_id>.docx")
@policy(Permission.CASES_READ)
def word(public_id):
    """Send a paper as a Word file to save; nothing is read back."""
    paper, content = papers.word(public_id, by=actor())
    form = PAPERS[paper.kind].number.replace(".", "-") or paper.kind
    response = make_response(content)
    response.headers["Content-Type"] = WORD
    response.headers["Content-Disposition"] = f'attachment; filename="{form}-{paper.short_hash}.docx"'
    return response


@bp.get("/papers/<public_id:public_id>/state")
@policy(Permission.CASES_READ, polls=True)
def state(public_id):
    """Say whether a paper is printed already; it is, too, when somebody opens it."""
    return {"state": papers.progress(public_id, by=actor())}


@bp.route("/papers/<public_id:public_id>/sign", methods=["GET", "POST"])
@policy(Permission.ATTACHMENTS_ADD)
def sign(public_id):
    """Put the organisation's electronic signature under an agreement, where law and set-up allow it (JM-16)."""
    paper, case = papers.get(public_id, for_=actor())
    form = DeskForm()
    bars = esigning.obstacles(paper, case, on=clock.today())
    if form.validate_on_submit():
        with refused_on(form) as done:
            esigning.sign(public_id, by=actor(), on=clock.today())
        if done:
            flash(_("已加上单位的电子签名，签名件在材料里"))
            return redirect(url_for("desk.cases.show", public_id=case.public_id, _anchor="attachments"))
        paper, case = papers.get(public_id, for_=actor())
        bars = []
    return render_template(
        "desk/papers/sign.html", form=form, case=case, paper=paper, bars=[sentence(each) for each in bars],
        name=PAPERS[paper.kind].name,
    )
