"""A proposal to be approved by silence: consents, service, objection, the end of the period (JM-14)."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, FieldList, Form, FormField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import DISPUTING_ROLES
from mediation.casefile.papers import operations as papers
from mediation.doors.desk.proceedingforms import DatedForm, choices
from mediation.doors.shared.forms import CreatingForm, LongText, Text
from mediation.doors.shared.guard import actor, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.settings import queries as settings
from mediation.stages.agreements import operations, proposals, queries
from mediation.stages.agreements.silence import ServiceManner

bp = Blueprint("proposals", __name__)


class ConsentRow(Form):
    party = HiddenField()
    on = DateField(_l("同意的日期"), validators=[Optional()])


class ProposeForm(DatedForm):
    """On which day each party agreed to be bound by silence."""

    parties = FieldList(FormField(ConsentRow))

    def consents(self) -> dict[str, date]:
        return {entry.form.party.data: entry.form.on.data for entry in self.parties if entry.form.on.data}


class ServiceRow(Form):
    party = HiddenField()
    on = DateField(_l("哪天收到"), validators=[Optional()])
    manner = SelectField(_l("怎么送的"), choices=choices(ServiceManner), default=ServiceManner.IN_PERSON.value)


class ServeForm(DatedForm):
    """When each party got the proposal."""

    parties = FieldList(FormField(ServiceRow))

    def services(self) -> dict:
        return {
            entry.form.party.data: (entry.form.on.data, ServiceManner(entry.form.manner.data))
            for entry in self.parties if entry.form.on.data
        }


class ObjectForm(CreatingForm):
    """A written objection."""

    party = SelectField(_l("谁提的异议"), [InputRequired(_l("选一方"))])
    objected_on = DateField(_l("异议书日期（收到哪天）"), [InputRequired(_l("填日期"))])
    words = LongText(_l("异议说了什么"), [InputRequired(_l("写明异议内容"))], longest=2000)
    notice_given = BooleanField(_l("已告知当事人可以仲裁、找行政机关或者起诉"))


class ReasonForm(CreatingForm):
    """Why a proposal is taken back."""

    reason = Text(_l("为什么收回"), [InputRequired(_l("要写理由"))], longest=400)


def _named(form, case, rows):
    names = {party.public_id: party.name for party in cases.parties_of(case.id)}
    for entry in rows:
        entry.name_shown = names.get(entry.form.party.data, "")
    return form


@bp.route("/agreements/<public_id:public_id>/propose", methods=["GET", "POST"])
@step_page("agreement.propose")
def propose(public_id):
    """Put the draft to the parties; everybody must have agreed to the procedure."""
    agreement, case = queries.get(public_id, for_=actor())
    parties = [party for party in cases.parties_of(case.id) if party.role in DISPUTING_ROLES]
    form = ProposeForm(parties=[{"party": party.public_id} for party in parties])
    _named(form, case, form.parties)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            said = form.dated()
            proposals.propose(
                public_id, by=actor(), on=said["on"], consents=form.consents(), reason=said["why_late"], key=said["key"]
            )
        if done:
            flash(_("调解方案已出，打印出来送达各方，送达后登记日期"))
            return redirect(url_for("desk.proposals.serve", public_id=public_id))
        agreement, case = queries.get(public_id, for_=actor())
    found = queries.findings(queries.draft_of(agreement, case, on=clock.today()), case, on=clock.today())
    bars = [each.obstacle for each in found if each.blocks] + operations.papers.lacking(agreement, case)
    return render_template(
        "desk/proposals/propose.html", form=form, case=case, agreement=agreement, bars=bars, days=_days(case)
    )


def _days(case):
    return settings.days(proposals.BASIS, on=case.law_on, centre_id=case.centre_id).amount


@bp.route("/agreements/<public_id:public_id>/proposal", methods=["GET", "POST"])
@step_page("agreement.serve_proposal")
@step_page("agreement.deem")
def serve(public_id):
    """Where a proposal stands: who was served, until when each may object; service, objection, end of the period."""
    agreement, case = queries.get(public_id, for_=actor())
    proposal = proposals.newest(agreement.id)
    if proposal is None:
        return redirect(url_for("desk.cases.show", public_id=case.public_id, _anchor="agreement"))
    rows = proposals.rows_of(proposal)
    form = ServeForm(parties=[{"party": row["ref"]} for row in rows if not row["served_on"]])
    _named(form, case, form.parties)
    objection = ObjectForm(prefix="objection", objected_on=clock.today())
    objection.party.choices = [SelectChoice(row["ref"], row["name"]) for row in rows]
    back = ReasonForm(prefix="back")
    doing = request.form.get("do")
    done = False
    if doing == "object" and objection.validate_on_submit():
        with refused_on(objection) as done, transaction():
            proposals.object_to(
                public_id, objection.party.data, by=actor(), on=clock.today(), objected_on=objection.objected_on.data,
                words=objection.words.data, notice_given=objection.notice_given.data, key=objection.key.data,
            )
        if done:
            flash(_("异议已登记，调解不成立，已终止"))
            return redirect(url_for("desk.cases.show", public_id=case.public_id))
    elif doing == "take_back" and back.validate_on_submit():
        with refused_on(back) as done, transaction():
            proposals.take_back(public_id, by=actor(), on=clock.today(), reason=back.reason.data)
        if done:
            flash(_("方案已收回，可以接着改"))
            return redirect(url_for("desk.agreements.edit", public_id=public_id))
    elif doing == "deem":
        with refused_on(form) as done, transaction():
            paper = proposals.deem(public_id, by=actor(), on=clock.today())
        if done:
            flash(_("异议期满，视为达成协议，协议书已出"))
            return redirect(url_for("desk.papers.download", public_id=paper))
    elif doing is None and form.validate_on_submit():
        with refused_on(form) as done, transaction():
            said = form.dated()
            proposals.serve(
                public_id, by=actor(), on=said["on"], services=form.services(), reason=said["why_late"], key=said["key"]
            )
        if done:
            flash(_("送达已登记"))
            return redirect(url_for("desk.proposals.serve", public_id=public_id))
    if not done and request.method == "POST":
        agreement, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/proposals/serve.html", form=form, objection=objection, back=back, case=case, agreement=agreement,
        proposal=proposal, rows=rows, days=_days(case), today=clock.today(),
        paper=papers.newest(case.id, "proposal", about=agreement),
        may_deem=proposal.last_on is not None and clock.today() > proposal.last_on,
    )
