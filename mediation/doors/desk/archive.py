"""The end of a case: close, withdraw, archive, reopen."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from mediation.casefile.cases import access, progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.doors.desk.bundles import groups
from mediation.doors.desk.caseindex import Entry
from mediation.doors.shared.forms import CreatingForm, StepForm, Text
from mediation.doors.shared.guard import actor, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.staff import queries as staff
from mediation.stages.archive import operations as archive
from mediation.stages.archive import queries, shelves
from mediation.stages.archive.rules import Retention
from mediation.stages.bundles import filing
from mediation.stages.bundles import queries as bundles
from mediation.stages.bundles.rules import BOUND_IN, Audience, Item

bp = Blueprint("archive", __name__)

ITEMS = [item.value for item in Item if item not in BOUND_IN]
EXCUSE = "excuse-"  # before the item in the name of a field
LONGEST_EXCUSE = 120


class CloseForm(CreatingForm):
    """How a case ends."""

    outcome = RadioField(_l("怎么结的"), [InputRequired(_l("选一项"))])
    notice_given = BooleanField(_l("已告知当事人可以仲裁、找行政机关或者起诉"))
    note = Text(_l("说明"), longest=400)


class ReasonForm(CreatingForm):
    """A reason in words."""

    reason = Text(_l("理由"), [InputRequired(_l("要写理由"))], longest=400)


class ArchiveForm(StepForm):
    """How long the file is kept."""

    retention = RadioField(_l("保管期限"), [InputRequired(_l("选一项"))])
    shelf_no = Text(_l("存放位置（柜、层、盒）"), longest=60)


@bp.route("/cases/<public_id:public_id>/close", methods=["GET", "POST"])
@step_page("case.close")
def close(public_id):
    """Close a case with one of the outcomes that its facts bear."""
    case = cases.get(public_id, for_=actor())
    outcomes = queries.possible_outcomes(case)
    form = CloseForm(outcome=outcomes[0].value if len(outcomes) == 1 else None)
    form.outcome.choices = [SelectChoice(outcome.value, _(outcome.label)) for outcome in outcomes]
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            archive.close(
                public_id, by=actor(), on=clock.today(), outcome=form.outcome.data, notice_given=form.notice_given.data,
                note=form.note.data or None, key=form.key.data,
            )
        if done:
            flash(_("已结案"))
            return redirect(url_for("desk.cases.show", public_id=public_id))
    return render_template("desk/archive/close.html", form=form, case=case)


@bp.route("/cases/<public_id:public_id>/withdraw", methods=["GET", "POST"])
@step_page("case.withdraw")
def withdraw(public_id):
    """The applicant withdraws."""
    return _with_reason(public_id, archive.withdraw, _("撤回申请"), _("撤回后结案；以后可以重启。"), _("已撤回并结案"))


@bp.route("/cases/<public_id:public_id>/reopen", methods=["GET", "POST"])
@step_page("case.reopen")
def reopen(public_id):
    """Open a closed case again."""
    said = _("重启案件"), _("案件回到待分流，原来的记录都在。"), _("已重启，请分流")
    return _with_reason(public_id, archive.reopen, *said)


def _with_reason(public_id, act, title, hint, said):
    case = cases.get(public_id, for_=actor())
    form = ReasonForm()
    if form.validate_on_submit():
        more = {"key": form.key.data} if act is archive.withdraw else {}
        with refused_on(form) as done, transaction():
            act(public_id, by=actor(), on=clock.today(), reason=form.reason.data, **more)
        if done:
            flash(said)
            return redirect(url_for("desk.cases.show", public_id=public_id))
    return render_template("desk/archive/reason.html", form=form, case=case, title=title, hint=hint)


@bp.route("/cases/<public_id:public_id>/archive", methods=["GET", "POST"])
@step_page("case.archive")
def file(public_id):
    """Look the dossier over, say why what is missing is not there, file the case; its dossier is bound at once."""
    case = cases.get(public_id, for_=actor())
    proposed = shelves.retention_of(case, on=clock.today())
    form = ArchiveForm(retention=proposed.value)
    form.retention.choices = [SelectChoice(each.value, _(each.label)) for each in Retention]
    excuses = {name.removeprefix(EXCUSE): " ".join(text.split())[:LONGEST_EXCUSE]
               for name, text in request.form.items() if name.startswith(EXCUSE)}
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            number = filing.file(
                public_id, by=actor(), on=clock.today(), retention=form.retention.data,
                shelf_no=form.shelf_no.data or None, excuses=excuses,
            )
        if done:
            flash(_("已归档，档号 %(number)s；整卷正在装订", number=number))
            return redirect(url_for("desk.cases.show", public_id=public_id))
        case = cases.get(public_id, for_=actor())
    parts = bundles.parts_of(case, Audience.ARCHIVE, None, by=actor())
    return render_template(
        "desk/archive/file.html", form=form, case=case, excuses=excuses, proposed=proposed, excuse=EXCUSE,
        items=list(zip(ITEMS, groups(case, parts), strict=True)),
        lacks={each.params["item"].value for each in bundles.lacks_of(case, parts)},
    )


def section(case):
    """Return where the file of an archived case lies, and who has had it, for the case's page."""
    if not progress.took(case.id, "case.archive"):
        return None
    closing = queries.last_closing(case.id)
    if closing is None or closing.archive_no is None:
        return None
    loans = shelves.loans_of(case.id) if progress.took(case.id, "case.lend") else []
    out = next((row for row in loans if row.back_on is None), None)
    may = actor().role in STEPS["case.lend"].who and access.acts_on(actor(), case)
    is_late = out is not None and out.due_on < clock.today()
    return {
        "index": [Entry("archive", _("档案"), _("借出") if out else None, late=is_late)],
        "closing": closing, "loans": loans, "out": out, "today": clock.today(),
        "may_lend": may and shelves.is_filed(case),
        "retention": Retention(closing.retention) if closing.retention else None,
        "excused": [(Item(item), why) for item, why in (closing.excused or {}).items()], "may_take_back": may,
        "bundle": next((row for row in bundles.of_case(case.id) if row.audience == Audience.ARCHIVE), None)
        if actor().role in STEPS["case.bundle"].who else None,
        "names": staff.names({row.lent_by_id for row in loans} | {row.taken_back_by_id for row in loans}),
    }
