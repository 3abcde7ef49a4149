"""Inviting somebody to a mediation with everybody's consent, and the guest's own page (row 43, PM-05)."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import DISPUTING_ROLES
from mediation.doors.desk import proceedingforms as forms
from mediation.doors.shared.forms import LongText, StepForm, Text
from mediation.doors.shared.guard import actor, policy, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission
from mediation.registry.mediators import queries as pool
from mediation.stages.proceedings import guests, queries
from mediation.stages.proceedings.meeting.rules import GuestRole

bp = Blueprint("guests", __name__)


class InviteForm(forms.DatedForm):
    """Who is invited, as what, for what; and who agreed."""

    role = RadioField(_l("请来做什么的"), [InputRequired(_l("选一项"))], choices=forms.choices(GuestRole))
    name = Text(_l("姓名（名册以外的人）"))
    member = SelectField(_l("名册里的人"), [Optional()])
    task = Text(_l("请他做什么"), [InputRequired(_l("写明请他做什么"))], longest=400)
    consenting = forms.ticks(_l("同意邀请的（各方都要同意）"))


class OpinionForm(StepForm):
    """What a guest has to say."""

    opinion = LongText(_l("我的意见"), [InputRequired(_l("请填写"))], longest=4000)


@bp.route("/proceedings/<public_id:public_id>/invite", methods=["GET", "POST"])
@step_page("proceeding.invite")
def invite(public_id):
    """Invite somebody."""
    proceeding, case = queries.get(public_id, for_=actor())
    form = InviteForm()
    parties = [party for party in cases.parties_of(case.id) if party.role in DISPUTING_ROLES]
    form.consenting.choices = [SelectChoice(party.public_id, party.name) for party in parties]
    people = pool.pool(case.centre_id, on=clock.today())
    form.member.choices = [
        SelectChoice("", _("不是名册里的人")),
        *(SelectChoice(each.public_id, f"{each.name}　{each.unit.short_name}") for each in people if each.account_id),
    ]
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            guests.invite(
                public_id, by=actor(), role=form.role.data, name=form.name.data or "",
                mediator_public_id=form.member.data or None, task=form.task.data,
                consenting=form.consenting.data or (), **form.dated(),
            )
        if done:
            flash(_("已邀请。名册里的人登录后能看到请他做什么，看不到案件内容"))
            return redirect(url_for("desk.cases.show", public_id=case.public_id, _anchor="guests"))
        proceeding, case = queries.get(public_id, for_=actor())
    return render_template("desk/guests/invite.html", form=form, case=case, proceeding=proceeding)


@bp.route("/guests/<public_id:public_id>", methods=["GET", "POST"])
@policy(Permission.CASES_READ)
def show(public_id):
    """What a guest is asked, and their own word on it; nothing else of the case."""
    guest, case = guests.own(public_id, for_=actor())
    form = OpinionForm(opinion=guest.opinion, version=guest.version)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            guests.write_opinion(public_id, by=actor(), text=form.opinion.data, version=form.version.data)
        if done:
            flash(_("已存，调解员看得到"))
            return redirect(url_for("desk.guests.show", public_id=public_id))
        guest, case = guests.own(public_id, for_=actor())
    return render_template("desk/guests/show.html", form=form, guest=guest, case=case)


@bp.post("/guests/<public_id:public_id>/end")
@step_page("proceeding.invite")
def end(public_id):
    """End an invitation."""
    with transaction():
        case = guests.end(public_id, by=actor(), on=clock.today())
    flash(_("已不再邀请"))
    return redirect(url_for("desk.cases.show", public_id=case, _anchor="proceeding"))
