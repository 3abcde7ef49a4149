"""The limitation of a claim: since when it runs, when it ends, what interrupts it, and what is said of it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField
from wtforms.validators import InputRequired

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.doors.desk.proceedingforms import choices
from mediation.doors.shared.forms import StepForm
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.doors.shared.words import sentence
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.stages.intake import limitation
from mediation.stages.intake.limitationrules import LABELS, Right
from mediation.stages.intake.rules import Interruption
from mediation.stages.referrals import queries as referrals

bp = Blueprint("limitation", __name__)

KEEPERS = STEPS["case.correct"]


class InterruptionForm(StepForm):
    """One thing that interrupted the limitation, or the day since which a period runs."""

    kind = RadioField(
        _l("从什么事起算，或者什么事中断了时效"), [InputRequired(_l("选一项"))],
        choices=[*choices(Right), *choices(Interruption)],
    )
    happened_on = DateField(_l("哪一天"), [InputRequired(_l("填日期"))])


@bp.route("/cases/<public_id:public_id>/limitation", methods=["GET", "POST"])
@policy(KEEPERS)
def note(public_id):
    """Write down since when a period runs, and what interrupted it (LM-01, LM-03, LM-04, LM-07)."""
    case = cases.get(public_id, for_=actor())
    form = InterruptionForm(version=case.version, happened_on=clock.today())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            said = {"by": actor(), "on": clock.today(), "version": form.version.data}
            if form.kind.data in set(Right):
                limitation.note_start(public_id, form.kind.data, since=form.happened_on.data, **said)
            else:
                limitation.note_interruption(public_id, form.kind.data, happened_on=form.happened_on.data, **said)
        if done:
            flash(_("已记下，期限按它算"))
            return redirect(url_for("desk.limitation.note", public_id=public_id))
        case = cases.get(public_id, for_=actor())
    return render_template(
        "desk/limitation/note.html", form=form, case=case, noted=limitation.noted(case),
        last_day=referrals.limitation(case, on=clock.today()), running=limitation.running(case), labels=LABELS,
        cautions=[sentence(each) for each in limitation.cautions(case, on=clock.today())],
    )
