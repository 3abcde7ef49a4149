"""The pool as the parties meet it: the printed list, and whom each of them chose."""

from flask import Blueprint, flash, redirect, render_template, request, url_for

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import DISPUTING_ROLES
from mediation.doors.desk import proceedingforms as forms
from mediation.doors.shared.guard import actor, policy, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission
from mediation.registry.causes import queries as causes
from mediation.registry.units import queries as units
from mediation.stages.proceedings import choosing, queries

bp = Blueprint("pool", __name__)

UNSAID = "-"


def _type_names(centre_id):
    return {kind.code: kind.name for kind in causes.types(on=clock.today(), centre_id=centre_id)}


@bp.get("/proceedings/<public_id:public_id>/mediator-list")
@policy(Permission.CASES_READ)
def printed(public_id):
    """The list that the parties are handed: names, specialties, units; nobody is put before others."""
    proceeding, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/pool/printed.html", case=case, proceeding=proceeding, unit=units.unit(proceeding.unit_id),
        people=choosing.choices_for(proceeding, case, on=clock.today()), types=_type_names(case.centre_id),
    )


@bp.route("/proceedings/<public_id:public_id>/choose", methods=["GET", "POST"])
@step_page("proceeding.choose_mediator")
def choose(public_id):
    """Write down whom each party chose (PM-04)."""
    proceeding, case = queries.get(public_id, for_=actor())
    form = forms.ChooseForm()
    parties = [party for party in cases.parties_of(case.id) if party.role in DISPUTING_ROLES]
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            choosing.choose(public_id, by=actor(), wishes=_wishes(parties), **form.dated())
        if done:
            flash(_("已记下。指派时会排在最前面"))
            return redirect(url_for("desk.cases.show", public_id=case.public_id))
        proceeding, case = queries.get(public_id, for_=actor())
        parties = [party for party in cases.parties_of(case.id) if party.role in DISPUTING_ROLES]
    kept = {ref: wish.get("mediator") or "" for ref, wish in (proceeding.choices or {}).items()}
    typed = {party.public_id: request.form.get(f"wish-{party.public_id}") for party in parties}
    return render_template(
        "desk/pool/choose.html", form=form, case=case, proceeding=proceeding, parties=parties, unsaid=UNSAID,
        people=choosing.choices_for(proceeding, case, on=clock.today()), types=_type_names(case.centre_id),
        chosen={ref: word if word is not None else kept.get(ref, UNSAID) for ref, word in typed.items()},
    )


def _wishes(parties):
    """Return what was chosen for each party; who has said nothing is left out."""
    said = {party.public_id: request.form.get(f"wish-{party.public_id}", UNSAID)[:22] for party in parties}
    return {ref: wish or None for ref, wish in said.items() if wish != UNSAID}
