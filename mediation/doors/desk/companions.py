"""Papers beside the road, of one case: what it can have now, what each lacks; one is issued with one key."""

from flask import Blueprint, redirect, render_template, request, url_for

from mediation.casefile.cases import queries as cases
from mediation.casefile.papers.forms import PAPERS
from mediation.doors.shared.forms import CreatingForm
from mediation.doors.shared.guard import actor, step_page
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.stages.companions import operations, queries

bp = Blueprint("companions", __name__)


@bp.route("/cases/<public_id:public_id>/papers", methods=["GET", "POST"])
@step_page("case.issue_paper")
def listing(public_id):
    """List the papers that the case gives rise to; a press issues one and opens it."""
    case = cases.get(public_id, for_=actor())
    form = CreatingForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            offer = request.form.get("offer", "")[:100]
            paper = operations.issue(public_id, offer, by=actor(), on=clock.today(), key=form.key.data)
        if done:
            return redirect(url_for("desk.papers.download", public_id=paper))
        case = cases.get(public_id, for_=actor())
    rows = queries.rows(case, by=actor(), on=clock.today())
    return render_template(
        "desk/companions/listing.html", case=case, form=form, forms=PAPERS,
        ready=[row for row in rows if not row.lacks], wanting=[row for row in rows if row.lacks],
    )
