"""Delivery: what of a case is to reach whom, what became of each copy, the receipt to sign, what has not arrived."""

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField, FileField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from mediation.casefile.attachments import operations as attachments
from mediation.casefile.attachments.rules import AttachmentKind
from mediation.casefile.cases import progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.rules import DeliveryState
from mediation.casefile.deliveries import operations, queries
from mediation.casefile.deliveries.rules import INVITATION, Result, ReturnReason, Told, Way
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers.forms import PAPERS
from mediation.doors.desk.caseindex import Entry
from mediation.doors.desk.proceedingforms import choices
from mediation.doors.shared import words
from mediation.doors.shared.forms import CreatingForm, DeskForm, Text
from mediation.doors.shared.guard import actor, policy, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.units import queries as units

bp = Blueprint("deliveries", __name__)

DELIVERS = STEPS["case.deliver"]
CANCELLED = "cancelled"  # of a paper that does not stand
OWING = {  # steps with or after which papers and invitations are on their way
    "booking.set", "agreement.agree", "proceeding.end", "proceeding.refuse", "case.refuse", "delivery.arrive",
    "delivery.send",
}
LISTED = (DeliveryState.OPEN, DeliveryState.SENT, DeliveryState.RETURNED)


class AddForm(DeskForm):
    """Another issued paper, for some parties."""

    paper = SelectField(_l("哪份文书"))
    parties = SelectMultipleField(_l("给谁"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())


class RecordForm(CreatingForm):
    """What became of one copy."""

    result = RadioField(_l("怎么样了"), choices=choices(Result), default=Result.DELIVERED.value)
    way = SelectField(_l("怎么送的"), choices=choices(Way), validators=[Optional()])
    detail = Text(_l("谁签收、邮寄单号、见证人、登在哪里"), longest=120)
    reason = SelectField(_l("退回的原因"), choices=choices(ReturnReason, _l("没退")), validators=[Optional()])
    on = DateField(_l("哪天"), [InputRequired(_l("填日期"))])
    note = Text(_l("说明"), longest=400)
    proof = FileField(_l("凭据（回证、面单、截图；可不传）"))
    late = Text(_l("补登理由（隔了几天才登的要写）"), longest=400)
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def told(self) -> Told:
        """Return what was written down as the operation takes it."""
        result = Result(self.result.data)
        is_on_its_way = result in (Result.SENT, Result.DELIVERED)
        return Told(
            result, self.on.data, Way(self.way.data) if is_on_its_way and self.way.data else None,
            self.detail.data or "", ReturnReason(self.reason.data) if self.reason.data else None,
            self.note.data or "",
        )


@bp.route("/cases/<public_id:public_id>/deliveries", methods=["GET", "POST"])
@step_page("case.deliver")
def of_case(public_id):
    """Show what is to reach whom in a case; owe one more paper to somebody."""
    case = cases.get(public_id, for_=actor())
    form = _add_form(case)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            operations.add(
                public_id, paper=form.paper.data, parties=form.parties.data or (), by=actor(), on=clock.today()
            )
        if done:
            flash(_("已列入，送到以后登记"))
            return redirect(url_for("desk.deliveries.of_case", public_id=public_id))
        case = cases.get(public_id, for_=actor())
    return render_template("desk/deliveries/case.html", form=form, case=case, **_listed(case))


def _add_form(case):
    form = AddForm()
    issued = [each for each in papers.of_case(case.id) if each.state != CANCELLED and not each.is_draft]
    form.paper.choices = [
        SelectChoice(each.public_id, f"{_(PAPERS[each.kind].name)} {each.number}") for each in reversed(issued)
    ]
    form.parties.choices = [SelectChoice(party.public_id, party.name) for party in cases.parties_of(case.id)]
    return form


def _listed(case):
    return {
        "rows": queries.of_case(case.id), "what": title,
        "names": {party.id: party.name for party in cases.parties_of(case.id)},
    }


def title(row) -> str:
    """Return what is delivered, in words."""
    if row.what == INVITATION:
        when = datetime.fromisoformat(row.number).replace(tzinfo=clock.SHANGHAI)
        return _("到场通知，%(when)s", when=words.moment(when))
    return f"{_(PAPERS[row.what].name)} {row.number or ''}"


@bp.route("/deliveries/<public_id:public_id>/record", methods=["GET", "POST"])
@policy(DELIVERS)
def record(public_id):
    """Write what became of one copy, with its proof."""
    row, case = queries.get(public_id, for_=actor())
    names = {party.id: party.name for party in cases.parties_of(case.id)}
    who = names.get(row.party_id) or units.unit(case.lead_unit_id or actor().unit_id).name
    form = RecordForm(
        on=clock.today(), version=row.version, detail=who if row.state == DeliveryState.OPEN else "",
        way=row.way or (Way.PHONE if row.what == INVITATION else Way.HANDED),
    )
    if form.validate_on_submit():
        with refused_on(form) as done:
            sent = form.proof.data if getattr(form.proof.data, "filename", "") else None
            kept = attachments.keep(case.public_id, sent.read(), sent.filename, by=actor()) if sent else None
            with transaction():
                _write(form, public_id, case.public_id, kept)
        if done:
            flash(_("已登记送达情况"))
            return redirect(url_for("desk.deliveries.of_case", public_id=case.public_id))
        row, case = queries.get(public_id, for_=actor())
    copy = operations.copy_of(row, case)
    return render_template(
        "desk/deliveries/record.html", form=form, row=row, case=case, who=who, what=title(row), copy=copy,
    )


def _write(form, public_id, case_public_id, kept):
    proof = None
    if kept is not None:
        proof = attachments.add(
            case_public_id, kind=AttachmentKind.OTHER, title=_("送达凭据"), kept=kept, by=actor(), on=clock.today(),
            key=f"{form.key.data}.proof",
        )
    operations.record(
        public_id, form.told(), proof=proof, version=form.version.data, by=actor(), late=form.late.data or None
    )


@bp.get("/cases/<public_id:public_id>/delivery-receipt")
@policy(DELIVERS)
def receipt(public_id):
    """Print a receipt of delivery for each party, one line a paper, to be signed. Chinese, as all papers."""
    case = cases.get(public_id, for_=actor())
    rows = [row for row in queries.of_case(case.id) if row.party_id and row.what != INVITATION]
    parties = [party for party in cases.parties_of(case.id) if any(row.party_id == party.id for row in rows)]
    unit = units.unit(case.lead_unit_id) if case.lead_unit_id else None
    return render_template(
        "notices/delivery.html", case=case, rows=rows, parties=parties, unit=unit, centre=units.centre(case.centre_id),
        names={kind: form.name for kind, form in PAPERS.items()},
    )


@bp.get("/deliveries")
@policy(DELIVERS)
def index():
    """List what has not arrived yet, in the cases that the reader sees, the oldest first."""
    state = request.args.get("state")
    found = queries.waiting(for_=actor(), state=state if state in LISTED else None, after=_number(request.args))
    return render_template(
        "desk/deliveries/index.html", rows=found, what=title, state=state,
        states=[(each.value, _(each.label)) for each in LISTED],
        next=found[-1].delivery.id if len(found) == queries.PAGE else None,
    )


def _number(args):
    try:
        return int(args["after"])
    except (KeyError, ValueError):
        return None


def section(case):
    """Return the deliveries of a case for its page; asked only where something may be to reach somebody."""
    taken = {step.step for step in progress.history(case.id)}
    if actor().role not in DELIVERS.who or not taken & OWING:
        return None
    rows = queries.of_case(case.id)
    if not rows:
        return None
    waiting = [row for row in rows if row.state in LISTED]
    return {
        "index": [Entry("deliveries", _("送达"), len(waiting), quiet=not waiting)], "case": case, "rows": rows,
        "waiting": len(waiting), "what": title,
        "names": {party.id: party.name for party in cases.parties_of(case.id)},
    }
