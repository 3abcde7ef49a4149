"""What pages say about a case besides its contents: the head in words, clocks with their reasons, who is on it."""

from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from mediation.casefile.cases import progress
from mediation.casefile.cases.queries import Filter
from mediation.casefile.cases.rules import (
    DISPUTING_ROLES,
    CaseState,
    Channel,
    Consent,
    Grade,
    Stage,
    Track,
    Turn,
    Urgency,
)
from mediation.casefile.clocks import queries as clock_queries
from mediation.casefile.clocks.rules import FIXED, ClockLabel
from mediation.doors.desk import deadlines
from mediation.doors.shared import words
from mediation.doors.shared.language import gettext as _
from mediation.ground import clock
from mediation.registry.calendar.rules import LastDay
from mediation.registry.causes import queries as causes
from mediation.registry.points import queries as points
from mediation.registry.regions import queries as regions
from mediation.registry.settings import queries as settings
from mediation.registry.staff import queries as staff
from mediation.registry.units import queries as units
from mediation.stages.assisting import queries as assisting
from mediation.stages.confirmation import queries as confirmation
from mediation.stages.groups import queries as groups
from mediation.stages.performance import queries as performance
from mediation.stages.proceedings import queries as proceedings
from mediation.stages.referrals import queries as referrals

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
    "case.close": Stage.CLOSED, "case.refuse": Stage.CLOSED, "case.archive": Stage.ARCHIVED,
}
CHOSEN = (
    ("stage", Stage), ("turn", Turn), ("track", Track), ("channel", Channel), ("grade", Grade), ("urgency", Urgency),
)
CLAUSE_WORDS = 14  # as many signs of a clause as stand beside its days
STRONG = Markup("<b>{}</b>")


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
    how_url: str | None = None  # the calculator with the same figures


def head(case):
    """Return the state line of a case's head and its road; a day that is past is red, a near one bold."""
    said = [STRONG.format(_(case.state.label if case.state == CaseState.MERGED else case.stage.label))]
    if case.is_open:
        who = STRONG.format(case.turn_name or _(case.turn.label))
        said.append(Markup(_("该%(who)s办", who="%s")) % who)
    if case.grade:
        said.append(_(case.grade.label))
    if case.urgency and case.urgency != Urgency.NORMAL:
        said.append(Markup('<span class="late">{}</span>').format(_(case.urgency.label)))
    many = groups.head_of(case)
    if many is not None:
        said.append(_("群体 %(people)s 人，代表 %(speakers)s 人", people=many.people, speakers=many.representatives))
    if case.due_on and case.is_open:
        left = Markup('<span class="{}">{}</span>').format(
            words.days_left_class(case.due_on, statutory=case.due_basis != ClockLabel.PERFORMANCE),
            words.days_left_until(case.due_on),
        )
        said.append(Markup("{} {}").format(_(ClockLabel(case.due_basis).label), left))
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
    now = None if case.state == CaseState.MERGED else case.stage  # it goes on in the other case, not here
    return [
        Mark(_(stage.label), words.day_words(days[stage]) if stage in days else "", stage in days, stage == now)
        for stage in (FAILED_ROAD if failed else ROAD)
    ]


def clocks(case, rows):
    """Return the clocks of a case in words, each with how its last day came about."""
    found = []
    clauses = {each.id: each.duty for each in performance.of_case(case.id)}
    helped = {each.id: each.unit.short_name for each in assisting.of_case(case.id)}
    for row in sorted(rows, key=lambda each: (each.stopped_on is not None, each.object_id in helped)):
        last = clock_queries.last_day(row, case.centre_id)
        clause = clauses.get(row.object_id) if row.label == ClockLabel.PERFORMANCE else None
        shown = ClockWords(
            label=_clause(clause) if clause else _of_whom(row, helped), due_on=row.due_on,
            is_statutory=row.unit != FIXED, is_provisional=row.is_provisional, story=_story(row, last),
            cite=_cite(row, case),
            how_url=_how(row) if last else None,
        )
        if row.stopped_on:
            shown.ended = _("%(day)s 停", day=words.day_words(row.stopped_on))
        found.append(shown)
    return found


def _of_whom(row, helped):
    """Return what a clock measures; of what another unit was asked for, with its name."""
    label = _(ClockLabel(row.label).label)
    return _("%(what)s，%(unit)s", what=label, unit=helped[row.object_id]) if row.object_id in helped else label


def _clause(duty):
    """Return which clause a clock of performance is about: several run side by side."""
    what = duty.what if len(duty.what) <= CLAUSE_WORDS else f"{duty.what[:CLAUSE_WORDS]}…"
    return _("第 %(number)s 条 %(what)s", number=duty.position, what=what)


def _story(row, last: LastDay | None):
    said = []
    if last:
        for fact, params in last.explain():
            said.append(_(fact.label, **{name: _fact_words(name, value) for name, value in params.items()}))
    standing = clock_queries.open_pause(row) if row.stopped_on is None else None
    if standing:
        since = words.day_words(standing.from_on)
        said.append(_("从%(day)s起中止（%(paper)s），恢复以前一天一天往后推", day=since, paper=standing.reason))
    if row.extended_to:
        until = words.day_words(row.extended_to)
        said.append(_("各方同意延到%(day)s（%(paper)s）", day=until, paper=row.extension_paper))
    return said


def _fact_words(name, value):
    """Return a value of a fact in words; ``why`` is the name of a day of rest, a word like any other."""
    return _(value) if name == "why" else words.value_words(value)


def _how(row):
    return deadlines.url(
        row.basis, row.started_on, amount=row.amount, unit=row.unit, pauses=clock_queries.pauses(row)
    )


def _cite(row, case):
    cited = settings.citations_for(row.basis.split(".")[0], on=case.law_on)
    return _("、").join(str(each) for each in cited) or None


def people(case):
    """Return who is on a case, label and name: body and mediators, the court and who deals with it, the desk."""
    proceeding = proceedings.newest(case.id)
    application = confirmation.bundle(case).confirmation if case.accepted_on else None
    referral = next(reversed(referrals.of_case(case.id)), None)
    names = staff.names({case.registered_by_id, *((application.filed_by_id,) if application else ())})
    found = [
        (_("承办"), units.unit(case.lead_unit_id).name if case.lead_unit_id else None),
        (_("调解员"), _mediators(proceeding) if proceeding else None),
        (_("交来法院"), case.court_name),
        (_("确认法院"), application.court_name if application else None),
        (_("法院联络"), names.get(application.filed_by_id) if application else None),
        (_("移送给"), referral.to_name if referral else None),
        (_("登记"), names.get(case.registered_by_id)),
    ]
    return [(label, name) for label, name in found if name]


def _mediators(proceeding):
    on_it = proceedings.mediators_on(proceeding.id)
    named = [
        _("%(name)s（主持）", name=row.mediator.name) if row.presides and len(on_it) > 1 else row.mediator.name
        for row in on_it
    ]
    return _("、").join(named)


def consents(parties):
    """Return how far the parties agree to mediation, in one phrase; None while nobody was asked."""
    asked = [party.consent for party in parties if party.role in DISPUTING_ROLES]
    if Consent.REFUSED in asked:
        return _("有一方拒绝调解")
    silent = asked.count(Consent.PENDING)
    if silent == len(asked):
        return None
    return _("%(count)s 方没表态", count=silent) if silent else _("各方都同意调解")


def story_note(case):
    """Return what a dispute is about, where, and how much is in dispute, for the head of its story."""
    kind = causes.named(case.type_code, on=case.law_on, centre_id=case.centre_id)
    said = [
        kind.name if kind else None,
        case.place or _near(case),
        _("争议金额 %(sum)s 元", sum=words.money(case.amount_fen)) if case.amount_fen else None,
    ]
    return " · ".join(each for each in said if each)


def _near(case):
    """Return town and village of a case: whoever reads it knows the county."""
    found = regions.path(case.area_code, centre_id=case.centre_id) if case.area_code else []
    return "".join(each.short for each in found[-2:])


def filter_from(args: MultiDict, by) -> Filter:
    """Return the filter that stands in a list's address; what cannot be is left out."""
    today = clock.today()
    return Filter(
        stages=tuple(stage for stage in args.getlist("stage") if stage in set(Stage)),
        turns=tuple(turn for turn in args.getlist("turn") if turn in set(Turn)),
        track=args.get("track") if args.get("track") in set(Track) else None,
        channel=args.get("channel") if args.get("channel") in set(Channel) else None,
        point_id=_point_id(args.get("point"), by),
        grade=args.get("grade") if args.get("grade") in set(Grade) else None,
        urgency=args.get("urgency") if args.get("urgency") in set(Urgency) else None,
        type_code=args.get("type") or None,
        is_open={"open": True, "closed": False}.get(args.get("state", "")),
        late_on=today if args.get("late") else None,
        acting=bool(args.get("acting")),
        applied_from=_day(args.get("from")),
        applied_to=_day(args.get("to")),
        area_code=args.get("area") if (args.get("area") or "").isdigit() else None,
    )


def _point_id(public_id, by):
    """Return the row id of a point of the address; one that nobody knows lists nothing."""
    if not public_id:
        return None
    found = points.by_public_id(public_id, centre_id=by.centre_id)
    return found.id if found else -1


def _day(text):
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def filter_words(args: MultiDict, by):
    """Return the filter in words, each with the query key that removes it."""
    found = []
    for key, choice in CHOSEN:
        found += [(_(choice(value).label), key) for value in args.getlist(key) if value in set(choice)]
    point = points.by_public_id(args.get("point"), centre_id=by.centre_id)
    if point:
        found.append((point.name, "point"))
    if args.get("late"):
        found.append((_("超期"), "late"))
    if args.get("acting"):
        found.append((_("我经办的"), "acting"))
    if args.get("state") in ("open", "closed"):
        found.append((_("在办") if args["state"] == "open" else _("已结"), "state"))
    return found
