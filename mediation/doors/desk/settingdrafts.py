"""A drafted setting: what it changes and what it would have changed, looked at once more, then published or dropped."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for

from mediation.casefile.clocks.rules import ClockLabel
from mediation.doors.desk.settings import form_class_of, typed, words_of
from mediation.doors.shared.cures import Ways
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.doors.shared.words import day_words, label, sentence
from mediation.ground import clock
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.db import transaction
from mediation.ground.errors import RuleBroken, Stale
from mediation.oversight.rehearsal import keeping
from mediation.oversight.rehearsal import queries as rehearsal
from mediation.oversight.rehearsal.queries import Matter
from mediation.registry.access.rules import Permission
from mediation.registry.calendar.queries import calendar_of
from mediation.registry.settings import drafts, queries, rules
from mediation.registry.settings.draftrules import DraftState
from mediation.registry.settings.rules import Kind, Unit
from mediation.registry.staff import queries as staff
from mediation.registry.units import queries as units
from mediation.stages.referrals.procedure import Why

bp = Blueprint("settingdrafts", __name__)

SHOWN = 60  # differences on one page
OUTCOMES = {  # of the small-claims limits, shorter than the letter to the court says it
    Why.SMALL_BY_LAW: N_("应当适用小额诉讼"),
    Why.NOT_AGREED: N_("双方同意才适用小额诉讼"),
    Why.ABOVE: N_("不适用小额诉讼"),
}


@bp.get("/setting-drafts/<public_id:public_id>")
@policy(Permission.SETTINGS_MANAGE)
def show(public_id):
    """What a draft changes, on which of the last cases it would have told, and what keeps it from being published."""
    by = actor()
    draft = drafts.get(public_id, for_=by)
    tried, count = keeping.told(draft.rehearsal)
    after = request.args.get("after", 0, type=int)
    lines = tried.differences[after : after + SHOWN]
    names = units.names(draft.centre_id)
    before = draft.before[0] if draft.before else None
    is_open = draft.state == DraftState.OPEN
    bars = drafts.bars_of(draft, on=clock.today()) if is_open else []
    return render_template(
        "desk/settings/draft.html", draft=draft, name=queries.name_of(draft.kind, draft.key), is_open=is_open,
        kinds=Kind, before=words_of(draft.kind, draft.key, before) if draft.before else _("没有设置"),
        after=words_of(draft.kind, draft.key, draft.value), tried=tried, count=count,
        lines=lines, start=after, numbers=rehearsal.open_numbers({each.number for each in lines}, for_=by),
        following=after + SHOWN if len(tried.differences) > after + SHOWN else None,
        effect=_effect(draft.kind, before, draft.value, draft.valid_from),
        unit=names[draft.unit_id][1] if draft.unit_id in names else _("整个中心"),
        bars=[Ways().reason(bar) for bar in bars], outcome=_outcome, what=_what,
        authors=staff.names({draft.drafted_by_id, *([draft.decided_by_id] if draft.decided_by_id else [])}),
    )


@bp.route("/setting-drafts/<public_id:public_id>/change", methods=["GET", "POST"])
@policy(Permission.SETTINGS_MANAGE)
def change(public_id):
    """Write a draft anew; it is tried again."""
    by = actor()
    draft = drafts.get(public_id, for_=by)
    kind, key = Kind(draft.kind), draft.key
    form = form_class_of(kind, key)
    names = units.names(draft.centre_id)
    said = {
        "valid_from": draft.valid_from, "source": draft.source, "reason": draft.reason, "province": draft.area_code,
        "unit": names[draft.unit_id][0] if draft.unit_id in names else "",
    }
    form = form(data=said | form.data_of(draft.value))
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            version = request.form.get("version", 0, type=int)
            drafts.rewrite(public_id, form.value(), version=version, **typed(kind, key, form))
        if done:
            return redirect(url_for("desk.settingdrafts.show", public_id=public_id))
        draft = drafts.get(public_id, for_=by)
    return render_template(
        "desk/settings/change.html", draft=draft, form=form, name=queries.name_of(kind, key), kind=kind, key=key,
        kinds=Kind,
    )


@bp.post("/setting-drafts/<public_id:public_id>/rehearse")
@policy(Permission.SETTINGS_MANAGE)
def rehearse(public_id):
    """Try a draft once more on the last cases, against what holds now."""
    by = actor()
    draft = drafts.get(public_id, for_=by)
    tried = rehearsal.rehearse(draft.kind, draft.key, draft.value, centre_id=by.centre_id, unit_id=draft.unit_id)
    return _done(public_id, _("又试了一遍"), lambda version: drafts.tried_again(
        public_id, by=by, version=version, rehearsal=keeping.kept(tried)
    ))


@bp.post("/setting-drafts/<public_id:public_id>/publish")
@policy(Permission.SETTINGS_MANAGE)
def publish(public_id):
    """Let a draft hold from its day on."""
    return _done(public_id, _("已公布，以前的值留着"), lambda version: drafts.publish(
        public_id, by=actor(), on=clock.today(), version=version
    ))


@bp.post("/setting-drafts/<public_id:public_id>/drop")
@policy(Permission.SETTINGS_MANAGE)
def drop(public_id):
    """Give a draft up."""
    return _done(public_id, _("草稿已作废，留着备查"), lambda version: drafts.drop(
        public_id, by=actor(), on=clock.today(), version=version
    ))


def _done(public_id, said, act):
    """Do something with a draft as it was looked at, and go back to its page."""
    drafts.get(public_id, for_=actor())
    try:
        with transaction():
            act(request.form.get("version", 0, type=int))
        flash(said)
    except Stale:
        flash(_("这份草稿刚刚有人改过，请看清再办。"), "warning")
    except RuleBroken as error:
        for obstacle in error.obstacles:
            flash(sentence(obstacle), "error")
    return redirect(url_for("desk.settingdrafts.show", public_id=public_id))


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


def _outcome(value):
    """Return what came out for a case, in words."""
    if isinstance(value, tuple):
        return _("、").join(_outcome(each) for each in value if each is not None)
    if isinstance(value, Reason):
        return _(OUTCOMES.get(value, value.label))
    if isinstance(value, Choice):
        return label(value)
    return day_words(value) if isinstance(value, date) else str(value)


def _what(difference):
    """Return of which clock or paper a difference tells."""
    if difference.matter in (Matter.LAST_DAY, Matter.IN_TIME):
        clock_label, _slash, since = difference.detail.partition("/")
        started = day_words(date.fromisoformat(since))
        return _("%(what)s，从%(day)s起", what=_(ClockLabel(clock_label).label), day=started)
    return "" if difference.matter is Matter.EXTENSIONS else difference.detail
