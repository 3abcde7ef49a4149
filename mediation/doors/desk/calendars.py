"""Working days: which years are official, what is special in a year, and taking over the yearly notice."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from mediation.casefile.clocks import queries as clocks
from mediation.doors.shared.filed import FileForm
from mediation.doors.shared.forms import Text
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock, jobs
from mediation.ground.db import transaction
from mediation.ground.ids import new_id
from mediation.registry.access.rules import Permission
from mediation.registry.calendar import operations as calendar
from mediation.registry.calendar import queries
from mediation.registry.calendar.rules import each_day

bp = Blueprint("calendars", __name__)


class YearForm(FileForm):
    year = IntegerField(_l("哪一年"), [InputRequired(), NumberRange(2000, 2100)])
    source = Text(_l("通知的文号或网址"), [InputRequired()], longest=400)


@bp.route("/calendars", methods=["GET", "POST"])
@policy(Permission.SETTINGS_MANAGE)
def index():
    """The official years; the next one: its table shown first, then taken over."""
    by, preview = actor(), None
    official = queries.calendar_of(by.centre_id).official_years
    form = YearForm(year=max(official) + 1)
    if form.validate_on_submit():
        data = form.content()
        with refused_on(form) as done:
            preview = calendar.preview_year(form.year.data, data, centre_id=by.centre_id)
        if done and request.form.get("do") == "import":
            with refused_on(form) as done, transaction():
                calendar.import_year(form.year.data, data, by=by, source=form.source.data)
                # What already runs is counted anew by the scheduler, case by case.
                jobs.enqueue("clocks.recompute", f"clocks.recompute/{new_id()}", centre_id=by.centre_id)
            if done:
                flash(_("%(year)s 年已导入，正在办的期限会重新算", year=form.year.data))
                return redirect(url_for("desk.calendars.index"))
    may_import = preview is not None and not preview.faults
    moves = clocks.would_move(by.centre_id, preview.year, preview.calendar) if may_import else None
    this_year = clock.today().year
    return render_template(
        "desk/calendars/index.html", form=form, preview=preview, years=queries.years(by.centre_id),
        moves=moves, provisional=[year for year in (this_year + 1, this_year) if year not in official],
    )


@bp.get("/calendars/<int:year>")
@policy(Permission.SETTINGS_MANAGE)
def show(year):
    """The days of a year that are not as their weekday makes them."""
    if not 2000 <= year <= 2100:
        abort(404)
    found = queries.calendar_of(actor().centre_id)
    days = [
        (day, found.is_workday(day), found.special[day].name if day in found.special else found.why_rest(day) or "")
        for day in each_day(date(year, 1, 1), date(year + 1, 1, 1))
        if found.is_workday(day) != (day.weekday() < 5) or (day in found.special and found.special[day].name)
    ]
    return render_template(
        "desk/calendars/show.html", year=year, days=days, is_official=year in found.official_years, moved=_moved(year),
    )


def _moved(year):
    """Return the last days that the newest import of a year changed; None where it came with the program."""
    imported = sorted(
        (each.recorded_at, each.year) for each in queries.years(actor().centre_id) if each.recorded_at is not None
    )
    since = next((at for at, of_year in imported if of_year == year), None)
    if since is None:
        return None
    return clocks.moved_between(actor().centre_id, since, next((at for at, _year in imported if at > since), None))
