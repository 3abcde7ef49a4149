"""Many cases at once: choose them, see what would be done and what not, let it be done. Row 29."""


from flask import Blueprint, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from mediation.casefile.batches import deeds, queries
from mediation.casefile.batches import operations as batches
from mediation.casefile.batches.rules import AGAIN, MOST, BatchKind, BatchState, Verdict
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.queries import Filter
from mediation.casefile.cases.rules import Stage, Track, Turn
from mediation.doors.desk import todo
from mediation.doors.desk.proceedingforms import choices
from mediation.doors.shared import words
from mediation.doors.shared.forms import CreatingForm, Text
from mediation.doors.shared.guard import LOGGED_IN, actor, may_enter, pages_of_steps, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import NotAllowed, RuleBroken, Stale
from mediation.registry.mediators import queries as pool
from mediation.registry.units import queries as units
from mediation.registry.units.rules import TRACKS_OF
from mediation.stages.proceedings.appointing.rules import OverrideReason as WhyThisOne
from mediation.stages.routing.rules import OverrideReason

bp = Blueprint("triage", __name__)

AS_SUGGESTED, ONE_UNIT = "suggested", "unit"


class RouteForm(CreatingForm):
    """Where all of them go; the cases themselves are ticks of the list."""

    way = RadioField(_l("送到哪里"), choices=[
        SelectChoice(AS_SUGGESTED, _l("各按建议")), SelectChoice(ONE_UNIT, _l("都送一个单位")),
    ])
    track = SelectField(_l("调解种类"), [Optional()])
    unit = SelectField(_l("承办单位"), [Optional()])
    override = SelectField(_l("不按建议的理由"), [Optional()])
    note = Text(_l("给承办单位的话"), longest=400)

    kind = BatchKind.ROUTE

    def offer(self, by):
        bodies = units.units(by.centre_id, on=clock.today(), kinds=tuple(TRACKS_OF))
        self.unit.choices = [SelectChoice("", "—"), *(SelectChoice(each.public_id, each.name) for each in bodies)]
        self.track.choices = choices(Track)
        self.override.choices = choices(OverrideReason, _("都合建议，不用选"))

    def validate(self, **options) -> bool:
        is_whole = super().validate(**options)
        if self.way.data == ONE_UNIT and not self.unit.data:
            self.unit.errors = [_("选一个单位")]
            return False
        return is_whole

    def target(self):
        one = self.way.data == ONE_UNIT
        return {
            "unit": self.unit.data if one else None, "track": self.track.data if one else None,
            "override": self.override.data or None if one else None, "note": self.note.data or None,
        }


class AssignForm(CreatingForm):
    """To whom all of them are given."""

    mediator = SelectField(_l("交给哪位调解员"), [InputRequired(_l("选一位调解员"))])
    override = SelectField(_l("没派排在第一的，为什么"), [InputRequired(_l("选一项"))])

    kind = BatchKind.ASSIGN

    def offer(self, by):
        found = pool.pool(by.centre_id, on=clock.today(), unit_ids=[by.unit_id])
        self.mediator.choices = [SelectChoice("", "—"), *(SelectChoice(each.public_id, each.name) for each in found)]
        self.override.choices = choices(WhyThisOne, "—")

    def target(self):
        return {"mediator": self.mediator.data, "override": self.override.data}


WAITING = {  # which cases a list offers
    BatchKind.ROUTE: Filter(stages=(Stage.SCREENED,), turns=(Turn.DISPATCHER,)),
    BatchKind.ASSIGN: Filter(stages=(Stage.ACCEPTED,), turns=(Turn.UNIT,), acting=True),  # not what one only helps with
}


@bp.route("/triage", methods=["GET", "POST"])
@policy(STEPS["case.route"])
def route():
    """Choose cases that are to be routed, and where to."""
    return _choose(RouteForm(way=AS_SUGGESTED), "desk/triage/route.html")


@bp.route("/triage/assign", methods=["GET", "POST"])
@policy(STEPS["proceeding.assign"])
def assign():
    """Choose accepted cases of one's unit, and a mediator."""
    return _choose(AssignForm(), "desk/triage/assign.html")


@bp.get("/batches/<public_id:public_id>")
@policy(LOGGED_IN)
def show(public_id):
    """What would be done with each case, and what has been."""
    batch = _batch(public_id)
    listed, counted = queries.listed(batch, for_=actor()), queries.counts(batch)
    return render_template(
        "desk/triage/show.html", batch=batch, rows=[(row, case, _reasons(row, case)) for row, case in listed],
        counts=[(value, label, counted[value]) for value, label in words.labelled(Verdict) if counted.get(value)],
        can_run=sum(counted.get(each, 0) for each in AGAIN), is_busy=queries.is_busy(batch), verdicts=Verdict,
        progress=progress_words(batch), states=BatchState, tried=queries.tried(batch),
        back=url_for(LIST_OF[batch.kind]),
    )


@bp.post("/batches/<public_id:public_id>/run")
@policy(LOGGED_IN)
def run(public_id):
    """Let a batch be done in the background."""
    _batch(public_id)
    try:
        with transaction():
            batches.run(public_id, by=actor(), version=request.form.get("version", 0, type=int))
    except Stale:
        flash(_("这一批已经在办，或者刚刚有人动过。"), "warning")
    except RuleBroken as error:
        for obstacle in error.obstacles:
            flash(words.sentence(obstacle), "error")
    return redirect(url_for("desk.triage.show", public_id=public_id))


@bp.post("/batches/<public_id:public_id>/stop")
@policy(LOGGED_IN)
def stop(public_id):
    """Stop after the case in hand."""
    _batch(public_id)
    with transaction():
        batches.stop(public_id, by=actor())
    return redirect(url_for("desk.triage.show", public_id=public_id))


@bp.get("/batches/<public_id:public_id>/progress")
@policy(LOGGED_IN, polls=True)
def progress(public_id):
    """Say how far a batch is, for the page that waits for it."""
    batch = _batch(public_id)
    return jsonify(
        words=progress_words(batch), over=not queries.is_busy(batch), done=queries.tried(batch), total=batch.total
    )


def _choose(form, template):
    by = actor()
    form.offer(by)
    if form.validate_on_submit():
        chosen, target = request.form.getlist("case"), form.target()
        with refused_on(form) as done:
            looked = batches.look_at(form.kind, chosen, target=target, by=by, on=clock.today())
            with transaction():
                public_id = batches.keep(
                    form.kind, looked, target=target, by=by, on=clock.today(), key=form.key.data
                )
        if done:
            return redirect(url_for("desk.triage.show", public_id=public_id))
    page = cases.listing(for_=by, chosen=WAITING[form.kind], sort="waiting", size=MOST)
    return render_template(
        template, form=form, page=page, todo=todo.words, most=MOST, chosen=set(request.form.getlist("case")),
        newest=queries.newest(form.kind, for_=by),
    )


def _batch(public_id):
    """Return a batch of the actor's unit, for a post that may do what it does."""
    batch = queries.get(public_id, for_=actor())
    step = STEPS[deeds.of(batch.kind).step]
    if not may_enter(step, actor()):
        raise NotAllowed(step.name)
    return batch


LIST_OF = {
    BatchKind.ROUTE: "desk.triage.route", BatchKind.ASSIGN: "desk.triage.assign",
    BatchKind.FILE: "desk.confirmation.board",
}


def _reasons(row, case):
    """Return why a case was not done, each reason with the page that cures it."""
    pages = pages_of_steps(current_app)
    found = []
    for said, cure in words.kept(row.why):
        url = None
        step = STEPS.get(cure)
        # of a case, or of what the batch works on in it
        subject = case and step and (case.public_id if step.object == "case" else row.does.get(step.object))
        if subject and may_enter(step, actor()):
            url = url_for(pages[cure], public_id=subject)
        elif case is not None:
            url = url_for("desk.cases.show", public_id=case.public_id)
        found.append((said, url))
    return found


def progress_words(batch):
    """Return how far a batch is."""
    if not queries.is_busy(batch):
        return _(batch.state.label)
    state, done = _(batch.state.label), queries.tried(batch)
    return _("%(state)s：%(done)s / %(total)s 件", state=state, done=done, total=batch.total)
