"""The mediator pool: enrolling, changing, removing, and the roster as a sheet."""

import json

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileRequired
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from mediation.doors.desk.units import area_choices
from mediation.doors.shared import conflict
from mediation.doors.shared.forms import DeskForm, StepForm, Text, uploaded
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.choices import N_
from mediation.ground.db import transaction
from mediation.ground.errors import NotFound, Stale
from mediation.registry.access.rules import Permission, Role
from mediation.registry.causes import queries as causes
from mediation.registry.mediators import complaints, leave, queries, roster
from mediation.registry.mediators import operations as pool
from mediation.registry.mediators.queries import Chosen, Standing
from mediation.registry.mediators.rules import CommitteePost, MediatorSource
from mediation.registry.people.rules import Sex
from mediation.registry.settings import queries as settings
from mediation.registry.staff import queries as staff
from mediation.registry.units import queries as units
from mediation.stages.proceedings import load

bp = Blueprint("mediators", __name__)

# What the trail holds about somebody's entry, as its page tells it.
CHANGED = {
    "mediator.enrolled": N_("列入名册"), "mediator.changed": N_("更改"), "mediator.trained": N_("培训"),
    "mediator.linked": N_("对上账号"), "mediator.removed": N_("移出名册"), "mediator.leave_taken": N_("登记请假"),
    "mediator.leave_ended": N_("提前回来"), "mediator.leave_cancelled": N_("取消请假"),
    "mediator.complaint": N_("收到投诉"), "mediator.complaint_decided": N_("投诉有了结果"),
    "mediator.bar_lifted": N_("恢复派案"),
}

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_SHEET = 1_500_000  # letters of a sheet that waits to be confirmed
WORDS = {
    "name": N_("姓名"), "birth_on": N_("出生日期"), "sex": N_("性别"), "register_no": N_("编号"), "source": N_("来源"),
    "types": N_("擅长"), "phone": N_("电话"), "is_full_time": N_("专职"), "is_court_listed": N_("法院特邀"),
    "trained_on": N_("最近培训"), "term_from": N_("任期开始"), "term_to": N_("任期届满"), "unit": N_("单位"),
    "certificate_no": N_("证书号"), "certificate_until": N_("证书到期"), "committee_post": N_("调委会职务"),
    "ethnic": N_("民族"), "languages": N_("会说的话"), "home_area_code": N_("住在哪个村"),
}


EMPTY_IS_NONE = (
    "sex", "source", "register_no", "phone", "certificate_no", "committee_post", "ethnic", "languages",
    "home_area_code",
)


KINDS = {"sex": Sex, "source": MediatorSource, "committee_post": CommitteePost}


def _one_of(choices, none):
    return [SelectChoice("", none), *(SelectChoice(each.value, _l(each.label)) for each in choices)]


class MediatorForm(StepForm):
    """What the roster says of somebody; field names are those of the operation."""

    name = Text(_l("姓名"), [InputRequired()])
    birth_on = DateField(_l("出生日期"), [InputRequired()])
    sex = SelectField(_l("性别"), choices=_one_of(Sex, _l("未填")))
    unit = SelectField(_l("单位"))
    account = SelectField(_l("登录账号"))
    register_no = Text(_l("编号"), longest=40)
    source = SelectField(_l("来源"), choices=_one_of(MediatorSource, _l("未填")))
    phone = Text(_l("可以告诉当事人的电话"), longest=40)
    types = SelectMultipleField(_l("擅长"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    is_full_time = BooleanField(_l("专职"))
    is_court_listed = BooleanField(_l("在法院特邀调解员名册上"))
    term_from = DateField(_l("任期从"), [InputRequired()])
    term_to = DateField(_l("任期到"), [Optional()])
    trained_on = DateField(_l("最近培训"), [Optional()])
    certificate_no = Text(_l("证书号"), longest=60)
    certificate_until = DateField(_l("证书到期"), [Optional()])
    committee_post = SelectField(_l("调委会职务"), [Optional()], choices=_one_of(CommitteePost, _l("不是委员")))
    ethnic = Text(_l("民族"), longest=20)
    languages = Text(_l("会说的话"), longest=200)
    home_area_code = SelectField(_l("住在哪个村"), [Optional()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.unit.choices = [SelectChoice(unit.public_id, unit.name) for unit in own_units()]
        self.types.choices = [SelectChoice(each.code, each.name) for each in _main_types()]
        self.account.choices = [SelectChoice("", _("不登录"))]
        homes = area_choices(actor().centre_id, self.home_area_code.data)
        self.home_area_code.choices = [SelectChoice("", _("未填")), *homes]

    def offer_accounts(self, unit_id):
        """Offer the accounts that hold a mediator's post in the unit."""
        held = [post for post in staff.posts_in(unit_id) if post.role is Role.MEDIATOR]
        self.account.choices += [SelectChoice(post.account, post.holder) for post in held]

    def values(self) -> dict:
        """Return the values as the operations take them."""
        found = {name: self[name].data for name in pool.CHANGEABLE}
        return found | {name: found[name] or None for name in EMPTY_IS_NONE}


class RemoveForm(DeskForm):
    on = DateField(_l("从哪天起"), [InputRequired()])
    reason = Text(_l("理由"), [InputRequired()], longest=400)


class TrainingForm(DeskForm):
    """A training that somebody took part in."""

    on = DateField(_l("哪天"), [InputRequired(_l("填日期"))])
    topic = Text(_l("学了什么"), longest=200)
    hours = IntegerField(_l("几个学时"), [Optional(), NumberRange(1, 500)])


class LiftForm(DeskForm):
    """Why somebody may be given cases again."""

    reason = Text(_l("为什么恢复派案"), [InputRequired(_l("要写理由"))], longest=200)


class SheetForm(DeskForm):
    file = FileField(_l("名册（.xlsx 或 .csv）"), [FileRequired(_l("请选择文件"))])
    unit = SelectField(_l("没写单位的算哪个单位"), [Optional()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.unit.choices = [
            SelectChoice("", _("表里都写了")), *(SelectChoice(unit.public_id, unit.name) for unit in own_units())
        ]


class ConfirmForm(DeskForm):
    lines = HiddenField(validators=[InputRequired(), Length(max=LONGEST_SHEET)])
    unit = HiddenField(validators=[Length(max=22)])


class ExportForm(DeskForm):
    reason = Text(_l("做什么用"), [InputRequired()], longest=200)
    for_court = BooleanField(_l("报基层人民法院：加“变动”一栏，写上次报送以来新增、更改、续任、解聘的人"))


def own_units():
    """Return the units whose pool the actor keeps."""
    by = actor()
    if by.role is Role.HEAD:
        return units.branch(units.unit(by.unit_id), on=clock.today())
    return units.units(by.centre_id, on=clock.today())


def _mine(public_id):
    """Return a mediator of the pool that the actor keeps."""
    by = actor()
    mediator = queries.get(public_id, centre_id=by.centre_id)
    if by.role is Role.HEAD and not mediator.unit.path.startswith(units.unit(by.unit_id).path):
        raise NotFound()
    return mediator


def _main_types():
    return [each for each in causes.types(on=clock.today(), centre_id=actor().centre_id) if each.level == 1]


def _chosen():
    word = request.args.get("standing", Standing.IN_TERM.value)
    unit = request.args.get("unit", "")
    known = {each.public_id for each in own_units()}
    return Chosen(
        text=request.args.get("q", "").strip()[:60], unit=unit if unit in known else "",
        standing=Standing(word) if word in set(Standing) else None,
    )


@bp.get("/mediators")
@policy(Permission.MEDIATORS_MANAGE)
def index():
    """The pool: in term or gone, whose training is due."""
    chosen, today = _chosen(), clock.today()
    page = queries.listing(
        chosen, for_=actor(), on=today, after=request.args.get("after"), before=request.args.get("before")
    )
    interval = settings.days("PM-21", on=today, centre_id=actor().centre_id)
    return render_template(
        "desk/mediators/index.html", page=page, chosen=chosen, standings=Standing, units=own_units(), today=today,
        names={each.code: each.name for each in _main_types()}, trained_since=queries.trained_since(today, interval),
    )


@bp.route("/mediators/new", methods=["GET", "POST"])
@policy(Permission.MEDIATORS_MANAGE)
def enrol():
    """Take somebody into the pool."""
    form = MediatorForm(term_from=clock.today())
    del form.account
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            public_id = pool.enrol(
                by=actor(), on=clock.today(), key=form.key.data, unit_public_id=form.unit.data, **form.values()
            )
        if done:
            flash(_("已列入名册"))
            return redirect(url_for("desk.mediators.change", public_id=public_id))
    return render_template("desk/mediators/enrol.html", form=form)


@bp.route("/mediators/<public_id:public_id>", methods=["GET", "POST"])
@policy(Permission.MEDIATORS_MANAGE)
def change(public_id):
    """What the roster says of one mediator; change it."""
    mediator = _mine(public_id)
    known = {name: pool.value_of(mediator, name) for name in pool.CHANGEABLE}
    account = staff.public_id_of(mediator.account_id) or ""
    form = MediatorForm(data=known | {"unit": mediator.unit.public_id, "account": account, "version": mediator.version})
    form.offer_accounts(mediator.unit_id)
    if mediator.unit.public_id not in {choice.value for choice in form.unit.choices}:
        form.unit.choices.append(SelectChoice(mediator.unit.public_id, mediator.unit.name))
    if form.validate_on_submit():
        with refused_on(form) as done:
            try:
                with transaction():
                    pool.change(
                        public_id, by=actor(), version=form.version.data, unit_public_id=form.unit.data, **form.values()
                    )
                    if form.account.data != account:
                        pool.link_account(public_id, form.account.data or None, by=actor())
            except Stale as error:
                return conflict.answer(form, error, title=mediator.name)
        if done:
            flash(_("已改好"))
            return redirect(url_for("desk.mediators.change", public_id=public_id))
    return render_template("desk/mediators/change.html", form=form, mediator=mediator, **_beside(mediator))


def _beside(mediator):
    """Return what stands beside somebody's entry: work in hand, trainings, days away, complaints, changes."""
    changes = queries.changes_of(mediator.id)
    return {
        "load": load.of_mediators([mediator.id]).get(mediator.id, load.NOTHING),
        "trainings": queries.trainings_of(mediator.id), "leaves": leave.of_mediator(mediator.id),
        "complaints": complaints.of_mediator(mediator.id), "today": clock.today(),
        "changes": [(entry, _(CHANGED[entry.event])) for entry in changes if entry.event in CHANGED],
        "who": staff.names({entry.account_id for entry in changes}),
        "train_form": TrainingForm(prefix="train", on=clock.today()),
        "lift_form": LiftForm(prefix="lift") if mediator.barred_on else None,
    }


@bp.post("/mediators/<public_id:public_id>/train")
@policy(Permission.MEDIATORS_MANAGE)
def train(public_id):
    """Write down a training (PM-21)."""
    mediator = _mine(public_id)
    form = TrainingForm(prefix="train")
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            pool.train(
                public_id, by=actor(), on=form.on.data, topic=form.topic.data or "", hours=form.hours.data
            )
        flash(_("已记下培训") if done else _("没有记下：培训日期不能晚于今天"))
    return redirect(url_for("desk.mediators.change", public_id=mediator.public_id, _anchor="trainings"))


@bp.route("/mediators/<public_id:public_id>/remove", methods=["GET", "POST"])
@policy(Permission.MEDIATORS_MANAGE)
def remove(public_id):
    """Take somebody out of the pool, with a reason (PM-17)."""
    mediator = _mine(public_id)
    form = RemoveForm(on=clock.today())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            pool.remove(public_id, by=actor(), on=form.on.data, reason=form.reason.data)
        if done:
            flash(_("%(name)s已移出名册，手上的案件请改派", name=mediator.name))
            if actor().role is Role.HEAD and load.of_mediators([mediator.id]):
                return redirect(url_for("desk.handover.plan", public_id=public_id))
            return redirect(url_for("desk.mediators.index"))
    return render_template("desk/mediators/remove.html", form=form, mediator=mediator)


@bp.route("/mediators/import", methods=["GET", "POST"])
@policy(Permission.MEDIATORS_MANAGE)
def read_sheet():
    """Read a roster and show what it would change; nothing is written yet."""
    form = SheetForm()
    if form.validate_on_submit():
        with refused_on(form) as done:
            lines = roster.read(uploaded(form.file))
            entries = roster.preview(lines, by=actor(), default_unit=form.unit.data or None)
        if done:
            carried = json.dumps([[cells.line, dict(cells.texts)] for cells in roster.without_numbers(lines)])
            confirm = ConfirmForm(formdata=None, data={"lines": carried, "unit": form.unit.data})
            return _preview_page(entries, confirm)
    return render_template("desk/mediators/import.html", form=form, headings=roster.HEADINGS.values())


@bp.post("/mediators/import/confirm")
@policy(Permission.MEDIATORS_MANAGE)
def take_over():
    """Take over the roster that was shown."""
    form = ConfirmForm()
    if not form.validate_on_submit():
        return redirect(url_for("desk.mediators.read_sheet"))
    with transaction():
        counts = roster.take_over(_carried(form.lines.data), by=actor(), default_unit=form.unit.data or None)
    words = _("新增 %(new)s 人，更改 %(changed)s 人，%(same)s 人没有变，%(refused)s 行没有导入", **counts)
    flash(words)
    return redirect(url_for("desk.mediators.index"))


def _carried(text):
    try:
        pairs = json.loads(text)
    except ValueError:
        pairs = None
    return roster.carried(pairs)


def _preview_page(entries, confirm):
    type_names = {each.code: each.name for each in _main_types()}

    def words(name, value):
        if value is None or value == "" or value == []:
            return _("没有填")
        if isinstance(value, bool):
            return _("是") if value else _("否")
        if name == "types":
            return _("、").join(type_names.get(code, code) for code in value)
        if name in KINDS:
            return _(KINDS[name](value).label)
        return str(value)

    return render_template(
        "desk/mediators/preview.html", entries=entries, confirm=confirm, fates=roster.Fate, words=words, labels=WORDS,
        counts={fate: sum(entry.fate is fate for entry in entries) for fate in roster.Fate},
    )


@bp.route("/mediators/export", methods=["GET", "POST"])
@policy(Permission.MEDIATORS_MANAGE)
def export():
    """Take the list along as a sheet; why is recorded (P26)."""
    chosen, form = _chosen(), ExportForm()
    if form.validate_on_submit():
        told = {"q": chosen.text, "unit": chosen.unit, "standing": chosen.standing or "", "reason": form.reason.data}
        with transaction():
            found = queries.everybody(chosen, for_=actor(), on=clock.today())
            data = roster.export(found, by=actor(), filtered_by=told)
            if form.for_court.data:  # the same people, with what the court has not been told of them yet (PM-20)
                data = roster.report_to_court(found, by=actor())
        answer = make_response(data)
        answer.headers["Content-Type"] = XLSX
        answer.headers["Content-Disposition"] = f'attachment; filename="mediators-{clock.today():%Y%m%d}.xlsx"'
        return answer
    found = queries.everybody(chosen, for_=actor(), on=clock.today())
    return render_template("desk/mediators/export.html", form=form, count=len(found))
