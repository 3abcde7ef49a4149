"""Letters of commission and entrustment at the liaison's desk: taken in, signed for, registered, sent back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional

from mediation.doors.shared import conflict
from mediation.doors.shared.forms import DeskForm, StepForm, Text
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import Stale
from mediation.registry.access.rules import Permission
from mediation.stages.proceedings.rules import Procedure
from mediation.stages.referrals import letters
from mediation.stages.referrals import queries as referrals
from mediation.stages.referrals.letters import FROM_A_COURT, Letter

bp = Blueprint("letters", __name__)


class LetterForm(StepForm):
    """What a court's letter says."""

    channel = SelectField(
        _l("委派还是委托"), choices=[SelectChoice(each.value, _l(each.label)) for each in FROM_A_COURT]
    )
    court_name = Text(_l("哪个法院"), [InputRequired()])
    letter_no = Text(_l("函号"), [InputRequired()], longest=80)
    court_no = Text(_l("法院案号"), [Optional()], longest=60)
    procedure = SelectField(
        _l("委托案件的程序"), validators=[Optional()],
        choices=[SelectChoice("", _l("不是委托的")), *(SelectChoice(each.value, _l(each.label)) for each in Procedure)],
    )
    received_on = DateField(_l("函哪天收到"), [InputRequired()])
    signed_on = DateField(_l("材料哪天签收"), [Optional()])
    applicants = Text(_l("申请人、原告"), [Optional()], longest=400)
    respondents = Text(_l("被申请人、被告"), [Optional()], longest=400)

    def letter(self):
        names = ("channel", "court_name", "letter_no", "received_on", "signed_on")
        told = {name: self[name].data for name in names}
        more = {name: self[name].data or "" for name in ("court_no", "procedure", "applicants", "respondents")}
        return Letter(**told, **more)


class BackForm(DeskForm):
    reason = Text(_l("为什么退回"), [InputRequired(_l("退回法院要写理由"))], longest=400)


@bp.get("/letters")
@policy(Permission.CONFIRMATION_BOARD)
def index():
    """The letters that wait to be registered, and those whose cases are still open, by the days left."""
    by = actor()
    running = letters.running(for_=by)
    ids = [case.id for _row, case in running]
    return render_template(
        "desk/letters/index.html", waiting=letters.waiting(for_=by), running=running,
        to_report=referrals.to_report(ids), told=referrals.told_courts(ids),
    )


@bp.route("/letters/new", methods=["GET", "POST"])
@policy(Permission.CONFIRMATION_BOARD)
def take_in():
    """Take in a letter."""
    form = LetterForm(received_on=clock.today())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            letters.take_in(form.letter(), by=actor(), on=clock.today(), key=form.key.data)
        if done:
            flash(_("函已收下"))
            return redirect(url_for("desk.letters.index"))
    return render_template("desk/letters/letter.html", form=form, row=None)


@bp.route("/letters/<public_id:public_id>", methods=["GET", "POST"])
@policy(Permission.CONFIRMATION_BOARD)
def change(public_id):
    """Sign for the materials, or put the letter right."""
    row = letters.get(public_id, for_=actor())
    form = LetterForm(data=letters.stored(row))
    if form.validate_on_submit():
        with refused_on(form) as done:
            try:
                with transaction():
                    letters.change(public_id, form.letter(), version=form.version.data, by=actor(), on=clock.today())
            except Stale as error:
                return conflict.answer(form, error, title=row.letter_no)
        if done:
            flash(_("已记下"))
            return redirect(url_for("desk.letters.index"))
    return render_template("desk/letters/letter.html", form=form, row=letters.get(public_id, for_=actor()))


@bp.route("/letters/<public_id:public_id>/back", methods=["GET", "POST"])
@policy(Permission.CONFIRMATION_BOARD)
def back(public_id):
    """Note that a letter went back to the court unregistered."""
    form = BackForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            letters.send_back(public_id, reason=form.reason.data, by=actor())
        if done:
            flash(_("已记退回"))
            return redirect(url_for("desk.letters.index"))
    return render_template("desk/letters/back.html", form=form, row=letters.get(public_id, for_=actor()))
