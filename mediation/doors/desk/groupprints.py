"""Printing for a group: what and for whom, how far it is, the file."""

from flask import Blueprint, jsonify, make_response, redirect, render_template, url_for

from mediation.casefile.duties import queries as duties
from mediation.casefile.duties.rules import DutyKind
from mediation.doors.desk import groupforms as forms
from mediation.doors.shared import headers
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission
from mediation.stages.groups import prints, queries
from mediation.stages.groups.rules import KEPT_DAYS, Each, PrintState, Sheet

bp = Blueprint("groupprints", __name__)


@bp.route("/groups/<public_id:public_id>/prints", methods=["GET", "POST"])
@policy(Permission.PAPERS_ISSUE)
def index(public_id):
    """Choose what is printed for whom; what was printed before."""
    group, case = queries.get(public_id, for_=actor())
    form = forms.PrintForm(sheets=_usual(group))
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            asked = prints.ask(
                public_id, sheets=form.sheets.data, each=form.each.data,
                member_ids=None if form.who.data == forms.EVERYBODY else form.ticked, by=actor(), on=clock.today(),
                key=form.key.data,
            )
        if done:
            return redirect(url_for("desk.groupprints.show", public_id=asked))
        group, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/groups/prints.html", form=form, case=case, group=group, figures=queries.figures(group),
        rows=queries.members(group, size=None).rows, printed=queries.prints(group), kept_days=KEPT_DAYS,
    )


def _usual(group):
    """Return the sheets that a group wants as it stands."""
    figures = queries.figures(group)
    wanted = {
        Sheet.LIST: True, Sheet.ELECTION: not figures.representatives,
        Sheet.CONSENT: bool(group.proposal and figures.represented),
        Sheet.REPORT: any(
            duty.is_open and duty.kind == DutyKind.FIRST_REPORT for duty in duties.of_case(group.case_id)
        ),
    }
    return [sheet.value for sheet, is_wanted in wanted.items() if is_wanted]


@bp.get("/group-prints/<public_id:public_id>")
@policy(Permission.PAPERS_ISSUE)
def show(public_id):
    """How far a print is."""
    row, case = queries.printed(public_id, for_=actor())
    return render_template(
        "desk/groups/print.html", row=row, case=case, group=queries.of_case(case.id), progress=_progress_words(row),
        is_busy=row.state == PrintState.RUNNING, sheets=[Sheet(each) for each in row.wanted["sheets"]],
        papers=[Each(each) for each in row.wanted["each"]], people=len(row.wanted["members"]),
    )


@bp.get("/group-prints/<public_id:public_id>/progress")
@policy(Permission.PAPERS_ISSUE, polls=True)
def progress(public_id):
    """Say how far a print is, for the page that waits for it."""
    row, _case = queries.printed(public_id, for_=actor())
    return jsonify(words=_progress_words(row), over=row.state != PrintState.RUNNING)


def _progress_words(row):
    if row.state != PrintState.RUNNING:
        return _("排好了，%(n)s 页", n=row.pages)
    return _("正在排：%(done)s / %(total)s 份", done=row.done, total=row.total)


@bp.get("/group-prints/<public_id:public_id>.pdf")
@policy(Permission.PAPERS_ISSUE)
def download(public_id):
    """Send the file so that a browser shows it; its name holds no person."""
    row, content = prints.content(public_id, by=actor())
    response = make_response(content)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="group-{clock.day_of(row.recorded_at):%Y%m%d}.pdf"'
    response.headers["Content-Security-Policy"] = headers.policy(frame_ancestors="'self'")
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
