"""A case goes a level up or down: handing it up, asking the unit below, its answer, a supervisor's order."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from mediation.casefile.cases import queries as cases
from mediation.doors.desk.proceedingforms import DatedForm, choices
from mediation.doors.shared import cures
from mediation.doors.shared.forms import CreatingForm, LongText, Text
from mediation.doors.shared.guard import actor, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Depth
from mediation.registry.regions.rules import level_of
from mediation.stages.routing import delegation, queries
from mediation.stages.routing.levels import DeclineOffer, DownReason, UpReason

bp = Blueprint("levels", __name__)


class UpForm(DatedForm):
    """To whom, why, and what was done so far."""

    unit = RadioField(_l("交给上级哪个单位"), [InputRequired(_l("选交给哪个单位"))])
    why = RadioField(_l("为什么上交"), [InputRequired(_l("选为什么换一级办理"))])
    tried = LongText(_l("本级做过什么"), [InputRequired(_l("写明本级做过什么，上级才知道从哪里接着办"))], longest=2000)
    note = Text(_l("给上级单位的话"), longest=400)


class DownForm(DatedForm):
    unit = RadioField(_l("交给下级哪个单位"), [InputRequired(_l("选交给哪个单位"))])
    why = RadioField(_l("为什么下交"), [InputRequired(_l("选为什么换一级办理"))])
    note = Text(_l("给下级单位的话"), longest=400)


class OrderForm(DownForm):
    note = Text(_l("指令的理由，双方单位看得到"), [InputRequired(_l("指令要写理由"))], longest=400)


class DeclineForm(DatedForm):
    reason = RadioField(_l("为什么不接"), [InputRequired(_l("选一项"))])
    note = Text(_l("说明，上级单位看得到"), longest=400)


@bp.route("/cases/<public_id:public_id>/send-up", methods=["GET", "POST"])
@step_page("transfer.send_up")
def up(public_id):
    """Hand a case to the level above."""
    case = cases.get(public_id, for_=actor())
    form = UpForm()

    def act():
        delegation.send_up(
            public_id, by=actor(), unit=form.unit.data, why=form.why.data, tried=form.tried.data,
            note=form.note.data or None, **form.dated(),
        )

    return _page(case, form, delegation.above, UpReason, act, step="transfer.send_up", title=_("上交上级单位"),
                 said=_("已上交，等上级单位接收"), empty=_("上一级没有办这类案件的单位，请换一种调解或者指条路。"))


@bp.route("/cases/<public_id:public_id>/offer-down", methods=["GET", "POST"])
@step_page("transfer.offer_down")
def down(public_id):
    """Ask the level below whether it takes a case."""
    case = cases.get(public_id, for_=actor())
    form = DownForm()

    def act():
        delegation.offer_down(
            public_id, by=actor(), unit=form.unit.data, why=form.why.data, note=form.note.data or None, **form.dated()
        )

    return _page(case, form, delegation.below, DownReason, act, step="transfer.offer_down", title=_("下交下级单位"),
                 said=_("已去问下级单位，它同意以前仍由本单位办"), empty=_("下一级没有管这个地方、办这类案件的单位。"),
                 to_case=True)


@bp.route("/cases/<public_id:public_id>/order-down", methods=["GET", "POST"])
@step_page("transfer.order_down")
def order(public_id):
    """Order that the level below handles a case."""
    case = cases.get(public_id, for_=actor(), depth=Depth.PROGRESS)
    form = OrderForm()

    def act():
        delegation.order_down(
            public_id, by=actor(), unit=form.unit.data, why=form.why.data, words=form.note.data, **form.dated()
        )

    return _page(case, form, delegation.below, DownReason, act, step="transfer.order_down", title=_("指令下级单位办理"),
                 said=_("已下指令，下级单位接收后办理"), empty=_("下一级没有管这个地方、办这类案件的单位。"),
                 to_case=True)


def _page(case, form, ways, reasons, act, *, step, title, said, empty, to_case=False):
    found = ways(case, on=clock.today())
    form.unit.choices = [SelectChoice(each.public_id, _named(each)) for each in found]
    if len(found) == 1 and not form.is_submitted():
        form.unit.data = found[0].public_id
    form.why.choices = choices(reasons)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            act()
        if done:
            flash(said)
            if to_case:
                return redirect(url_for("desk.cases.show", public_id=case.public_id))
            return redirect(url_for("desk.home.start"))
        case = cases.get(case.public_id, for_=actor(), depth=Depth.PROGRESS)
    return render_template(
        "desk/levels/send.html", form=form, case=case, title=title, empty=None if found else empty,
        standing=cures.standing(step, case), hops=queries.transfers_of(case.id),
    )


def _named(unit):
    return _("%(unit)s，%(level)s", unit=unit.name, level=_(level_of(unit.area_code).label))


@bp.route("/offers/<public_id:public_id>/consent", methods=["GET", "POST"])
@step_page("transfer.consent")
def consent(public_id):
    """Take what the level above offers."""
    return _answer(
        public_id, DatedForm(), _("同意接办"), lambda form: delegation.consent(public_id, by=actor(), **form.dated()),
        said=_("已同意接办，请决定是否受理"), takes=True,
    )


@bp.route("/offers/<public_id:public_id>/decline", methods=["GET", "POST"])
@step_page("transfer.decline")
def decline(public_id):
    """Do not take it, and say why."""
    form = DeclineForm()
    form.reason.choices = choices(DeclineOffer)

    def act(form):
        delegation.decline(
            public_id, by=actor(), reason=form.reason.data, note=form.note.data or None, **form.dated()
        )

    return _answer(public_id, form, _("不同意接办"), act, said=_("已答复上级单位"))


def _answer(public_id, form, title, act, *, said, takes=False):
    transfer, case = delegation.asked(public_id, for_=actor())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            act(form)
        if done:
            flash(said)
            if takes:
                return redirect(url_for("desk.proceedings.accept", public_id=case.public_id))
            return redirect(url_for("desk.home.start"))
        transfer, case = delegation.asked(public_id, for_=actor())
    return render_template(
        "desk/levels/answer.html", form=form, case=case, transfer=transfer, title=title, takes=takes,
        why=DownReason(transfer.why) if transfer.why else None,
    )


@bp.route("/offers/<public_id:public_id>/take-back", methods=["GET", "POST"])
@step_page("transfer.take_back")
def take_back(public_id):
    """Ask the unit below no more."""
    transfer, case = queries.get(public_id, for_=actor())
    form = CreatingForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            delegation.take_back(public_id, by=actor(), on=clock.today())
        if done:
            flash(_("已撤回，仍由本单位办"))
            return redirect(url_for("desk.cases.show", public_id=case.public_id))
        transfer, case = queries.get(public_id, for_=actor())
    return render_template("desk/levels/take_back.html", form=form, case=case, transfer=transfer)
