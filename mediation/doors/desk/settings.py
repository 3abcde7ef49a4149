"""Dated settings: what holds now and on what ground; a new value from a day on is drafted here."""

from flask import Blueprint, abort, redirect, render_template, request, url_for

from mediation.doors.desk import settingsmap
from mediation.doors.desk.gradingform import GRADING, GradingForm, grading_words
from mediation.doors.desk.settingforms import FORMS
from mediation.doors.desk.settingforms import words_of as plain_words
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.oversight.rehearsal import keeping
from mediation.oversight.rehearsal import queries as rehearsal
from mediation.registry.access.rules import Permission
from mediation.registry.settings import drafts, queries
from mediation.registry.settings.rules import Kind
from mediation.registry.staff import queries as staff
from mediation.registry.units import queries as units

bp = Blueprint("settings", __name__)

FOUND = 60


def words_of(kind, key, value):
    """Return a stored value as people read it."""
    return grading_words(value) if (kind, key) == GRADING else plain_words(kind, value)


@bp.get("/settings/front")
@policy(Permission.SETTINGS_MANAGE)
def front():
    """Everything that is set, in groups: what is found where; a search over all of it."""
    text = request.args.get("q", "").strip()
    lines = []
    if text:
        every = queries.listing(None, on=clock.today(), centre_id=actor().centre_id)
        lines = [line for line in every if text in line.name or text.upper() in line.key.upper()][:FOUND]
    return render_template(
        "desk/settings/front.html", groups=settingsmap.groups(actor(), text), lines=lines, text=text,
        words_of=words_of, waiting=(waiting := [] if text else drafts.waiting(for_=actor())),
        authors=staff.names(_drafters(waiting)), name_of=queries.name_of,
    )


@bp.get("/settings")
@policy(Permission.SETTINGS_MANAGE)
def index():
    """The settings of one kind as they hold today for the centre."""
    kind = _kind(request.args.get("kind", Kind.PERIOD.value))
    text = request.args.get("q", "").strip()
    lines = queries.listing(kind, on=clock.today(), centre_id=actor().centre_id)
    if text:
        lines = [line for line in lines if text in line.name or text.upper() in line.key.upper()]
    return render_template(
        "desk/settings/index.html", lines=lines, kind=kind, kinds=Kind, text=text, words_of=words_of,
    )


@bp.route("/settings/<string(maxlength=32):kind>/<string(maxlength=60):key>", methods=["GET", "POST"])
@policy(Permission.SETTINGS_MANAGE)
def show(kind, key):
    """One setting: its history, its drafts, and a new value; it is tried and kept as a draft, to be looked at again."""
    kind = _kind(kind)
    if not queries.is_known(kind, key):
        abort(404)
    by, today = actor(), clock.today()
    line = next(
        (each for each in queries.listing(kind, on=today, centre_id=by.centre_id) if each.key == key), None
    )
    now = line.setting if line else None
    form = form_class_of(kind, key)
    form = form(data={"valid_from": today} | (form.data_of(now.value) if now else {}))
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            draft = drafts.begin(kind, key, form.value(), on=today, key=form.key.data, **typed(kind, key, form))
        if done:
            return redirect(url_for("desk.settingdrafts.show", public_id=draft))
    history = line.history if line else ()
    waiting = drafts.waiting(for_=by, of=(kind, key))
    return render_template(
        "desk/settings/show.html", kind=kind, key=key, name=queries.name_of(kind, key), form=form, now=now,
        history=sorted(history, key=lambda each: (each.valid_from, each.id or 0), reverse=True), words_of=words_of,
        kinds=Kind, authors=staff.names({*(each.set_by_id for each in history), *_drafters(waiting)}), today=today,
        waiting=waiting,
    )


def form_class_of(kind, key):
    """Return the form in which a setting is written."""
    return GradingForm if (kind, key) == GRADING else FORMS[kind]


def typed(kind, key, form) -> dict:
    """Return what a draft keeps of a form beside its value: day, ground, for whom, and what came of trying it."""
    by = actor()
    unit = units.get(form.unit.data, centre_id=by.centre_id) if form.unit.data else None
    unit_id = unit.id if unit else None
    tried = rehearsal.rehearse(kind, key, form.value(), centre_id=by.centre_id, unit_id=unit_id)
    return {
        "by": by, "valid_from": form.valid_from.data, "source": form.source.data, "reason": form.reason.data,
        "unit_id": unit_id, "area_code": form.area(), "rehearsal": keeping.kept(tried),
    }


def _drafters(rows):
    return {row.drafted_by_id for row in rows}


def _kind(word):
    if word not in set(Kind):
        abort(404)
    return Kind(word)
