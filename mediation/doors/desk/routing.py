"""Where a case goes: the suggestion with its reasons, the unit's answer, another kind of mediation."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import Track
from mediation.doors.desk import guides, placing
from mediation.doors.desk.proceedingforms import DatedForm, choices, ticks
from mediation.doors.shared.forms import CreatingForm, Text
from mediation.doors.shared.guard import actor, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.stages.intake import grading
from mediation.stages.routing import levels, queries, rules
from mediation.stages.routing import operations as routing

bp = Blueprint("routing", __name__)

ELSEWHERE = "elsewhere"


class RouteForm(DatedForm):
    """The suggestion, its alternative, or somewhere else; the first is ticked."""

    way = RadioField(_l("送到哪里"), [InputRequired(_l("选一个去处"))])
    track = SelectField(_l("调解种类"), [Optional()])
    unit = SelectField(_l("承办单位"), [Optional()])
    override_reason = SelectField(_l("不按建议的理由"), [Optional()])
    note = Text(_l("给承办单位的话"), longest=400)
    duty_item = SelectField(_l("引用职责清单"), [Optional()])
    guards = ticks(_l("有这些情形的不能调解，勾上就不分流"))

    def validate(self, **options) -> bool:
        is_whole = super().validate(**options)
        asked = (self.track, self.unit) if self.way.data == ELSEWHERE else ()
        for field in [each for each in asked if not each.data]:
            field.errors = [_("送别处要选")]
            is_whole = False
        return is_whole

    def target(self) -> tuple[str, str]:
        """Return track and unit that were chosen."""
        if self.way.data == ELSEWHERE:
            return self.track.data or "", self.unit.data or ""
        return tuple(self.way.data.split(":", 1))


class RejectForm(DatedForm):
    """Why a unit gives a case back."""

    reason = RadioField(_l("为什么退回"), [InputRequired(_l("选一项"))])
    note = Text(_l("说明，分流员看得到"), longest=400)


class TakeBackForm(CreatingForm):
    """Why a case was sent to the wrong unit."""

    why = Text(_l("为什么撤回"), [InputRequired(_l("要写理由"))], longest=400)


class ChangeForm(CreatingForm):
    """Why another kind of mediation is tried."""

    why = Text(_l("为什么换"), [InputRequired(_l("要写理由"))], longest=400)


@bp.route("/cases/<public_id:public_id>/route", methods=["GET", "POST"])
@step_page("case.route")
def route(public_id):
    """Take the suggestion, or go elsewhere with a coded reason."""
    case = cases.get(public_id, for_=actor())
    advice = queries.suggest_for(case, on=clock.today())
    ways = [way for way in (advice.way, advice.alternative) if way] if advice else []
    form = RouteForm(way=_value(ways[0]) if ways else ELSEWHERE)
    likely = placing.likely_items(case)
    _offer(form, case, ways)
    form.duty_item.choices = placing.item_choices(likely)
    if form.validate_on_submit():
        track, unit = form.target()
        with refused_on(form) as done, transaction():
            routing.route(
                public_id, by=actor(), track=track, unit_public_id=unit, note=form.note.data or None,
                override_reason=form.override_reason.data or None, guards=form.guards.data or (),
                duty_item=form.duty_item.data or None, **form.dated(),
            )
        if done:
            flash(_("已移送，等承办单位接收"))
            return redirect(url_for("desk.home.start"))
        case = cases.get(public_id, for_=actor())
        advice = queries.suggest_for(case, on=clock.today())
    return render_template(
        "desk/routing/route.html", form=form, case=case, way=grading.way_of(case),
        guide=guides.card(case.type_code, on=clock.today(), centre_id=case.centre_id),
        advice=advice, best=_value(ways[0]) if ways else None,
        notes=_reasons(advice), notices=queries.notices_for(case), transfers=queries.transfers_of(case.id),
        rejections=queries.rejections(case.id), parties=cases.parties_of(case.id), waits=placing.waits(case),
        precedents=placing.precedents(case), likely=likely,
    )


def _value(way):
    return f"{way.track.value}:{way.unit.public_id}"


def _way_words(way):
    return _("%(track)s，%(unit)s", track=_(way.track.label), unit=way.unit.name)


def _offer(form, case, ways):
    units = queries.targets(case, on=clock.today())
    form.way.choices = [SelectChoice(_value(way), _way_words(way)) for way in ways]
    form.way.choices.append(SelectChoice(ELSEWHERE, _("别处")))
    form.track.choices = choices(Track, "—")
    form.unit.choices = [SelectChoice("", "—"), *(SelectChoice(unit.public_id, unit.name) for unit in units)]
    form.override_reason.choices = choices(rules.OverrideReason, _("按建议，不用选"))
    form.guards.choices = choices(rules.Guard)


def _reasons(advice):
    """Return what stands beside each way: whose rule it is."""
    ways = {_("建议"): advice.way, _("其次"): advice.alternative} if advice else {}
    return {_value(way): _reason(rank, way.rule) for rank, way in ways.items() if way}


def _reason(rank, rule):
    return _("%(rank)s　第 %(number)s 条：%(reason)s", rank=rank, number=rule.number, reason=rule.reason)


@bp.route("/transfers/<public_id:public_id>/receive", methods=["GET", "POST"])
@step_page("transfer.receive")
def receive(public_id):
    """Take a case in; acceptance is decided on the next page."""
    transfer, case = queries.get(public_id, for_=actor())
    form = DatedForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            routing.receive(public_id, by=actor(), **form.dated())
        if done:
            flash(_("已接收，请决定是否受理"))
            return redirect(url_for("desk.proceedings.accept", public_id=case.public_id))
        transfer, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/routing/receive.html", form=form, case=case, transfer=transfer, parties=cases.parties_of(case.id),
        override=rules.OverrideReason(transfer.override_reason) if transfer.override_reason else None,
        clues=queries.clues_of(transfer.suggestion), why=_why(transfer), cited=placing.item(transfer.duty_item_id),
        ruled=placing.ruling(transfer.designation_id),
    )


def _why(transfer):
    """Return why a case went a level up or down, None for one that was routed."""
    reasons = levels.UpReason if transfer.kind == levels.HopKind.UP else levels.DownReason
    return reasons(transfer.why) if transfer.why else None


@bp.route("/transfers/<public_id:public_id>/reject", methods=["GET", "POST"])
@step_page("transfer.reject")
def reject(public_id):
    """Give a case back."""
    transfer, case = queries.get(public_id, for_=actor())
    form = RejectForm()
    form.reason.choices = choices(rules.RejectReason)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            routing.reject(
                public_id, by=actor(), reason=form.reason.data, note=form.note.data or None, **form.dated()
            )
        if done:
            flash(_("已退回分流员"))
            return redirect(url_for("desk.home.start"))
        transfer, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/routing/reject.html", form=form, case=case, transfer=transfer, rejections=queries.rejections(case.id)
    )


@bp.route("/transfers/<public_id:public_id>/recall", methods=["GET", "POST"])
@step_page("transfer.recall")
def recall(public_id):
    """Undo a routing to the wrong unit before that unit has received it."""
    transfer, case = queries.get(public_id, for_=actor())
    form = TakeBackForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            routing.recall(public_id, by=actor(), on=clock.today(), key=form.key.data, why=form.why.data)
        if done:
            flash(_("已撤回，请重新分流"))
            return redirect(url_for("desk.routing.route", public_id=case.public_id))
        transfer, case = queries.get(public_id, for_=actor())
    return render_template("desk/routing/recall.html", form=form, case=case, transfer=transfer)


@bp.route("/cases/<public_id:public_id>/change-track", methods=["GET", "POST"])
@step_page("case.change_track")
def change_track(public_id):
    """Try another kind of mediation after an attempt has ended (RT-01)."""
    case = cases.get(public_id, for_=actor())
    form = ChangeForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            routing.change_track(public_id, by=actor(), on=clock.today(), key=form.key.data, why=form.why.data)
        if done:
            flash(_("已回到待分流"))
            return redirect(url_for("desk.home.start"))
        case = cases.get(public_id, for_=actor())
    return render_template("desk/routing/change_track.html", form=form, case=case)
