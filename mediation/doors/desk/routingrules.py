"""The routing rules: which hold, how they are followed, changing them by a draft that is rehearsed first."""

from datetime import timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from mediation.casefile.cases.rules import Track
from mediation.doors.desk.ruleforms import BeginForm, PublishForm, RuleForm
from mediation.doors.shared.cures import Ways
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import RuleBroken, Stale
from mediation.registry.access.rules import Permission
from mediation.registry.units import queries as units
from mediation.registry.units.rules import UnitKind
from mediation.stages.routing import advice, bookkeeping, drafts, rulebook, table
from mediation.stages.routing.rulebook import DraftState
from mediation.stages.routing.rules import OverrideReason

bp = Blueprint("routingrules", __name__)

LOOKED_BACK = timedelta(days=90)
PERIODS = (30, 90, 365)


@bp.get("/settings/routing-rules")
@policy(Permission.ROUTING_RULES_READ)
def index():
    """List the rules in the order in which they are asked, each with how often it was not followed."""
    by, today, (since, days) = actor(), clock.today(), _since()
    return render_template(
        "desk/routingrules/index.html", rules=bookkeeping.standing(by.centre_id, on=today, since=since), days=days,
        periods=PERIODS, open_drafts=bookkeeping.drafts(by.centre_id, DraftState.OPEN),
        published=bookkeeping.drafts(by.centre_id, DraftState.PUBLISHED), target=_target(by.centre_id), today=today,
        may_change=by.may(Permission.ROUTING_RULES_CHANGE),
    )


@bp.get("/settings/routing-rules/<int:number>")
@policy(Permission.ROUTING_RULES_READ)
def rule(number):
    """Show one rule: every version of it, and the cases that did not go where it said."""
    by, today, (since, days) = actor(), clock.today(), _since()
    editions = bookkeeping.editions(by.centre_id, number)
    if not editions:
        abort(404)
    now = next((each for each in table.rules_of(by.centre_id, on=today) if each.number == number), None)
    before = request.args.get("before", type=int)
    rows, next_mark = bookkeeping.overridden(number, for_=by, since=since, until=today, before=before)
    return render_template(
        "desk/routingrules/rule.html", number=number, now=now, editions=editions, rows=rows, next_mark=next_mark,
        use=bookkeeping.uses(by.centre_id, since=since, until=today).get(number), days=days, periods=PERIODS,
        target=_target(by.centre_id), unit_name=_unit_names(by.centre_id), reasons=OverrideReason,
        clues=lambda each: advice.conditions_in_words(each, by.centre_id),
        may_change=by.may(Permission.ROUTING_RULES_CHANGE),
        open_drafts=bookkeeping.drafts(by.centre_id, DraftState.OPEN),
    )


@bp.route("/routing-drafts/new", methods=["GET", "POST"])
@policy(Permission.ROUTING_RULES_CHANGE)
def begin():
    """Begin a draft; from a rule's page one comes to that rule at once."""
    number, form = request.args.get("rule", type=int), BeginForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            public_id = drafts.begin(by=actor(), on=clock.today(), key=form.key.data, why=form.why.data)
        if done:
            return redirect(url_for("desk.routingrules.write", public_id=public_id, number=number or None))
    return render_template("desk/routingrules/begin.html", form=form, number=number)


@bp.get("/routing-drafts/<public_id:public_id>")
@policy(Permission.ROUTING_RULES_CHANGE)
def draft(public_id):
    """Show a draft: what it changes, what the rehearsal showed, what still keeps it from being published."""
    found = drafts.get(public_id, for_=actor())
    return _draft_page(found, PublishForm(valid_from=clock.today(), version=found.version))


@bp.route("/routing-drafts/<public_id:public_id>/rule", methods=["GET", "POST"])
@policy(Permission.ROUTING_RULES_CHANGE)
def write(public_id):
    """Write one rule of a draft: a new one, or another version of one that holds."""
    by, number = actor(), request.args.get("number", type=int)
    found = drafts.get(public_id, for_=by)
    drafted = rulebook.applied(table.rules_of(by.centre_id, on=clock.today()), found.changes)
    present = {each.number: each for each in drafted}
    if number is not None and number not in present:
        abort(404)
    form = RuleForm(centre_id=by.centre_id, rule=present.get(number), data={"version": found.version})
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            drafts.put(
                public_id, by=by, on=clock.today(), key=form.key.data, version=form.version.data, number=number,
                values=form.values(),
            )
        if done:
            flash(_("已写进草稿，还没有发布"))
            return redirect(url_for("desk.routingrules.draft", public_id=public_id))
        found = drafts.get(public_id, for_=by)
    return render_template("desk/routingrules/write.html", form=form, draft=found, number=number)


@bp.post("/routing-drafts/<public_id:public_id>/off")
@policy(Permission.ROUTING_RULES_CHANGE)
def switch_off(public_id):
    """Let the rule of a number hold no longer, in this draft."""
    return _changed(public_id, lambda number, version: drafts.switch_off(
        public_id, number, by=actor(), on=clock.today(), version=version
    ))


@bp.post("/routing-drafts/<public_id:public_id>/take-out")
@policy(Permission.ROUTING_RULES_CHANGE)
def take_out(public_id):
    """Leave a rule as it is after all."""
    return _changed(public_id, lambda number, version: drafts.take_out(public_id, number, by=actor(), version=version))


@bp.post("/routing-drafts/<public_id:public_id>/rehearse")
@policy(Permission.ROUTING_RULES_CHANGE)
def rehearse(public_id):
    """Replay the draft on the last routed cases."""
    return _changed(public_id, lambda _number, _version: drafts.rehearse(public_id, by=actor(), on=clock.today()))


@bp.post("/routing-drafts/<public_id:public_id>/publish")
@policy(Permission.ROUTING_RULES_CHANGE)
def publish(public_id):
    """Let a rehearsed draft hold from a day on."""
    form = PublishForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            drafts.publish(
                public_id, by=actor(), on=clock.today(), key=form.key.data, version=form.version.data or 0,
                valid_from=form.valid_from.data,
            )
        if done:
            flash(_("已发布，从 %(day)s 起用", day=form.valid_from.data))
            return redirect(url_for("desk.routingrules.index"))
    return _draft_page(drafts.get(public_id, for_=actor()), form)


@bp.post("/routing-drafts/<public_id:public_id>/drop")
@policy(Permission.ROUTING_RULES_CHANGE)
def drop(public_id):
    """Give a draft up."""
    return _changed(
        public_id, lambda _number, version: drafts.drop(public_id, by=actor(), version=version),
        to="desk.routingrules.index", said=_("草稿已作废"),
    )


@bp.post("/routing-drafts/<public_id:public_id>/undo")
@policy(Permission.ROUTING_RULES_CHANGE)
def undo(public_id):
    """Begin a draft that puts back what this one replaced."""
    key = request.form.get("key", "")[:40] or None
    try:
        with transaction():
            made = drafts.undo(public_id, by=actor(), on=clock.today(), key=key)
    except RuleBroken as error:
        return _refused(public_id, error)
    flash(_("这是撤回用的草稿：先试跑，再发布"))
    return redirect(url_for("desk.routingrules.draft", public_id=made))


def _changed(public_id, do, *, to=None, said=None):
    drafts.get(public_id, for_=actor())
    number, version = (request.form.get(name, 0, type=int) for name in ("number", "version"))
    try:
        with transaction():
            do(number, version)
    except Stale:
        flash(_("这份草稿刚刚有人改过，请看清再改。"), "warning")
    except RuleBroken as error:
        return _refused(public_id, error)
    else:
        if said:
            flash(said)
    return redirect(url_for(to) if to else url_for("desk.routingrules.draft", public_id=public_id))


def _refused(public_id, error):
    for obstacle in error.obstacles:
        flash(Ways().reason(obstacle).text, "error")
    return redirect(url_for("desk.routingrules.draft", public_id=public_id))


def _draft_page(found, form):
    by, today = actor(), clock.today()
    present = {each.number: each for each in table.rules_of(by.centre_id, on=today)}
    is_open = found.state == DraftState.OPEN
    kept = found.replaced if not is_open else {}
    changes = []
    for number, values in sorted(found.changes.items(), key=lambda item: int(item[0])):
        was = present.get(int(number)) if is_open else _read(number, kept.get(number))
        changes.append((int(number), was, _read(number, values)))
    rows = bookkeeping.rows_of_rehearsal(found, for_=by)
    bars = drafts.publish_bars(found, on=today) if is_open else []
    return render_template(
        "desk/routingrules/draft.html", draft=found, form=form, changes=changes, rows=rows, is_open=is_open,
        seen=any(case for _row, case in rows), streams=_streams(rows), bars=[Ways().reason(bar) for bar in bars],
        others=[each for each in sorted(present.values(), key=lambda each: (each.priority, each.number))
                if str(each.number) not in found.changes],
        target=_target(by.centre_id), unit_name=_unit_names(by.centre_id), reasons=OverrideReason,
        clues=lambda each: advice.conditions_in_words(each, by.centre_id), new_key=form.key.data,
        track_of=Track,
    )


def _read(number, values):
    return rulebook.rule_from(int(number), values) if values else None


def _streams(rows):
    """Return how many cases would go from which unit to which, the most first."""
    found = {}
    for row, _case in rows:
        if row["moved"]:
            ends = tuple(way and way["unit"] for way in (row["before"], row["after"]))
            found[ends] = found.get(ends, 0) + 1
    return sorted(found.items(), key=lambda item: -item[1])


def _since():
    days = request.args.get("days", LOOKED_BACK.days, type=int)
    days = days if days in PERIODS else LOOKED_BACK.days
    return clock.today() - timedelta(days=days), days


def _unit_names(centre_id):
    names = units.names(centre_id)
    return lambda unit_id: names[unit_id][1] if unit_id in names else "—"


def _target(centre_id):
    """Return the function that says where a rule sends: its unit, or the kind of unit and its level."""
    name_of = _unit_names(centre_id)

    def words(each):
        from_kind = _(UnitKind(each.unit_kind).label) if each.unit_kind else ""
        level = _(each.level.label) if each.level else ""
        place = name_of(each.unit_id) if each.unit_id else _("%(level)s%(kind)s", level=level, kind=from_kind)
        return _("%(track)s，%(unit)s", track=_(each.track.label), unit=place)

    return words
