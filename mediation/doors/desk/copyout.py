"""Copying out: what has to be entered in other systems, the card to copy from, the mark, the sheet to import."""

from contextlib import suppress
from dataclasses import dataclass

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired

from mediation.casefile.cases import openings
from mediation.casefile.cases import queries as cases
from mediation.casefile.outside.rules import LONGEST_NUMBER, Status
from mediation.doors.desk.caseindex import Entry
from mediation.doors.desk.mediators import XLSX
from mediation.doors.shared import cures, words
from mediation.doors.shared.forms import DeskForm, StepForm, Text
from mediation.doors.shared.guard import actor, may_enter, pages_of_steps, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import Invalid, RuleBroken, Stale
from mediation.registry.access.rules import Depth, Permission
from mediation.registry.people.rules import RevealReason
from mediation.registry.platforms import queries as platforms
from mediation.stages.copyout import operations, queries
from mediation.stages.copyout.rules import EntryState

bp = Blueprint("copyout", __name__)

ENTERS = operations.STEP
CHANGED = "changed"
SHOWS = {
    EntryState.WAITING.value: (EntryState.WAITING, False), CHANGED: (EntryState.ENTERED, True),
    EntryState.ENTERED.value: (EntryState.ENTERED, False), EntryState.WAIVED.value: (EntryState.WAIVED, False),
}
REACHED = (Status.RUNNING, Status.ANSWERED, Status.DONE, Status.RETURNED)
# Where what a line lacks is filled: the page of a step, or a place on the case's page.
FILLED_BY = {"case": "case.correct", "proceeding": "proceeding.accept"}
FILLED_AT = {
    "agreement": "agreement", "performance": "performance", "confirmation": "confirmation", "proceeding": "proceeding",
    "outcome": "proceeding",
}


class EnterForm(StepForm):
    """The mark: on which day, under which number."""

    number = Text(_l("那里的编号"), [InputRequired()], longest=LONGEST_NUMBER)
    entered_on = DateField(_l("哪天录入的"), [InputRequired()])
    reached = SelectField(_l("在那里办到"), choices=[SelectChoice(each.value, _l(each.label)) for each in REACHED])
    note = Text(_l("备注"), longest=400)


class WaiveForm(StepForm):
    reason = Text(_l("为什么不用录入"), [InputRequired()], longest=400)


class VersionForm(StepForm):
    """A key that does one thing to an entry."""


class ShowForm(DeskForm):
    """Why the covered numbers of a card are shown."""

    why = RadioField(
        _l("为什么"), choices=[SelectChoice(each.value, _l(each.label)) for each in RevealReason],
        default=RevealReason.PAPER.value,
    )
    words = Text(_l("说明"), longest=200)


class SheetForm(DeskForm):
    """Why cases are taken along."""

    reason = Text(_l("导出做什么用"), [InputRequired()], longest=200)
    with_numbers = BooleanField(_l("带上证件号码和电话"))


@bp.get("/copyout")
@policy(ENTERS)
def index():
    """List the cases of a platform by how they stand there, those that wait longest first."""
    by, today = actor(), clock.today()
    mine = platforms.mine(by, on=today)
    others = [each for each in platforms.platforms(by.centre_id, on=today) if each not in mine]
    known = {each.code: each for each in (*mine, *others)}
    chosen = known.get(request.args.get("platform", "")) or next(iter(known.values()), None)
    shown = request.args.get("show", "")
    shown = shown if shown in SHOWS else EntryState.WAITING.value
    page = None
    if chosen:
        state, changed = SHOWS[shown]
        page = queries.listing(
            chosen.code, state, for_=by, changed=changed, after=request.args.get("after"),
            before=request.args.get("before"),
        )
        for row in page.rows:
            openings.note(row.case, by)
    return render_template(
        "desk/copyout/index.html", platforms=list(known.values()), chosen=chosen, shown=shown, page=page,
        shows=[(key, _("录入后有变化") if changed else words.label(state)) for key, (state, changed) in SHOWS.items()],
        may_take=by.may(Permission.PLATFORM_EXPORT), typed=request.args.get("typed", ""), today=today,
        waits={each.code: queries.count(each.code, EntryState.WAITING, for_=by) for each in known.values()},
        may_settle=by.may(Permission.SETTINGS_MANAGE), most=queries.COUNT_UP_TO,
    )


@bp.post("/copyout/numbers")
@policy(ENTERS)
def numbers():
    """Take the numbers that were typed beside several cases; what is refused is told and stays on the list."""
    today, done = clock.today(), 0
    for name, number in request.form.items():
        public_id = name.removeprefix("number-")
        if public_id == name or not number.strip():
            continue
        try:
            with transaction():
                operations.enter(
                    public_id, version=_version(request.form.get(f"version-{public_id}")), number=number,
                    entered_on=today, by=actor(), on=today,
                )
            done += 1
        except RuleBroken as error:
            why = _("；").join(map(words.sentence, error.obstacles))
            flash(_("“%(number)s”没有记下：%(why)s", number=number, why=why), "error")
        except Stale:
            flash(_("“%(number)s”没有记下：刚才有人改过这一件", number=number), "error")
    flash(_("记下了 %(count)s 件", count=done)) if done else flash(_("没有填编号"))
    told = {key: request.form.get(key) for key in ("platform", "show") if request.form.get(key)}
    return redirect(url_for("desk.copyout.index", **told))


@bp.route("/copyout/sheet", methods=["GET", "POST"])
@policy(Permission.PLATFORM_EXPORT)
def sheet():
    """Take the chosen cases along as an import sheet in the platform's columns; why is recorded (P26)."""
    code, ids = request.values.get("platform", ""), list(dict.fromkeys(request.values.getlist("id")))
    edition = platforms.platform(code, centre_id=actor().centre_id)
    form = SheetForm()
    if edition is not None and form.validate_on_submit():
        with refused_on(form) as done, transaction():
            data = operations.export(
                ids, code, reason=form.reason.data, with_numbers=form.with_numbers.data, by=actor()
            )
        if done:
            answer = make_response(data)
            answer.headers["Content-Type"] = XLSX
            answer.headers["Content-Disposition"] = f'attachment; filename="{code}-{clock.today():%Y%m%d}.xlsx"'
            return answer
    return render_template("desk/copyout/sheet.html", form=form, edition=edition, code=code, ids=ids)


@bp.route("/copyout/<public_id:public_id>", methods=["GET", "POST"])
@policy(ENTERS)
def card(public_id):
    """The case in the platform's order of fields, and the mark that it was entered."""
    entry, case = queries.get(public_id, for_=actor())
    form = EnterForm(
        version=entry.version, entered_on=clock.today(), number=_number_of(case, entry),
        reached=(Status.RUNNING if case.is_open else Status.DONE).value,
    )
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            operations.enter(
                public_id, version=form.version.data or 0, number=form.number.data, entered_on=form.entered_on.data,
                status=form.reached.data, note=form.note.data or "", by=actor(), on=clock.today(), key=form.key.data,
            )
        if done:
            flash(_("记下了：%(title)s已录入", title=case.title))
            return redirect(_next_card(entry) if "next" in request.form else url_for(
                "desk.copyout.card", public_id=public_id))
    return _page(public_id, form)


@bp.post("/copyout/<public_id:public_id>/reveal")
@policy(Permission.PERSON_REVEAL)
def reveal(public_id):
    """Show the covered numbers of a card once, for a reason, on record (P23)."""
    entry, case = queries.get(public_id, for_=actor())
    show, revealed = ShowForm(), None
    if show.validate_on_submit():
        with refused_on(show), transaction():
            revealed = operations.reveal(
                public_id, reason=RevealReason(show.why.data), words=show.words.data or "", by=actor()
            )
    form = EnterForm(formdata=None, version=entry.version, entered_on=clock.today(), number=_number_of(case, entry))
    return _page(public_id, form, show=show, revealed=revealed)


@bp.post("/copyout/<public_id:public_id>/again")
@policy(ENTERS)
def again(public_id):
    """What has changed here was typed there, too."""
    form = VersionForm()
    with refused_on(form) as done, transaction():
        operations.note_again(public_id, version=form.version.data or 0, by=actor(), on=clock.today())
    _say(form, done, _("记下了：变化已补录"))
    return redirect(url_for("desk.copyout.card", public_id=public_id))


@bp.post("/copyout/<public_id:public_id>/put-back")
@policy(ENTERS)
def put_back(public_id):
    """The mark was a mistake: the case waits again."""
    form = VersionForm()
    with refused_on(form) as done, transaction():
        operations.put_back(public_id, version=form.version.data or 0, by=actor(), on=clock.today())
    _say(form, done, _("已放回“还没有录入”"))
    return redirect(url_for("desk.copyout.card", public_id=public_id))


@bp.route("/copyout/<public_id:public_id>/waive", methods=["GET", "POST"])
@policy(ENTERS)
def waive(public_id):
    """The case need not be entered there: why."""
    entry, case = queries.get(public_id, for_=actor())
    form = WaiveForm(version=entry.version)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            operations.waive(public_id, version=form.version.data or 0, reason=form.reason.data, by=actor())
        if done:
            flash(_("记下了，不再列在“还没有录入”里"))
            return redirect(url_for("desk.copyout.index", platform=entry.platform))
    entry, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/copyout/waive.html", form=form, entry=entry, case=case, edition=queries.edition_of(entry)
    )


def section(case):
    """Return the platforms of a case for its page; nothing where the centre has none for it."""
    found = queries.of_case(case)
    if not found:
        return None
    waits = sum(row.state == EntryState.WAITING for row, _edition in found)
    index = [Entry("copyout", _("上级平台"), waits or None, quiet=not waits)]
    return {"index": index, "rows": found, "may": may_enter(ENTERS, actor())}


@dataclass(frozen=True)
class Way:
    """Where something that is missing is filled."""

    url: str
    label: str


def _page(public_id, form, *, show=None, revealed=None):
    entry, case = queries.get(public_id, for_=actor())
    edition = queries.edition_of(entry)
    found = queries.card(
        case, edition.definition, changed=entry.changed.get("labels", ()), revealed=revealed
    ) if edition else None
    return render_template(
        "desk/copyout/card.html", form=form, entry=entry, case=case, edition=edition, card=found,
        show=show or ShowForm(formdata=None), revealed=revealed is not None, way=_ways(case), key=VersionForm(
            formdata=None, version=entry.version),
        number=_number_of(case, entry), may_settle=actor().may(Permission.SETTINGS_MANAGE),
        may_show=actor().may(Permission.PERSON_REVEAL), may_act=cases.sees(case, actor(), Depth.CONTENTS),
    )


def _ways(case):
    ways, pages = cures.Ways(case), pages_of_steps(current_app)

    def to(ours):
        if ours.where in ("applicant", "respondent"):
            return Way(url_for("desk.people.index", public_id=case.public_id), _("去补当事人资料"))
        step = FILLED_BY.get(ours.where)
        if step in pages and (url := ways.url(step)):
            return Way(url, _("去更正"))
        if ours.where in FILLED_AT:
            return Way(url_for("desk.cases.show", public_id=case.public_id, _anchor=FILLED_AT[ours.where]), _("去看"))
        return None

    return to


def _number_of(case, entry):
    """Return the number that the case has there: the one it was entered under, else the one it came with."""
    return queries.number_of(case, entry) or ""


def _next_card(entry):
    page = queries.listing(entry.platform, EntryState.WAITING, for_=actor(), size=1)
    if page.rows:
        return url_for("desk.copyout.card", public_id=page.rows[0].entry.public_id)
    return url_for("desk.copyout.index", platform=entry.platform)


def _say(form, done, said):
    flash(said) if done else flash(_("；").join(getattr(each, "text", str(each)) for each in form.form_errors), "error")


def _version(text):
    with suppress(ValueError, TypeError):
        return int(text)
    raise Invalid(version=_("没有这个选项"))
