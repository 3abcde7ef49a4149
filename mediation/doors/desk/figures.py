"""First figures: accepted and resolved with both honest rates, each opening its cases (idea 11)."""

from datetime import date

from flask import Blueprint, abort, render_template, request, url_for

from mediation.casefile.cases.rules import Track
from mediation.doors.desk import charts
from mediation.doors.desk.figurecells import Cells
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.ground import clock
from mediation.oversight.statistics import levels as level_counts
from mediation.oversight.statistics import origins as origin_counts
from mediation.oversight.statistics import queries as statistics
from mediation.oversight.statistics import rules
from mediation.registry.access.rules import Permission

bp = Blueprint("figures", __name__)


@bp.get("/figures")
@policy(Permission.FIGURES_READ)
def index():
    """Show the figures of a period, by track and unit."""
    since, until = _period()
    found = statistics.figures(for_=actor(), since=since, until=until)
    months = statistics.by_month(for_=actor(), since=since, until=until)
    repeats = statistics.repeats(for_=actor(), since=since, until=until, accepted=found.whole.accepted)
    return render_template(
        "desk/figures/index.html", found=found, repeats=repeats, rates=list(_rates(found.whole)),
        measures=list(rules.Measure), months=months, bars=charts.bars(months),
        lines=charts.lines(months), is_told=charts.is_told, rules=rules, cells=Cells(url_for("desk.figures.index")),
    )


def _rates(counts):
    """Yield the rates of a cohort: name, how it is worked out, what it leaves out, and the rate."""
    yield _("只算调解"), _("调解成功 ÷ 受理"), _("裁判了结的不算"), rules.by_mediation(counts)
    yield _("含裁判"), _("（调解成功 + 裁判了结）÷ 受理"), _("含速裁等程序"), rules.with_rulings(counts)
    yield (
        _("去掉裁判的"), _("调解成功 ÷（受理 − 裁判了结）"), _("分子分母都去掉裁判了结"),
        rules.without_rulings_below(counts),
    )
    yield (
        _("去掉没联系上的"), _("调解成功 ÷（受理 − 没联系上）"), _("分母去掉没联系上的"),
        rules.without_never_reached_below(counts),
    )
    yield (
        _("只看办完的"), _("调解成功 ÷（成功 + 没成 + 裁判了结）"), _("不含还在办的、没联系上的"),
        rules.of_finished(counts),
    )


@bp.get("/figures/origins")
@policy(Permission.FIGURES_READ)
def origins():
    """Show where the disputes of a period came from, and what was not accepted; this month where none is asked."""
    today = clock.today()
    since, until = _day("since") or today.replace(day=1), _day("until") or today
    channels = origin_counts.by_channel(for_=actor(), since=since, until=until)
    refused = origin_counts.not_accepted(for_=actor(), since=since, until=until)
    moves = level_counts.by_unit(for_=actor(), since=since, until=until)
    return render_template(
        "desk/figures/origins.html", channels=channels, refused=refused, moves=moves, since=since, until=until
    )


@bp.get("/figures/<measure>")
@policy(Permission.FIGURES_READ)
def behind(measure):
    """List the cases that one figure counts."""
    counted = next((each for each in (*rules.RESULTS, *rules.Beside) if each == measure), None)
    if counted is None:
        abort(404)
    since, until = _period()
    track = request.args.get("track") if request.args.get("track") in set(Track) else None
    page = statistics.cases_behind(
        counted, for_=actor(), since=since, until=until, track=track, unit=request.args.get("unit"),
        after=request.args.get("after"), before=request.args.get("before"),
    )
    return render_template("desk/figures/behind.html", page=page, measure=counted, since=since, until=until)


def _period():
    """Return the period asked for, this year where none is."""
    today = clock.today()
    return _day("since") or today.replace(month=1, day=1), _day("until") or today


def _day(name) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
