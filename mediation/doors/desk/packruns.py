"""Many packs printed into one file: asked for on the board, how far it is, what was not printed and why, the file."""

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for

from mediation.casefile.cases.lifecycle import STEPS
from mediation.doors.desk.confirmation import key_for, pdf
from mediation.doors.shared import words
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import RuleBroken
from mediation.ground.once import new_key
from mediation.stages.confirmation import boards, packruns
from mediation.stages.confirmation.rules import RunState

bp = Blueprint("packruns", __name__)
MAY_PRINT = STEPS["confirmation.prepare"]


@bp.post("/confirmation/prints")
@policy(MAY_PRINT)
def start():
    """Print the ticked packs, or all that lack nothing."""
    by, form = actor(), request.form
    chosen = form.getlist("id")
    if form.get("all"):
        chosen = boards.ready(for_=by, on=clock.today(), court_code=form.get("court") or None)
    return _started(lambda _key: packruns.ask(chosen, by=by, key=key_for(chosen)), url_for("desk.confirmation.board"))


@bp.post("/pack-runs/<public_id:public_id>/again")
@policy(MAY_PRINT)
def again(public_id):
    """Print what was not printed, as a print of its own."""
    here = url_for("desk.packruns.show", public_id=public_id)
    return _started(lambda key: packruns.print_again(public_id, by=actor(), key=key), here)


def _started(ask, otherwise):
    """Ask for a print within a transaction and go to its page; say why there is none."""
    try:
        with transaction():
            made = ask(request.form.get("key", "")[:40] or new_key())
    except RuleBroken as error:
        for obstacle in error.obstacles:
            flash(words.sentence(obstacle), "error")
        return redirect(otherwise)
    return redirect(url_for("desk.packruns.show", public_id=made))


@bp.get("/pack-runs/<public_id:public_id>")
@policy(MAY_PRINT)
def show(public_id):
    """How far a print is, and what was not printed."""
    row = packruns.get(public_id, for_=actor())
    lines = packruns.told(row, for_=actor())
    return render_template(
        "desk/confirmation/packrun.html", row=row, lines=lines, failed=[line for line in lines if line.reasons],
        reasons=_reasons, progress=_progress_words(row), is_busy=row.state == RunState.RUNNING, states=RunState,
        hidden=row.total - len(lines), kept_days=packruns.KEPT_DAYS, new_key=new_key(),
    )


def _reasons(line):
    return [_(sentence, **values) for sentence, values, _cure in line.reasons]


@bp.get("/pack-runs/<public_id:public_id>/progress")
@policy(MAY_PRINT, polls=True)
def progress(public_id):
    """Say how far a print is, for the page that waits for it."""
    row = packruns.get(public_id, for_=actor())
    return jsonify(words=_progress_words(row), over=row.state != RunState.RUNNING, done=row.done, total=row.total)


def _progress_words(row):
    if row.state == RunState.READY:
        return _("印好了，%(n)s 页", n=row.pages)
    if row.state == RunState.RUNNING:
        return _("正在印：%(done)s / %(total)s 件", done=row.done, total=row.total)
    return words.label(row.state)


@bp.post("/pack-runs/<public_id:public_id>/stop")
@policy(MAY_PRINT)
def stop(public_id):
    """Stop after the pack in hand."""
    with transaction():
        packruns.stop(public_id, by=actor())
    return redirect(url_for("desk.packruns.show", public_id=public_id))


@bp.post("/pack-runs/<public_id:public_id>/go-on")
@policy(MAY_PRINT)
def go_on(public_id):
    """Print what is left."""
    with transaction():
        packruns.go_on(public_id, by=actor())
    return redirect(url_for("desk.packruns.show", public_id=public_id))


@bp.get("/pack-runs/<public_id:public_id>.pdf")
@policy(MAY_PRINT)
def download(public_id):
    """Send the file so that a browser shows it; its name holds no person."""
    row, content = packruns.content(public_id, by=actor())
    return pdf(content, f"packs-{clock.day_of(row.recorded_at):%Y%m%d}.pdf")
