"""The arbiter's desk: ruling where a bounced case goes, precedents, who the arbiter is, who gives cases back."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.queries import Filter
from mediation.casefile.cases.rules import Track
from mediation.doors.desk import placing
from mediation.doors.desk.proceedingforms import DatedForm, choices
from mediation.doors.shared.forms import CreatingForm, DeskForm, LongText, Text
from mediation.doors.shared.guard import actor, policy, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import Stale
from mediation.registry.access.rules import Permission, Role
from mediation.registry.staff import queries as staff
from mediation.registry.units import queries as units
from mediation.stages.routing import queries as routing
from mediation.stages.routing.arbiter import operations as arbiter
from mediation.stages.routing.arbiter import queries
from mediation.stages.routing.rules import RejectReason

bp = Blueprint("arbiter", __name__)

LOOKED_BACK = timedelta(days=90)
PERIODS = (30, 90, 365)


class DesignateForm(DatedForm):
    """Where the case goes and why; with the signs it is a precedent."""

    track = RadioField(_l("调解种类"), [InputRequired(_l("选一种"))])
    unit = SelectField(_l("由哪个单位办"), [InputRequired(_l("选一个单位"))])
    why = LongText(_l("裁定的理由，两个单位都看得到"), [InputRequired(_l("裁定要写理由"))], longest=400)
    duty_item = SelectField(_l("依据职责清单"), [Optional()])
    is_precedent = BooleanField(_l("作为先例，以后类似的照此分流"))
    signs = Text(_l("以后怎么认类似的（不写姓名）"), longest=400)


class ArbiterForm(CreatingForm):
    post = SelectField(_l("由谁裁定"), [Optional()])
    valid_from = DateField(_l("从哪天起"), [InputRequired(_l("填日期"))])


class EndForm(DeskForm):
    ended_on = DateField(_l("从哪天起不再照此办"), [InputRequired(_l("填日期"))])
    reason = Text(_l("为什么停用"), [InputRequired(_l("写明为什么停用"))], longest=400)
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])


@bp.route("/cases/<public_id:public_id>/designate", methods=["GET", "POST"])
@step_page("case.designate")
def designate(public_id):
    """Both reasons and the lines of the duty list beside each other; say where the case goes."""
    case = cases.get(public_id, for_=actor())
    form = DesignateForm(track=Track.PEOPLES.value, is_precedent=True)
    likely = placing.likely_items(case)
    form.track.choices = choices(Track)
    form.unit.choices = [
        SelectChoice("", "—"),
        *(SelectChoice(each.public_id, each.name) for each in routing.targets(case, on=clock.today())),
    ]
    form.duty_item.choices = placing.item_choices(likely)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            arbiter.designate(
                public_id, by=actor(), track=form.track.data, unit_public_id=form.unit.data, why=form.why.data,
                is_precedent=form.is_precedent.data, signs=form.signs.data or "",
                duty_item=form.duty_item.data or None, **form.dated(),
            )
        if done:
            flash(_("已裁定，承办单位不能再退"))
            return redirect(url_for("desk.home.start"))
        case = cases.get(public_id, for_=actor())
    return render_template(
        "desk/arbiter/designate.html", form=form, case=case, likely=likely, parties=cases.parties_of(case.id),
        rejections=queries.beside_each_other(case, on=clock.today()), precedents=placing.precedents(case),
        names=_unit_names(case.centre_id), reasons=RejectReason, named=placing.waits(case),
        advice=routing.suggest_for(case, on=clock.today()),
    )


@bp.get("/precedents")
@policy(Permission.ROUTING_RULES_READ)
def precedents():
    """List what was ruled, the newest first."""
    by = actor()
    rows, next_mark = queries.rulings(for_=by, before=request.args.get("before", type=int))
    ids = tuple(row.case_id for row in rows)
    seen = {row.id: row for row in cases.listing(for_=by, chosen=Filter(ids=ids), size=max(len(ids), 1)).rows}
    return render_template(
        "desk/arbiter/precedents.html", rulings=placing.told(rows), seen=seen, next_mark=next_mark,
        may_end=by.may(Permission.PRECEDENTS), today=clock.today(),
        named=queries.arbiter_on(by.centre_id, on=clock.today()), may_name=by.may(Permission.SETTINGS_MANAGE),
    )


@bp.route("/precedents/<public_id:public_id>/end", methods=["GET", "POST"])
@policy(Permission.PRECEDENTS)
def end(public_id):
    """Let a ruling be no precedent from a day on."""
    row = queries.get(public_id, for_=actor())
    form = EndForm(ended_on=clock.today(), version=row.version)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            arbiter.end_precedent(
                public_id, by=actor(), on=clock.today(), ended_on=form.ended_on.data, reason=form.reason.data,
                version=form.version.data or 0,
            )
        if done:
            flash(_("先例已停用，那一件案件照旧"))
            return redirect(url_for("desk.arbiter.precedents"))
        row = queries.get(public_id, for_=actor())
    return render_template("desk/arbiter/end.html", form=form, told=placing.told([row])[0])


@bp.post("/precedents/<public_id:public_id>/take-up")
@policy(Permission.PRECEDENTS)
def take_up(public_id):
    """Undo the end of a precedent."""
    try:
        with transaction():
            arbiter.take_up_precedent(public_id, by=actor(), version=request.form.get("version", 0, type=int))
    except Stale:
        flash(_("这个先例刚刚有人改过，请看清再改。"), "warning")
    else:
        flash(_("先例已恢复"))
    return redirect(url_for("desk.arbiter.precedents"))


@bp.route("/settings/arbiter", methods=["GET", "POST"])
@policy(Permission.SETTINGS_MANAGE)
def name():
    """Say who rules where bounced cases go."""
    by, today = actor(), clock.today()
    now = queries.arbiter_on(by.centre_id, on=today)
    posts = staff.posts_of_role(Role.SUPERVISOR, centre_id=by.centre_id, on=today)
    chosen = next((post.public_id for post in posts if now and post.id == now.post_id), "")
    form = ArbiterForm(post=chosen, valid_from=today)
    form.post.choices = [
        SelectChoice("", _("没有人，由分流员自己定")),
        *(SelectChoice(post.public_id, f"{post.account.name}　{post.unit.name}") for post in posts),
    ]
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            arbiter.name(form.post.data or None, by=by, on=today, key=form.key.data, valid_from=form.valid_from.data)
        if done:
            flash(_("已定好"))
            return redirect(url_for("desk.arbiter.name"))
    return render_template(
        "desk/arbiter/name.html", form=form, now=now, history=queries.history(by.centre_id), has_posts=bool(posts)
    )


@bp.get("/settings/returns")
@policy(Permission.ROUTING_RULES_READ)
def returns():
    """Show how many of the cases that it was sent each unit gave back; of one unit, which."""
    by, today = actor(), clock.today()
    days = request.args.get("days", LOOKED_BACK.days, type=int)
    days = days if days in PERIODS else LOOKED_BACK.days
    since = today - timedelta(days=days)
    names = _unit_names(by.centre_id)
    wanted = request.args.get("unit")
    unit = units.get(wanted, centre_id=by.centre_id) if wanted else None
    rows, next_mark = [], None
    if unit is not None:
        before = request.args.get("before", type=int)
        rows, next_mark = queries.returned_by(unit.id, for_=by, since=since, until=today, before=before)
    return render_template(
        "desk/arbiter/returns.html", found=queries.returns(by.centre_id, since=since, until=today), names=names,
        ids={unit_id: public_id for unit_id, (public_id, _name) in units.names(by.centre_id).items()}, days=days,
        periods=PERIODS, unit=unit, rows=rows, next_mark=next_mark, reasons=RejectReason,
    )


def _unit_names(centre_id):
    names = units.names(centre_id)
    return lambda unit_id: names[unit_id][1] if unit_id in names else "—"
