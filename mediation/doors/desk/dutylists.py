"""The county's duty list: looking things up in it, and taking over a new one from a sheet. Row 34."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField, FileField
from wtforms.validators import InputRequired

from mediation.doors.shared.filed import FileForm
from mediation.doors.shared.forms import CreatingForm, Text
from mediation.doors.shared.guard import LOGGED_IN, actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.doors.shared.words import labelled
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission
from mediation.registry.dutylists import operations as dutylists
from mediation.registry.dutylists import queries
from mediation.registry.dutylists.rules import Column, DutyKind

bp = Blueprint("dutylists", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ListForm(FileForm, CreatingForm):
    file = FileField(_l("表格（.xlsx 或 .csv）"))
    valid_from = DateField(_l("从哪天起用"), [InputRequired(_l("填日期"))])
    source = Text(_l("依据的文件"), [InputRequired(_l("写明是哪份文件"))], longest=400)


@bp.get("/duty-list")
@policy(LOGGED_IN)
def index():
    """Search the list that holds today, or one that held before."""
    by, text, kind = actor(), request.args.get("q", "").strip()[:60], request.args.get("kind", "")
    editions = queries.lists(by.centre_id)
    present = queries.list_on(by.centre_id, on=clock.today())
    shown = next((each for each in editions if each[1] == request.args.get("list")), present)
    items = queries.items_of(shown[0]) if shown else ()
    found = [each for each in queries.found_in(text, items) if kind in ("", each.kind)]
    return render_template(
        "desk/dutylists/index.html", items=found, text=text, kinds=labelled(DutyKind), kind=kind, editions=editions,
        shown=shown, present=present, may_import=by.may(Permission.DUTY_LISTS),
        counts=[(each, *queries.count(items, each)) for each in DutyKind],
    )


@bp.get("/duty-list/sheet")
@policy(LOGGED_IN)
def sheet():
    """Take the present list along as a sheet."""
    items = queries.items(actor().centre_id, on=clock.today())
    answer = make_response(dutylists.taken_along(items))
    answer.headers["Content-Type"] = XLSX
    answer.headers["Content-Disposition"] = f'attachment; filename="duty-list-{clock.today():%Y%m%d}.xlsx"'
    return answer


@bp.route("/duty-list/import", methods=["GET", "POST"])
@policy(Permission.DUTY_LISTS)
def take_over():
    """Show what a sheet would bring, then let it hold from a day on."""
    by, preview = actor(), None
    form = ListForm(valid_from=clock.today())
    if form.validate_on_submit():
        data = form.content()
        with refused_on(form) as done:
            preview = dutylists.preview(data, centre_id=by.centre_id, valid_from=form.valid_from.data)
        if done and request.form.get("do") == "import":
            with refused_on(form) as done, transaction():
                dutylists.take_over(
                    data, by=by, on=clock.today(), key=form.key.data, valid_from=form.valid_from.data,
                    source=form.source.data,
                )
            if done:
                flash(_("职责清单已导入，以前引用的条目不变"))
                return redirect(url_for("desk.dutylists.index"))
    return render_template(
        "desk/dutylists/import.html", form=form, preview=preview, columns=[column.label for column in Column],
        kinds=list(DutyKind),
    )
