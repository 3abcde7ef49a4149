"""A return visit: whom, how, what they said about the agreement; the record comes out (form 1.8, PM-15)."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import DISPUTING_ROLES
from mediation.doors.desk.proceedingforms import DatedForm, choices, ticks
from mediation.doors.shared.forms import LongText, Text
from mediation.doors.shared.guard import actor, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.stages.performance import queries, visits
from mediation.stages.performance.rules import Satisfaction, VisitManner
from mediation.stages.performance.visits import Visit

bp = Blueprint("returnvisits", __name__)
REASON = "了解协议履行情况"  # printed on the record, so always Chinese


class VisitForm(DatedForm):
    """One return visit."""

    happened_on = DateField(_l("哪天回访"), [InputRequired(_l("填日期"))])
    manner = RadioField(_l("怎么回访"), [InputRequired(_l("选一项"))], choices=choices(VisitManner))
    visited = ticks(_l("回访了谁"))
    reason = Text(_l("为什么回访"), [InputRequired(_l("写明事由"))], longest=200)
    told = LongText(_l("他们怎么说"), [InputRequired(_l("写明了解到的情况"))], longest=2000)
    satisfaction = RadioField(_l("满意不满意"), validators=[Optional()], choices=choices(Satisfaction))
    signs = LongText(_l("新的矛盾苗头（没有不填）"), longest=1000)
    advice = Text(_l("处理建议（没有不填）"), longest=400)

    def paid(self) -> Visit:
        """Return the visit as the operation takes it."""
        return Visit(
            happened_on=self.happened_on.data, manner=VisitManner(self.manner.data), visited=self.visited.data or (),
            reason=self.reason.data, told=self.told.data, signs=self.signs.data or "", advice=self.advice.data or "",
            satisfaction=Satisfaction(self.satisfaction.data) if self.satisfaction.data else None,
        )


@bp.route("/cases/<public_id:public_id>/return-visit", methods=["GET", "POST"])
@step_page("case.return_visit")
def visit(public_id):
    """Write a return visit down beside what the ledger says."""
    case = cases.get(public_id, for_=actor())
    form = VisitForm(happened_on=clock.today(), manner=VisitManner.PHONE.value, reason=REASON)
    parties = [party for party in cases.parties_of(case.id) if party.role in DISPUTING_ROLES]
    form.visited.choices = [SelectChoice(party.public_id, party.name) for party in parties]
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            visits.visit(public_id, form.paid(), by=actor(), **form.dated())
        if done:
            flash(_("回访已记，记录在文书里"))
            return redirect(url_for("desk.cases.show", public_id=public_id, _anchor="papers"))
        case = cases.get(public_id, for_=actor())
    return render_template(
        "desk/returnvisits/visit.html", form=form, case=case, rows=queries.of_case(case.id),
        earlier=visits.of_case(case.id), today=clock.today(),
    )
