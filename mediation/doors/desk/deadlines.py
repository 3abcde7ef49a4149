"""The calculator of deadlines: any rule that creates one, a day, the last day and how it comes about."""

from datetime import date

from flask import Blueprint, render_template, request, url_for

from mediation.doors.shared import deadlinewords
from mediation.doors.shared.guard import LOGGED_IN, actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.words import sentence
from mediation.ground import clock
from mediation.ground.errors import RuleBroken
from mediation.registry.deadlines import queries as deadlines
from mediation.registry.deadlines.rules import Stage
from mediation.registry.settings.rules import Unit

bp = Blueprint("deadlines", __name__)

LONGEST = 60


@bp.get("/deadlines")
@policy(LOGGED_IN)
def index():
    """Without a rule the list of all, each with its last day from the day given; with one the answer and its reason."""
    text, rule = _given("q"), _given("rule")
    start, at, wrong = _start()
    deadline = None
    if rule:
        try:
            deadline = deadlines.deadline_of(rule)
        except RuleBroken as error:
            wrong = wrong or _words(error)
    if deadline is None:
        return render_template(
            "desk/deadlines/index.html", text=text, start=start, wrong=wrong, stages=_stages(text, start),
        )
    found = None
    if not wrong:
        try:
            found = deadlines.answer(deadline.rule, start, _options(deadline), at=at, centre_id=actor().centre_id)
        except RuleBroken as error:
            wrong = _words(error)
    hours = bool(found and found.last.ends_at is not None)
    return render_template(
        "desk/deadlines/show.html", deadline=deadline, title=deadlinewords.title(deadline), start=start, at=at,
        wrong=wrong, found=found, hours=hours, chosen=_chosen(deadline, found), units=Unit, words=deadlinewords,
        may_extend=any(period.extension for period in deadline.periods), given=_given,
    )


def url(basis: str, start: date, *, amount: int | None = None, unit: str | None = None, pauses=()) -> str:
    """Return the page that tells how a clock's last day came about."""
    first, resumed = pauses[0] if len(pauses) == 1 else (None, None)
    rule, given = deadlines.question(basis)
    return url_for(
        "desk.deadlines.index", rule=rule, which=next(iter(given.values()), None), day=start, amount=amount, unit=unit,
        stopped=first, resumed=resumed,
    )


def _given(name) -> str:
    return request.args.get(name, "").strip()[:LONGEST]


def _start():
    today, words = clock.today(), _given("day")
    if not words:
        return today, None, ""
    try:
        start, at = deadlines.read_start(f"{words}T{_given('time')}" if _given("time") else words)
    except RuleBroken as error:
        return today, None, _words(error)
    return start, at, ""


def _options(deadline) -> dict[str, str]:
    """Return what was chosen on the page, in the words of the command line."""
    found = {}
    if deadline.asks and _given("which"):
        found[deadline.asks] = _given("which")
    if _given("extended") and any(period.extension for period in deadline.periods):
        found["extended"] = "yes"
    if _given("stopped") or _given("resumed"):
        found["pause"] = f"{_given('stopped')}..{_given('resumed')}"
    if _given("reading"):
        found["reading"] = _given("reading")
    if _given("amount"):
        found[_given("unit") or Unit.DAYS.value] = _given("amount")
    return found


def _chosen(deadline, found):
    return found.period.when if found else _given("which") or deadline.periods[0].when


def _stages(text, start):
    """Return the deadlines by the stage at which they are met; each with figure and last day from the day given."""
    by = {stage: [] for stage in Stage}
    for deadline in deadlines.listing():
        title = deadlinewords.title(deadline)
        if text.lower() in deadline.rule.lower() or text.lower() in title.lower():
            by[deadline.stage].append((deadline, title, _first(deadline, start)))
    return [(_(stage.label), lines) for stage, lines in by.items() if lines]


def _first(deadline, start):
    try:
        return deadlines.answer(deadline.rule, start, centre_id=actor().centre_id)
    except RuleBroken:
        return None  # no figure was in force that day


def _words(error):
    return "".join(sentence(obstacle) for obstacle in error.obstacles)


