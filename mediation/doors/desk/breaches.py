"""The register of leaks of personal data, kept by the security administrator (DP-06)."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField
from wtforms.validators import InputRequired, NumberRange, Optional

from mediation.doors.shared.forms import CreatingForm, LongText, StepForm
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission
from mediation.registry.breaches import operations as breaches
from mediation.registry.breaches import queries
from mediation.registry.breaches.rules import Answer

bp = Blueprint("breaches", __name__)


class NoteForm(CreatingForm):
    """A leak as it was noticed."""

    what = LongText(
        _l("泄露、篡改或者丢失了什么，怎么发现的"), [InputRequired(_l("没有写泄露、篡改或者丢失了什么"))], longest=2000
    )
    found_on = DateField(_l("哪天发现的"), [InputRequired(_l("填日期"))])
    people = IntegerField(_l("涉及多少人（不清楚就不填）"), [Optional(), NumberRange(1, 100_000_000)])


class AnswerForm(StepForm):
    """What was done about a leak; field names are those of the answer."""

    remedy = LongText(_l("怎么补救的"), longest=400)
    mended_on = DateField(_l("补救的日期"), [Optional()])
    authority_told_on = DateField(_l("通知主管部门的日期"), [Optional()])
    persons_told_on = DateField(_l("通知本人的日期"), [Optional()])
    no_harm = LongText(_l("不通知本人的理由（能有效避免危害的）"), longest=400)

    def answer(self) -> Answer:
        return Answer(
            self.remedy.data or "", self.mended_on.data, self.authority_told_on.data, self.persons_told_on.data,
            self.no_harm.data or "",
        )


@bp.route("/breaches", methods=["GET", "POST"])
@policy(Permission.BREACHES_KEEP)
def index():
    """List the leaks and note a new one."""
    form = NoteForm(found_on=clock.today())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            made = breaches.note(
                what=form.what.data, found_on=form.found_on.data, people=form.people.data, by=actor(),
                on=clock.today(), key=form.key.data,
            )
        if done:
            flash(_("已记下，请立即补救，通知主管部门和本人"))
            return redirect(url_for("desk.breaches.show", public_id=made))
    today = clock.today()
    found = [(row, queries.is_late(row, on=today)) for row in queries.newest(for_=actor())]
    return render_template("desk/breaches/index.html", form=form, breaches=found)


@bp.route("/breaches/<public_id:public_id>", methods=["GET", "POST"])
@policy(Permission.BREACHES_KEEP)
def show(public_id):
    """What was done about one leak; write it down, and close it when everything is done."""
    row = queries.get(public_id, for_=actor())
    form = AnswerForm(version=row.version, data=vars(queries.answer_of(row)))
    if form.validate_on_submit():
        close = request.form.get("do") == "close"
        with refused_on(form) as done, transaction():
            breaches.answer(
                public_id, form.answer(), by=actor(), on=clock.today(), version=int(form.version.data), close=close
            )
        if done:
            flash(_("已办结") if close else _("已记下"))
            return redirect(url_for("desk.breaches.index"))
        row = queries.get(public_id, for_=actor())
    return render_template(
        "desk/breaches/show.html", form=form, row=row, is_late=queries.is_late(row, on=clock.today())
    )
