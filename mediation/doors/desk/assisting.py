"""Help between units: asking for it on the case, answering and reporting it on the task's own page."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.rules import OPEN_TASK
from mediation.doors.desk import sent
from mediation.doors.desk.caseindex import Entry
from mediation.doors.desk.proceedingforms import DatedForm, choices
from mediation.doors.shared import cures
from mediation.doors.shared.forms import CreatingForm, LongText, Text, uploaded
from mediation.doors.shared.guard import actor, policy, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Depth, Permission, Role
from mediation.registry.units import queries as units
from mediation.registry.units.rules import COURTS, UnitKind
from mediation.stages.assisting import operations, queries
from mediation.stages.assisting.rules import DeclineTask

bp = Blueprint("assisting", __name__)

HELP = frozenset({Role.HEAD, Role.MEDIATOR})
NEVER_ASKED = COURTS | {UnitKind.CENTRE, UnitKind.WINDOW}
MANY = 3  # files that one report brings along


class AskForm(DatedForm):
    """Whom, for what, until when, and whether the case waits for it."""

    unit = SelectField(_l("请哪个单位"), [InputRequired(_l("选请哪个单位协助"))])
    wanted = LongText(_l("请它办什么"), [InputRequired(_l("写明请它办什么"))], longest=2000)
    due_on = DateField(_l("几号前办好"), [Optional()])
    is_mandatory = BooleanField(_l("必办：没办完不能结案"))


class DeclineForm(DatedForm):
    reason = RadioField(_l("为什么不能协助"), [InputRequired(_l("选一项"))])
    note = Text(_l("说明，对方看得到"), longest=400)


class PassForm(CreatingForm):
    account = RadioField(_l("交给谁"), [InputRequired(_l("选一个人"))])


class ReportForm(DatedForm):
    """What came of it, with up to three files."""

    result = LongText(_l("办得怎么样"), [InputRequired(_l("写明办得怎么样"))], longest=4000)
    first = FileField(_l("附材料"))
    second = FileField(_l("附材料"))
    third = FileField(_l("附材料"))

    @property
    def files(self):
        return [each for each in (self.first, self.second, self.third) if each.data]


class BackForm(CreatingForm):
    why = Text(_l("还缺什么，对方看得到"), [InputRequired(_l("要写理由"))], longest=400)
    due_on = DateField(_l("几号前再办好"), [Optional()])


class WithdrawForm(CreatingForm):
    why = Text(_l("为什么不用协助了"), [InputRequired(_l("要写理由"))], longest=400)


@bp.get("/assisting")
@policy(Permission.CASES_READ)
def index():
    """List what others ask of us, or what was asked of others; what is over on request."""
    view = request.args.get("view")
    asked = view == "asked" if view or actor().role in HELP else True
    done = request.args.get("state") == "done"
    page = queries.listing(for_=actor(), asked=asked, done=done, after=request.args.get("after"))
    return render_template(
        "desk/assisting/index.html", page=page, asked=asked, done=done, helps=actor().role in HELP,
    )


@bp.get("/assisting/<public_id:public_id>")
@policy(Permission.CASES_READ)
def show(public_id):
    """Show one task to who helps with it or works on its case, with what they may do about it."""
    task, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/assisting/show.html", task=task, case=case, papers=queries.papers_of(task), may=_may(task, case),
        sees_case=cases.sees(case, actor(), Depth.CONTENTS),
        declined=DeclineTask(task.decline_reason) if task.decline_reason else None,
    )


def _may(task, case):
    """Return the names of the steps that the reader can take on a task now."""
    return {
        step.name for step, subject, bars in steps.offered(case, by=actor(), on=clock.today())
        if step.object == "task" and not step.creates and subject.id == task.id and not bars
    }


@bp.route("/cases/<public_id:public_id>/assisting/new", methods=["GET", "POST"])
@step_page("task.ask")
def ask(public_id):
    """Ask a unit for help."""
    case = cases.get(public_id, for_=actor())
    form = AskForm(due_on=operations.usual_day(case, on=clock.today()))
    form.unit.choices = [SelectChoice("", "—"), *(SelectChoice(each.public_id, each.name) for each in others(case))]
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            operations.ask(
                public_id, by=actor(), unit=form.unit.data, wanted=form.wanted.data, due_on=form.due_on.data,
                is_mandatory=form.is_mandatory.data, **form.dated(),
            )
        if done:
            flash(_("已请它协助，等它答复"))
            return redirect(url_for("desk.cases.show", public_id=public_id, _anchor="assisting"))
        case = cases.get(public_id, for_=actor())
    return render_template("desk/assisting/ask.html", form=form, case=case, standing=cures.standing("task.ask", case))


def others(case):
    """Return the units that may be asked to help with a case."""
    found = units.units(case.centre_id, on=clock.today())
    return [each for each in found if each.kind not in NEVER_ASKED and each.id != case.lead_unit_id]


@bp.route("/assisting/<public_id:public_id>/accept", methods=["GET", "POST"])
@step_page("task.accept")
def accept(public_id):
    """Agree to help."""
    return _act(
        public_id, DatedForm(), _("同意协助"), lambda form: operations.accept(public_id, by=actor(), **form.dated()),
        said=_("已同意，办好后报结果"), note=_("同意后由本单位办，可以交给本单位的调解员。"),
    )


@bp.route("/assisting/<public_id:public_id>/decline", methods=["GET", "POST"])
@step_page("task.decline")
def decline(public_id):
    """Say why the unit cannot help."""
    form = DeclineForm()
    form.reason.choices = choices(DeclineTask)

    def act(form):
        told = {"reason": form.reason.data, "note": form.note.data or ""}
        operations.decline(public_id, by=actor(), **told, **form.dated())

    return _act(public_id, form, _("不能协助"), act, said=_("已答复对方"), leaves=True)


@bp.route("/assisting/<public_id:public_id>/pass-on", methods=["GET", "POST"])
@step_page("task.pass_on")
def pass_on(public_id):
    """Give a task to one of the unit's own people."""
    task, _case = queries.get(public_id, for_=actor())
    form = PassForm()
    form.account.choices = [
        SelectChoice(each.public_id, each.name) for each in operations.people_of(task, on=clock.today())
    ]

    def act(form):
        operations.pass_on(public_id, by=actor(), on=clock.today(), key=form.key.data, account=form.account.data)

    note = None if form.account.choices else _("本单位没有在岗的调解员，由您自己办。")
    return _act(public_id, form, _("交本单位的人办"), act, said=_("已交办，本人会收到通知"), note=note)


@bp.route("/assisting/<public_id:public_id>/report", methods=["GET", "POST"])
@step_page("task.report")
def report(public_id):
    """Tell what came of it; files are written before the transaction that names them."""

    def act(form):
        kept = []
        for field in form.files:
            name = field.data.filename
            kept.append((name.rsplit(".", 1)[0][:100], operations.keep(public_id, uploaded(field), name, by=actor())))
        with transaction():
            operations.report(public_id, by=actor(), result=form.result.data, papers=kept, **form.dated())

    return _act(public_id, ReportForm(), _("报协助结果"), act, said=_("已报给承办单位，等它确认"), own=True)


@bp.route("/assisting/<public_id:public_id>/confirm", methods=["GET", "POST"])
@step_page("task.confirm")
def confirm(public_id):
    """Take the report as done."""
    return _act(
        public_id, CreatingForm(), _("确认协助结果"),
        lambda form: operations.confirm(public_id, by=actor(), on=clock.today(), key=form.key.data),
        said=_("已确认"), note=_("确认后这件协助就办完了；还缺什么，点“退回再办”。"), to_case=True,
    )


@bp.route("/assisting/<public_id:public_id>/send-back", methods=["GET", "POST"])
@step_page("task.send_back")
def send_back(public_id):
    """Ask again."""
    task, case = queries.get(public_id, for_=actor())
    form = BackForm(due_on=operations.usual_day(case, on=clock.today()))

    def act(form):
        told = {"why": form.why.data, "due_on": form.due_on.data}
        operations.send_back(public_id, by=actor(), on=clock.today(), key=form.key.data, **told)

    return _act(public_id, form, _("退回再办"), act, said=_("已退回"), to_case=True)


@bp.route("/assisting/<public_id:public_id>/withdraw", methods=["GET", "POST"])
@step_page("task.withdraw")
def withdraw(public_id):
    """Ask no more."""

    def act(form):
        operations.withdraw(public_id, by=actor(), on=clock.today(), key=form.key.data, why=form.why.data)

    return _act(public_id, WithdrawForm(), _("撤回协助"), act, said=_("已撤回"), to_case=True)


@bp.get("/assisting/<public_id:public_id>/papers/<paper_id>")
@policy(Permission.CASES_READ)
def paper(public_id, paper_id):
    """Hand out a file that came with a report."""
    row, content = operations.paper(public_id, paper_id, by=actor())
    return sent.file(row, content)


def _act(public_id, form, title, act, *, said, note=None, to_case=False, leaves=False, own=False):
    """Show the page of a step on a task and take it; ``own``: the act opens its own transactions."""
    task, case = queries.get(public_id, for_=actor())
    if form.validate_on_submit():
        with refused_on(form) as done:
            if own:
                act(form)
            else:
                with transaction():
                    act(form)
        if done:
            flash(said)
            if leaves:
                return redirect(url_for("desk.assisting.index"))
            if to_case:
                return redirect(url_for("desk.cases.show", public_id=case.public_id, _anchor="assisting"))
            return redirect(url_for("desk.assisting.show", public_id=public_id))
        task, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/assisting/act.html", form=form, case=case, task=task, title=title, note=note,
        papers=queries.papers_of(task),
    )


def section(case):
    """Return the tasks of a case for its page, those that run first."""
    found = queries.of_case(case.id)
    if not found:
        return None
    waiting = [each for each in found if each.state in OPEN_TASK]
    acts = {name: actor().role in STEPS[f"task.{name}"].who for name in ("confirm", "withdraw")}
    return {
        "case": case, "index": [Entry("assisting", _("协助"), len(waiting))], "acts": acts,
        "tasks": waiting + [each for each in reversed(found) if each.state not in OPEN_TASK],
    }
