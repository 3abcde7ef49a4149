"""Parties of a case and the people behind them: added, filled in, put right; covered numbers shown on record."""

from flask import Blueprint, flash, redirect, render_template, request, url_for

from mediation.casefile.cases import needs
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.rules import Representation
from mediation.doors.desk import partyforms as forms
from mediation.doors.shared import conflict
from mediation.doors.shared.guard import actor, may_enter, policy, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import NotFound, Stale
from mediation.registry.access.rules import Permission
from mediation.registry.people import queries as people
from mediation.registry.people.operations import ORGANISATION
from mediation.registry.people.rules import RevealReason
from mediation.stages.intake import operations as intake
from mediation.stages.intake import parties as intake_parties
from mediation.stages.intake import queries

bp = Blueprint("people", __name__)

SUPPLEMENT = STEPS["case.supplement"]
RECEIPT = "receipt"  # in the address of a party: back to what is printed on registration


@bp.route("/cases/<public_id:public_id>/parties", methods=["GET", "POST"])
@step_page("case.supplement")
def index(public_id):
    """Show the parties of a case and add one more."""
    case = cases.get(public_id, for_=actor())
    form = forms.AddPartyForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            intake.add_party(public_id, by=actor(), on=clock.today(), key=form.key.data, **form.party())
        if done:
            flash(_("已加上%(name)s", name=form.name.data))
            return redirect(url_for("desk.people.index", public_id=public_id))
        case = cases.get(public_id, for_=actor())
    return render_template(
        "desk/people/index.html", form=form, case=case, parties=cases.parties_of(case.id),
        addresses=cases.service_addresses(case.id), flags=forms.flag_words(),
    )


@bp.route("/parties/<public_id:public_id>", methods=["GET", "POST"])
@policy(SUPPLEMENT)
def change(public_id):
    """Fill in what is known of a party; what was known before is changed with a reason."""
    party, case = _party(public_id)
    form = forms.PartyForm(data=_stored(party))
    if form.validate_on_submit():
        there, title = _after(case, form), case.title
        is_organisation = party.person.kind == ORGANISATION if party.person else form.is_organisation.data == "y"
        with refused_on(form) as done:
            try:
                with transaction():
                    _change(public_id, form, is_organisation)
            except Stale as faster:
                return conflict.answer(form, faster, title=title, latest_url=there)
        if done:
            flash(_("已存"))
            return redirect(there)
        party, case = _party(public_id)
    return render_template("desk/people/change.html", form=form, case=case, party=party)


def _after(case, form):
    """Return the page that follows: the receipt where that is what was left, in large print for who needs it."""
    if request.args.get("then") != RECEIPT or not may_enter(STEPS["case.register"], actor()):
        return url_for("desk.people.index", public_id=case.public_id)
    prints = "print" if needs.reads_large(form.flags.data or ()) else None
    return url_for("desk.intake.saved", public_id=case.public_id, _anchor=prints)


def _change(public_id, form, is_organisation):
    intake.change_party(
        public_id, version=form.version.data, identity=form.identity(is_organisation=is_organisation),
        standing=form.standing(), contact=form.contact(), unavailable=form.unavailable.data or "",
        reason=form.reason.data or "", by=actor(), on=clock.today(),
    )


def _stored(party):
    """Return what the form shows; covered numbers stay covered."""
    contact = (party.person.contact or {}) if party.person else {}
    return intake_parties.stored(party) | {"unavailable": (party.unavailable or {}).get("note", ""), **contact}


def _party(public_id):
    party = cases.party(public_id, for_=actor())
    case = cases.get_by_id(party.case_id, for_=actor())
    return next(each for each in cases.parties_of(case.id) if each.id == party.id), case


@bp.route("/parties/<public_id:public_id>/beside", methods=["GET", "POST"])
@policy(SUPPLEMENT)
def beside(public_id):
    """Show who stands beside a party and add somebody: agent, guardian, helper, interpreter."""
    party, case = _party(public_id)
    form = forms.HelperForm(data={"capacity": Representation.AGENT.value})
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            intake.add_representative(public_id, helper=form.helper(), by=actor(), on=clock.today(), key=form.key.data)
        if done:
            flash(_("已登记%(name)s", name=form.name.data))
            return redirect(url_for("desk.people.beside", public_id=public_id))
        party, case = _party(public_id)
    return render_template(
        "desk/people/beside.html", form=form, case=case, party=party, everybody=queries.all_beside(party)
    )


@bp.route("/representatives/<public_id:public_id>/end", methods=["GET", "POST"])
@policy(SUPPLEMENT)
def end(public_id):
    """End somebody's standing beside a party, with the reason."""
    row, case = queries.representative(public_id, for_=actor())
    form = forms.EndForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            intake.end_representative(public_id, reason=form.reason.data, by=actor(), on=clock.today())
        if done:
            flash(_("已登记"))
            return redirect(url_for("desk.people.index", public_id=case.public_id))
        row, case = queries.representative(public_id, for_=actor())
    return render_template("desk/people/end.html", form=form, case=case, row=row)


@bp.route("/parties/<public_id:public_id>/address", methods=["GET", "POST"])
@policy(SUPPLEMENT)
def address(public_id):
    """Confirm where papers reach a party, and print the form that the party signs (DC-07)."""
    party, case = _party(public_id)
    known = cases.service_addresses(case.id).get(party.id)
    person = party.person
    form = forms.AddressForm(data={"recipient": party.name, "address": person.address if person else None})
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            intake.record_service_address(
                public_id, service=form.service(), by=actor(), on=clock.today(), key=form.key.data
            )
        if done:
            flash(_("送达地址已登记，请打印确认书给本人签字"))
            return redirect(url_for("desk.people.address", public_id=public_id))
        party, case = _party(public_id)
        known = cases.service_addresses(case.id).get(party.id)
    return render_template(
        "desk/people/address.html", form=form, case=case, party=party, known=known,
        paper=queries.address_form_of(party),
    )


@bp.route("/parties/<public_id:public_id>/reveal", methods=["GET", "POST"])
@policy(Permission.PERSON_REVEAL)
def reveal(public_id):
    """Show a covered number of a party, for a reason, on record."""
    party, case = _party(public_id)
    return _reveal(public_id, "party", party.name, case)


@bp.route("/representatives/<public_id:public_id>/reveal", methods=["GET", "POST"])
@policy(Permission.PERSON_REVEAL)
def reveal_beside(public_id):
    """Show a covered number of somebody beside a party, for a reason, on record."""
    row, case = queries.representative(public_id, for_=actor())
    return _reveal(public_id, "representative", row.name, case)


def _reveal(public_id, of, name, case):
    """Ask for the reason; after the POST the number stands on this page and nowhere else."""
    form, shown = forms.RevealForm(), None
    if form.validate_on_submit():
        with refused_on(form), transaction():
            shown = intake.reveal(
                public_id, form.field.data, of=of, reason=RevealReason(form.reason.data), words=form.words.data or "",
                by=actor(),
            )
    case = cases.get_by_id(case.id, for_=actor())
    return render_template("desk/people/reveal.html", form=form, name=name, case=case, shown=shown)


@bp.get("/people/<public_id:public_id>")
@policy(Permission.CASES_READ)
def show(public_id):
    """Show a person with the cases that the reader sees; one of whom the reader sees none is not found."""
    person = people.get(public_id, centre_id=actor().centre_id)
    goes_on = people.lasting(person)
    found = queries.matters_of(goes_on, for_=actor())
    if not found:
        raise NotFound()
    if goes_on is not person:
        return redirect(url_for("desk.people.show", public_id=goes_on.public_id, case=request.args.get("case")))
    is_known = queries.sees_contents_of(person, for_=actor())
    return render_template(
        "desk/people/show.html", person=person, cases=found, is_known=is_known, back=request.args.get("case"),
        mergers=people.mergers_into(person) if is_known else [],
        may_merge=is_known and actor().may(Permission.PERSON_MERGE),
    )
