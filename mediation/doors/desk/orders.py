"""Sheets of orders at the desk: bring one, look at it, let it be registered, complete what lacked."""

from flask import Blueprint, flash, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileRequired
from werkzeug.utils import secure_filename
from wtforms import BooleanField, FileField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import Channel
from mediation.doors.desk import pickers
from mediation.doors.desk.ordered import reasons
from mediation.doors.shared.forms import CreatingForm, DeskForm, StepForm, Text, uploaded
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.doors.shared.words import labelled
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import NotFound, Stale
from mediation.oversight.search import queries as search
from mediation.registry.access.rules import Depth, Permission
from mediation.stages.intake.orders import operations as orders
from mediation.stages.intake.orders import queries
from mediation.stages.intake.orders.rules import NEEDED, Field, SheetState, Verdict

bp = Blueprint("orders", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SENT = (
    Channel.HOTLINE_12345, Channel.POLICE_110, Channel.PETITION, Channel.POLICE, Channel.PROCURATORATE, Channel.AGENCY,
    Channel.GRID, Channel.PATROL, Channel.LEADER, Channel.WECHAT, Channel.OTHER,
)
CHANNELS = [SelectChoice(each.value, _l(each.label)) for each in SENT]


class SheetForm(CreatingForm):
    channel = SelectField(_l("从哪里来的"), choices=CHANNELS)
    file = FileField(_l("表格（.xlsx 或 .csv）"), [FileRequired(_l("请选择文件"))])


class ColumnsForm(StepForm):
    """What the columns of a sheet mean; a select for each field."""

    channel = SelectField(_l("从哪里来的"), choices=CHANNELS)
    others_unknown = BooleanField(_l("没写对方的，按“不知道是谁”登记"))

    def __init__(self, *args, sheet, **kwargs):
        chosen = {name: str(place) for name, place in sheet.columns.items()}
        super().__init__(*args, data=chosen | kwargs.pop("data", {}), **kwargs)
        titles = sheet.headings["titles"]
        known = [SelectChoice(str(place), title or _("第 %(n)s 栏", n=place + 1)) for place, title in enumerate(titles)]
        for field in Field:
            self[field.value].choices = [SelectChoice("", _("表里没有")), *known]

    def columns(self):
        return {field.value: int(self[field.value].data) if self[field.value].data else None for field in Field}

    def selects(self):
        return [self[field.value] for field in Field]


for _field in Field:
    setattr(ColumnsForm, _field.value, SelectField(_l(_field.label), choices=[], validators=[Optional()]))


class JoinForm(DeskForm):
    number = Text(_l("已有案件的编号"), [InputRequired(_l("写已有案件的编号"))], longest=80)


class DropForm(DeskForm):
    reason = Text(_l("为什么不登记"), [InputRequired(_l("要写理由"))], longest=400)


@bp.route("/orders", methods=["GET", "POST"])
@policy(Permission.CASES_REGISTER)
def index():
    """Bring a sheet; the ones that were brought before."""
    by, form = actor(), SheetForm()
    if form.validate_on_submit():
        name = form.file.data.filename or secure_filename("sheet")
        with refused_on(form) as done, transaction():
            public_id = orders.take_in(
                uploaded(form.file), name[-120:], channel=form.channel.data, by=by, on=clock.today(), key=form.key.data
            )
        if done:
            return redirect(url_for("desk.orders.show", public_id=public_id))
    return render_template(
        "desk/orders/index.html", form=form, sheets=queries.sheets(for_=by), verdicts=Verdict,
        waiting=queries.count_to_complete(for_=by, up_to=99), example=[field.label for field in Field],
    )


@bp.get("/orders/<public_id:public_id>")
@policy(Permission.CASES_REGISTER)
def show(public_id):
    """What the columns are taken for, and what would become, or has become, of each row."""
    sheet = queries.get(public_id, for_=actor())
    return _page(sheet, _columns_form(sheet))


@bp.post("/orders/<public_id:public_id>/columns")
@policy(Permission.CASES_REGISTER)
def columns(public_id):
    """Say anew what the columns mean; the rows are checked again."""
    sheet = queries.get(public_id, for_=actor())
    form = _columns_form(sheet)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            orders.take_columns(
                public_id, form.columns(), channel=form.channel.data, others_unknown=form.others_unknown.data,
                version=form.version.data, by=actor(),
            )
        if done:
            return redirect(url_for("desk.orders.show", public_id=public_id))
    return _page(queries.get(public_id, for_=actor()), form)


@bp.post("/orders/<public_id:public_id>/run")
@policy(Permission.CASES_REGISTER)
def run(public_id):
    """Let the sheet be registered in the background."""
    try:
        with transaction():
            orders.run(public_id, version=request.form.get("version", 0, type=int), by=actor())
    except Stale:
        flash(_("这张表刚刚有人动过，请看清再导入。"), "warning")
    return redirect(url_for("desk.orders.show", public_id=public_id))


@bp.post("/orders/<public_id:public_id>/stop")
@policy(Permission.CASES_REGISTER)
def stop(public_id):
    """Stop after the row in hand."""
    with transaction():
        orders.stop(public_id, by=actor())
    return redirect(url_for("desk.orders.show", public_id=public_id))


@bp.get("/orders/<public_id:public_id>/progress")
@policy(Permission.CASES_REGISTER, polls=True)
def progress(public_id):
    """Say how far a sheet is, for the page that waits for it."""
    sheet = queries.get(public_id, for_=actor())
    return jsonify(words=_progress_words(sheet), over=not queries.is_busy(sheet))


@bp.get("/orders/<public_id:public_id>/not-registered")
@policy(Permission.CASES_REGISTER)
def taken_along(public_id):
    """Take the rows along that became no case, each with its reason."""
    with transaction():
        data = orders.taken_along(public_id, by=actor())
    answer = make_response(data)
    answer.headers["Content-Type"] = XLSX
    answer.headers["Content-Disposition"] = f'attachment; filename="not-registered-{clock.today():%Y%m%d}.xlsx"'
    return answer


@bp.get("/orders/waiting")
@policy(Permission.CASES_REGISTER)
def waiting():
    """The rows that lacked something, the oldest first."""
    return _waiting(DropForm())


@bp.post("/orders/waiting/drop")
@policy(Permission.CASES_REGISTER)
def drop_chosen():
    """Leave the ticked rows unregistered, for one reason."""
    form, count = DropForm(), 0
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            count = orders.drop_all(request.form.getlist("id"), reason=form.reason.data, by=actor())
        if done:
            flash(_("%(count)s 件不登记，理由已记", count=count))
            return redirect(url_for("desk.orders.waiting"))
    return _waiting(form)


def _waiting(form):
    by, today = actor(), clock.today()
    page = queries.to_complete(for_=by, on=today, after=request.args.get("after", 0, type=int))
    return render_template(
        "desk/orders/waiting.html", page=page, reasons=reasons, form=form, today=today,
        late_since=queries.late_since(by.centre_id, on=today), chosen=request.form.getlist("id"),
    )


@bp.route("/order-rows/<public_id:public_id>/join", methods=["GET", "POST"])
@policy(Permission.CASES_REGISTER)
def join(public_id):
    """Say that a row is a case that is here already."""
    row, sheet = queries.row(public_id, for_=actor())
    shown = queries.to_show(row, sheet, on=clock.today())
    form = JoinForm(number=shown.case_no)
    if form.validate_on_submit():
        case_public_id = _case_of(form.number.data)
        if case_public_id is None:
            form.number.errors = [_("没有您能办的这个编号的案件，或者不止一件")]
        else:
            with refused_on(form) as done, transaction():
                orders.belongs_to(public_id, case_public_id, by=actor(), on=clock.today())
            if done:
                flash(_("编号已记到 %(case)s", case=form.number.data))
                return redirect(url_for("desk.orders.waiting"))
    return render_template("desk/orders/join.html", form=form, shown=shown, sheet=sheet, reasons=reasons)


@bp.route("/order-rows/<public_id:public_id>/drop", methods=["GET", "POST"])
@policy(Permission.CASES_REGISTER)
def drop(public_id):
    """Leave a row unregistered."""
    row, sheet = queries.row(public_id, for_=actor())
    form = DropForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            orders.drop(public_id, reason=form.reason.data, by=actor())
        if done:
            flash(_("不登记，理由已记"))
            return redirect(url_for("desk.orders.waiting"))
    shown = queries.to_show(row, sheet, on=clock.today())
    return render_template("desk/orders/drop.html", form=form, shown=shown, sheet=sheet, reasons=reasons)


def _case_of(number):
    """Return the one case of a number whose contents the actor sees, None where there is none or several."""
    found = [row.public_id for row in search.find(number, for_=actor())] if number else []
    try:
        return cases.get(found[0], for_=actor(), depth=Depth.CONTENTS).public_id if len(found) == 1 else None
    except NotFound:
        return None


def _columns_form(sheet):
    return ColumnsForm(
        sheet=sheet, data={"channel": sheet.channel, "others_unknown": sheet.others_unknown, "version": sheet.version}
    )


def _page(sheet, form):
    word = request.args.get("verdict", "")
    verdict = Verdict(word) if word in set(Verdict) else None
    page = queries.rows(sheet, verdict=verdict, after=request.args.get("after", 0, type=int), on=clock.today())
    counted = queries.counts([sheet.id]).get(sheet.id, {})
    return render_template(
        "desk/orders/show.html", sheet=sheet, form=form, page=page, verdict=verdict, reasons=reasons, states=SheetState,
        counts=[(value, label, counted[value]) for value, label in labelled(Verdict) if counted.get(value)],
        can_run=sum(counted.get(each, 0) for each in (Verdict.WILL_REGISTER, Verdict.FAILED)),
        will_wait=sum(counted.get(each, 0) for each in (Verdict.LACKS, Verdict.LOOKS_LIKE)), needed=NEEDED,
        is_busy=queries.is_busy(sheet), progress=_progress_words(sheet),
        type_label=lambda code: pickers.type_label(code, centre_id=sheet.centre_id),
    )


def _progress_words(sheet):
    if not queries.is_busy(sheet):
        return _(sheet.state.label)
    done = sheet.total - queries.left(sheet)
    return _("%(state)s：%(done)s / %(total)s 行", state=_(sheet.state.label), done=done, total=sheet.total)
