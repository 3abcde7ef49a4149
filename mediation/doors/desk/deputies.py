"""Not there for some days: who stands in for a post, said by its holder or the head above."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from mediation.doors.shared.forms import CreatingForm, Text
from mediation.doors.shared.guard import LOGGED_IN, actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.pages import wrong_fields
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.staff import operations as staff
from mediation.registry.staff import queries

bp = Blueprint("deputies", __name__)


class AwayForm(CreatingForm):
    """Which post, from when until when, why, and who stands in."""

    post = SelectField(_l("谁的岗位"), [InputRequired()], validate_choice=False)
    from_ = DateField(_l("从"), [InputRequired(_l("填日期"))])
    to = DateField(_l("到（含当天）"), [InputRequired(_l("填日期"))])
    reason = Text(_l("为什么不在"), [InputRequired(_l("要写理由"))], longest=400)
    deputy = SelectField(_l("谁代"), [Optional()], validate_choice=False)


class StandInForm(CreatingForm):
    """Who stands in on the days on which nobody does."""

    deputy = SelectField(_l("谁代"), [InputRequired(_l("选一个人"))], validate_choice=False)
    from_ = DateField(_l("从"), [InputRequired(_l("填日期"))])
    to = DateField(_l("到（含当天）"), [InputRequired(_l("填日期"))])


class EndForm(CreatingForm):
    """The last day of what ends early."""

    on = DateField(_l("最后一天"), [InputRequired(_l("填日期"))])


class EndDeputyForm(EndForm):
    """Which standing-in."""

    post = HiddenField(validators=[InputRequired()])


@bp.route("/deputies", methods=["GET", "POST"])
@policy(LOGGED_IN)
def index():
    """Show the posts that the reader decides about; say who is away and who stands in."""
    charges, people = queries.charges(for_=actor()), queries.candidates(for_=actor())
    form = AwayForm(from_=clock.today())
    form.post.choices = [SelectChoice(each.public_id, _post_words(each)) for each in charges]
    form.deputy.choices = [SelectChoice("", _("现在还没有人代")), *(SelectChoice(*each) for each in people)]
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            staff.be_away(
                form.post.data, from_=form.from_.data, to=form.to.data, reason=form.reason.data,
                deputy=form.deputy.data or None, by=actor(), on=clock.today(), key=form.key.data,
            )
        if done:
            covered, bare = _("已登记，代理到日子自动开始，过了自动结束"), _("已登记；没人代，上级的首页会看到")
            flash(covered if form.deputy.data else bare)
            return redirect(url_for("desk.deputies.index"))
        charges = queries.charges(for_=actor())
    return render_template(
        "desk/deputies/index.html", form=form, charges=charges, people=people, today=clock.today(),
    )


def _post_words(charge):
    said = _("%(role)s，%(unit)s", role=_(charge.role.label), unit=charge.unit_name)
    return said if charge.is_own else _("%(who)s：%(post)s", who=charge.holder, post=said)


@bp.post("/absences/<public_id:public_id>/stand-in")
@policy(LOGGED_IN)
def stand_in(public_id):
    """Let somebody stand in on the days on which nobody does."""
    queries.absence(public_id, for_=actor())
    form = StandInForm()
    form.deputy.choices = [SelectChoice(*each) for each in queries.candidates(for_=actor())]
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            staff.stand_in(
                public_id, form.deputy.data, from_=form.from_.data, to=form.to.data, by=actor(), on=clock.today(),
                key=form.key.data,
            )
        if done:
            flash(_("代理已定"))
    return _back(form)


@bp.post("/absences/<public_id:public_id>/back")
@policy(LOGGED_IN)
def back(public_id):
    """End an absence early, and who stands in with it."""
    queries.absence(public_id, for_=actor())
    form = EndForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            staff.be_back(public_id, by=actor(), on=form.on.data)
        if done:
            flash(_("已提前结束"))
    return _back(form)


@bp.post("/deputies/end")
@policy(LOGGED_IN)
def end():
    """End a standing-in early."""
    form = EndDeputyForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            staff.end_deputy(form.post.data, by=actor(), on=form.on.data)
        if done:
            flash(_("代理已提前结束"))
    return _back(form)


def _back(form):
    """Go back to the page; what was wrong stands above it."""
    for each in wrong_fields(form):
        flash(_("；").join(filter(None, [str(each.label), str(each.message)])), "warning")
    return redirect(url_for("desk.deputies.index"))
