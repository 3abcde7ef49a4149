"""Who is away and who stands in: written down by the mediator or the head, ended early, looked up by everybody."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional

from mediation.doors.shared.forms import CreatingForm, StepForm, Text
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import NotAllowed, NotFound
from mediation.registry.access.rules import Permission, Role
from mediation.registry.mediators import leave, queries
from mediation.registry.mediators.rules import LeaveKind
from mediation.registry.units import queries as units

bp = Blueprint("leave", __name__)


class LeaveForm(CreatingForm):
    """Days away and who stands in."""

    mediator = SelectField(_l("谁"), [InputRequired(_l("选一个人"))])
    first = DateField(_l("从哪天"), [InputRequired(_l("填日期"))])
    last = DateField(_l("到哪天（含）"), [InputRequired(_l("填日期"))])
    kind = SelectField(_l("为什么"), choices=[SelectChoice(kind.value, _l(kind.label)) for kind in LeaveKind])
    deputy = SelectField(_l("谁代"), [Optional()])
    note = Text(_l("说明"), longest=400)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        by, today = actor(), clock.today()
        people = queries.pool(by.centre_id, on=today)
        mine = [each for each in people if _keeps(by, each)]
        units_here = {each.unit_id for each in mine}
        named = [SelectChoice(each.public_id, f"{each.name}　{each.unit.short_name}") for each in mine]
        self.mediator.choices = named
        near = sorted(people, key=lambda each: each.unit_id not in units_here)
        self.deputy.choices = [
            SelectChoice("", _("还没定")),
            *(SelectChoice(each.public_id, f"{each.name}　{each.unit.short_name}") for each in near),
        ]


class BackForm(StepForm):
    """The last day after all."""

    last = DateField(_l("最后一天改到"), [InputRequired(_l("填日期"))])


def _keeps(by, mediator):
    if by.role is Role.MEDIATOR:
        return mediator.account_id == by.account_id
    return by.role is not Role.HEAD or mediator.unit.path.startswith(units.unit(by.unit_id).path)


@bp.get("/leaves")
@policy(Permission.LEAVE_KEEP)
def index():
    """Who is away now and soon."""
    return render_template(
        "desk/leave/index.html", leaves=leave.coming(for_=actor(), since=clock.today()), today=clock.today(),
    )


@bp.route("/leaves/new", methods=["GET", "POST"])
@policy(Permission.LEAVE_KEEP)
def take():
    """Write down days away."""
    form = LeaveForm(mediator=request.args.get("mediator"), first=clock.today())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            public_id = leave.take(
                form.mediator.data, by=actor(), on=clock.today(), key=form.key.data, first=form.first.data,
                last=form.last.data, kind=form.kind.data, deputy_public_id=form.deputy.data or None,
                note=form.note.data or "",
            )
        if done:
            flash(_("已登记。这几天不派新案，约调解会时也不排"))
            return redirect(url_for("desk.leave.show", public_id=public_id))
    return render_template("desk/leave/take.html", form=form)


@bp.route("/leaves/<public_id:public_id>", methods=["GET", "POST"])
@policy(Permission.LEAVE_KEEP)
def show(public_id):
    """One leave: how long, who stands in; end it early, hand over what is open."""
    row = leave.get(public_id, for_=actor())
    try:
        leave.require(actor(), row.mediator)
    except NotAllowed:
        raise NotFound() from None
    form = BackForm(version=row.version, last=min(clock.today(), row.last_on))
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            leave.end_early(public_id, by=actor(), last=form.last.data, version=form.version.data)
        if done:
            flash(_("已改"))
            return redirect(url_for("desk.leave.show", public_id=public_id))
        row = leave.get(public_id, for_=actor())
    return render_template("desk/leave/show.html", form=form, leave=row, today=clock.today())
