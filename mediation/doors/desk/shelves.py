"""The archive: files by body and year, found again, printed as the yearly register; files out on loan."""

from datetime import timedelta

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField
from wtforms.validators import InputRequired

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.papers import printing
from mediation.casefile.papers.forms import ARCHIVE_REGISTER
from mediation.doors.shared import headers
from mediation.doors.shared.errors import answer
from mediation.doors.shared.forms import CreatingForm, Text
from mediation.doors.shared.guard import actor, policy, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.pdf.faults import PressFault
from mediation.registry.staff import queries as staff
from mediation.registry.units import queries as units
from mediation.stages.archive import lending, shelves
from mediation.stages.archive.rules import Retention

bp = Blueprint("shelves", __name__)

KEEPS = STEPS["case.archive"]


class LendForm(CreatingForm):
    """Who takes a file, what for, until when."""

    borrower = Text(_l("借阅人"), [InputRequired(_l("填借阅人"))], longest=60)
    borrower_unit = Text(_l("单位"), [InputRequired(_l("填单位"))], longest=120)
    purpose = Text(_l("用途"), [InputRequired(_l("填用途"))], longest=400)
    due_on = DateField(_l("哪天归还"), [InputRequired(_l("填日期"))])


class BackForm(CreatingForm):
    """A file that came back."""

    back_on = DateField(_l("哪天归还的"), [InputRequired(_l("填日期"))])
    note = Text(_l("说明（缺页、破损等）"), longest=400)


@bp.get("/archive")
@policy(KEEPS)
def index():
    """List the files of a body and year in the order of their numbers, or what was searched for."""
    unit, year, years = _chosen()
    text = (request.args.get("q") or "").strip()[:60]
    if text:
        page = shelves.Page(shelves.find(text, for_=actor()))
    else:
        page = shelves.listing(unit.id, year, for_=actor(), after=_serial("after"), before=_serial("before"))
    return render_template(
        "desk/archive/index.html", page=page, unit=unit, year=year, years=years, units=_units(), text=text,
        retention=Retention, today=clock.today(), most=shelves.MOST_FOUND,
    )


def _units():
    by = actor()
    if access.is_narrow(by):
        return [unit for unit in units.units(by.centre_id) if unit.id == by.unit_id]
    return units.units(by.centre_id)


def _chosen():
    mine = _units()
    wanted = request.args.get("unit")
    unit = next((each for each in mine if each.public_id == wanted), None)
    unit = unit or next((each for each in mine if each.id == actor().unit_id), mine[0])
    years = shelves.years(unit.id) or [clock.today().year]
    asked = request.args.get("year", "")
    return unit, int(asked) if asked.isdecimal() and int(asked) in years else years[0], years


def _serial(name):
    given = request.args.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 9 else None


@bp.get("/archive/register.pdf")
@policy(KEEPS)
def register():
    """Print the register of a body's archive for a year."""
    unit, year, _years = _chosen()
    lines = [
        {
            "archive_no": line.closing.archive_no, "title": line.case.title,
            "number": line.case.body_no or line.case.register_no, "closed_on": line.closing.closed_on.isoformat(),
            "archived_on": line.closing.archived_on.isoformat(), "retention": Retention(line.closing.retention).label,
            "remark": "已重启" if line.closing.reopened_on else line.closing.shelf_no or "",
        }
        for line in shelves.register(unit.id, year, for_=actor())
    ]
    snapshot = {
        "number": None, "draft": False, "track": "peoples", "citations": [], "handwritten": [], "parties": [],
        "mediators": [], "centre": {"name": units.centre_name(actor().centre_id)},
        "details": {"unit": unit.name, "year": year, "printed_on": clock.today().isoformat(), "lines": lines},
    }
    snapshot["handwritten"] = printing.missing_characters(snapshot)
    session.rollback()  # nothing is held while it is printed
    try:
        content = printing.pdf(ARCHIVE_REGISTER, 1, snapshot)
    except PressFault as fault:
        return answer(503, _("登记簿没有印成"), _(fault.label, **fault.params), retry_after=60)
    response = make_response(content)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="archive-{year}.pdf"'
    response.headers["Content-Security-Policy"] = headers.policy(frame_ancestors="'self'")
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@bp.get("/archive/loans")
@policy(KEEPS)
def loans():
    """List the files that are out, the longest due first."""
    rows = shelves.lent(for_=actor())
    return render_template(
        "desk/archive/loans.html", rows=rows, today=clock.today(), most=shelves.MOST_OUT,
        late=sum(row.due_on < clock.today() for row, _case in rows),
    )


@bp.route("/cases/<public_id:public_id>/lend", methods=["GET", "POST"])
@step_page("case.lend")
def lend(public_id):
    """Lend the file of an archived case."""
    case = cases.get(public_id, for_=actor())
    form = LendForm(due_on=clock.today() + timedelta(days=shelves.loan_days(case, clock.today())))
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            lending.lend(
                public_id, borrower=form.borrower.data, borrower_unit=form.borrower_unit.data,
                purpose=form.purpose.data, due_on=form.due_on.data, by=actor(), on=clock.today(), key=form.key.data,
            )
        if done:
            flash(_("已登记借出"))
            return redirect(url_for("desk.cases.show", public_id=public_id, _anchor="archive"))
        case = cases.get(public_id, for_=actor())
    return render_template("desk/archive/lend.html", form=form, case=case, title=_("借出案卷"), act=_("借出"))


@bp.route("/borrowings/<public_id:public_id>/back", methods=["GET", "POST"])
@policy(STEPS["case.lend"])
def back(public_id):
    """Note that a file is back on its shelf."""
    row, case = shelves.get(public_id, for_=actor())
    form = BackForm(back_on=clock.today())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            lending.take_back(
                public_id, back_on=form.back_on.data, note=form.note.data or "", by=actor(), on=clock.today()
            )
        if done:
            flash(_("已登记归还"))
            return redirect(url_for("desk.shelves.loans"))
        row, case = shelves.get(public_id, for_=actor())
    return render_template(
        "desk/archive/lend.html", form=form, case=case, row=row, title=_("案卷归还"), act=_("归还"),
        names=staff.names({row.lent_by_id}),
    )
