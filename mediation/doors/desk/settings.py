"""Dated settings: what holds now and on what ground; a new value from a day on, shown before it is set."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from mediation.doors.desk import settingsmap
from mediation.doors.desk.gradingform import GRADING, GradingForm, grading_words
from mediation.doors.desk.settingforms import FORMS
from mediation.doors.desk.settingforms import words_of as plain_words
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.doors.shared.words import day_words
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission
from mediation.registry.calendar.queries import calendar_of
from mediation.registry.settings import operations as settings
from mediation.registry.settings import queries, rules
from mediation.registry.settings.rules import Kind, Unit
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
        words_of=words_of,
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
    """One setting: its history, and a new value; the button 看看 shows the change, 照此设置 makes it."""
    kind = _kind(kind)
    if not queries.is_known(kind, key):
        abort(404)
    by, today = actor(), clock.today()
    line = next(
        (each for each in queries.listing(kind, on=today, centre_id=by.centre_id) if each.key == key), None
    )
    now = line.setting if line else None
    form_class = GradingForm if (kind, key) == GRADING else FORMS[kind]
    form = form_class(data={"valid_from": today} | (form_class.data_of(now.value) if now else {}))
    to_confirm = None
    if form.validate_on_submit():
        unit = units.get(form.unit.data, centre_id=by.centre_id) if form.unit.data else None
        if request.form.get("do") == "set":
            with refused_on(form) as done, transaction():
                settings.set_value(
                    kind, key, form.value(), by=by, valid_from=form.valid_from.data, source=form.source.data,
                    reason=form.reason.data, unit_id=unit.id if unit else None,
                )
            if done:
                flash(_("已设置，以前的值留着"))
                return redirect(url_for("desk.settings.show", kind=kind.value, key=key))
        else:
            before = queries.setting(
                kind, key, on=form.valid_from.data, centre_id=by.centre_id, unit_id=unit.id if unit else None
            )
            to_confirm = {
                "before": words_of(kind, key, before.value) if before else _("没有设置"),
                "after": words_of(kind, key, form.value()), "unit": unit.name if unit else _("整个中心"),
                "effect": _effect(kind, before.value if before else None, form.value(), form.valid_from.data),
            }
    history = line.history if line else ()
    return render_template(
        "desk/settings/show.html", kind=kind, key=key, name=queries.name_of(kind, key), form=form, now=now,
        history=sorted(history, key=lambda each: (each.valid_from, each.id or 0), reverse=True), words_of=words_of,
        kinds=Kind, to_confirm=to_confirm, authors=staff.names(each.set_by_id for each in history), today=today,
    )


def _effect(kind, before, after, day):
    """Return what a changed period comes to, counted from its first day; nothing for other settings."""
    if kind is not Kind.PERIOD or Unit.HOURS in {(before or after)["unit"], after["unit"]}:
        return None
    calendar = calendar_of(actor().centre_id)
    last = [
        calendar.end_of_period(day, **rules.figure(value).period).day if value else None for value in (before, after)
    ]
    if last[0] is None:
        return _("例如从%(day)s起算：到 %(after)s", day=day_words(day), after=day_words(last[1]))
    told = {"day": day_words(day), "before": day_words(last[0]), "after": day_words(last[1])}
    return _("例如从%(day)s起算：原来到 %(before)s，改后到 %(after)s", **told)


def _kind(word):
    if word not in set(Kind):
        abort(404)
    return Kind(word)
