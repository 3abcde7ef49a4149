"""The forms of the house: which version is in force; looked at with an invented or a real case (row 59)."""

from io import BytesIO

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from mediation.casefile.cases import queries as cases
from mediation.casefile.papers import invented
from mediation.casefile.papers.forms import PAPERS
from mediation.doors.shared.forms import DeskForm, Text
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import NotFound
from mediation.ground.pdf.faults import PressFault
from mediation.oversight.search import queries as search
from mediation.registry.access.rules import Permission
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Kind
from mediation.stages.companions import preview

bp = Blueprint("paperforms", __name__)


class PreviewForm(DeskForm):
    """Which version, how large; of whose case, where it is a real one."""

    version = SelectField(_l("第几版"), [Optional()], coerce=int)
    large = BooleanField(_l("大字版（18 磅）"))
    number = Text(_l("案件编号（不填用示例案件）"), [Optional()], longest=60)

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        versions = range(PAPERS[kind].version, 0, -1)
        self.version.choices = [SelectChoice(each, _("第 %(number)s 版", number=each)) for each in versions]


def _in_force(kind: str) -> int:
    return preview.version_on(kind, centre_id=actor().centre_id, on=clock.today())


@bp.get("/paper-forms")
@policy(Permission.OWN_ACCOUNT)
def index():
    """List the forms in the order of the national list: version in force, copies, who signs for it."""
    found = [(form, _in_force(form.key)) for form in PAPERS.values()]
    found.sort(key=lambda each: [int(part) for part in each[0].number.split(".") if part] or [9])
    return render_template("desk/paperforms/index.html", forms=found, may_set=actor().may(Permission.SETTINGS_MANAGE))


@bp.get("/paper-forms/<string(maxlength=40):paper_kind>")
@policy(Permission.OWN_ACCOUNT)
def show(paper_kind):
    """One form: its versions with the days from which they hold, and a look at it."""
    if paper_kind not in PAPERS:
        abort(404)
    form = PreviewForm(kind=paper_kind, version=_in_force(paper_kind), formdata=None)
    known = settings.is_known(Kind.TEMPLATE, paper_kind)
    return render_template(
        "desk/paperforms/show.html", kind=PAPERS[paper_kind], form=form, in_force=_in_force(paper_kind),
        may_read=actor().may(Permission.PAPERS_ISSUE), may_set=known and actor().may(Permission.SETTINGS_MANAGE),
        history=_history(paper_kind),
    )


@bp.get("/paper-forms/<string(maxlength=40):paper_kind>/specimen.pdf")
@policy(Permission.OWN_ACCOUNT)
def specimen(paper_kind):
    """The form filled with the invented case, marked as a draft."""
    if paper_kind not in PAPERS:
        abort(404)
    version, large = _version(paper_kind), request.args.get("large") == "y"
    return _sent(paper_kind, lambda: invented.pdf(
        paper_kind, {}, centre_id=actor().centre_id, on=clock.today(), version=version, large=large
    ))


@bp.post("/paper-forms/<string(maxlength=40):paper_kind>/preview")
@policy(Permission.PAPERS_ISSUE)
def of_case(paper_kind):
    """The form filled with a real case that the reader may open, marked as a draft; nothing is issued or kept."""
    if paper_kind not in PAPERS:
        abort(404)
    version, large = _version(paper_kind), request.form.get("large") == "y"
    text = request.form.get("number", "").strip()[:60]
    try:
        with transaction():
            row = next(iter(search.find(text, for_=actor())), None) if any(map(str.isdigit, text)) else None
            if row is None:
                raise NotFound()
            case = cases.get(row.public_id, for_=actor())
            found = preview.snapshot(case, paper_kind, by=actor(), on=clock.today())
    except NotFound:
        flash(_("没有找到这件案件，或者它还没有这份文书"), "error")
        return redirect(url_for("desk.paperforms.show", paper_kind=paper_kind))
    return _sent(paper_kind, lambda: preview.pdf(paper_kind, version, found, large=large))


def _history(kind):
    lines = settings.listing(Kind.TEMPLATE, on=clock.today(), centre_id=actor().centre_id)
    found = next((line.history for line in lines if line.key == kind), ())
    return sorted(found, key=lambda each: (each.valid_from, each.id or 0), reverse=True)


def _version(kind: str) -> int:
    given = request.values.get("version", type=int)
    return given if given and 1 <= given <= PAPERS[kind].version else _in_force(kind)


def _sent(kind, made):
    try:
        data = made()
    except PressFault:
        flash(_("没有排成，请稍后再看"), "error")
        return redirect(url_for("desk.paperforms.show", paper_kind=kind))
    return send_file(BytesIO(data), mimetype="application/pdf", download_name=f"{kind}.pdf")
