"""Local words of papers: what a centre words itself, looked at as a paper before it holds."""

from io import BytesIO

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from mediation.casefile.papers import invented
from mediation.casefile.papers.forms import PAPERS
from mediation.doors.shared.forms import CreatingForm, LongText, Text
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import RuleBroken
from mediation.ground.pdf.faults import PressFault
from mediation.registry.access.rules import Permission
from mediation.registry.staff import queries as staff
from mediation.registry.units import queries as units
from mediation.registry.wordings import operations as wordings
from mediation.registry.wordings import queries, rules
from mediation.registry.wordings.rules import Slot

bp = Blueprint("wordings", __name__)


class WordingForm(CreatingForm):
    """The local words of one paper; only the places that it has are asked for."""

    head = Text(_l(Slot.HEAD.label), [Optional()], longest=rules.LONGEST_LINE)
    address = Text(_l(Slot.ADDRESS.label), [Optional()], longest=rules.LONGEST_LINE)
    phone = Text(_l(Slot.PHONE.label), [Optional()], longest=rules.LONGEST_LINE)
    notice = LongText(_l(Slot.NOTICE.label), [Optional()], longest=2000)
    valid_from = DateField(_l("从哪天起"), [InputRequired()])
    reason = Text(_l("为什么改"), [InputRequired()], longest=400)
    read = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.slots = [slot for slot in Slot if slot in rules.PAPERS[kind].slots]
        for slot in set(Slot) - set(self.slots):
            del self[slot.value]

    def texts(self) -> dict[str, str]:
        return {slot.value: self[slot.value].data or "" for slot in self.slots}


@bp.get("/wordings")
@policy(Permission.SETTINGS_MANAGE)
def index():
    """List the papers that have places for local words, and what stands there today."""
    centre_id, today = actor().centre_id, clock.today()
    found = [
        (kind, PAPERS[kind].name, queries.texts(kind, centre_id=centre_id, on=today),
         queries.newest(kind, centre_id=centre_id))
        for kind in rules.PAPERS
    ]
    return render_template("desk/wordings/index.html", papers=found, slots=list(Slot), today=today)


@bp.route("/wordings/<string(maxlength=40):paper_kind>", methods=["GET", "POST"])
@policy(Permission.SETTINGS_MANAGE)
def change(paper_kind):
    """One paper: its words now, other ones from a day on, looked at first; what they were before."""
    if paper_kind not in rules.PAPERS:
        abort(404)
    by, today = actor(), clock.today()
    newest = queries.newest(paper_kind, centre_id=by.centre_id)
    shown = dict(newest.texts) if newest else {}
    form = WordingForm(
        kind=paper_kind, data=shown | {"valid_from": max(today, newest.valid_from) if newest else today},
        read=newest.id if newest else None,
    )
    looked = None
    if form.validate_on_submit():
        texts = {} if request.form.get("do") == "built_in" else form.texts()
        if request.form.get("do") in ("set", "built_in"):
            with refused_on(form) as done, transaction():
                wordings.set_texts(
                    paper_kind, texts, valid_from=form.valid_from.data, reason=form.reason.data, by=by,
                    read=form.read.data, key=form.key.data,
                )
            if done:
                flash(_("已设置，从%(day)s起出具的照新的，以前出具的不变", day=form.valid_from.data))
                return redirect(url_for("desk.wordings.change", paper_kind=paper_kind))
        else:
            with refused_on(form) as looked:
                if bars := rules.obstacles(paper_kind, rules.tidy(texts)):
                    raise RuleBroken(*bars)
    own = units.centre(by.centre_id)
    built_in = {"head": own.name, "address": own.address, "phone": own.phone}
    history = queries.history(paper_kind, centre_id=by.centre_id)
    return render_template(
        "desk/wordings/change.html", form=form, kind=paper_kind, name=PAPERS[paper_kind].name, looked=bool(looked),
        today=today, newest=newest, built_in=built_in, history=history,
        authors=staff.names(each.made_by_id for each in history), words=rules.tidy(form.texts()) if looked else {},
    )


@bp.post("/wordings/<string(maxlength=40):paper_kind>/paper")
@policy(Permission.SETTINGS_MANAGE)
def paper(paper_kind):
    """The paper of an invented case with the words as they were typed, as PDF; nothing is kept."""
    if paper_kind not in rules.PAPERS:
        abort(404)
    form = WordingForm(kind=paper_kind)
    words = rules.tidy(form.texts())
    if bars := rules.obstacles(paper_kind, words):
        raise RuleBroken(*bars)
    try:
        data = invented.pdf(paper_kind, words, centre_id=actor().centre_id, on=form.valid_from.data or clock.today())
    except PressFault:
        flash(_("没有排成，请稍后再看"), "error")
        return redirect(url_for("desk.wordings.change", paper_kind=paper_kind))
    return send_file(BytesIO(data), mimetype="application/pdf", download_name=f"{paper_kind}.pdf")
