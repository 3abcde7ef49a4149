"""What the court did with an application, one page an act: taken in, asked, answered, served."""

from flask import Blueprint, flash, redirect, render_template, request, url_for

from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.rules import ConfirmationState
from mediation.doors.desk import confirmationforms as forms
from mediation.doors.shared.guard import actor, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.doors.shared.words import sentence
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.stages.confirmation import at_court, queries

bp = Blueprint("courtacts", __name__)


@bp.route("/confirmations/<public_id:public_id>/accepted", methods=["GET", "POST"])
@step_page("confirmation.court_accepts")
def accepts(public_id):
    """Record that the court took the application in, from its notice; two cells on the board come here too."""
    form = forms.AcceptedForm()
    row, case = queries.get(public_id, for_=actor())
    odd = queries.number_cautions(row, case, form.court_no.data or "") if form.is_submitted() else []

    def act():
        at_court.accepts(
            public_id, by=actor(), on=form.on.data, court_no=form.court_no.data, reason=form.late.data or None
        )

    example = queries.number_example(row, case, on=clock.today())
    return _page(
        public_id, form, "confirmation.court_accepts", ("court_no", "on", "late"), act, odd=odd, example=example
    )


@bp.route("/confirmations/<public_id:public_id>/asked", methods=["GET", "POST"])
@step_page("confirmation.court_asks")
def asks(public_id):
    """Record what the court asks between filing and ruling, and what answers it."""
    form = forms.AskedForm()

    def act():
        at_court.act(
            public_id, form.kind.data, by=actor(), on=form.on.data, due_on=form.due_on.data,
            note=form.note.data or None, reason=form.late.data or None,
        )

    return _page(public_id, form, "confirmation.court_asks", ("kind", "on", "due_on", "note", "late"), act)


@bp.route("/confirmations/<public_id:public_id>/served", methods=["GET", "POST"])
@step_page("confirmation.record_service")
def serves(public_id):
    """Record the day on which the parties received the ruling."""
    form = forms.CourtForm()

    def act():
        at_court.serves(public_id, by=actor(), on=form.on.data, reason=form.late.data or None)

    return _page(public_id, form, "confirmation.record_service", ("on", "late"), act)


@bp.route("/confirmations/<public_id:public_id>/outsider", methods=["GET", "POST"])
@step_page("confirmation.note_outsider")
def outsider(public_id):
    """Record the day on which an interested outsider came to know of the ruling."""
    form = forms.AnswerForm()

    def act():
        at_court.outsider_knew(
            public_id, by=actor(), on=form.on.data, note=form.value("note"), reason=form.late.data or None
        )

    return _page(public_id, form, "confirmation.note_outsider", form.shown, act)


@bp.route("/confirmations/<public_id:public_id>/objection", methods=["GET", "POST"])
@step_page("confirmation.record_objection")
def objection(public_id):
    """Record an objection to the ruling, or that the court rejected it."""
    form = forms.ObjectionForm()

    def act():
        at_court.objects(
            public_id, form.kind.data, by=actor(), on=form.on.data, note=form.value("note"),
            reason=form.late.data or None,
        )

    return _page(public_id, form, "confirmation.record_objection", form.shown, act)


@bp.route("/confirmations/<public_id:public_id>/revoked", methods=["GET", "POST"])
@step_page("confirmation.revoke")
def revoked(public_id):
    """Record that the court took its ruling back."""
    form = forms.DismissedForm()

    def act():
        at_court.revokes(
            public_id, by=actor(), on=form.on.data, ground=form.ground.data, note=form.value("note"),
            reason=form.late.data or None,
        )

    return _page(public_id, form, "confirmation.revoke", form.shown, act)


def _answer(answer: ConfirmationState, step: str):
    """Return the page of one answer of the court."""

    @step_page(step)
    def view(public_id):
        form = forms.answer_form(answer)

        def act():
            at_court.rules_on(
                public_id, answer, by=actor(), on=form.on.data, ground=form.value("ground"), note=form.value("note"),
                received_on=form.value("received_on"), reason=form.late.data or None,
            )

        return _page(public_id, form, step, form.shown, act)

    view.__doc__ = f"Record the court's answer: {answer}."
    bp.add_url_rule(f"/confirmations/<public_id:public_id>/answer/{answer}", answer, view, methods=["GET", "POST"])


for _state, _step in at_court.STEP_OF.items():
    _answer(_state, _step)


def _page(public_id, form, step, fields, act, *, odd=(), example=None):
    row, case = queries.get(public_id, for_=actor())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            act()
        if done:
            flash(_("已登记：%(what)s", what=_(STEPS[step].label)))
            for each in odd:
                flash(sentence(each), "warning")
            if request.args.get("from") == "board":
                return redirect(url_for("desk.confirmation.board", _anchor="court"))
            return redirect(url_for("desk.cases.show", public_id=case.public_id, _anchor="confirmation"))
        row, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/confirmation/court.html", form=form, case=case, confirmation=row, title=_(STEPS[step].label),
        fields=fields, example=example, day=queries.court_day(row, case),
    )
