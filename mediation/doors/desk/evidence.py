"""The list of evidence of a case: what, from whom, original or copy, and who of the parties has seen it (row 53)."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField

from mediation.casefile.attachments import operations as attachments
from mediation.casefile.attachments import queries
from mediation.casefile.attachments.rules import AttachmentKind, EvidenceCategory
from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import DISPUTING_ROLES
from mediation.doors.desk.attachments import AttachmentForm
from mediation.doors.desk.proceedingforms import choices
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import NotFound
from mediation.registry.access.rules import Permission

bp = Blueprint("evidence", __name__)


class EvidenceForm(AttachmentForm):
    """One piece of evidence; a copy that was handed over on paper needs no file."""

    kind = None
    category = SelectField(_l("证据种类"), choices=choices(EvidenceCategory))
    on_paper = BooleanField(_l("收了纸质复印件，没扫描"))

    def values(self):
        return {
            "kind": AttachmentKind.EVIDENCE, "title": self.title.data, "party": self.party.data or None,
            "proves": self.proves.data or "", "is_original": self.is_original.data, "pages": self.pages.data,
            "received_on": self.received_on.data, "category": self.category.data, "on_paper": self.on_paper.data,
        }


class DescribeForm(EvidenceForm):
    """What is said of a piece of evidence; the file stays."""

    file = on_paper = received_on = None

    def values(self):
        return {
            "title": self.title.data, "category": self.category.data, "party": self.party.data or None,
            "is_original": self.is_original.data, "pages": self.pages.data, "proves": self.proves.data or "",
        }


@bp.route("/cases/<public_id:public_id>/evidence", methods=["GET", "POST"])
@policy(Permission.CASES_READ)
def listing(public_id):
    """Show the list and take in more; who may not add reads it."""
    case = cases.get(public_id, for_=actor())
    form = EvidenceForm(parties=_parties(case), received_on=clock.today(), category=EvidenceCategory.DOCUMENT.value)
    if form.validate_on_submit():
        with refused_on(form) as done:
            sent = form.file.data
            kept = attachments.keep(public_id, sent.read(), sent.filename, by=actor()) if sent else None
            with transaction():
                attachments.add(public_id, kept=kept, key=form.key.data, by=actor(), on=clock.today(), **form.values())
        if done:
            flash(_("已收下%(title)s", title=form.title.data))
            return redirect(url_for("desk.evidence.listing", public_id=public_id))
        case = cases.get(public_id, for_=actor())
    return render_template(
        "desk/evidence/listing.html", form=form, case=case, rows=queries.evidence_of(case.id), parties=_parties(case),
        names={party.id: party.name for party in cases.parties_of(case.id)},
        may_add=actor().may(Permission.ATTACHMENTS_ADD) and access.acts_on(actor(), case),
    )


def _parties(case):
    return [party for party in cases.parties_of(case.id) if party.role in DISPUTING_ROLES]


@bp.route("/attachments/<public_id:public_id>/describe", methods=["GET", "POST"])
@policy(Permission.ATTACHMENTS_ADD)
def describe(public_id):
    """Say better what a piece of evidence is: its kind, whose it is, what it proves."""
    row, case = queries.get(public_id, for_=actor())
    whose = next((party.public_id for party in _parties(case) if party.id == row.party_id), "")
    form = DescribeForm(
        parties=_parties(case), title=row.title, category=row.category or EvidenceCategory.DOCUMENT.value, party=whose,
        is_original=row.is_original, pages=row.pages, proves=row.proves,
    )
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            attachments.describe(public_id, by=actor(), on=clock.today(), **form.values())
        if done:
            flash(_("已改"))
            return redirect(url_for("desk.evidence.listing", public_id=case.public_id))
        row, case = queries.get(public_id, for_=actor())
    return render_template("desk/evidence/describe.html", form=form, row=row, case=case)


@bp.post("/attachments/<public_id:public_id>/shown")
@policy(Permission.ATTACHMENTS_ADD)
def shown(public_id):
    """Note that a party saw it, or take that back."""
    _row, case = queries.get(public_id, for_=actor())
    with transaction():
        attachments.show_to(
            public_id, party=request.form.get("party", ""), shown=request.form.get("shown") == "yes", by=actor(),
            on=clock.today(),
        )
    return redirect(url_for("desk.evidence.listing", public_id=case.public_id))


@bp.get("/cases/<public_id:public_id>/evidence/print")
@policy(Permission.CASES_READ)
def printed(public_id):
    """Print the list, with ``party`` as that side may see it: what it handed in and what it was shown. Chinese."""
    case = cases.get(public_id, for_=actor())
    ref = request.args.get("party")
    party = next((each for each in _parties(case) if each.public_id == ref), None)
    if ref and party is None:
        raise NotFound()
    return render_template(
        "notices/evidence.html", case=case, party=party, rows=queries.evidence_of(case.id, seen_by=party),
        names={each.id: each.name for each in cases.parties_of(case.id)},
    )
