"""Single cases about a group's matter: taken in, let go again (rows 19, 20)."""

from flask import Blueprint, flash, redirect, render_template, request, url_for

from mediation.casefile.cases.lifecycle import STEPS
from mediation.doors.desk import groupforms as forms
from mediation.doors.desk.links import candidates
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.stages.groups import operations, queries

bp = Blueprint("groupcases", __name__)


@bp.route("/groups/<public_id:public_id>/cases", methods=["GET", "POST"])
@policy(STEPS["case.group"])
def index(public_id):
    """Take the people of a single case in, found by its number; the ones that were, each with the way out."""
    group, case = queries.get(public_id, for_=actor())
    form = forms.TakeInForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            operations.take_in_case(
                public_id, form.other.data, by=actor(), on=clock.today(), key=form.key.data
            )
        if done:
            flash(_("已收进群体，两件关联为系列案，那一件照常办。"))
            return redirect(url_for("desk.groupcases.index", public_id=public_id))
        group, case = queries.get(public_id, for_=actor())
    found, chosen = candidates(case, form.other.data)
    if chosen is not None:
        form.other.data = chosen.public_id
    return render_template(
        "desk/groups/cases.html", form=form, case=case, group=group, found=found, chosen=chosen,
        taken_in=queries.taken_in(group, for_=actor()),
    )


@bp.route("/groups/<public_id:public_id>/let-go", methods=["GET", "POST"])
@policy(STEPS["case.group"])
def let_go(public_id):
    """Let a single case go again, with the reason; the case stands in the address."""
    group, case = queries.get(public_id, for_=actor())
    wanted = request.args.get("case", "")
    line = next((each for each, _n in queries.taken_in(group, for_=actor()) if each.case_public_id == wanted), None)
    if line is None:  # it was let go meanwhile
        return redirect(url_for("desk.groupcases.index", public_id=public_id))
    form = forms.PlainReasonForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            operations.let_go_case(public_id, wanted, reason=form.reason.data, by=actor(), on=clock.today())
        if done:
            flash(_("已放出，那一件的人从名单去掉了，记录还在。"))
            return redirect(url_for("desk.groupcases.index", public_id=public_id))
        group, case = queries.get(public_id, for_=actor())
    return render_template("desk/groups/let_go.html", form=form, case=case, group=group, line=line)
