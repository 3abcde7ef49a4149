"""The tribunal's desk beside its board: several cases taken in at once, and its own figures."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest

from mediation.casefile.cases.lifecycle import STEPS
from mediation.doors.desk.referrals import LONGEST, desk_of
from mediation.doors.shared.forms import one_line
from mediation.doors.shared.guard import LOGGED_IN, actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.words import sentence
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.errors import Refusal, RuleBroken
from mediation.oversight.statistics import courts as statistics
from mediation.stages.referrals import lists, pasting
from mediation.stages.referrals import operations as referrals

bp = Blueprint("tribunal", __name__)


@bp.route("/referrals/take-in", methods=["GET", "POST"])
@policy(STEPS["referral.take"])
def take_in():
    """Take several cases in, each under the number typed or pasted for it; one that is refused holds no other up."""
    by = actor()
    ids = _chosen()
    lines = lists.chosen(ids, for_=by)
    if not lines:
        flash(_("先勾选要收的案件"), "error")
        return redirect(url_for("desk.referrals.board"))
    numbers = {line.public_id: one_line(request.form.get(f"no-{line.public_id}", ""))[:LONGEST] for line in lines}
    left, refused = [], {}
    if request.form.get("do") == "fill":
        letters = [line.referral.number for line in lines]
        found, left = pasting.shared_out(request.form.get("pasted", ""), letters)
        numbers |= {line.public_id: no for line, no in zip(lines, found, strict=True) if no}
    elif request.form.get("do") == "take":
        taken = [line for line in lines if numbers[line.public_id] and not _refuse(line, numbers, refused)]
        if taken:
            flash(_("已收案 %(count)s 件", count=len(taken)))
        done = {line.public_id for line in taken}
        lines = lists.chosen([each for each in ids if each not in done], for_=by)
        if not lines:
            return redirect(url_for("desk.referrals.board", _anchor="taken"))
    return render_template(
        "desk/referrals/take_in.html", lines=lines, numbers=numbers, left=left, refused=refused, on=_on()
    )


def _chosen() -> list[str]:
    ids = list(dict.fromkeys(request.values.getlist("id")))
    if len(ids) > lists.PAGE:
        raise BadRequest()
    return ids


def _on() -> date:
    try:
        return date.fromisoformat(request.form.get("on", ""))
    except ValueError:
        return clock.today()


def _refuse(line, numbers, refused) -> bool:
    """Take one case in; say whether that was refused, and keep why."""
    try:
        with transaction():
            referrals.take(
                line.public_id, by=actor(), on=_on(), court_no=numbers[line.public_id],
                reason=one_line(request.form.get("late", ""))[:400] or None,
            )
    except RuleBroken as error:
        refused[line.public_id] = _("；").join(map(sentence, error.obstacles))
    except Refusal:
        refused[line.public_id] = _("别人刚办过，或者不归您办")
    else:
        return False
    session.rollback()
    return True


@bp.get("/referrals/figures")
@policy(LOGGED_IN)
def figures():
    """Show what a court did with what it was sent: its own, or for the liaison all that was sent out."""
    own, today = desk_of(actor()), clock.today()
    since, until = _day("since") or today.replace(month=1, day=1), _day("until") or today
    found = statistics.at_court(for_=actor(), since=since, until=until, own=own)
    return render_template("desk/referrals/figures.html", found=found, since=since, until=until, own=own)


def _day(name) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
