"""What pages say about a case besides its contents: the head in words, clocks with their reasons, who is on it."""

from dataclasses import dataclass, field
from datetime import date

from werkzeug.datastructures import MultiDict

from mediation.casefile.cases import progress
from mediation.casefile.cases.queries import Filter
from mediation.casefile.cases.rules import Stage, Track, Turn
from mediation.casefile.clocks import queries as clock_queries
from mediation.casefile.clocks.rules import ClockLabel
from mediation.doors.shared import words
from mediation.doors.shared.language import gettext as _
from mediation.ground import clock
from mediation.registry.calendar.rules import LastDay
from mediation.registry.settings import queries as settings
from mediation.registry.staff import queries as staff
from mediation.registry.units import queries as units

ROAD = (
    Stage.REGISTERED, Stage.SCREENED, Stage.ROUTED, Stage.ACCEPTED, Stage.MEDIATING, Stage.AGREED, Stage.EFFECTIVE,
    Stage.CONFIRMING, Stage.PERFORMING, Stage.CLOSED, Stage.ARCHIVED,
)
FAILED_ROAD = (
    Stage.REGISTERED, Stage.SCREENED, Stage.ROUTED, Stage.ACCEPTED, Stage.MEDIATING, Stage.ENDED, Stage.REFERRED,
    Stage.CLOSED, Stage.ARCHIVED,
)
FIRST_STEP_OF = {
    "case.register": Stage.REGISTERED, "case.screen": Stage.SCREENED, "case.route": Stage.ROUTED,
    "proceeding.accept": Stage.ACCEPTED, "proceeding.take_on": Stage.MEDIATING, "agreement.agree": Stage.AGREED,
    "agreement.take_effect": Stage.EFFECTIVE, "agreement.agree_orally": Stage.EFFECTIVE,
    "confirmation.file": Stage.CONFIRMING, "performance.part": Stage.PERFORMING,
    "performance.complete": Stage.PERFORMING, "proceeding.end": Stage.ENDED, "referral.send": Stage.REFERRED,
    "case.close": Stage.CLOSED, "case.archive": Stage.ARCHIVED,
}


@dataclass
class Mark:
    """A place on the road of a case."""

    label: str
    note: str = ""
    done: bool = False
    current: bool = False


@dataclass
class ClockWords:
    """A clock with its biography."""

    label: str
    due_on: date
    is_statutory: bool = True
    is_provisional: bool = False
    ended: str | None = None
    story: list = field(default_factory=list)
    cite: str | None = None
    spans: list = field(default_factory=list)


def head(case):
    """Return the state line of a case's head and its road."""
    said = [_(case.stage.label)]
    if case.is_open:
        said.append(_("该%(who)s办", who=case.turn_name or _(case.turn.label)))
    if case.due_on and case.is_open:
        left = words.days_left_until(case.due_on)
        said.append(_("%(what)s %(left)s", what=_(ClockLabel(case.due_basis).label), left=left))
        if case.due_is_provisional:
            said.append(_("日历未公布，暂定"))
    return {"state": said, "road": road(case)}


def road(case):
    """Return the road of a case with the days on which its stages were reached."""
    days = {}
    for step in progress.history(case.id):
        stage = FIRST_STEP_OF.get(step.step)
        if stage:
            days[stage] = step.on
    failed = case.stage in (Stage.ENDED, Stage.REFERRED) or Stage.REFERRED in days
    return [
        Mark(_(stage.label), words.day_words(days[stage]) if stage in days else "", stage in days, stage == case.stage)
        for stage in (FAILED_ROAD if failed else ROAD)
    ]


def clocks(case, rows):
    """Return the clocks of a case in words, each with how its last day came about."""
    found = []
    for row in rows:
        last = clock_queries.last_day(row, case)
        shown = ClockWords(
            label=_(ClockLabel(row.label).label), due_on=row.due_on, is_provisional=row.is_provisional,
            story=_story(row, last), cite=_cite(row, case),
        )
        if row.stopped_on:
            shown.ended = _("%(day)s 停", day=words.day_words(row.stopped_on))
        found.append(shown)
    return found


def _story(row, last: LastDay | None):
    said = []
    if last:
        for fact, params in last.explain():
            said.append(_(fact.label, **{name: _fact_words(name, value) for name, value in params.items()}))
    if row.extended_to:
        until = words.day_words(row.extended_to)
        said.append(_("各方同意延到%(day)s（%(paper)s）", day=until, paper=row.extension_paper))
    return said


def _fact_words(name, value):
    """Return a value of a fact in words; ``why`` is the name of a day of rest, a word like any other."""
    return _(value) if name == "why" else words.value_words(value)


def _cite(row, case):
    cited = settings.citations_for(row.basis.split(".")[0], on=case.law_on)
    return _("、").join(str(each) for each in cited) or None


def people(case):
    """Return who is on a case: label and name."""
    found = []
    if case.lead_unit_id:
        found.append((_("承办"), units.unit(case.lead_unit_id).name))
    registered = staff.names({case.registered_by_id}).get(case.registered_by_id)
    if registered:
        found.append((_("登记"), registered))
    return found


def filter_from(args: MultiDict, by) -> Filter:
    """Return the filter that stands in a list's address; what cannot be is left out."""
    today = clock.today()
    return Filter(
        stages=tuple(stage for stage in args.getlist("stage") if stage in set(Stage)),
        turns=tuple(turn for turn in args.getlist("turn") if turn in set(Turn)),
        track=args.get("track") if args.get("track") in set(Track) else None,
        type_code=args.get("type") or None,
        is_open={"open": True, "closed": False}.get(args.get("state", "")),
        late_on=today if args.get("late") else None,
        applied_from=_day(args.get("from")),
        applied_to=_day(args.get("to")),
        area_code=args.get("area") if (args.get("area") or "").isdigit() else None,
    )


def _day(text):
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def filter_words(args: MultiDict):
    """Return the filter in words, each with the query key that removes it."""
    found = []
    for key, choice in (("stage", Stage), ("turn", Turn), ("track", Track)):
        found += [(_(choice(value).label), key) for value in args.getlist(key) if value in set(choice)]
    if args.get("late"):
        found.append((_("超期"), "late"))
    if args.get("state") in ("open", "closed"):
        found.append((_("在办") if args["state"] == "open" else _("已结"), "state"))
    return found
